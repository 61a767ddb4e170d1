"""F1 after 50, 100, 200, 400 and 800 coded people: plain, ours, and SetFit where it is given."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks import f1, nhs, suggestions
from listening.coding import Lesson

PEOPLE = (50, 100, 200, 400, 800)
#: SetFit takes minutes a fit on a processor: one draw, and no more people than this
SETFIT_UP_TO = 800


def tables(
    comments: nhs.Comments, lesson: Lesson, draws: int, setfit: Path | None
) -> Iterator[list[str]]:
    """Yield the table after each of its rows: SetFit takes long, and what is there is kept."""
    lines = [
        f"Coded people are drawn from those who are tested in the folds, {draws} draws; the others "
        "of them are the test, and nobody on whom choices were made is coded or tested. Micro / "
        f"macro F1 over codes with {suggestions.ENOUGH} test positives or more; codes with fewer "
        "than eight examples are not suggested and count as missed."
        + (" SetFit: one draw of people." if setfit else ""),
        "",
        f"| coded people | {' | '.join(suggestions.WAYS)}{' | SetFit' if setfit else ''} |",
        f"|---|{'---|' * (len(suggestions.WAYS) + bool(setfit))}",
    ]
    for count in PEOPLE:
        cells = []
        for way in suggestions.WAYS:
            scores = [_score(way, comments, lesson, count, draw) for draw in range(draws)]
            cells.append("{:.3f} / {:.3f}".format(*np.mean(scores, axis=0)))
        if setfit:
            cells.append(_setfit(comments, count, setfit))
        lines.append(f"| {count} | {' | '.join(cells)} |")
        print(lines[-1], file=sys.stderr)
        yield lines


def _drawn(comments: nhs.Comments, count: int, draw: int) -> tuple[nhs.Rows, nhs.Rows]:
    apart = comments.development
    people = np.array(comments.texts.people)
    everyone = sorted(set(people[~apart]))
    chosen = np.random.default_rng(draw).permutation(len(everyone))[:count]
    coded = np.isin(people, [everyone[one] for one in chosen])
    return np.flatnonzero(coded), np.flatnonzero(~coded & ~apart)


def _score(
    way: str, comments: nhs.Comments, lesson: Lesson, count: int, draw: int
) -> tuple[float, float]:
    train, test = _drawn(comments, count, draw)
    marks, _ = suggestions.suggested(way, comments, train, test, lesson)
    true = comments.marks[test]
    return f1.micro_macro(marks, true, true.sum(axis=0) >= suggestions.ENOUGH)


def _setfit(comments: nhs.Comments, count: int, python: Path) -> str:
    """Fit SetFit in its own environment; it reads and writes JSON."""
    train, test = _drawn(comments, count, 0)
    codes = np.flatnonzero(comments.marks[train].sum(axis=0) >= 8)
    true = comments.marks[test]
    if not len(codes):
        return "0 / 0"
    asked = {
        "texts": [_with_question(comments, row) for row in train],
        "marks": comments.marks[np.ix_(train, codes)].astype(int).tolist(),
        "new": [_with_question(comments, row) for row in test],
    }
    start = time.perf_counter()
    script = Path(__file__).with_name("setfit_rival.py")
    done = subprocess.run(
        [python, script], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    said = np.zeros(true.shape, dtype=bool)
    said[:, codes] = np.array(json.loads(done.stdout.splitlines()[-1]), dtype=bool)
    scores = f1.micro_macro(said, true, true.sum(axis=0) >= suggestions.ENOUGH)
    return "{:.3f} / {:.3f} ({:.0f} s)".format(*scores, time.perf_counter() - start)


def _with_question(comments: nhs.Comments, row: int) -> str:
    return f"{comments.texts.questions[row]} {comments.texts.texts[row]}"
