"""Figures as words, and ties as sentences."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from listening.report import ties, words


@given(of=st.integers(0, 19), share=st.floats(0, 1))
def test_a_share_of_fewer_than_20_people_is_never_a_percentage(of: int, share: float) -> None:
    assert words.percentage(share, of) == ""
    assert "%" not in words.sampling_range((share, share), of)


@given(of=st.integers(20, 10**6), share=st.floats(0, 1))
def test_a_share_of_20_people_or_more_is_a_whole_percentage(of: int, share: float) -> None:
    assert abs(float(words.percentage(share, of).removesuffix("%")) - 100 * share) <= 0.5 + 1e-9


def test_counts_are_written_as_people_write_them() -> None:
    assert words.people(1) == "1 person"
    assert words.reach(1234, 5678) == "1,234 of 5,678 people"
    assert words.counted(1, "thing was", "things were") == "1 thing was"
    assert words.rank_range((1, 3)) == "rank between 1 and 3"
    assert words.rank_range((2, 2)) == "rank 2"
    assert words.listed([]) == ""
    assert words.listed(["a", "b", "c"]) == "a, b and c"


def test_where_people_spoke_is_said_as_people_say_it() -> None:
    assert words.spoke_in(["street"]) == "on the street"
    assert words.spoke_in(["interview", "focus_group", "diary"]) == (
        "in interviews, in focus groups or in diary"
    )


def test_names_that_are_lists_themselves_are_kept_apart() -> None:
    assert words.listed(["damp, mould", "rent and bills"]) == "damp, mould; and rent and bills"
    assert words.listed(["a, b", "c", "d"]) == "a, b; c; and d"


def test_an_unheard_of_source_keeps_its_own_name() -> None:
    assert words.source("diary") == "diary"
    assert words.in_source("diary") == "in diary"


def _themes(names: str, *pairs: str) -> list[dict[str, Any]]:
    return [
        {
            "id": name,
            "name": name.upper(),
            "rank": rank,
            "tied_with": [pair.replace(name, "") for pair in pairs if name in pair],
        }
        for rank, name in enumerate(names, start=1)
    ]


def test_two_themes_that_cannot_be_told_apart_are_said_to_be_tied() -> None:
    assert ties.sentences(_themes("abc", "ab"), 3) == [
        "A and B cannot be told apart: statistically tied."
    ]


def test_three_that_are_all_tied_make_one_sentence() -> None:
    assert ties.sentences(_themes("abcd", "ab", "ac", "bc"), 4) == [
        "A, B and C cannot be told apart: statistically tied."
    ]


def test_when_everything_is_tied_the_order_is_said_to_be_no_finding() -> None:
    (sentence,) = ties.sentences(_themes("abc", "ab", "ac", "bc"), 2)

    assert sentence.startswith("None of the 3 themes can be told apart")


def test_a_tie_across_a_theme_between_is_not_forgotten() -> None:
    assert ties.sentences(_themes("abc", "ac"), 2) == [
        "A cannot be told apart from C either: statistically tied."
    ]


def test_ties_below_the_top_are_left_to_their_own_parts() -> None:
    assert ties.sentences(_themes("abcd", "cd"), 2) == []


def test_a_long_run_of_ties_names_its_ends_alone() -> None:
    names = "abcdefghi"
    pairs = [a + b for a in names[:8] for b in names[:8] if a < b]

    assert ties.sentences(_themes(names, *pairs), 3) == [
        "The 8 themes from 1 (A) to 8 (H) cannot be told apart: statistically tied."
    ]


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=15),
    st.integers(1, 7),
)
def test_every_tie_of_a_top_theme_is_said_in_some_sentence(
    drawn: list[tuple[int, int]], first: int
) -> None:
    names = "abcdefg"
    pairs = {"".join(sorted((names[a], names[b]))) for a, b in drawn if a != b}
    themes = _themes(names, *sorted(pairs))
    said = " | ".join(ties.sentences(themes, first))

    for a, b in sorted(pairs):
        if a in names[:first] or b in names[:first]:
            assert any(_mentions(sentence, a, b) for sentence in said.split(" | ")), (
                f"{a}{b} in {said}"
            )


def _mentions(sentence: str, a: str, b: str) -> bool:
    if sentence.startswith(("None of the", "The 7 themes")):
        return True
    named = sentence.replace(",", " ").split()
    return a.upper() in named and b.upper() in named
