"""`reach.csv`: every row is counted as it says, or set aside with what to do."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.errors import UnknownColumn
from listening.records import Reject
from listening.sources import REACH_COLUMNS, read_reach
from listening.sources.reach import COUNTS

HEAD = ",".join(REACH_COLUMNS)


def rows(*lines: str, head: str = HEAD) -> tuple[pd.DataFrame, tuple[Reject, ...]]:
    return read_reach("reach.csv", "\n".join((head, *lines)).encode())


def test_a_row_comes_back_as_it_says_and_an_empty_count_as_missing() -> None:
    table, rejects = rows("27/03/2026,Sorrel,Quayside,Somali,street,40,30,")
    assert rejects == ()
    (row,) = table.to_dict("records")
    assert (row["date"], row["place"], row["approached"], row["spoke"]) == (
        "2026-03-27",
        "Quayside",
        40,
        30,
    )
    assert pd.isna(row["declined"])


def test_columns_may_be_left_out_and_a_note_is_not_read() -> None:
    table, rejects = rows("Quayside,7,rained", head="Place,Spoke,Note")
    assert rejects == ()
    assert table.to_dict("records")[0]["spoke"] == 7
    _, rejects = rows("7,9", head="spoke,weather")
    assert [one.what for one in rejects] == ["The column “weather”"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Friday,,,,,3,1,1", "Its date is none."),
        (",,,,,3,2,2", "More people spoke or declined than were approached."),
        (",,,,,some,2,2", "One of its counts is no whole number."),
        (",,,,,-3,,", "One of its counts is no whole number."),
        (",,,,,2.5,,", "One of its counts is no whole number."),
        ("2026-03-27,Sorrel,Quayside,,,,,", "It counts nobody."),
    ],
)
def test_a_faulty_row_is_set_aside_and_the_others_stay(line: str, why: str) -> None:
    table, rejects = rows(line, "2026-03-27,,,,,3,2,1")
    assert len(table) == 1
    assert [(one.row, one.why) for one in rejects] == [("2", why)]


def test_a_table_without_counts_is_refused() -> None:
    with pytest.raises(UnknownColumn, match="approached"):
        rows("2026-03-27,Quayside", head="date,place")


@given(st.lists(st.tuples(*[st.integers(0, 900) | st.none()] * 3), min_size=1, max_size=20))
def test_what_is_read_and_what_is_set_aside_are_all_the_rows_and_never_impossible(
    told: list[tuple[int | None, int | None, int | None]],
) -> None:
    lines = [",".join("" if n is None else str(n) for n in row) for row in told]
    table, rejects = rows(
        *[f"2026-03-27,{line}" for line in lines], head="date," + ",".join(COUNTS)
    )
    assert len(table) + len(rejects) == len(told)
    full = table.dropna(subset=["approached"]).fillna(0)
    assert (full["spoke"] + full["declined"] <= full["approached"]).all()
