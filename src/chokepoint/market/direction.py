"""The Newton direction: assemble country by country, eliminate what is local, solve for the rest.

Everything in a country meets only at its own buyers and at the sellers its lanes come from. So each country
is a small dense matrix over its buyers and those sellers; its buyers are eliminated at once and only the
part over sellers is added to one matrix of the size of the number of sellers (substructuring).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from chokepoint.market.compiled import inner

if TYPE_CHECKING:
    from chokepoint.market.arrays import Integers, Matrix, Net, Terms, Vector
    from chokepoint.market.state import Work

TINY = 1e-300
NOTHING = 1e-200
LEAST_STRETCH, MOST_STRETCH = 1e-4, 1e4


class System(NamedTuple):
    """Storage of one Newton system: the blocks' matrices, flat, and the matrix over sellers and groups.

    The last column of every matrix is the right-hand side; ``ridge`` is added to the diagonal of sellers and groups.
    """

    offset: Integers
    blocks: Vector
    whole: Matrix
    ridge: Vector
    step: Vector
    delivered_step: Vector


@inner
def new_system(net: Net) -> System:
    """Allocate the storage of one Newton system."""
    count = net.block_buyer.size - 1
    offset = np.zeros(count + 1, np.int64)
    for block in range(count):
        buyers = net.block_buyer[block + 1] - net.block_buyer[block]
        side = buyers + net.block_column[block + 1] - net.block_column[block]
        offset[block + 1] = offset[block] + side * (side + 1)
    unknowns = net.sellers + net.groups
    return System(
        offset,
        np.zeros(offset[count]),
        np.zeros((unknowns, unknowns + 1)),
        np.zeros(unknowns),
        np.zeros(unknowns),
        np.zeros(net.buyer_lane.size - 1),
    )


@inner
def add_lanes(net: Net, work: Work, matrix: Matrix, buyers: int, row: int, buyer: int, push: Vector) -> None:
    """Add the curvature of the lanes into one buyer to its country's matrix.

    With ``u = q / theta`` on free lanes, ``U`` their sum, ``n`` the nested friction (``theta - theta_V``, or 0
    where the volume term is flat) and ``d = Q - n U`` the blocks are ``U Q / d`` (buyer), ``-(Q / d) u`` (buyer,
    seller) and ``diag(u) + (n / d) u u'``.
    """
    slope, total = work.pull_slope[buyer], work.arrived[buyer]
    if total <= NOTHING:
        return
    nested = work.nested[buyer]
    depth = total - slope * nested
    matrix[row, row] += slope * total / depth
    first, last = net.buyer_lane[buyer], net.buyer_lane[buyer + 1]
    push[:] = 0.0
    for lane in range(first, last):
        weight = work.interior[lane]
        if weight <= 0.0:
            continue
        seat = buyers + net.lane_column[lane]
        matrix[seat, seat] += weight
        push[net.lane_column[lane]] += weight
        if net.group_column[lane] >= 0:
            licence = buyers + net.group_column[lane]
            matrix[licence, licence] += weight
            matrix[min(seat, licence), max(seat, licence)] += weight
            push[net.group_column[lane]] += weight
    for left in range(push.size):
        if push[left] == 0.0:
            continue
        matrix[row, buyers + left] -= push[left] * total / depth
        factor = push[left] * nested / depth
        for right in range(left, push.size):
            matrix[buyers + left, buyers + right] += factor * push[right]


@inner
def add_activity(net: Net, work: Work, matrix: Matrix, buyers: int, first_buyer: int, activity: int) -> None:
    """Add ``slope v v'`` with ``v`` the recipe: outputs at sellers, inputs at buyers."""
    slope = work.level_slope[activity]
    if slope <= 0.0:
        return
    first, last = net.entry_start[activity], net.entry_start[activity + 1]
    for left in range(first, last):
        seat = net.entry_node[left] - first_buyer if net.entry_amount[left] < 0.0 else buyers + net.entry_column[left]
        for right in range(first, last):
            other = (
                net.entry_node[right] - first_buyer
                if net.entry_amount[right] < 0.0
                else buyers + net.entry_column[right]
            )
            if other >= seat:
                matrix[seat, other] += slope * net.entry_amount[left] * net.entry_amount[right]


