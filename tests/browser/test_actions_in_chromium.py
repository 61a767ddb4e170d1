"""A lead with a phone: begins an action, is warned of a name, adds points, looks at every view."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.chromium import MARKS
from tests.browser.here import look
from tests.browser.officers import Phone, Server, by_keyboard, focused, join, running

pytestmark = [*MARKS, pytest.mark.model]
VIEWS = (
    "You said, we did",
    "Driver diagram",
    "Equity reviews",
    "Escalated",
    "Drivers shared with other programmes",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("site")) as server:
        yield server


def test_a_lead_keeps_an_action_on_a_phone(browser: Any, server: Server) -> None:
    phone = Phone(browser, server.shots)
    page = phone.page
    join(page, server.invite("lead@mill.example", "lead"), "Teal Marsh")
    page.get_by_role("link", name="Actions: what is done about the priorities").click()
    phone.check("actions-none")
    by_keyboard(page, focused(page, "Begin an action"))
    page.keyboard.press("Enter")
    phone.check("action-new")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("There is a problem").wait_for()
    phone.check("action-nothing-said")
    page.get_by_label("Change idea").fill("Ring Oriel Quince on 07700 900417 about the damp")
    page.get_by_label("Aim: what is to be different?").fill("families wait less for repairs")
    page.get_by_label("What does the aim depend on?").select_option(
        label="Repairs, damp and heating"
    )
    page.get_by_label("Measure", exact=True).fill("Days to repair")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Save it as it is").wait_for(timeout=90_000)
    phone.check("action-named")
    page.get_by_label("Change idea").fill("A repairs team with a phone line of its own")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("It was saved.").wait_for(timeout=60_000)
    phone.check("action-one")
    assert page.get_by_text("Oriel").count() == 0
    page.get_by_role("link", name="Tests and run chart").click()
    for day in range(1, 12):
        page.get_by_role("button", name="Add a point").click()
        page.get_by_label("Day").fill(f"{day}/5/2026")
        page.get_by_label("Value").fill(str(40 - 2 * (day > 5)))
        page.get_by_role("button", name="Save").click()
    page.get_by_text("Every value, as a table").click()
    phone.check("action-chart")
    assert page.locator("img.listening-run--narrow").evaluate("one => one.naturalWidth") > 300
    assert page.get_by_text("Fewer than 10 points").count() == 0
    page.get_by_role("link", name="The action").click()
    page.get_by_role("link", name="Actions", exact=True).first.click()
    for name in VIEWS:
        page.get_by_role("link", name=name, exact=True).click()
        phone.check(name.split(",", maxsplit=1)[0].lower().replace(" ", "-"))
    assert phone.said == []


def test_two_leads_who_write_at_once_read_each_other_and_lose_nothing(
    browser: Any, server: Server
) -> None:
    one, other = Phone(browser, server.shots), Phone(browser, server.shots)
    join(one.page, server.invite("one@mill.example", "lead"), "Sorrel Ames")
    join(other.page, server.invite("other@mill.example", "lead"), "Wren Ashdown")
    one.page.get_by_role("link", name="Actions: what is done about the priorities").click()
    one.page.get_by_role("button", name="Begin an action").click()
    one.page.get_by_label("Change idea").fill("Visits to homes with damp")
    one.page.get_by_role("button", name="Save").click()
    one.page.get_by_text("It was saved.").wait_for(timeout=90_000)
    other.page.goto(one.page.url)
    for phone in (one, other):
        phone.page.get_by_role("button", name="Change it").click()
    one.page.get_by_label("Change idea").fill("A repairs team with a phone line")
    one.page.get_by_label("Status").select_option(label="Being tested")
    one.page.get_by_role("button", name="Save").click()
    one.page.get_by_text("It was saved.").wait_for(timeout=60_000)
    idea = other.page.get_by_label("Change idea")
    idea.fill("A surveyor for every estate")
    other.page.get_by_label("Owner").fill("Housing")
    other.page.get_by_role("button", name="Save").click()
    other.page.get_by_text("Somebody saved this while you were writing").wait_for(timeout=60_000)
    look(other, "action-at-once")
    assert other.page.get_by_text("one@mill.example wrote: “A repairs team").count() == 2
    assert idea.input_value() == "A surveyor for every estate"
    assert other.page.get_by_label("Owner").input_value() == "Housing"
    assert other.page.get_by_label("Status").input_value() == "testing"
    by_keyboard(other.page, focused(other.page, "Save"))
    other.page.keyboard.press("Enter")
    other.page.get_by_text("It was saved.").wait_for(timeout=60_000)
    look(other, "action-after-both")
    assert one.said == other.said == []
