"""Clear one month of many cases at once: arrays in, arrays out, each case with its certificate."""

from __future__ import annotations

import math
import os
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.errors import ConvergenceError
from chokepoint.market.arrays import MEANING, Clearing, State
from chokepoint.market.compiled import entry, inner
from chokepoint.market.inside import new_inside
from chokepoint.market.newton import NOT_FINITE, SOLVED, STEPS_EXHAUSTED, solve_case, tolerance_of
from chokepoint.market.path import new_path
from chokepoint.market.pieces import copy, dot, nearest, profit_of, surplus_of
from chokepoint.market.state import margin_of, new_work, one_case, residual_of, take_up
from chokepoint.market.system import new_system

if TYPE_CHECKING:
    from chokepoint.market.arrays import Matrix, Net, Terms, Vector
    from chokepoint.market.inside import Inside
    from chokepoint.market.path import Path
    from chokepoint.market.state import Work
    from chokepoint.market.system import System


SHOWN_CASES = 5
PARTS = 8


@inner
def weigh(net: Net, terms: Terms, work: Work, out: tuple[Matrix, ...], case: int) -> float:
    """Fill profits, surpluses and switching of a case; return the dual objective (USD per month).

    The lanes into a buyer add their rents and ``theta (Q - F°) - (theta - theta_V)(Q - Q°)``.
    """
    value = dot(work.price[net.sellers :], terms.quota) + dot(work.delivered, terms.opening)
    value += dot(work.rent, work.flow)
    profit, surplus, switching = out[7][case], out[9][case], out[10][case]
    for buyer in range(work.delivered.size):
        theta, total, usual = terms.theta[buyer], work.arrived[buyer], work.usual[buyer]
        excess = total - nearest(total, usual, work.reference[buyer])
        switching[buyer] = theta * (total - usual) - (theta - terms.theta_volume[buyer]) * excess
        value += switching[buyer]
    for activity in range(work.level.size):
        margin = margin_of(net, work, activity)
        profit[activity] = profit_of(margin, terms.capacity[activity], terms.midpoint[activity], terms.spread[activity])
        value += profit[activity]
    for taker in range(work.taken.size):
        price = float(work.delivered[net.taker_buyer[taker]])
        surplus[taker] = surplus_of(
            price, terms.base[taker], terms.exponent[taker], terms.kink[taker], terms.end[taker]
        )
        value += surplus[taker]
    return value


@inner
def are_finite(values: Vector | Matrix) -> bool:
    """Say whether all are numbers and finite: only then does a number times zero come to zero."""
    total = 0.0
    for place in range(values.size):
        total += 0.0 * values[place]
    return total == 0.0


@inner
def is_sound(terms: Terms) -> bool:
    """Say whether a case is told in finite numbers; a cap may be infinite."""
    for lane in range(terms.cap.size):
        if math.isnan(terms.cap[lane]):
            return False
    lanes = are_finite(terms.flow) and are_finite(terms.wedge) and are_finite(terms.quota)
    buyers = are_finite(terms.theta) and are_finite(terms.theta_volume) and are_finite(terms.opening)
    activities = are_finite(terms.capacity) and are_finite(terms.midpoint) and are_finite(terms.spread)
    takers = are_finite(terms.base) and are_finite(terms.exponent) and are_finite(terms.kink) and are_finite(terms.end)
    scales = are_finite(terms.seller_scale) and are_finite(terms.buyer_scale)
    return lanes and buyers and activities and takers and scales


def clear_some(
    net: Net, terms: Terms, start: tuple[Matrix, Matrix], out: tuple[Matrix, ...], first: int, last: int
) -> None:
    """Clear cases ``first`` to ``last`` and write what they come to into ``out``."""
    path = new_path(net.sellers + net.groups, net.buyer_lane.size - 1)
    clear_range(net, terms, start, out, new_work(net), new_system(net), path, new_inside(net), first, last)


