"""F1 of many codes at once, the spread of a difference over people, and calibration."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Marks = NDArray[np.bool_]
Array = NDArray[np.float64]


def f1(right: Array, said: Array, true: Array) -> Array:
    """Return 2 · right / (said + true); 0 where nothing was said and nothing is true."""
    return np.asarray(2 * right / np.maximum(said + true, 1e-12))


def micro_macro(suggested: Marks, true: Marks, enough: Marks) -> tuple[float, float]:
    """Return micro and macro F1 over the codes with enough test positives."""
    counts = _counts(suggested[:, enough], true[:, enough]).sum(axis=1)
    return float(_micro(counts)), float(_macro(counts))


def _counts(suggested: Marks, true: Marks) -> Array:
    """Return right, said and true: 3 x texts x codes."""
    return np.stack([suggested & true, suggested, true]).astype(np.float64)


def _micro(counts: Array) -> Array:
    right, said, true = counts.sum(axis=-1)
    return f1(right, said, true)


def _macro(counts: Array) -> Array:
    return np.asarray(f1(*counts).mean(axis=-1))


def gain(
    ours: Sequence[Marks],
    plain: Sequence[Marks],
    true: Marks,
    people: Sequence[str],
    enough: Marks,
    draws: int = 1000,
) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Return the gain in micro and in macro F1: mean over seeds and its 95 % interval over people.

    People are drawn with replacement, with all that they said and for both methods alike; a draw's
    gain is its mean over seeds.

    Args:
        ours: suggestions of each seed, tested texts x codes.
        plain: those of the other method.
        true: what people coded.
        people: who said each text.
        enough: the codes that are counted.
    """
    everyone, who = np.unique(np.asarray(people), return_inverse=True)
    rng = np.random.default_rng(0)
    weights = rng.multinomial(len(everyone), np.full(len(everyone), 1 / len(everyone)), draws)
    weights = np.vstack([np.ones(len(everyone)), weights])
    gains = np.mean(
        [
            _weighted(one, true, who, weights, enough)
            - _weighted(other, true, who, weights, enough)
            for one, other in zip(ours, plain, strict=True)
        ],
        axis=0,
    )
    low, high = np.quantile(gains[:, 1:], [0.025, 0.975], axis=1)
    micro, macro = ((float(gains[i, 0]), float(low[i]), float(high[i])) for i in (0, 1))
    return micro, macro


def _weighted(suggested: Marks, true: Marks, who: Array, weights: Array, enough: Marks) -> Array:
    counts = _counts(suggested[:, enough], true[:, enough])
    by_person = np.zeros((3, weights.shape[1], counts.shape[2]))
    for kind in range(3):
        np.add.at(by_person[kind], who, counts[kind])
    drawn = np.einsum("dp,kpc->kdc", weights, by_person, optimize=True)
    return np.stack([_micro(drawn), _macro(drawn)])


def calibration_error(probabilities: Array, true: Marks, bins: int = 10) -> float:
    """Return the expected calibration error: bins of equal width, weighted by their size."""
    which = np.minimum((probabilities * bins).astype(int), bins - 1)
    errors = [
        abs(probabilities[which == one].mean() - true[which == one].mean()) * (which == one).mean()
        for one in range(bins)
        if (which == one).any()
    ]
    return float(np.sum(errors))
