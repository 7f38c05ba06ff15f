"""The closed forms a market is made of, compiled: takers, makers and lanes.

Everything is measured at reference prices: quantities in USD of the reference year per month, prices
relative to the reference price. So one formula serves tonnes of oxide and thousands of chips alike.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from chokepoint.market.compiled import inner

if TYPE_CHECKING:
    from chokepoint.market.arrays import Matrix, Vector

PRICE_FLOOR = 0.01
EXPONENT_LIMIT = 600.0
ROOT_STEPS = 80
ROOT_TOLERANCE = 1e-15


@inner
def dot(left: Vector, right: Vector | Matrix) -> float:
    """Return the inner product; Numba's own would need SciPy."""
    total = 0.0
    for place in range(left.size):
        total += left[place] * right[place]
    return total


@inner
def area_under_power(base: float, exponent: float, low: float, high: float) -> float:
    """Integrate ``base * s**-exponent`` from ``low`` to ``high`` without loss of digits near exponent 1."""
    grown = (1.0 - exponent) * math.log(high / low)
    start = base * low ** (1.0 - exponent)
    if abs(grown) < 1e-12:  # noqa: PLR2004
        return start * math.log(high / low)
    return start * math.expm1(grown) / (1.0 - exponent)


@inner
def taken(price: float, base: float, exponent: float, kink: float, end: float) -> tuple[float, float, float]:
    """Return what is taken at a price, how fast it falls, and the surplus left.

    A use: ``base * P**-exponent`` up to the choke price ``kink``, linear to zero at ``end``, constant below
    0.01. A store keeps the same curve: target, curvature, release price, and the price at which it is empty.

    Returns:
        Quantity, minus its slope, and the integral of the curve from the price upwards.
    """
    if base <= 0.0 or price >= end:
        return 0.0, 0.0, 0.0
    at_kink = base * kink**-exponent
    triangle = 0.5 * at_kink * (end - kink)
    if price > kink:
        rest = (end - price) / (end - kink)
        return at_kink * rest, at_kink / (end - kink), triangle * rest * rest
    if price >= PRICE_FLOOR:
        quantity = base * price**-exponent
        return quantity, exponent * quantity / price, triangle + area_under_power(base, exponent, price, kink)
    quantity = base * PRICE_FLOOR**-exponent
    surplus = triangle + area_under_power(base, exponent, PRICE_FLOOR, kink) + quantity * (PRICE_FLOOR - price)
    return quantity, 0.0, surplus


@inner
def made(margin: float, capacity: float, midpoint: float, spread: float) -> tuple[float, float, float]:
    """Return the level an activity runs at, its slope, and its profit.

    ``x = K logistic((margin - m) / b)``; profit is its integral ``K b softplus((margin - m) / b)``.
    """
    if capacity <= 0.0:
        return 0.0, 0.0, 0.0
    ratio = (margin - midpoint) / spread
    if ratio > 0.0:
        tail = math.exp(-ratio)
        share = 1.0 / (1.0 + tail)
        idle = tail / (1.0 + tail)
        profit = ratio + math.log1p(tail)
    else:
        tail = math.exp(ratio)
        share = tail / (1.0 + tail)
        idle = 1.0 / (1.0 + tail)
        profit = math.log1p(tail)
    return capacity * share, capacity * share * idle / spread, capacity * spread * profit


@inner
def arriving(log_pull: Vector, log_cap: Vector, grown: float) -> tuple[float, float]:
    """Return the log of the sum of capped lanes at a common log factor, and the share that is not capped."""
    top = -math.inf
    for lane in range(log_pull.size):
        top = max(top, min(log_pull[lane] + grown, log_cap[lane]))
    total = 0.0
    free = 0.0
    for lane in range(log_pull.size):
        wanted = log_pull[lane] + grown
        part = math.exp(min(wanted, log_cap[lane]) - top)
        total += part
        if wanted < log_cap[lane]:
            free += part
    return top + math.log(total), free / total


