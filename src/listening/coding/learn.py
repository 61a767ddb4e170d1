"""Suggestions learnt from coded rows: likeness to what was coded, as probabilities that hold.

METHOD.md, section 5 names one-vs-rest logistic regression on embedding and tf-idf; kernel ridge
regression on the same views beats it (`benchmarks.suggestions` measures both). A code with fewer
than eight coded examples is not suggested.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from listening.coding.alike import Likeness, Likenesses, Texts
from listening.coding.calibrate import Judge
from listening.coding.examples import Lesson
from listening.coding.ridge import Solved, solve
from listening.records import Spread, Table, in_turn

MINIMUM_POSITIVES = 8
#: nearest coded passages that are told as the reason of a suggestion
REASONS = 3
#: coded texts that are learnt from at once: one matrix of them is inverted in seconds
_TOGETHER = 4_000
#: new texts at a time: bounded memory
_BLOCK = 1_024

Array = NDArray[np.float64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Learnt:
    """What coded texts teach about new ones.

    Attributes:
        codes: ids of the codes that could be learnt, one per column.
        probabilities: new texts x codes.
        bars: per code, the probability from which on it is suggested.
        reasons: why each suggestion is made: text (row of the new texts), code, coded (row of the
            coded texts), similarity (at most 1); at most three a suggestion, nearest first.
        not_learnt: codes with fewer than eight examples, and codes that every text carries.
    """

    codes: tuple[str, ...]
    probabilities: Array
    bars: Array
    reasons: Table
    not_learnt: tuple[str, ...]

    @property
    def suggested(self) -> Marks:
        """Which code is suggested for which new text."""
        return np.asarray(self.probabilities >= self.bars)


def learn(
    coded: Texts,
    codes: Sequence[frozenset[str]],
    new: Texts,
    lesson: Lesson | None = None,
    spread: Spread = in_turn,
) -> Learnt:
    """Learn codes from coded texts, and give new texts the probability of each.

    Nothing is drawn at random. Probabilities and bars come from each coded person's texts as
    everybody else's would have coded them.

    Args:
        coded: texts that a person read; none at all where there is a lesson.
        codes: the codes of each; none where a person applied none.
        new: texts to suggest for.
        lesson: what a codebook teaches beside; its rows follow those of the coded texts.
        spread: where the new texts are suggested for, some thousand at a time.
    """
    heard: Marks = np.ones(len(codes), dtype=bool)
    if lesson is not None:
        coded, codes = (
            coded.and_then(lesson.texts) if codes else lesson.texts,
            [*codes, *lesson.codes],
        )
        heard = np.append(heard, lesson.spoken)
    counts = Counter(code for row, said in zip(codes, heard, strict=True) for code in row if said)
    enough = tuple(
        sorted(code for code, times in counts.items() if MINIMUM_POSITIVES <= times < heard.sum())
    )
    not_learnt = tuple(sorted(set(chain(*codes)) - set(enough)))
    if not enough:
        return Learnt((), np.zeros((len(new), 0)), np.zeros(0), _reasons([]), not_learnt)
    marks = np.array([[code in row for code in enough] for row in codes])
    members = [_fit(coded, marks, rows) for rows in apart(coded.people)]
    held_out = np.empty(marks.shape)
    for member in members:
        held_out[member.rows] = member.solved.held_out
    given = 0 if lesson is None else len(lesson.names)
    judge = Judge.of(held_out, marks, _heard(marks, heard, given))
    blocks = list(spread(_predict, _Taught(members, judge, marks), _blocks(new)))
    found = np.concatenate([np.zeros((0, len(enough))), *[block for block, _ in blocks]])
    why = _reasons([reason for _, reasons in blocks for reason in reasons])
    why["code"] = [enough[column] for column in why["code"]]
    return Learnt(enough, found, judge.bars, why, not_learnt)


def _heard(marks: Marks, spoken: Marks, given: int) -> Marks:
    """Say which texts count for the probability of which code, texts x codes.

    A codebook's examples teach what a code is, not how often it is raised: they count only for
    codes of which people have coded fewer than eight.
    """
    heard = np.repeat(spoken[:, None], marks.shape[1], axis=1)
    said = len(marks) - given
    times = marks[:said].sum(axis=0)
    heard[said:, (times >= MINIMUM_POSITIVES) & (times < said)] = False
    return heard


@dataclass(frozen=True)
class _Member:
    """What a share of the people teaches: all of them, unless very much is coded."""

    rows: NDArray[np.intp]
    likeness: Likeness
    solved: Solved


def apart(people: Sequence[str]) -> list[NDArray[np.intp]]:
    """Divide rows by person so that few enough are learnt from at once, alike in size.

    Shares that learn apart and are averaged lose next to nothing (Zhang, Duchi and Wainwright
    2015, *Divide and conquer kernel ridge regression*).
    """
    shares = -(-len(people) // _TOGETHER)
    numbers = {person: number for number, person in enumerate(dict.fromkeys(people))}
    share = np.array([numbers[person] % shares for person in people])
    return [found for one in range(shares) if len(found := np.flatnonzero(share == one))]


def _fit(coded: Texts, marks: Marks, rows: NDArray[np.intp]) -> _Member:
    texts = coded.part(rows)
    likeness = Likeness(texts)
    kernel = likeness.kernel(likeness.of(texts), texts)
    return _Member(rows, likeness, solve(kernel, marks[rows].astype(np.float64), texts.people))


#: text, column of the code, row of the coded text, similarity
_Reason = tuple[int, int, int, float]


class _Taught(NamedTuple):
    """All that was learnt, which every block of new texts needs."""

    members: Sequence[_Member]
    judge: Judge
    marks: Marks


def _blocks(new: Texts) -> Iterator[tuple[int, Texts]]:
    """Yield blocks of new texts, each with the row at which it begins."""
    for start in range(0, len(new), _BLOCK):
        yield start, new.part(np.arange(start, min(start + _BLOCK, len(new))))


def _predict(taught: _Taught, part: tuple[int, Texts]) -> tuple[Array, list[_Reason]]:
    members, judge, marks = taught
    start, block = part
    scores = np.zeros((len(block), marks.shape[1]))
    likenesses = np.zeros((len(block), len(marks)), dtype=np.float32)
    for member in members:
        found = member.likeness.of(block)
        likenesses[:, member.rows] = found
        scores += member.solved.scores(member.likeness.kernel(found, block)) / len(members)
    probabilities = judge.probabilities(scores)
    reasons: list[_Reason] = []
    for column in range(marks.shape[1]):
        rows = np.flatnonzero(probabilities[:, column] >= judge.bars[column])
        reasons += _nearest(likenesses, rows, np.flatnonzero(marks[:, column]), column, start)
    return probabilities, reasons


def _nearest(
    likenesses: Likenesses, rows: NDArray[np.intp], carry: NDArray[np.intp], column: int, start: int
) -> list[_Reason]:
    found = likenesses[np.ix_(rows, carry)]
    order = np.argsort(-found, axis=1, kind="stable")[:, :REASONS]
    return [
        (start + int(row), column, int(carry[near]), float(found[position, near]))
        for position, row in enumerate(rows)
        for near in order[position]
    ]


def _reasons(rows: list[_Reason]) -> Table:
    return pd.DataFrame(rows, columns=["text", "code", "coded", "similarity"])
