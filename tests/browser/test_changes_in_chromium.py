"""What changed between waves, on the lead's pages in Chromium: narrow, by keyboard, no barrier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from listening.steps.kept_results import make_results
from tests.browser.chromium import MARKS
from tests.browser.here import look, served, signed_in
from tests.web.coding_town import Coded
from tests.web.waves_town import DAYS, Listened, listened

pytestmark = [*MARKS]

THREE = (Listened(DAYS[0], 6), Listened(DAYS[1], 9), Listened(DAYS[2], 25))


@pytest.fixture
def three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Coded]:
    # the browser's driver keeps a loop in this thread, beside which Django asks a store nothing
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with listened(tmp_path / "home", monkeypatch, THREE) as made:
        make_results(made.work)
        yield made


def test_a_lead_says_when_waves_began_and_reads_what_changed(
    browser: Any, three: Coded, tmp_path: Path
) -> None:
    with served(three.town) as url:
        lead = signed_in(browser, tmp_path / "shots", url, "lead")
        lead.page.goto(f"{url}{three.address('priorities/')}")
        lead.page.get_by_role("link", name="What changed").first.click()
        look(lead, "one-wave")
        for day, name in (("1/5/2026", ""), ("2026-06-01", "Early summer")):
            lead.page.get_by_label("First day of the new wave").fill(day)
            lead.page.get_by_label("What is it called?").fill(name)
            lead.page.keyboard.press("Enter")
            # while it is worked out the page comes anew by itself, and holds no form to lose
            lead.page.get_by_text("you can say when another wave began").wait_for()
            assert three.do_all() == 1
            lead.page.get_by_label("First day of the new wave").wait_for()
        said = lead.page.locator("main .govuk-body-l").inner_text()
        assert said.startswith("Since May 2026, more people raise Housing (30% then, 83% now)")
        for summary in lead.page.locator("main summary").all():
            summary.focus()
            lead.page.keyboard.press("Enter")
        look(lead, "three-waves")
        first = lead.page.locator(".listening-control").first
        assert first.locator(".listening-dot__dot").count() == 3
        lead.page.goto(f"{url}{three.address('priorities/')}")
        assert "Since the last wave, May 2026" in lead.page.locator("main").inner_text()
        look(lead, "first-page")
        lead.page.get_by_role("link", name="What changed, and what cannot be told").click()
        lead.page.get_by_role("button", name="A new wave began on this day").click()
        assert "There is a problem" in lead.page.locator("main").inner_text()
        look(lead, "no-day")
        lead.page.get_by_role("button", name="1 June 2026").click()
        lead.page.get_by_text("No wave begins on that day any more").wait_for()
        assert three.do_all() == 1
        lead.page.get_by_label("First day of the new wave").wait_for()
        assert "Since March 2026" in lead.page.locator("main .govuk-body-l").inner_text()
