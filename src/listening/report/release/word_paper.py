"""A Word file to write a briefing into: ours, or an organisation's own template."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from listening.errors import UnreadableFile
from listening.report.release.packing import steady

#: what is wanted → names of styles that stand for it, the best first
STYLES = {
    "quote": ("Quote", "Intense Quote", "Quotation"),
    "caption": ("Caption", "Source", "Subtle Reference"),
    "list": ("List Bullet", "List Paragraph", "Bullet"),
    "table": ("Table Grid", "Grid Table 1 Light", "Plain Table 1", "Table Normal"),
    "title": ("Title", "Heading 1"),
    "1": ("Heading 1", "Heading 2", "Title"),
    "2": ("Heading 2", "Heading 3", "Heading 1"),
}


class Paper:
    """One Word file, written from top to bottom; styles are used by name, with fallbacks."""

    def __init__(self, title: str, author: str, footer: str, template: bytes | None) -> None:
        self.word = _opened(template)
        if template is None:
            _dress(self.word)
        self._footer(footer)
        properties = self.word.core_properties
        properties.title, properties.author, properties.language = title, author, "en-GB"
        speaks(self.word, "en-GB")

    def _footer(self, text: str) -> None:
        paragraphs = self.word.sections[0].footer.paragraphs
        if paragraphs and not paragraphs[0].text:
            paragraphs[0].text = text
        else:
            self.word.sections[0].footer.add_paragraph(text)

    def text(self, text: str, bold: str = "") -> None:
        """Write a paragraph, its first words in bold."""
        paragraph = self.word.add_paragraph()
        if bold:
            paragraph.add_run(bold).bold = True
        if text:
            paragraph.add_run(f" {text}" if bold else text)

    def styled(self, text: str, kind: str, keep: bool = False) -> None:
        """Write a paragraph in a style (STYLES); kept on the page of what follows where asked."""
        paragraph = self.word.add_paragraph(text)
        name = self._style(kind)
        if name:
            paragraph.style = self.word.styles[name]
        paragraph.paragraph_format.keep_with_next = keep or None

    def heading(self, text: str, level: int, new_page: bool = False) -> None:
        """Write a heading, 0 for the title; it may begin a page."""
        self.styled(text, "title" if level == 0 else str(level), keep=True)
        if new_page:
            self.word.paragraphs[-1].paragraph_format.page_break_before = True

    def picture(self, image: bytes, title: str, said: str) -> None:
        """Place a picture as wide as the text, with what it says for who cannot see it."""
        section = self.word.sections[-1]
        wide = section.page_width - section.left_margin - section.right_margin
        shape = self.word.add_picture(io.BytesIO(image), width=wide)
        about = shape._inline.docPr
        about.set("descr", said)
        about.set("title", title)
        about.set("name", title)

    def table(
        self,
        heading: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        tall: float = 0,
    ) -> None:
        """Write a table whose first row is a heading, repeated on every page; no row is cut.

        Args:
            heading: of each column.
            rows: of cells.
            widths: of columns, one beside the other.
            tall: centimetres that a row has at least, where somebody writes into it.
        """
        from docx.oxml import OxmlElement
        from docx.shared import Cm

        table = self.word.add_table(len(rows) + 1, len(heading))
        name = self._style("table")
        if name:
            table.style = self.word.styles[name]
        table.autofit = False
        for place, text in enumerate(heading):
            table.cell(0, place).paragraphs[0].add_run(text).bold = True
        for number, row in enumerate(rows, start=1):
            table.rows[number].height = Cm(tall) if tall else None
            for place, text in enumerate(row):
                table.cell(number, place).text = text
        section = self.word.sections[-1]
        room = (section.page_width - section.left_margin - section.right_margin) / Cm(1)
        for place, width in enumerate(widths):
            column = Cm(room * width / sum(widths))
            table.columns[place].width = column  # LibreOffice goes by it, Word by the cells
            for cell in table.columns[place].cells:
                cell.width = column
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for one in table.rows:
            one._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        self.word.add_paragraph()

    def content(self) -> bytes:
        """Return the file: the same words give the same bytes."""
        made = io.BytesIO()
        self.word.save(made)
        return steady(made.getvalue())

    def _style(self, kind: str) -> str:
        from docx.enum.style import WD_STYLE_TYPE

        wanted = WD_STYLE_TYPE.TABLE if kind == "table" else WD_STYLE_TYPE.PARAGRAPH
        known = {style.name for style in self.word.styles if style.type == wanted}
        return next((name for name in STYLES[kind] if name in known), "")


def speaks(word: Any, language: str) -> None:
    """Say in which language a document is, for who has it read out."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    fonts = word.styles["Normal"].element.get_or_add_rPr()
    told = fonts.find(qn("w:lang"))
    if told is None:
        told = OxmlElement("w:lang")
        fonts.append(told)
    told.set(qn("w:val"), language)
    for default in word.styles.element.iter(qn("w:lang")):
        default.set(qn("w:val"), language)


def check_template(content: bytes) -> None:
    """Look whether a file can be a template.

    Raises:
        UnreadableFile: it is no Word document.
    """
    _opened(content)


def _opened(template: bytes | None) -> Any:
    """Open a new document, or an organisation's template without what is written in it."""
    from docx import Document
    from docx.oxml.ns import qn

    if template is None:
        return Document()
    try:
        word = Document(io.BytesIO(template))
    except Exception:  # python-docx says of a file that is none whatever its parts say
        raise UnreadableFile(
            "The template",
            "is no Word document.",
            "Save it in Word as a document (.docx), not as a template (.dotx), and try again.",
        ) from None
    for part in list(word.element.body):
        if part.tag != qn("w:sectPr"):
            word.element.body.remove(part)
    return word


def _dress(word: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(2.2))
    sizes = {"Normal": 11, "Title": 24, "Heading 1": 17, "Heading 2": 13, "Caption": 9, "Quote": 11}
    # four pages as a rule, also where wider letters stand in for Arial
    after = {"Normal": 5, "Title": 6, "Heading 1": 4, "Heading 2": 1, "Caption": 5}
    for name, points in after.items():
        word.styles[name].paragraph_format.space_after = Pt(points)
        word.styles[name].paragraph_format.line_spacing = 1.0
    for name, size in sizes.items():
        style = word.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme's letters would go before Arial
        style.font.color.rgb = RGBColor(0x0B, 0x0C, 0x0C)
    for name in ("Quote", "Caption"):
        word.styles[name].paragraph_format.left_indent = Cm(0.8)
    word.styles["Quote"].paragraph_format.space_after = Pt(2)
    word.styles["Caption"].font.bold = False
