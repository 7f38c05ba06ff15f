"""Newton's method on the dual of one case: safeguarded steps, line search, and a detour through the inside."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.market.compiled import inner
from chokepoint.market.direction import newton_direction
from chokepoint.market.interior import approach
from chokepoint.market.pieces import EXPONENT_LIMIT, dot, nearest
from chokepoint.market.settle import GROSS, lanes_rule, settle_buyers, settle_takers
from chokepoint.market.state import OUT_OF_REACH, evaluate, residual_of

if TYPE_CHECKING:
    from chokepoint.market.arrays import Booleans, Net, Terms, Vector
    from chokepoint.market.direction import System
    from chokepoint.market.state import Work

    Start = tuple[Vector, Vector, Booleans]

FIRST_STEPS = 12
LAST_STEPS = 40
LINE_TRIALS = 40
POLISHED = 1e-13
GOOD_ENOUGH = 1e-12
BALANCE_TOLERANCE = 1e-9
WORST_TOLERANCE = 1e-6
ROUNDING = 10.0 * np.finfo(np.float64).eps
LEAST_DAMPING = 1e-13
LEAST_HELP = 1e-8
SHORT_STEP = 0.2
FLATNESS = 1e-5
MOST_DAMPING = 1e3
LEAST_BRACKET = 1e-9
SNAP = 1e-3
REACH = 3.0
FALL = 0.9
RISE = 2.0
OVERSHOOT = 0.3
SOLVED, STEPS_EXHAUSTED, NO_DESCENT, NOT_FINITE = 0, 1, 2, 3


@inner
def longest_share(price: Vector, step: Vector, share: float) -> float:
    """Return the largest share of a step that lets no price fall below a tenth or rise beyond threefold plus one.

    One share for all prices: frictions may be tiny, and only prices that move together keep lanes alive.
    """
    for node in range(price.size):
        if step[node] < 0.0 and price[node] > SNAP:
            share = min(share, -FALL * price[node] / step[node])
        elif step[node] > 0.0:
            share = min(share, (RISE * price[node] + 1.0) / step[node])
    return share


@inner
def shortened(price: Vector, step: Vector, share: float, move: Vector) -> None:
    """Fill the moves for a share of a step; a price the step would carry below zero from nearly nothing is zeroed.

    At zero it may stay (free disposal) or be freed again.
    """
    for node in range(price.size):
        move[node] = share * step[node]
        if price[node] + move[node] < 0.0:
            move[node] = -price[node]


@inner
def attraction_moves(net: Net, work: Work, move: Vector, delivered_move: Vector, attraction_move: Vector) -> None:
    """Fill how each buyer's attraction ``R = P + rho`` moves: ``dR = (Q dP - n sum u dp) / d``, ``n`` nested.

    Where lanes do not rule a buyer's price, the delivered price itself moves.
    """
    for buyer in range(delivered_move.size):
        attraction_move[buyer] = delivered_move[buyer]
        if not lanes_rule(work, buyer):
            continue
        nested = work.nested[buyer]
        depth = work.arrived[buyer] - work.pull_slope[buyer] * nested
        pushed = pushed_out(net, work, move, buyer)
        attraction_move[buyer] = (work.arrived[buyer] * delivered_move[buyer] - nested * pushed) / depth


@inner
def pushed_out(net: Net, work: Work, move: Vector, buyer: int) -> float:
    """Return ``sum u dp`` over the lanes into one buyer."""
    pushed = 0.0
    for lane in range(net.buyer_lane[buyer], net.buyer_lane[buyer + 1]):
        weight: float = work.interior[lane]
        pushed += weight * paid_move(net, move, lane)
    return pushed


@inner
def share_within_reach(net: Net, terms: Terms, work: Work, move: Vector, attraction_move: Vector) -> float:
    """Return the share of a move that changes no busy lane's exponent by more than ``REACH``.

    A lane at its cap may first lose its rent; a lane that carries next to nothing may fall as it likes.
    """
    share = 1.0
    for lane in range(net.lane_seller.size):
        buyer = net.lane_buyer[lane]
        theta = terms.theta[buyer]
        growth = (attraction_move[buyer] - paid_move(net, move, lane)) / theta
        if work.flow[lane] <= 0.0 or abs(growth) <= REACH or not lanes_rule(work, buyer):
            continue
        # How far the lane's flow is from what matters to its buyer, as an exponent.
        depth = math.log(SNAP * terms.buyer_scale[buyer] / work.flow[lane])
        if growth > 0.0 and work.interior[lane] > 0.0:
            share = min(share, (REACH + max(0.0, depth)) / growth)
        elif growth < 0.0 and depth < 0.0:
            share = min(share, (REACH + work.rent[lane] / theta) / -growth)
    return float(share)


@inner
def paid_move(net: Net, move: Vector, lane: int) -> float:
    """Return by how much a lane's ex-works price and licence multiplier move."""
    seller: int = net.lane_seller[lane]
    paid = move[seller]
    group: int = net.lane_group[lane]
    if group >= 0:
        paid += move[net.sellers + group]
    return paid


