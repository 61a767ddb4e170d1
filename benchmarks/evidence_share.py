"""What share of the sentences about residents in each output resolves to what they stand on?

A made-up programme's outputs are written twice: as they are, and with every name, word and count of
its results changed. A sentence that is the same in both says nothing about its residents: it is of
the method. Every other one must stand on something that is there: a segment, a signed quote, a
theme with segments of its own, a figure of `priorities.json`, or a table of the results.

Pages say it in `data-evidence`, which holds for all that stands inside. Word and Excel have no such
mark: their sentences must be sentences of the release's page, or be put together from what
`priorities.json` of the release says.

`python -m benchmarks.evidence_share`
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

import pandas as pd

from benchmarks import disclosure, sections
from benchmarks.attackers import Programme
from listening import report
from listening.report import Results
from listening.report.actions import Told, poster, residents_page
from listening.report.release import release_files, wording
from listening.report.residents import residents_files

#: elements that begin a sentence of their own
_BLOCKS = frozenset(
    (
        *("p", "li", "h1", "h2", "h3", "h4", "td", "th", "dt", "dd", "caption", "figcaption"),
        *("summary", "blockquote", "section", "figure", "div", "tr", "ol", "ul", "table", "dl"),
        *("details", "header", "footer", "main", "nav"),
    )
)
_SILENT = frozenset(("script", "style", "svg", "head", "select"))
_VOID = frozenset(("meta", "link", "br", "hr", "img", "input", "wbr"))
_CHANGED = frozenset(
    (
        *("name", "statement", "text", "why_order", "sentence", "value", "programme", "wave"),
        *("codebook_version", "words", "example", "description", "question", "notes"),
    )
)
_COUNTED = frozenset(("people", "of", "heard", "segments", "records", "spoke", "not_yet_read"))
_MARK = "Xq"
NOTE = (
    "Of the sentences of each output that change with what residents said, the share that says, or "
    "has, what it stands on: a segment, a signed quote, a theme with segments, a figure of "
    "`priorities.json` or a table of the results, and it is there. A made-up programme."
)
#: fewer words stand in too many sentences to prove anything
_SEVERAL = 3


@dataclass(frozen=True)
class Sentence:
    """One block of text of an output, and what it says that it stands on."""

    text: str
    evidence: tuple[str, ...]


@dataclass
class Share:
    """Of one output: its sentences about residents, and those that stand on nothing."""

    output: str
    sentences: int = 0
    loose: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Return the share that stands on something; 1 where there is no sentence."""
        return 1.0 if not self.sentences else 1 - len(self.loose) / self.sentences


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Sentence] = []
        self._open: list[tuple[str, str]] = []
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._flush()
        if tag not in _VOID:
            self._open.append((tag, dict(attrs).get("data-evidence") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._flush()
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(tag in _SILENT for tag, _ in self._open):
            self._text += data

    def _flush(self) -> None:
        text = " ".join(self._text.split())
        self._text = ""
        if text:
            marks = tuple(token for _, marks in self._open for token in marks.split())
            self.found.append(Sentence(text, marks))


def sentences(page: str) -> list[Sentence]:
    """Return every block of text of a page, with the marks of all that it stands in."""
    read = _Page()
    read.feed(page)
    return read.found


def about_residents(page: str, other: str) -> list[Sentence]:
    """Return the sentences of a page that another programme's page does not have."""
    same = {one.text for one in sentences(other)}
    return [one for one in sentences(page) if one.text not in same and _says(one.text)]


def _says(text: str) -> bool:
    return bool(re.search(r"\w", text))


def page_share(output: str, page: str, other: str, holds: Callable[[str], bool]) -> Share:
    """Return the share of a page's sentences about residents that stand on something."""
    told = Share(output)
    for one in about_residents(page, other):
        told.sentences += 1
        if not one.evidence or not all(holds(token) for token in one.evidence):
            told.loose.append(one.text)
    return told


def working_holds(results: Results) -> Callable[[str], bool]:
    """Return what says whether a mark of the working report leads somewhere."""
    known = set(results.segments["segment_id"])
    coded = results.codings.groupby("code")["segment_id"].agg(set).to_dict()
    for one in results.document["priorities"]:
        quoted = {quote["segment_id"] for quote in one["quotes"]}
        coded[one["id"]] = coded.get(one["id"], set()) | quoted
    files = {name.rpartition(".")[0] for name in report.files(results)}

    def holds(token: str) -> bool:
        kind, _, of = token.partition(":")
        if kind == "segment":
            return of in known
        if kind == "theme":
            return bool(coded.get(of, set()) & known) and _is_theme(results.document, of)
        if kind == "table":
            return of in files
        return kind == "figure" and of in results.document

    return holds


def release_holds(document: Mapping[str, Any]) -> Callable[[str], bool]:
    """Return what says whether a mark of a release leads somewhere in its `priorities.json`."""
    quotes = {q["evidence_id"] for one in document["priorities"] for q in one["quotes"]}

    def holds(token: str) -> bool:
        kind, _, of = token.partition(":")
        if kind == "evidence":
            return of in quotes
        if kind == "theme":
            return _is_theme(document, of)
        return kind == "figure" and of in document

    return holds


def _is_theme(document: Mapping[str, Any], of: str) -> bool:
    return any(one["id"] == of for one in (*document["priorities"], *document["apart"]))


def flat_share(output: str, texts: Iterable[str], other: Iterable[str], said: set[str]) -> Share:
    """Return the share of an output's texts that the page says, or that are made of such parts."""
    same, told = set(other), Share(output)
    for text in texts:
        if text in same or not _says(text):
            continue
        told.sentences += 1
        if not _made_of(text, said):
            told.loose.append(text)
    return told


def _marked(page: str, holds: Callable[[str], bool]) -> set[str]:
    """Return the sentences of a page that stand on something, as they compare."""
    found = [one for one in sentences(page) if one.evidence and all(map(holds, one.evidence))]
    return {_plain(one.text) for one in found}


def _made_of(text: str, said: set[str]) -> bool:
    """Whether a text is said as a whole, or each of its parts is."""
    if _plain(text) in said:
        return True
    parts = [part for part in re.split(r"[.;:·,]\s+|\n", text) if _says(part)]
    return all(_plain(part) in said or _within(_plain(part), said) for part in parts)


def _within(part: str, said: set[str]) -> bool:
    """Whether a part of several words stands within something that is said."""
    return len(part.split()) >= _SEVERAL and any(part in one for one in said)


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" .“”").casefold().removeprefix("raised by ")


def word_texts(content: bytes) -> list[str]:
    """Return every paragraph and cell of a Word file."""
    from docx import Document

    word = Document(io.BytesIO(content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return [" ".join(text.split()) for text in (*(one.text for one in word.paragraphs), *cells)]


def excel_texts(content: bytes) -> list[str]:
    """Return every cell of a workbook that holds words; its figures are those of the document."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True)
    cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    return [" ".join(str(cell).split()) for cell in cells if isinstance(cell, str)]


def told_of(document: Any) -> Iterator[str]:
    """Yield every word and figure of a document."""
    if isinstance(document, Mapping):
        for value in document.values():
            yield from told_of(value)
    elif isinstance(document, list):
        for value in document:
            yield from told_of(value)
    elif document is not None:
        yield str(document)


def changed(value: Any, key: str = "") -> Any:
    """Return a document with every name, word and count of it changed."""
    if isinstance(value, Mapping):
        return {name: changed(inner, name) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [changed(inner, key) for inner in value]
    if isinstance(value, str) and key in _CHANGED and value:
        return f"{value} {_MARK}"
    if key in _COUNTED and isinstance(value, int) and not isinstance(value, bool):
        return value + 20
    return value


def whole(results: Results) -> Results:
    """Return results whose segments hold every passage that stands beside a priority."""
    beside = {
        case["segment_id"]: case["text"]
        for one in results.document["priorities"]
        for case in one["negative_cases"]
    }
    loose = results.uncovered
    if loose is not None:
        beside |= dict(zip(loose["segment_id"], loose["text"], strict=True))
    first = results.segments.iloc[0].to_dict()
    rows = [{**first, "segment_id": of, "text": text} for of, text in beside.items()]
    known = results.segments[~results.segments["segment_id"].isin(beside)]
    return replace(results, segments=pd.concat([known, pd.DataFrame(rows)], ignore_index=True))


def changed_results(results: Results) -> Results:
    """Return results of which every name, word and count is another."""
    return replace(
        results,
        document=changed(results.document),
        topics=_changed_table(results.topics),
        campaigns=_changed_table(results.campaigns),
        uncovered=None if results.uncovered is None else _changed_table(results.uncovered),
        reach=_changed_table(results.reach),
    )


def _changed_table(table: pd.DataFrame) -> pd.DataFrame:
    told = table.copy()
    for column in told.columns:
        if column in _CHANGED:
            told[column] = told[column].map(lambda cell: f"{cell} {_MARK}" if cell else cell)
        elif column in _COUNTED:
            told[column] = told[column] + 20
    return told


def released(seed: int = 3, people: int = 400) -> dict[str, Any]:
    """Return the released document of a made programme."""
    made = disclosure._release(Programme.make(seed, people), "standard", [])
    if made is None:
        raise ValueError("this made programme is not released: choose another seed")
    for row in made.document["priorities"]:
        for number, quote in enumerate(row["quotes"]):
            quote["evidence_id"] = f"{row['id']}-{number}"
    return made.document


def shares(results: Results, document: Mapping[str, Any]) -> list[Share]:
    """Return the share of every output.

    Args:
        results: working results.
        document: a released `priorities.json`.
    """
    other = changed(document)
    out, beside = release_files(document, {}), release_files(other, {})
    page, apart = out["report.html"].decode(), beside["report.html"].decode()
    holds = release_holds(document)
    plain, plain_beside = _residents(document), _residents(other)
    acted_beside = _acted(other)
    said = _marked(page, holds) | {_plain(one) for one in told_of(document)}
    said |= {_plain(wording.line(one, document)) for one in document["priorities"]}
    return [
        page_share(
            "report.html, working",
            report.html(results),
            report.html(changed_results(results)),
            working_holds(results),
        ),
        page_share("report.html of a release", page, apart, holds),
        flat_share(
            "briefing.docx",
            word_texts(out["briefing.docx"]),
            word_texts(beside["briefing.docx"]),
            said,
        ),
        page_share(
            "residents.html",
            plain["residents.html"].decode(),
            plain_beside["residents.html"].decode(),
            holds,
        ),
        flat_share(
            "residents.docx",
            word_texts(plain["residents.docx"]),
            word_texts(plain_beside["residents.docx"]),
            said | _marked(plain["residents.html"].decode(), holds),
        ),
        *(
            page_share(name, acted, acted_beside[name], holds)
            for name, acted in _acted(document).items()
        ),
        flat_share(
            "evidence.xlsx",
            excel_texts(out["evidence.xlsx"]),
            excel_texts(beside["evidence.xlsx"]),
            said,
        ),
    ]


def _residents(document: Mapping[str, Any]) -> dict[str, bytes]:
    """Return what residents read of a release in which the first priority is answered."""
    first, *others = document["priorities"]
    done = {"told": "We are at work on it.", "status": "testing", "helped": ""}
    told = [{**first, "done": [done]}, *({**one, "done": []} for one in others)]
    return residents_files({**document, "priorities": told})


def _acted(document: Mapping[str, Any]) -> dict[str, str]:
    """Return what residents read of what was done: the first theme is answered, others are not."""
    done = {"told": f"We mend {document['programme']}.", "status": "in place", "helped": "yes",
            "asked": 20}  # fmt: skip
    told = [
        Told(one["name"], tuple(one["quotes"]), (done,) if number == 0 else (), one["id"])
        for number, one in enumerate(document["priorities"])
    ]
    about = str(document["programme"]), str(document["release"]), str(document["wave"]), told
    return {"you said, we did": residents_page(*about), "its poster": poster(*about)}


def main() -> None:
    """Write the share of every output down, and print each sentence that stands on nothing."""
    from tests.unit.report import fictional_results as fictional

    found = shares(whole(fictional.results()), released())
    table = ["| Output | Sentences about residents | Share |", "|---|--:|--:|"]
    table += [f"| {one.output} | {one.sentences:,} | {one.share:.3f} |" for one in found]
    print("\n".join(table))
    sections.write(
        "Evidence of sentences", "python -m benchmarks.evidence_share", [NOTE, "", *table]
    )
    for one in found:
        for text in one.loose:
            print(f"{one.output}: {text}")


if __name__ == "__main__":
    main()
