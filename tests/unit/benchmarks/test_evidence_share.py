"""Every sentence about residents stands on a segment or on a figure; one that does not is found."""

from __future__ import annotations

import re

import pytest

from benchmarks import evidence_share as told
from listening import report
from listening.report import Results
from tests.unit.report import fictional_results as fictional


@pytest.fixture(scope="module")
def results() -> Results:
    return told.whole(fictional.results())


@pytest.fixture(scope="module")
def pages(results: Results) -> tuple[str, str]:
    return report.html(results), report.html(told.changed_results(results))


def test_every_sentence_about_residents_in_every_output_stands_on_something(
    results: Results,
) -> None:
    found = told.shares(results, told.released())
    assert {one.output: one.loose for one in found} == {one.output: [] for one in found}
    assert len(found) == 8
    assert all(one.sentences for one in found)


def test_a_sentence_of_the_method_is_no_claim_about_residents(pages: tuple[str, str]) -> None:
    about = {one.text for one in told.about_residents(*pages)}
    assert not [one for one in about if one.startswith("People are counted, not words")]
    assert "86 of 179 people heard" not in about
    assert [one for one in about if "raised by 86 of 179" in one.casefold()]


def test_a_sentence_without_a_mark_is_found(results: Results, pages: tuple[str, str]) -> None:
    bare = tuple(
        re.sub(r'(<section class="theme") data-evidence="[^"]*"', r"\1", one) for one in pages
    )
    share = told.page_share("page", bare[0], bare[1], told.working_holds(results))
    assert share.share < 0.9
    assert "Raised by 86 of 179 people (48%)." in share.loose


@pytest.mark.parametrize(
    ("there", "nowhere"),
    [
        ("theme:housing", "theme:nothing"),
        ("figure:sources", "figure:nothing"),
        ("table:topics", "table:nothing"),
        ("segment:", "guess:housing"),
    ],
)
def test_a_mark_that_leads_nowhere_holds_nothing(
    results: Results, there: str, nowhere: str
) -> None:
    holds = told.working_holds(results)
    first = str(results.segments["segment_id"].iloc[0])
    assert holds(there + first if there.endswith(":") else there)
    assert not holds(nowhere)
    assert not holds("segment:nothing")


def test_a_quote_names_the_passage_that_it_is(results: Results, pages: tuple[str, str]) -> None:
    quotes = [one for one in told.sentences(pages[0]) if one.text.startswith("“")]
    known = set(results.segments["segment_id"])
    named = [token for one in quotes for token in one.evidence if token.startswith("segment:")]
    assert len(named) > 10
    # the line of a topic is made of its passages' words, and stands on the table of topics
    others = [one for one in quotes if not any("segment:" in token for token in one.evidence)]
    assert {one.evidence for one in others if one.text.endswith("”")} <= {("table:topics",)}
    assert {one.removeprefix("segment:") for one in named} <= known
