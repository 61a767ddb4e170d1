"""Agreement: figures of other programs and of hand calculations, and laws that always hold."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa, fleiss_kappa

from listening.coding.agreement import COLUMNS, agreement, side_by_side
from listening.coding.agreement.alpha import Floats, codes_of, draws, interval, sets_of
from listening.coding.agreement.figures import verdict
from listening.coding.agreement.side_by_side import NO_CODE
from tests.unit.coding.agreement_cases import (
    Given,
    by_nltk,
    by_nltk_for,
    compared,
    pairs,
    realistic,
)

#: Krippendorff's own examples ("Computing Krippendorff's Alpha-Reliability", 2011, A and C; the
#: last has three coders and fifteen units); a dot is a unit that was not read
PUBLISHED: list[tuple[dict[str, str], float]] = [
    ({"meg": "0100000010", "owen": "1110010000"}, 0.095),
    (
        {
            "a": "123321412...",
            "b": "1233224125.3",
            "c": ".3332342251.",
            "d": "12332441251.",
        },
        0.743,
    ),
    (
        {"a": ".....34121133.3", "b": "1.213343.......", "c": "..21344.21133.4"},
        0.691,
    ),
]

CODES = st.frozensets(st.sampled_from(["damp", "rent", "buses", "noise"]), max_size=3)
READINGS = st.lists(
    st.dictionaries(st.sampled_from(["ann", "bo", "cy"]), CODES, min_size=2, max_size=3),
    min_size=2,
    max_size=25,
)


def once(people: int) -> Floats:
    return np.ones((1, people))


def alpha_of(readings: Given) -> float:
    sets = sets_of(compared(readings).segments)
    return float(sets.alpha(once(len(sets.apart)))[0])


def row(readings: Given, code: str = "damp") -> Mapping[str, object]:
    table = agreement(compared(readings), 0).table.set_index("code")
    return dict(table.loc[code])


@pytest.mark.parametrize(("observers", "published"), PUBLISHED)
def test_alpha_is_the_one_that_krippendorff_printed(
    observers: Mapping[str, str], published: float
) -> None:
    units = [
        {who: [told[at]] for who, told in observers.items() if told[at] != "."}
        for at in range(len(next(iter(observers.values()))))
    ]
    # sets of one code each are as far apart as their codes: not at all, or wholly
    assert round(alpha_of(units), 3) == published


@given(READINGS)
def test_alpha_of_sets_is_the_one_of_nltk(readings: Given) -> None:
    segments = compared(readings).segments
    ours = alpha_of(readings)
    if len({reading.codes for one in segments for reading in one.readings}) == 1:
        assert math.isnan(ours)  # where nothing varies, nothing is told; NLTK says 1
    else:
        assert ours == pytest.approx(by_nltk(segments), abs=1e-12)


@pytest.mark.parametrize("coders", ["ab", "abc", "abcd"])
def test_alpha_of_many_segments_is_the_one_of_nltk_overall_and_code_by_code(coders: str) -> None:
    double = compared(realistic(300, 1, coders=coders))
    table = agreement(double, 0).table
    assert table["alpha"][0] == pytest.approx(by_nltk(double.segments), abs=1e-12)
    for code, alpha in zip(table["code"][1:], table["alpha"][1:], strict=True):
        assert alpha == pytest.approx(by_nltk_for(code, double.segments), abs=1e-12)


def test_sets_are_as_far_apart_as_masi_says_by_hand() -> None:
    # {a} and {a, b}: 1 - 1/2 · 2/3 = 2/3; {a, b} and {b, c}: 1 - 1/3 · 1/3 = 8/9; {} and {a}: 1
    sets = sets_of(
        compared(
            [{"ann": "a", "bo": "ab"}, {"ann": "ab", "bo": "bc"}, {"ann": "", "bo": "a"}]
        ).segments
    )
    # each pair stands twice in Σ_kl n_k n_l D_kl, and is divided by m - 1 = 1
    assert sets.apart == pytest.approx([4 / 3, 16 / 9, 2])


def test_the_figures_of_one_code_are_those_of_a_hand_calculation() -> None:
    found = row(pairs(both=20, only_a=5, only_b=7, neither=68))
    # 200 readings, 52 with the code, 12 segments apart
    assert found["alpha"] == pytest.approx(1 - 199 * 2 * 12 / (2 * 52 * 148))
    assert found["prevalence"] == pytest.approx(52 / 200)
    assert found["pabak"] == pytest.approx(2 * 0.88 - 1)
    assert found["positive_agreement"] == pytest.approx(40 / 52)
    assert (found["segments"], found["with_code"], found["apart"]) == (100, 32, 12)
    assert found["verdict"] == "flag"


def test_with_many_segments_alpha_comes_to_scotts_pi_and_near_kappa() -> None:
    found = float(str(row(pairs(200, 40, 40, 720))["alpha"]))
    # as many codes by each coder: π and κ are the same; α is (1 - π)/n nearer to 1
    kappa = cohens_kappa(np.array([[720, 40], [40, 200]]), return_results=False)
    assert found == pytest.approx(kappa + (1 - kappa) / 2000)


def test_with_three_coders_alpha_comes_to_fleiss_kappa() -> None:
    double = compared(realistic(400, 2, coders="abc"))
    table = agreement(double, 0).table
    for code, alpha in zip(table["code"][1:], table["alpha"][1:], strict=True):
        with_code = [sum(code in r.codes for r in one.readings) for one in double.segments]
        kappa = fleiss_kappa(np.array([[3 - count, count] for count in with_code]))
        assert alpha == pytest.approx(kappa + (1 - kappa) / 1200)


@given(READINGS)
def test_coders_who_always_agree_have_an_alpha_of_1_and_no_interval(readings: Given) -> None:
    same: Given = [{who: next(iter(one.values())) for who in one} for one in readings]
    found = agreement(compared(same), 0).table
    assert (found["alpha"].dropna() == 1).all()
    assert found["alpha_low"].isna().all()
    assert (found["pabak"].dropna() == 1).all()
    assert (found["apart"] == 0).all()


@given(READINGS)
def test_what_coders_are_called_changes_nothing(readings: Given) -> None:
    names = {"ann": "zoe", "bo": "al", "cy": "mo"}
    renamed = [{names[who]: codes for who, codes in one.items()} for one in readings]
    before, after = agreement(compared(readings), 3).table, agreement(compared(renamed), 3).table
    # sums in another order may differ in the last digit
    assert before.round(9).equals(after.round(9))


@given(READINGS)
def test_what_codes_are_called_changes_no_figure(readings: Given) -> None:
    names = {"damp": "zz", "rent": "yy", "buses": "xx", "noise": "ww"}
    renamed = [{who: {names[c] for c in codes} for who, codes in one.items()} for one in readings]
    before = agreement(compared(readings), 3).table.replace({"code": names})
    after = agreement(compared(renamed), 3).table
    told = [column for column in COLUMNS if column != "confused_with"]
    first, second = (one[told].round(9).set_index("code").sort_index() for one in (before, after))
    assert first.equals(second)


@given(READINGS)
def test_everybody_twice_leaves_shares_and_alpha_but_for_its_correction(readings: Given) -> None:
    once_, twice = (agreement(compared(one), 0).table for one in (readings, [*readings, *readings]))
    for column in ("prevalence", "pabak", "positive_agreement"):
        assert np.allclose(once_[column].astype(float), twice[column].astype(float), equal_nan=True)
    n = sum(len(one) for one in readings)
    alpha, doubled = once_["alpha"][0], twice["alpha"][0]
    # α of n readings is corrected by (n - 1)/n
    expected = (1 - alpha) * (2 * n - 1) / (2 * n - 2)
    assert np.isclose(1 - doubled, expected, equal_nan=True)


def test_the_order_of_rows_changes_nothing_and_a_seed_gives_the_same_again() -> None:
    readings = realistic(120, 4)
    people = [f"P{at // 3}" for at in range(120)]
    first = agreement(compared(readings, people), 5).table
    turned = agreement(compared(readings[::-1], people[::-1]), 5).table
    assert first["alpha_low"].equals(agreement(compared(readings, people), 5).table["alpha_low"])
    assert np.allclose(first["alpha"], turned["alpha"])
    assert not first["alpha_low"].equals(
        agreement(compared(readings, people), 6).table["alpha_low"]
    )


def test_people_are_drawn_and_not_segments() -> None:
    # ten people, each of whom said the same thing twenty times
    readings = [one for one in realistic(10, 7, slips=0.4) for _ in range(20)]
    people = [f"P{at // 20}" for at in range(200)]
    alone = agreement(compared(readings), 0).table.iloc[0]
    together = agreement(compared(readings, people), 0).table.iloc[0]
    assert alone["alpha"] == pytest.approx(together["alpha"])
    narrow, wide = (one["alpha_high"] - one["alpha_low"] for one in (alone, together))
    assert wide > 2 * narrow


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    segments = compared(realistic(20_000, 8)).segments
    everybody = codes_of(segments, ["code-0"])
    truth = float(everybody.alpha(once(len(segments)))[0, 0])
    held = 0
    for sample in range(200):
        part = codes_of(segments[100 * sample : 100 * (sample + 1)], ["code-0"])
        between = interval(part.alpha(draws(100, sample, 400))[:, 0])
        assert between is not None
        held += between[0] <= truth <= between[1]
    assert 0.89 <= held / 200 <= 0.99


def test_an_interval_is_not_given_where_repeats_cannot_tell() -> None:
    assert interval(np.full(1000, 0.7)) is None
    assert interval(np.array([np.nan] * 60 + [0.1, 0.9] * 470)) is None
    assert interval(np.array([np.nan] * 40 + [0.1, 0.9] * 480)) == (0.1, 0.9)
    for people, given_ in ((1, False), (9, False), (10, True)):
        several = compared(realistic(60, 9), [f"P{at % people}" for at in range(60)])
        assert agreement(several, 0).table["alpha_low"].notna().any() == given_


@pytest.mark.parametrize(
    ("alpha", "told"),
    [
        (0.80, "rankable"),
        (0.7999, "flag"),
        (0.667, "flag"),
        (0.6669, "not_ranked"),
        (-0.1, "not_ranked"),
        (math.nan, "too_few"),
    ],
)
def test_the_bars_are_those_of_the_method(alpha: float, told: str) -> None:
    assert verdict(alpha, told=True) == told
    assert verdict(alpha, told=False) == "too_few"


def test_a_rare_code_has_positive_agreement_and_no_alpha() -> None:
    nine, ten = row(pairs(4, 2, 3, 91)), row(pairs(4, 2, 4, 90))
    assert math.isnan(float(str(nine["alpha"])))
    assert nine["positive_agreement"] == pytest.approx(8 / 13)
    assert nine["verdict"] == "too_few"
    assert not math.isnan(float(str(ten["alpha"])))


def test_a_code_on_every_segment_tells_nothing_by_alpha() -> None:
    found = row(pairs(30, 0, 0, 0))
    assert math.isnan(float(str(found["alpha"])))
    assert found["verdict"] == "too_few"


@pytest.mark.parametrize(
    ("double", "alone", "needed", "enough"),
    [(50, 0, 50, True), (49, 0, 50, False), (60, 540, 60, True), (60, 541, 61, False)],
)
def test_enough_is_fifty_segments_and_a_tenth(
    double: int, alone: int, needed: int, enough: bool
) -> None:
    given_ = compared([*realistic(double, 1), *({"ann": ["damp"]} for _ in range(alone))])
    found = agreement(given_, 0)
    assert (found.double, found.read, found.needed) == (double, double + alone, needed)
    assert found.enough is enough


def test_a_code_is_not_called_rankable_while_too_little_is_double_coded() -> None:
    assert row(pairs(20, 1, 1, 78))["verdict"] == "rankable"
    assert row(pairs(20, 1, 1, 27))["verdict"] == "too_few"  # 49 segments
    never_differed = row(pairs(20, 0, 0, 80))
    assert math.isnan(float(str(never_differed["alpha_low"])))
    assert never_differed["verdict"] == "too_few"


def test_codes_in_each_others_place_are_counted_once_a_segment() -> None:
    readings: Given = [
        {"ann": ["damp"], "bo": ["rent"]},
        {"ann": ["rent"], "bo": ["damp"], "cy": ["damp"]},
        {"ann": ["damp", "buses"], "bo": ["damp"]},
        {"ann": ["damp", "noise"], "bo": ["buses"]},
    ]
    assert row(readings)["confused_with"] == "rent: 2; buses: 1"
    assert row(readings, "noise")["confused_with"] == "buses: 1"


def test_disagreements_stand_side_by_side_and_name_nobody() -> None:
    double = compared(realistic(80, 3, coders="ab"))
    found = side_by_side(double.segments, 0)
    by_id = {one.segment_id: one for one in double.segments}
    differing = {
        key for key, one in by_id.items() if one.readings[0].codes != one.readings[1].codes
    }
    assert set(found["segment_id"]) == differing
    first = 0
    for told in found.to_dict("records"):
        one = by_id[told["segment_id"]]
        sets = [";".join(sorted(reading.codes)) or NO_CODE for reading in one.readings]
        assert sorted([told["codes_a"], told["codes_b"]]) == sorted(sets)
        assert told["text"] == one.text
        assert told["differ"] == ";".join(sorted(one.readings[0].codes ^ one.readings[1].codes))
        assert told["agreed"] == told["memo"] == ""
        first += told["codes_a"] == sets[0]
    assert 0.25 < first / len(found) < 0.75  # a is now one coder and now the other
    assert list(found["segment_id"]) != sorted(found["segment_id"])
    assert found.equals(side_by_side(double.segments, 0))


def test_a_cell_of_nobody_is_empty_where_others_had_more_readers() -> None:
    readings: Given = [{"ann": ["damp"], "bo": [], "cy": ["rent"]}, {"ann": ["damp"], "bo": []}]
    found = side_by_side(compared(readings).segments, 0).set_index("segment_id")
    assert sorted(found.loc["s0000", ["codes_a", "codes_b", "codes_c"]]) == [
        NO_CODE,
        "damp",
        "rent",
    ]
    assert found.loc["s0001", "codes_c"] == ""
    assert found.loc["s0000", "differ"] == "damp;rent"


def test_coders_who_never_differ_have_nothing_to_talk_over() -> None:
    assert len(side_by_side(compared(pairs(5, 0, 0, 5)).segments, 0)) == 0
