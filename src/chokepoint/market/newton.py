"""Newton's method on the dual of one case: safeguarded steps, line search, and a detour through the inside."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from chokepoint.market.compiled import inner, part
from chokepoint.market.direction import aim, pushed_out, solve_system
from chokepoint.market.interior import approach
from chokepoint.market.pieces import copy, dot
from chokepoint.market.settle import (
    CUT_OFF,
    GROSS,
    GROSSLY_OFF,
    MOST_PRICE,
    NO_ONE,
    lanes_rule,
    settle,
    settle_intervals,
)
from chokepoint.market.state import evaluate, paid_price, residual_of

if TYPE_CHECKING:
    from chokepoint.market.arrays import Booleans, Net, Terms, Vector
    from chokepoint.market.direction import System
    from chokepoint.market.inside import Inside
    from chokepoint.market.state import Work

FIRST_STEPS = 12
LAST_STEPS = 40
LINE_TRIALS = 40
POLISHED = 1e-13
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
PLAIN = 3
SOLVED, STEPS_EXHAUSTED, NO_DESCENT, NOT_FINITE = 0, 1, 2, 3


class Path(NamedTuple):
    """Where a step starts and where it leads: ex-works prices, and attractions (delivered prices unless ``ruled``)."""

    price: Vector
    move: Vector
    attraction: Vector
    attraction_move: Vector
    ruled: Booleans


def new_path(unknowns: int, buyers: int) -> Path:
    """Allocate a path."""
    return Path(np.empty(unknowns), np.empty(unknowns), np.empty(buyers), np.empty(buyers), np.empty(buyers, np.bool_))


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
def attraction_moves(net: Net, work: Work, path: Path, delivered_move: Vector) -> None:
    """Fill how each buyer's attraction ``R = P + rho`` moves: ``dR = (Q dP - n sum u dp) / d``, ``n`` nested.

    Where lanes do not rule a buyer's price, the delivered price itself moves; so it does at zero, for what is held
    there must stay there to the last digit.
    """
    for buyer in range(delivered_move.size):
        path.ruled[buyer] = work.delivered[buyer] > 0.0 and lanes_rule(work, buyer)
        path.attraction_move[buyer] = delivered_move[buyer]
        path.attraction[buyer] = work.delivered[buyer]
        if path.ruled[buyer]:
            path.attraction[buyer] = work.attraction[buyer]
            depth = work.arrived[buyer] - work.pull_slope[buyer] * work.nested[buyer]
            pushed = work.nested[buyer] * pushed_out(net, work, path.move, buyer)
            path.attraction_move[buyer] = (work.arrived[buyer] * delivered_move[buyer] - pushed) / depth


@inner
def share_within_reach(net: Net, terms: Terms, work: Work, path: Path) -> float:
    """Return the share of a move that changes no busy lane's exponent by more than ``REACH``.

    A lane at its cap may first lose its rent; a lane that carries next to nothing may fall as it likes.
    """
    share = 1.0
    for lane in range(net.lane_seller.size):
        buyer = net.lane_buyer[lane]
        theta = terms.theta[buyer]
        growth = (path.attraction_move[buyer] - paid_price(net, path.move, lane)) / theta
        if abs(growth) <= REACH or work.flow[lane] <= 0.0 or not path.ruled[buyer]:
            continue
        # How far the lane's flow is from what matters to its buyer, as an exponent.
        depth = math.log(SNAP * terms.buyer_scale[buyer] / work.flow[lane])
        if growth > 0.0 and work.interior[lane] > 0.0:
            share = min(share, (REACH + max(0.0, depth)) / growth)
        elif growth < 0.0 and depth < 0.0:
            share = min(share, (REACH + work.rent[lane] / theta) / -growth)
    return float(share)


@part
def go(net: Net, terms: Terms, work: Work, path: Path, share: float) -> float:
    """Put the prices at a share of the path and return the dual's derivative along it there.

    A change of volume meets so little friction that flows answer the delivered price violently, the attraction
    mildly; so where lanes rule, the step is taken in the attraction.
    """
    for node in range(work.price.size):
        work.price[node] = max(0.0, path.price[node] + share * path.move[node])
    for buyer in range(work.delivered.size):
        work.attraction[buyer] = path.attraction[buyer] + share * path.attraction_move[buyer]
        work.ruled[buyer] = path.ruled[buyer]
        if not path.ruled[buyer]:
            work.delivered[buyer] = max(0.0, work.attraction[buyer])
    evaluate(net, terms, work)
    slope = dot(work.over, path.move)
    for buyer in range(work.delivered.size):
        pace = path.attraction_move[buyer]
        if path.ruled[buyer] and work.arrived[buyer] > 0.0:
            grown = work.pull_slope[buyer] * pace - pushed_out(net, work, path.move, buyer)
            pace -= work.nested[buyer] * grown / work.arrived[buyer]
        if work.delivered[buyer] > 0.0 or pace > 0.0:
            slope += work.short[buyer] * pace
    return slope


@part
def line_search(net: Net, terms: Terms, work: Work, path: Path, start_slope: float, share: float) -> float:
    """Find how far to go: the whole move, or, once it overshoots, near the lowest point along it.

    Derivatives of the dual along the path are compared, not values: they stay reliable down to rounding, and
    a bracket on their sign closes on the kinks where lanes reach their caps.

    Returns:
        The share of the move taken, 0 if none was acceptable.
    """
    slack = -OVERSHOOT * start_slope
    low, low_slope, high, high_slope = 0.0, start_slope, math.inf, math.inf
    is_last = False
    for trial in range(LINE_TRIALS + 1):
        slope = go(net, terms, work, path, share)
        is_low = math.isfinite(slope) and slope <= slack
        if is_last or (is_low and (high == math.inf or slope >= -slack)):
            break
        if is_low:
            low, low_slope = share, slope
        else:
            high, high_slope = share, slope
        is_last = trial == LINE_TRIALS - 1 or high - low <= LEAST_BRACKET * high
        aim = -low_slope / (high_slope - low_slope) if math.isfinite(high_slope) and trial % 3 < 2 else 0.5  # noqa: PLR2004
        share = low if is_last else low + (high - low) * min(max(aim, 0.05), 0.95)
    return share


@part
def one_step(net: Net, terms: Terms, work: Work, system: System, path: Path, damping: float, in_logs: int) -> float:
    """Take one safeguarded Newton step; return the share of the safe step that was taken (0: no descent).

    Imbalances are aimed at in logs if so asked, which far from balance is the better line; as they are, if that is
    no descent.
    """
    copy(work.price, path.price)
    for logs in (in_logs, 0):
        aim(net, terms, work, system, logs)
        solve_system(net, terms, work, damping, system)
        share = longest_share(work.price, system.step, 1.0)
        shortened(work.price, system.step, share, path.move)
        for buyer in range(work.delivered.size):
            system.delivered_step[buyer] *= share
        slope = dot(work.over, path.move) + dot(work.short, system.delivered_step)
        attraction_moves(net, work, path, system.delivered_step)
        if slope < 0.0:
            tried = share_within_reach(net, terms, work, path)
            return line_search(net, terms, work, path, slope, tried) / tried
    return 0.0


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
def trouble_of(residual: float, share: float) -> int:
    """Say which buyers must be settled one by one after a step of which a share was taken."""
    if not residual <= GROSS:
        return GROSSLY_OFF
    return CUT_OFF if share < SHORT_STEP and residual > BALANCE_TOLERANCE else NO_ONE


@part
def descend(
    net: Net, terms: Terms, work: Work, system: System, path: Path, most_steps: int, enough: float
) -> tuple[int, int]:
    """Step until balances close; return the steps taken and the state reached.

    Buyers grossly out of balance are first settled one by one. Once below tolerance it goes on while steps still
    help, down to ``enough``.
    """
    damping, residual, step = LEAST_DAMPING, math.inf, 0
    trouble, looks = NO_ONE, 1
    while True:
        if looks > 0:
            settle(net, terms, work, trouble)
            evaluate(net, terms, work)
            residual = residual_of(work, terms)
            looks -= 1
            if step == 0 and trouble == NO_ONE and not residual <= GROSS:
                trouble, looks = GROSSLY_OFF, 1
            continue
        if not math.isfinite(residual):
            return step, NOT_FINITE
        if residual <= enough:
            return step, SOLVED
        tolerance = tolerance_of(terms, work)
        if step == most_steps:
            return step, SOLVED if residual <= tolerance else STEPS_EXHAUSTED
        previous = residual
        least = FLATNESS * min(1.0, residual)
        # Where both ends of a lane rise together, logs of each alone call for next to no step.
        share = one_step(net, terms, work, system, path, max(damping, least), min(1, (step + 1) % PLAIN))
        residual = residual_of(work, terms)
        step += 1
        if previous <= tolerance and residual <= tolerance and not residual <= 0.1 * previous:
            return step, SOLVED
        if share == 0.0 and damping >= MOST_DAMPING:
            return step, NO_DESCENT
        damping = damping_after(share, damping)
        trouble = trouble_of(residual, share)
        looks = min(trouble, 1)


@inner
def keep_in_bounds(work: Work) -> None:
    """Put prices that are no numbers, or beyond all bounds, at the highest price: what is reported is finite."""
    for node in range(work.price.size):
        if not work.price[node] <= MOST_PRICE:
            work.price[node] = MOST_PRICE
    for buyer in range(work.delivered.size):
        if not work.delivered[buyer] <= MOST_PRICE:
            work.delivered[buyer] = MOST_PRICE


@part
def solve_case(
    net: Net, terms: Terms, work: Work, system: System, path: Path, inside: Inside, delivered_high: Vector
) -> tuple[int, int]:
    """Solve one case from the prices in ``work``; return the steps taken and the state reached.

    Where that drags on, it is started again from the inside. Then prices that are intervals are put at their
    canonical ends; where trial prices were absurd, rounding had its limits, and these allow better.
    """
    steps, state = 0, STEPS_EXHAUSTED
    for attempt in range(3):
        if attempt == 1:
            if state == SOLVED:
                continue
            steps += approach(net, terms, work, system, inside)
        elif attempt == 2 and not settle_intervals(net, terms, work, delivered_high):  # noqa: PLR2004 - the last
            break
        enough = POLISHED if attempt < 2 else BALANCE_TOLERANCE  # noqa: PLR2004
        more, state = descend(net, terms, work, system, path, FIRST_STEPS if attempt == 0 else LAST_STEPS, enough)
        steps += more
    if state == NOT_FINITE:
        keep_in_bounds(work)
        evaluate(net, terms, work)
    return steps, state
