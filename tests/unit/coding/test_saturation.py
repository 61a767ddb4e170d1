"""Rules for stopping, each beside figures worked by hand."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listening.coding.saturation import (
    audit_narrow,
    kappa,
    models_agree,
    new_codes,
    order_stands,
    saturated,
    together,
)


def events(*codes: str) -> list[frozenset[str]]:
    return [frozenset(letters) for letters in codes]


def test_a_run_whose_codes_are_all_in_the_base_is_nothing_new() -> None:
    curve = new_codes(events(*["ab"] * 8), 0)
    assert curve["events"].tolist() == [6, 8]
    assert curve["ratio"].tolist() == [0, 0]


def test_every_event_with_two_codes_of_its_own_by_hand() -> None:
    """The base has 8 codes, each run of two brings 4: one half, in whatever order."""
    curve = new_codes(events("ab", "cd", "ef", "gh", "ij", "kl", "mn", "op"), 1)
    assert curve["ratio"].tolist() == pytest.approx([0.5, 0.5])
    assert curve["low"].tolist() == curve["high"].tolist() == pytest.approx([0.5, 0.5])


def test_runs_of_three_end_where_no_whole_run_is_left() -> None:
    curve = new_codes(events(*"abcdefghijkl"), 0, run=3)
    assert curve["events"].tolist() == [7, 10]
    assert curve["ratio"].tolist() == pytest.approx([0.75, 0.75])


@pytest.mark.parametrize("few", [events(), events(*"abcde"), events(*[""] * 9)])
def test_too_few_events_or_no_codes_give_no_curve(few: list[frozenset[str]]) -> None:
    assert new_codes(few, 0).empty


def test_a_single_rare_code_is_as_new_as_its_chance_of_coming_late() -> None:
    """Nine say “a” alone and one says “b” too: b is new in the first run of two in 2 of 10 orders.

    The base then holds one code, so the ratio is 1 in a fifth of the orders and 0 in the rest.
    """
    curve = new_codes(events(*["a"] * 9, "ab"), 0, shuffles=4000)
    assert curve["ratio"].iloc[0] == pytest.approx(0.2, abs=0.02)


@settings(max_examples=15)
@given(counts=st.lists(st.integers(1, 8), min_size=1, max_size=5))
def test_new_codes_are_as_many_as_chance_leaves_unseen(counts: list[int]) -> None:
    """A code of t of 8 events is missing from 4 of them with C(8 - t, 4)/C(8, 4) (rarefaction)."""
    said = [frozenset({f"c{n}" for n, times in enumerate(counts) if at < times}) for at in range(8)]
    curve = new_codes(said, 3, base=4, run=4, shuffles=1500)
    unseen = [comb(8 - times, 4) / comb(8, 4) for times in counts]
    # expected new codes, divided by a base that holds between one code and all
    assert sum(unseen) / len(counts) - 0.05 <= curve["ratio"].iloc[0] <= sum(unseen) + 0.05


def test_order_is_averaged_over() -> None:
    forth = events("abc", "a", "a", "a", "b", "c", "a", "ab")
    once = new_codes(forth, 0, shuffles=3000)["ratio"].to_numpy()
    back = new_codes(forth[::-1], 5, shuffles=3000)["ratio"].to_numpy()
    np.testing.assert_allclose(once, back, atol=0.03)


def test_kappa_by_hand() -> None:
    """20 both, 5 first only, 10 second only, 15 neither: agree .7, chance .5, κ .4 (Cohen 1960)."""
    first = np.array([True] * 25 + [False] * 25)[:, None]
    second = np.array([True] * 20 + [False] * 5 + [True] * 10 + [False] * 15)[:, None]
    assert kappa(first, second) == pytest.approx(0.4)
    assert kappa(first, first) == 1


def test_models_that_suggest_nothing_are_no_agreement() -> None:
    nothing, something = np.zeros((3, 2), dtype=bool), np.eye(3, 2, dtype=bool)
    assert kappa(nothing, nothing) is None
    assert kappa(~nothing, ~nothing) is None
    assert (models_agree([nothing] * 4).figure, models_agree([nothing] * 4).met) == (None, None)
    assert models_agree([something, something, nothing, nothing]).met is False
    assert models_agree([something, something, something]).met is None


def test_models_must_agree_three_batches_in_a_row() -> None:
    marks = np.random.default_rng(0).random((200, 4)) < 0.3
    other = ~marks
    assert models_agree([marks] * 4).met
    assert models_agree([marks] * 3).met is None  # too few to say, and none speaks against it
    assert models_agree([marks, other]).met is False
    assert models_agree([marks, marks, other, other]).met is False
    assert models_agree([other, marks, marks, marks, marks]).met
    assert (models_agree([]).figure, models_agree([]).met) == (None, None)


def test_the_first_k_must_stay_and_the_order_nearly() -> None:
    order = {"a": 5.0, "b": 4.0, "c": 3.0, "d": 2.0, "e": 1.0}
    assert order_stands([order] * 4, 2).met
    assert order_stands([order] * 3, 2).met is None
    assert order_stands([], 2).met is None
    swapped = {**order, "d": 1.0, "e": 2.0}  # one pair of ten the other way: τ .8
    told = order_stands([order, order, order, swapped], 2)
    assert told.figure == pytest.approx(0.8)
    assert not told.met
    rest = {f"z{n:02d}": -float(n) for n in range(30)}
    edge = [{**order, **rest}, {**order, "b": 3.0, "c": 4.0, **rest}]
    told = order_stands([edge[0], edge[0], edge[0], edge[1]], 2)
    assert told.figure is not None
    assert told.figure > 0.9
    assert not told.met  # the second of the first two is another


def test_the_audit_is_narrow_enough_or_everyone_was_read() -> None:
    assert audit_narrow({"a": (0.10, 0.20), "b": (0.0, 0.04)}, 9).met
    assert audit_narrow({"a": (0.10, 0.21)}, 9).met is False
    assert audit_narrow({"a": (0.0, 0.9)}, 0).met
    assert audit_narrow({}, 9).met is None


def test_new_codes_must_be_rare_in_every_source() -> None:
    flat, steep = new_codes(events(*["ab"] * 8), 0), new_codes(events(*"abcdefgh"), 0)
    assert saturated({"survey": flat, "interview": flat}, {}).met
    told = saturated({"survey": flat, "interview": steep}, {})
    assert (told.figure, told.met) == (0.5, False)
    assert saturated({"survey": flat, "interview": new_codes([], 0)}, {}).met is None
    assert saturated({"survey": steep, "interview": new_codes([], 0)}, {}).met is False
    assert saturated({}, {}).met is None


def test_a_code_of_somebody_read_in_part_is_still_new() -> None:
    flat, none = new_codes(events(*["ab"] * 8), 0), new_codes([], 0)
    assert saturated({"survey": flat, "interview": flat}, {"interview": 1}).met is False
    assert saturated({"survey": flat}, {"survey": 0}).met
    assert saturated({"survey": none}, {"survey": 3}).met is None  # nobody is read in full


def test_coding_may_stop_when_every_rule_says_so_and_none_is_silent() -> None:
    yes, no = audit_narrow({"a": (0.1, 0.2)}, 3), audit_narrow({"a": (0.1, 0.4)}, 3)
    silent = models_agree([])
    assert together([yes, yes]) is True
    assert together([yes, silent]) is None
    assert together([yes, silent, no]) is False
