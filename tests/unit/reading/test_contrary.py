"""What may contradict a theme: near in subject, the other way in direction, or a denial."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from listening.reading import CONTRARY_MOST, Direction, contrary, direction, sentences
from listening.records import Table

#: first dimension: direction; second and third: two subjects
HOUSING, BUSES = np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0])
ILL, WELL = -1.0, 1.0
WAY = Direction(np.array([1.0, 0.0, 0.0], dtype=np.float32), 0.0)

Said = tuple[str, np.ndarray, float]


def told(*said: Said, denied: dict[int, bool] | None = None, evidence: int = 0) -> Table:
    """Negative cases of `theme`; the first `evidence` are its evidence, all where none is named."""
    rows = [
        {"segment_id": f"s{n}", "participant_id": who, "text": f"some words here number {n}",
         "text_key": f"k{n}", "nil": False}
        for n, (who, _, _) in enumerate(said)
    ]  # fmt: skip
    segments = pd.DataFrame(rows)
    raw = np.array([subject + np.array([lean, 0, 0]) for _, subject, lean in said])
    vectors = (raw / np.linalg.norm(raw, axis=1, keepdims=True)).astype(np.float32)
    shown = pd.DataFrame({"segment_id": segments["segment_id"], "code": "theme"})
    shown = shown.head(evidence or len(said))
    marks = np.array([(denied or {}).get(n, False) for n in range(len(said))])
    return contrary(segments, vectors, shown, shown, marks, WAY)


COMPLAINTS: tuple[Said, ...] = tuple((f"P{n}", HOUSING, ILL) for n in range(12))


def test_praise_within_a_theme_of_complaint_is_shown_and_complaint_is_not() -> None:
    found = told(*COMPLAINTS, ("Q", HOUSING, WELL))
    assert found[["code", "segment_id", "why"]].to_numpy().tolist() == [
        ["theme", "s12", "direction"]
    ]


def test_complaint_within_a_theme_of_praise_is_shown_as_well() -> None:
    praise = [(f"P{n}", HOUSING, WELL) for n in range(12)]
    assert told(*praise, ("Q", HOUSING, ILL))["segment_id"].tolist() == ["s12"]


def test_what_is_near_and_no_evidence_is_shown_and_another_subject_is_not() -> None:
    said = (*COMPLAINTS, ("Q", HOUSING, WELL), ("R", BUSES, WELL))
    assert told(*said, evidence=12)["segment_id"].tolist() == ["s12"]


def test_a_denial_is_shown_whatever_its_direction_and_says_why() -> None:
    found = told(*COMPLAINTS, ("Q", HOUSING, ILL), denied={12: True})
    assert found[["segment_id", "why"]].to_numpy().tolist() == [["s12", "denial"]]


def test_nobody_speaks_twice_and_the_nearest_comes_first() -> None:
    further = HOUSING + 0.3 * BUSES
    said = (*COMPLAINTS, ("Q", further, WELL), ("Q", HOUSING, WELL), ("R", further, WELL))
    found = told(*said)
    assert found["segment_id"].tolist() == ["s13", "s14"]
    assert found["likeness"].is_monotonic_decreasing


def test_there_are_at_most_five() -> None:
    many = [(f"Q{n}", HOUSING, WELL) for n in range(9)]
    lots = [(f"P{n}", HOUSING, ILL) for n in range(20)]
    assert len(told(*lots, *many)) == CONTRARY_MOST


def test_a_theme_of_which_people_speak_both_ways_has_no_usual_direction() -> None:
    both = [*COMPLAINTS, *((f"Q{n}", HOUSING, WELL) for n in range(8))]
    assert told(*both).empty
    assert told(*both, denied={0: True})["why"].tolist() == ["denial"]


def test_three_people_have_no_usual_direction_however_much_they_say() -> None:
    few = [("P", HOUSING, ILL)] * 9 + [("Q", HOUSING, ILL), ("R", HOUSING, ILL)]
    assert told(*few, ("S", HOUSING, WELL), evidence=11).empty


def test_what_speaks_neither_way_contradicts_nothing() -> None:
    assert told(*COMPLAINTS, ("Q", HOUSING, 0.01)).empty


def test_who_speaks_much_does_not_turn_the_usual_direction() -> None:
    loud = [("L", HOUSING, WELL)] * 30
    found = told(*COMPLAINTS, *loud)
    assert found["segment_id"].tolist() == ["s12"]  # once, as what may contradict


def test_opposite_sentences_are_distinct_and_of_many_matters() -> None:
    pairs = sentences()
    every = [text for pair in pairs for text in pair]
    assert len(pairs) >= 40
    assert len(set(every)) == len(every)
    assert all(text.endswith(".") for text in every)


def test_the_axis_runs_from_ill_to_well_and_even_lies_between() -> None:
    random = np.random.default_rng(0)
    matter = random.standard_normal((20, 3)).astype(np.float32)
    shift = np.array([0.8, 0, 0], dtype=np.float32)
    way = direction(matter * [0, 1, 1] - shift + 0.1, matter * [0, 1, 1] + shift + 0.1)
    assert way.axis == pytest.approx([1, 0, 0], abs=1e-6)
    assert way.even == pytest.approx(0.1, abs=1e-6)


def test_what_is_left_without_direction_is_the_same_for_opposites() -> None:
    pair = np.array([[0.6, 0.8, 0], [-0.6, 0.8, 0]], dtype=np.float32)
    assert WAY.without(pair) == pytest.approx(np.array([[0, 1, 0], [0, 1, 0]]))