@inner
def delivered_at(net: Net, terms: Terms, work: Work, buyer: int, attraction: float) -> float:
    """Return the delivered price at which a buyer's lanes are drawn by a given attraction.

    ``P = R - (theta - theta_V) ln(Q(R) / Q°)``: a change of volume meets so little friction that flows answer
    the delivered price violently, the attraction mildly; so the step is taken in the attraction.
    """
    theta = terms.theta[buyer]
    total = 0.0
    for lane in range(net.buyer_lane[buyer], net.buyer_lane[buyer + 1]):
        if work.log_usual[lane] > OUT_OF_REACH:
            exponent = (attraction - paid_move(net, work.price, lane) - terms.wedge[lane]) / theta
            total += min(terms.cap[lane], math.exp(min(work.log_usual[lane] + exponent, EXPONENT_LIMIT)))
    if total <= 0.0:
        return max(0.0, attraction)
    return max(0.0, attraction - volume_premium(terms, work, buyer, total))


@inner
def volume_premium(terms: Terms, work: Work, buyer: int, total: float) -> float:
    """Return ``rho = (theta - theta_V) ln(Q / Q°)``, with ``Q°`` the volume nearest to ``Q`` from ``F°`` to ``F``."""
    near = nearest(total, work.usual[buyer], work.reference[buyer])
    return (terms.theta[buyer] - terms.theta_volume[buyer]) * math.log(total / near)


@inner
def go(net: Net, terms: Terms, work: Work, start: Start, moves: tuple[Vector, Vector], share: float) -> float:
    """Put the prices at a share of the moves and return the dual's derivative along the path there."""
    price, attraction, ruled = start
    move, attraction_move = moves
    for node in range(work.price.size):
        work.price[node] = max(0.0, price[node] + share * move[node])
    for buyer in range(work.delivered.size):
        reached = attraction[buyer] + share * attraction_move[buyer]
        work.delivered[buyer] = delivered_at(net, terms, work, buyer, reached) if ruled[buyer] else max(0.0, reached)
    evaluate(net, terms, work)
    slope = dot(work.over, move)
    for buyer in range(work.delivered.size):
        pace = attraction_move[buyer]
        if ruled[buyer] and work.arrived[buyer] > 0.0:
            grown = work.pull_slope[buyer] * attraction_move[buyer] - pushed_out(net, work, move, buyer)
            pace -= work.nested[buyer] * grown / work.arrived[buyer]
        slope += work.short[buyer] * pace
    return slope


@inner
def attraction_now(terms: Terms, work: Work) -> tuple[Vector, Booleans]:
    """Return ``R = P + rho`` where lanes rule the price, else ``P``; and where they do."""
    attraction = work.delivered.copy()
    ruled = np.zeros(attraction.size, np.bool_)
    for buyer in range(attraction.size):
        ruled[buyer] = lanes_rule(work, buyer)
        if ruled[buyer]:
            attraction[buyer] += volume_premium(terms, work, buyer, work.arrived[buyer])
    return attraction, ruled


@inner
def line_search(
    net: Net, terms: Terms, work: Work, moves: tuple[Vector, Vector], start_slope: float, share: float
) -> float:
    """Find how far to go: the whole move, or, once it overshoots, near the lowest point along it.

    Derivatives of the dual along the path are compared, not values: they stay reliable down to rounding, and
    a bracket on their sign closes on the kinks where lanes reach their caps.

    Returns:
        The share of the move taken, 0 if none was acceptable.
    """
    attraction, ruled = attraction_now(terms, work)
    start = (work.price.copy(), attraction, ruled)
    delivered = work.delivered.copy()
    slack = -OVERSHOOT * start_slope
    low, low_slope, high, high_slope = 0.0, start_slope, math.inf, math.inf
    for trial in range(LINE_TRIALS):
        slope = go(net, terms, work, start, moves, share)
        if math.isfinite(slope) and slope <= slack and (high == math.inf or slope >= -slack):
            return share
        if math.isfinite(slope) and slope <= slack:
            low, low_slope = share, slope
        else:
            high, high_slope = share, slope
        if high - low <= LEAST_BRACKET * high:
            break
        aim = -low_slope / (high_slope - low_slope) if math.isfinite(high_slope) and trial % 3 < 2 else 0.5  # noqa: PLR2004
        share = low + (high - low) * min(max(aim, 0.05), 0.95)
    if low > 0.0:
        go(net, terms, work, start, moves, low)
    else:
        work.price[:] = start[0]
        work.delivered[:] = delivered
        evaluate(net, terms, work)
    return low


