"""A codebook out of what another program wrote: ids for names, parents by name, drafts marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from listening.codebook.checking import check
from listening.codebook.nouns import NO_REASON, OTHER, RESERVED, Code, Codebook
from listening.errors import InvalidCodebook

#: the version of what nobody has frozen yet
FIRST = "0.1"
_MOST = 2_000
_NOT_IN_XML = re.compile("[^\t\n -\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Imported:
    """A codebook from another format, and in sentences what a person should know about it."""

    codebook: Codebook
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Exported:
    """A codebook in another format, and in sentences what that format cannot hold."""

    content: bytes
    notes: tuple[str, ...]


def for_xml(given: str) -> str:
    """Return a text without what XML 1.0 cannot hold."""
    return _NOT_IN_XML.sub("", given)


def at_most(name: str, count: int) -> None:
    """Stop at a file of more codes than anybody could code with.

    Raises:
        InvalidCodebook: it holds too many.
    """
    if count > _MOST:
        raise InvalidCodebook(
            name,
            f"holds more than {_MOST:,} codes.",
            "Check that it is a codebook and not a table of codings or answers.",
        )


def slug(name: str, taken: Collection[str] = ()) -> str:
    """Return an id for a name: lower-case words joined by hyphens, not among those taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", ""))) or "code"
    found, count = base, 1
    while found in taken or found in (OTHER, NO_REASON):
        count += 1
        found = f"{base}-{count}"
    return found


def made(
    name: str,
    codes: Iterable[Code],
    notes: Sequence[str] = (),
    *,
    title: str = "",
    book_id: str = "",
    version: str = "",
    language: str = "",
    source: str = "",
) -> Imported:
    """Return the codebook of codes that were read from a file.

    A code without a definition becomes a draft; `other` and `no reason given` are left out, because
    they are always there.

    Args:
        name: what errors call the file.
        codes: in the file's order, their parents by id.
        notes: what is known already.
        title: the codebook's own name; the file's without it.
        book_id: its id; made of its name without it.
        version: its version; that of a first draft without it.
        language: its examples' language; English without it.
        source: where it comes from.

    Raises:
        InvalidCodebook: it holds no codes, or they break a rule.
    """
    listed = list(codes)
    apart = [code for code in listed if not code.parent and code.name.casefold() in RESERVED]
    left = {code.id for code in apart}
    kept = [
        replace(code, parent="" if code.parent in left else code.parent)
        for code in listed
        if code not in apart
    ]
    told = list(notes)
    if apart:
        told.append(
            f"Left out, because it is always there: {', '.join(code.name for code in apart)}."
        )
    if not kept:
        raise InvalidCodebook(name, "holds no codes.", "Check that the right file was given.")
    bare = [c.id for c in kept if c.codable and c.status == "active" and not c.definition.strip()]
    if bare:
        told.append(
            f"{_many(len(bare), 'code')} without a definition, marked as draft: write what each "
            "means, and set its status to active."
        )
    final = [replace(code, status="draft") if code.id in bare else code for code in kept]
    stem = name.rpartition("/")[2].rpartition(".")[0] or name
    called = " ".join((title or stem).split())
    book = Codebook(
        book_id or slug(called), called, version or FIRST, language or "en", source, tuple(final)
    )
    check(book, name, draft=True)
    return Imported(book, tuple(told))


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
