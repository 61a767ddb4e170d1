from __future__ import annotations

import pytest
from test_pseudonyms import parsed_of

from listening.privacy import PLACES, parse_local, pseudonymise


def places(text: str) -> list[tuple[str, str]]:
    done = pseudonymise([parsed_of(text)], [()], {})
    new = done.parsed[0].text
    return [(new[row.start : row.end], row.kind) for row in done.places.itertuples()]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("I live on the Quillmoor estate", [("Quillmoor estate", "estate")]),
        ("needles all over Quillmoor Park", [("Quillmoor Park", "park")]),
        ("a crossing on Zander Lane please", [("Zander Lane", "road")]),
        ("just off commercial road there", [("commercial road", "road")]),
        ("in Bethnal Green and Leeds", [("Bethnal Green", "district"), ("Leeds", "district")]),
        ("they sent me to wolverhampton", [("wolverhampton", "district")]),
        ("I wait at Quillmoor station", [("Quillmoor station", "station")]),
        ("by Lewisham shopping centre", [("Lewisham shopping centre", "other")]),
        ("I'm on St Ann's estate", [("St Ann's estate", "estate")]),
        ("the bins up in Quillmoor", [("Quillmoor", "district")]),
        ("every street and the council estate", []),
        ("Danny's house is cold", []),
    ],
)
def test_public_places_are_told_with_their_kind(said: str, told: list[tuple[str, str]]) -> None:
    assert places(said) == told


def test_places_lie_where_they_are_in_the_new_text() -> None:
    text = "Oyinkansola Adeyemi of 14 Acacia Avenue walks to Quillmoor Park."
    done = pseudonymise([parsed_of("Nothing."), parsed_of(text)], [(), ()], {})
    assert list(done.places.columns) == list(PLACES.columns)
    row = done.places.iloc[0]
    assert done.parsed[1].text == "[name 1] of [an address] walks to Quillmoor Park."
    assert (row["text_index"], row["kind"]) == (1, "park")
    assert done.parsed[1].text[row["start"] : row["end"]] == "Quillmoor Park"


def test_a_programmes_own_places_are_told_and_hold_no_persons() -> None:
    local = parse_local('place = ["the Bertha"]')
    done = pseudonymise([parsed_of("We meet by the Bertha.")], [()], {}, local)
    assert done.parsed[0].text == "We meet by the Bertha."
    assert [tuple(row)[1:] for row in done.places.itertuples()] == [(0, 11, 21, "other")]
