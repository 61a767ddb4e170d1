"""Sentiment from 1 to 5 learnt from people's marks, beside the most frequent and the middle."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks import nhs
from listening.coding.marks import learn_marks

Ints = NDArray[np.int_]


def table(comments: nhs.Comments, seeds: int = 2) -> list[str]:
    marked = np.flatnonzero(comments.sentiment > 0)
    tested = marked[~comments.development[marked]]
    true = comments.sentiment[tested]
    said: dict[str, list[Ints]] = {"most frequent": [], "middle": [], "learnt": []}
    for seed in range(seeds):
        fold = nhs.folds(comments.texts.people, seed)
        found = {name: np.zeros(len(tested), dtype=int) for name in said}
        for one in range(5):
            train = marked[(fold[marked] != one) | comments.development[marked]]
            rows = fold[tested] == one
            known = comments.sentiment[train]
            found["most frequent"][rows] = np.bincount(known).argmax()
            found["middle"][rows] = int(np.median(known))
            new = comments.texts.part(tested[rows])
            found["learnt"][rows] = learn_marks(comments.texts.part(train), known, new).middle
        for name, marks in found.items():
            said[name].append(marks)
    return [
        f"{len(tested):,} comments, {seeds} seeds of five folds by respondent.",
        "",
        "| way | macro F1 | mean absolute error |",
        "|---|---|---|",
        *(
            f"| {name} | {np.mean([_macro(one, true) for one in ones]):.3f} "
            f"| {np.mean([np.abs(one - true).mean() for one in ones]):.3f} |"
            for name, ones in said.items()
        ),
    ]


def _macro(said: Ints, true: Ints) -> float:
    from sklearn.metrics import f1_score

    return float(f1_score(true, said, average="macro", zero_division=0))
