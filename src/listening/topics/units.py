"""Vectors of length 1, so that a product of two is their cosine."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


#: rows that are looked at together: a product of all would need their memory once more
_BLOCK = 8_192


def unit(rows: Floats, out: Floats | None = None) -> Floats:
    """Return the rows with length 1, shape (n, dimensions); a row of zeros stays as it is.

    Args:
        rows: any rows, shape (n, dimensions).
        out: where to put them; may be the rows themselves.
    """
    scaled = np.empty_like(rows) if out is None else out
    for start in range(0, len(rows), _BLOCK):
        own = rows[start : start + _BLOCK]
        lengths = np.linalg.norm(own, axis=1, keepdims=True)
        np.divide(own, np.maximum(lengths, 1e-12), out=scaled[start : start + _BLOCK])
    return scaled
