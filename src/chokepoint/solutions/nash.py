"""The Nash rule: the greatest product of gains."""

from __future__ import annotations

import numpy as np

from chokepoint.solutions.choice import Array, Axioms, Choice, Mask, Rule, best_package, shares_of_best
from chokepoint.solutions.frontier import TOLERANCE, at, edge, farthest, where_possible


def nash_package(gains: Array, weight: float | Array | None = None) -> Choice:
    """Choose the package with the greatest product of gains, ``g1^a g2^(1-a)``; of several parties, all alike.

    Where no package pays everybody, all products are zero and the largest sum of gains relative to each party's
    best decides.

    Args:
        gains: over no deal, USD (case, party, package); ``-inf`` for packages struck out.
        weight: ``a`` of the first of two parties, strictly between 0 and 1, one for all or by case; with discount
            rates ``r``, ``a = r2 / (r1 + r2)`` (see ``bargaining.offers``). None where all parties weigh the same.

    Source: nash1950, binmore_rubinstein_wolinsky1986
    """
    if weight is None:
        best = gains.max(axis=2, keepdims=True)  # in units of the best, so that no product leaves the range of floats
        score = np.multiply.reduce(gains / np.where(best > 0.0, best, 1.0), axis=1)
    else:
        power = np.broadcast_to(weight, len(gains))[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):  # outside the zone of agreement, and not looked at
            score = power * np.log(gains[:, 0]) + (1.0 - power) * np.log(gains[:, 1])
    return best_package(gains, score, lambda: _where_bare(gains))


def _where_bare(gains: Array) -> Array:
    """Return what decides where no package pays everybody: sums of gains in units of each party's best."""
    is_bare = ~np.logical_or.reduce(np.logical_and.reduce(gains > 0.0, axis=1), axis=1)
    tie = np.zeros((len(gains), gains.shape[2]))
    tie[is_bare] = shares_of_best(gains[is_bare]).sum(axis=1)
    return tie


def nash_lottery(gains: Array, weight: float | Array = 0.5) -> Choice:
    """Choose the lottery with the greatest product of expected gains, ``g1^a g2^(1-a)``.

    On an edge from L to R, with run D1 and fall D2, the product is greatest at the share
    ``(a D1 L2 - (1-a) D2 L1) / (D1 D2)`` of the way.

    Args:
        gains: over no deal, USD (case, 2, package); ``-inf`` for packages struck out.
        weight: ``a`` of the first party, strictly between 0 and 1, one for all or by case.

    Source: nash1950
    """
    first = np.broadcast_to(weight, len(gains))
    powers = np.column_stack([first, 1.0 - first])

    def choose(part: Array, possible: Mask) -> Choice:
        power = powers[possible]
        left, right = edge(part, power, _beside_product)
        low, high = at(part, left), at(part, right)
        run, fall = high[:, 0] - low[:, 0], low[:, 1] - high[:, 1]
        area = np.where(left == right, 1.0, run * fall)
        way = np.clip((power[:, 0] * run * low[:, 1] - power[:, 1] * fall * low[:, 0]) / area, 0.0, 1.0)
        return Choice(first=left, second=right, share=np.where(left == right, 1.0, 1.0 - way))

    return where_possible(gains, choose)


def _beside_product(gains: Array, corner: Array, power: Array) -> Array:
    """Return on which side of a corner the product still grows: where a package lies beyond its level line."""
    inside = corner.min(axis=1) > 0.0
    slope = power / np.where(inside[:, None], corner, 1.0)
    best = at(gains, farthest(gains, slope))
    further = np.where((slope * best).sum(axis=1) > 1.0 + TOLERANCE, best[:, 0] - corner[:, 0], 0.0)
    return np.where(inside, further, np.where(corner[:, 0] <= 0.0, 1.0, -1.0))


NASH = Rule(
    name="nash",
    title="Nash",
    over_packages=nash_package,
    over_lotteries=nash_lottery,
    package_axioms=Axioms(
        pareto=True, symmetry=False, scale_invariance=True, independence=True, individual_monotonicity=False
    ),
    lottery_axioms=Axioms(
        pareto=True, symmetry=True, scale_invariance=True, independence=True, individual_monotonicity=False
    ),
)
