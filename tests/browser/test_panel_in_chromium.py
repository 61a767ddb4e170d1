"""A panel on a phone: opened by a lead, answered by residents, also without script."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import MARKS
from tests.browser.here import look, served, signed_in
from tests.browser.officers import Phone
from tests.web.panel_town import keep_document, open_panel
from tests.web.town import NoModels, Town, town_at

pytestmark = MARKS


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    # the browser's driver keeps a loop in this thread, and Django takes that for asynchronous code
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with town_at(tmp_path / "home", NoModels()) as opened:
        yield opened


def shots(tmp_path: Path) -> Path:
    """Where pictures go: kept where LISTENING_TEST_SHOTS names a folder."""
    folder = Path(os.environ.get("LISTENING_TEST_SHOTS", tmp_path / "shots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def test_a_lead_opens_a_panel_and_a_member_answers_it_on_a_phone(
    browser: Any, town: Town, tmp_path: Path
) -> None:
    keep_document(town)
    with served(town) as url:
        phone = signed_in(browser, shots(tmp_path), url, "lead")
        page = phone.page
        page.get_by_role("link", name="Resident panels").click()
        look(phone, "panels-none")
        page.get_by_role("button", name="Open a panel").click()
        page.get_by_label("What is the panel called?").fill("Residents’ panel, May")
        for box in page.get_by_label("In plain language").all():
            box.fill("People want this to be better.")
        page.get_by_label("Name", exact=True).first.fill("12 of 40")
        for box in page.get_by_label("Yes: I have read these words").all()[:2]:
            box.check()
        page.get_by_role("button", name="Open the panel and make its link").click()
        page.get_by_text("There is a problem").wait_for()
        look(phone, "panel-open-wrong")
        page.get_by_label("Name", exact=True).first.fill("Our homes")
        page.get_by_role("button", name="Open the panel and make its link").click()
        look(phone, "panel-link")
        link = page.locator(".listening-link").inner_text()

        member = Phone(browser, phone.shots)
        answer(member, link)
        page.goto(f"{url}/")
        page.get_by_role("link", name="Resident panels").click()
        look(phone, "panels")
        page.get_by_role("link", name="Residents’ panel, May").click()
        look(phone, "panel-waiting")
    assert phone.said == member.said == []


def answer(member: Phone, link: str) -> None:
    """Answer a panel as its member does."""
    page = member.page
    page.goto(link)
    look(member, "member-door")
    page.get_by_role("button", name="Start").click()
    look(member, "member-question")
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("There is a problem").wait_for()
    look(member, "member-question-wrong")
    page.get_by_label("I would call it something else").check()
    page.get_by_role("button", name="Continue").click()
    look(member, "member-words")
    page.get_by_label("What would you call it?").fill("A warm, dry home")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("It is right", exact=True).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_text("Is something missing?").first.wait_for()
    look(member, "member-missing")
    page.get_by_role("button", name="Continue").click()
    look(member, "member-check")
    page.get_by_role("button", name="Send").click()
    look(member, "member-sent")
    page.get_by_role("link", name="Take my answers back").click()
    look(member, "member-take-back")


def test_without_script_a_member_answers_as_well(browser: Any, town: Town) -> None:
    link = open_panel(town)
    with served(town) as url:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(url + link)
        page.get_by_role("button", name="Start").click()
        for _ in range(2):
            page.get_by_label("It is right", exact=True).check()
            page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name="Send").click()
        assert page.get_by_text("Your code").is_visible()
        page.get_by_role("link", name="Start again for the next person").click()
        assert page.get_by_role("button", name="Start").is_visible()
