"""Who says which term on which topic, and which terms stand out there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from listening.topics.places import proper
from listening.topics.representation import represent
from listening.topics.scoring import Rows, Topics, centred, scores, solid
from listening.topics.terms import Key, Terms, stem
from listening.topics.units import unit

Floats = NDArray[np.float32]
Labels = NDArray[np.int64]

#: More segments than this of one person on one topic share that many votes.
MOST_VOTES = 5
#: A part of a longer phrase is left out where this share of its segments hold the longer one.
NESTED = 0.7


@dataclass(frozen=True)
class Said:
    """What is said on one topic.

    Attributes:
        people: how many people speak on it.
        rows: for every term, the segments that hold it.
        votes: each segment's weight: of one person it is 1 for up to five segments on the topic;
            more share five votes, so that a long interview names no topic alone.
        total: the topic's votes.
        speaker: who said each segment.
        score: the terms that stand out, the best first.
        diverse: BERTopic's choice of terms that differ from each other.
        nouns: the terms that are noun phrases (mostly, over all topics).
        solid: the terms that enough people say here.
        places: names of the place that everybody speaks of.
        forms: for the stem of every word that is no noun, the segments that hold it.
        gerunds: words on -ing that are neither nouns nor mostly verbs ("listening").
        meaning: the mean vector of the segments that hold a term, of length 1.
        bare: words that mostly stand before another noun here ("bike" in "bike lanes").
    """

    people: int
    rows: Rows
    votes: Floats
    total: float
    speaker: Sequence[str]
    score: dict[Key, float]
    diverse: list[Key]
    nouns: Set[Key]
    solid: frozenset[Key]
    places: Mapping[Key, str]
    forms: Mapping[str, set[int]]
    gerunds: Set[Key]
    meaning: Mapping[Key, Floats]
    bare: Set[Key]

    def share(self, rows: set[int]) -> float:
        """Return the share of the topic's votes that these segments make."""
        return float(sum(self.votes[row] for row in rows)) / self.total

    def voices(self, rows: set[int]) -> int:
        """Return how many people said any of these segments."""
        return len({self.speaker[row] for row in rows})

    def told(self, key: Key) -> set[int]:
        """Return the segments that hold the term or a form of its words ("waited")."""
        return self.rows[key].union(*(self.forms.get(stem(word), ()) for word in key))

    def reach(self, rows: set[int]) -> float:
        """Return the share of the topic's people who said any of these segments."""
        return self.voices(rows) / self.people

    def alike(self, a: Key, b: Key) -> float:
        """Return how alike two terms are in what is said with them (cosine)."""
        return float(self.meaning[a] @ self.meaning[b])


def count(
    labels: Labels,
    found: list[Terms],
    people: Sequence[str],
    vectors: Floats,
    forms: Mapping[Key, str],
    no_nouns: Set[str],
    places: Mapping[Key, str],
) -> list[Said]:
    """Count people per topic and term, and let BERTopic find each topic's candidates.

    Args:
        labels: topic 0..K-1 of each segment.
        found: the segments' terms.
        people: the segments' participants; nobody says the same text twice.
        vectors: the segments' unit vectors, shape (n, dimensions).
        forms: how each term is written.
        no_nouns: words that residents use otherwise, whatever the parser took them for.
        places: names of the place that everybody speaks of.
    """
    own = [np.flatnonzero(labels == topic) for topic in range(int(labels.max()) + 1)]
    rows, nouns = _mentions(labels, found, people, own, no_nouns)
    topics = Topics(rows, own, _votes(labels, people), people, centred(vectors))
    meaning = _meaning(rows, found, topics.vectors)
    candidates = _candidates(topics, meaning)
    said: list[Said] = []
    for topic, (score, (best, diverse)) in enumerate(
        zip(scores(topics, nouns), candidates, strict=True)
    ):
        kept = _unnested([key for key in best if key in score], rows[topic], forms)
        ranked = {key: score[key] for key in sorted(kept, key=lambda key: (-score[key], key))}
        said.append(
            Said(
                people=len({people[row] for row in own[topic]}),
                rows=rows[topic],
                votes=topics.votes,
                total=topics.total(topic),
                speaker=people,
                score=ranked,
                diverse=_unnested(diverse, rows[topic], forms),
                nouns=nouns,
                solid=solid(topics, topic),
                places=places,
                forms=_forms(rows[topic], nouns),
                gerunds=_gerunds(rows[topic], nouns, no_nouns),
                meaning=meaning,
                bare=_bare(rows[topic], found),
            )
        )
    return said


def _votes(labels: Labels, people: Sequence[str]) -> Floats:
    pairs = list(zip(labels, people, strict=True))
    segments = Counter(pairs)
    share = [min(1.0, MOST_VOTES / segments[pair]) for pair in pairs]
    return np.array(share, dtype=np.float32)


