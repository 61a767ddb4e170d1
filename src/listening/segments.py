"""Segments: units of meaning that one person said, with exact offsets into the document.

METHOD.md §4, step 1: sentences; under five tokens merged into a neighbour, over sixty split where a
clause ends. Interviewers' words never become segments. Nothing else is lost: what is no segment is
a back-channel ("mm", "yeah") and counted.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple, Protocol

from listening.records import CONVERSATIONS, SEGMENTS, Parsed, Reject, Span, Table, table_of

MIN_TOKENS = 5
MAX_TOKENS = 60

Detect = Callable[[Sequence[str]], list[str]]

_BACKCHANNELS = """
mm mmm mhm hm hmm mm-hm mm-hmm uh-huh uhhuh aha ah oh er erm um uh huh yeah yep yes yup aye ok okay
right sure so well no nah alright exactly definitely absolutely true cool great lovely
"""
BACKCHANNELS = frozenset(_BACKCHANNELS.split())
_NIL_ANSWERS = """
nothing; nothing at all; nothing really; nothing much; nothing else; nothing to add; nothing to say;
nothing comes to mind; nothing springs to mind; nothing i can think of; nothing to report;
nothing to improve; nothing needed; n a; na; not applicable; none; none at all; none really; no;
nope; nah; nil; nan; null; no comment; no comments; no further comments; no further comment;
no answer; no response; no reply; did not answer; didnt answer; not answered; dont know;
do not know; i dont know; i do not know; dk; dunno; idk; no idea; no ideas; not sure; im not sure;
unsure; unknown; cant think of anything; i cant think of anything; cannot think of anything;
cant think; prefer not to say; rather not say; no suggestions; no suggestion; x; xx; xxx;
left blank; blank; skip; skipped; declined; refused; refused to answer; see above; as above
"""
NIL_ANSWERS = frozenset(answer.strip() for answer in _NIL_ANSWERS.split(";"))

_CLAUSE = re.compile(r"[;:,–—…]|\.\.\.|(?<=\s)-(?=\s)")
_JOINING = """
and but because cos cause so then or which when if although though while whereas until unless after
before since where who that
"""
_CONJUNCTIONS = frozenset(_JOINING.split())


class Assembled(Protocol):
    """What is cut: the part of `documents.Assembled` that segmenting reads."""

    @property
    def documents(self) -> Table:
        """DOCUMENTS."""

    @property
    def passages(self) -> Table:
        """PASSAGES."""

    @property
    def parsed(self) -> Sequence[Parsed]:
        """One per passage, with spans relative to it."""


@dataclass(frozen=True)
class Segmented:
    """What segmenting gave.

    Attributes:
        segments: SEGMENTS, in the documents' order.
        rejects: passages that gave no segment and are no back-channel (empty ones).
        backchannels: how many passages were back-channels alone.
    """

    segments: Table
    rejects: tuple[Reject, ...]
    backchannels: int


class _Said(NamedTuple):
    passage: Any
    number: int
    span: Span  # in the document's text
    text: str
    nil: bool
    phrases: tuple[str, ...]

    @property
    def spoken(self) -> str:
        """The words in the language that was spoken; the whole turn of what was translated."""
        return str(self.passage.beside) if self.passage.translated else self.text


def segment(assembled: Assembled, detect: Detect) -> Segmented:
    """Cut what participants said into segments.

    Args:
        assembled: documents with passages and their parses (`documents.assemble`).
        detect: texts → language codes or "unsure" (`language.detect`); a segment too short to tell
            takes its document's language, and one in translation that of its original.
    """
    documents: dict[str, Any] = {
        str(row.document_id): row for row in assembled.documents.itertuples()
    }
    said: list[_Said] = []
    rejects: list[Reject] = []
    counts: dict[str, int] = {}
    backchannels = 0
    passages: Iterable[Any] = assembled.passages.itertuples()
    for passage, parsed in zip(passages, assembled.parsed, strict=True):
        if passage.role != "participant":
            continue
        document_id = str(passage.document_id)
        if documents[document_id].kind in CONVERSATIONS and is_backchannel(parsed.text):
            backchannels += 1
            continue
        spans = _spans(parsed)
        if not spans:
            rejects.append(_empty(document_id))
        for span, phrases in zip(spans, _phrases(parsed, spans), strict=True):
            counts[document_id] = counts.get(document_id, 0) + 1
            whole = Span(passage.start + span.start, passage.start + span.end)
            text = parsed.text[span.start : span.end]
            nil = len(spans) == 1 and is_nil(text)
            said.append(_Said(passage, counts[document_id], whole, text, nil, phrases))
    languages = _languages(said, documents, detect)
    kinds = {document_id: str(row.kind) for document_id, row in documents.items()}
    rows = (_row(one, kinds, code) for one, code in zip(said, languages, strict=True))
    return Segmented(table_of(rows, SEGMENTS), tuple(rejects), backchannels)


def text_key(text: str) -> str:
    """Return the content's hash: sha256 of the NFC text with runs of white space as one space."""
    even = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(even.encode()).hexdigest()


def is_nil(text: str) -> bool:
    """Whether an answer says that there is none ("n/a", "nothing", "-", "don't know")."""
    even = _even(text)
    # An emoji is an answer; a dash or three dots are none.
    return even in NIL_ANSWERS if even else not any(unicodedata.category(c) == "So" for c in text)


