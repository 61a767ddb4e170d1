"""Marks on a scale, such as severity 0 to 3 or sentiment 1 to 5, learnt from people's own marks.

They are learnt as codes are, never looked up in a list of words: for every level, whether a text
lies at that level or above (Frank and Hall 2001, *A simple approach to ordinal classification*).
A mark of yes or no (a need is stated, a change is wanted) is a code, and `learn` learns it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from listening.coding.alike import Likeness, Texts
from listening.coding.calibrate import Judge
from listening.coding.learn import MINIMUM_POSITIVES, apart
from listening.coding.ridge import solve


@dataclass(frozen=True)
class Marked:
    """Marks for new texts.

    Attributes:
        levels: the levels that could be told apart, ascending; none where too few were marked.
        probabilities: new texts x levels; rows add up to 1.
    """

    levels: tuple[int, ...]
    probabilities: NDArray[np.float64]

    @property
    def middle(self) -> NDArray[np.int_]:
        """The level at which half of the probability is reached: least far off on average."""
        reached = np.cumsum(self.probabilities, axis=1) >= 0.5 - 1e-12
        return np.asarray(np.array(self.levels)[reached.argmax(axis=1)])


def learn_marks(coded: Texts, marks: Sequence[int], new: Texts) -> Marked:
    """Learn marks from marked texts, and give new texts the probability of each level.

    A level with fewer than eight marks at it or above, or below it, is not told apart from the
    level beneath.

    Args:
        coded: texts that a person marked.
        marks: the mark of each.
        new: texts to mark.
    """
    given = np.asarray(marks, dtype=np.int_)
    present = np.unique(given)
    steps = [
        int(level)
        for level in present[1:]
        if min((given >= level).sum(), (given < level).sum()) >= MINIMUM_POSITIVES
    ]
    if not steps:
        return Marked((), np.zeros((len(new), 0)))
    reach = given[:, None] >= np.array(steps)[None, :]
    held_out, scores = np.empty(reach.shape), np.zeros((len(new), len(steps)))
    shares = apart(coded.people)
    for rows in shares:
        texts = coded.part(rows)
        likeness = Likeness(texts)
        kernel = likeness.kernel(likeness.of(texts), texts)
        solved = solve(kernel, reach[rows].astype(np.float64), texts.people)
        held_out[rows] = solved.held_out
        scores += solved.scores(likeness.kernel(likeness.of(new), new)) / len(shares)
    likely = Judge.of(held_out, reach, np.ones(reach.shape, dtype=bool)).probabilities(scores)
    # to reach a level is never likelier than to reach the one beneath
    falling = np.minimum.accumulate(likely, axis=1)
    edges = np.column_stack([np.ones(len(new)), falling, np.zeros(len(new))])
    return Marked((int(present[0]), *steps), edges[:, :-1] - edges[:, 1:])
