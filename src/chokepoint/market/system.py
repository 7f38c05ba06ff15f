"""The storage of one Newton system, and the elimination of what stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from chokepoint.market.compiled import inner
from chokepoint.market.pieces import add_multiple, dot

if TYPE_CHECKING:
    Matrices = np.ndarray[tuple[int, int, int], np.dtype[np.float64]]

    from chokepoint.market.arrays import Integers, Matrix, Net, Vector

TINY = 1e-300


class System(NamedTuple):
    """Storage of one Newton system.

    ``local`` holds every country's matrix, its last column the right-hand side, ``width`` how many columns a country
    spreads over sellers; ``whole`` is the matrix over sellers and licence groups, of which row ``n`` ends at
    ``reach[n]``; ``ridge`` is added to its diagonal. ``column`` holds one country's columns over sellers, each between
    ``low`` and ``high``. ``step`` and ``delivered_step`` are the right-hand sides, then the direction. The last three
    are the slopes of sellers' shipments and output and of activities' inputs.
    """

    local: Matrices
    width: Integers
    whole: Matrix
    reach: Integers
    ridge: Vector
    column: Matrix
    low: Integers
    high: Integers
    step: Vector
    delivered_step: Vector
    pulled: Vector
    answering: Vector
    eating: Vector


def new_system(net: Net) -> System:
    """Allocate the storage of one Newton system."""
    buyers = np.diff(net.block_buyer)
    before = np.concatenate([[0], np.cumsum(net.entry_amount > 0.0)])[net.entry_start]
    width = buyers + np.diff(before[net.block_activity])
    most, side = int(width.max()), int((width + buyers).max())
    unknowns, nodes = net.sellers + net.groups, net.buyer_lane.size - 1
    return System(
        local=np.empty((buyers.size, side, side + 1)),
        width=width,
        whole=np.empty((unknowns, unknowns)),
        reach=np.empty(unknowns, np.int64),
        ridge=np.zeros(unknowns),
        column=np.zeros((most, unknowns)),
        low=np.empty(most, np.int64),
        high=np.empty(most, np.int64),
        step=np.empty(unknowns),
        delivered_step=np.empty(nodes),
        pulled=np.empty(unknowns),
        answering=np.empty(unknowns),
        eating=np.empty(nodes),
    )


@inner
def hold(matrix: Matrix, seat: int, end: int) -> None:
    """Take one unknown out of a system whose rows end there: its step is zero."""
    matrix[:seat, seat] = 0.0
    matrix[seat, seat:end] = 0.0
    matrix[seat, seat] = 1.0


@inner
def eliminate_buyers(matrix: Matrix, count: int, side: int) -> None:
    """Eliminate the first unknowns of a country's upper triangular symmetric matrix with its right side."""
    for pivot in range(count):
        matrix[pivot, pivot] = max(matrix[pivot, pivot], TINY)
        for row in range(pivot + 1, side):
            factor = matrix[pivot, row] / matrix[pivot, pivot]
            if factor != 0.0:
                add_multiple(-factor, matrix[pivot, row : side + 1], matrix[row, row : side + 1])


@inner
def eliminate_sellers(system: System) -> None:
    """Replace ``step`` by the solution: eliminate each row as far as it reaches, then go back from the last."""
    matrix, step = system.whole, system.step
    side = step.size
    for pivot in range(side):
        last = side
        while last > pivot + 1 and matrix[pivot, last - 1] == 0.0:
            last -= 1
        system.reach[pivot] = last
        matrix[pivot, pivot] = max(matrix[pivot, pivot], TINY)
        for row in range(pivot + 1, last):
            factor = matrix[pivot, row] / matrix[pivot, pivot]
            if factor != 0.0:
                step[row] -= factor * step[pivot]
                add_multiple(-factor, matrix[pivot, row:last], matrix[row, row:last])
    for row in range(side - 1, -1, -1):
        last = system.reach[row]
        known = dot(matrix[row, row + 1 : last], step[row + 1 : last])
        step[row] = (step[row] - known) / matrix[row, row]
