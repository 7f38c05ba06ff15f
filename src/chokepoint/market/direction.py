"""The Newton direction: assemble country by country, eliminate what is local, solve for the rest.

Everything in a country meets only at its own buyers. The lanes into a buyer weigh on the sellers along one vector
only, ``u = q / theta`` on free lanes; an activity weighs on the sellers of its outputs. So each country is a small
matrix over its buyers, one column per buyer for its lanes and one per output. Its buyers are eliminated there,
and only then are the columns spread over the sellers: one matrix of the size of the number of sellers, which
is eliminated inside its envelope (substructuring).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from chokepoint.market.compiled import inner
from chokepoint.market.pieces import add_multiple, dot
from chokepoint.market.state import paid_price

if TYPE_CHECKING:
    Matrices = np.ndarray[tuple[int, int, int], np.dtype[np.float64]]

    from chokepoint.market.arrays import Integers, Matrix, Net, Terms, Vector
    from chokepoint.market.state import Work

TINY = 1e-300
NOTHING = 1e-200
LEAST_STRETCH, MOST_STRETCH = 1e-4, 1e4
NEGLIGIBLE = 1e-3


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
def assemble(net: Net, terms: Terms, work: Work, damping: float, block: int, matrix: Matrix, system: System) -> None:
    """Fill one country's matrix: lanes, takers, damping, right-hand side, activities, held prices.

    With ``U`` the sum of ``u``, ``n`` the nested friction and ``d = Q - n U``, lanes have the curvature ``U Q / d``
    (buyer), ``-(Q / d) u`` (buyer, seller) and ``diag(u) + (n / d) u u'``; the last but for ``diag(u)`` stands here.
    """
    first_buyer = net.block_buyer[block]
    buyers = net.block_buyer[block + 1] - first_buyer
    side = buyers + system.width[block]
    for row in range(side):
        matrix[row, row : side + 1] = 0.0
    for row in range(buyers):
        buyer = first_buyer + row
        matrix[row, row] = work.take_slope[buyer] + damping * terms.buyer_scale[buyer]
        matrix[row, side] = system.delivered_step[buyer]
        slope, total, nested = work.pull_slope[buyer], work.arrived[buyer], work.nested[buyer]
        if total > NOTHING:
            depth = total - slope * nested
            matrix[row, row] += slope * total / depth
            matrix[row, buyers + row] = -total / depth
            matrix[buyers + row, buyers + row] = nested / depth
    outputs = 2 * buyers
    for activity in range(net.block_activity[block], net.block_activity[block + 1]):
        outputs = add_activity(net, work, matrix, first_buyer, activity, outputs)
    for row in range(buyers):
        if work.delivered[first_buyer + row] <= 0.0 and work.short[first_buyer + row] > 0.0:
            hold(matrix, row, side + 1)


@inner
def add_activity(net: Net, work: Work, matrix: Matrix, first_buyer: int, activity: int, outputs: int) -> int:
    """Add ``slope v v'``, ``v`` the recipe: inputs at buyers, outputs from column ``outputs`` on; return the next."""
    slope = work.level_slope[activity]
    column = outputs
    for left in range(net.entry_start[activity], net.entry_start[activity + 1]):
        seat = net.entry_node[left] - first_buyer
        if net.entry_amount[left] > 0.0:
            seat = column
            column += 1
        other = outputs
        for right in range(net.entry_start[activity], net.entry_start[activity + 1]):
            place = net.entry_node[right] - first_buyer
            if net.entry_amount[right] > 0.0:
                place = other
                other += 1
            if place >= seat:
                matrix[seat, place] += slope * net.entry_amount[left] * net.entry_amount[right]
    return column


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
def fill_columns(net: Net, work: Work, block: int, system: System) -> None:
    """Fill the columns of one country: the lanes into each buyer over their sellers, each output at its seller."""
    unknowns = work.price.size
    count = 0
    for buyer in range(net.block_buyer[block], net.block_buyer[block + 1]):
        column = system.column[count]
        low, high = unknowns, 0
        for lane in range(net.buyer_lane[buyer], net.buyer_lane[buyer + 1]):
            weight = work.interior[lane]
            if weight <= 0.0:
                continue
            seller = net.lane_seller[lane]
            system.whole[seller, seller] += weight
            column[seller] += weight
            low, high = min(low, seller), max(high, seller + 1)
            if net.lane_group[lane] >= 0:
                licence = net.sellers + net.lane_group[lane]
                system.whole[licence, licence] += weight
                system.whole[seller, licence] += weight
                column[licence] += weight
                high = max(high, licence + 1)
        system.low[count], system.high[count] = low, high
        count += 1
    for entry in range(net.entry_start[net.block_activity[block]], net.entry_start[net.block_activity[block + 1]]):
        if net.entry_amount[entry] > 0.0:
            seller = net.entry_node[entry]
            system.column[count, seller] = 1.0
            system.low[count], system.high[count] = seller, seller + 1
            count += 1


@inner
def spread(system: System, left: int, right: int, weight: float) -> None:
    """Add ``weight`` times the product of two columns to the upper triangle over sellers."""
    first, last = system.low[right], system.high[right]
    for row in range(system.low[left], system.high[left]):
        factor = weight * system.column[left, row]
        if factor != 0.0 and row < last:
            first = max(row, first)
            add_multiple(factor, system.column[right, first:last], system.whole[row, first:last])


