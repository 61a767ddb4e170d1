"""An officer with a phone: joins, sends files, answers, confirms, and sees what was removed."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.browser.chromium import MARKS
from tests.browser.officers import (
    PASSWORD,
    Phone,
    Server,
    by_keyboard,
    done,
    focused,
    join,
    running,
    send,
)
from tests.unit.sources.samples import samples

pytestmark = [*MARKS, pytest.mark.model]

SPOKEN = (
    "Interviewer: What would it take for you to thrive around here?",
    "Oriel: My name is Oriel Quince and I live at 14 Lantern Street, MT4 5QX.",
    "Interviewer: What is it like to live there?",
    "Oriel: The damp in my flat comes back every winter and my children cough all night.",
    "Oriel: You can ring me on 07700 900123. I love the park by the canal.",
)
SURVEY = """Response ID,What would it take for you to thrive around here?,consent
R1,The rent is too high for what we earn here,quotation
R2,Fix the damp in my flat please before the winter,analysis
R3,More buses in the evening would help me get home,none
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("site")) as server:
        yield server


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("files")
    document = Document()
    for line in SPOKEN:
        document.add_paragraph(line)
    document.save(str(folder / "talk.docx"))
    (folder / "survey.csv").write_text(SURVEY, encoding="utf-8")
    return [folder / "talk.docx", folder / "survey.csv"]


def test_an_officer_sends_two_files_answers_confirms_and_sees_what_was_removed(
    browser: Any, server: Server, files: list[Path]
) -> None:
    phone = Phone(browser, server.shots)
    page = phone.page
    page.goto(server.invite("officer@mill.example", "officer"))
    phone.check("join")
    page.get_by_label("Your name").fill("Wren Ashdown")
    page.get_by_label("Choose a password").fill("short")
    page.get_by_role("button", name="Join").click()
    page.get_by_text("There is a problem").wait_for()
    phone.check("join-again")
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_role("button", name="Join").click()
    page.wait_for_url(re.compile("/programmes/mill-town-spring/$"))
    phone.check("programme")

    page.get_by_role("button", name="Send files").click()
    phone.check("files-none")
    send(page, files)
    page.get_by_role("link", name="talk.docx").wait_for()
    phone.check("files-sent")
    assert page.get_by_text("Needs you").count() == 1
    assert page.get_by_text("Ready to confirm").count() == 1

    page.get_by_role("link", name="talk.docx").click()
    page.get_by_text("What we understood").wait_for()
    phone.check("talk-question")
    assert page.locator("fieldset").count() == 1  # one question, and no other
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("There is a problem").wait_for()
    phone.check("talk-not-answered")
    page.get_by_label("quoted without their name").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Confirm").wait_for()
    phone.check("talk-confirm")
    page.get_by_role("button", name="Confirm").click()
    done(page)
    phone.check("talk-done")
    assert page.get_by_text("1 phone number").is_visible()
    assert page.get_by_text("What was removed").is_visible()

    page.get_by_role("link", name="My files").first.click()
    page.get_by_role("link", name="survey.csv").click()
    phone.check("survey-confirm")
    page.get_by_role("button", name="Confirm").click()
    done(page)
    phone.check("survey-done")
    assert page.get_by_text("What was set aside").is_visible()
    assert phone.said == []


#: file → who speaks in it beside the interviewer
SIX = {
    ".docx": "Oriel",
    ".odt": "Brindle",
    ".pdf": "Sorrel",
    ".rtf": "Teasel",
    ".vtt": "Yarrow",
    ".xlsx": "",
}


@pytest.fixture
def six(tmp_path: Path) -> list[Path]:
    """Six files of different kinds, by the programs' own writers."""
    made = []
    for kind, name in SIX.items():
        said = f"The damp by the {name or 'old'} stairs comes back every winter, whatever I do."
        talk = (("Wren", "What would help you to thrive here?"), (name or "Somebody", said)) * 6
        made.append(tmp_path / f"talk{kind}")
        made[-1].write_bytes(samples(talk)[kind])
    return made


def test_six_files_of_different_kinds_are_sent_at_once_and_one_person_withdraws(
    browser: Any, server: Server, six: list[Path]
) -> None:
    phone = Phone(browser, server.shots)
    page = phone.page
    join(page, server.invite("six@mill.example", "officer"), "Finch Lowe")
    page.get_by_role("button", name="Send files").click()
    files = page.url
    send(page, six)
    for path in six:
        page.get_by_role("link", name=path.name).wait_for()
    phone.check("six-sent")
    asked = 0
    for path in six:
        page.goto(files)
        page.get_by_role("link", name=path.name).click()
        page.get_by_role("heading", name=path.name).wait_for()
        if page.locator("fieldset").count():
            asked += page.locator("fieldset").count()
            for answer in ("Wren (", "Interview", "quoted without their name"):
                label = page.get_by_label(answer, exact=answer == "Interview")
                if label.count():
                    label.check()
            page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name="Confirm").click()
        done(page)
    assert asked >= 2
    phone.check("six-done")

    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Withdrawal").click()
    page.get_by_label("Withdrawal code").fill("Nobody Here")
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("There is a problem").wait_for()
    phone.check("withdraw-nobody")
    page.get_by_label("Withdrawal code").fill("Oriel")
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("This cannot be undone").wait_for()
    phone.check("withdraw-sure")
    page.get_by_role("button", name="Erase for good").click()
    page.get_by_text(re.compile("Receipt [0-9A-F]{8}: erased")).wait_for()
    phone.check("withdraw-receipt")
    assert phone.said == []


