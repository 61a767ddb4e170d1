"""How likely each person is to raise each code, as a machine guesses that never learnt from them.

For the correction (METHOD.md, section 3): people are put into five groups by lot, and whoever is in
one is guessed by what those of the other four teach. A guess that knew the person's own codes would
look better than it is, and the corrected share would be off.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from listening.coding.alike import Texts
from listening.coding.examples import Lesson
from listening.coding.learn import learn
from listening.records import Spread, Table, in_turn

FOLDS = 5


def by_person(texts: Texts) -> Texts:
    """Return what each person said as one text, with the direction that their vectors share.

    People are in the order in which they are first heard.
    """
    rows: dict[str, list[int]] = {}
    for row, person in enumerate(texts.people):
        rows.setdefault(person, []).append(row)
    sums = np.array([texts.vectors[of].sum(axis=0) for of in rows.values()], dtype=np.float32)
    sums = sums.reshape(len(rows), texts.vectors.shape[1])
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    sums = np.divide(sums, lengths, out=sums, where=lengths > 0)
    return Texts(
        ["\n".join(texts.texts[row] for row in of) for of in rows.values()],
        sums.reshape(len(rows), texts.vectors.shape[1]),
        [texts.questions[of[0]] if len(of) == 1 else "" for of in rows.values()],
        list(rows),
    )


def guesses(
    said: Texts,
    read: Mapping[str, frozenset[str]],
    seed: int,
    lesson: Lesson | None = None,
    spread: Spread = in_turn,
) -> Table:
    """Guess what everybody raises, each from people other than themselves.

    Args:
        said: one text per person (`by_person`).
        read: codes of the people who were read in full; none where they raised nothing.
        seed: of the lot that puts people into groups.
        lesson: what the codebook teaches beside them.
        spread: where the guesses are made.

    Returns:
        participant_id, code, probability. A code that the others of some group cannot teach is as
        likely for everybody as among all who were read: a guess that is the same for all neither
        costs nor gains anything, where one that differs from group to group would add the lot's
        noise. A guess that is not there is 0.
    """
    people = np.array(said.people, dtype=object)
    names = sorted(frozenset[str]().union(*read.values()))
    known = np.array([person in read for person in people], dtype=bool)
    lot = np.random.default_rng(seed).permutation(len(people))
    group = np.empty(len(people), dtype=np.int64)
    group[np.argsort(people, kind="stable")] = lot % FOLDS
    likely = np.zeros((len(people), len(names)))
    taught_in_all = np.ones(len(names), dtype=bool)
    for fold in range(FOLDS):
        mine = np.flatnonzero(group == fold)
        taught = np.flatnonzero((group != fold) & known)
        if len(mine):
            codes = [read[person] for person in people[taught]]
            found = learn(said.part(taught), codes, said.part(mine), lesson, spread)
            column = {code: number for number, code in enumerate(found.codes)}
            learnt = np.array([name in column for name in names], dtype=bool)
            from_columns = [column[name] for name in names if name in column]
            likely[np.ix_(mine, learnt)] = found.probabilities[:, from_columns]
            taught_in_all &= learnt
    shares = np.array([np.mean([name in row for row in read.values()]) for name in names])
    likely[:, ~taught_in_all] = shares[~taught_in_all]
    return pd.DataFrame(
        {
            "participant_id": np.repeat(people, len(names)).astype(str),
            "code": np.tile(np.array(names, dtype=object), len(people)).astype(str),
            "probability": likely.reshape(-1),
        }
    )
