"""A researcher codes in the real editor, and what is read back is exactly that."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from listening.codebook import OTHER
from listening.labelstudio.annotations import read_task
from listening.labelstudio.client import LabelStudio
from listening.labelstudio.configs import project_config
from listening.labelstudio.nouns import ASSISTED, SPANS, Item, ItemReading, Suggested, TaskRead
from listening.labelstudio.offsets import to_units
from listening.labelstudio.predictions import check_predictions
from listening.labelstudio.tasks import task_of
from listening.records import Span
from tests import labelstudio_editor as editor
from tests.browser import chromium
from tests.browser.conftest import browser  # noqa: F401 (the same browser for all that need one)
from tests.labelstudio.editing import Editor
from tests.labelstudio.playing import Coder
from tests.labelstudio_editor import Marked
from tests.unit.codebook.codebook_cases import mill_town
from tests.unit.labelstudio.item_cases import answer, talk, turns

pytestmark = [pytest.mark.labelstudio, *chromium.MARKS]

BOOK = mill_town()
HINT = Suggested("damp", 0.8, why="Water runs down the <b>wall</b>")
#: letters of every kind that a place could be counted wrongly by
LETTERS = turns(
    ("P1", "😀 damp 😀😀 wall"),
    ("P1", "two  spaces\tand\u00a0one\u2003more  end"),
    ("P2", "cafe\u0301 n\u0303 o\u0302\u0323 naïve"),
    ("P2", "אני גר כאן, said he, שלום لكم مرحبا"),
    ("P1", "line\nline\n\nline\r\nend"),
    ("P2", "👩\u200d👩\u200d👧\ufe0f zero\u200bwidth \U0001d518 $text &amp; <i>x</i> […]"),
)


class Sent:
    """An item as a task of a project of its own."""

    def __init__(self, studio: LabelStudio, item: Item) -> None:
        config = project_config(BOOK, item.layout, ASSISTED).content.decode()
        place = Span(item.turns[1].start, item.end) if item.layout == SPANS else None
        task = task_of(item, [replace(HINT, span=place)], BOOK, ASSISTED)
        assert check_predictions(task, config) == []
        self.studio, self.item = studio, item
        self.project = studio.make_project(uuid.uuid4().hex, "To be coded", "For a test.", config)
        self.task = studio.add_tasks(self.project, [task])[item.key]

    @property
    def back(self) -> dict[str, Any]:
        (task,) = self.studio.changed(self.project, "")
        return dict(task)

    @property
    def results(self) -> list[dict[str, Any]]:
        (annotation,) = self.back["annotations"]
        return list(annotation["result"])

    @property
    def read(self) -> TaskRead:
        return read_task(self.item, self.back, BOOK, self.studio.coders())


@pytest.fixture
def sent(studio: LabelStudio) -> Iterator[Callable[[Item], Sent]]:
    made: list[Sent] = []

    def send(item: Item) -> Sent:
        made.append(Sent(studio, item))
        return made[-1]

    yield send
    for one in made:
        studio.delete_project(one.project)


@pytest.fixture
def at(studio: LabelStudio, coders: tuple[Coder, Coder], browser: Any) -> Iterator[Editor]:  # noqa: F811
    """A researcher who signed in."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    kept = os.environ.get("LISTENING_TEST_PICTURES")
    signed = Editor(studio.url, page, Path(kept) if kept else None)
    signed.sign_in(coders[0].email)
    yield signed
    page.close()


def reading(found: TaskRead) -> ItemReading:
    assert found.rejects == ()
    (one,) = found.readings
    return one


def told(results: list[dict[str, Any]]) -> list[tuple[str, str, Any]]:
    """Return what results say, apart from ids that the editor draws."""
    said = [
        (one["from_name"], one["type"], one["value"])
        for one in results
        if one["from_name"] != "suggested"
    ]
    return sorted(said, key=repr)


