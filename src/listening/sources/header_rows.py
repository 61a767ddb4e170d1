"""Headers of several rows, as survey tools write them, made one.

Recognised by shape: Qualtrics writes ids, questions in full and, in a .csv, import ids;
SurveyMonkey writes questions, and under each its options.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from listening.sources.column_names import squeezed
from listening.sources.refuse import words

_IMPORT_ID = '{"ImportId"'
#: Columns that Qualtrics adds; it heads them by an id and, a row lower, by the same in words.
_QUALTRICS = ("startdate", "enddate", "recordeddate", "responseid", "ipaddress", "finished")
_QUALTRICS_ENOUGH = 3
_OWN = words(
    "startdate enddate status ipaddress progress durationinseconds finished recordeddate "
    "responseid recipientlastname recipientfirstname recipientemail externalreference "
    "locationlatitude locationlongitude distributionchannel userlanguage"
)
_SINGLE = ("", "response", "open-ended response")


@dataclass(frozen=True)
class Headers:
    """One header of a table.

    Attributes:
        names: what each column is called.
        others: another name of each column by which people know it, or "".
        parts: columns that are parts of one question: its options, or the rows of a grid.
        rows: how many rows the header takes.
        note: what was understood, where it takes more than one.
    """

    names: tuple[str, ...]
    others: tuple[str, ...] = ()
    parts: frozenset[int] = frozenset()
    rows: int = 1
    note: str = ""


def read_headers(rows: Sequence[Sequence[str]]) -> Headers:
    """Return the header that the first of `rows` (at most three of them) make up."""
    first = [one_line(cell) for cell in rows[0]]
    if found := _qualtrics(first, rows):
        return found
    if len(rows) > 1 and _is_options(rows[1]):
        return _with_options(first, rows[1])
    return Headers(tuple(first))


def one_line(cell: str) -> str:
    """Return a cell's words on one line."""
    return re.sub(r"\s+", " ", cell).strip()


def _qualtrics(ids: Sequence[str], rows: Sequence[Sequence[str]]) -> Headers | None:
    imports = [place for place, cells in enumerate(rows[1:3], start=1) if _has_import_id(cells)]
    taken = imports[0] + 1 if imports else 2 if _repeats(ids, rows[1:2]) else 0
    if not taken:
        return None
    below = [one_line(cell) for cell in rows[1]] if imports != [1] else list(ids)
    below += [""] * (len(ids) - len(below))
    names, others = [], []
    for name, question in zip(ids, below, strict=False):
        # Its own columns are known by their ids, as “Status”; questions by their words.
        own = squeezed(name) in _OWN or squeezed(name) == squeezed(question) or not question
        names.append(name if own else question)
        others.append("" if own else name)
    count = "three" if taken == 3 else "two"
    note = f"The table has {count} header rows; the questions in full were used."
    return Headers(tuple(names), tuple(others), rows=taken, note=note)


def _has_import_id(cells: Sequence[str]) -> bool:
    return any(cell.strip().startswith(_IMPORT_ID) for cell in cells)


def _repeats(ids: Sequence[str], second: Sequence[Sequence[str]]) -> bool:
    """A second row says the same of Qualtrics' own columns in words: “Start Date”."""
    pairs = zip(ids, second[0], strict=False) if second else ()
    same = sum(squeezed(one) == squeezed(other) in _QUALTRICS for one, other in pairs)
    return same >= _QUALTRICS_ENOUGH


def _is_options(second: Sequence[str]) -> bool:
    """SurveyMonkey repeats the header: no id, and “Response” under every single question."""
    return not second[0].strip() and any(cell.strip().lower() in _SINGLE[1:] for cell in second)


def _with_options(first: Sequence[str], second: Sequence[str]) -> Headers:
    """Columns after a question that have no header of their own are options of that question."""
    questions, names, above = [], [], ""
    for place, header in enumerate(first):
        above = header or above
        below = one_line(second[place]) if place < len(second) else ""
        questions.append(above)
        names.append(above if below.lower() in _SINGLE else f"{above}: {below}")
    columns = Counter(questions)
    parts = frozenset(place for place, above in enumerate(questions) if columns[above] > 1)
    note = "The table has two header rows; they were read as one."
    return Headers(tuple(names), parts=parts, rows=2, note=note)