def is_backchannel(text: str) -> bool:
    """Whether a turn holds nothing but listening noises ("mm, yeah")."""
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", text.casefold())
    return bool(words) and len(words) <= 4 and all(word in BACKCHANNELS for word in words)


def _even(text: str) -> str:
    bare = re.sub(r"['’`]", "", text.casefold())
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())


def _spans(parsed: Parsed) -> list[Span]:
    """Cut one passage; the spans cover every character but white space."""
    starts = [token.start for token in parsed.tokens]
    pieces = _merge(_sentences(parsed), starts)
    return [cut for piece in pieces for cut in _split(parsed, piece, starts)]


def _sentences(parsed: Parsed) -> list[Span]:
    """Sentences that together cover the text, even where the parse leaves something out."""
    text = parsed.text
    cuts = sorted({0, len(text), *(s.start for s in parsed.sentences)})
    whole = (_trim(text, start, end) for start, end in pairwise(cuts))
    return [span for span in whole if span.end > span.start]


def _trim(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    return Span(start, max(start, start + len(part.strip())))


def _count(starts: Sequence[int], span: Span) -> int:
    return bisect_left(starts, span.end) - bisect_left(starts, span.start)


def _merge(sentences: Sequence[Span], starts: Sequence[int]) -> list[Span]:
    """Join sentences of under five tokens to the one before, the first one to the one after."""
    merged: list[Span] = []
    for sentence in sentences:
        short = _count(starts, sentence) < MIN_TOKENS
        if merged and (short or _count(starts, merged[-1]) < MIN_TOKENS):
            merged[-1] = Span(merged[-1].start, sentence.end)
        else:
            merged.append(sentence)
    return merged


def _split(parsed: Parsed, span: Span, starts: Sequence[int]) -> Iterator[Span]:
    """Cut a span of over sixty tokens, again and again, where a clause ends nearest its middle."""
    low, high = bisect_left(starts, span.start), bisect_left(starts, span.end)
    if high - low <= MAX_TOKENS:
        yield span
        return
    middle = (low + high) / 2
    inner = range(low + MIN_TOKENS, high - MIN_TOKENS + 1)
    at = min(inner, key=lambda i: (_cut_cost(parsed, i), abs(i - middle)))
    cut = parsed.tokens[at].start
    yield from _split(parsed, _trim(parsed.text, span.start, cut), starts)
    yield from _split(parsed, _trim(parsed.text, cut, span.end), starts)


def _cut_cost(parsed: Parsed, i: int) -> int:
    """How bad a cut before token i is: 0 after clause punctuation, 1 before a conjunction."""
    before, token = parsed.tokens[i - 1], parsed.tokens[i]
    if before.end == token.start:
        return 4  # inside a word for a reader ("do|n't")
    if _CLAUSE.fullmatch(parsed.text[before.start : before.end]):
        return 0
    return 1 if parsed.text[token.start : token.end].casefold() in _CONJUNCTIONS else 2


def _phrases(parsed: Parsed, spans: Sequence[Span]) -> list[tuple[str, ...]]:
    """The noun phrases that lie wholly inside each span."""
    inside: list[list[str]] = [[] for _ in spans]
    starts = [span.start for span in spans]
    for phrase in parsed.phrases:
        i = bisect_left(starts, phrase.start + 1) - 1
        if i >= 0 and phrase.end <= spans[i].end:
            inside[i].append(parsed.text[phrase.start : phrase.end])
    return [tuple(phrases) for phrases in inside]


def _languages(said: Sequence[_Said], documents: dict[str, Any], detect: Detect) -> list[str]:
    codes = detect([one.spoken for one in said])
    spoken: dict[str, list[str]] = {}
    for one, code in zip(said, codes, strict=True):
        if code == "unsure":
            spoken.setdefault(str(one.passage.document_id), [])
    for one in said:
        if (parts := spoken.get(str(one.passage.document_id))) is not None:
            parts.append(one.spoken)
    whole = dict(zip(spoken, detect([" ".join(parts) for parts in spoken.values()]), strict=True))
    return [
        code if code != "unsure" else _declared(documents, str(one.passage.document_id), whole)
        for one, code in zip(said, codes, strict=True)
    ]


def _declared(documents: dict[str, Any], document_id: str, whole: dict[str, str]) -> str:
    found = whole[document_id]
    return found if found != "unsure" else str(documents[document_id].language) or found


def _row(one: _Said, kinds: dict[str, str], language: str) -> dict[str, Any]:
    passage = one.passage
    return {
        "segment_id": f"{passage.document_id}.{one.number}",
        "document_id": passage.document_id,
        "participant_id": passage.participant_id,
        "source_kind": kinds[str(passage.document_id)],
        "question": passage.question,
        "start": one.span.start,
        "end": one.span.end,
        "text": one.text,
        "language": language,
        "voice": passage.voice,
        "nil": one.nil,
        "text_key": text_key(one.text),
        "phrases": one.phrases,
        "translated": passage.translated,
        "beside": passage.beside,
    }


def _empty(document_id: str) -> Reject:
    return Reject(
        "",
        document_id,
        "An empty answer",
        "It holds no words.",
        "Nothing needs doing, unless words are missing in the file that was handed in.",
    )
