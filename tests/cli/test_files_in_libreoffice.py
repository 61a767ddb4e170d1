"""Released files and forms to print, opened and put on paper by LibreOffice itself."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from benchmarks.evidence_share import released
from listening.kit import field_kit
from listening.programme import load as load_programme
from listening.report.framework import workbook
from listening.report.release.briefing import briefing
from listening.report.release.evidence import evidence
from listening.report.residents import residents_files
from tests.conftest import ROOT

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(
    OFFICE is None,
    reason="needs LibreOffice: apt-get install --no-install-recommends libreoffice-calc "
    "libreoffice-writer",
)
LONG = "The damp in our flat comes back every winter, and nobody answers the telephone. " * 4


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    told = {**released(), "release": "0123456789abcdef", "number": 1, "programme": "Mill Town"}
    told["priorities"][0]["statement"] = LONG
    return told


def _files(document: dict[str, Any]) -> dict[str, bytes]:
    rules = (ROOT / "examples" / "programme_tallow_wharf.toml").read_text(encoding="utf-8")
    kit = field_kit(load_programme(rules, "programme.toml"), 2, lambda: "K7QF-39MX")
    matrix = pd.DataFrame([{"participant_id": "P1", "place": "Quayside", "housing": LONG}] * 30)
    words = pd.DataFrame([{"participant_id": "P1", "words": LONG, "code": "housing"}])
    codes = pd.DataFrame([{"code": "housing", "definition": LONG}])
    return {
        "briefing.docx": briefing(document),
        "evidence.xlsx": evidence(document),
        "framework.xlsx": workbook(matrix, words, codes, 2),
        "residents.docx": residents_files(document)["residents.docx"],
        **kit.files,
    }


@pytest.fixture(scope="module")
def opened(document: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every file as a PDF, and the workbooks as LibreOffice would save them, in `again`."""
    folder = tmp_path_factory.mktemp("office")
    for name, content in _files(document).items():
        (folder / name).write_bytes(content)
    _convert(folder, "pdf", folder, "*.*")
    _convert(folder, "xlsx", folder / "again", "*.xlsx")
    return folder


def _convert(folder: Path, kind: str, to: Path, which: str) -> None:
    subprocess.run(
        [str(OFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless",
         "--convert-to", kind, "--outdir", str(to), *map(str, sorted(folder.glob(which)))],
        capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip


def pages(path: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(path).pages]


def test_every_file_is_put_on_paper(document: dict[str, Any], opened: Path) -> None:
    for name in _files(document):
        told = pages((opened / name).with_suffix(".pdf"))
        assert told, name
        assert all(page.strip() for page in told), f"{name} has an empty page"


def test_the_briefing_takes_no_more_than_four_pages(opened: Path) -> None:
    told = pages(opened / "briefing.pdf")
    assert len(told) <= 4
    assert "What happens next" in told[-1]


@pytest.mark.parametrize("name", ["evidence", "framework"])
def test_a_workbook_saved_by_libreoffice_holds_the_same_cells(opened: Path, name: str) -> None:
    ours, theirs = (
        {sheet.title: [list(row) for row in sheet.values] for sheet in load_workbook(path)}
        for path in (opened / f"{name}.xlsx", opened / "again" / f"{name}.xlsx")
    )
    assert theirs == ours


@pytest.mark.parametrize("name", ["evidence", "framework"])
def test_a_sheet_is_one_page_wide_and_its_heading_stands_on_each(opened: Path, name: str) -> None:
    book = load_workbook(opened / "again" / f"{name}.xlsx")
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    for sheet in book.worksheets[1 if name == "evidence" else 0 :]:
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.auto_filter.ref == sheet.dimensions


def test_rows_are_as_tall_as_what_stands_in_them(opened: Path) -> None:
    sheet = load_workbook(opened / "framework.xlsx")["Passages"]
    assert sheet.row_dimensions[2].height > 7 * 13
