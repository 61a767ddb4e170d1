"""What stands beside the order, as the page tells it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from listening import report
from listening.report import beside
from tests.unit.report import fictional_results as fictional
from tests.unit.report.fictional_passages import ATTACK


def theme(of: int = 40, rank: int | None = 1, **more: Any) -> dict[str, Any]:
    known = {"id": "housing", "people": 10, "of": of, "interval": [0.14, 0.41]}
    share = 10 / of if of >= 20 else None
    return {**known, "prevalence": share, "rank": rank, "tied_with": ["money"], **more}


def place(name: str, *themes: dict[str, Any], people: int = 40, **more: Any) -> dict[str, Any]:
    told = {"name": name, "people": people, "participants": people, "ordered": people >= 20}
    return {**told, "themes": list(themes), "indicators": [], **more}


def document() -> dict[str, Any]:
    told = fictional.document()
    for number, one in enumerate(told["priorities"]):
        grave = {"intensity": 2.25, "intensity_people": 7} if number == 0 else {}
        one.update({"intensity": None, "intensity_people": 0, "breadth": 0.5, "panel": [], **grave})
    word = {"word": "rename", "words": f"Our homes {ATTACK}", "date": "2026-05-02", "present": 9}
    told["priorities"][0]["panel"] = [word]
    told["criteria"] = {"intensity": ["housing"], "breadth": ["racism", "money"]}
    figure = {"measure": "Damp", "value": 21.5, "unit": "%", "date": "2025", "source": "Survey"}
    told["places"] = [
        place("Mill", theme(), theme(id="money", rank=2, tied_with=["housing"])),
        place("Quay", theme(of=12, rank=None), people=12, indicators=[figure]),
    ]
    told["place_unknown"] = 3
    return told


def test_the_page_shows_what_stands_beside_and_lets_none_of_it_run() -> None:
    page = report.html(replace(fictional.results(), document=document()))
    assert "What stands beside the order" in page
    assert "Places side by side" in page
    assert "2.2 of 3 (marked for 7 people)" in page
    assert ATTACK not in page
    assert "The resident panel renames it: “Our homes" in page


def test_a_place_of_few_people_has_counts_and_no_order() -> None:
    found = beside.places(document())
    assert found is not None
    assert found["rows"][0] == ("Housing", "10 (25%; 14% to 41%), rank 1", "10")
    assert found["orders"][1] == "Quay (12 people): too few to order. The counts stand alone."
    assert "Housing and Money cannot be told apart" in found["orders"][0]


def test_where_the_whole_is_an_estimate_the_page_says_whom_a_place_counts() -> None:
    said = "Only those whom people have read count here"
    counted, estimated = (
        report.html(replace(fictional.results(), document={**document(), "correction": made}))
        for made in ({}, {"survey": {"sentence": "The survey is an estimate."}})
    )
    assert said not in counted
    assert said in estimated


def test_large_figures_are_told_to_the_last_digit() -> None:
    figure = {"measure": "Rent", "value": 1234567.5, "unit": "", "date": "", "source": ""}
    found = beside.places(
        {"priorities": [], "places": [place("Quay", indicators=[figure])], "place_unknown": 0}
    )
    assert found is not None
    assert found["indicators"]["rows"] == [("Rent", "1,234,567.5", "", "")]


def test_indicators_stand_by_place_without_a_claim() -> None:
    found = beside.places(document())
    assert found is not None
    assert found["indicators"]["head"] == ["Measure", "Quay", "Date", "Source"]
    assert found["indicators"]["rows"] == [("Damp (%)", "21.5", "2025", "Survey")]


def test_each_criterion_alone_says_how_its_order_would_begin() -> None:
    assert beside.criteria(document()) == [
        "By how widely it is shared alone, the order would begin: Structural racism and Money."
    ]


def test_without_anything_beside_the_page_has_no_such_part() -> None:
    page = report.html(fictional.results())
    assert "What stands beside the order" not in page
    assert "Places side by side" not in page


def test_many_words_of_a_panel_are_told_as_how_many_said_what() -> None:
    def said(word: str, words: str = "", present: int | None = 1) -> dict[str, Any]:
        return {"word": word, "words": words, "date": "2026-05-02", "present": present}

    many = [said("confirm", present=9), said("rename", "A dry home"), said("contest", "No", 2)]
    assert beside.of_theme({"panel": many}) == [
        "Of the resident panel, 9 people confirm it, 1 person renames it and 2 people contest it. "
        "Names that it gives: “A dry home”."
    ]
    uncounted = [said("contest", "No", None), *many[:2]]
    assert beside.of_theme({"panel": uncounted})[0].startswith(
        "The resident panel spoke of it 3 times."
    )
    assert len(beside.of_theme({"panel": many[:2]})) == 2


def test_what_a_panel_finds_missing_stands_in_its_words() -> None:
    told = document()
    told["panel_missing"] = [{"words": f"Benches {ATTACK}", "date": "2026-05-02", "present": 3}]
    page = report.html(replace(fictional.results(), document=told))
    assert "What the resident panel finds missing from the order" in page
    assert "3 present" in page
    assert ATTACK not in page