@inner
def attraction(log_pull: Vector, log_cap: Vector, log_reference: float, power: float) -> float:
    """Find the common log factor on all lanes into one buyer.

    Solves ``sum_a min(cap_a, pull_a e^l) = F e^(power l)`` with ``power = theta / (theta - theta_V) > 1``:
    the left side grows slower than the right, so the root is unique. All in logs, for a lane at its cap may
    want e^1000 times what a free one wants. One lane alone has a root in closed form; the root of all lies
    between the greatest of those and what it would be were all lanes like that one. Newton inside that
    bracket; once the set of bound caps is right the last step is exact to rounding.
    """
    low, high = -math.inf, -math.inf
    crowd = math.log(float(log_pull.size))
    for lane in range(log_pull.size):
        capped, pulled = log_cap[lane] - log_reference, log_pull[lane] - log_reference
        low = max(low, min(capped / power, pulled / (power - 1.0)))
        high = max(high, min((capped + crowd) / power, (pulled + crowd) / (power - 1.0)))
    grown = low
    for _ in range(ROOT_STEPS):
        arrived, share = arriving(log_pull, log_cap, grown)
        value = arrived - log_reference - power * grown
        if value > 0.0:
            low = grown
        else:
            high = grown
        following = grown + value / (power - share)
        rounding = abs(arrived) + abs(log_reference) + power * abs(grown)
        if abs(value) <= ROOT_TOLERANCE * rounding or abs(following - grown) <= ROOT_TOLERANCE * (1.0 + abs(grown)):
            return following
        if not low < following < high:
            following = 0.5 * (low + high)
        if high - low <= ROOT_TOLERANCE * (1.0 + abs(grown)):
            return following
        grown = following
    return grown


@inner
def nearest(total: float, usual: float, reference: float) -> float:
    """Return the volume nearest to ``Q`` that meets no volume friction: from ``F°`` (open) to ``F`` (all lanes)."""
    return min(max(total, usual), reference)


@inner
def common_factor(log_pull: Vector, log_cap: Vector, usual: float, reference: float, power: float) -> float:
    """Return ``rho / theta``: below 0 where the lanes would carry less than ``F°``, above 0 beyond ``F``, else 0."""
    log_total = arriving(log_pull, log_cap, 0.0)[0]
    if log_total < math.log(usual):
        return attraction(log_pull, log_cap, math.log(usual), power)
    if log_total > math.log(reference):
        return attraction(log_pull, log_cap, math.log(reference), power)
    return 0.0


@inner
def ship(
    log_pull: Vector,
    log_cap: Vector,
    cap: Vector,
    usual: float,
    reference: float,
    theta: float,
    theta_volume: float,
    flow: Vector,
    interior: Vector,
    rent: Vector,
) -> tuple[float, float, float]:
    """Fill flows, slopes and rents of the lanes into one buyer.

    Args:
        log_pull: ``ln f° + (P - p - nu - w) / theta`` per lane; ``-inf`` where the lane is out.
        log_cap: log of the cap per lane.
        cap: cap per lane.
        usual: ``F°``, the reference volume that this month's caps leave open.
        reference: ``F``, the reference volume of all lanes, closed ones included.
        theta: friction of switching origin.
        theta_volume: friction of a change of volume, at most ``theta``.
        flow: filled with ``q``.
        interior: filled with ``q / theta`` where no cap binds, else 0.
        rent: filled with the rent ``mu`` of a binding cap.

    Returns:
        ``Q``, the slope sum ``U``, and the surplus ``sum mu q``.
    """
    top = -math.inf
    for lane in range(log_pull.size):
        top = max(top, log_pull[lane])
    if top == -math.inf:
        flow[:] = 0.0
        interior[:] = 0.0
        rent[:] = 0.0
        return 0.0, 0.0, 0.0
    grown = 0.0
    if theta_volume < theta:
        grown = common_factor(log_pull, log_cap, usual, reference, theta / (theta - theta_volume))
    total = 0.0
    slope = 0.0
    surplus = 0.0
    for lane in range(log_pull.size):
        wanted = log_pull[lane] + grown
        if wanted < log_cap[lane]:
            flow[lane] = math.exp(min(wanted, EXPONENT_LIMIT))
            interior[lane] = flow[lane] / theta
            rent[lane] = 0.0
            slope += interior[lane]
        else:
            flow[lane] = cap[lane]
            interior[lane] = 0.0
            rent[lane] = 0.0 if cap[lane] <= 0.0 else theta * (wanted - log_cap[lane])
            surplus += rent[lane] * flow[lane]
        total += flow[lane]
    return total, slope, surplus
