"""Marks learnt from people's marks: how far off, whether the check beforehand tells the truth.

`python -m benchmarks.marks_learned [FOLDER] [--seeds N]`

FOLDER is `../shared/data`: NHS comments whose sentiment people gave from 1 (very positive) to 5.
People are drawn to learn from; all others are the test, so that nobody is on both sides. What
`check_marks` says beforehand, on the drawn people alone, stands beside what came of it on the test.
Sentiment is what this data has: severity, needs and wishes for change are untried. Nothing was
chosen by these figures.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import nhs, sections
from benchmarks.data import SHARED
from listening import embeddings
from listening.coding.mark_checks import Checked, check_marks
from listening.coding.marks import learn_marks

PEOPLE = (25, 50, 100, 200, 400, 800)
#: people whose marks are dealt out anew, and how often: no link to the text is left to learn
NULL_PEOPLE, NULL_DRAWS = 100, 100
Ints = NDArray[np.int_]


def scales(comments: nhs.Comments) -> dict[str, Ints]:
    """Return the marks on each scale, one per comment; without sentiment they mean nothing."""
    five = comments.sentiment
    return {
        "sentiment 1 to 5": five,
        "sentiment -1 to 1": np.sign(3 - five),
        "critical or not": (five >= 4).astype(int),
    }


def drawn(comments: nhs.Comments, marked: nhs.Rows, people: int, seed: int) -> nhs.Rows:
    """Return the comments of so many people, drawn among those who were marked."""
    who = np.array(comments.texts.people)[marked]
    everyone = np.unique(who)
    chosen = np.random.default_rng(seed).permutation(everyone)[:people]
    return marked[np.isin(who, chosen)]


def row(comments: nhs.Comments, marks: Ints, marked: nhs.Rows, people: int, seeds: int) -> str:
    said: list[Checked] = []
    off, plain, missing = [], [], 0
    for seed in range(seeds):
        train = drawn(comments, marked, people, seed)
        test = np.setdiff1d(marked, train)
        checked = check_marks(comments.texts.part(train), marks[train].tolist(), seed)
        learnt = learn_marks(
            comments.texts.part(train), marks[train].tolist(), comments.texts.part(test)
        )
        if checked is None or not learnt.levels:
            missing += 1
            continue
        said.append(checked)
        off.append(float(np.abs(learnt.middle - marks[test]).mean()))
        middle = np.sort(marks[train])[(len(train) - 1) // 2]
        plain.append(float(np.abs(middle - marks[test]).mean()))
    print(f"{people} people done, {missing} without", file=sys.stderr)
    if not said:
        return f"| {people} | – | – | – | 0 of {seeds} | – |"
    helps = sum(one.helps for one in said)
    return (
        f"| {people} | {_spread(off)} | {np.mean(plain):.3f} "
        f"| {_spread([one.error for one in said])} | {helps} of {seeds} "
        f"| {_spread([one.calibration for one in said])} |"
    )


def _spread(values: Sequence[float]) -> str:
    return f"{np.mean(values):.3f} ({min(values):.3f} to {max(values):.3f})"


def null(comments: nhs.Comments, marks: Ints, marked: nhs.Rows) -> int:
    """Return how often marks that were dealt out anew would have been suggested."""
    passed = 0
    for seed in range(NULL_DRAWS):
        train = drawn(comments, marked, NULL_PEOPLE, seed)
        dealt = np.random.default_rng(seed).permutation(marks[train])
        checked = check_marks(comments.texts.part(train), dealt.tolist(), seed)
        passed += checked is not None and checked.helps
    return passed


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.marks_learned")
    parser.add_argument("shared", nargs="?", type=Path, default=SHARED)
    parser.add_argument("--seeds", type=int, default=10)
    given = parser.parse_args(arguments)
    comments = nhs.read(given.shared, embeddings.load_encoder())
    marked = np.flatnonzero(comments.sentiment > 0)
    people = len({comments.texts.people[at] for at in marked})
    lines = [
        f"{len(marked):,} comments of {people:,} respondents whose sentiment people gave, "
        f"{given.seeds} draws of the respondents learnt from; all others are the test. Error: mean "
        "distance from the person's mark in levels (of yes and no: share wrong), mean over draws "
        "(lowest to highest). Constant: the middle level for everybody. Said beforehand: the same "
        "error by cross-validation on the people drawn alone. Suggested: draws in which the gain's "
        "95 % interval lay above 0. ECE: calibration error, beforehand.",
    ]
    for name, marks in scales(comments).items():
        lines += [
            "",
            f"### {name[0].upper()}{name[1:]}",
            "",
            "| people | error | constant | said beforehand | suggested | ECE |",
            "|---|---|---|---|---|---|",
            *(row(comments, marks, marked, count, given.seeds) for count in PEOPLE),
            "",
            f"With the marks of {NULL_PEOPLE} people dealt out anew, suggested in "
            f"{null(comments, marks, marked)} of {NULL_DRAWS} draws.",
        ]
        sections.write("Marks", "python -m benchmarks.marks_learned ../shared/data", lines)
    print("\n".join(lines))


if __name__ == "__main__":
    main(sys.argv[1:])
