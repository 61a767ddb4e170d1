"""briefing.docx: what matters most, how sure that is, who was heard and who was not."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from listening.report import ties, words
from listening.report.passages import inner_marks
from listening.report.release import wording
from listening.report.release.packing import steady


def briefing(document: Mapping[str, Any]) -> bytes:
    """Return the briefing as a Word file."""
    from docx import Document
    from docx.shared import Cm, Pt

    word = Document()
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(2.2))
    section.footer.paragraphs[0].text = wording.may_go(document)
    word.core_properties.title = f"{document['programme']}: briefing"
    word.core_properties.author = str(document["programme"])
    word.core_properties.language = "en-GB"
    _first_page(word, document)
    _themes(word, document)
    _who(word, document)
    _method(word, document)
    made = io.BytesIO()
    word.save(made)
    return steady(made.getvalue())


def _first_page(word: Any, document: Mapping[str, Any]) -> None:
    status = wording.status(document)
    said = word.add_paragraph()
    said.add_run(f"{status['word']}: {status['first']}").bold = True
    said.add_run(f" {status['rest']}")
    word.add_paragraph().add_run(wording.may_go(document)).bold = True
    word.add_heading(str(document["programme"]) or "What residents told us", 0)
    word.add_heading(wording.headline(document), 1)
    word.add_paragraph(wording.heard(document))
    top = document["priorities"][: document["k"]]
    _table(
        word,
        ("Place", "Theme", "Raised by", "How sure"),
        [
            (
                wording.place(one, document),
                one["name"],
                wording.reach(one),
                "; ".join(
                    part for part in (wording.sure(one, document), wording.spread(one)) if part
                )
                or "not told",
            )
            for one in top
        ],
        (1.6, 5.0, 5.2, 4.8),
    )
    left = len(document["priorities"]) - len(top)
    if left:
        word.add_paragraph(f"{words.counted(left, 'further theme')} follow below.")
    for sentence in ties.sentences(document["priorities"], len(top)):
        word.add_paragraph(sentence, style="List Bullet")
    for sentence in (*document["notes"], wording.not_yet_read(document)):
        if sentence:
            word.add_paragraph(sentence)


def _themes(word: Any, document: Mapping[str, Any]) -> None:
    word.add_heading("Theme by theme", 1)
    for one in document["priorities"]:
        word.add_heading(f"{wording.place(one, document)} {one['name']}", 2)
        if one["statement"]:
            word.add_paragraph(one["statement"])
        known = f"Raised by {wording.line(one, document)}."
        hidden = "How many people raised it is withheld: it could say how a few of them spoke."
        word.add_paragraph(known if wording.known(one) else hidden)
        for quote in one["quotes"]:
            _quote(word, quote)


def _quote(word: Any, quote: Mapping[str, Any]) -> None:
    if quote["voice"] == "verbatim":
        word.add_paragraph(f"“{inner_marks(quote['text'])}”", style="Quote")
    else:
        told = word.add_paragraph()
        told.add_run(words.INTRODUCTIONS["paraphrase"]).bold = True
        told.add_run(f" {quote['text']}")
    word.add_paragraph(wording.provenance(quote), style="Caption")


def _who(word: Any, document: Mapping[str, Any]) -> None:
    word.add_heading("Who we heard, and who we did not", 1)
    _table(
        word,
        ("Source", "People", "Say in the order"),
        [
            (words.source(kind), wording.about(one["people"]), _say(one))
            for kind, one in document["sources"].items()
        ],
        (6.0, 5.0, 5.6),
    )
    if said := wording.covered(document):
        word.add_paragraph(said)
    if document["not_heard"]:
        word.add_heading("Not heard, or hardly", 2)
        word.add_paragraph(
            "What these groups would have said is not known. Where a theme is missing it was not "
            "heard; that is not the same as not a concern."
        )
        _list(word, (one["sentence"] for one in document["not_heard"]))
    if document["protected"]:
        word.add_heading("What matters most to some groups", 2)
        _list(word, map(wording.protected, document["protected"]))


def _say(one: Mapping[str, Any]) -> str:
    if not one["votes"]:
        return "none: too few took part"
    return "not told" if one["alpha"] is None else f"about {round(100 * one['alpha'])} in 100"


def _method(word: Any, document: Mapping[str, Any]) -> None:
    word.add_heading("How this was made", 1)
    _list(word, wording.METHOD)
    version = document["codebook_version"] or "none"
    word.add_paragraph(
        f"Codebook {version}. Disclosure profile {document['profile']}. {wording.may_go(document)}"
    )


def _list(word: Any, texts: Iterable[str]) -> None:
    for text in texts:
        word.add_paragraph(text, style="List Bullet")


def _table(
    word: Any, heading: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]
) -> None:
    """Write a table whose first row is a heading that is repeated on every page."""
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    table = word.add_table(len(rows) + 1, len(heading), style="Table Grid")
    table.autofit = False
    for place, name in enumerate(heading):
        table.cell(0, place).paragraphs[0].add_run(name).bold = True
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row):
            table.cell(number, place).text = text
    for place, width in enumerate(widths):
        for cell in table.columns[place].cells:
            cell.width = Cm(width)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    word.add_paragraph()
