"""Texts whose severity, 0 to 3, is the direction in which they lie."""

from __future__ import annotations

import numpy as np

from listening.coding import Texts


def marked(each: int = 15) -> tuple[Texts, list[int], Texts]:
    """Return marked texts, their marks, and one new text of each level."""
    rng = np.random.default_rng(0)
    marks = [n % 4 for n in range(4 * each)]
    vectors = np.stack([_towards(level, rng) for level in marks])
    new = np.stack([_towards(level, rng) for level in range(4)])
    return _texts(vectors, "p"), marks, _texts(new, "n")


def _towards(level: int, rng: np.random.Generator) -> np.ndarray:
    vector = 0.15 * rng.normal(size=8)
    vector[level] += 1.0
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def _texts(vectors: np.ndarray, whose: str) -> Texts:
    count = len(vectors)
    people = [f"{whose}{n}" for n in range(count)]
    return Texts([chr(97 + n % 26) * 4 for n in range(count)], vectors, [""] * count, people)
