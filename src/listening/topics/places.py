"""The place that everybody speaks of tells no two topics apart, and none may be named after it.

Sentence models put what is said "in Bowling Green" together for no more than the name. Its
direction, the difference between what is said with it and without, is projected out of the vectors
before they are clustered: linear erasure of a concept (Belrose et al. 2023) in its simplest form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from listening.topics.empty_words import areas, vague
from listening.topics.terms import Key, Terms
from listening.topics.units import unit

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

#: A proper name in this share of all texts, of that share of all people and of three at least ...
TEXTS, PEOPLE, FEWEST = 0.02, 0.1, 3
#: ... or, where it ends in a word for an administered area ("Warren County"), in this part of them
AREA = 0.25
#: ... is a place where this share of its mentions follow a word of place ("in NZ"). Measured:
#: Penrith .87, NZ .50, Bowling Green .33; "Street", as often said, .00.
AFTER = 0.3
_BEFORE = re.compile(
    r"\b(?:in|into|from|to|of|near|around|across|within|outside|throughout)\s+"
    r"(?:(?:north|south|east|west|central|downtown|greater)\s+)?$",
    re.IGNORECASE,
)


def find_places(
    found: Sequence[Terms], forms: Mapping[Key, str], texts: Sequence[str], people: Sequence[str]
) -> dict[Key, str]:
    """Return the names of the place that everybody speaks of; initials ("BG") go with the name.

    Args:
        found: the terms of each text.
        forms: how each term is written.
        texts: the texts.
        people: who said each; nobody says the same text twice.

    Returns:
        Key of a name → the name to write for it.
    """
    rows: dict[Key, list[int]] = {}
    for row, terms in enumerate(found):
        for key in terms.phrases:
            if proper(forms[key]) and not (len(key) == 1 and key[0] in vague()):
                rows.setdefault(key, []).append(row)
    everybody = len(set(people))
    names = {
        key: forms[key]
        for key, of in rows.items()
        if _is_common(key, of, len(texts), len({people[row] for row in of}), everybody)
        and _is_place(forms[key], [texts[row] for row in of])
    }
    names = {key: form for key, form in names.items() if not any(set(key) < set(k) for k in names)}
    initials = {("".join(word[0] for word in key),): form
                for key, form in names.items() if len(key) > 1}  # fmt: skip
    return names | initials


def _is_common(key: Key, rows: Sequence[int], texts: int, people: int, everybody: int) -> bool:
    """Say whether so many name it that it is where they live; "… County" says so by itself."""
    area = len(key) > 1 and key[-1] in areas()
    share = AREA if area else 1.0
    enough = len(rows) >= max(FEWEST, share * TEXTS * texts)
    return enough and people >= max(FEWEST, share * PEOPLE * everybody)


def proper(form: str) -> bool:
    """Say whether a form is a proper name: every word of it begins with a capital."""
    return all(word[:1].isupper() for word in form.split())


def _is_place(form: str, texts: Sequence[str]) -> bool:
    name = re.compile(rf"\b{re.escape(form)}\b", re.IGNORECASE)
    before = [text[: mention.start()] for text in texts for mention in name.finditer(text)]
    return sum(bool(_BEFORE.search(text)) for text in before) >= max(1, AFTER * len(before))


def without_places(
    vectors: Floats, found: Sequence[Terms], rows: Ints, places: Mapping[Key, str]
) -> Floats:
    """Return unit vectors from which the direction of every place is taken out.

    Args:
        vectors: unit vectors of all segments, shape (n, dimensions).
        found: the terms of some of them.
        rows: where those stand among all.
        places: what `find_places` found in them.
    """
    away: list[Floats] = []
    for key in places:
        holds = np.array([key in terms.phrases or key in terms.words for terms in found])
        if FEWEST <= holds.sum() < len(holds):
            apart = vectors[rows[holds]].mean(axis=0) - vectors[rows[~holds]].mean(axis=0)
            for other in away:
                apart = apart - (apart @ other) * other
            away.append(apart / max(float(np.linalg.norm(apart)), 1e-12))
    for direction in away:
        vectors = vectors - np.outer(vectors @ direction, direction)
    return unit(vectors) if away else vectors
