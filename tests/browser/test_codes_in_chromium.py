"""Setting up a code from a phone, and signing in with it, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest

from listening.steps import second
from tests.browser.chromium import MARKS
from tests.browser.here import look, served, signed_in
from tests.web.test_proof import next_code
from tests.web.town import NoModels, Town, town_at

pytestmark = MARKS


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    # the browser's driver keeps a loop in this thread, and Django takes that for asynchronous code
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with town_at(tmp_path / "home", NoModels()) as opened:
        yield opened


def test_somebody_sets_up_a_code_and_signs_in_with_it(
    browser: Any, town: Town, tmp_path: Path
) -> None:
    with served(town) as url:
        phone = signed_in(browser, tmp_path / "shots", url, "lead")
        phone.page.goto(f"{url}/code/new/")
        assert phone.page.locator("svg path").count() > 0
        look(phone, "new-code")
        app = pyotp.parse_uri(second.offer(town.site, town.people["lead"]))
        assert isinstance(app, pyotp.TOTP)
        phone.page.get_by_label("Code", exact=True).fill(app.now())
        phone.page.get_by_role("button", name="Go on").click()
        phone.page.get_by_text("From now on you sign in with a code as well.").wait_for()

        other = signed_in(browser, tmp_path / "other", url, "lead")
        other.page.get_by_role("heading", name="Enter your code").wait_for()
        other.page.get_by_label("Code", exact=True).fill("000000")
        other.page.get_by_role("button", name="Go on").click()
        other.page.get_by_text("The code is wrong, or was used already").first.wait_for()
        other.check("wrong-code")
        other.page.get_by_label("Code", exact=True).fill(next_code(app, town, "lead"))
        other.page.get_by_role("button", name="Go on").click()
        other.page.get_by_role("heading", name="Mill Town, spring").wait_for()

        other.page.goto(f"{url}/password/again/")
        look(other, "password-again")
        # a policy that stopped something of ours would have said so
        assert phone.said == other.said == []
