"""Measures on hand-marked, invented speech; prints the table that the docs quote (pytest -s)."""

from __future__ import annotations

from pathlib import Path

import pytest
from speech_marks import DIRECT, NAMED, read_marked, recall, share

from listening.language import load_pipeline, parse
from listening.privacy import Pseudonymised, pseudonymise

MARKED = read_marked(Path(__file__).parent / "marked_speech.txt")


@pytest.fixture(scope="module")
def done() -> Pseudonymised:
    parsed = parse([segment.text for segment in MARKED], load_pipeline())
    return pseudonymise(parsed, [()] * len(parsed), {})


@pytest.mark.model
def test_direct_identifiers_are_found_as_often_as_the_method_asks(done: Pseudonymised) -> None:
    assert share(recall(MARKED, done), DIRECT) >= 0.98


@pytest.mark.model
def test_names_and_places_are_found_as_often_as_the_method_asks(done: Pseudonymised) -> None:
    counts = recall(MARKED, done)
    assert share(counts, NAMED) >= 0.95, counts


@pytest.mark.model
def test_public_places_services_and_months_stay(done: Pseudonymised) -> None:
    assert share(recall(MARKED, done), frozenset({"keep"})) >= 0.98


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
