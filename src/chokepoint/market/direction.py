"""The Newton direction: assemble country by country, eliminate what is local, solve for the rest.

Everything in a country meets only at its own buyers. The lanes into a buyer weigh on the sellers along one vector
only, ``u = q / theta`` on free lanes; an activity weighs on the sellers of its outputs. So each country is a small
matrix over its buyers, one column per buyer for its lanes and one per output. Its buyers are eliminated there,
and only then are the columns spread over the sellers: one matrix of the size of the number of sellers, which
is eliminated inside its envelope (substructuring).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.market.compiled import inner
from chokepoint.market.pieces import add_multiple
from chokepoint.market.state import paid_price
from chokepoint.market.system import eliminate_buyers, eliminate_sellers, hold

if TYPE_CHECKING:
    from chokepoint.market.arrays import Matrix, Net, Terms, Vector
    from chokepoint.market.state import Work
    from chokepoint.market.system import System

NOTHING = 1e-200


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
                counted = net.lane_load[lane] * weight
                system.whole[licence, licence] += net.lane_load[lane] * counted
                system.whole[seller, licence] += counted
                column[licence] += counted
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
