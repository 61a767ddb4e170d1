"""The page says who was heard beside the population and who differs, in words before figures."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import Any

from listening import report
from listening.report import equity
from tests.unit.report import fictional_equity
from tests.unit.report import fictional_results as fictional

CODED = fictional_equity.coded(fictional.document())


def page(document: dict[str, Any]) -> str:
    return report.html(replace(fictional.results(), document=document))


def part(html: str, name: str) -> str:
    found = re.search(rf'<section [^>]*id="{name}".*?</section>', html, re.DOTALL)
    assert found
    return found.group()


def test_who_is_under_heard_stands_in_a_sentence_before_the_table() -> None:
    voices = part(page(fictional.document()), "voices")
    assert fictional_equity.UNDER in voices
    assert voices.index(fictional_equity.UNDER) < voices.index("Every group beside its part")
    assert "0.66 (0.44 to 0.79)" in voices
    assert "Under-heard among those known" in voices
    assert "No shortfall can be told" in voices
    assert fictional_equity.LIKELY in voices
    assert "Fewer than expected, but too few in all to be sure" in voices
    assert "Of no group in the population table" not in voices
    assert "The population table counts housing, and of nobody heard is it known." in voices


def test_without_a_population_table_the_page_says_nothing_of_it() -> None:
    document = {**fictional.document(), "representation": [], "not_matched": []}
    assert "Beside the people who live here" not in page(document)


def test_while_provisional_groups_are_not_compared_and_it_is_said() -> None:
    html = page(fictional.document())
    assert "Groups are compared once people have coded." in part(html, "differs")
    assert "Beside others" not in html


def test_a_difference_is_a_sentence_with_its_figures_behind_it() -> None:
    html = page(CODED)
    differs = part(html, "differs")
    assert fictional_equity.DIFFERS in differs
    assert "3.89 (2.20 to 6.40)" in differs
    assert "Not compared, since they or the others" in differs
    community = part(html, "theme-5")
    assert "Beside others" in community
    assert "more often" in community
    assert "too few to compare" in community


def test_why_nothing_is_listed_for_a_group_to_be_looked_after_is_said() -> None:
    voices = part(page(fictional.document()), "voices")
    assert "Nobody known to be of this group (housing: sleeping rough) was heard" in voices
    assert "that does not mean that there is none" in voices


def test_the_table_names_groups_that_differ_and_those_looked_after() -> None:
    text = report.priorities_csv(CODED).decode()
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["community"]["differs"] == "age: 65 and over (more often)"
    assert rows["community"]["protected_for"] == "age: 65 and over"
    assert rows["housing"]["differs"] == rows["housing"]["protected_for"] == ""


def test_a_ratio_without_a_bound_is_said_in_words() -> None:
    found = {**fictional_equity.DIFFERENCE, "ratio": None, "interval": [2.1, None]}
    rows = equity.differs({**CODED, "differences": [{**CODED["differences"][0], **found}]})["rows"]
    assert rows[0][-1] == "no end (2.10 to no end)"
    assert equity.beside(found)[1] == "more often"
    assert equity.beside({**found, "ratio": 0.2})[1] == "less often"
    assert equity.beside({**found, "differs": False})[1] == "cannot be told"
