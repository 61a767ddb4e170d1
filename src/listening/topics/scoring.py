"""How good a term is as a topic's name: said by many there, by few elsewhere, in its middle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from math import ceil, log

import numpy as np
from numpy.typing import NDArray

from listening.topics.empty_words import kin, vague
from listening.topics.terms import Key
from listening.topics.units import unit

Floats = NDArray[np.float32]
Rows = dict[Key, set[int]]

#: A phrase of one, two or three words is worth this much (judgement, on four real data sets).
LENGTH = {1: 1.0, 2: 1.8, 3: 2.0}
#: A word that is mostly no noun phrase ("waited") is worth this much: a name for want of a better.
NO_NOUN = 0.4
#: So is a general noun alone ("man", "chance"): it is true of a topic and tells nobody what it is.
VAGUE = 0.25
#: Relatives ("mum") are in many stories, of whatever matter.
KIN = 0.5
#: Terms said less than this much oftener than elsewhere do not stand out.
MIN_LIFT = 1.5
#: What is said in this share of all else, three times over, is the subject of the whole listening
#: ("housing", where it was housing that was asked about): it is true of the topic as of any other.
COMMON = 3.0
SUBJECT = 0.25
#: A term said by this many people names a topic; in a small one, by this share of them.
PEOPLE = 3
SHARE = 1 / 3
#: As many mentions as these, all far from the topic's middle, are thought away: three mentions are
#: a topic's middle by luck, thirty are not.
DOUBT = 2.0


@dataclass(frozen=True)
class Topics:
    """What is said, counted per topic.

    Attributes:
        rows: for each topic and term, the segments that hold the term.
        own: for each topic, its segments.
        votes: each segment's weight.
        speaker: who said each segment.
        vectors: each segment's vector less the mean of all, of length 1, shape (n, dimensions):
            what is common to all (the place, the manner of speaking) tells no topics apart.
    """

    rows: list[Rows]
    own: list[NDArray[np.int64]]
    votes: Floats
    speaker: Sequence[str]
    vectors: Floats

    def total(self, topic: int) -> float:
        """Return the topic's votes."""
        return float(self.votes[self.own[topic]].sum())


def centred(vectors: Floats) -> Floats:
    """Return the vectors less their mean, of length 1."""
    apart = vectors - vectors.mean(axis=0)
    return unit(apart, out=apart)


def scores(topics: Topics, nouns: Set[Key]) -> list[dict[Key, float]]:
    """Score: share of votes x log of how much oftener than elsewhere x nearness x worth."""
    given = [_votes(of, topics.votes) for of in topics.rows]
    everywhere: Counter[Key] = Counter()
    for of_topic in given:
        everywhere.update(of_topic)
    total = float(topics.votes.sum())
    found: list[dict[Key, float]] = []
    for topic, of_topic in enumerate(given):
        here = topics.total(topic)
        near = nearness(topics, topic)
        found.append({})
        for key, votes in of_topic.items():
            share = votes / here
            lift = share * (total - here + 1) / (everywhere[key] - votes + 0.5)
            if lift >= MIN_LIFT:
                outside = (everywhere[key] - votes) / max(total - here, 1)
                telling = max(SUBJECT, 1 - COMMON * outside)
                found[-1][key] = share * log(lift) * near[key] * worth(key, nouns) * telling
    return found


def _votes(rows: Rows, votes: Floats) -> dict[Key, float]:
    weight: list[float] = votes.tolist()
    return {key: sum(weight[row] for row in sorted(of)) for key, of in rows.items()}


def nearness(topics: Topics, topic: int) -> dict[Key, float]:
    """Return how near to the topic's middle its terms are said: 1 is as its segments on average."""
    middle = topics.vectors[topics.own[topic]].mean(axis=0)
    own = topics.own[topic].tolist()
    near = dict(zip(own, (topics.vectors[own] @ middle).tolist(), strict=True))
    usual = max(sum(near.values()) / len(own), 1e-6)

    def mean(rows: set[int]) -> float:
        return float(sum(near[row] for row in sorted(rows))) / (len(rows) + DOUBT)

    return {key: min(max(mean(rows) / usual, 0.1), 1.5) for key, rows in topics.rows[topic].items()}


def worth(key: Key, nouns: Set[Key]) -> float:
    """Return what a term is worth by its length and kind."""
    if len(key) == 1 and key[0] in vague():
        return VAGUE
    if len(key) == 1 and key[0] in kin():
        return KIN
    return LENGTH[len(key)] * (1.0 if key in nouns else NO_NOUN)


def solid(topics: Topics, topic: int) -> frozenset[Key]:
    """Return the terms that enough people say on the topic (twice, if one or two people speak)."""
    people = len({topics.speaker[row] for row in topics.own[topic]})
    voices = min(PEOPLE, ceil(SHARE * people))
    mentions = min(PEOPLE if people > 2 else 2, ceil(SHARE * len(topics.own[topic])))

    def enough(rows: set[int]) -> bool:
        return len(rows) >= mentions and len({topics.speaker[row] for row in rows}) >= voices

    return frozenset(key for key, rows in topics.rows[topic].items() if enough(rows))
