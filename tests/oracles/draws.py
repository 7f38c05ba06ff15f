"""Clear thousands of random markets and count how they ended."""

from __future__ import annotations

import time
from collections import Counter
from typing import NamedTuple

import numpy as np

from chokepoint.market import State, clear
from tests.oracles.markets import random_market

CASES_PER_NET = 25
FIRST_SEED = 1_000_000
UNEVENNESS = (0.7, 1.5)  # every second net has buyers and sellers of far more different size


class Outcomes(NamedTuple):
    """How draws ended.

    Args:
        counts: draws by outcome; unsolved: (seed, case, outcome, residual) of the others.
        solved_are_finite, all_are_finite: whether prices and flows are; lowest_price: of the solved.
        worst_residual, worst_gap: of the solved ones; worst_excess: residual over what it was held to.
        steps, seconds: Newton steps of all draws together, time in the kernel.
    """

    counts: Counter
    unsolved: list
    solved_are_finite: bool
    all_are_finite: bool
    lowest_price: float
    worst_residual: float
    worst_gap: float
    worst_excess: float
    steps: int
    seconds: float


def outcomes_of(draws, first_seed=FIRST_SEED):
    """Clear ``draws`` markets, ``CASES_PER_NET`` on each net, and count how they ended."""
    counts, unsolved = Counter(), []
    lowest, residual, gap, excess, steps, seconds = np.inf, 0.0, 0.0, 0.0, 0, 0.0
    solved_finite = all_finite = True
    for number in range(-(-draws // CASES_PER_NET)):
        cases = min(CASES_PER_NET, draws - number * CASES_PER_NET)
        seed = first_seed + number
        market = random_market(seed, cases, unevenness=UNEVENNESS[number % 2])
        start = time.perf_counter()
        cleared = clear(market.net, market.terms)
        seconds += time.perf_counter() - start
        names = [State(int(each)).name for each in cleared.state]
        counts.update(names)
        solved = cleared.is_solved
        unsolved += [(seed, int(case), names[case], cleared.residual[case]) for case in np.flatnonzero(~solved)]
        found = (cleared.ex_works, cleared.delivered, cleared.premium, cleared.flow)
        all_finite &= all(np.isfinite(each).all() for each in found)
        solved_finite &= all(np.isfinite(each[solved]).all() for each in found)
        lowest = min(lowest, *(each[solved].min(initial=np.inf) for each in found))
        residual = max(residual, cleared.residual[solved].max(initial=0.0))
        gap = max(gap, cleared.gap[solved].max(initial=0.0))
        excess = max(excess, (cleared.residual / cleared.tolerance)[solved].max(initial=0.0))
        steps += int(cleared.steps.sum())
    return Outcomes(counts, unsolved, solved_finite, all_finite, lowest, residual, gap, excess, steps, seconds)
