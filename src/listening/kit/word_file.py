"""A Word file of plain forms: headings, lists, lines to write on; right to left where needed."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

#: languages written from right to left
_RIGHT_TO_LEFT = frozenset(["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"])


class WordFile:
    """One document, written from top to bottom."""

    def __init__(self, title: str, language: str, footer: str, wide: bool = False) -> None:
        from docx import Document
        from docx.enum.section import WD_ORIENT
        from docx.shared import Cm, Pt

        self._document: Any = Document()
        self._back = language.split("-", maxsplit=1)[0] in _RIGHT_TO_LEFT
        self._document.styles["Normal"].font.size = Pt(12)
        self._document.styles["Normal"].font.name = "Arial"
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        if wide:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Cm(29.7), Cm(21)
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(section, side, Cm(2))
        self._turned(section.footer.paragraphs[0]).add_run(footer)
        self._document.core_properties.title = title
        self._document.core_properties.author = footer
        self._document.core_properties.language = language
        self.title(title)

    def title(self, text: str) -> None:
        """Write the document's title."""
        self._write(text, "Heading 1")

    def heading(self, text: str) -> None:
        """Write a heading."""
        self._write(text, "Heading 2")

    def text(self, text: str, bold: bool = False) -> None:
        """Write a paragraph."""
        self._write(text).bold = bold

    def large(self, text: str) -> None:
        """Write what is read out or read from afar."""
        from docx.shared import Pt

        run = self._write(text)
        run.bold, run.font.size = True, Pt(16)

    def small(self, text: str) -> None:
        """Write a remark."""
        from docx.shared import Pt

        self._write(text).font.size = Pt(9)

    def list(self, texts: Iterable[str]) -> None:
        """Write a list with dots."""
        for text in texts:
            self._write(text, "List Bullet")

    def line(self, text: str) -> None:
        """Write a line to fill in."""
        self._write(f"{text}: {'_' * max(10, 60 - len(text))}")

    def cut(self) -> None:
        """Write a line to cut along."""
        self._write("✂" + " -" * 45)

    def new_page(self) -> None:
        """Begin a new page."""
        self._document.add_page_break()

    def table(self, columns: Sequence[str], rows: int, broad: int) -> None:
        """Write an empty table with a heading row that is repeated; one column is broad."""
        from docx.oxml import OxmlElement
        from docx.shared import Cm

        table = self._document.add_table(rows + 1, len(columns), style="Table Grid")
        table.autofit = False
        narrow = 14 / max(1, len(columns) - 1)
        for place, name in enumerate(columns):
            self._turned(table.cell(0, place).paragraphs[0]).add_run(name).bold = True
            column = table.columns[place]
            column.width = Cm(25.7 - 14 if place == broad else narrow)
            for cell in column.cells:  # Word goes by the cells, LibreOffice by the column
                cell.width = column.width
        for row in table.rows[1:]:
            row.height = Cm(1.4)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    def content(self) -> bytes:
        """Return the file."""
        made = io.BytesIO()
        self._document.save(made)
        return made.getvalue()

    def _write(self, text: str, style: str = "Normal") -> Any:
        run = self._turned(self._document.add_paragraph(style=style)).add_run(text)
        run.font.rtl = self._back or None
        return run

    def _turned(self, paragraph: Any) -> Any:
        if self._back:
            from docx.oxml import OxmlElement

            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        return paragraph
