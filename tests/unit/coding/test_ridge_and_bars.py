"""Held-out scores are those of a model that never saw the person; probabilities and bars hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marks_cases import marked
from sklearn.linear_model import LogisticRegression

from listening.coding.calibrate import Judge, bars
from listening.coding.marks import learn_marks
from listening.coding.ridge import solve


def kernel(count: int, seed: int) -> np.ndarray:
    points = np.random.default_rng(seed).normal(size=(count, 5))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    return (points @ points.T).astype(np.float32)


@settings(max_examples=25)
@given(seed=st.integers(0, 1000), people=st.lists(st.sampled_from("abcdef"), min_size=4))
def test_held_out_scores_are_those_of_learning_without_the_person(
    seed: int, people: list[str]
) -> None:
    near = kernel(len(people), seed)
    marks = np.random.default_rng(seed + 1).integers(0, 2, (len(people), 2)).astype(float)
    found = solve(near, marks, people)
    for person in set(people):
        own = np.array([one == person for one in people])
        if own.all():
            continue
        rest = [one for one in people if one != person]
        without = solve(near[np.ix_(~own, ~own)], marks[~own], rest)
        expected = without.scores(near[np.ix_(own, ~own)])
        np.testing.assert_allclose(found.held_out[own], expected, atol=1e-4)


def test_two_texts_by_hand() -> None:
    # K + 1 + ridge = [[2.5, 1], [1, 2.5]] at likeness 0; its inverse is [[2.5, -1], [-1, 2.5]]/5.25
    found = solve(np.eye(2, dtype=np.float32), np.array([[1.0], [0.0]]), ["a", "b"], ridge=0.5)
    np.testing.assert_allclose(found.weights[:, 0], [2.5 / 5.25, -1 / 5.25])
    # left out, the first is told by the second (0), the second by the first: 1/2.5
    np.testing.assert_allclose(found.held_out[:, 0], [0.0, 0.4], atol=1e-12)


def heard(marks: np.ndarray) -> np.ndarray:
    return np.ones(marks.shape, dtype=bool)


def test_probabilities_are_a_logistic_regressions_with_many_texts() -> None:
    rng = np.random.default_rng(0)
    scores = rng.normal(size=(5000, 1))
    marks = rng.random((5000, 1)) < 1 / (1 + np.exp(-(2 * scores - 1)))
    judge = Judge.of(scores, marks, heard(marks))
    plain = LogisticRegression(C=1e6).fit(scores, marks[:, 0])
    assert judge.slopes[0] == pytest.approx(plain.coef_[0, 0], rel=0.01)
    assert judge.offsets[0] == pytest.approx(plain.intercept_[0], rel=0.01)


def test_scores_that_tell_nothing_give_everyone_the_share() -> None:
    scores = np.array([[0.0], [1.0], [0.0], [1.0]])
    backwards = np.array([[True], [False], [True], [False]])
    judge = Judge.of(scores, backwards, heard(backwards))
    np.testing.assert_allclose(judge.probabilities(scores), 0.5)


def test_scores_that_tell_all_apart_are_never_certain() -> None:
    scores = np.linspace(-1, 1, 20)[:, None]
    judge = Judge.of(scores, scores > 0, heard(scores))
    likely = judge.probabilities(scores)
    assert 0 < likely.min() < 0.2
    assert 0.8 < likely.max() < 1


def test_the_bar_is_where_f1_is_highest() -> None:
    # suggesting the first three finds 2 of 2 with one wrong: F1 .8; the first alone .67; all .5
    likely = np.array([0.9, 0.6, 0.4, 0.2, 0.1, 0.05])[:, None]
    marks = np.array([True, False, True, False, False, False])[:, None]
    assert bars(likely, marks, heard(marks))[0] == pytest.approx(0.3)


def test_a_rare_codes_bar_is_drawn_towards_that_of_all() -> None:
    often = np.tile([[0.6, 0.0], [0.4, 0.0]], (50, 1))
    marks = np.tile([[True, False], [False, False]], (50, 1))
    often[0, 1], marks[0, 1] = 0.1, True
    found = bars(often, marks, heard(marks))
    own, together = 0.05, 0.5
    assert found[1] == pytest.approx((1 * own + 20 * together) / 21)
    assert found[0] == pytest.approx(0.5)


def test_what_is_not_heard_moves_no_probability() -> None:
    rng = np.random.default_rng(1)
    scores, marks = rng.normal(size=(60, 2)), rng.random((60, 2)) < 0.4
    some = heard(marks)
    some[40:, 0] = False
    flipped = marks.copy()
    flipped[40:, 0] = ~flipped[40:, 0]
    one, other = Judge.of(scores, marks, some), Judge.of(scores, flipped, some)
    assert one.slopes.tolist() == other.slopes.tolist()
    assert one.bars.tolist() == other.bars.tolist()


def test_marks_on_a_scale_are_learnt_in_order() -> None:
    coded, marks, new = marked()
    found = learn_marks(coded, marks, new)
    assert found.levels == (0, 1, 2, 3)
    np.testing.assert_allclose(found.probabilities.sum(axis=1), 1)
    assert (found.probabilities >= 0).all()
    assert found.middle.tolist() == [0, 1, 2, 3]


def test_a_level_with_few_marks_is_not_told_apart() -> None:
    coded, marks, new = marked()
    thin = [min(mark, 2) if row % 4 else mark for row, mark in enumerate(marks)]
    assert learn_marks(coded, thin, new).levels == (0, 1, 2)
    assert learn_marks(coded, [1] * len(marks), new).levels == ()