def test_every_other_page_can_be_used_by_everyone(
    browser: Any, server: Server, tmp_path: Path
) -> None:
    phone = Phone(browser, server.shots)
    page = phone.page
    join(page, server.invite("wide@mill.example", "officer"), "Petrel Combe")
    talk = "Wren: What matters most to you?\nOriel: The damp.\nWren: And what else?\nBrin: Rent.\n"
    for name, content in {
        "note.txt": "She said that the bus never comes after dark.\n",
        "many speakers.txt": talk,
        "empty.txt": "",
        "many.csv": SURVEY + "".join(f"R{n},,none\n" for n in range(9, 40)),
    }.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
        page.goto(f"{server.url}/programmes/mill-town-spring/files/")
        page.locator("input[type=file]").set_input_files(tmp_path / name)
        page.get_by_role("button", name="Send", exact=True).click()
        page.get_by_role("heading", name=name).wait_for()
        phone.check(name.replace(".", "-"))
    assert page.evaluate("document.querySelectorAll('h1').length") == 1
    page.goto(f"{server.url}/programmes/mill-town-spring/people/")
    page.get_by_text("may not open").wait_for()
    phone.check("forbidden")
    page.goto(f"{server.url}/invitation/used/")
    phone.check("invitation-over")
    page.goto(server.invite("wide@mill.example", "lead"))
    phone.check("invitation-known")
    page.get_by_role("button", name="Join").click()
    page.get_by_text("officer, Programme lead").wait_for()
    page.goto(server.invite("bus2@mill.example", "lead"))
    phone.check("invitation-while-signed-in")


def test_the_keyboard_alone_is_enough(browser: Any, server: Server, files: list[Path]) -> None:
    phone = Phone(browser, server.shots)
    page = phone.page
    page.goto(server.invite("keys@mill.example", "officer"))
    by_keyboard(page, focused(page, "Your name"))
    page.keyboard.type("Linnet Marsh")
    by_keyboard(page, focused(page, "Choose a password"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/programmes/mill-town-spring/$"))
    page.keyboard.press("Tab")
    assert focused(page, "Skip to main content")()
    by_keyboard(page, focused(page, "Send files"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/files/$"))
    by_keyboard(page, focused(page, "Send transcripts"))
    # the dialog that opens here is the system's own
    page.locator("input[type=file]").set_input_files(files[0])
    by_keyboard(page, lambda: page.evaluate("document.activeElement.type") == "submit")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Continue").wait_for()
    by_keyboard(page, focused(page, "Their words may be counted"))
    page.keyboard.press("ArrowDown")
    assert page.get_by_label("never quoted").is_checked()
    by_keyboard(page, focused(page, "Continue"))
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Confirm").wait_for()
    by_keyboard(page, focused(page, "Confirm"))
    page.keyboard.press("Enter")
    done(page)
    assert page.get_by_text("Nobody", exact=True).is_visible()


def test_without_scripts_everything_works(browser: Any, server: Server, files: list[Path]) -> None:
    page = Phone(browser, server.shots, java_script_enabled=False).page
    join(page, server.invite("plain@mill.example", "officer"), "Plover Dene")
    page.get_by_role("button", name="Send files").click()
    send(page, files)
    page.get_by_role("link", name="survey.csv").click()
    page.get_by_role("button", name="Confirm").click()
    end = time.monotonic() + 60
    while page.get_by_role("link", name="Look again").count() and time.monotonic() < end:
        time.sleep(0.5)
        page.get_by_role("link", name="Look again").click()
    assert page.get_by_text("Done", exact=True).is_visible()


def test_an_administrator_invites_on_a_phone_and_signs_out(browser: Any, server: Server) -> None:
    phone = Phone(browser, server.shots)
    page = phone.page
    join(page, server.invite("admin@mill.example", "administrator"), "Heron Vale")
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="People").click()
    page.get_by_label("E-mail address").fill("lead@mill.example")
    page.get_by_label("Programme lead").check()
    page.get_by_role("button", name="Make a link").click()
    page.get_by_text("Send this link").wait_for()
    phone.check("people")
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Trail").click()
    page.get_by_text("lead@mill.example").first.wait_for()
    phone.check("trail")
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Health").click()
    page.get_by_text("None was ever made here.").wait_for()
    phone.check("health")
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Password").click()
    phone.check("password")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("heading", name="Sign in").wait_for()
    page.get_by_label("E-mail address").fill("admin@mill.example")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("There is a problem").wait_for()
    phone.check("sign-in-wrong")
    page.goto(f"{server.url}/nowhere/")
    phone.check("missing")
    assert [line for line in phone.said if "404" not in line] == []
