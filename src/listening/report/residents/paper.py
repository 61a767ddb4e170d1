"""residents.docx: the same words in Word, in large print on A4."""

from __future__ import annotations

import io
from typing import Any

from listening.report.release.packing import steady
from listening.report.release.word_paper import speaks
from listening.report.residents.telling import Part, Plain

#: large print, as the Royal National Institute of Blind People asks for: 16 points and more
_LETTERS = 16
_BIG = {"Title": 30, "Heading 1": 24, "Heading 2": 20}


def word_file(told: Plain, language: str) -> bytes:
    """Return the Word file."""
    from docx import Document

    word = Document()
    _dress(word, told, language)
    word.add_paragraph().add_run(told.face).bold = True
    word.add_heading(told.title, 0)
    if told.programme:
        word.add_paragraph(told.programme)
    if told.caution:
        word.add_paragraph().add_run(told.caution).bold = True
    for part in told.parts:
        _part(word, part)
    made = io.BytesIO()
    word.save(made)
    return steady(made.getvalue())


def _dress(word: Any, told: Plain, language: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(2))
    section.footer.paragraphs[0].text = told.face
    for name, size in {
        "Normal": _LETTERS,
        "List Bullet": _LETTERS,
        "Quote": _LETTERS,
        **_BIG,
    }.items():
        style = word.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme's letters would go before Arial
        style.font.italic = False
        style.font.color.rgb = RGBColor(0x0B, 0x0C, 0x0C)
    quote = word.styles["Quote"].paragraph_format
    quote.left_indent, quote.space_after = Cm(1), Pt(10)
    spoken = "en-GB" if language == "en" else language
    word.core_properties.title = f"{told.title}: {told.programme}" if told.programme else told.title
    word.core_properties.author = told.programme
    word.core_properties.language = spoken
    speaks(word, spoken)


def _part(word: Any, part: Part) -> None:
    word.add_heading(part.heading, 1)
    for line in part.lines:
        word.add_paragraph(line)
    for item in part.items:
        word.add_paragraph(item, style="List Bullet")
    for theme in part.themes:
        word.add_heading(f"{theme.number}. {theme.name}", 2)
        for line in theme.lines:
            word.add_paragraph(line)
        for quote in theme.quotes:
            word.add_paragraph(quote.before).paragraph_format.keep_with_next = True
            words = " ".join(one for one in (quote.words, quote.after) if one)
            word.add_paragraph(words, style="Quote")
        word.add_paragraph(theme.answer).paragraph_format.keep_with_next = bool(theme.done)
        for one in theme.done:
            word.add_paragraph(one, style="List Bullet")
    for line in part.last:
        word.add_paragraph(line)