@entry
def clear_range(
    net: Net,
    terms: Terms,
    start: tuple[Matrix, Matrix],
    out: tuple[Matrix, ...],
    work: Work,
    system: System,
    path: Path,
    inside: Inside,
    first: int,
    last: int,
) -> None:
    """Clear cases one after the other in the given storage; see :func:`clear_some`."""
    for case in range(first, last):
        mine = one_case(terms, case)
        take_up(net, mine, work)
        copy(start[0][case], work.price)
        copy(start[1][case], work.delivered)
        steps, state = solve_case(net, mine, work, system, path, inside, out[3][case])
        residual, tolerance = residual_of(work, mine), tolerance_of(mine, work)
        if state == SOLVED and not residual <= tolerance:
            state = STEPS_EXHAUSTED
        if not is_sound(mine):
            state = NOT_FINITE
        slack = dot(work.price, work.over) + dot(work.delivered, work.short)
        turnover = dot(work.delivered, work.arrived) + dot(work.delivered, mine.buyer_scale)
        copy(work.price, out[0][case])
        copy(work.price[net.sellers :], out[1][case])
        copy(work.delivered, out[2][case])
        copy(work.flow, out[4][case])
        copy(work.rent, out[5][case])
        copy(work.level, out[6][case])
        copy(work.taken, out[8][case])
        for node in range(net.sellers):
            out[11][case, node] = max(0.0, work.over[node]) if work.price[node] <= 0.0 else 0.0
        out[12][case, 0] = weigh(net, mine, work, out, case)
        out[12][case, 1] = abs(slack) / max(turnover, 1e-300)
        out[12][case, 2] = residual
        out[12][case, 3] = tolerance
        out[12][case, 4] = steps
        out[12][case, 5] = state


def cold_start(net: Net, cases: int) -> tuple[Matrix, Matrix]:
    """Return the reference prices: 1 for sellers and buyers, 0 for licence multipliers."""
    price = np.ones((cases, net.sellers + net.groups))
    price[:, net.sellers :] = 0.0
    return price, np.ones((cases, net.buyer_lane.size - 1))


def clear(net: Net, terms: Terms, start: Clearing | None = None, threads: int | None = None) -> Clearing:
    """Clear one month for every case: prices at which all balances hold.

    Minimises the dual of ``docs/science/market.md`` by a safeguarded Newton method. Cases do not influence
    each other: any split of a batch gives the same numbers.

    Args:
        net: who is connected to whom.
        terms: what each case is cleared under, arrays (case, ...).
        start: a clearing of the same net to start from (last month's); reference prices if None.
        threads: how many cases to clear at once; all processors if None.

    Returns:
        Prices, flows and the certificate of every case. A case that was not solved says so in ``state``.

    Source:
        samuelson1952, takayama_judge1971
    """
    cases = terms.flow.shape[0]
    if start is None:
        begin = cold_start(net, cases)
    else:
        begin = (np.hstack([start.ex_works, start.premium]), start.delivered.copy())
    buyers, lanes = net.buyer_lane.size - 1, net.lane_seller.size
    activities, takers = net.entry_start.size - 1, net.taker_buyer.size
    widths = (net.sellers, net.groups, buyers, buyers, lanes, lanes, activities, activities, takers, takers)
    out = tuple(np.zeros((cases, width)) for width in (*widths, buyers, net.sellers, 6))
    workers = min(threads or os.cpu_count() or 1, cases)
    # Cases differ in how many steps they take: whoever is done takes the next few.
    edges = np.linspace(0, cases, min(cases, PARTS * workers) + 1).astype(np.int64)
    if workers <= 1:
        clear_some(net, terms, begin, out, 0, cases)
    else:
        with ThreadPoolExecutor(workers) as pool:
            jobs = [
                pool.submit(clear_some, net, terms, begin, out, int(first), int(last))
                for first, last in pairwise(edges)
            ]
            for job in jobs:
                job.result()
    return as_clearing(out)


def as_clearing(out: tuple[Matrix, ...]) -> Clearing:
    """Name the kernel's output arrays."""
    certificate = out[12]
    return Clearing(
        ex_works=out[0],
        premium=out[1],
        delivered=out[2],
        delivered_high=out[3],
        flow=out[4],
        rent=out[5],
        level=out[6],
        profit=out[7],
        taken=out[8],
        surplus=out[9],
        switching=out[10],
        unsold=out[11],
        value=certificate[:, 0],
        gap=certificate[:, 1],
        residual=certificate[:, 2],
        tolerance=certificate[:, 3],
        steps=certificate[:, 4].astype(np.int64),
        state=certificate[:, 5].astype(np.int64),
    )


def require_converged(clearing: Clearing) -> None:
    """Raise if any case was not solved, naming the first ones.

    Raises:
        ConvergenceError: with the cases, their state and residual.
    """
    failed = np.flatnonzero(~clearing.is_solved)
    if failed.size:
        lines = [
            f"case {case}: {MEANING[State(int(clearing.state[case]))]} (residual {clearing.residual[case]:.1e})"
            for case in failed[:SHOWN_CASES]
        ]
        message = f"{failed.size} of {clearing.state.size} cases not solved; " + "; ".join(lines)
        raise ConvergenceError(message)
