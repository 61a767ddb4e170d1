"""Lines of a transcript or note, whatever file they came from, and what in them is no speech."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from listening.sources.cells import is_name
from listening.sources.dates import to_iso
from listening.sources.encoding import clean


@dataclass(frozen=True)
class Line:
    """A line of a file, numbered from 1; an empty text is a gap between paragraphs.

    `speaker` is who says it, where the file's own marks leave no doubt (a voice tag, a table).
    """

    row: int
    text: str
    speaker: str = ""


@dataclass(frozen=True)
class Utterance:
    """What one speaker says in one go. `role` and `voice` are empty until they are known."""

    row: int
    speaker: str
    text: str
    role: str = ""
    voice: str = ""


@dataclass(frozen=True)
class Spoken:
    """Utterances in order, with what the file gives away beside them."""

    utterances: tuple[Utterance, ...]
    names: tuple[str, ...] = ()
    date: str = ""
    notes: tuple[str, ...] = ()


#: Teams writes ``0:0:3.500`` too: hours, minutes and seconds without leading noughts.
_CLOCK = r"(?:\d{1,2}:\d{1,2}:\d{1,2}[.,]\d{1,7}|(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?)"
#: A time that stands alone, in brackets, or between hashes.
TIME = rf"(?:[\[(<#]\s?{_CLOCK}\s?[\])>#]|{_CLOCK})"
_MARKED_TIME = re.compile(rf"\s{{0,3}}[\[(<#]\s?{_CLOCK}(?:\s?[-–]\s?{_CLOCK})?\s?[\])>#]")
_ONLY_TIME = re.compile(rf"^\s*{TIME}(?:\s*(?:-->|[-–])\s*{TIME})?\s*$")
_PAGE = re.compile(
    r"^\s*(?:[-–]\s?\d{1,4}\s?[-–]|\d{1,4}|(?:page|p\.)\s?\d{1,4}(?: of \d{1,4})?)\s*$", re.I
)
#: What programs that write transcripts put above, below and between people's words.
_MACHINE = re.compile(
    r"^\W*(?:transcribed by (?:https?://)?otter\.ai"
    r"|this transcript was (?:generated|created|exported) .{1,80}"
    r"|(?:ai|machine)[ -]generated (?:content|transcript).{0,60}"
    r"|(?:auto-?)?transcript(?:ion)? (?:started|ended|stopped))\W*$",
    re.I,
)
#: Teams; a person's own sentence would end in a full stop.
_STARTED = re.compile(r"^\s*.{1,60}\s(?:started|stopped) transcription\s*$")
_TAPE = re.compile(
    r"^\W*(?:blank\s+)?(?:end|end (?:of )?(?:the )?"
    r"(?:tape|side|interview|transcript|recording)\b.{0,25}"
    r"|(?:tape|side) (?:\d|[a-z]|one|two|three|four)(?: (?:starts|begins|ends))?)\W*$",
    re.I,
)
_RULE = re.compile(r"^[-=_*•·.\s]{3,}$")
_FURNITURE = (_PAGE, _TAPE, _RULE, _ONLY_TIME, _MACHINE, _STARTED)
_HEADING_MARK = re.compile(r"^\s{0,3}#{1,6}\s+")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1")
_META = re.compile(
    r"^\s*(?:interview(?:ed)?[ -]?(?:by|no\.?|number|id|date)?|date(?: of interview)?|place"
    r"|location|venue|time|(?:start|end) time|duration|length|language|title|project|programme"
    r"|transcri(?:bed|ber|pt)(?: by)?|record(?:ed|ing)(?: by)?|file(?: ?name)?|ref(?:erence)?"
    r"|audio|consent|participant (?:id|no\.?|number)|subject|topic|present|attendees|study|method"
    r"|mode|notes? (?:by|taker)|note-taker|officer)\s*[.:]",
    re.I,
)
_PERSON_META = re.compile(
    r"^\s*(?:interview(?:ed)? (?:by|with)|transcri(?:bed|ber)(?: by)?|recorded by"
    r"|notes? (?:by|taker)|note-taker|present|attendees|interviewe[re]|participant|officer)"
    r"\s*:?\s*(?P<names>.+)$",
    re.I,
)
_TITLED = re.compile(r"\b(?:mrs?|ms|miss|mx|dr)\b\.?\s+(?P<name>[^\W\d_][^\t\[(*,;\d]{2,50})", re.I)
_DATE_META = re.compile(r"\bdate(?: of interview)?\s*:\s*(?P<date>.+)$", re.I)


def text_lines(text: str, *, markdown: bool = False) -> list[Line]:
    """Return the lines of a text, numbered; Markdown's bold marks are taken off."""
    lines = [Line(number, line.rstrip()) for number, line in enumerate(text.split("\n"), start=1)]
    if not markdown:
        return lines
    return [Line(line.row, _EMPHASIS.sub(r"\2", line.text)) for line in lines]


def paragraphs(blocks: Iterable[str]) -> list[Line]:
    """Return the lines of a document's paragraphs, with a gap after each; rows count paragraphs."""
    lines: list[Line] = []
    for row, text in enumerate(blocks, start=1):
        lines += [Line(row, part.rstrip()) for part in clean(text).split("\n")]
        lines.append(Line(row, ""))
    return lines


def is_markdown_heading(line: Line) -> bool:
    """Tell whether a line is a heading (``# Notes``)."""
    return bool(_HEADING_MARK.match(line.text))


def is_furniture(text: str) -> bool:
    """Tell whether a line is a page number, a tape mark, a rule or a time, and nobody's words."""
    return any(pattern.match(text) for pattern in _FURNITURE)


def is_time(text: str) -> bool:
    """Tell whether a line holds a time, or a time and another, and nothing else."""
    return bool(_ONLY_TIME.match(text))


def is_meta(text: str) -> bool:
    """Tell whether a line states something about the interview (``Date: …``)."""
    return bool(_META.match(text))


def without_times(text: str) -> str:
    """Return `text` without times in brackets or between hashes."""
    return _MARKED_TIME.sub("", text).strip()


def join(parts: Sequence[Line]) -> str:
    """Join the lines of one turn: a gap starts a new paragraph, a mere line end does not."""
    paragraphs: list[list[str]] = [[]]
    for part in parts:
        if part.text.strip():
            paragraphs[-1].append(part.text.strip())
        elif paragraphs[-1]:
            paragraphs.append([])
    return "\n".join(" ".join(words) for words in paragraphs if words)


def heading_names(heading: Iterable[str]) -> tuple[str, ...]:
    """Return names of people that a heading gives away: after a title, or after “by”."""
    names: dict[str, None] = {}
    for text in heading:
        if match := _TITLED.search(text):
            names[_tidy(match["name"])] = None
        if match := _PERSON_META.match(text):
            for part in re.split(r"[,;&]|\band\b", match["names"]):
                if is_name(part):
                    names[_tidy(part)] = None
    return tuple(name for name in names if name)


def heading_date(heading: Iterable[str]) -> str:
    """Return the date that a heading states, as ISO text, or ""."""
    for text in heading:
        if (match := _DATE_META.search(text)) and (iso := to_iso(match["date"].strip(" .\t"))):
            return iso
    return ""


def _tidy(name: str) -> str:
    """Names in capitals are put as they stand in running text."""
    name = " ".join(name.split()).strip(" .,")
    return name.title() if name.isupper() else name