def _mentions(
    labels: Labels,
    found: list[Terms],
    people: Sequence[str],
    own: list[Labels],
    no_nouns: Set[str],
) -> tuple[list[Rows], frozenset[Key]]:
    """Return for each topic the segments that hold each term, and the terms that are nouns.

    What only one person says names no topic of three or more.
    """
    rows: list[Rows] = [{} for _ in own]
    noun: Counter[Key] = Counter()
    for row, (label, terms) in enumerate(zip(labels, found, strict=True)):
        noun.update(dict.fromkeys(terms.phrases, 1))
        noun.subtract(dict.fromkeys(terms.words, 1))
        for key in (*terms.phrases, *terms.words):
            rows[label].setdefault(key, set()).add(row)
    voices = [len({people[row] for row in of}) for of in own]
    shared = [
        {key: of for key, of in topic.items() if here < 3 or len({people[row] for row in of}) > 1}
        for topic, here in zip(rows, voices, strict=True)
    ]
    mostly = (key for key, balance in noun.items() if balance >= 0)
    return shared, frozenset(key for key in mostly if len(key) > 1 or key[0] not in no_nouns)


def _forms(rows: Rows, nouns: frozenset[Key]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for key in rows:
        if len(key) == 1 and key not in nouns:
            found.setdefault(stem(key[0]), set()).update(rows[key])
    return found


def _gerunds(rows: Rows, nouns: Set[Key], no_nouns: Set[str]) -> frozenset[Key]:
    return frozenset(
        key
        for key in rows
        if key[-1].endswith("ing") and key not in nouns and key[0] not in no_nouns
    )


def _bare(rows: Rows, found: list[Terms]) -> frozenset[Key]:
    """Return the words that fewer than half of their segments end a phrase with."""

    def before_another(key: Key, row: int) -> bool:
        return found[row].phrases.get(key) == ()

    return frozenset(
        key
        for key, of in rows.items()
        if len(key) == 1 and 2 * sum(before_another(key, row) for row in of) > len(of)
    )


def _meaning(rows: list[Rows], found: list[Terms], vectors: Floats) -> dict[Key, Floats]:
    """Return the mean vector of the segments that hold each term, of length 1."""
    from scipy.sparse import csr_matrix

    known = sorted({key for of in rows for key in of})
    number = {key: i for i, key in enumerate(known)}
    pairs = [
        (number[key], row)
        for row, terms in enumerate(found)
        for key in (*terms.phrases, *terms.words)
        if key in number
    ]
    if not pairs:
        return {}
    terms_of, segments = np.array(pairs).T
    ones = np.ones(len(pairs), dtype=np.float32)
    holds = csr_matrix((ones, (terms_of, segments)), shape=(len(known), len(found)))
    meaning = unit(np.asarray(holds @ vectors))
    return {key: meaning[i] for key, i in number.items()}


def _candidates(topics: Topics, meaning: Mapping[Key, Floats]) -> list[tuple[list[Key], list[Key]]]:
    """Ask BERTopic for each topic's terms; a term's name there is its key joined by underscores."""
    if not meaning:
        return [([], []) for _ in topics.rows]
    documents = [
        {
            "_".join(key): max(1, round(float(topics.votes[sorted(of)].sum())))
            for key, of in rows.items()
        }
        for rows in topics.rows
    ]
    centroids = np.stack([topics.vectors[own].mean(axis=0) for own in topics.own])
    terms = {"_".join(key): vector for key, vector in meaning.items()}
    result = represent(documents, centroids, terms)
    return [(_keys(best), _keys(diverse)) for best, diverse in result]


def _keys(names: list[str]) -> list[Key]:
    return [tuple(name.split("_")) for name in names]


def _unnested(keys: list[Key], rows: Rows, forms: Mapping[Key, str]) -> list[Key]:
    """Leave out parts of longer phrases that are hardly said otherwise.

    A proper name's part is left out where it is mostly part of any ("Lane" of two lanes).
    """
    keys = [key for key in keys if key in rows]
    holding: dict[str, list[Key]] = {}
    for key in rows:
        for word in key if len(key) > 1 else ():
            holding.setdefault(word, []).append(key)
    known = set(keys)

    def swallowed(key: Key) -> bool:
        named = proper(forms[key])
        longer = [
            rows[other] & rows[key]
            for other in holding.get(key[0], ())
            if set(key) < set(other) and (named or other in known)
        ]
        if named and longer:
            longer.append(set().union(*longer))
        return any(len(both) >= NESTED * len(rows[key]) for both in longer)

    return [key for key in keys if not swallowed(key)]
