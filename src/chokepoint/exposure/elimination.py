"""Solve many small systems of shares, compiled: the threads of a linear algebra library would only wait on each other.

A system ``(1 - A) s = d`` whose ``A`` holds shares is an M-matrix with rows that sum to no less than zero. Elimination
without exchanging rows is exact for it: pivots stay positive and nothing cancels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.market.compiled import entry
from chokepoint.market.kernel_cache import kernels_kept_apart

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


with kernels_kept_apart():

    @entry
    def eliminate(matrix: NDArray[np.float64], right: NDArray[np.float64]) -> None:
        """Bring ``matrix @ x = right`` to a triangle, in place."""
        size, sides = right.shape
        for pivot in range(size):
            for row in range(pivot + 1, size):
                factor = matrix[row, pivot] / matrix[pivot, pivot]
                if factor != 0.0:
                    for column in range(pivot + 1, size):
                        matrix[row, column] -= factor * matrix[pivot, column]
                    for side in range(sides):
                        right[row, side] -= factor * right[pivot, side]

    @entry
    def substitute(matrix: NDArray[np.float64], right: NDArray[np.float64]) -> None:
        """Solve a triangle from below; ``right`` becomes ``x``."""
        size, sides = right.shape
        for row in range(size - 1, -1, -1):
            for column in range(row + 1, size):
                factor = matrix[row, column]
                if factor != 0.0:
                    for side in range(sides):
                        right[row, side] -= factor * right[column, side]
            for side in range(sides):
                right[row, side] /= matrix[row, row]

    @entry
    def add_mixes(
        buyer: NDArray[np.intp],
        seller: NDArray[np.intp],
        weight: NDArray[np.float64],
        mix: NDArray[np.float64],
        share: NDArray[np.float64],
    ) -> None:
        """Add to each buyer's row the mix of each of its sellers, by the weight of the flow."""
        for flow in range(buyer.size):
            for origin in range(mix.shape[1]):
                share[buyer[flow], origin] += weight[flow] * mix[seller[flow], origin]
