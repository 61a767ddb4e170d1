"""Marks for new rows, learnt from people's own marks: severity, sentiment, needs and changes.

Only marks that are better than one level for everybody are suggested; no word has a mark of its
own.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from listening.coding import Texts
from listening.coding.mark_checks import FEWEST_PEOPLE, Checked, check_marks
from listening.coding.marks import learn_marks
from listening.errors import InvalidTable
from listening.records import Table
from listening.steps.csvs import write_csv

#: columns of coded rows that may hold marks, and their scales; an empty cell is no mark
SCALES = {
    "severity": (0, 1, 2, 3),
    "sentiment": (-1, 0, 1),
    "need": (0, 1),
    "change_wanted": (0, 1),
}
MARKS, CHECKS = "marks.csv", "mark_checks.csv"
MARK_COLUMNS = ("segment_id", "mark", "value", "probability")
CHECK_COLUMNS = (
    "mark", "texts", "people", "error", "constant", "gain", "gain_low", "gain_high",
    "calibration", "suggested",
)  # fmt: skip


def write_marks(
    beside: Path, known: Table, coded: Texts, segments: Sequence[str], new: Texts
) -> list[str]:
    """Write marks.csv and mark_checks.csv where coded rows hold marks; say how good they are.

    Args:
        beside: a file in the folder that they go to.
        known: coded rows, with columns of `SCALES` or without.
        coded: the same as texts.
        segments: ids of the rows to mark.
        new: the same as texts.

    Returns:
        A sentence for each mark.

    Raises:
        InvalidTable: a mark is not on its scale.
    """
    notes, parts, checks = [], [], []
    for mark, scale in SCALES.items():
        if mark not in known:
            continue
        rows, given = _given(known, mark, scale)
        marked = coded.part(rows)
        checked = check_marks(marked, given) if len(rows) else None
        notes.append(_said(mark, checked))
        if checked is None:
            continue
        checks.append(_check_row(mark, checked))
        if checked.helps:
            parts.append(_marked(mark, segments, marked, given, new))
    if notes:
        tables = [pd.DataFrame(columns=list(MARK_COLUMNS)), *parts]
        found = pd.concat(tables[1:], ignore_index=True) if parts else tables[0]
        write_csv(beside.with_name(MARKS), found)
        write_csv(beside.with_name(CHECKS), pd.DataFrame(checks, columns=list(CHECK_COLUMNS)))
    return notes


def _given(
    known: Table, mark: str, scale: tuple[int, ...]
) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.intp]], list[int]]:
    rows, given = [], []
    for row, cell in enumerate(known[mark].str.strip()):
        if not cell:
            continue
        if cell not in map(str, scale):
            raise InvalidTable(
                f"The coded rows, row {row + 2}",
                f"have a {mark} that is none of {', '.join(map(str, scale))}.",
                "Write one of these, or leave the cell empty.",
            )
        rows.append(row)
        given.append(int(cell))
    return np.array(rows, dtype=np.intp), given


def _marked(
    mark: str, segments: Sequence[str], coded: Texts, given: list[int], new: Texts
) -> Table:
    learnt = learn_marks(coded, given, new)
    middle = learnt.middle
    at = np.array([learnt.levels.index(int(level)) for level in middle], dtype=np.intp)
    return pd.DataFrame(
        {
            "segment_id": list(segments),
            "mark": mark,
            "value": middle,
            "probability": learnt.probabilities[np.arange(len(at)), at].round(6),
        }
    )


def _check_row(mark: str, checked: Checked) -> tuple[str | int | float, ...]:
    figures = (checked.error, checked.constant, *checked.gain, checked.calibration)
    return (
        mark, checked.texts, checked.people, *(round(one, 4) for one in figures),
        int(checked.helps),
    )  # fmt: skip


def _said(mark: str, checked: Checked | None) -> str:
    name = mark.replace("_", " ")
    if checked is None:
        return (
            f"No {name} is suggested: fewer than {FEWEST_PEOPLE} people were marked, or too few on "
            "any level but one."
        )
    low, high = checked.gain[1:]
    far = (
        f"{checked.error:.2f} off on average, where one level for everybody is "
        f"{checked.constant:.2f} off (difference {low:.2f} to {high:.2f}; {checked.texts} texts of "
        f"{checked.people} people, each left out of learning)"
    )
    if checked.helps:
        return f"{name.capitalize()} is suggested: {far}."
    return f"No {name} is suggested, as it would be no better than one level for everybody: {far}."
