"""Names where no noun phrase is said by enough people: plain and honest rather than odd."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from listening.topics.counting import Floats, Labels, Said
from listening.topics.empty_words import empty_words, vague
from listening.topics.terms import Key, used_as_verbs, without_descriptors

#: Said instead of a name where residents' words give none (a topic of back-channels, say).
NO_NAME = "other remarks"
#: Plain words that fewer of the topic's people say name it after a few.
TOO_FEW = 0.08
#: Words that may stand in a short answer used as a name ("very good", "no complaints").
_SMALL = frozenset({"very", "no", "not", "always", "really", "so", "too", "and", "all", "more"})


def is_unnamed(name: str) -> bool:
    """Say whether a topic's name only says that residents' words gave none."""
    return name.startswith(NO_NAME)


def fallbacks(
    labels: Labels,
    texts: Sequence[str],
    vectors: Floats,
    said: Sequence[Said],
    forms: Mapping[Key, str],
) -> list[list[str]]:
    """Return for each topic what it may be called when its noun phrases do not carry.

    Args:
        labels: topic of each segment.
        texts: the segments' texts.
        vectors: the segments' unit vectors, shape (n, dimensions).
        said: what is said on each topic.
        forms: how terms are written.
    """
    verbs = used_as_verbs(texts)
    found: list[list[str]] = []
    for topic, of in enumerate(said):
        rows = np.flatnonzero(labels == topic)
        near = vectors[rows] @ vectors[rows].mean(axis=0)
        middle = [texts[rows[i]] for i in np.lexsort((rows, -near))]
        found.append(
            [
                *_phrase_of_few(of, forms),
                *_answers(middle),
                *_qualities(of, forms, verbs),
                NO_NAME,
                *_remarks(of, forms, verbs, middle),
            ]
        )
    return found


def _phrase_of_few(said: Said, forms: Mapping[Key, str]) -> list[str]:
    """Return the best phrases of a topic of one or two people: who speaks alone says it once."""
    keys = [key for key in said.score if len(key) > 1 and key in said.nouns]
    return [forms[key] for key in keys[:3]] if said.people < 3 else []


def _answers(texts: Sequence[str]) -> list[str]:
    """Return the whole answers of 2 to 4 words that several gave, the commonest first."""
    counts = Counter(answer for answer in map(_answer, texts) if answer)
    often = [answer for answer, times in counts.items() if times > 1]
    return sorted(often, key=lambda answer: (-counts[answer], answer))


def _answer(text: str) -> str:
    words = text.lower().strip(" .!?;:-").split()
    meant = [word for word in words if word.isalpha() and word not in empty_words()]
    allowed = all(word in _SMALL or word in meant for word in words)
    varied = len(set(words)) == len(words)
    return " ".join(words) if 2 <= len(words) <= 4 and allowed and varied and meant else ""


def _qualities(said: Said, forms: Mapping[Key, str], verbs: frozenset[str]) -> list[str]:
    """Return the words that are neither nouns nor verbs: "helpful and polite"."""
    keys = [
        key
        for key in said.score
        if len(key) == 1 and key in said.solid and _is_quality(forms[key], verbs)
        and said.reach(said.rows[key]) >= TOO_FEW
    ]  # fmt: skip
    names = [forms[key] for key in keys if key not in said.nouns][:3]
    return [f"{names[0]} and {name}" for name in names[1:]] + names


def _is_quality(word: str, verbs: frozenset[str]) -> bool:
    return word not in verbs and not word.endswith(("ed", "ly"))


def _remarks(
    said: Said, forms: Mapping[Key, str], verbs: frozenset[str], middle: Sequence[str]
) -> list[str]:
    """Tell several topics without a name apart by the nouns in them, or by how one remark begins."""
    nouns = [forms[key] for key in said.score if key in said.nouns and key[-1] not in verbs]
    told = [word for word in nouns if word.lower() not in vague()] or nouns
    begins = (" ".join(without_descriptors(text).split()[:5]).strip(" ,.;:!?–-") for text in middle)
    opening = next(filter(None, begins), "")
    words = f"{NO_NAME} ({', '.join(told[:2])})" if told else ""
    quote = f"{NO_NAME} (“{opening}”)" if opening else ""
    return [name for name in (words, quote) if name]
