"""The experience map in the report: a drawing with words, a list, and the table behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

from listening import report
from listening.report import journey
from tests.unit.report import fictional_results as fictional
from tests.unit.report.fictional_passages import ATTACK


def step(name: str, balance: float | None, point: str = "", **more: Any) -> dict[str, Any]:
    good, bad = (0, 0) if balance is None else (8, 2) if balance > 0 else (1, 9)
    told = {"codes": [], "people": 12, "segments": 14, "said": good + bad, "both": 0, "quotes": []}
    about = {"name": name, "good": good, "bad": bad, "balance": balance, "point": point}
    return {**told, **about, "severity": None, "severity_people": 0, "evidence": [], **more}


def told(*steps: dict[str, Any], feelings: str = "codes") -> dict[str, Any]:
    return {"name": "Moving in", "codebook_version": "town 1.0", "feelings": feelings,
            "steps": list(steps)}  # fmt: skip


def quote(signed: bool) -> dict[str, Any]:
    about = {"source_kind": "survey", "attributes": {}, "segment_id": "51cc09be42-17.0"}
    words = {"text": "They gave us a key", "voice": "verbatim", "feeling": "good"}
    return {**about, **words, "signed": signed}


STEPS = (
    step(f"Waiting for a letter about it {ATTACK}", -0.8, "low"),
    step("The keys", 0.6, "high", quotes=[quote(False)], severity=1.25, severity_people=3),
    step("The neighbours", None, quotes=[quote(True)]),
)


def page(*steps: dict[str, Any], **more: str) -> str:
    document = {**fictional.document(), "journey": told(*steps, **more)}
    return report.html(replace(fictional.results(), document=document))


def test_the_page_tells_each_step_with_its_people_and_lets_no_name_run() -> None:
    shown = page(*STEPS)
    assert "How it was, step by step" in shown
    assert "The keys, the high point: it went well for 8, badly for 2 and both for 0" in shown
    assert "The neighbours: too few say how it was." in shown
    assert "“They gave us a key”" in shown
    assert shown.count("a candidate quote that nobody has signed off") == 1
    assert ATTACK not in shown


def test_the_drawing_says_in_words_what_it_shows_and_marks_the_ends_by_shape() -> None:
    drawn = journey.picture(STEPS)
    root = ET.fromstring(drawn)  # noqa: S314 - our own
    assert "The keys, the high point" in root.attrib["aria-label"]
    kinds = [one.tag for one in root if one.tag in ("rect", "polygon", "circle")]
    assert kinds == ["polygon", "rect", "circle"]
    low, high = root.find("polygon"), root.find("rect")
    assert low is not None
    assert high is not None
    assert float(high.attrib["y"]) < float(low.attrib["points"].split(",")[1].split()[0])
    assert "style=" not in drawn


def test_before_anybody_coded_the_page_says_so_and_draws_nothing() -> None:
    shown = page()
    assert "Nobody has coded yet" in shown
    assert "too few say how it was" not in shown


def test_without_codes_of_feelings_only_how_grave_it_was_is_told() -> None:
    found = journey.described(told(*STEPS, feelings="severity"), {})
    assert found["picture"] == ""
    assert found["sentences"] == []
    assert found["rows"][1][-1] == "1.2"


def test_a_programme_without_a_journey_has_no_such_part() -> None:
    assert "How it was, step by step" not in report.html(fictional.results())