def test_an_interview_with_two_overlapping_stretches_and_a_memo(
    sent: Callable[[Item], Sent], at: Editor, coders: tuple[Coder, Coder]
) -> None:
    one = sent(talk())
    at.open(one.project, one.task)
    at.picture("interview_opened")
    assert at.page.locator(".htx-highlight").count() == 0
    hint = at.page.locator("li", has_text="likely: like “Water runs down the <b>wall</b>”")
    assert hint.is_visible()
    at.press("2")
    at.drag(1, 6, 1, 13)
    at.press("1")
    at.drag(1, 3, 1, 24)
    at.click_stretch(1)
    at.write("region_memo", "Said twice.")
    at.press("Tab")
    at.picture("interview_stretch")
    at.page.locator("input[name=severity]").fill("2")
    at.write("memo", "A hard winter.")
    at.picture("interview_coded")
    at.submit()

    text = one.item.turns[1].text
    stretch = Marked(1, 3, 1, 23, ("housing",), memo="Said twice.", severity=2)
    expected = [Marked(1, 6, 1, 12, ("damp",)), stretch]
    assert told(one.results) == told(editor.spans(one.item, expected, "A hard winter."))
    found = reading(one.read)
    assert [(c.code, c.quote, c.memo, c.severity) for c in found.codings] == [
        ("housing", text[3:23], "Said twice.", 2),
        ("damp", "damp 😀", "", None),
    ]
    assert (found.coder, found.memo) == (coders[0].email, "A hard winter.")
    assert found.lead_time > 0


def test_an_answer_with_three_codes_by_their_keys(sent: Callable[[Item], Sent], at: Editor) -> None:
    one = sent(answer())
    at.next_task(one.project)
    assert at.page.locator(".ant-checkbox-checked").count() == 0
    at.press("2", "3", "4", "Shift+2", "Shift+2")
    at.write("new_code", "Noise at night")
    at.write("memo", "Waits for repairs.")
    at.picture("answer_coded")
    at.page.get_by_text("Submit", exact=True).click()
    at.page.wait_for_timeout(1500)

    expected = editor.whole(
        ["damp", "buses", OTHER], "Waits for repairs.", "Noise at night", {"damp": 2}
    )
    assert told(one.results) == told(expected)
    found = reading(one.read)
    assert [(c.code, c.severity, c.proposed) for c in found.codings] == [
        ("damp", 2, ""),
        ("buses", None, ""),
        (OTHER, None, "Noise at night"),
    ]
    assert found.memo == "Waits for repairs."


def test_nothing_is_ticked_in_an_answer_that_is_opened_from_the_table(
    sent: Callable[[Item], Sent], at: Editor
) -> None:
    one = sent(answer())
    at.open(one.project, one.task)
    at.picture("answer_opened")
    assert at.page.locator(".ant-checkbox-checked").count() == 0
    assert at.page.locator("li", has_text="Housing › Damp, likely").is_visible()
    at.press("Control+Enter")
    at.page.get_by_text("Update", exact=True).wait_for()
    assert reading(one.read).codings == ()


def test_a_code_is_found_by_its_name(sent: Callable[[Item], Sent], at: Editor) -> None:
    one = sent(answer())
    at.open(one.project, one.task)
    at.press("Shift+F")
    at.page.keyboard.type("bus")
    at.press("Enter")
    at.submit()
    assert [c.code for c in reading(one.read).codings] == ["buses"]


def test_places_in_letters_of_every_kind_are_those_of_the_simulation(
    sent: Callable[[Item], Sent], at: Editor
) -> None:
    item = replace(talk(), key="letters", layout=SPANS, turns=LETTERS)
    one = sent(item)
    at.open(one.project, one.task)
    places = [
        (0, 0, 0, 1), (0, 2, 0, 6), (0, 7, 0, 9), (0, 8, 0, 14),
        (1, 3, 1, 6), (1, 4, 1, 16), (1, 11, 1, 25), (1, 15, 1, 22),
        (2, 3, 2, 5), (2, 0, 2, 8), (2, 9, 2, 12),
        (3, 0, 3, 6), (3, 8, 3, 20), (3, 21, 3, 30), (3, 0, 3, len(LETTERS[3].text)),
        (4, 0, 4, 4), (4, 2, 4, 8), (4, 5, 4, 12), (4, 11, 4, 17), (4, 0, 4, len(LETTERS[4].text)),
        (5, 0, 5, 6), (5, 7, 5, 17), (5, 18, 5, 25), (5, 20, 5, 40),
        (0, 2, 2, 5), (3, 4, 5, 9), (0, 0, 5, len(LETTERS[5].text)),
    ]  # fmt: skip
    for first, start, last, end in places:
        at.press("2")
        begin = to_units(LETTERS[first].text, start)
        at.mark(first, begin, last, to_units(LETTERS[last].text, end))
    at.picture("letters")
    at.submit()
    marked = [Marked(*place, ("damp",)) for place in places]
    real = [result["value"] for result in one.results if result["from_name"] == "codes"]
    made = [result["value"] for result in editor.spans(item, marked)]
    assert real == made
    found = one.read
    assert found.rejects == ()
    document = "\n".join(turn.text for turn in LETTERS)
    assert all(document[c.span.start : c.span.end] == c.quote for c in found.readings[0].codings)
