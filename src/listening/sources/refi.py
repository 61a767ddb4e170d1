"""REFI-QDA projects (.qdpx of NVivo, ATLAS.ti, MAXQDA): which sources they hold, by which names.

The standard's schema: https://www.qdasoftware.org (project 1.0). A project is a zip of a file
``project.qde`` and a folder of sources, each under an id; the project says what each is called.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element, ParseError

from listening.errors import UnreadableFile
from listening.records import Reject
from listening.sources.encoding import clean
from listening.sources.kinds import READABLE, suffix_of, whole
from listening.sources.refuse import refuse, shown

#: What the key of a source begins with whose words stand in the project itself.
INLINE = "#"
_INSIDE = "internal://"
#: Attributes that name a source's file, the best first: codings count letters of the plain text.
_PATHS = ("plainTextPath", "richTextPath", "path", "currentPath")
_KINDS = {
    "TextSource": "text",
    "PDFSource": "pdf",
    "PictureSource": "picture",
    "AudioSource": "recording",
    "VideoSource": "recording",
}
_TRANSCRIPTS = ("Transcript", "Representation")
_AGAIN = "Export the project again as .qdpx, and have its sources put in (“include sources”)."
#: A project's own text is some megabytes; parsed, it takes ten times that.
_PROJECT_LIMIT = 50_000_000


def project_sources(
    name: str, content: bytes, entries: Sequence[str]
) -> tuple[list[tuple[str, str]], list[Reject]]:
    """Return (name, key) of the sources that can be read, and the others with the reason.

    A name is what people call the source, with the ending to read it by; a key is its entry in
    the zip, or `INLINE` and its id where its words stand in the project itself.

    Args:
        name: what reports call the project.
        content: its ``project.qde``.
        entries: names of everything in its zip.

    Raises:
        UnreadableFile: no project, or none of its sources is in the zip.
    """
    root = _parsed(name, content)
    by_file = {_file(entry): entry for entry in entries if not entry.endswith("/")}
    found: list[tuple[str, str]] = []
    rejects: list[Reject] = []
    taken: set[str] = set()
    listed = list(_listed(root))
    for element in listed:
        called = _called(element)
        if key := _entry(element, by_file):
            found.append((_distinct(f"{called}{suffix_of(key)}", taken), key))
        elif _inline(element) and element.get("guid"):
            shown_as = _distinct(f"{called}.txt", taken)
            found.append((shown_as, f"{INLINE}{element.get('guid')}"))
        else:
            rejects.append(_refused(f"{name}/{called}", _kind(element)))
    if not found:
        raise _nothing(name, listed, rejects)
    return found, rejects


def inline_text(content: bytes, key: str) -> bytes:
    """Return the words of a source that stand in the project itself, as UTF-8.

    Args:
        content: ``project.qde``, which `project_sources` has read.
        key: the source's key.
    """
    for element in _listed(_parsed("project.qde", content)):
        if element.get("guid") == key.removeprefix(INLINE):
            return _inline(element).encode()
    return b""


def _inline(element: Element) -> str:
    """Return the words that stand in the project itself, or ""."""
    return "".join(child.text or "" for child in element if _tag(child) == "PlainTextContent")


def _parsed(name: str, content: bytes) -> Element:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if len(content) > _PROJECT_LIMIT:
        raise refuse(name, "Its project is larger than 50 MB.", "Export it in parts.")
    try:
        root: Element = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        raise refuse(name, "Its project (.qde) is damaged.", _AGAIN) from None
    if _tag(root) == "CodeBook":
        raise refuse(
            name,
            "This is a codebook and not material: it holds codes and nobody's words.",
            "Take it out of the material, and name the codebook with --codebook.",
        )
    return root


def _tag(element: Element) -> str:
    """Return an element's name without the schema's address, which differs between versions."""
    return element.tag.rpartition("}")[2]


def _listed(root: Element) -> Iterator[Element]:
    for child in root:
        if _tag(child) == "Sources":
            yield from (source for source in child if _tag(source) in _KINDS)


def _kind(element: Element) -> str:
    return _KINDS[_tag(element)]


def _called(element: Element) -> str:
    """Return what people call a source, without an ending of ours and without slashes."""
    name = clean(element.get("name") or "").replace("/", "-").replace("\\", "-")
    name = " ".join(name.split()).strip(". ")
    if suffix_of(name) in READABLE:
        name = name[: -len(suffix_of(name))]
    return name or "source without a name"


def _distinct(name: str, taken: set[str]) -> str:
    stem, dot, suffix = name.rpartition(".")
    count, tried = 1, name
    while tried.casefold() in taken:
        count += 1
        tried = f"{stem} ({count}){dot}{suffix}"
    taken.add(tried.casefold())
    return tried


def _file(entry: str) -> str:
    return entry.replace("\\", "/").rpartition("/")[2].casefold()


def _entry(element: Element, by_file: dict[str, str]) -> str:
    """Return the entry that holds a source's words: its transcript's, or its own; or ""."""
    for holder in (*_transcripts(element), element):
        for path in _PATHS:
            value = holder.get(path, "")
            entry = by_file.get(_file(value.removeprefix(_INSIDE)), "") if value else ""
            if entry and value.startswith(_INSIDE) and suffix_of(entry) in READABLE:
                return entry
    return ""


def _transcripts(element: Element) -> Iterable[Element]:
    """Return what a recording or a PDF carries in words."""
    return [child for child in element if _tag(child) in _TRANSCRIPTS]


def _refused(name: str, kind: str) -> Reject:
    if kind in ("picture", "recording"):
        what = f"It is a {kind} without a transcript in the project, and we read text."
        return whole(name, what, "Add its transcript to the project, or give it as a file.")
    return whole(name, "Its text is not in the project's zip.", _AGAIN)


def _nothing(name: str, listed: Sequence[Element], rejects: Sequence[Reject]) -> UnreadableFile:
    if not listed:
        why = "The project names no sources: it may hold codes alone."
        return refuse(name, why, f"If it has sources: {_AGAIN[0].lower()}{_AGAIN[1:]}")
    if all(_kind(element) in ("picture", "recording") for element in listed):
        return refuse(name, "The project holds no text.", rejects[0].what_to_do)
    count = shown(len(listed), "source")
    return refuse(name, f"The project names {count}, and none of them is in the zip.", _AGAIN)
