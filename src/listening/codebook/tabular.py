"""Codebooks as tables: whatever has a column of names, and Taguette's own shape.

Taguette (https://www.taguette.org) takes one column called `tag`, `name` or `path`, and
`description` and `parent` beside it.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from listening.codebook.described import described
from listening.codebook.described import read as read_description
from listening.codebook.making import Exported, Imported, at_most, made, slug
from listening.codebook.nouns import Code, Codebook
from listening.codebook.reading import line, text
from listening.errors import InvalidCodebook

#: headers by which a column is known, the best first
_NAMES = (
    "subcategory", "subcode", "subtheme", "name", "tag", "path", "code", "codename", "codelabel",
    "label", "theme", "title", "category",
)  # fmt: skip
_PARENTS = ("parent", "parentcode", "category", "group", "theme")
_DEFINITIONS = ("definition", "description", "meaning")
_WRITTEN = ("tag", "description", "parent")
#: a text in quotation marks: an apostrophe inside a word neither opens nor closes
_QUOTED = re.compile(
    r"(?<!\w)(?:“([^”]{1,600})”|\"([^\"]{1,600})\"|[‘'’`]\s*+(.{1,600}?)\s?[’'](?=\s*(?:[,;.&\n)]|$|[‘'“\"])))"
)


@dataclass(frozen=True)
class _Columns:
    """Places of the columns that are known; None where there is none."""

    name: int
    id: int | None
    definition: int | None
    parent: int | None
    include: int | None
    exclude: int | None
    status: int | None
    examples: tuple[int, ...]

    @property
    def known(self) -> int:
        places = (self.id, self.definition, self.parent, self.include, self.exclude, self.status)
        return 1 + sum(place is not None for place in places) + len(self.examples)


def fits(headers: Sequence[str]) -> int:
    """Return how many columns of a table say something of codes; 0 where it is no codebook."""
    columns = _columns(headers)
    return columns.known if columns else 0


def from_table(
    name: str, headers: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]
) -> Imported:
    """Return the codebook of a table: a row a code, or several rows a code with an example each.

    Args:
        name: what errors call the file.
        headers: names of the columns.
        rows: the number of each as people see it, and its cells, as many as there are headers.

    Raises:
        InvalidCodebook: no column holds names of codes, or the codes break a rule.
    """
    at_most(name, len(rows))
    columns = _columns(headers)
    if columns is None:
        raise InvalidCodebook(
            name,
            "has no column for the names of codes.",
            "Call one `name`, and the others `definition`, `examples` and `parent`.",
        )
    notes: list[str] = []
    entries: dict[tuple[str, str], Code] = {}
    for number, cells in rows:
        called = line(cells[columns.name])
        if not called:
            notes.append(f"Row {number} has no name and was left out.")
            continue
        parent = line(_cell(cells, columns.parent))
        code = _of_row(called, parent if parent != called else "", cells, columns)
        key = (code.parent.casefold(), called.casefold())
        entries[key] = _joined(entries[key], code) if key in entries else code
    codes = list(entries.values())
    if columns.parent is None:
        codes = [_under_its_path(code, codes) for code in codes]
    return made(name, _with_ids(codes), notes)


def _columns(headers: Sequence[str]) -> _Columns | None:
    keys = [re.sub(r"[^a-z]", "", header.casefold()) for header in headers]

    def first(*wanted: str, but: int | None = None) -> int | None:
        places = (n for one in wanted for n, key in enumerate(keys) if key == one and n != but)
        return next(places, None)

    found = first(*_NAMES)
    if found is None:
        return None
    ending = (n for n, key in enumerate(keys) if key.endswith(_DEFINITIONS) and n != found)
    definition = first(*_DEFINITIONS, but=found)
    shown = [n for n, key in enumerate(keys) if ("example" in key or "quote" in key) and n != found]
    return _Columns(
        name=found,
        id=first("id", "codeid"),
        definition=definition if definition is not None else next(ending, None),
        parent=first(*_PARENTS, but=found),
        include=next((n for n, key in enumerate(keys) if key.startswith("inclu")), None),
        exclude=next((n for n, key in enumerate(keys) if key.startswith("exclu")), None),
        status=first("status"),
        examples=tuple(n for n in shown if not keys[n].startswith(("counter", "exclu", "inclu"))),
    )


def _cell(cells: Sequence[str], place: int | None) -> str:
    return text(cells[place]).strip() if place is not None else ""


def _of_row(name: str, parent: str, cells: Sequence[str], columns: _Columns) -> Code:
    shown = [one for place in columns.examples for one in examples_in(_cell(cells, place))]
    given = _cell(cells, columns.id)
    bare = Code(slug(given) if given else "", name, parent=parent)
    code = read_description(bare, _cell(cells, columns.definition))
    return replace(
        code,
        include=_cell(cells, columns.include) or code.include,
        exclude=_cell(cells, columns.exclude) or code.exclude,
        status=_cell(cells, columns.status).lower() or code.status,
        examples=_together(code.examples, shown),
    )


def examples_in(cell: str) -> list[str]:
    """Return the examples of a cell: what stands in quotation marks, or else line by line.

    Words around quoted examples, such as ``POSITIVE:``, are no example.
    """
    quoted = [next(filter(None, found)) for found in _QUOTED.findall(cell)]
    plain = [part.strip(" \t-•*") for part in re.split(r"\n|;(?=\s)", cell)]
    texts = [" ".join(one.split()) for one in quoted or plain]
    return list(dict.fromkeys(one for one in texts if re.search(r"\w", one)))


def _joined(one: Code, more: Code) -> Code:
    """Return a code that several rows speak of."""
    return replace(
        one,
        definition=one.definition or more.definition,
        include=one.include or more.include,
        exclude=one.exclude or more.exclude,
        examples=_together(one.examples, more.examples),
    )


def _together(texts: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    return (*texts, *(text for text in dict.fromkeys(more) if text not in texts))


def _under_its_path(code: Code, codes: Sequence[Code]) -> Code:
    """Return a code called ``housing.damp`` as `damp` under `housing`, if there is such a tag."""
    above, dot, own = code.name.rpartition(".")
    if dot and own.strip() and any(other.name == above for other in codes):
        return replace(code, name=own.strip(), parent=above)
    return code


def _with_ids(codes: Sequence[Code]) -> list[Code]:
    """Give ids to codes, and to the names of their parents; a parent without a row is a heading."""
    taken = {code.id for code in codes if code.id}
    done: list[Code] = []
    for code in codes:
        found = code.id or slug(code.name, taken)
        taken.add(found)
        done.append(replace(code, id=found))
    by_name: dict[str, str] = {}
    for named, code in zip(codes, done, strict=True):
        path = f"{named.parent}.{named.name}" if named.parent else named.name
        by_name.setdefault(path.casefold(), code.id)
        by_name.setdefault(named.name.casefold(), code.id)
    listed: list[Code] = []
    for code in done:
        key = code.parent.casefold()
        if key and by_name.get(key, code.id) == code.id:
            heading = Code(slug(code.parent, taken), code.parent, codable=False)
            taken.add(heading.id)
            by_name[key] = heading.id
            listed.append(heading)
        listed.append(replace(code, parent=by_name[key]) if key else code)
    return listed


def as_taguette(book: Codebook) -> Exported:
    """Return a codebook as a CSV that Taguette imports; codes that are in use or drafts."""
    tags = _tags(book)
    taken: set[str] = set()
    lacking = []
    made_csv = io.StringIO()
    writer = csv.writer(made_csv, lineterminator="\n")
    writer.writerow(_WRITTEN)
    for code in book.codes:
        guessed = slug(tags[code.id], taken)
        description, whole = described(code, guessed)
        taken.add(code.id)
        if not whole or tags[code.id] != code.name or not code.codable:
            lacking.append(code.id)
        writer.writerow([tags[code.id], description, tags.get(code.parent, "")])
    notes = [
        "Taguette has no place for the codebook's own name, version and source, nor for guids and "
        "colours of codes."
    ]
    if lacking:
        notes.append(
            f"Not everything of {', '.join(lacking)} can be read back: a heading becomes a tag, "
            "and names that occur twice are written with the one above."
        )
    if book.changes:
        notes.append("The trail of changes stays in the TOML file.")
    return Exported(made_csv.getvalue().encode(), tuple(notes))


def _tags(book: Codebook) -> Mapping[str, str]:
    """Return how each code is called among tags, where no two may have one name."""
    often = Counter(code.name.casefold() for code in book.codes)
    tags: dict[str, str] = {}
    for code in book.codes:
        if often[code.name.casefold()] == 1:
            tags[code.id] = code.name
        else:
            above = f"{book.called(code.parent)} / " if code.parent else ""
            tags[code.id] = f"{above}{code.name} ({code.id})"
    return tags
