"""Actions out as rows and back in."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.actions import ACTION_COLUMNS, DECISIONS, HELPED, STATUSES, Action, as_row, from_rows

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\t'"), max_size=30).map(
    str.strip
)
IDS = st.text("abc0123-", min_size=1, max_size=8)
ACTIONS = st.builds(
    Action,
    id=IDS,
    theme=WORDS,
    idea=WORDS.filter(bool),
    owner=WORDS,
    stopped_why=st.just("it cost too much"),
    status=st.sampled_from(STATUSES),
    helped=st.sampled_from(HELPED),
    decision=st.sampled_from(DECISIONS),
    helped_asked=st.none() | st.integers(0, 999),
    date=st.dates().map(lambda day: day.isoformat()),
    evidence=st.lists(IDS, max_size=3).map(tuple),
)
KNOWN = ["homes/repairs"]


@given(ACTIONS)
def test_what_goes_out_comes_back_as_it_was(action: Action) -> None:
    (back,), rejects = from_rows([as_row(action)], "actions.csv", KNOWN)
    assert back == action
    assert rejects == []


def test_every_field_is_a_column_and_a_formula_is_text() -> None:
    row = as_row(Action(id="1", idea="=HYPERLINK(1)", owner="@all", aim_what="-1"))
    assert set(row) == set(ACTION_COLUMNS) == {"aim", *(one.name for one in fields(Action))}
    assert row["idea"] == "'=HYPERLINK(1)"
    assert row["owner"] == "'@all"


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"idea": ""}, "no `idea`"),
        ({"status": "finished"}, "`status`"),
        ({"helped": "maybe"}, "`helped`"),
        ({"decision": "perhaps"}, "`decision`"),
        ({"driver": "homes/boats"}, "`driver`"),
        ({"aim_when": "31/3/2027"}, "`aim_when`"),
        ({"helped_asked": "many"}, "`helped_asked`"),
        ({"helped_asked": "²"}, "`helped_asked`"),
        ({"helped_asked": "9" * 30}, "`helped_asked`"),
        ({"theme": "x" * 201}, "`theme`"),
        ({"evidence": "s1;" + "x" * 101}, "`evidence`"),
        ({"status": "stopped"}, "`stopped_why`"),
    ],
)
def test_a_row_that_cannot_be_is_set_aside_with_its_number(cells: dict[str, str], why: str) -> None:
    good = {"idea": "A repairs team"}
    found, rejects = from_rows([good, {**good, **cells}], "actions.csv", KNOWN)
    assert len(found) == 1
    assert rejects[0].row == "3"
    assert why in rejects[0].why


def test_columns_may_be_missing() -> None:
    (one,), _ = from_rows([{"idea": "A repairs team"}], "actions.csv")
    assert one == Action(idea="A repairs team")
