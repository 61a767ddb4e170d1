"""The figures of the benchmarks, by hand; nothing here needs the real data."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import f1, nhs


def test_micro_and_macro_f1_by_hand() -> None:
    true = np.array([[1, 1, 0], [1, 0, 0], [0, 1, 0]], dtype=bool)
    said = np.array([[1, 0, 1], [1, 0, 0], [1, 1, 0]], dtype=bool)
    # code 1: 2 of 3 said, 2 true: .8; code 2: 1 of 1 said, 2 true: .667; code 3 is not counted
    micro, macro = f1.micro_macro(said, true, np.array([True, True, False]))
    assert micro == pytest.approx(2 * 3 / (4 + 4))
    assert macro == pytest.approx((0.8 + 2 / 3) / 2)


def test_a_gain_is_paired_and_its_interval_over_people() -> None:
    rng = np.random.default_rng(0)
    true = rng.random((300, 3)) < 0.4
    plain = true ^ (rng.random(true.shape) < 0.2)
    people = [f"p{n // 2}" for n in range(300)]
    every = np.ones(3, dtype=bool)
    for (mean, low, high), better in zip(
        f1.gain([true, true], [plain, plain], true, people, every), (0, 1), strict=True
    ):
        expected = 1 - f1.micro_macro(plain, true, every)[better]
        assert mean == pytest.approx(expected)
        assert 0 < low < mean < high
    assert f1.gain([plain], [plain], true, people, every)[0] == (0, 0, 0)


def test_the_calibration_error_by_hand() -> None:
    likely = np.array([0.15, 0.15, 0.15, 0.15, 0.95, 0.95])
    true = np.array([True, False, False, False, True, True])
    # |.15 - .25| x 4/6 + |.95 - 1| x 2/6
    assert f1.calibration_error(likely, true) == pytest.approx(0.1 * 4 / 6 + 0.05 * 2 / 6)


def test_a_person_lies_in_one_fold_and_a_fold_has_a_fifth() -> None:
    people = [f"p{n % 50}" for n in range(120)]
    fold = nhs.folds(people, 3)
    assert all(len({fold[row] for row in range(120) if people[row] == p}) == 1 for p in people)
    assert np.bincount([fold[people.index(p)] for p in set(people)]).tolist() == [10] * 5


def test_quoted_examples_are_read_one_by_one() -> None:
    cell = (
        "POSITIVE: 'All kind.', ‘They’re quick!’, 'I can't fault it'\n\nNEGATIVE/ WISHLIST: 'Slow'"
    )
    assert nhs._quoted(cell) == ["All kind.", "They’re quick!", "I can't fault it", "Slow"]


def test_an_example_that_stands_in_a_comment_is_known() -> None:
    said = "the nurse was kind and very patient with me\nshort one"
    lines = set(said.split("\n"))
    assert nhs._stands_in("short one", said, lines)
    assert nhs._stands_in("a nurse was kind and very patient too", said, lines)
    assert not nhs._stands_in("the nurse was late", said, lines)
    assert not nhs._stands_in("one", said, lines)
