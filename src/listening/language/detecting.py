"""Which language a text is in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

UNSURE = "unsure"
#: Three words are a guess for every detector (STACK.md). More likely than all others together: .5.
MIN_WORDS = 4
MIN_PROBABILITY = 0.5


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
