"""Alternating offers with a cost of waiting and options outside: what is agreed at once, for somebody offers first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.solutions.choice import Axioms, Choice
from chokepoint.solutions.divisible import corners
from chokepoint.solutions.frontier import along_ray, where_possible

if TYPE_CHECKING:
    from chokepoint.solutions.choice import Array, Mask

HALVINGS = 200

AXIOMS = Axioms(pareto=True, symmetry=False, scale_invariance=True, independence=False, individual_monotonicity=False)


def alternating_offers(gains: Array, discount: Array, outside: Array | None = None) -> Choice:
    """Return the offer that the first party makes and the second takes, the only one both can count on.

    With ``f`` the frontier, ``d`` what a gain is worth a round later and ``o`` what leaving for good brings, the
    first offers ``x`` and the second would offer ``y``, each just enough to be taken:

        f(x1) = max(d2 f(y1), o2)      y1 = max(d1 x1, o1)

    As rounds grow short this is Nash's rule with the weights of patience; an option binds only where it is worth
    more than waiting (Binmore, Shaked and Sutton). The left side falls faster than the right, so halving finds it.

    Args:
        gains: over what the parties have while they disagree, USD (case, 2, package); chance may mix packages.
        discount: of each party, 0 up to but not including 1 (case, party).
        outside: worth of leaving for good, on the scale of the gains, USD (case, party); nothing if None.

    Returns:
        A lottery in each case; none where the options leave no deal to both.

    Source: rubinstein1982, binmore_shaked_sutton1989
    """
    options = np.zeros(discount.shape) if outside is None else np.maximum(outside, 0.0)

    def choose(part: Array, possible: Mask) -> Choice:
        rows = zip(part, discount[possible], options[possible], strict=True)
        return along_ray(part, np.array([_offer(*row) for row in rows]))

    choice = where_possible(gains, choose)
    possible = where_possible(gains - options[:, :, None], choose_any).is_deal
    has_options = np.logical_or.reduce(options > 0.0, axis=1)
    is_deal = choice.is_deal & (possible | ~has_options)
    return Choice(
        first=np.where(is_deal, choice.first, -1),
        second=np.where(is_deal, choice.second, -1),
        share=np.where(is_deal, choice.share, np.nan),
    )


def choose_any(part: Array, possible: Mask) -> Choice:  # noqa: ARG001  # asked only whether there is a deal
    """Return some deal."""
    return along_ray(part, np.ones((len(part), 2)))


def _offer(gains: Array, discount: Array, option: Array) -> tuple[float, float]:
    """Return what both get from the first party's offer, in one case."""
    points, _ = corners([gains])
    first: Array = points[0]
    second: Array = points[1]

    def rest(mine: float) -> float:
        return float(np.interp(mine, first, second))

    most = float(np.interp(0.0, second[::-1], first[::-1])) if second[-1] < 0.0 else float(first[-1])
    low, high = max(0.0, float(option[0])), most

    def is_taken(mine: float) -> bool:
        waiting = rest(min(most, max(float(discount[0]) * mine, float(option[0]))))
        return rest(mine) >= max(float(discount[1]) * waiting, float(option[1]))

    if is_taken(high):
        low = high
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        if middle in (low, high):
            break
        low, high = (middle, high) if is_taken(middle) else (low, middle)
    return low, max(0.0, rest(low))
