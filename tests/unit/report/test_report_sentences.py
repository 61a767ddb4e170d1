"""Sentences that a fresh reader misread once: what they say now, and when."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from listening.report import doubts, passages, themes
from tests.unit.report import fictional_results as fictional
from tests.unit.report import fictional_small


def _headline(**changes: Any) -> dict[str, Any]:
    document = {**fictional.document(), **changes}
    return themes.headline(replace(fictional.results(), document=document))


def test_before_anybody_has_coded_nothing_is_said_to_have_been_read() -> None:
    assert _headline()["not_yet_read"] == (
        "Nobody has read or coded anything yet. 83 of the 179 people spoke in interviews, in "
        "focus groups or on the street: what they said counts for sure only once a person has "
        "read it."
    )
    assert _headline(not_yet_read=0)["not_yet_read"] == "Nobody has read or coded anything yet."
    assert (
        "All 14 people spoke in interviews:"
        in themes.headline(fictional_small.small())["not_yet_read"]
    )


def test_after_coding_those_whom_nobody_read_are_said_not_to_be_counted() -> None:
    said = _headline(status="reviewed", not_yet_read=1)["not_yet_read"]

    assert said == "Nobody has yet read what 1 person said: they are not counted here."
    assert _headline(status="reviewed", not_yet_read=0)["not_yet_read"] == ""


def test_a_range_of_ranks_in_the_headline_is_that_of_one_theme_alone() -> None:
    lines = [theme["line"] for theme in _headline()["themes"]]

    assert lines[0] == "86 of 179 people (48%), rank between 1 and 2, taken alone"


def test_praise_is_said_to_count_before_anything_else_about_themes() -> None:
    introduction = themes.all_themes(fictional.results())["introduction"]

    assert introduction.startswith("Raising a theme is speaking about it: praise counts as well")


@pytest.mark.parametrize(
    ("status", "said"),
    [("provisional", "not worked out before people have coded"), ("reviewed", "Either no group")],
)
def test_no_theme_of_a_group_is_never_an_all_clear(status: str, said: str) -> None:
    told = doubts.voices({**fictional.document(), "status": status, "protected": []})

    assert said in told["none_protected"]
    assert told["none_protected"].endswith("It does not mean that there is no such theme.")


@pytest.mark.parametrize("k", [6, 9])
def test_when_every_theme_is_among_the_first_only_their_order_is_at_stake(k: int) -> None:
    document = {**fictional.document(), "status": "reviewed", "k": k}
    document["priorities"] = [{**one, "p_top_k": 1.0} for one in document["priorities"]]
    sentence = f"All 6 themes are among the first {k}, so only their order is at stake."
    sentences = doubts.sensitivity(document)["sentences"]
    shown = themes.all_themes(replace(fictional.results(), document=document))["all"]

    assert sentence in sentences
    assert not [one for one in sentences if "stand at the top whichever way" in one]
    assert doubts.voices(document)["coverage"] == (
        f"151 of 179 people raised at least one of the 6 themes. {sentence}"
    )
    assert not [fact for theme in shown for fact in theme["facts"] if "of 100 repeats" in fact]


def test_a_single_theme_has_no_order_to_change() -> None:
    document = fictional.document()
    document["priorities"] = document["priorities"][:1]
    document["sensitivity"]["orders"] = {"depth": ["housing"]}

    assert doubts.sensitivity(document)["sentences"] == [
        "There is only one theme, so there is no order to change."
    ]
    assert doubts.voices(document)["coverage"] == "151 of 179 people raised the only theme."


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ('He said "not today" and left', "He said ‘not today’ and left"),
        ('"Wait," they say, "a year."', "‘Wait,’ they say, ‘a year.’"),
        ("They call it “home” here", "They call it ‘home’ here"),
        ('a gap of 5" and one of 6" wide', 'a gap of 5" and one of 6" wide'),
        ('It was "never finished', 'It was "never finished'),
        ("nobody's fault", "nobody's fault"),
    ],
)
def test_quotation_marks_within_a_quotation_are_single(stored: str, shown: str) -> None:
    quote = {"text": stored, "voice": "verbatim", "source_kind": "survey", "attributes": {}}
    quote["segment_id"] = "a.1"

    assert passages.passage(quote, {}).text == shown
    assert passages.passage({**quote, "voice": "paraphrase"}, {}).text == stored


def beneath(*codes: tuple[str, str, int]) -> list[dict[str, Any]]:
    return [
        {"id": one, "name": one.capitalize(), "under": under, "people": people}
        for one, under, people in codes
    ]


def facts_with(codes: list[dict[str, Any]], **more: Any) -> list[str]:
    document = fictional.results().document
    theme = {**document["priorities"][0], "within": codes, **more}
    return list(themes.one(theme, document, {})["facts"])


def test_codes_beneath_a_theme_are_told_as_some_of_its_people() -> None:
    top = fictional.results().document["priorities"][0]["id"]
    codes = beneath(("damp", top, 12), ("mould", "damp", 3), ("repairs", top, 0))
    said = (
        "12 spoke of “Damp” (of them 3 spoke of “Mould”) and nobody spoke of “Repairs”. "
        "One person may have spoken of several."
    )
    assert f"Of these, {said}" in facts_with(codes)
    read = {"people": 14, "of": 40}
    assert f"Of the people read who raised it, {said}" in facts_with(
        codes, estimated=True, read=read
    )
    assert not any("spoke of" in fact for fact in facts_with([]))


def test_of_many_codes_beneath_a_theme_those_of_most_people_are_named() -> None:
    top = fictional.results().document["priorities"][0]["id"]
    codes = beneath(*((f"c{n}", top, 20 - n) for n in range(9)))
    (said,) = (fact for fact in facts_with(codes) if "spoke of" in fact)
    assert "15 spoke of “C5” and 14 or fewer of each of 3 further codes." in said
    assert "C6" not in said
