"""One linear programme asked for many things: HiGHS keeps where it stood and goes on from there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from listening.errors import ListeningError

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = npt.NDArray[np.float64]


class Solver:
    """Finds the least value of sums of variables that lie within bounds and obey rows ≤ limits.

    Between two questions only the costs change, so that the last answer still obeys every row: the
    simplex method starts there and is many times faster than from nothing.
    """

    def __init__(
        self, matrix: csr_array, limits: Floats, bounds: Sequence[tuple[float, float]]
    ) -> None:
        """Take the rows in.

        Args:
            matrix: rows × variables.
            limits: what each row must not exceed, shape (rows,).
            bounds: lowest and highest value of each variable.
        """
        import highspy

        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = matrix.shape
        model.col_cost_ = np.zeros(matrix.shape[1])
        model.col_lower_, model.col_upper_ = (
            np.array(end, dtype=float) for end in zip(*bounds, strict=True)
        )
        model.row_lower_ = np.full(matrix.shape[0], -highspy.kHighsInf)
        model.row_upper_ = limits
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = matrix.indptr.astype(np.int32)
        model.a_matrix_.index_ = matrix.indices.astype(np.int32)
        model.a_matrix_.value_ = matrix.data.astype(float)
        self._highs: Any = highspy.Highs()
        self._highs.setOptionValue("output_flag", False)
        self._highs.setOptionValue("threads", 1)
        self._highs.setOptionValue("simplex_strategy", 4)  # primal: the last answer obeys the rows
        self._highs.passModel(model)
        self._solved = highspy.HighsModelStatus.kOptimal
        self._costs = np.zeros(matrix.shape[1])

    def lowest(self, terms: Mapping[int, float]) -> tuple[float, Floats]:
        """Return the least value of Σ terms, and a point at which it is reached.

        Args:
            terms: place of a variable to its factor.

        Raises:
            ListeningError: no solution was found, so that nothing could be verified.
        """
        costs = np.zeros_like(self._costs)
        for place, factor in terms.items():
            costs[place] = factor
        changed = np.flatnonzero(costs != self._costs).astype(np.int32)
        self._highs.changeColsCost(len(changed), changed, costs[changed])
        self._costs = costs
        self._highs.run()
        if self._highs.getModelStatus() != self._solved:
            self._highs.clearSolver()  # once more from nothing, before it is given up
            self._highs.run()
        if self._highs.getModelStatus() != self._solved:
            raise ListeningError(
                "The release",
                "could not be verified: the linear programme has no solution.",
                "Nothing was written. Please report this.",
            )
        point = np.array(self._highs.getSolution().col_value, dtype=np.float64)
        return float(costs @ point), point
