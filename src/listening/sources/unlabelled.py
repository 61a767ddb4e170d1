"""Transcripts and notes without speakers' labels: who says what is a guess, and said to be one."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from listening.sources.lines import (
    Line,
    Spoken,
    Utterance,
    heading_date,
    heading_names,
    is_furniture,
    is_markdown_heading,
    is_meta,
    without_times,
)
from listening.sources.manifest import INTERVIEWER
from listening.sources.speakers import asks

#: Key of the one resident in a file that names no speakers.
RESIDENT = "the resident"
#: A file with this share of questions among its paragraphs, and this many, is a conversation.
_QUESTIONS_SHARE, _QUESTIONS_MIN = 0.12, 3
_COUNTER = re.compile(r"^\s*\d{1,3}(?:[.,:]\d{1,2})?\s*\t\s*")
_ENDS = re.compile(r"[.?!…:;\"'”’)\]]\s*$")
_BULLET = re.compile(r"^\s*(?:[-*•–>]|\d{1,2}[.)])\s+")
_SENTENCE = re.compile(r"\b[a-z]{2,}\s+[a-z]{2,}\b")
_ADDRESS = re.compile(r"^\W*(?:lot\s+)?\d{1,4}[a-z]?,?\s|^\W*[“\"']", re.I)
_STRONG = re.compile(r"\binterview\b|\bdate\s*:|^\W*(?:mrs?|ms|miss|dr)\b", re.I)
_HEADING_LINES = 12
#: Lines no longer than this are taken for wrapped, and those of a printed page as well where
#: enough of them are filled to the edge.
_WIDTH, _PAGE_WIDTH, _FILLED = 100, 140, 0.25

_SECOND_PERSON = re.compile(r"\b(?:you|your|yours|you're|you’re|yourself)\b", re.I)
_FIRST_PERSON = re.compile(r"\b(?:i|i'm|i’m|my|me|we|our|us|i've|i’ve|we're|myself)\b", re.I)
_PROMPT = re.compile(
    r"^\W*(?:(?:and|so|but|now|well|ok|okay|right|oh|yes|yeah)\W+)*"
    r"(?:what|when|where|who|why|how|did|do|does|was|were|is|are|have|has|had|would|could|can)\b"
    r"|^\W*(?:and|so) (?:you|your|that|it|they|there|then)\b"
    r"|^\W*(?:first of all|just|tell me|now)\b",
    re.I,
)
_NOD = re.compile(r"^\W*(?:oh\W+)?(?:right|i see|ok|okay|good|lovely|really|mm+|great)\b", re.I)
#: Odds (natural logarithm) that a paragraph is an interviewer's, by what it shows. Judgement.
_ASKS, _PROMPTS, _NODS, _SAYS_YOU, _SAYS_I, _LONG = 2.6, 0.9, 0.8, 0.7, -1.1, -0.9
#: Odds that the next paragraph is the other speaker's: people take turns, with exceptions.
_TAKES_TURNS = math.log(0.8 / 0.2)


def without_labels(lines: Sequence[Line], *, one_voice: bool) -> Spoken:
    """Return paragraphs with a guessed role each.

    Args:
        lines: a file's lines in order.
        one_voice: the file is known to hold one resident's words or a note about them.
    """
    lines, counters = _without_counters(lines)
    paragraphs = _paragraphs(lines)
    heading, paragraphs = _heading(paragraphs, counters)
    texts = [without_times(paragraph.text) for paragraph in paragraphs]
    asked = sum(asks(text) for text in texts)
    two = not one_voice and asked >= max(_QUESTIONS_MIN, _QUESTIONS_SHARE * len(texts))
    guessed = _alternate(texts) if two else [False] * len(texts)
    spoken = tuple(
        Utterance(paragraph.row, "" if asks_here else RESIDENT, text,
                  INTERVIEWER if asks_here else "participant")
        for paragraph, text, asks_here in zip(paragraphs, texts, guessed, strict=True)
        if text
    )  # fmt: skip
    above = [line.text for line in heading]
    return Spoken(spoken, heading_names(above), heading_date(above), _notes(two, len(heading)))


def _notes(two: bool, heading: int) -> tuple[str, ...]:
    notes = []
    if two:
        notes.append(
            "No speakers are marked. Which paragraphs are the interviewer's is a guess, from "
            "questions and turn-taking: check it, or mark turns “Interviewer:” and “Resident:”."
        )
    else:
        notes.append("No speakers are marked, so the whole text is read as about one person.")
    if heading:
        notes.append(f"The first {heading} lines were taken for a heading.")
    return tuple(notes)


def _without_counters(lines: Sequence[Line]) -> tuple[list[Line], set[int]]:
    """Take tape counters (``1.09`` and a tab) off, and remember which rows had one."""
    result, counted = [], set()
    for line in lines:
        if match := _COUNTER.match(line.text):
            counted.add(line.row)
            line = Line(line.row, line.text[match.end() :])  # noqa: PLW2901
        result.append(line)
    return result, counted


def _paragraphs(lines: Sequence[Line]) -> list[Line]:
    """Join wrapped lines; a line that ends a sentence ends the paragraph too, unless it is full."""
    lengths = [len(line.text) for line in lines if line.text.strip()]
    width = max(lengths, default=0)
    filled = sum(length >= 0.8 * width for length in lengths)
    wrapped = width <= _WIDTH or (width <= _PAGE_WIDTH and filled >= _FILLED * len(lengths))
    result: list[Line] = []
    before = ""
    for line in lines:
        text = line.text
        if is_furniture(text) or is_markdown_heading(line):
            before = ""
            continue
        full = wrapped and len(before) >= 0.7 * width
        goes_on = before.strip() and not _BULLET.match(text) and (full or not _ENDS.search(before))
        if text.strip() and goes_on and not _is_title(before):
            result[-1] = Line(result[-1].row, f"{result[-1].text} {text.strip()}")
        elif text.strip():
            result.append(Line(line.row, _BULLET.sub("", text).strip()))
        before = text
    return result


def _is_title(text: str) -> bool:
    """A line without a clause in small letters: a name, a street, a number of an interview."""
    return bool(_STRONG.search(text) or is_meta(text)) or not _SENTENCE.search(text)


def _heading(paragraphs: Sequence[Line], counters: set[int]) -> tuple[list[Line], list[Line]]:
    """Part the lines above the first words spoken from the rest, if they look like a heading."""
    end = 0
    for paragraph in paragraphs[:_HEADING_LINES]:
        if paragraph.row in counters or asks(paragraph.text):
            break
        if not (_is_title(paragraph.text) or _ADDRESS.match(paragraph.text)):
            break
        end += 1
    heading = list(paragraphs[:end])
    if not any(_STRONG.search(line.text) or is_meta(line.text) for line in heading):
        return [], list(paragraphs)
    return heading, list(paragraphs[end:])


def _alternate(texts: Sequence[str]) -> list[bool]:
    """Return for each paragraph whether the interviewer says it: the likeliest path (Viterbi)."""
    odds = [_interviewer_odds(text) for text in texts]
    best = [0.0, odds[0]]  # best log score that ends with the resident, and with the interviewer
    back: list[tuple[int, int]] = []
    for odd in odds[1:]:
        came = (
            0 if best[0] >= best[1] + _TAKES_TURNS else 1,
            1 if best[1] >= best[0] + _TAKES_TURNS else 0,
        )
        change = (_TAKES_TURNS if came[0] else 0.0, 0.0 if came[1] else _TAKES_TURNS)
        best = [best[came[0]] + change[0], best[came[1]] + change[1] + odd]
        back.append(came)
    state = int(best[1] > best[0])
    path = [state]
    for came in reversed(back):
        state = came[state]
        path.append(state)
    return [bool(state) for state in reversed(path)]


def _interviewer_odds(text: str) -> float:
    words = len(text.split())
    odds = _ASKS if asks(text) else -1.0
    odds += _PROMPTS if _PROMPT.match(text) else 0.0
    odds += _NODS if words <= 6 and _NOD.match(text) else 0.0
    odds += _SAYS_YOU if _SECOND_PERSON.search(text) else 0.0
    odds += _SAYS_I if _FIRST_PERSON.search(text) else 0.0
    return odds + _LONG * math.log1p(max(words - 15, 0) / 15)
