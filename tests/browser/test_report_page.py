"""The page in a real browser: it runs alone, lets nothing in, and everyone can use it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from listening import report
from tests.browser.chromium import MARKS
from tests.unit.report import fictional_equity, fictional_small
from tests.unit.report import fictional_results as fictional
from tests.unit.report.fictional_passages import ATTACK

pytestmark = MARKS


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a page on disk whose theme, quote and topic all try to run a script."""
    document = fictional.document()
    document["priorities"][1]["name"] = f"Money {ATTACK}"
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report.html(replace(fictional.results(), document=document)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "small.html"
    path.write_text(report.html(fictional_small.small()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "coded.html"
    document = fictional_equity.coded(fictional.document())
    path.write_text(report.html(replace(fictional.results(), document=document)), encoding="utf-8")
    return path


def _open(browser: Any, path: Path, width: int = 1440, **options: Any) -> Any:
    page = browser.new_page(viewport={"width": width, "height": 900}, **options)
    page.goto(path.as_uri())
    if options.get("java_script_enabled", True):
        page.wait_for_selector("#chart-drawn svg")
    return page


def test_the_page_asks_for_no_other_file_and_breaks_none_of_its_own_rules(
    browser: Any, saved: Path
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else 0)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(saved.as_uri())
    page.wait_for_selector("#chart-drawn svg")

    assert asked == [saved.as_uri()]
    assert said == []


def test_a_script_in_what_a_resident_said_does_not_run(browser: Any, saved: Path) -> None:
    page = _open(browser, saved)
    dot = page.locator("#chart-drawn .mark-symbol path").nth(1)
    dot.scroll_into_view_if_needed()
    box = dot.bounding_box()
    for step in range(2):
        page.mouse.move(box["x"] + box["width"] / 2 + step, box["y"] + box["height"] / 2)
    page.wait_for_selector("#vg-tooltip-element.visible")

    assert "onerror" in page.locator("#vg-tooltip-element").inner_text()
    assert page.title().startswith("PROVISIONAL")
    assert page.locator("img").count() == 0


def test_even_a_script_that_slipped_in_would_be_refused(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    html = report.html(fictional.results())
    path.write_text(html.replace("<h1>", "<script>document.title='owned'</script><h1>"), "utf-8")

    assert _open(browser, path).title().startswith("PROVISIONAL")


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_wrong_even_with_everything_unfolded(
    browser: Any, saved: Path, small: Path, coded: Path, width: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for path in (saved, small, coded):
        page = _open(browser, path, width)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        found = axe.run(page).response["violations"]

        assert [one["id"] for one in found] == []


def test_a_phone_need_not_scroll_sideways(
    browser: Any, saved: Path, small: Path, coded: Path
) -> None:
    for path in (saved, small, coded):
        page = _open(browser, path, 390)

        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_without_scripts_the_chart_is_a_picture(browser: Any, saved: Path) -> None:
    page = _open(browser, saved, 390, java_script_enabled=False)

    assert page.locator("#chart .picture.narrow svg").is_visible()
    assert not page.locator("#chart-choice").is_visible()


def test_choosing_a_source_redraws_the_chart_with_its_figures(browser: Any, saved: Path) -> None:
    page = _open(browser, saved)
    assert "86 of 179" in page.locator("#chart-drawn").inner_text()

    page.get_by_label("Show figures for").select_option("survey")
    page.wait_for_function(
        "document.getElementById('chart-drawn').textContent.includes('44 of 96 (46%)')"
    )

    assert "86 of 179" not in page.locator("#chart-drawn").inner_text()


def test_the_map_says_what_a_topic_is_on_pointing_and_with_the_keyboard(
    browser: Any, saved: Path
) -> None:
    page = _open(browser, saved)
    card = page.locator("#map-card")
    link = page.locator("#map-figure a.topic:visible").first
    link.hover()
    card.wait_for()
    assert "48 people. A steady topic" in card.inner_text()
    assert "“" in card.inner_text()
    page.keyboard.press("Escape")
    assert not card.is_visible()

    page.mouse.move(0, 0)
    link.focus()
    page.keyboard.press("Tab")
    assert "41 people. An unsteady topic. Unstable" in card.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**#topic-1")
    assert page.locator("#topic-1 details").get_attribute("open") is not None
    assert not card.is_visible()


def test_the_map_is_of_links_to_the_table_where_no_script_runs(browser: Any, saved: Path) -> None:
    page = _open(browser, saved, 390, java_script_enabled=False)
    page.locator("#map-figure a.topic:visible").first.click()

    assert page.url.endswith("#topic-0")
    assert page.locator("#map-figure svg.map:visible").count() == 1


def test_paper_shows_what_was_folded_and_the_picture_for_everyone(
    browser: Any, saved: Path
) -> None:
    page = _open(browser, saved)
    page.emulate_media(media="print")

    assert page.locator("#chart .picture.wide svg").is_visible()
    assert page.locator("#map-figure .picture.wide svg").is_visible()
    assert not page.locator("#map-figure .picture.narrow svg").is_visible()
    assert not page.locator("#chart-drawn").is_visible()
    assert page.get_by_text("Our flat is grand").is_visible()
