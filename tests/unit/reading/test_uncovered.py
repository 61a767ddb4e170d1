"""What no code covers: few passages, of different people, that stand for many."""

from __future__ import annotations

import numpy as np
import pandas as pd

from listening.reading import uncovered
from listening.records import UNCOVERED, Table
from tests.fakes import FakeEncoder

ALLOTMENT = "the allotment gate is chained {}"
FERRY = "ferry tickets cost far more {}"
ODD = "my parrot learnt seven new songs"


def told(said: list[tuple[str, str, float]], stands: dict[str, int] | None = None) -> Table:
    """Choose among texts, each with its person and the probability of its likeliest code."""
    rows = [
        {"segment_id": f"s{n}", "participant_id": who, "source_kind": "survey", "question": "",
         "text": text, "language": "en", "voice": "verbatim", "nil": False, "translated": False,
         "text_key": text}
        for n, (who, text, _) in enumerate(said)
    ]  # fmt: skip
    segments = pd.DataFrame(rows)
    best = pd.DataFrame(
        {"segment_id": segments["segment_id"], "code": "money",
         "probability": [probability for _, _, probability in said]}
    )  # fmt: skip
    people = sorted(set(segments["participant_id"]))
    heard = pd.DataFrame(
        {"participant_id": people, "people": [(stands or {}).get(who, 1) for who in people]}
    )
    vectors = FakeEncoder(512).encode(segments["text"].tolist())
    return uncovered(segments, vectors, best, heard)


def many(pattern: str, times: int, first: int = 0) -> list[tuple[str, str, float]]:
    words = ["again", "always", "still", "now", "here", "today", "sadly", "often"]
    return [(f"P{first + n}", pattern.format(words[n]), 0.1) for n in range(times)]


def loose() -> list[tuple[str, str, float]]:
    """One-off texts, so that being alike is rare, as it is among residents."""
    return [(f"X{n}", f"one{n} two{n} three{n} four{n}", 0.1) for n in range(30)]


def test_each_matter_is_stood_for_once_with_how_many_people_said_it() -> None:
    table = told([*many(ALLOTMENT, 7), *many(FERRY, 4, first=10), *loose()])
    assert tuple(table.columns) == UNCOVERED
    assert table["text"].str.startswith(("the allotment", "ferry")).tolist()[:3] == [
        True, True, False,
    ]  # fmt: skip
    assert table["people"].tolist()[:3] == [7, 4, 1]
    assert len(table) == 20


def test_what_a_code_covers_is_left_out() -> None:
    table = told([("P0", ODD, 0.5), ("P1", "the ferry costs too much", 0.49)])
    assert table["text"].tolist() == ["the ferry costs too much"]
    assert table["probability"].tolist() == [0.49]


def test_nobody_is_listed_twice_and_a_note_stands_for_its_people() -> None:
    twice = [("P0", ODD, 0.1), ("P0", "a bandstand with lights please", 0.2)]
    assert len(told(twice)) == 1
    assert told([("P0", ODD, 0.1)], {"P0": 6})["people"].tolist() == [6]


def test_who_says_much_weighs_no_more_than_who_says_it_once() -> None:
    loud = [("L", f"my parrot sings {n} songs daily", 0.1) for n in range(25)]
    table = told([*loud, *many(ALLOTMENT, 6), *loose()])
    assert table["text"][0].startswith("the allotment")
    assert table["people"][0] == 6


def test_a_corpus_that_is_covered_leaves_an_empty_table() -> None:
    table = told([("P0", ODD, 0.9)])
    assert table.empty
    assert tuple(table.columns) == UNCOVERED


def test_thousands_of_passages_are_chosen_from_by_lot_and_the_same_each_time() -> None:
    said = [(f"P{n}", f"some matter number w{n % 700} x{n} here", 0.1) for n in range(4_000)]
    first, again = told(said), told(said)
    pd.testing.assert_frame_equal(first, again)
    assert np.all(first["people"] >= 1)
