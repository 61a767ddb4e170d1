"""The experience map on a phone, where it reads as a list, and on a desk, where it is drawn."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from listening.steps.kept_folder import results_folder
from tests.browser.chromium import MARKS
from tests.browser.here import look, served, signed_in
from tests.browser.test_panel_in_chromium import shots
from tests.unit.report.test_report_journey import STEPS, told
from tests.web.panel_town import keep_document
from tests.web.town import NoModels, Town, town_at

pytestmark = MARKS


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    # the browser's driver keeps a loop in this thread, and Django takes that for asynchronous code
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with town_at(tmp_path / "home", NoModels()) as opened:
        yield opened


def test_the_map_is_a_list_on_a_phone_and_a_drawing_beside_it_on_a_desk(
    browser: Any, town: Town, tmp_path: Path
) -> None:
    document = {**keep_document(town), "journey": told(*STEPS)}
    kept = results_folder(town.site.work(town.here)) / "made" / "priorities.json"
    kept.write_text(json.dumps(document), encoding="utf-8")
    with served(town) as url:
        phone = signed_in(browser, shots(tmp_path), url, "lead")
        phone.page.get_by_role("link", name="Experience map").click()
        drawn = phone.page.get_by_role("img")
        assert not drawn.is_visible()
        assert phone.page.get_by_role("heading", name="The keys").is_visible()
        look(phone, "journey")
        phone.page.set_viewport_size({"width": 1440, "height": 900})
        assert drawn.is_visible()
    assert phone.said == []