@inner
def one_step(net: Net, terms: Terms, work: Work, system: System, damping: float) -> float:
    """Take one safeguarded Newton step; return the share of the safe step that was taken (0: no descent)."""
    move = np.empty(work.price.size)
    attraction_move = np.empty(work.delivered.size)
    slope = 0.0
    for in_logs in (1, 0):
        newton_direction(net, terms, work, damping, system, in_logs)
        share = longest_share(work.price, system.step, 1.0)
        shortened(work.price, system.step, share, move)
        system.delivered_step[:] *= share
        slope = dot(work.over, move) + dot(work.short, system.delivered_step)
        if slope < 0.0:
            break
    if not slope < 0.0:
        return 0.0
    attraction_moves(net, work, move, system.delivered_step, attraction_move)
    tried = share_within_reach(net, terms, work, move, attraction_move)
    return line_search(net, terms, work, (move, attraction_move), slope, tried) / tried


@inner
def tolerance_of(terms: Terms, work: Work) -> float:
    """Return what residual can be asked for: 1e-9, or rounding of a price over the smallest friction, to a limit."""
    least = math.inf
    for buyer in range(terms.theta.size):
        least = min(least, terms.theta_volume[buyer])
    highest = 1.0
    for buyer in range(work.delivered.size):
        highest = max(highest, work.delivered[buyer])
    return min(max(BALANCE_TOLERANCE, ROUNDING * highest / least), WORST_TOLERANCE)


@inner
def damping_after(share: float, damping: float) -> float:
    """Return the Levenberg term after a step of which a share was taken."""
    if share < SHORT_STEP:
        return min(max(LEAST_HELP, 30.0 * damping), MOST_DAMPING)
    return max(LEAST_DAMPING, 0.1 * damping)


@inner
def descend(net: Net, terms: Terms, work: Work, system: System, most_steps: int) -> tuple[int, int]:
    """Step until balances close; return the steps taken and the state reached.

    Buyers grossly out of balance are first settled one by one. Once below tolerance it goes on
    while steps still help, down to rounding.
    """
    evaluate(net, terms, work)
    residual = residual_of(work, terms)
    damping, share = LEAST_DAMPING, 1.0
    for step in range(most_steps):
        if not residual <= GROSS:
            settle_buyers(net, terms, work)
            evaluate(net, terms, work)
            residual = residual_of(work, terms)
        elif share < SHORT_STEP and residual > BALANCE_TOLERANCE:
            settle_takers(net, terms, work)
            evaluate(net, terms, work)
            residual = residual_of(work, terms)
        if not math.isfinite(residual):
            return step, NOT_FINITE
        if residual <= POLISHED:
            return step, SOLVED
        is_close = residual <= tolerance_of(terms, work)
        price, delivered = work.price.copy(), work.delivered.copy()
        share = one_step(net, terms, work, system, max(damping, FLATNESS * min(1.0, residual)))
        previous, residual = residual, residual_of(work, terms)
        if is_close and not residual <= 0.1 * previous:
            if not residual <= previous:
                work.price[:] = price
                work.delivered[:] = delivered
                evaluate(net, terms, work)
            return step + 1, SOLVED
        if share == 0.0 and damping >= MOST_DAMPING:
            return step + 1, NO_DESCENT
        damping = damping_after(share, damping)
    return most_steps, SOLVED if residual <= tolerance_of(terms, work) else STEPS_EXHAUSTED


@inner
def solve_case(net: Net, terms: Terms, work: Work, system: System) -> tuple[int, int]:
    """Solve one case from the prices in ``work``; where that drags on, from the inside, and then exactly."""
    steps, state = descend(net, terms, work, system, FIRST_STEPS)
    if state == SOLVED:
        return steps, state
    steps += approach(net, terms, work, system)
    more, state = descend(net, terms, work, system, LAST_STEPS)
    return steps + more, state
