"""Whether coders marked the same stretches of text, when edges need not be the same.

Two stretches of one code are the same when what they share is at least half of what they cover
together. Each is taken once, so that the number of pairs is the greatest there can be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from listening.coding.agreement.alpha import Floats, people_of
from listening.coding.agreement.readings import Segment, Span


@dataclass(frozen=True)
class Spans:
    """Sums over each participant's double-coded segments.

    Attributes:
        matched: participants x codes: stretches that another coder marked as well.
        marked: participants x codes: stretches that a coder marked.
    """

    matched: Floats
    marked: Floats

    def f1(self, weights: Floats) -> Floats:
        """Return F1 of each row of weights, x codes; nan where nobody marked anything."""
        return _share(weights @ self.matched, weights @ self.marked)

    def f1_of_all(self, weights: Floats) -> Floats:
        """Return F1 of each row of weights, all codes together."""
        return _share(weights @ self.matched.sum(axis=1), weights @ self.marked.sum(axis=1))


def _share(matched: Floats, marked: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(marked > 0, matched / marked, np.nan)


def spans_of(segments: Sequence[Segment], codes: Sequence[str]) -> Spans:
    """Compare what every two coders of a segment marked, code by code.

    Where somebody put the code on the whole segment, it has no edges to compare and is left out.
    Of more than two coders, every stretch counts once: a match is divided by the other readers.
    """
    people = people_of(segments)
    matched = np.zeros((people.max() + 1, len(codes)))
    marked = np.zeros_like(matched)
    column = {code: at for at, code in enumerate(codes)}
    for person, one in zip(people, segments, strict=True):
        for code in sorted({span[0] for reading in one.readings for span in reading.spans}):
            own = [sorted(s for s in reading.spans if s[0] == code) for reading in one.readings]
            if any(
                code in reading.codes and not spans
                for reading, spans in zip(one.readings, own, strict=True)
            ):
                continue
            pairs = sum(matches(a, b) for a, b in combinations(own, 2))
            matched[person, column[code]] += 2 * pairs / (len(own) - 1)
            marked[person, column[code]] += sum(len(spans) for spans in own)
    return Spans(matched, marked)


def matches(first: Sequence[Span], second: Sequence[Span]) -> int:
    """Return how many stretches of two coders can be paired one to one, IoU at least one half."""
    from scipy.optimize import linear_sum_assignment

    if not first or not second:
        return 0
    a, b = (np.array([span[1:] for span in spans]) for spans in (first, second))
    shared = np.minimum(a[:, None, 1], b[None, :, 1]) - np.maximum(a[:, None, 0], b[None, :, 0])
    covered = (a[:, 1] - a[:, 0])[:, None] + (b[:, 1] - b[:, 0])[None, :] - shared
    same = 2 * shared >= covered
    return int(same[linear_sum_assignment(same, maximize=True)].sum())
