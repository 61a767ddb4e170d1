"""The framework matrix of what was coded in a run, as an Excel workbook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from listening.codebook import load as load_codebook
from listening.coding.counted import counted
from listening.coding.framework import PEOPLE, Framework, framework
from listening.errors import InvalidTable, NothingToDo
from listening.records import DOCUMENTS, PARTICIPANTS
from listening.report.framework import workbook
from listening.steps.coded_books import of_one_book
from listening.steps.coding.books import shown_book
from listening.steps.coding.coded import codings_of
from listening.steps.noting import note_results
from listening.steps.people import merged
from listening.steps.selecting import own_segments
from listening.steps.work import Work


@dataclass(frozen=True)
class Written:
    """What stands in the workbook.

    Attributes:
        people: rows of the matrix.
        codes: its columns.
        passages: codings that count.
        notes: what a person should know.
    """

    people: int
    codes: int
    passages: int
    notes: tuple[str, ...]


def write_framework(work: Work, run_id: str, to: Path) -> Written:
    """Write who said what under which code, with coders' memos; it goes with a withdrawal.

    Raises:
        NothingToDo: nobody has coded yet.
        InvalidTable: there is a file of that name, or it is no name of a workbook.
    """
    if to.suffix.lower() != ".xlsx":
        raise InvalidTable(to.name, "is no name of a workbook.", "Let it end with .xlsx.")
    if to.exists():
        raise InvalidTable(
            str(to), "is there already, and somebody may have written in it.", "Give another name."
        )
    with work.alone():
        found, notes = matrix_of(work, run_id)
        content = workbook(found.matrix, found.passages, found.codes, first_code(found))
        note_results(work, run_id, [to.resolve()])
        to.parent.mkdir(parents=True, exist_ok=True)
        to.touch(mode=0o600)  # residents' words: for whoever ran this, until they share it
        to.write_bytes(content)
    return Written(len(found.matrix), len(found.codes), len(found.passages), notes)


def matrix_of(work: Work, run_id: str) -> tuple[Framework, tuple[str, ...]]:
    """Return who said what under which code, and what a person should know of it.

    Raises:
        NothingToDo: nobody has coded yet.
    """
    codings, notes = of_one_book(codings_of(work, run_id))
    if codings.empty:
        raise NothingToDo(
            "The store", "holds no coding of a person.", "Bring it in: listening coding pull."
        )
    keys = work.store.agreed(work.store.run(run_id).sources, work.today.isoformat())
    segments = own_segments(work, run_id)
    found = framework(
        counted(codings),
        work.store.load(keys, DOCUMENTS).drop_duplicates("document_id", keep="last"),
        merged(work.store.load(keys, PARTICIPANTS)),
        dict(zip(segments["segment_id"], segments["voice"], strict=True)),
        load_codebook(shown_book(work, str(codings["codebook"].iloc[0]))),
    )
    return found, tuple(notes)


def first_code(found: Framework) -> int:
    """Return the number of the matrix's first column that is a code, from 0."""
    return len(PEOPLE) + sum(str(name).startswith("attr:") for name in found.matrix.columns)
