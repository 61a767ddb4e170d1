"""From scores to probabilities that hold, and to the bar above which a code is suggested."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: a code with so many examples has half a say in its own bar; the rest comes from all codes
_OWN_SAY = 20

Array = NDArray[np.float64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Judge:
    """A sigmoid per code, p = 1 / (1 + exp(-(slope · score + offset))), and a bar.

    Attributes:
        slopes: per code, never below 0: a higher score is never less likely.
        offsets: per code.
        bars: per code, the probability from which on suggesting it pays.
    """

    slopes: Array
    offsets: Array
    bars: Array

    @classmethod
    def of(cls, scores: Array, marks: Marks, heard: Marks) -> Judge:
        """Learn from scores of texts that the model had not seen.

        Args:
            scores: texts x codes.
            marks: which text carries which code; every code on some texts heard and not on all.
            heard: which texts count for which code, texts x codes.
        """
        columns = range(scores.shape[1])
        fitted = [_sigmoid(scores[heard[:, c], c], marks[heard[:, c], c]) for c in columns]
        slopes = np.array([slope for slope, _ in fitted])
        offsets = np.array([offset for _, offset in fitted])
        judge = cls(slopes, offsets, np.zeros(len(slopes)))
        return cls(slopes, offsets, bars(judge.probabilities(scores), marks, heard))

    def probabilities(self, scores: Array) -> Array:
        """Return the probability of each score, texts x codes."""
        from scipy.special import expit

        return np.asarray(expit(scores * self.slopes + self.offsets))


def _sigmoid(scores: Array, marks: Marks) -> tuple[float, float]:
    """Fit one sigmoid: Platt (1999) with his smoothed targets, by Newton's method.

    A code with few examples never becomes certain.
    """
    from scipy.special import logit

    with_code, count = int(marks.sum()), len(marks)
    wanted = np.where(marks, (with_code + 1) / (with_code + 2), 1 / (count - with_code + 2))
    slope, offset = _newton(scores, wanted)
    if slope > 0:
        return slope, offset
    return 0.0, float(logit(wanted.mean()))  # the scores tell nothing: everyone is as likely


def _newton(scores: Array, wanted: Array) -> tuple[float, float]:
    from scipy.special import expit, logit

    design = np.column_stack([scores, np.ones_like(scores)])
    found = np.array([0.0, float(logit(wanted.mean()))])
    loss = _loss(design @ found, wanted)
    for _ in range(100):
        likely = expit(design @ found)
        slope = design.T @ (likely - wanted)
        if np.abs(slope).max() < 1e-8:
            break
        curve = (design * (likely * (1 - likely))[:, None]).T @ design + 1e-9 * np.eye(2)
        step = np.linalg.solve(curve, slope)
        while (tried := _loss(design @ (found - step), wanted)) > loss and np.abs(
            step
        ).max() > 1e-9:
            step = step / 2
        found, loss = found - step, tried
    return float(found[0]), float(found[1])


def _loss(linear: Array, wanted: Array) -> float:
    return float(np.sum(np.logaddexp(0, linear) - wanted * linear))


def bars(probabilities: Array, marks: Marks, heard: Marks) -> Array:
    """Return per code the probability from which on suggesting it pays.

    It is where F1 is highest on texts that the model had not seen. A rare code's own best bar is
    luck, so it is drawn towards the best bar of all codes together: n/(n + 20) of its own with n
    examples.

    Args:
        probabilities: texts x codes, of texts left out of learning.
        marks: which text carries which code.
        heard: which texts count for which code.
    """
    together = _best(probabilities[heard], marks[heard])
    columns = range(marks.shape[1])
    own = [_best(probabilities[heard[:, c], c], marks[heard[:, c], c]) for c in columns]
    count = (marks & heard).sum(axis=0)
    say = count / (count + _OWN_SAY)
    return np.asarray(say * np.array(own) + (1 - say) * together)


def _best(probabilities: Array, marks: Marks) -> float:
    """Return the middle between the last probability that is suggested at best F1 and the next."""
    order = np.argsort(-probabilities, kind="stable")
    sorted_ = probabilities[order]
    right = np.cumsum(marks[order])
    f1 = 2 * right / (np.arange(1, len(marks) + 1) + marks.sum())
    ends = np.append(sorted_[1:] < sorted_[:-1], True)  # equal probabilities go together
    last = int(np.argmax(np.where(ends, f1, -1.0)))
    following = sorted_[last + 1] if last + 1 < len(sorted_) else 0.0
    return float((sorted_[last] + following) / 2)
