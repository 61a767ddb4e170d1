"""What changed, and what stands beside the order, in a real browser: alone, accessible, narrow."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from listening import report
from tests.browser.chromium import MARKS
from tests.unit.report import fictional_results as fictional
from tests.unit.report.test_report_beside import document as beside_document
from tests.unit.report.test_report_change import document

pytestmark = MARKS


@pytest.fixture(scope="module", params=["change", "beside"])
def saved(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / f"{request.param}.html"
    if request.param == "change":
        page = report.change_html(document(waves=3))
    else:
        page = report.html(replace(fictional.results(), document=beside_document()))
    path.write_text(page, encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_wrong_and_nothing_scrolls_sideways(
    browser: Any, saved: Path, width: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(saved.as_uri())
    found = axe.run(page).response["violations"]
    assert [one["id"] for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert asked == [saved.as_uri()]


@pytest.mark.parametrize("saved", ["change"], indirect=True)
def test_one_picture_of_change_is_shown_for_each_width(browser: Any, saved: Path) -> None:
    for width, kind in ((1280, "wide"), (390, "narrow")):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(saved.as_uri())
        shown = page.locator("figure.chart .picture:visible")
        assert shown.count() == 4
        assert all(kind in shown.nth(n).get_attribute("class") for n in range(4))
