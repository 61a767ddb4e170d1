"""One row a person, over all the sources in which they were heard."""

from __future__ import annotations

import time
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listening.records import PARTICIPANTS, Table, check
from listening.steps.people import merged


def person(name: str, **changed: Any) -> dict[str, Any]:
    return {
        "participant_id": name,
        "source_kind": "survey",
        "place": "",
        "language": "",
        "consent": "quotation",
        "people": 1,
        "date": "2026-03",
        "cluster": name,
        "attributes": {},
    } | changed


def loaded(*rows: dict[str, Any]) -> Table:
    """Rows as the store loads them of several sources: a person may stand in more than one."""
    frame = pd.DataFrame(rows, columns=list(PARTICIPANTS.columns))
    return frame.astype({name: column.dtype.type for name, column in PARTICIPANTS.columns.items()})


def merged_rows(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    return merged(loaded(*rows)).to_dict("records")


def test_people_heard_once_stay_as_they_are() -> None:
    table = loaded(person("ann"), person("bob", consent="analysis"))
    pd.testing.assert_frame_equal(merged(table), table)
    assert merged(loaded()).empty


def test_the_first_source_names_kind_place_and_date() -> None:
    first = person("ann", source_kind="interview", place="Mill Lane", date="2026-01", cluster="c1")
    later = person("ann", source_kind="street", place="Quay", date="2026-05", people=3)
    assert merged_rows(first, person("bob"), later) == [first, person("bob")]


@pytest.mark.parametrize("consents", [("quotation", "analysis"), ("analysis", "quotation")])
def test_the_narrowest_consent_holds(consents: tuple[str, str]) -> None:
    (row,) = merged_rows(*[person("ann", consent=consent) for consent in consents])
    assert row["consent"] == "analysis"


def test_attributes_are_joined_and_what_was_said_first_stays() -> None:
    (row,) = merged_rows(
        person("ann", attributes={"age": "30s", "ward": ""}),
        person("ann", attributes={"age": "40s", "ward": "north", "pet": ""}),
        person("ann", attributes={"ward": "south", "pet": "heron"}),
    )
    assert row["attributes"] == {"age": "30s", "ward": "north", "pet": "heron"}


def test_the_rows_given_are_left_as_they_were() -> None:
    table = loaded(person("ann", attributes={"a": "1"}), person("ann", attributes={"b": "2"}))
    merged(table)
    assert table["attributes"].tolist() == [{"a": "1"}, {"b": "2"}]


def test_fifty_thousand_rows_are_merged_in_a_moment() -> None:
    rows = [person(f"P{n // 2}", attributes={"ward": str(n)}) for n in range(50_000)]
    table = loaded(*rows)
    start = time.process_time()
    assert len(merged(table)) == 25_000
    assert time.process_time() - start < 4  # half a second; row by row through pandas it was 10


people = st.lists(
    st.builds(
        person,
        st.sampled_from("abc"),
        consent=st.sampled_from(["analysis", "quotation"]),
        attributes=st.dictionaries(
            st.sampled_from(["age", "ward"]), st.sampled_from(["", "x", "y"])
        ),
    ),
    max_size=8,
)


@settings(max_examples=50)
@given(rows=people)
def test_everybody_stays_once_in_order_and_merging_again_changes_nothing(
    rows: list[dict[str, Any]],
) -> None:
    once = merged(loaded(*rows))
    check(once, PARTICIPANTS)
    assert once["participant_id"].tolist() == list(dict.fromkeys(r["participant_id"] for r in rows))
    pd.testing.assert_frame_equal(merged(once), once)
    assert_nobody_is_quoted_who_did_not_agree_everywhere(once, rows)


def assert_nobody_is_quoted_who_did_not_agree_everywhere(
    table: Table, rows: list[dict[str, Any]]
) -> None:
    narrow = {row["participant_id"] for row in rows if row["consent"] == "analysis"}
    quotable = table.loc[table["consent"] == "quotation", "participant_id"]
    assert not narrow & set(quotable)
