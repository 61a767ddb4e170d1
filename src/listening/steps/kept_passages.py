"""Passages behind each theme as pages show them: laid out when results are made, read by the page.

The tables of the results hold a hundred thousand people's words, and no page waits until they are
read. So what the pages of a theme show lies beside them, in the order of the pages, with the place
in the file at which each of them begins.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from listening.records import Table
from listening.report import Results

#: passages on one page
ON_A_PAGE = 50
#: the passages, one a line; and where the pages of each theme begin there
LINES, INDEX = "passages.jsonl", "passages.json"
_MACHINE = "suggestion"
_WHERE = ("question", "voice", "source_kind", "document_id")


@dataclass(frozen=True)
class Laid:
    """One page of a theme's passages.

    Attributes:
        passages: each a row with `segment_id`, `participant_id`, `text`, `counted`, `coders`,
            `question`, `voice`, `source_kind` and `document_id`, and in `within` the names of the
            narrower codes that it has.
        many: passages in all; people: whom they are from.
        page, pages: which page this is, of how many.
        people_coded: whether people gave the codes, and not the machine.
    """

    passages: Sequence[Mapping[str, Any]] = ()
    many: int = 0
    people: int = 0
    page: int = 1
    pages: int = 1
    people_coded: bool = False


@dataclass
class _Written:
    """Lines that are written one after another, and where each of them begins."""

    lines: list[bytes] = field(default_factory=list)
    size: int = 0

    def add(self, row: Mapping[str, Any]) -> int:
        """Add a line; return where it begins."""
        line = json.dumps(row, ensure_ascii=False).encode() + b"\n"
        begins, self.size = self.size, self.size + len(line)
        self.lines.append(line)
        return begins


def files(results: Results) -> dict[str, bytes]:
    """Return the files that `page` reads, by name, for working results."""
    codings, index, written = results.codings, {}, _Written()
    standing = codings[codings["code_status"].isin(["", "active"])]
    where = results.segments.drop_duplicates("segment_id")[["segment_id", *_WHERE]]
    for priority in results.document["priorities"]:
        theme, codes = priority["id"], _codes(priority)
        own = standing[standing["code"].isin(codes)]
        people_coded = bool((own["origin"] != _MACHINE).any())
        if people_coded:
            own = own[own["origin"] != _MACHINE]
        narrower = _narrower(own, priority)
        begins = [
            written.add({**row, "within": narrower.get(row["segment_id"], [])})
            for row in _rows(own, where, _counted(results, codes))
        ]
        index[theme] = {
            "many": len(begins),
            "people": int(own["participant_id"].nunique()),
            "people_coded": people_coded,
            "pages": begins[::ON_A_PAGE],
        }
    return {LINES: b"".join(written.lines), INDEX: json.dumps(index).encode()}


def page(folder: Path, theme: str, number: int) -> Laid:
    """Return a page of a theme's passages; one that there is not is the first or the last.

    Raises:
        FileNotFoundError: the results were deleted or replaced meanwhile.
    """
    told = json.loads((folder / INDEX).read_bytes()).get(theme)
    if not told or not told["many"]:
        return Laid()
    begins = told.pop("pages")
    number = min(max(number, 1), len(begins))
    with (folder / LINES).open("rb") as file:
        file.seek(begins[number - 1])
        left = told["many"] - (number - 1) * ON_A_PAGE
        rows = [json.loads(line) for line in islice(file, min(ON_A_PAGE, left))]
    return Laid(rows, page=number, pages=len(begins), **told)


def _codes(priority: Mapping[str, Any]) -> set[str]:
    """Return the codes that count for a theme: its own, and those that stand beneath it."""
    return {priority["id"], *(code["id"] for code in priority.get("within", ()))}


def _narrower(own: Table, priority: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the names of the codes beneath a theme that each passage has, in the theme's order."""
    names = {code["id"]: str(code["name"]) for code in priority.get("within", ())}
    beneath = own[own["code"].isin(names)]
    found: dict[str, set[str]] = {}
    for segment, code in zip(beneath["segment_id"], beneath["code"], strict=True):
        found.setdefault(segment, set()).add(code)
    return {of: [names[code] for code in names if code in has] for of, has in found.items()}


def _counted(results: Results, codes: set[str]) -> frozenset[str]:
    if results.raised is None:
        return frozenset()
    raised = results.raised
    return frozenset(raised.loc[raised["code"].isin(codes), "participant_id"])


def _rows(own: Table, where: Table, counted: frozenset[str]) -> Iterator[dict[str, Any]]:
    """Yield the passages of a theme in the order of the people, those counted first."""
    coders: dict[str, set[str]] = {}
    human = own[own["origin"] != _MACHINE]
    for segment, coder in zip(human["segment_id"], human["coder"], strict=True):
        coders.setdefault(segment, set()).add(coder)
    once = own.drop_duplicates("segment_id")[["segment_id", "participant_id", "text"]]
    once = once.assign(counted=once["participant_id"].isin(counted))
    once = once.merge(where, on="segment_id", how="left").fillna(
        {"question": "", "voice": "verbatim", "source_kind": "", "document_id": ""}
    )
    ordered = once.sort_values(
        ["counted", "participant_id", "segment_id"], ascending=[False, True, True]
    )
    names = [str(name) for name in ordered.columns]
    for values in zip(*(ordered[name].tolist() for name in names), strict=True):
        row = dict(zip(names, values, strict=True))
        yield {**row, "coders": sorted(coders.get(row["segment_id"], ()))}
