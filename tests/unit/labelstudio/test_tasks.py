"""Tasks show what coders need to know, with hints where they are wanted and nothing ticked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from listening.labelstudio.annotations import read_task
from listening.labelstudio.configs import project_config
from listening.labelstudio.nouns import (
    ADJUDICATION,
    ASSISTED,
    BLIND,
    SPANS,
    Item,
    ItemReading,
    Suggested,
)
from listening.labelstudio.predictions import check_predictions
from listening.labelstudio.tasks import adjudication_task, task_of
from listening.records import Span
from tests import labelstudio_editor as editor
from tests.labelstudio_editor import Marked
from tests.unit.codebook.codebook_cases import mill_town
from tests.unit.labelstudio.item_cases import CODERS, answer, talk

BOOK = mill_town()
HINTS = (Suggested("damp", 0.81, Span(28, 34), "water <on> the wall"), Suggested("buses", 0.4))


def config(item: Item, role: str = ASSISTED) -> bytes:
    return project_config(BOOK, item.layout, role).content


def test_hints_are_shown_and_imported_where_nothing_is_ticked() -> None:
    for item in (talk(), answer()):
        task = task_of(item, HINTS, BOOK, ASSISTED)
        shown = task["data"]["shown_hints"]
        assert "Housing › Damp, likely: like “water &lt;on&gt; the wall”" in shown
        assert "Buses, perhaps" in shown
        (prediction,) = task["predictions"]
        assert [result["from_name"] for result in prediction["result"]] == ["suggested"]
        assert prediction["score"] == 0.81


def test_a_hint_on_a_stretch_says_whose_words_it_is_about() -> None:
    item = talk()
    start = item.turns[1].start
    hint = Suggested("damp", 0.81, Span(start + 6, start + 12))
    shown = task_of(item, [hint], BOOK, ASSISTED)["data"]["shown_hints"]
    assert "Resident 1, “damp 😀”: Housing › Damp, likely" in shown


@pytest.mark.parametrize("role", [BLIND, ADJUDICATION])
def test_no_hint_reaches_another_project(role: str) -> None:
    task = task_of(talk(), HINTS, BOOK, role)
    assert "shown_hints" not in task["data"]
    assert task["predictions"] == []
    assert "water" not in str(task)


def test_a_blind_item_of_an_assisted_project_has_no_hint() -> None:
    task = task_of(replace(answer(), blind=True), HINTS, BOOK, ASSISTED)
    assert (task["data"]["shown_hints"], task["predictions"]) == ("", [])


def test_what_a_resident_said_is_shown_and_never_read_as_html() -> None:
    item = replace(answer(), question="<i>Why</i>?", before="Interviewer: <script>")
    data = task_of(item, (), BOOK, BLIND)["data"]
    assert data["text"] == item.turns[0].text
    assert "&lt;i&gt;Why" in data["shown_before"]
    assert "<script>" not in data["shown_before"]
    assert "[a school]" in data["shown_before"]
    assert "source" not in data


def test_a_dialogue_holds_every_turn_and_no_id_of_a_person() -> None:
    task = task_of(talk(), (), BOOK, BLIND)
    assert [turn["text"] for turn in task["data"]["dialogue"]] == [t.text for t in talk().turns]
    assert "P1" not in str(task)


def test_the_other_wording_stands_beside() -> None:
    turn = replace(answer().turns[0], beside="Wilgoć & pleśń")
    data = task_of(replace(answer(), turns=(turn,)), (), BOOK, BLIND)["data"]
    assert "Wilgoć &amp; pleśń" in data["shown_after"]


def test_what_is_sent_is_what_the_configuration_asks_for() -> None:
    import re

    for item in (talk(), answer()):
        for role in (ASSISTED, BLIND):
            asked = re.findall(r'value="\$(\w+)"', config(item, role).decode())
            assert set(asked) <= set(task_of(item, HINTS, BOOK, role)["data"])
        told = adjudication_task(item, [], BOOK, 1)["data"]
        assert set(re.findall(r'value="\$(\w+)"', config(item, ADJUDICATION).decode())) <= set(told)


def test_predictions_of_ours_pass_and_wrong_ones_are_told() -> None:
    task = task_of(talk(), HINTS, BOOK, ASSISTED)
    assert check_predictions(task, config(talk())) == []
    for line, fault in (
        ("trams 0.5000 0-4", "trams"),
        ("damp 1.5000 0-4", "chance"),
        ("damp 0.5000 0-4000", "outside"),
        ("damp 0.5000 4-4", "outside"),
    ):
        task["predictions"][0]["result"][0]["value"]["text"] = [line]
        (told,) = check_predictions(task, config(talk()))
        assert fault in told


def test_a_prediction_that_would_be_ticked_beforehand_is_told() -> None:
    task = task_of(answer(), HINTS, BOOK, ASSISTED)
    task["predictions"][0]["result"] = editor.whole(["damp"])
    assert check_predictions(task, config(answer())) == ["A suggestion would be ticked beforehand."]
    task["predictions"][0]["result"] = editor.whole(["trams"])
    assert len(check_predictions(task, config(answer()))) == 2


def _readings(item: Item, *results: list[dict[str, Any]]) -> list[ItemReading]:
    found = []
    for number, result in enumerate(results, start=1):
        task = editor.task(task_of(item, (), BOOK, "blind")["data"], result, by=number)
        found += read_task(item, task, BOOK, CODERS).readings
    return found


def test_adjudication_shows_what_both_gave_and_what_one_did_without_naming_them() -> None:
    both = _readings(
        answer(),
        editor.whole(["damp", "housing"], memo="<sure>", severity={"damp": 2}),
        editor.whole(["damp"]),
    )
    shown = adjudication_task(answer(), both, BOOK, 3)["data"]["shown_answers"]
    assert "Both gave</b>" in shown
    assert shown.count("Housing › Damp") == 1
    assert "Memo: &lt;sure&gt;" in shown
    assert "severity 2" in shown
    assert "no more" in shown
    assert "example.org" not in shown


def test_which_coder_is_a_is_drawn_anew_for_each_item() -> None:
    both = _readings(answer(), editor.whole(["housing"]), editor.whole(["buses"]))
    order = set()
    for number in range(20):
        shown = adjudication_task(replace(answer(), key=f"k{number}"), both, BOOK, 3)["data"][
            "shown_answers"
        ]
        order.add(shown.index("Housing") < shown.index("Buses"))
        again = adjudication_task(replace(answer(), key=f"k{number}"), both[::-1], BOOK, 3)
        assert again["data"]["shown_answers"] == shown
    assert order == {True, False}


def test_adjudication_of_stretches_says_where_each_is() -> None:
    both = _readings(
        talk(),
        editor.spans(talk(), [Marked(1, 6, 1, 12, ("damp",), severity=1)]),
        editor.spans(talk(), []),
    )
    task = adjudication_task(talk(), both, BOOK, 3)
    assert "Resident 1, “damp 😀”: Housing › Damp (severity 1)" in task["data"]["shown_answers"]
    assert "No code applies." in task["data"]["shown_answers"]
    assert task["predictions"] == []
    assert config(talk(), ADJUDICATION) == project_config(BOOK, SPANS, ADJUDICATION).content
