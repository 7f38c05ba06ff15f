"""What each side may value and still sign a package, exactly; and what a package must be worth to be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.talks.judgement import LEADING_RULE, sides_of, standoff_of
from chokepoint.answer.talks.payoffs import security_of
from chokepoint.bargaining import unilateral

if TYPE_CHECKING:
    from chokepoint.answer.talks.judgement import Judgement
    from chokepoint.answer.talks.levels import Array
    from chokepoint.records.talks import TalksRecord


@dataclass(frozen=True, kw_only=True, slots=True)
class Bound:
    """What a security value may be so that its owner would sign the package, exactly; USD a year.

    Args:
        name: of the value; low, high: its range.
        least, most: the part of the range in which its owner signs against the threats of the central case, all its
            other values central; not numbers where it signs nowhere.
        least_ever, most_ever: the same with its other values anywhere in their ranges.
        drawn_least, drawn_most: ends of the cases in which the leading rule chooses the package; not numbers if none.
    """

    name: str
    low: float
    high: float
    least: float
    most: float
    least_ever: float
    most_ever: float
    drawn_least: float
    drawn_most: float


def slopes(talks: TalksRecord, judgement: Judgement, package: int) -> Array:
    """Return how each party's gain from a package moves with each security value (value, party), threats held."""
    payoffs, stand, names = judgement.payoffs, standoff_of(judgement.problem), list(talks.values)
    unit = {name: np.eye(len(names))[number] for number, name in enumerate(names)}
    security = security_of(talks, payoffs.combinations, unit, len(names))
    threats = unilateral(payoffs.issues, sides_of(talks), payoffs.combinations, security).payoff
    without = np.einsum("i,cpij,j->cp", stand.first[0], threats, stand.second[0])
    return security[:, :, judgement.packages[package]] - without


def bounds_of(talks: TalksRecord, judgement: Judgement, package: int) -> tuple[Bound, ...]:
    """Return the region of security values in which each owner signs a package, value by value.

    With the threats of the central case held, a gain is linear in the values, ``g = g0 + sum a_k (s_k - s0_k)``, so
    the region ``g >= 0`` within the ranges is a polytope; its extent along one value follows from the best the others
    can do.
    """
    slope = slopes(talks, judgement, package)
    gain = judgement.problem.gains[0, :, package]
    is_chosen = judgement.agreements[LEADING_RULE].choice.first == package
    figures = list(talks.values.values())
    ends = np.array([[figure.low - figure.value, figure.high - figure.value] for figure in figures]).reshape(-1, 2)
    reach = (slope[:, :, None] * ends[:, None, :]).max(axis=2)
    found: list[Bound] = []
    for number, (name, figure) in enumerate(talks.values.items()):
        owner = sides_of(talks).index(name.split(".")[1])
        own = float(slope[number, owner])
        rest = float(gain[owner] + reach[:, owner].sum() - reach[number, owner])
        least, most = part_of_range(figure.low, figure.high, figure.value, own, float(gain[owner]))
        least_ever, most_ever = part_of_range(figure.low, figure.high, figure.value, own, rest)
        drawn = judgement.drawn[name][is_chosen] if name in judgement.drawn else np.zeros(0)
        found.append(
            Bound(
                name=name,
                low=figure.low,
                high=figure.high,
                least=least,
                most=most,
                least_ever=least_ever,
                most_ever=most_ever,
                drawn_least=float(drawn.min()) if drawn.size else float("nan"),
                drawn_most=float(drawn.max()) if drawn.size else float("nan"),
            )
        )
    return tuple(found)


def part_of_range(low: float, high: float, centre: float, slope: float, rest: float) -> tuple[float, float]:
    """Return the part of a range in which ``rest + slope (s - centre) >= 0``; not numbers where there is none.

    Example:
        >>> part_of_range(0.0, 10.0, 4.0, -1.0, 2.0)
        (0.0, 6.0)
    """
    if slope == 0.0:
        return (low, high) if rest >= 0.0 else (float("nan"), float("nan"))
    turn = centre - rest / slope
    least, most = (max(low, turn), high) if slope > 0.0 else (low, min(high, turn))
    return (least, most) if least <= most else (float("nan"), float("nan"))


def needed_for(gains: Array, package: int) -> Array:
    """Return what each party would have to value a package more for Nash's rule to choose it (party,), USD a year.

    ``(g1 + t) g2 >= m`` with ``m`` the greatest product of another package that pays both, so ``t = m / g2 - g1``.

    Args:
        gains: over no deal, one case (2, package); not a number where the other side gains nothing from it.
    """
    others = np.delete(np.maximum(gains, 0.0), package, axis=1)
    best = float((others[0] * others[1]).max()) if others.size else 0.0
    own = gains[:, package]
    other = own[::-1]
    return np.where(other > 0.0, best / np.where(other > 0.0, other, 1.0) - own, np.nan)
