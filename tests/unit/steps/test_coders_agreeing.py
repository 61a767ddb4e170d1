"""The sentence on agreement says of how many codes it holds."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.steps.desk.agreeing import agreed

VERDICTS = ("rankable", "flag", "not_ranked", "too_few")


def said(alpha: float | None, verdicts: Sequence[str]) -> str:
    return agreed({"alpha": alpha}, [{"verdict": one} for one in verdicts])


def test_a_good_figure_over_all_is_not_said_alone_where_no_code_could_be_judged() -> None:
    """A reader saw "Coders agree well" over a table of nothing but "too little to say"."""
    assert said(0.91, ["too_few"] * 6) == (
        "Taken over all codes together, coders agree well. None of the 6 codes could be judged by "
        "itself: too little was read by two. Until it is, no theme is shown to be coded alike."
    )


def test_what_the_codes_that_could_be_judged_allow_is_counted() -> None:
    told = said(0.7, ["rankable", "rankable", "flag", "not_ranked", "too_few", "too_few"])
    assert told == (
        "Taken over all codes together, coders agree fairly. 4 of 6 codes could be judged by "
        "themselves: 2 may be ranked, 1 may be ranked with care, 1 may not be ranked. Of the other "
        "2 too little was read by two to say."
    )


@pytest.mark.parametrize(("alpha", "how"), [(0.8, "well"), (0.667, "fairly"), (0.0, "too little")])
def test_the_words_follow_the_figure(alpha: float, how: str) -> None:
    assert f"coders agree {how}." in said(alpha, ["rankable"])


def test_without_a_figure_nothing_is_said() -> None:
    assert said(None, ["too_few"]) == ""
    assert said(0.9, []) == ""


@given(st.lists(st.sampled_from(VERDICTS), min_size=1, max_size=30))
def test_the_codes_that_are_told_of_are_all_there_are(verdicts: list[str]) -> None:
    told = said(0.9, verdicts)
    judged = len(verdicts) - verdicts.count("too_few")
    start = f"{judged} of {len(verdicts)} codes" if judged else f"None of the {len(verdicts)} codes"
    assert start in told
