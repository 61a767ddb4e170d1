"""An officer with a phone: enters how to reach somebody, and is asked whose words a file holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import MARKS
from tests.browser.officers import Phone, Server, done, join, running, send
from tests.browser.test_removed_pages import TALK
from tests.unit.sources.samples import samples

pytestmark = [*MARKS, pytest.mark.model]

NUMBER = "07700 900417"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("site")) as server:
        yield server


def test_a_contact_is_entered_and_changed_and_a_likeness_is_asked_about(
    browser: Any, server: Server, tmp_path: Path
) -> None:
    phone = Phone(browser, server.shots)
    page = phone.page
    join(page, server.invite("network@mill.example", "officer"), "Teal Marsh")
    page.get_by_role("button", name="Send files").click()
    (tmp_path / "talk of two.txt").write_text(TALK, encoding="utf-8")
    send(page, [tmp_path / "talk of two.txt"])
    page.get_by_label("quoted without their name").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Confirm").click()
    done(page)

    page.get_by_role("link", name="Mill Town, spring").click()
    page.get_by_role("link", name="People who may be contacted again").click()
    phone.check("contacts-none")
    page.get_by_role("button", name="Enter a contact").click()
    phone.check("contact-enter")
    page.get_by_role("button", name="Put it on the list").click()
    page.get_by_text("There is a problem").wait_for()
    phone.check("contact-nothing-said")
    page.get_by_label("Withdrawal code, participant id or name").fill("Oriel")
    page.get_by_label("Yes, they said so").check()
    page.get_by_label("How to reach them").fill(NUMBER)
    page.get_by_label("Language").fill("Somali")
    page.get_by_role("button", name="Put it on the list").click()
    page.get_by_text("They are on the list.").wait_for()
    phone.check("contacts-one")
    assert page.get_by_role("rowheader", name=NUMBER).is_visible()
    page.get_by_role("link", name="Change the contact of").click()
    phone.check("contact-change")
    page.get_by_label("How to reach them").fill("07700 900418")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("It was changed.").wait_for()
    assert page.get_by_text(NUMBER).count() == 0

    page.goto(f"{server.url}/programmes/mill-town-spring/files/")
    turns = tuple(tuple(line.split(": ", 1)) for line in TALK.splitlines())
    (tmp_path / "form.docx").write_bytes(samples(turns)[".docx"])  # type: ignore[arg-type]
    send(page, [tmp_path / "form.docx"])
    page.get_by_text("Is this somebody else?").wait_for()
    phone.check("whose")
    assert page.locator("fieldset").count() == 1  # nothing else is asked first
    assert page.get_by_text("same talk as “talk of two.txt”").is_visible()
    page.get_by_label("It is somebody else").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("quoted without their name").check()
    phone.check("somebody-else")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Confirm").click()
    done(page)
    assert phone.said == []
