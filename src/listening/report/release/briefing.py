"""briefing.docx: what matters most, how sure that is, who was heard and who was not, what is next.

Four pages as a rule: the headline with its chart; the priorities; who was heard and who was not;
how it was made, with a table for what happens next. In an organisation's own template where one is
given.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from listening.report import chart, ties, words
from listening.report.passages import inner_marks
from listening.report.release import wording
from listening.report.release.page import drawn
from listening.report.release.word_paper import Paper

#: quotes of one theme, for the sake of four pages; all of them stand in report.html
MOST_QUOTES = 1
_WIDE = 720


def briefing(document: Mapping[str, Any], template: bytes | None = None) -> bytes:
    """Return the briefing as a Word file.

    Args:
        document: the released `priorities.json`.
        template: a Word file whose styles, margins, header and footer are taken.

    Raises:
        UnreadableFile: the template is no Word document.
    """
    programme = str(document["programme"])
    paper = Paper(f"{programme}: briefing", programme, wording.may_go(document), template)
    _headline(paper, document)
    _priorities(paper, document)
    _who(paper, document)
    _method(paper, document)
    _next(paper, document)
    return paper.content()


def _headline(paper: Paper, document: Mapping[str, Any]) -> None:
    status = wording.status(document)
    paper.text(status["rest"], bold=f"{status['word']}: {status['first']}")
    paper.text("", bold=wording.may_go(document))
    paper.heading(str(document["programme"]) or "What residents told us", 0)
    paper.heading(wording.headline(document), 1)
    paper.text(wording.heard(document))
    top = document["priorities"][: document["k"]]
    paper.table(
        ("Place", "Theme", "Raised by", "How sure"),
        [
            (wording.place(one, document), one["name"], wording.reach(one), _sure(one, document))
            for one in top
        ],
        (1.8, 3.8, 4.2, 6.8),
    )
    left = len(document["priorities"]) - len(top)
    if left:
        paper.text(f"{words.counted(left, 'further theme')} follow below.")
    for sentence in ties.sentences(document["priorities"], len(top)):
        paper.styled(sentence, "list")
    _chart(paper, document)


def _sure(one: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    ends = wording.spread(one)
    parts = [wording.sure(one, document), f"by sampling alone {ends}" if ends else ""]
    return "; ".join(part for part in parts if part) or "not told"


def _chart(paper: Paper, document: Mapping[str, Any]) -> None:
    """Draw what the table says, where any figure is told."""
    shown = drawn(document)
    if shown.rows:
        title = f"Chart: {chart.axis_title(shown).lower()}"
        said = f"{title}. {' '.join(chart.description(shown))}"
        paper.picture(chart.png(shown, _WIDE), title, said)


def _priorities(paper: Paper, document: Mapping[str, Any]) -> None:
    paper.heading("Theme by theme", 1, new_page=True)
    for one in document["priorities"]:
        paper.heading(f"{wording.place(one, document)} {one['name']}", 2)
        if one["statement"]:
            paper.text(one["statement"])
        known = f"Raised by {wording.line(one, document)}."
        hidden = "How many people raised it is withheld: it could say how a few of them spoke."
        paper.text(known if wording.known(one) else hidden)
        for quote in one["quotes"][:MOST_QUOTES]:
            _quote(paper, quote)


def _quote(paper: Paper, quote: Mapping[str, Any]) -> None:
    if quote["voice"] == "verbatim":
        paper.styled(f"“{inner_marks(quote['text'])}”", "quote", keep=True)
    else:
        paper.text(quote["text"], bold=words.INTRODUCTIONS["paraphrase"])
    paper.styled(wording.provenance(quote), "caption")


def _who(paper: Paper, document: Mapping[str, Any]) -> None:
    paper.heading("Who we heard, and who we did not", 1, new_page=True)
    paper.table(
        ("Source", "People", "Say in the order"),
        [
            (words.source(kind), wording.about(one["people"]), _say(one))
            for kind, one in document["sources"].items()
        ],
        (6.0, 5.0, 5.6),
    )
    for said in (wording.covered(document), *document["notes"], wording.not_yet_read(document)):
        if said:
            paper.text(said)
    if document["not_heard"]:
        paper.heading("Not heard, or hardly", 2)
        paper.text(
            "What these groups would have said is not known. Where a theme is missing it was not "
            "heard; that is not the same as not a concern."
        )
        for one in document["not_heard"]:
            paper.styled(one["sentence"], "list")
    if document["protected"]:
        paper.heading("What matters most to some groups", 2)
        for said in map(wording.protected, document["protected"]):
            paper.styled(said, "list")


def _say(one: Mapping[str, Any]) -> str:
    if not one["votes"]:
        return "none: too few took part"
    return "not told" if one["alpha"] is None else f"about {round(100 * one['alpha'])} in 100"


def _method(paper: Paper, document: Mapping[str, Any]) -> None:
    paper.heading("How this was made", 1, new_page=True)
    for said in wording.METHOD:
        paper.styled(said, "list")
    version = document["codebook_version"] or "none"
    paper.text(
        f"Codebook {version}. Disclosure profile {document['profile']}. {wording.may_go(document)}"
    )


def _next(paper: Paper, document: Mapping[str, Any]) -> None:
    paper.heading("What happens next", 1)
    paper.text("To be filled in by whoever decides.")
    rows = [(one["name"], "", "", "") for one in document["priorities"][: document["k"]]]
    paper.table(("Theme", "What we will do", "Who", "By when"), rows, (4, 6, 3.3, 3.3), tall=1.1)
