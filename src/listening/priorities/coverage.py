"""How many people have at least one concern in the top k, and the most that k themes can reach.

Justified representation: Aziz et al., Social Choice and Welfare 2017.
"""

from __future__ import annotations

import numpy as np

from listening.priorities.bootstrap import patterns
from listening.priorities.counting import Counted
from listening.priorities.nouns import Coverage, Ints


def coverage(counted: Counted, ordered: Ints, k: int) -> Coverage:
    """Count people covered by the top k, and add themes greedily by the people they add.

    Args:
        counted: the evidence; its weights say for how many people each participant stands.
        ordered: positions of themes, best first; ties of the greedy list go to the better rank.
        k: how many themes.
    """
    distinct, counts = patterns(np.column_stack([counted.raised, counted.weight]))
    weights = distinct[:, -1] * counts
    raised = distinct[:, :-1][:, ordered].astype(bool)
    covered = raised[:, :k].any(axis=1)

    reached = np.zeros(len(raised), dtype=bool)
    greedy: list[tuple[str, int]] = []
    while len(greedy) < min(k, raised.shape[1]):
        added = weights @ (raised & ~reached[:, None])
        best = int(np.argmax(added))
        if added[best] <= 0:
            break
        reached |= raised[:, best]
        greedy.append((counted.themes[ordered[best]].id, round(weights[reached].sum())))
    return Coverage(round(weights[covered].sum()), round(weights.sum()), tuple(greedy))