@inner
def eliminate(matrix: Matrix, count: int, floor: float) -> None:
    """Eliminate the first ``count`` unknowns of an upper triangular symmetric system with its right side."""
    side = matrix.shape[0]
    for pivot in range(count):
        depth = matrix[pivot, pivot]
        if depth <= floor:
            depth = floor + TINY
            matrix[pivot, pivot] = depth
        for row in range(pivot + 1, side):
            factor = matrix[pivot, row] / depth
            if factor != 0.0:
                for column in range(row, side + 1):
                    matrix[row, column] -= factor * matrix[pivot, column]


@inner
def hold(matrix: Matrix, seat: int) -> None:
    """Take one unknown out of the system: its step is zero."""
    matrix[:seat, seat] = 0.0
    matrix[seat, seat:] = 0.0
    matrix[seat, seat] = 1.0


@inner
def assemble_block(
    net: Net, terms: Terms, work: Work, damping: float, block: int, matrix: Matrix, system: System
) -> None:
    """Fill one country's matrix: lanes, activities, takers, damping, right-hand side, held prices."""
    matrix[:, :] = 0.0
    first_buyer, last_buyer = net.block_buyer[block], net.block_buyer[block + 1]
    buyers = last_buyer - first_buyer
    push = np.zeros(matrix.shape[0] - buyers)
    for buyer in range(first_buyer, last_buyer):
        row = buyer - first_buyer
        matrix[row, row] += work.take_slope[buyer] + damping * terms.buyer_scale[buyer]
        matrix[row, -1] = system.delivered_step[buyer]
        add_lanes(net, work, matrix, buyers, row, buyer, push)
    for activity in range(net.block_activity[block], net.block_activity[block + 1]):
        add_activity(net, work, matrix, buyers, first_buyer, activity)
    for row in range(buyers):
        if work.delivered[first_buyer + row] <= 0.0 and work.short[first_buyer + row] > 0.0:
            hold(matrix, row)


@inner
def solve_upper(matrix: Matrix, step: Vector) -> None:
    """Solve an eliminated system from the last unknown to the first."""
    side = matrix.shape[0]
    for row in range(side - 1, -1, -1):
        total = matrix[row, side]
        for other in range(row + 1, side):
            total -= matrix[row, other] * step[other]
        step[row] = total / matrix[row, row]


@inner
def block_matrix(net: Net, system: System, block: int) -> tuple[Matrix, int]:
    """Return one country's matrix as a view, and how many buyers it has."""
    buyers = net.block_buyer[block + 1] - net.block_buyer[block]
    side = buyers + net.block_column[block + 1] - net.block_column[block]
    return system.blocks[system.offset[block] : system.offset[block + 1]].reshape(side, side + 1), buyers


@inner
def gather(net: Net, system: System, block: int) -> None:
    """Add what is left of one country to the matrix over sellers and groups."""
    matrix, buyers = block_matrix(net, system, block)
    first, last = net.block_column[block], net.block_column[block + 1]
    for left in range(last - first):
        row = net.column[first + left]
        system.whole[row, -1] += matrix[buyers + left, -1]
        for right in range(left, last - first):
            other = net.column[first + right]
            system.whole[min(row, other), max(row, other)] += matrix[buyers + left, buyers + right]


@inner
def scatter(net: Net, system: System, block: int) -> None:
    """Recover the steps of one country's delivered prices from those of the sellers."""
    matrix, buyers = block_matrix(net, system, block)
    first, side = net.block_column[block], matrix.shape[0]
    for row in range(buyers - 1, -1, -1):
        total = matrix[row, side]
        for other in range(row + 1, buyers):
            total -= matrix[row, other] * system.delivered_step[net.block_buyer[block] + other]
        for other in range(buyers, side):
            total -= matrix[row, other] * system.step[net.column[first + other - buyers]]
        system.delivered_step[net.block_buyer[block] + row] = total / matrix[row, row]


