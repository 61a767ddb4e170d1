"""An officer with a phone: undoes and adds what was removed, and mends a file that was kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

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

TALK = """Interviewer: What would it take for you to thrive around here?
Oriel: My name is Oriel Quince and I live at 14 Lantern Street, MT4 5QX.
Interviewer: What is it like to live there?
Oriel: The damp in my flat comes back every winter and my children cough all night.
Oriel: You can ring me on 07700 900123. I love the park by the canal.
Interviewer: Who helps?
Oriel: My neighbour Ottoline, and splodge at the Bothy.
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("site")) as server:
        yield server


#: too short to be taken for the same talk, which another officer has sent
SHORT = "Interviewer: Who helps?\nOriel: My neighbour Ottoline, and splodge at the Bothy.\n"


def kept(page: Any, server: Server, email: str, path: Path, talk: str = TALK) -> None:
    """Join, and send a file the whole way."""
    join(page, server.invite(email, "officer"), "Teal Marsh")
    page.get_by_role("button", name="Send files").click()
    path.write_text(talk, encoding="utf-8")
    send(page, [path])
    page.get_by_label("quoted without their name").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Confirm").click()


def test_what_was_removed_is_undone_and_added_to(
    browser: Any, server: Server, tmp_path: Path
) -> None:
    phone = Phone(browser, server.shots)
    page = phone.page
    kept(page, server, "marks@mill.example", tmp_path / "talk of two.txt")
    done(page)
    page.get_by_role("link", name="See the text").click()
    page.get_by_role("heading", name="What was removed").wait_for()
    phone.check("removed")
    assert page.get_by_text("Oriel Quince", exact=True).is_visible()
    assert page.locator("mark", has_text="[a phone number]").is_visible()
    page.get_by_role("button", name="No name: keep it (Ottoline)").click()
    page.get_by_text("1 file is being read again").wait_for()
    done(page)
    page.get_by_role("link", name="See the text").click()
    page.get_by_text("My neighbour Ottoline").wait_for()

    page.get_by_role("button", name="Remove these words").click()
    page.get_by_text("There is a problem").wait_for()
    phone.check("removed-nothing-said")
    # words that are selected in the text are put into the field; the rest is done by keyboard
    page.locator(".listening-said", has_text="splodge").evaluate(
        "p => { const at = p.firstChild.data.indexOf('splodge'); const chosen = getSelection();"
        " chosen.setBaseAndExtent(p.firstChild, at, p.firstChild, at + 7); }"
    )
    page.wait_for_function("document.querySelector('#id_words').value === 'splodge'")
    page.get_by_label("Words that should").focus()
    by_keyboard(page, focused(page, "A person’s name"))
    page.keyboard.press("Space")
    by_keyboard(page, focused(page, "Remove these words"))
    page.keyboard.press("Enter")
    page.get_by_text("1 file is being read again").wait_for()
    done(page)
    page.get_by_role("link", name="See the text").click()
    assert page.locator(".listening-said", has_text="splodge").count() == 0
    page.get_by_role("link", name="What this programme was taught").click()
    phone.check("taught")
    page.get_by_role("button", name="Take off (Ottoline)").click()
    page.get_by_text("Taken off the list").wait_for()
    assert phone.said == []


def test_a_kept_file_is_answered_about_anew_and_corrected(
    browser: Any, server: Server, tmp_path: Path
) -> None:
    phone = Phone(browser, server.shots)
    page = phone.page
    talk = tmp_path / "talk of one.txt"
    kept(page, server, "mends@mill.example", talk)
    done(page)
    page.get_by_role("link", name="Change what I answered").click()
    phone.check("answers")
    page.get_by_label("never quoted").first.check()
    page.get_by_role("button", name="Save, and read it again").click()
    done(page)
    assert page.get_by_text("Nobody", exact=True).is_visible()
    page.get_by_role("link", name="Send a corrected version").click()
    phone.check("correct")
    talk.write_text(f"{TALK}Oriel: And the bins are never emptied on time.\n", encoding="utf-8")
    page.locator("input[type=file]").set_input_files(talk)
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("button", name="Confirm: put it in").wait_for()
    phone.check("correct-confirm")
    page.get_by_role("button", name="Confirm: put it in").click()
    done(page)
    phone.check("corrected")
    page.get_by_role("link", name="See the text").click()
    page.get_by_text("And the bins are never emptied").wait_for()
    assert phone.said == []


def test_without_scripts_words_are_added_by_typing(
    browser: Any, server: Server, tmp_path: Path
) -> None:
    page = Phone(browser, server.shots, java_script_enabled=False).page
    kept(page, server, "typed@mill.example", tmp_path / "talk of three.txt", SHORT)
    page.wait_for_timeout(1000)
    while page.get_by_role("link", name="Look again").count():
        page.wait_for_timeout(500)
        page.get_by_role("link", name="Look again").click()
    page.get_by_role("link", name="See the text").click()
    page.get_by_label("Words that should").fill("the Bothy")
    page.get_by_label("A school").check()
    page.get_by_role("button", name="Remove these words").click()
    while page.get_by_role("link", name="Look again").count():
        page.wait_for_timeout(500)
        page.get_by_role("link", name="Look again").click()
    page.get_by_role("link", name="See the text").click()
    assert page.locator("mark", has_text="[a school]").is_visible()
