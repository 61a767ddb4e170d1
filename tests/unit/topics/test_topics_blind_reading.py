"""The sheets of the blind reading: they do not say whose they are, and the scores add up."""

from __future__ import annotations

import pandas as pd
import pytest

from benchmarks.topic_reading import OURS, THEIRS, Topic, plain_name, scored, sheets, told

FOUND = {
    "A town": {
        OURS: [Topic("bus times", ("a", "b")), Topic("damp", ("c",))],
        THEIRS: [Topic("bus, the", ("a",))],
    }
}


def test_the_readers_sheet_does_not_say_whose_a_topic_is_and_the_key_does() -> None:
    table, key = sheets(FOUND, 0)
    assert not table.isin([OURS, THEIRS]).any(axis=None)
    assert sorted(key["A town"].values()) == sorted([OURS, THEIRS])
    sheet = {tool: name for name, tool in key["A town"].items()}
    assert set(table[table["sheet"] == sheet[OURS]]["name"]) == {"bus times", "damp"}


def test_scores_are_joined_with_the_key_into_a_table_of_figures() -> None:
    table, key = sheets(FOUND, 0)
    given = table.assign(sense=[str(2 * (name != "damp")) for name in table["name"]])
    one = scored(given.assign(distinctness="2"), key).assign(reader="1")
    other = scored(table.assign(sense="2", distinctness="2"), key).assign(reader="2")
    lines = told(pd.concat([one, other]).assign(reading="first"))
    start = "| first | A town |"
    assert f"{start} {OURS} | 2 | 2 | 1.50 (1.00, 2.00) | 2.00 (2.00, 2.00) | 3 of 4 |" in lines
    assert f"{start} {THEIRS} | 2 | 1 | 2.00 (2.00, 2.00) | 2.00 (2.00, 2.00) | 2 of 2 |" in lines


@pytest.mark.parametrize("score", ["", "3", "good"])
def test_a_missing_or_wrong_score_is_refused(score: str) -> None:
    table, key = sheets(FOUND, 0)
    with pytest.raises(ValueError, match="0, 1 or 2"):
        scored(pd.DataFrame(table).assign(sense=score, distinctness="1"), key)


def test_a_plain_name_has_no_number() -> None:
    assert plain_name("12_bus_times_late_stop") == "bus, times, late, stop"
