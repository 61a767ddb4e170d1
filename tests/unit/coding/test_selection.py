"""What to code next: chances are known, selections can be drawn again, batches ask new things."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from listening.coding.selection import audit, discovery, to_audit, training
from listening.records import Table


def crowd(**of_kind: int) -> dict[str, str]:
    return {f"{kind} {n}": kind for kind, count in of_kind.items() for n in range(count)}


def points(count: int, seed: int = 0, width: int = 8) -> np.ndarray:
    drawn = np.random.default_rng(seed).normal(size=(count, width))
    return (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)


def segments(count: int, topics: list[str] | None = None, stability: str = "0.9") -> Table:
    return pd.DataFrame(
        {
            "segment_id": [f"s{n}" for n in range(count)],
            "participant_id": [f"p{n}" for n in range(count)],
            "topic_id": topics or ["0"] * count,
            "topic_stability": [stability] * count,
        }
    )


def none_coded(count: int) -> np.ndarray:
    return np.zeros(count, dtype=bool)


@settings(max_examples=30)
@given(survey=st.integers(0, 1200), interviews=st.integers(0, 150), seed=st.integers(0, 2**31 - 1))
def test_the_audit_takes_enough_of_each_source_with_a_known_chance(
    survey: int, interviews: int, seed: int
) -> None:
    people = crowd(survey=survey, interview=interviews)
    drawn = audit(people, seed)
    assert drawn["participant_id"].is_unique
    assert drawn["blind"].all()
    for kind, count in (("survey", survey), ("interview", interviews)):
        own = drawn[drawn["source_kind"] == kind]
        assert len(own) == min(count, max(100, -(-count // 5)))
        assert (own["pi"] * count == len(own)).all() or np.allclose(own["pi"] * count, len(own))
    pd.testing.assert_frame_equal(drawn, audit(dict(reversed(people.items())), seed))


def test_the_chance_of_the_audit_is_what_happens() -> None:
    people = crowd(survey=400)
    times = sum("survey 7" in set(audit(people, seed)["participant_id"]) for seed in range(600))
    assert times / 600 == pytest.approx(0.25, abs=0.06)


def test_how_many_to_audit_is_the_methods_own_example() -> None:
    """METHOD.md, section 3: at p = .2 and ±5 points, 246 by hand and 158 at ρ = .6."""
    assert to_audit(0.2) == 246
    assert to_audit(0.2, correlation=0.6) == 158


def test_the_first_labels_are_one_of_each_kind() -> None:
    corners = np.repeat(np.eye(100, dtype=np.float32), 3, axis=0)
    chosen = training(segments(300), corners, none_coded(300), None, 0)
    kinds = {int(name[1:]) // 3 for name in chosen["segment_id"]}
    assert len(chosen) == 100
    assert len(kinds) > 60  # chance alone gives 100 draws of 300 some 70 kinds, one each is best
    assert set(chosen["reason"]) == {"medoid"}


def test_medoids_fill_up_what_is_lacking_to_a_hundred() -> None:
    coded = none_coded(300)
    coded[:70] = True
    chosen = training(segments(300), points(300), coded, None, 0)
    assert len(chosen) == 30
    assert not set(chosen["segment_id"]) & {f"s{n}" for n in range(70)}


def test_then_batches_of_twenty_are_unsure_and_unlike_each_other() -> None:
    vectors = np.concatenate([points(100), np.repeat(points(2, seed=5), 50, axis=0)])
    coded = np.arange(200) < 100
    margins = np.where(np.arange(200) < 150, 0.01, 0.4)
    chosen = training(segments(200), vectors, coded, margins, 0)
    assert len(chosen) == 20
    assert int(chosen["segment_id"].iloc[0][1:]) in range(100, 150)  # the unsure one first
    assert int(chosen["segment_id"].iloc[1][1:]) in range(150, 200)  # then not its own likeness


def test_the_least_sure_of_equally_new_segments_comes_first() -> None:
    vectors = np.eye(130, dtype=np.float32)
    margins = np.linspace(0.5, 0.0, 130)
    chosen = training(segments(130), vectors, np.arange(130) < 100, margins, 0)
    assert chosen["segment_id"].tolist() == [f"s{n}" for n in range(129, 109, -1)]


@settings(max_examples=25)
@given(count=st.integers(1, 150), seed=st.integers(0, 1000), share=st.floats(0, 1))
@example(count=100, seed=0, share=1.0)  # all is coded
def test_nothing_coded_is_chosen_and_nothing_twice(count: int, seed: int, share: float) -> None:
    coded = np.random.default_rng(seed).random(count) < share
    margins = np.random.default_rng(seed).random(count)
    for chosen in (
        training(segments(count), points(count), coded, margins, seed),
        discovery(segments(count), points(count), coded, seed),
    ):
        ids = [int(name[1:]) for name in chosen["segment_id"]]
        assert len(set(ids)) == len(ids)
        assert not coded[ids].any()
        assert (chosen["pi"] == 1).all()
        assert chosen["blind"].sum() == -(-len(ids) // 5)


def test_discovery_takes_turns_of_rare_unstable_and_new() -> None:
    topics = ["rare"] * 2 + ["shaky"] * 10 + ["steady"] * 30
    table = segments(42, topics)
    table.loc[table["topic_id"] == "shaky", "topic_stability"] = "0.3"
    chosen = discovery(table, points(42), none_coded(42), 3, count=9)
    assert chosen["reason"].tolist()[:3] == ["rare", "unstable", "new"]
    assert (chosen["reason"] == "rare").sum() <= 2
    assert set(chosen["stream"]) == {"discovery"}
    assert len(chosen) == 9


def test_the_same_seed_chooses_the_same() -> None:
    once = discovery(segments(60), points(60), none_coded(60), 4)
    again = discovery(segments(60), points(60), none_coded(60), 4)
    pd.testing.assert_frame_equal(once, again)
    assert set(once["seed"]) == {4}
