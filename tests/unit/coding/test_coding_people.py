"""From segments to people: the rising bar, and a row for everybody."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from coding_cases import said
from hypothesis import given, settings
from hypothesis import strategies as st

from listening.codebook import NO_REASON, OTHER
from listening.coding import Matching, dwelt_on, raised_by_people, suggestions
from listening.records import Table

CODES = ("parks", "buses")


def suggested(segments: Table, *probabilities: tuple[float, float]) -> Table:
    given = np.array(probabilities, dtype=float).reshape(len(segments), 2)
    return suggestions(segments, Matching(CODES, given))


def raised(segments: Table, *probabilities: tuple[float, float]) -> set[tuple[str, str]]:
    """Pairs of person and code; probabilities are of the segments that are not nil."""
    spoken = segments[~segments["nil"]]
    table = raised_by_people(segments, suggested(spoken, *probabilities))
    assert list(table.columns) == ["participant_id", "code"]
    assert not table.duplicated().any()
    return set(table.itertuples(index=False, name=None))


def test_a_suggestion_tells_segment_person_code_and_probability() -> None:
    table = suggested(said(("ann", "swings"), ("bob", "trams")), (0.9, 0.1), (0.5, 0.7))
    assert table.to_dict("records") == [
        {"segment_id": f"s{n}", "participant_id": p, "code": c, "probability": q, "suggested": 1}
        for n, p, c, q in [
            (0, "ann", "parks", 0.9),
            (1, "bob", "parks", 0.5),
            (1, "bob", "buses", 0.7),
        ]
    ]


def test_what_is_less_likely_than_not_is_no_suggestion() -> None:
    assert suggested(said(("ann", "swings")), (0.499, 0.0)).empty


@pytest.mark.parametrize(
    ("texts", "bar"), [(1, 0.5), (3, 0.5), (6, 0.70711), (30, 0.93303), (150, 0.98623)]
)
def test_the_bar_rises_with_what_a_person_says(texts: int, bar: float) -> None:
    segments = said(*[("ann", f"text {n}") for n in range(texts)])
    table = suggested(segments, *[(bar - 0.0001, bar + 0.0001)] * texts)
    assert set(table.loc[table["suggested"] == 1, "code"]) == {"buses"}


@given(texts=st.integers(min_value=3, max_value=200))
@settings(max_examples=30)
def test_saying_more_gives_no_further_chance_of_a_wrong_code(texts: int) -> None:
    """METHOD.md, section 1: 1 - (1 - fpr)^m; a segment at the bar is wrong with 1 - bar."""
    tried = np.linspace(0.5, 1.0, 5001)
    given = np.zeros((texts, len(tried)))
    given[0] = tried
    segments = said(*[("ann", f"text {n}") for n in range(texts)])
    table = suggestions(segments, Matching(tuple(f"c{n}" for n in range(len(tried))), given))
    bar = table.loc[table["suggested"] == 1, "probability"].min()
    step = tried[1] - tried[0]
    assert (bar - step) ** texts <= 0.5**3 <= bar**texts + 1e-9


def test_the_bar_of_one_person_does_not_depend_on_another() -> None:
    short, long = [("ann", "swings")], [("bob", f"text {n}") for n in range(30)]
    alone = raised(said(*short), (0.6, 0.0))
    together = raised(said(*short, *long), *[(0.6, 0.0)] * 31)
    assert alone == {("ann", "parks")}
    assert together == {("ann", "parks"), ("bob", OTHER)}


probability = st.floats(min_value=0, max_value=1)
person = st.lists(st.tuples(probability, probability), min_size=1, max_size=8)


@settings(max_examples=40)
@given(first=person, second=person, which=st.integers(min_value=0), times=st.integers(1, 10))
def test_repeating_a_persons_text_changes_nobodys_codes(
    first: list[tuple[float, float]],
    second: list[tuple[float, float]],
    which: int,
    times: int,
) -> None:
    rows = [("ann", f"a{n}") for n in range(len(first))]
    rows += [("bob", f"b{n}") for n in range(len(second))]
    probabilities = [*first, *second]
    which %= len(rows)
    again = raised(
        said(*rows, *[rows[which]] * times), *probabilities, *[probabilities[which]] * times
    )
    assert again == raised(said(*rows), *probabilities)


def test_a_person_is_counted_once_for_a_code_however_often_they_raise_it() -> None:
    segments = said(("ann", "swings"), ("ann", "slides"))
    assert raised(segments, (0.9, 0.0), (0.8, 0.0)) == {("ann", "parks")}


def test_a_person_whose_words_match_nothing_raises_other_alone() -> None:
    assert raised(said(("ann", "weather")), (0.1, 0.2)) == {("ann", OTHER)}


def test_a_person_with_only_nil_answers_gave_no_reason() -> None:
    assert raised(said(("ann", ""), ("ann", ""))) == {("ann", NO_REASON)}


def test_a_nil_answer_beside_words_is_no_reason_for_anything() -> None:
    assert raised(said(("ann", ""), ("ann", "swings")), (0.9, 0.0)) == {("ann", "parks")}
    assert raised(said(("ann", ""), ("ann", "weather")), (0.0, 0.0)) == {("ann", OTHER)}


def test_nobody_at_all_raises_nothing() -> None:
    assert raised(said()) == set()


@settings(max_examples=40)
@given(
    people=st.dictionaries(
        st.sampled_from("abcdef"),
        st.lists(st.one_of(st.none(), st.tuples(probability, probability)), min_size=1, max_size=5),
    )
)
def test_everybody_has_a_row_and_other_and_no_reason_stand_alone(
    people: dict[str, list[tuple[float, float] | None]],
) -> None:
    rows = [
        (name, "" if given is None else f"{name}{n}")
        for name, texts in people.items()
        for n, given in enumerate(texts)
    ]
    given = [pair for texts in people.values() for pair in texts if pair is not None]
    pairs = pd.DataFrame(sorted(raised(said(*rows), *given)), columns=["person", "code"])
    assert set(pairs["person"]) == set(people)
    for name, codes in pairs.groupby("person")["code"]:
        silent = all(pair is None for pair in people[str(name)])
        assert (NO_REASON in set(codes)) == silent
        assert len(codes) == 1 or not {OTHER, NO_REASON} & set(codes)


def placed(*rows: tuple[str, str, str]) -> Table:
    return pd.DataFrame(rows, columns=["participant_id", "text_key", "code"], dtype=str)


def dwelt(*rows: tuple[str, str, str]) -> list[bool]:
    return list(map(bool, dwelt_on(placed(*rows))))


def test_a_short_answer_raises_every_theme_that_it_touches() -> None:
    assert dwelt(("ann", "1", "t0"), ("ann", "2", "t1"), ("ann", "3", "t2")) == [True] * 3
    assert dwelt() == []


def test_who_says_much_raises_what_they_dwell_on_and_not_what_they_touch() -> None:
    long = [("ann", f"{n}", "t0" if n < 9 else "t1") for n in range(10)]
    short = [("bob", "b1", "t0"), ("bob", "b2", "t1")]
    assert dwelt(*long, *short) == [True] * 9 + [False] + [True] * 2


theme = st.sampled_from(["t0", "t1", "t2"])


@settings(max_examples=60)
@given(
    texts=st.dictionaries(
        st.tuples(st.sampled_from(["ann", "bob", "cy"]), st.integers(0, 9)), theme, min_size=1
    ),
    which=st.integers(min_value=0),
    times=st.integers(1, 10),
)
def test_repeating_a_text_moves_nobody_to_or_from_a_theme(
    texts: dict[tuple[str, int], str], which: int, times: int
) -> None:
    rows = [(name, f"{name}{n}", code) for (name, n), code in texts.items()]
    again = dwelt(*rows, *[rows[which % len(rows)]] * times)
    once = dwelt(*rows)
    assert again == once + [once[which % len(rows)]] * times
