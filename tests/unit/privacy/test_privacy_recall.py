"""Measures on hand-marked, invented speech; `python -m benchmarks.privacy` prints the tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.speech_marks import (
    DIRECT,
    MARKED_PLACE,
    NAMED,
    STAYS,
    Marked,
    Treated,
    compare,
    read_marked,
    share,
    treat,
)
from listening.language import load_pipeline, parse
from listening.privacy import Pseudonymised, pseudonymise

FOLDER = Path(__file__).parents[2] / "quality" / "privacy"
SETS = (
    "first.txt",
    "seen.txt",
    "later.txt",
    "round2.txt",
    "round3.txt",
    "round4.txt",
    "round5.txt",
    "round6.txt",
    "round7.txt",
    "spelt1.txt",
    "spelt3.txt",
)


@pytest.fixture(scope="module", params=SETS)
def segments(request: pytest.FixtureRequest) -> list[Marked]:
    return read_marked(FOLDER / request.param)


@pytest.fixture(scope="module")
def done(segments: list[Marked]) -> Pseudonymised:
    return treat(segments)


@pytest.fixture(scope="module")
def treated(segments: list[Marked], done: Pseudonymised) -> Treated:
    return compare(segments, done)


@pytest.mark.model
def test_direct_identifiers_are_found_as_often_as_the_method_asks(treated: Treated) -> None:
    assert share(treated.counts, DIRECT) >= 0.98


@pytest.mark.model
def test_names_and_places_are_found_as_often_as_the_method_asks(treated: Treated) -> None:
    assert share(treated.counts, NAMED) >= 0.95, treated.counts


@pytest.mark.model
def test_public_places_services_and_months_stay(treated: Treated) -> None:
    assert share(treated.counts, STAYS) >= 0.98


@pytest.mark.model
def test_hardly_a_letter_goes_that_need_not(treated: Treated) -> None:
    assert treated.allowed / treated.replaced >= 0.95


@pytest.mark.model
def test_public_places_are_told_as_places(treated: Treated) -> None:
    if MARKED_PLACE not in treated.counts:
        pytest.skip("this set marks no places")
    assert share(treated.counts, frozenset([MARKED_PLACE])) >= 0.9


@pytest.mark.model
def test_a_second_reading_of_the_result_finds_nothing_more(done: Pseudonymised) -> None:
    texts = [p.text for p in done.parsed]
    again = pseudonymise(parse(texts, load_pipeline()), [()] * len(texts), done.descriptors)
    assert again.edits.empty


@pytest.mark.model
def test_every_span_still_fits_the_new_text(done: Pseudonymised) -> None:
    for parsed in done.parsed:
        for span in (*parsed.tokens, *parsed.sentences, *parsed.phrases):
            assert parsed.text[span.start : span.end].strip() == parsed.text[span.start : span.end]
