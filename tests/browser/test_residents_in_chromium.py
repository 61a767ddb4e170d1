"""What residents read, and the team's report, on screens of three widths and on paper."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from benchmarks import reading_age
from listening import report
from listening.report.residents import residents_files
from tests.browser.chromium import MARKS
from tests.browser.here import look
from tests.browser.officers import Phone
from tests.unit.report import fictional_results as fictional

pytestmark = MARKS
#: an A4 sheet, in points
A4 = (595, 842)


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    """Where pictures go: kept where LISTENING_TEST_SHOTS names a folder."""
    folder = Path(os.environ.get("LISTENING_TEST_SHOTS", tmp_path / "shots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def opened(browser: Any, shots: Path, name: str, content: bytes) -> Phone:
    place = shots / name
    place.write_bytes(content)
    phone = Phone(browser, shots)
    phone.page.goto(place.as_uri())
    return phone


@pytest.mark.parametrize("status", ["reviewed", "provisional"])
def test_what_residents_read_has_no_barrier_and_says_what_is_done(
    browser: Any, shots: Path, status: str
) -> None:
    files = residents_files(reading_age.example(status))
    phone = opened(browser, shots, f"residents-{status}.html", files["residents.html"])
    look(phone, f"residents-{status}")
    parks = phone.page.locator("article", has_text="Parks").last
    assert "No action is recorded yet." in parks.inner_text()
    assert phone.said == []


def test_on_paper_it_is_a4_in_large_print_and_keeps_what_belongs_together(
    browser: Any, shots: Path
) -> None:
    files = residents_files(reading_age.example())
    phone = opened(browser, shots, "residents.html", files["residents.html"])
    made = phone.page.pdf(prefer_css_page_size=True, path=str(shots / "residents.pdf"))
    sheets = PdfReader(io.BytesIO(made)).pages
    assert 3 <= len(sheets) <= 8
    assert {tuple(map(round, sheet.mediabox[2:])) for sheet in sheets} == {A4}
    texts = [" ".join(sheet.extract_text().split()) for sheet in sheets]
    assert texts[0].startswith("Release 0123456789abcdef. You can share this.")
    for text in texts:
        assert len(text) > 150  # no sheet is all but empty
        assert not text.endswith("What is done about it:")
    assert "No action is recorded yet." in " ".join(texts)
    phone.page.emulate_media(media="print")
    size = phone.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert round(size * 72 / 96, 2) >= 16


def test_the_teams_report_has_no_barrier_on_a_tablet_either(browser: Any, shots: Path) -> None:
    content = report.html(fictional.results()).encode()
    phone = opened(browser, shots, "report.html", content)
    phone.page.wait_for_selector("#chart-drawn svg")
    look(phone, "report")
    # Vega-Lite says so of every layered chart as wide as its place, whatever `autosize` is
    assert [one for one in phone.said if 'Dropping "fit-y"' not in one] == []
