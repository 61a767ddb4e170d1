"""Labelling configurations: a template for each layout, filled from a codebook.

Results carry the codes' ids (`alias`), so a code can be renamed while its codings stay. `other /
new` and `no reason given` are always offered, and nothing is ticked beforehand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from defusedxml.ElementTree import fromstring

from listening.codebook import NO_REASON, OTHER, Code, Codebook
from listening.codebook.making import Exported, for_xml
from listening.labelstudio.names import CODES, GRAVEST, TEXT, severity_of
from listening.labelstudio.nouns import LAYOUTS, ROLES_OF_PROJECTS, SPANS
from listening.labelstudio.palette import KEYS, colours, on_top

#: how what is always there is shown
OTHER_SHOWN, NO_REASON_SHOWN = "Other / new", "No reason given"
_ALWAYS = (
    Code(OTHER, OTHER_SHOWN, "Says something that no code covers: propose one."),
    Code(NO_REASON, NO_REASON_SHOWN, "Answered, but with nothing that could be coded."),
)
_GRAVE = f"How grave, 0 (no harm told) to {GRAVEST}? Shift with the code's key counts up"
#: Label Studio gives a free letter to whatever has no key, and a hidden control would answer to it
_NO_KEY = "ctrl+alt+shift+f"
#: in an installed package the templates lie inside it, in a checkout beside its sources
_FOLDERS = tuple(
    Path(__file__).resolve().parents[up] / "annotations" / "label_configs" for up in (1, 3)
)

_Offer = Callable[[Element, Code], object]


def project_config(book: Codebook, layout: str, role: str, *, retired: bool = False) -> Exported:
    """Return the configuration of a project as XML.

    Args:
        book: the codebook; its codes in use are offered, under their headings.
        layout: one of LAYOUTS: codes on stretches of a conversation, or on a whole answer.
        role: one of ROLES_OF_PROJECTS: what is shown beside the text.
        retired: hold retired codes too, unseen: Label Studio refuses a configuration
            without a code that stands in an annotation.
    """
    if layout not in LAYOUTS or role not in ROLES_OF_PROJECTS:
        raise ValueError(f"no configuration for {layout} and {role}")
    view: Element = fromstring(_template(layout))
    for parent in list(view.iter()):
        for place, child in reversed(list(enumerate(parent))):
            if child.attrib.pop("for", role) != role:
                parent.remove(child)
            elif child.tag == "Codes":
                parent[place] = _labels(book) if layout == SPANS else _choices(book)
            elif child.tag == "Severities":
                parent[place] = _severities(book)
    if retired:
        _hold(view, book, layout)
    indent(view)
    notes = ("A labelling configuration holds codes in use, with name and definition alone.",)
    return Exported(tostring(view, encoding="unicode").encode() + b"\n", notes)


def _hold(view: Element, book: Codebook, layout: str) -> None:
    """Hold codes that are not offered any more, unseen."""
    gone = [code for code in book.codes if code.status == "retired" and code.codable]
    if not gone:
        return
    holder = next(one for one in view.iter() if one.get("name") == CODES)
    unseen = SubElement(holder, "View", style="display: none")
    for code in gone:
        _option(unseen, "Label" if layout == SPANS else "Choice", code, {})
    if layout == SPANS:
        return
    grave = SubElement(view, "View", style="display: none")
    for code in gone:
        about = {"name": severity_of(code.id), "toName": TEXT, "min": "0", "max": str(GRAVEST)}
        SubElement(grave, "Number", about | {"hotkey": _NO_KEY})


def shown(book: Codebook, code_id: str) -> str:
    """Return how coders are told of a code: its name after those above it."""
    code = next((one for one in _ALWAYS if one.id == code_id), None) or book.code(code_id)
    return " › ".join(_path(book, code)) if code else code_id


def plain(name: str) -> str:
    """Return a text that Label Studio does not take for a field of the task (``$name``).

    A `$` before a letter or digit would be replaced by what the task holds under that name: an
    unseen space parts them. One at the very beginning is a field to its server in any case.
    """
    parted = re.sub(r"\$(?=[\w\[\].{}])", "$\u200b", for_xml(name))
    return f"\u200b{parted}" if parted.startswith("$") else parted


def _template(layout: str) -> str:
    for folder in _FOLDERS:
        if (folder / f"{layout}.xml").is_file():
            return (folder / f"{layout}.xml").read_text(encoding="utf-8")
    raise FileNotFoundError(f"{layout}.xml in {_FOLDERS[0]}")


def _labels(book: Codebook) -> Element:
    """Return labels for stretches; several may be put on one."""
    own, keys = colours([*_in_order(book)]), _keys(book)

    def offer(holder: Element, code: Code) -> None:
        option = _option(holder, "Label", code, keys)
        option.set("background", own[code.id])
        option.set("selectedColor", on_top(own[code.id]))

    return _offered("ParagraphLabels", book, offer)


def _choices(book: Codebook) -> Element:
    keys = _keys(book)
    return _offered("Choices", book, lambda holder, code: _option(holder, "Choice", code, keys))


def _offered(kind: str, book: Codebook, offer: _Offer) -> Element:
    about = {"name": CODES, "toName": TEXT, "choice": "multiple", "showInline": "false"}
    holder = Element(kind, about)
    _under(holder, book, _with_headings(book), "", offer)
    for code in _ALWAYS:
        offer(holder, code)
    return holder


def _under(
    holder: Element, book: Codebook, with_headings: frozenset[str], parent: str, offer: _Offer
) -> None:
    """Offer the codes under `parent`, each with those under it indented."""
    for code in book.codes:
        if code.parent != parent or code.id not in with_headings:
            continue
        if code.codable and code.status == "active":
            offer(holder, code)
        else:
            SubElement(holder, "Header", value=plain(code.name), size="6")
        if any(below.parent == code.id and below.id in with_headings for below in book.codes):
            below = SubElement(holder, "View", style="margin-left: 1.5em")
            _under(below, book, with_headings, code.id, offer)


def _severities(book: Codebook) -> Element:
    """Return how grave, for each code that is ticked (METHOD.md §2: of each raiser and code).

    Numbers, as a number has one key (Shift with the code's) that counts up, and choices would take
    a letter each even while they are hidden.
    """
    holder = Element("View", visibleWhen="choice-selected", whenTagName=CODES)
    SubElement(holder, "Header", value=_GRAVE, size="6")
    keys = _keys(book)
    for code in _in_order(book):
        if code.id == NO_REASON:
            continue
        when = {"visibleWhen": "choice-selected", "whenTagName": CODES, "whenChoiceValue": code.id}
        asked = SubElement(holder, "View", when | {"className": "grave"})
        SubElement(asked, "Header", value=plain(code.name), size="6")
        about = {"name": severity_of(code.id), "toName": TEXT, "min": "0", "max": str(GRAVEST)}
        pressed = f"shift+{keys[code.id]}" if code.id in keys else _NO_KEY
        SubElement(asked, "Number", about | {"step": "1", "hotkey": pressed})
    return holder


def _in_order(book: Codebook, parent: str = "") -> Iterator[Code]:
    """Yield what is offered, in the order in which it is."""
    in_use = set(book.in_use)
    for code in book.codes:
        if code.parent == parent:
            if code in in_use:
                yield code
            yield from _in_order(book, code.id)
    if not parent:
        yield from _ALWAYS


def _keys(book: Codebook) -> dict[str, str]:
    """Return a key for each code, as far as there are keys."""
    return dict(zip((code.id for code in _in_order(book)), KEYS, strict=False))


def _with_headings(book: Codebook) -> frozenset[str]:
    """Return the codes in use, and those that they stand under."""
    parents = {code.id: code.parent for code in book.codes}
    found: set[str] = set()
    for code in book.in_use:
        one = code.id
        while one and one not in found:
            found.add(one)
            one = parents[one]
    return frozenset(found)


def _path(book: Codebook, code: Code) -> list[str]:
    names = [code.name]
    while code.parent:
        code = next(one for one in book.codes if one.id == code.parent)
        names.insert(0, code.name)
    return names


def _option(holder: Element, kind: str, code: Code, keys: dict[str, str]) -> Element:
    hint = " ".join(plain(code.definition).split())
    option = SubElement(holder, kind, value=plain(code.name), alias=code.id, hint=hint)
    if code.id in keys:
        option.set("hotkey", keys[code.id])
    return option
