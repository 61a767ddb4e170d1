"""Looking for what was said on a phone, with and without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import MARKS
from tests.browser.officers import Phone, Server, done, join, running, send

pytestmark = [*MARKS, pytest.mark.model]

LONG = "W" + "o" * 60 + "rd"
SURVEY = f"""Response ID,What would it take for you to thrive around here?,consent
R1,The rent is too high for what we earn here,quotation
R2,Fix the damp in my flat please before the winter,analysis
R3,A door that shuts and a {LONG} that does not leak,quotation
R4,Mae’r rhent yn rhy uchel i ni yma ac mae’r fflat yn llaith,quotation
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("site")) as server:
        yield server


def test_what_was_said_is_found_on_a_phone(browser: Any, server: Server, tmp_path: Path) -> None:
    (tmp_path / "survey.csv").write_text(SURVEY, encoding="utf-8")
    phone = Phone(browser, server.shots)
    page = phone.page
    join(page, server.invite("officer@mill.example", "officer"), "Wren Ashdown")
    page.get_by_role("button", name="Send files").click()
    send(page, [tmp_path / "survey.csv"])
    page.get_by_role("button", name="Confirm").click()
    done(page)

    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Search").click()
    phone.check("search")
    page.get_by_role("button", name="Search").click()
    page.get_by_text("There is a problem").wait_for()
    phone.check("search-nothing-said")
    page.get_by_label("Words to look for").fill("mouldy wet home")
    page.keyboard.press("Enter")
    page.get_by_text("Fix the damp").wait_for(timeout=60_000)
    page.get_by_text("Search more narrowly").click()
    phone.check("search-found")
    page.get_by_label("The words alone").check()
    page.get_by_role("button", name="Search").click()
    page.get_by_text("Nothing was found").wait_for()
    phone.check("search-nothing-found")
    page.get_by_label("Words to look for").fill(LONG)
    page.get_by_role("button", name="Search").click()
    page.get_by_text("found by").first.wait_for()
    phone.check("search-long-word")
    assert phone.said == []


def test_without_script_the_same_is_found(browser: Any, server: Server) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    join(page, server.invite("lead@mill.example", "lead"), "Sorrel Vane")
    page.get_by_role("link", name="Search").click()
    page.get_by_label("Words to look for").fill('"rent is too high"')
    page.get_by_role("button", name="Search").click()
    assert page.get_by_text("“The rent is too high for what we earn here”").is_visible()