@inner
def hand_over(net: Net, work: Work, block: int, matrix: Matrix, system: System) -> None:
    """Add what is left of one country, its buyers eliminated, to the system over sellers and groups."""
    buyers = net.block_buyer[block + 1] - net.block_buyer[block]
    columns = system.width[block]
    fill_columns(net, work, block, system)
    for left in range(columns):
        for right in range(left, columns):
            weight = float(matrix[buyers + left, buyers + right])
            if weight != 0.0:
                spread(system, left, right, weight)
                if right != left:
                    spread(system, right, left, weight)
        low, high = system.low[left], system.high[left]
        if low < high:
            add_multiple(
                float(matrix[buyers + left, buyers + columns]), system.column[left, low:high], system.step[low:high]
            )
    for left in range(columns):
        system.column[left, system.low[left] : system.high[left]] = 0.0


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


@inner
def pushed_out(net: Net, work: Work, move: Vector, buyer: int) -> float:
    """Return ``u . dp`` over the lanes into one buyer."""
    pushed = 0.0
    for lane in range(net.buyer_lane[buyer], net.buyer_lane[buyer + 1]):
        weight: float = work.interior[lane]
        pushed += weight * paid_price(net, move, lane)
    return pushed


@inner
def hand_back(net: Net, work: Work, block: int, matrix: Matrix, system: System) -> None:
    """Recover the steps of one country's delivered prices from those of the sellers."""
    first_buyer = net.block_buyer[block]
    buyers = net.block_buyer[block + 1] - first_buyer
    right = buyers + system.width[block]
    for row in range(buyers):
        pushed = pushed_out(net, work, system.step, first_buyer + row)
        for above in range(buyers):
            matrix[above, right] -= matrix[above, buyers + row] * pushed
    column = 2 * buyers
    for entry in range(net.entry_start[net.block_activity[block]], net.entry_start[net.block_activity[block + 1]]):
        if net.entry_amount[entry] > 0.0:
            for above in range(buyers):
                matrix[above, right] -= matrix[above, column] * system.step[net.entry_node[entry]]
            column += 1
    for row in range(buyers - 1, -1, -1):
        total = matrix[row, right]
        for other in range(row + 1, buyers):
            total -= matrix[row, other] * system.delivered_step[first_buyer + other]
        system.delivered_step[first_buyer + row] = total / matrix[row, row]


@inner
def solve_system(net: Net, terms: Terms, work: Work, damping: float, system: System) -> None:
    """Replace the right sides in ``system`` by the solution, given the slopes in ``work``.

    ``damping`` is a Levenberg term, relative to each node's scale.
    """
    system.whole[:, :] = 0.0
    for block in range(net.block_buyer.size - 1):
        matrix = system.local[block]
        assemble(net, terms, work, damping, block, matrix, system)
        buyers = net.block_buyer[block + 1] - net.block_buyer[block]
        eliminate_buyers(matrix, buyers, buyers + system.width[block])
        hand_over(net, work, block, matrix, system)
    for node in range(work.price.size):
        system.whole[node, node] += damping * work.scale[node] + system.ridge[node]
    for node in range(work.price.size):
        if work.price[node] <= 0.0 and work.over[node] > 0.0:
            hold(system.whole, node, work.price.size)
            system.step[node] = 0.0
    eliminate_sellers(system)
    for block in range(net.block_buyer.size - 1):
        hand_back(net, work, block, system.local[block], system)


@inner
def log_stretch(supply: float, demand: float, supply_slope: float, demand_slope: float) -> float:
    """Return by how much a step on two near-exponential curves should be stretched.

    Newton's step on ``supply - demand`` is ``(s - d) / (s' + d')``; if both are exponentials, the exact one is
    ``ln(s / d) / (s'/s + d'/d)``. Near balance the two agree, so quadratic convergence is kept.
    """
    if supply <= 0.0 or demand <= 0.0 or supply_slope + demand_slope <= 0.0:
        return 1.0
    gap = supply - demand
    if abs(gap) <= NEGLIGIBLE * demand:
        return 1.0
    slope = supply_slope / supply + demand_slope / demand
    stretch = math.log(supply / demand) / slope * (supply_slope + demand_slope) / gap
    return min(max(stretch, LEAST_STRETCH), MOST_STRETCH)


@inner
def sum_slopes(net: Net, work: Work, system: System) -> None:
    """Fill how shipments and output of sellers, and inputs at buyers, answer prices."""
    system.pulled[:] = 0.0
    system.answering[:] = 0.0
    system.eating[:] = 0.0
    for lane in range(net.lane_seller.size):
        system.pulled[net.lane_seller[lane]] += work.interior[lane]
    for activity in range(work.level.size):
        for entry in range(net.entry_start[activity], net.entry_start[activity + 1]):
            bent = work.level_slope[activity] * net.entry_amount[entry] ** 2
            if net.entry_amount[entry] > 0.0:
                system.answering[net.entry_node[entry]] += bent
            else:
                system.eating[net.entry_node[entry]] += bent


@inner
def aim(net: Net, terms: Terms, work: Work, system: System, in_logs: int) -> None:
    """Fill the right-hand sides: minus the imbalances, stretched where they are taken in logs."""
    sum_slopes(net, work, system)
    for node in range(work.price.size):
        system.step[node] = -work.over[node]
        if in_logs and node < net.sellers:
            shipped = work.shipped[node]
            stretch = log_stretch(shipped + work.over[node], shipped, system.answering[node], system.pulled[node])
            system.step[node] *= stretch
    for buyer in range(work.delivered.size):
        system.delivered_step[buyer] = -work.short[buyer]
        if in_logs:
            supply = work.arrived[buyer] + terms.opening[buyer]
            depth = work.arrived[buyer] - work.pull_slope[buyer] * work.nested[buyer]
            rising = work.pull_slope[buyer] * work.arrived[buyer] / depth if depth > 0.0 else 0.0
            falling = work.take_slope[buyer] + system.eating[buyer]
            system.delivered_step[buyer] *= log_stretch(supply, supply - work.short[buyer], rising, falling)
