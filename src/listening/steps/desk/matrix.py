"""The framework matrix on a page: some people at a time, under the codes that somebody chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from listening.coding.framework import UNQUOTABLE, VOICES, Framework
from listening.report.framework import workbook
from listening.steps.framework import first_code, matrix_of
from listening.steps.ingest import newest
from listening.steps.site import Site
from listening.store.accounts import Person, Programme, trail

#: people on a page, and letters of a passage before the rest of it is folded away
PEOPLE_A_PAGE, LETTERS = 20, 280


@dataclass(frozen=True)
class Wanted:
    """What part of the matrix somebody wants.

    Attributes:
        code: only people with this code, and only its column; empty for all.
        kind: only this kind of source.
        place: only this place.
        page: from 1.
    """

    code: str = ""
    kind: str = ""
    place: str = ""
    page: int = 1


@dataclass(frozen=True)
class Passage:
    """What somebody said under a code.

    Attributes:
        words: the beginning of it, in quotation marks where it may be quoted.
        rest: all of it, where it is long; else empty.
        before: what stands before words that are not a resident's own, or may not be quoted.
        memo: what coders noted.
        decided: why it counts.
    """

    words: str
    rest: str
    before: str
    memo: str
    severity: int | None
    decided: str


@dataclass(frozen=True)
class Row:
    """One person: what is known of them, and their passages by the code of each column."""

    person: str
    kind: str
    place: str
    date: str
    cells: tuple[tuple[str, tuple[Passage, ...]], ...]


@dataclass(frozen=True)
class Page:
    """A part of the matrix.

    Attributes:
        columns: id, name and how many people, of the codes shown.
        rows: people of this page.
        codes: of all codes, for choosing; likewise kinds and places.
        people: how many there are in what was chosen; everybody: in all.
        page: this one, from 1; pages: how many.
        notes: what a person should know.
    """

    columns: tuple[tuple[str, str, int], ...]
    rows: tuple[Row, ...]
    codes: tuple[tuple[str, str, int], ...]
    kinds: tuple[str, ...]
    places: tuple[str, ...]
    people: int
    everybody: int
    page: int
    pages: int
    notes: tuple[str, ...]

    @property
    def first(self) -> int:
        """Number of the first person of this page."""
        return (self.page - 1) * PEOPLE_A_PAGE + 1


def page(site: Site, programme: Programme, wanted: Wanted) -> Page:
    """Return a part of the matrix; people whose consent has ended are not in it.

    Raises:
        NothingToDo: nobody has coded yet.
    """
    work = site.work(programme)
    found, notes = matrix_of(work, newest(work))
    about = found.matrix[["participant_id", "source_kind", "place", "date"]].to_dict("records")
    passages = found.passages.to_dict("records")
    coded = {row["participant_id"] for row in passages if row["code"] == wanted.code}
    chosen = [
        row
        for row in about
        if (not wanted.kind or row["source_kind"] == wanted.kind)
        and (not wanted.place or row["place"] == wanted.place)
        and (not wanted.code or row["participant_id"] in coded)
    ]
    pages = max(1, -(-len(chosen) // PEOPLE_A_PAGE))
    at = min(max(wanted.page, 1), pages)
    part = chosen[(at - 1) * PEOPLE_A_PAGE : at * PEOPLE_A_PAGE]
    codes = _codes(found)
    of_part = _by_person(passages, {str(row["participant_id"]) for row in part})
    columns = _columns(codes, of_part, wanted.code)
    return Page(
        columns,
        tuple(_row(row, of_part, columns) for row in part),
        tuple(one for one in codes if one[2]),
        tuple(dict.fromkeys(str(row["source_kind"]) for row in about)),
        tuple(sorted({str(row["place"]) for row in about} - {""})),
        len(chosen),
        len(about),
        at,
        pages,
        notes,
    )


def as_workbook(site: Site, person: Person, programme: Programme) -> bytes:
    """Return the whole matrix as an Excel workbook; that it was taken stands in the trail.

    Nothing of it is kept on the server, so that a withdrawal has nothing more to erase.

    Raises:
        NothingToDo: nobody has coded yet.
    """
    work = site.work(programme)
    found, _ = matrix_of(work, newest(work))
    content = workbook(found.matrix, found.passages, found.codes, first_code(found))
    trail.note("framework matrix downloaded", who=person.email, programme=programme.slug)
    return content


def _codes(found: Framework) -> tuple[tuple[str, str, int], ...]:
    rows = found.codes.to_dict("records")
    return tuple((str(one["code"]), str(one["name"]), int(one["people"])) for one in rows)


_ByPerson = Mapping[str, Mapping[str, list[Mapping[Any, Any]]]]


def _by_person(passages: list[dict[Any, Any]], people: set[str]) -> _ByPerson:
    found: dict[str, dict[str, list[Mapping[Any, Any]]]] = {}
    for row in passages:
        if row["participant_id"] in people:
            found.setdefault(row["participant_id"], {}).setdefault(row["code"], []).append(row)
    return found


def _columns(
    codes: tuple[tuple[str, str, int], ...], part: _ByPerson, only: str
) -> tuple[tuple[str, str, int], ...]:
    """Return the columns of a page: the chosen one, or those in which anybody of it stands."""
    there = {code for own in part.values() for code in own}
    return tuple(one for one in codes if (one[0] == only if only else one[0] in there))


def _row(
    about: Mapping[Any, Any], part: _ByPerson, columns: tuple[tuple[str, str, int], ...]
) -> Row:
    own = part.get(str(about["participant_id"]), {})
    cells = tuple(
        (name, tuple(_passage(one) for one in own.get(code, []))) for code, name, _ in columns
    )
    person, kind, place, date = (
        str(about[name]) for name in ("participant_id", "source_kind", "place", "date")
    )
    return Row(person, kind, place, date, cells)


def _passage(row: Mapping[Any, Any]) -> Passage:
    words, may = str(row["words"]).strip(), row["may_be_quoted"] == "yes"
    voice = VOICES.get(str(row["voice"]), "")
    quoted = may and not voice
    short = words if len(words) <= LETTERS else f"{words[:LETTERS].rstrip()} …"
    return Passage(
        f"“{short}”" if quoted else short,
        words if len(words) > LETTERS else "",
        " ".join(part for part in (voice, "" if may else UNQUOTABLE) if part),
        str(row["memo"]),
        _whole(row["severity"]),
        str(row["decided"]),
    )


def _whole(value: Any) -> int | None:
    return None if value is None or pd.isna(value) else int(value)
