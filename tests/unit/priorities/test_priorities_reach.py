"""The reach of the listening: counts add up, and what nobody counted stays unknown."""

from __future__ import annotations

from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from listening.priorities import REACH_BY, REACH_TABLE, reach_of
from listening.priorities.figures import FOR_A_PERCENTAGE
from listening.priorities.reach import FOR_A_SHARE
from listening.records import TALLIES, table_of
from listening.report.tables import REACH_COLUMNS

COUNT = st.integers(0, 60) | st.none()
WORD = st.sampled_from(["", "Quayside", "quayside ", "Mill"])


def tally(place: str = "", **counts: int | None) -> dict[str, Any]:
    empty = dict.fromkeys(("date", "officer", "language", "method"), "")
    return {**empty, "approached": None, "spoke": None, "declined": None, "place": place, **counts}


def heard(*people: tuple[str, str, int]) -> pd.DataFrame:
    rows = [{"participant_id": p, "place": place, "people": n} for p, place, n in people]
    table = pd.DataFrame(rows, columns=["participant_id", "people", *REACH_BY])
    return table.assign(officer="", language="", method="")


def told(tallies: list[dict[str, Any]], files: pd.DataFrame) -> dict[tuple[str, str], Any]:
    table = reach_of(table_of(tallies, TALLIES), files)
    return {(row["by"], row["value"]): row for row in table.to_dict("records")}


def test_counts_are_added_by_value_and_over_everything() -> None:
    rows = told(
        [
            tally("Mill", approached=30, spoke=20, declined=10),
            tally("mill ", approached=10, spoke=4),
        ],
        heard(("P1", "Mill", 1), ("P1", "Mill", 1), ("P2", "Quayside", 3)),
    )
    mill, every = rows["place", "Mill"], rows["", ""]
    assert (mill["approached"], mill["spoke"], mill["declined"], mill["in_files"]) == (
        40,
        24,
        10,
        1,
    )
    assert mill["share_spoke"] == 24 / 40
    assert (every["records"], every["in_files"]) == (2, 4)
    assert rows["place", "Quayside"]["approached"] is None


def test_a_share_is_over_records_that_counted_both_and_over_twenty_or_more() -> None:
    one = tally("Mill", approached=20, spoke=5)
    rows = told([one, tally("Mill", spoke=100), tally("Quay", approached=19, spoke=19)], heard())
    assert rows["place", "Mill"]["share_spoke"] == 0.25
    assert rows["place", "Mill"]["spoke"] == 105
    assert rows["place", "Mill"]["without_approached"] == 1
    assert rows["place", "Quay"]["share_spoke"] is None


@given(st.lists(st.builds(tally, WORD, approached=COUNT, spoke=COUNT, declined=COUNT), max_size=8))
def test_values_add_up_to_everything_and_nothing_is_invented(
    tallies: list[dict[str, Any]],
) -> None:
    rows = told(tallies, heard())
    for by in REACH_BY:
        for name in ("approached", "spoke", "declined"):
            parts = [row[name] for (of, _), row in rows.items() if of == by]
            known = [part for part in parts if part is not None]
            assert rows["", ""][name] == (sum(known) if known else None)


def test_its_columns_and_its_limit_are_those_told_elsewhere() -> None:
    assert REACH_TABLE == REACH_COLUMNS
    assert FOR_A_SHARE == FOR_A_PERCENTAGE
