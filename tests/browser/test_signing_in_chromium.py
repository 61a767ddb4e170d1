"""Quotes signed off, a release made of them, and what residents read of it, in Chromium."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.attackers import Programme as People
from listening.steps import kept_releases, quoting
from listening.steps.kept_results import kept_results
from tests.browser.chromium import MARKS
from tests.browser.here import look, served, signed_in
from tests.browser.officers import Phone, by_keyboard, focused
from tests.web.acting import begun
from tests.web.kept_town import Kept, keep
from tests.web.town import NoModels, town_at

pytestmark = MARKS
TOLD = "We have a repairs team now. Ring it, and it comes within a week."


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kept]:
    """A programme whose results hold five quotes that wait."""
    # the browser's driver keeps a loop in this thread, and Django takes that for asynchronous code
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with town_at(tmp_path / "home", NoModels()) as opened:
        yield keep(opened, People.make(4, 200))


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    """Where pictures go: kept where LISTENING_TEST_SHOTS names a folder."""
    folder = Path(os.environ.get("LISTENING_TEST_SHOTS", tmp_path / "shots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def press(phone: Phone, text: str) -> None:
    """Go to what says something by the Tab key alone, and press Enter."""
    by_keyboard(phone.page, focused(phone.page, text))
    phone.page.keyboard.press("Enter")


def choose(phone: Phone, text: str, key: str = "Space") -> None:
    """Go to what says something by the Tab key alone, and choose it."""
    by_keyboard(phone.page, focused(phone.page, text))
    phone.page.keyboard.press(key)


def test_quotes_are_signed_off_and_refused_by_the_keyboard_alone(
    browser: Any, kept: Kept, shots: Path
) -> None:
    with served(kept.town) as url:
        phone = signed_in(browser, shots, url, "lead")
        page = phone.page
        page.goto(url + kept.address("quotes/"))
        look(phone, "quotes")
        press(phone, "Read the first that waits")
        page.get_by_role("heading", name="Quote 1 of 5").wait_for()
        look(phone, "quote")
        press(phone, "I have read it: sign it off")
        page.get_by_text("There is a problem").wait_for()
        look(phone, "quote-not-answered")
        choose(phone, "Yes, it does")
        press(phone, "I have read it: sign it off")
        page.get_by_role("heading", name="Quote 2 of 5").wait_for()
        choose(phone, "Yes, it does")
        page.keyboard.press("ArrowDown")
        press(phone, "I have read it: sign it off")
        page.get_by_text("Refuse it, if it does not speak for this priority").first.wait_for()
        look(phone, "quote-does-not-speak")
        by_keyboard(page, lambda: page.evaluate("document.activeElement.id") == "id_no_evidence")
        assert page.get_by_label("It does not speak for this priority").is_checked()
        by_keyboard(page, lambda: page.evaluate("document.activeElement.tagName") == "BUTTON")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Quote 3 of 5").wait_for()
        press(phone, "Previous quote")
        page.get_by_text("It does not speak for this priority.").first.wait_for()
        look(phone, "quote-refused")
        press(phone, "All quotes")
        look(phone, "quotes-decided")
        assert "1 signed off, 1 refused, 3 wait" in page.locator("main").inner_text()
    assert phone.said == []
    assert {one.speaks for one in kept.work.store.releases.decisions()} == {"yes", "no"}


def test_a_release_is_made_by_the_keyboard_and_its_files_are_for_everybody(
    browser: Any, kept: Kept, shots: Path
) -> None:
    begun(kept.town, theme="t0", idea="A team", told=TOLD, status="in place",
          helped="yes", helped_asked=14, helped_on="2026-06-01")  # fmt: skip
    fields = kept.fields(f"quotes/{first_of(kept)}/")
    told = {**fields, "decision": "signed", "speaks": "yes"}
    kept.client().post(kept.address(f"quotes/{first_of(kept)}/"), told)
    with served(kept.town) as url:
        phone = signed_in(browser, shots, url, "lead")
        page = phone.page
        page.goto(url + kept.address("releases/"))
        look(phone, "releases-none")
        press(phone, "Make the release")
        page.get_by_text("Releases so far").wait_for()
        kept.do_all()
        page.goto(url + kept.address("releases/"))
        page.get_by_text("may be passed on").wait_for()
        look(phone, "releases")
    assert phone.said == []
    (line,) = kept.work.store.releases.all()
    for name in ("residents.html", "report.html"):
        place = shots / f"released-{name}"
        place.write_bytes(kept_releases.content(kept.work, line.release, name))
        sheet = Phone(browser, shots)
        sheet.page.goto(place.as_uri())
        look(sheet, f"released-{name.removesuffix('.html')}")
        assert sheet.said == []
    assert TOLD in (shots / "released-residents.html").read_text(encoding="utf-8")


def first_of(kept: Kept) -> str:
    found = kept_results(kept.work)
    assert found is not None
    return quoting.board(kept.work, found).first
