"""Newton's method on the dual of one case: safeguarded steps, line search, and a detour through the inside."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.market.aim import aim
from chokepoint.market.compiled import inner, part
from chokepoint.market.direction import solve_system
from chokepoint.market.interior import approach
from chokepoint.market.path import attraction_moves, line_search, longest_share, share_within_reach, shortened
from chokepoint.market.pieces import copy, dot
from chokepoint.market.settle import (
    CUT_OFF,
    GROSS,
    GROSSLY_OFF,
    MOST_PRICE,
    NO_ONE,
    settle,
    settle_intervals,
)
from chokepoint.market.state import evaluate, residual_of

if TYPE_CHECKING:
    from chokepoint.market.arrays import Net, Terms, Vector
    from chokepoint.market.inside import Inside
    from chokepoint.market.path import Path
    from chokepoint.market.state import Work
    from chokepoint.market.system import System

FIRST_STEPS = 12
LAST_STEPS = 40
POLISHED = 1e-13
BALANCE_TOLERANCE = 1e-9
WORST_TOLERANCE = 1e-6
ROUNDING = 10.0 * np.finfo(np.float64).eps
LEAST_DAMPING = 1e-13
LEAST_HELP = 1e-8
SHORT_STEP = 0.2
FLATNESS = 1e-5
MOST_DAMPING = 1e3
PLAIN = 3
SOLVED, STEPS_EXHAUSTED, NO_DESCENT, NOT_FINITE = 0, 1, 2, 3


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
            if settle(net, terms, work, trouble) or trouble == NO_ONE:
                evaluate(net, terms, work)
                residual = residual_of(work, terms)
            looks -= 1
            if step == 0 and trouble == NO_ONE and not residual <= GROSS:
                trouble, looks = GROSSLY_OFF, 1
            continue
        if not math.isfinite(residual):
            return step, NOT_FINITE
        tolerance = tolerance_of(terms, work)
        if residual <= enough or step == most_steps:
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
