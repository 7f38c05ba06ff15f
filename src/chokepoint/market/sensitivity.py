"""How one month answers a small change of its terms: the implicit function theorem at the solution.

At the solution every balance holds, ``g(x, t) = 0`` with ``x`` the prices of sellers, licence groups and buyers and
``g`` the gradient of the dual. So ``H x' = -dg/dt``, with ``H`` the Hessian of the dual; flows, levels and quantities
taken follow by the chain rule, and the value by the envelope theorem: its own derivative with prices held.

``g`` has kinks: a cap that just binds, a volume just at ``F°`` or ``F``, a price just at a choke price, just at the
floor of a curve or just at zero. There the change ``x'`` solves a piecewise linear system, one for a rise of the term
and one for a fall, and each kink takes the side to which the change itself moves it. Where several kinks meet, their
sides are found together: those that contradict the change are turned until none does, in the end only the first of
them (least-index pivoting, which ends because the dual is convex).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from chokepoint.market.arrays import Terms
from chokepoint.market.linear import AT_KINK, CONTRADICTED, Place, Sides, linearise, scales, solve, take_place
from chokepoint.market.pieces import PRICE_FLOOR

if TYPE_CHECKING:
    from chokepoint.market.arrays import Booleans, Clearing, Integers, Matrix, Net, Vector

    Cube = np.ndarray[tuple[int, int, int], np.dtype[np.float64]]

Parameter = Literal["cap", "quota", "exponent", "opening", "capacity"]
UNANSWERED = 1e-6
ALL_AT_ONCE, TURNS = 20, 1000
ABSCISSAE, WEIGHTS = np.polynomial.legendre.leggauss(48)


@dataclass(frozen=True, kw_only=True, slots=True)
class Slopes:
    """Derivatives of what a clearing returns; axes ``case``, ``entry`` (of the parameter), then the node.

    Units are those of :class:`~chokepoint.market.Clearing` per unit of the parameter. ``nan``: there is none.

    Args:
        ex_works: per seller; premium: per licence group; delivered: per buyer.
        flow: per lane; level: per activity; taken: per taker.
        value: of the dual objective; axes ``case``, ``entry``.
    """

    ex_works: Cube
    premium: Cube
    delivered: Cube
    flow: Cube
    level: Cube
    taken: Cube
    value: Matrix


@dataclass(frozen=True, kw_only=True, slots=True)
class Sensitivity:
    """One-sided derivatives with respect to the entries of one parameter; the same where there is no kink.

    Args:
        parameter: the field of :class:`~chokepoint.market.Terms`; entries: its positions, the second axis.
        up: ``(y(t + h) - y(t)) / h`` for a small rise ``h``; down: ``(y(t) - y(t - h)) / h`` for a small fall.
    """

    parameter: Parameter
    entries: Integers
    up: Slopes
    down: Slopes


class Change(NamedTuple):
    """What a change of one term does before prices move: to caps, flows, ``ln F°``, the gradient, levels and takers."""

    cap: Vector
    lean: Vector
    usual: Vector
    outside: Vector
    level: Vector
    taken: Vector
    value: float


class Answer(NamedTuple):
    """How prices, flows, levels and takers of one case answer, and which prices are ``known``: unique, and held to."""

    x: Vector
    known: Booleans
    flow: Vector
    level: Vector
    taken: Vector


def change_of(place: Place, parameter: Parameter, entry: int, sign: float) -> Change | None:
    """Return what a unit rise (``sign`` 1) or fall (-1) of one term does at given prices; None if it is at an end."""
    net, terms = place.net, place.terms
    current = getattr(terms, parameter)[entry]
    if parameter != "exponent" and current <= 0.0 and sign < 0.0:
        return None
    sellers, lanes = net.sellers + net.groups, place.flow.size
    cap, lean, usual = np.zeros(lanes), np.zeros(lanes), np.zeros(place.arrived.size)
    outside, level, taken = np.zeros(place.x.size), np.zeros(place.share.size), np.zeros(place.taken.size)
    value = 0.0
    if parameter == "quota":
        outside[net.sellers + entry] = sign
        value = sign * place.x[net.sellers + entry]
    elif parameter == "opening":
        outside[sellers + entry] = sign
        value = sign * place.x[sellers + entry]
    elif parameter == "capacity":
        level[entry] = sign * place.share[entry]
        value = sign * place.profit[entry]
    elif parameter == "exponent":
        price = place.x[sellers + net.taker_buyer[entry]]
        taken[entry] = -sign * np.log(np.clip(price, PRICE_FLOOR, terms.kink[entry])) * place.taken[entry]
        value = -sign * surplus_lost(terms, entry, float(price))
    elif np.isfinite(current):
        cap[entry] = sign
        if current < terms.flow[entry] or (current == terms.flow[entry] and sign < 0.0):
            usual[net.lane_buyer[entry]] = sign
            lean[entry] = sign / current if current > 0.0 else 0.0
        value = sign * licence_worth(place, entry, is_usual=bool(usual.any()))
    return Change(cap, lean, usual, outside, level, taken, float(value))


def surplus_lost(terms: Terms, taker: int, price: float) -> float:
    """Return how much surplus a taker loses per unit of its exponent, ``integral of ln(s) z(s) ds`` from the price."""
    base, exponent, kink, end = (float(each[taker]) for each in (terms.base, terms.exponent, terms.kink, terms.end))
    past = min(max(price, kink), end)
    lost = np.log(kink) * base * kink**-exponent * 0.5 * (end - past) ** 2 / (end - kink)
    if price < kink:
        low, high = np.log(max(price, PRICE_FLOOR)), np.log(kink)
        logs = 0.5 * (low + high) + 0.5 * (high - low) * ABSCISSAE
        lost += 0.5 * (high - low) * (WEIGHTS @ (logs * base * np.exp((1.0 - exponent) * logs)))
    free = max(0.0, PRICE_FLOOR - price) * base * PRICE_FLOOR**-exponent
    return float(lost + np.log(PRICE_FLOOR) * free)


def licence_worth(place: Place, lane: int, *, is_usual: bool) -> float:
    """Return what a unit more of a lane's cap adds to the value: its rent, and what the friction is measured from.

    The friction's derivatives are ``-theta (1 - q / f°)`` and ``(theta - theta_V)(1 - Q / F°)`` below ``F°``.
    """
    buyer, cap = place.net.lane_buyer[lane], place.terms.cap[lane]
    theta, stiff = place.terms.theta[buyer], place.terms.theta[buyer] - place.terms.theta_volume[buyer]
    if place.terms.flow[lane] <= 0.0:
        return 0.0
    rent = max(0.0, theta * place.gap[lane] if cap > 0.0 else place.worth[lane])
    if not is_usual:
        return rent
    filled = min(1.0, place.flow[lane] / cap) if cap > 0.0 else place.ready[lane]
    crowd = place.arrived[buyer] / place.usual[buyer] if place.usual[buyer] > 0.0 else filled
    if place.arrived[buyer] > 0.0 and place.usual[buyer] <= 0.0:
        crowd = 1.0
    return float(rent - theta * (1.0 - filled) + stiff * (1.0 - min(1.0, crowd)))


def first_sides(place: Place, change: Change) -> tuple[Sides, Sides]:
    """Return the sides to begin with, at kinks those where more answers, and which of them may turn."""
    with np.errstate(divide="ignore", invalid="ignore"):
        over_usual, over_all = np.log(place.arrived / place.usual), np.log(place.arrived / place.reference)
    falls = change.usual < 0.0
    is_one = place.usual >= place.reference * (1.0 - AT_KINK)
    at_usual = (np.abs(over_usual) <= AT_KINK) & (~is_one | falls)
    at_all = (np.abs(over_all) <= AT_KINK) & (~is_one | falls)
    is_below = (over_usual < -AT_KINK) | (is_one & (over_usual <= AT_KINK))
    sides = Sides(
        bound=place.gap > AT_KINK,
        below=is_below | at_usual,
        above=(over_all > AT_KINK) | (at_all & ~at_usual),
        rising=place.high > place.low,
        held=(place.x <= AT_KINK) & (place.slack > AT_KINK * scales(place)),
    )
    loose = Sides(
        bound=np.abs(place.gap) <= AT_KINK,
        below=at_usual,
        above=at_all,
        rising=place.high != place.low,
        held=(place.x <= AT_KINK) & ~sides.held,
    )
    return sides, loose


def answer_to(place: Place, change: Change) -> Answer | None:
    """Return how one case answers a change: sides of kinks that agree with it; None where there is no answer."""
    sides, loose = first_sides(place, change)
    for turn in range(TURNS):
        found = answer_on(place, change, sides)
        if found is None:
            return None
        answer, score = found
        wrong = np.concatenate(
            [may & np.where(side, each < 0.0, each > 0.0) for side, may, each in zip(sides, loose, score, strict=True)]
        )
        if not wrong.any():
            return answer
        turned = wrong if turn < ALL_AT_ONCE else np.arange(wrong.size) == wrong.argmax()
        cuts = np.cumsum([each.size for each in sides])[:-1]
        sides = Sides(*(side ^ each for side, each in zip(sides, np.split(turned, cuts), strict=True)))
    return None


def answer_on(place: Place, change: Change, sides: Sides) -> tuple[Answer, tuple[Vector, ...]] | None:
    """Return the answer on given sides, and per kind of kink a score: positive where the answer says True.

    A score within rounding of zero is zero.
    """
    net, terms, first = place.net, place.terms, place.net.sellers + place.net.groups
    buyer, line = net.lane_buyer, linearise(place, sides)
    is_shut = ~(terms.cap > 0.0)
    lean = np.where(sides.bound, 0.0, place.flow * change.lean)
    moved = np.where(is_shut, place.ready * change.cap, np.where(sides.bound, change.cap, lean))
    usual = np.where(place.usual > 0.0, change.usual / np.where(place.usual > 0.0, place.usual, 1.0), 0.0)
    push = line.crowding * (place.into @ moved - np.where(sides.below, usual * place.arrived, 0.0))
    moved += line.pull * push[buyer]
    right = change.outside + place.recipe.T @ change.level - place.paid.T @ moved
    right[first:] += place.into @ moved - np.bincount(net.taker_buyer, change.taken, place.arrived.size)
    free = ~sides.held
    x, known = np.zeros(free.size), np.ones(free.size, np.bool_)
    solution = solve(line.hessian[np.ix_(free, free)], -right[free])
    if solution is None:
        return None
    x[free], known[free] = solution
    known[free] &= (np.diag(line.hessian) * np.maximum(place.x, 1.0) > UNANSWERED * scales(place))[free]
    attraction = line.attraction @ x + push
    flow = moved + line.pull * (line.attraction @ x)[buyer] - line.pull * (place.paid @ x)
    answer = Answer(
        x,
        known,
        flow,
        change.level + place.level_slope * (place.recipe @ x),
        change.taken - line.taking * x[first + net.taker_buyer],
    )
    most = np.abs(x).max(initial=0.0)
    wanted = change.lean + (attraction[buyer] - place.paid @ x) / terms.theta[buyer]
    wanted -= np.where(is_shut, 0.0, change.cap / np.where(is_shut, 1.0, terms.cap))
    grown = place.into @ flow / np.where(place.arrived > 0.0, place.arrived, 1.0)
    price = clean(x, most)
    reach = np.abs(line.hessian) @ np.full(x.size, most) + np.abs(right)
    scores = (
        clean(wanted, np.abs(change.lean) + (most + np.abs(attraction[buyer])) / terms.theta[buyer]),
        clean(usual - grown, np.abs(usual) + most / terms.theta_volume),
        clean(grown, np.abs(usual) + most / terms.theta_volume),
        price[first + net.taker_buyer],
        np.where(sides.held, clean(line.hessian @ x + right, reach), -price),
    )
    return answer, scores


def clean(values: Vector, size: Vector | float) -> Vector:
    """Return the values, zero where they are within rounding of the size of what they are made of."""
    return np.where(np.abs(values) <= CONTRADICTED * size, 0.0, values)


def sensitivity(
    net: Net, terms: Terms, clearing: Clearing, parameter: Parameter, entries: Integers | None = None
) -> Sensitivity:
    """Return how prices, flows, levels, quantities taken and the value answer a parameter, from either side.

    Dense per case, for reports and tests rather than for the hot path: cases times entries times the cube of the
    unknowns. Near a ban (a cap or quota below a thousandth of the reference flow) the derivative holds only very
    close by; compare clearings instead.

    Args:
        net, terms, clearing: what was cleared, and what it came to.
        parameter: ``cap`` (lane), ``quota`` (licence group), ``exponent`` (taker: minus its elasticity), ``opening``
            (stock carried in, buyer) or ``capacity`` (activity).
        entries: positions in the parameter; all if None.

    Returns:
        Both one-sided derivatives. They are ``nan`` where there is none: the case was not solved, a cap, quota, stock
        or capacity of 0 cannot fall, no price closes the balances after the change. Nor has a price a derivative
        that is not unique, or whose node passes so little that the clearing's tolerance does not settle it.

    Source:
        samuelson1952
    """
    which = np.arange(terms._asdict()[parameter].shape[1], dtype=np.int64) if entries is None else entries
    cases = terms.flow.shape[0]
    both = [blank(clearing, cases, which.size), blank(clearing, cases, which.size)]
    for case in np.flatnonzero(clearing.is_solved):
        place = take_place(net, Terms(*(each[case] for each in terms)), clearing, int(case))
        for column, entry in enumerate(which):
            for sign, slopes in zip((1.0, -1.0), both, strict=True):
                change = change_of(place, parameter, int(entry), sign)
                answer = None if change is None else answer_to(place, change)
                if change is not None and answer is not None:
                    record(slopes, (int(case), column), place.net, answer, sign)
                    slopes.value[case, column] = sign * change.value
    return Sensitivity(parameter=parameter, entries=which, up=both[0], down=both[1])


def blank(clearing: Clearing, cases: int, entries: int) -> Slopes:
    """Return slopes that are all ``nan``."""
    names = [each.name for each in fields(Slopes) if each.name != "value"]
    cubes = {name: np.full((cases, entries, getattr(clearing, name).shape[1]), np.nan) for name in names}
    return Slopes(value=np.full((cases, entries), np.nan), **cubes)


def record(slopes: Slopes, place: tuple[int, int], net: Net, answer: Answer, sign: float) -> None:
    """Write one answer; that to a fall becomes a derivative by its sign."""
    prices = np.split(np.where(answer.known, sign * answer.x, np.nan), [net.sellers, net.sellers + net.groups])
    slopes.ex_works[place], slopes.premium[place], slopes.delivered[place] = prices
    slopes.flow[place], slopes.level[place] = sign * answer.flow, sign * answer.level
    slopes.taken[place] = sign * answer.taken
