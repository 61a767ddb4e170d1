"""From spaCy's documents to plain spans, and texts too long for it in parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from listening.records import Entity, Parsed, Span, Spans

_PARAGRAPH = re.compile(r"\n[ \t]*\n")
MAX_PHRASE_TOKENS = 4


class Found(NamedTuple):
    """What was found in one text or part of it, in code points of it."""

    tokens: Spans
    sentences: list[Span]
    entities: list[Entity]
    phrases: list[Span]


def parts_of(text: str, longest: int) -> Iterator[tuple[int, str]]:
    """Cut a text at paragraph ends (else line ends, else spaces) into parts that spaCy can bear."""
    start = 0
    while len(text) - start > longest:
        window = text[start : start + longest]
        ends = [m.end() for m in _PARAGRAPH.finditer(window)]
        cut = ends[-1] if ends else (window.rfind("\n") + 1 or window.rfind(" ") + 1 or longest)
        yield start, text[start : start + cut]
        start += cut
    if text[start:].strip():
        yield start, text[start:]


def spans_of(document: Any) -> Found:
    """Read a parsed document out, so that it can be let go: ten thousand take a gigabyte."""
    tokens = Spans((t.idx, t.idx + len(t)) for t in document if not t.is_space)
    sentences = [s for s in map(_trimmed, document.sents) if s.end > s.start]
    entities = [Entity(e.start_char, e.end_char, e.label_) for e in document.ents]
    phrases = [p for p in map(_phrase, document.noun_chunks) if p is not None]
    return Found(tokens, sentences, entities, phrases)


def _trimmed(sentence: Any) -> Span:
    text = sentence.text
    start = sentence.start_char + len(text) - len(text.lstrip())
    return Span(start, max(start, sentence.start_char + len(text.rstrip())))


def _phrase(chunk: Any) -> Span | None:
    """Strip what leads a noun chunk without naming anything ("the", "my", "some")."""
    words = [token for token in chunk if not token.is_space]
    while words and (words[0].pos_ in {"DET", "PRON", "NUM", "PUNCT"} or _is_quantifier(words[0])):
        words.pop(0)
    while words and words[-1].pos_ == "PUNCT":
        words.pop()
    if not words or len(words) > MAX_PHRASE_TOKENS or all(w.pos_ == "PRON" for w in words):
        return None
    if not any(c.isalpha() for c in words[-1].text):
        return None
    return Span(words[0].idx, words[-1].idx + len(words[-1]))


def _is_quantifier(token: Any) -> bool:
    return token.lower_ in {
        "many",
        "more",
        "most",
        "much",
        "few",
        "fewer",
        "several",
        "such",
        "other",
    }


def joined(text: str, pieces: Sequence[tuple[int, Found]]) -> Parsed:
    """Put the parts of one text together, with offsets into the whole."""

    def moved(which: int) -> Iterator[Any]:
        for offset, spans in pieces:
            for span in spans[which]:
                yield (
                    span._replace(start=span.start + offset, end=span.end + offset)
                    if offset
                    else span
                )

    tokens = pieces[0][1].tokens if len(pieces) == 1 and not pieces[0][0] else Spans(moved(0))
    return Parsed(text, tokens, *(tuple(moved(which)) for which in range(1, 4)))
