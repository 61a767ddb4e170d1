"""Names where no noun phrase is said by enough people: plain and honest rather than odd."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set

import numpy as np

from listening.topics.counting import Floats, Labels, Said
from listening.topics.empty_words import blame, empty_words, praise, vague, verdicts
from listening.topics.terms import Key, are_apart, without_descriptors

#: Said instead of a name where residents' words give none (a topic of back-channels, say).
NO_NAME = "other remarks"
#: Plain words that fewer of the topic's people say name it after a few.
TOO_FEW = 0.08
#: A topic of which this share praises (or blames) is that and no more.
VERDICTS = 0.4
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
    qualities: Set[str],
) -> list[list[str]]:
    """Return for each topic what it may be called when its noun phrases do not carry.

    Args:
        labels: topic of each segment.
        texts: the segments' texts.
        vectors: the segments' unit vectors, shape (n, dimensions).
        said: what is said on each topic.
        forms: how terms are written.
        qualities: adjectives.
    """
    meant = [_verdicts(text) for text in texts]
    found: list[list[str]] = []
    for topic, of in enumerate(said):
        rows = np.flatnonzero(labels == topic)
        near = vectors[rows] @ vectors[rows].mean(axis=0)
        middle = [texts[rows[i]] for i in np.lexsort((rows, -near))]
        found.append(
            [
                *_phrase_of_few(of, forms),
                *_praise([meant[row] for row in rows]),
                *_qualities(of, forms, qualities),
                *_answers(middle),
                NO_NAME,
                *_remarks(of, forms, middle),
            ]
        )
    return found


def _verdicts(text: str) -> int:
    """Return 1 for a text that praises, -1 for one that blames, 0 for both or neither."""
    words = set(text.lower().replace(",", " ").replace(".", " ").split())
    return bool(words & praise()) - bool(words & blame())


def _praise(verdicts: Sequence[int]) -> list[str]:
    """Return what to call a topic that only praises or only blames."""
    enough = VERDICTS * len(verdicts)
    if verdicts.count(1) >= max(enough, 4 * verdicts.count(-1)):
        return ["general praise", "other praise"]
    if verdicts.count(-1) >= max(enough, 4 * verdicts.count(1)):
        return ["general complaints", "other complaints"]
    return []


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


def _qualities(said: Said, forms: Mapping[Key, str], adjectives: Set[str]) -> list[str]:
    """Return two things that people call what they speak of: "helpful and polite"."""
    wanted = adjectives - verdicts()
    keys = [key for key in said.score if len(key) == 1 and key[0] in wanted and key in said.solid]
    names = [forms[key] for key in keys if said.reach(said.rows[key]) >= TOO_FEW][:3]
    return [f"{names[0]} and {name}" for name in names[1:] if are_apart(names[0], name)]


def _remarks(said: Said, forms: Mapping[Key, str], middle: Sequence[str]) -> list[str]:
    """Tell several topics without a name apart: by the nouns in them, or by how one begins."""
    nouns = [forms[key] for key in said.score if key in said.nouns]
    told = [word for word in nouns if word.lower() not in vague()] or nouns
    begins = (" ".join(without_descriptors(text).split()[:5]).strip(" ,.;:!?–-") for text in middle)
    opening = next(filter(None, begins), "")
    words = f"{NO_NAME} ({', '.join(told[:2])})" if told else ""
    quote = f"{NO_NAME} (“{opening}”)" if opening else ""
    return [name for name in (words, quote) if name]
