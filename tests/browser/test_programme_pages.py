"""Harm, reach, contacts and the field kit, on a phone and on a wide screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from listening.store import Vault
from tests.browser.chromium import MARKS
from tests.browser.officers import (
    Phone,
    Server,
    by_keyboard,
    done,
    focused,
    join,
    running,
    send,
)

pytestmark = [*MARKS, pytest.mark.model]

TALK = """Wren: Thank you for coming. What would it take for you to thrive around here?
Oriel: The damp in my flat comes back every winter and my children cough all night.
Wren: And at home?
Oriel: He shouts at me when the door is closed and nobody else is near to hear it.
Brindle: The rent went up again and nobody answers the telephone at the office.
"""
RULES = """name = "Mill Town, spring"
question = "What would it take for you to thrive around here?"
languages = ["en", "so"]
[safeguarding]
name = "Duty desk"
phone = "01632 960001"
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("site")) as server:
        yield server


def rested(phone: Phone, name: str) -> None:
    """Look at a page on a phone, and once on a wide screen."""
    phone.check(name)
    page = phone.page
    page.set_viewport_size({"width": 1200, "height": 900})
    page.screenshot(path=str(phone.shots / f"wide-{name}.png"), full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 1200, name
    page.set_viewport_size({"width": 390, "height": 844})


def programme(server: Server, then: str = "") -> str:
    return f"{server.url}/programmes/mill-town-spring/{then}"


def home(server: Server) -> Path:
    return Path(server.environ["LISTENING_HOME"]) / "programmes" / "mill-town-spring"


@pytest.fixture(scope="module")
def officer(browser: Any, server: Server) -> Phone:
    """An officer who joined; the programme has rules and somebody on its contact list."""
    phone = Phone(browser, server.shots)
    join(phone.page, server.invite("officer@mill.example", "officer"), "Wren Ashdown")
    phone.page.get_by_role("button", name="Send files").wait_for()
    home(server).mkdir(parents=True, exist_ok=True)
    (home(server) / "programme.toml").write_text(RULES, encoding="utf-8")
    return phone


def test_harm_goes_from_an_officer_to_the_lead_and_out_of_the_analysis(
    browser: Any, server: Server, officer: Phone, tmp_path: Path
) -> None:
    page = officer.page
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    page.goto(programme(server, "files/"))
    send(page, [tmp_path / "talk.txt"])
    page.get_by_role("button", name="Continue").wait_for()
    rested(officer, "file-with-harm")
    page.get_by_role("link", name="may come to harm").click()
    page.get_by_role("button", name="Pass it").wait_for()
    rested(officer, "harm")
    page.get_by_role("button", name="Pass it").click()
    page.get_by_text("There is a problem").wait_for()
    rested(officer, "harm-not-answered")
    page.get_by_text("The words of this file").click()
    rested(officer, "harm-words")
    page.get_by_label("A part only").check()
    page.get_by_label("First number").fill("4")
    page.get_by_label("What should the safeguarding lead know?").fill("Her partner. I rang you.")
    page.get_by_role("button", name="Pass it").click()
    page.get_by_text("It was passed to the safeguarding lead").wait_for()
    rested(officer, "harm-passed-on")
    page.get_by_label("Wren (").check()
    page.get_by_label("quoted without their name").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Confirm").click()
    done(page)
    rested(officer, "harm-kept")

    (server.shots / "lead").mkdir()
    lead = Phone(browser, server.shots / "lead")
    other = lead.page
    join(other, server.invite("lead@mill.example", "safeguarding"), "Petrel Combe")
    other.get_by_text("1 new").wait_for()
    rested(lead, "lead-programme")
    other.get_by_role("link", name="Disclosures of harm").click()
    rested(lead, "queue")
    other.get_by_role("link", name=re.compile(r"\d{4}, \d\d:\d\d")).click()
    other.get_by_text("He shouts at me").wait_for()
    rested(lead, "disclosure")
    by_keyboard(other, focused(other, "I have seen it"))
    other.keyboard.press("Enter")
    other.get_by_text("Seen", exact=True).first.wait_for()
    by_keyboard(other, focused(other, "Write what was done"))
    other.keyboard.type("Rang the duty team")
    by_keyboard(other, focused(other, "Note what was done"))
    other.keyboard.press("Enter")
    other.get_by_text("Acted on").first.wait_for()
    rested(lead, "disclosure-acted-on")
    page.goto(programme(server, "safeguarding/"))
    page.get_by_text("may not open").wait_for()
    assert [line for line in officer.said + lead.said if "403" not in line] == []


def test_reach_is_recorded_and_shown(server: Server, officer: Phone) -> None:
    page = officer.page
    page.goto(programme(server))
    rested(officer, "officers-programme")
    page.get_by_role("link", name="Reach of the listening").click()
    rested(officer, "reach-before")
    page.get_by_role("button", name="Record how it went").click()
    page.get_by_role("button", name="Record it").click()
    page.get_by_text("There is a problem").wait_for()
    rested(officer, "tally-not-answered")
    page.get_by_label("Day").fill("27/3/2026")
    page.get_by_label("Place").fill("Quayside")
    page.get_by_label("Method").fill("street")
    page.get_by_label("How many people did you approach?").fill("40")
    page.get_by_label("How many of them spoke to you?").fill("30")
    page.get_by_role("button", name="Record it").click()
    page.get_by_text("It was recorded").wait_for()
    assert page.get_by_text("75%").first.is_visible()
    rested(officer, "reach")


def test_the_contact_list_and_the_kit_are_taken_home(server: Server, officer: Phone) -> None:
    page = officer.page
    page.goto(programme(server, "contacts/"))
    rested(officer, "contacts-none")
    how = {"contact": "01632 960111, after six", "language": "Somali", "officer": "Wren Ashdown"}
    vault = Vault(home(server) / "vault", server.environ["LISTENING_VAULT_KEY"])
    vault.write("contacts", {"P00001": how, "P00002": how | {"contact": "+44 1632 960222"}})
    page.reload()
    rested(officer, "contacts")
    with page.expect_download() as table:
        page.get_by_role("button", name="Download").click()
    assert "'+44 1632 960222" in Path(table.value.path()).read_text(encoding="utf-8-sig")
    page.goto(programme(server, "kit/"))
    rested(officer, "kit")
    with page.expect_download() as kit:
        page.get_by_role("button", name="Download everything").click()
    assert kit.value.suggested_filename == "field_kit.zip"
    page.goto(programme(server, "withdraw/"))
    rested(officer, "withdrawal-and-harm")
    assert [line for line in officer.said if "403" not in line] == []