@inner
def log_stretch(supply: float, demand: float, supply_slope: float, demand_slope: float) -> float:
    """Return by how much a step on two near-exponential curves should be stretched.

    Newton's step on ``supply - demand`` is ``(s - d) / (s' + d')``; if both are exponentials, the exact one is
    ``ln(s / d) / (s'/s + d'/d)``. Near balance the two agree, so quadratic convergence is kept.
    """
    if supply <= 0.0 or demand <= 0.0 or supply_slope + demand_slope <= 0.0:
        return 1.0
    gap = supply - demand
    if abs(gap) <= 1e-3 * demand:
        return 1.0
    slope = supply_slope / supply + demand_slope / demand
    stretch = math.log(supply / demand) / slope * (supply_slope + demand_slope) / gap
    return min(max(stretch, LEAST_STRETCH), MOST_STRETCH)


@inner
def aim(net: Net, terms: Terms, work: Work, system: System, in_logs: int) -> None:
    """Fill the right-hand sides: minus the imbalances, stretched where they are taken in logs."""
    system.step[:] = -work.over
    system.delivered_step[:] = -work.short
    if not in_logs:
        return
    shipped = np.zeros(work.price.size)
    pulled = np.zeros(work.price.size)
    answering = np.zeros(work.price.size)
    eating = np.zeros(work.delivered.size)
    for lane in range(net.lane_seller.size):
        shipped[net.lane_seller[lane]] += work.flow[lane]
        pulled[net.lane_seller[lane]] += work.interior[lane]
    for activity in range(work.level.size):
        for entry in range(net.entry_start[activity], net.entry_start[activity + 1]):
            bent = work.level_slope[activity] * net.entry_amount[entry] ** 2
            if net.entry_amount[entry] > 0.0:
                answering[net.entry_node[entry]] += bent
            else:
                eating[net.entry_node[entry]] += bent
    for node in range(net.sellers):
        output = shipped[node] + work.over[node]
        system.step[node] *= log_stretch(output, shipped[node], answering[node], pulled[node])
    for buyer in range(work.delivered.size):
        supply = work.arrived[buyer] + terms.opening[buyer]
        depth = work.arrived[buyer] - work.pull_slope[buyer] * work.nested[buyer]
        rising = work.pull_slope[buyer] * work.arrived[buyer] / depth if depth > 0.0 else 0.0
        falling = work.take_slope[buyer] + eating[buyer]
        system.delivered_step[buyer] *= log_stretch(supply, supply - work.short[buyer], rising, falling)


@inner
def newton_direction(net: Net, terms: Terms, work: Work, damping: float, system: System, in_logs: int) -> None:
    """Fill ``system.step`` and ``system.delivered_step`` with the damped Newton direction.

    Args:
        net, terms, work: the case at its trial price.
        damping: Levenberg term, relative to each node's scale.
        system: storage; also receives the direction.
        in_logs: whether imbalances are taken in logs, which far from balance is the better line.
    """
    aim(net, terms, work, system, in_logs)
    solve_system(net, terms, work, damping, system)


@inner
def solve_system(net: Net, terms: Terms, work: Work, damping: float, system: System) -> None:
    """Replace the right sides in ``system`` by the solution, given the slopes in ``work``."""
    system.whole[:, :] = 0.0
    for block in range(net.block_buyer.size - 1):
        matrix, buyers = block_matrix(net, system, block)
        assemble_block(net, terms, work, damping, block, matrix, system)
        eliminate(matrix, buyers, 0.0)
        gather(net, system, block)
    for node in range(work.price.size):
        system.whole[node, node] += damping * work.scale[node] + system.ridge[node]
        system.whole[node, -1] += system.step[node]
    for node in range(work.price.size):
        if work.price[node] <= 0.0 and work.over[node] > 0.0:
            hold(system.whole, node)
    eliminate(system.whole, work.price.size, 0.0)
    solve_upper(system.whole, system.step)
    for block in range(net.block_buyer.size - 1):
        scatter(net, system, block)
