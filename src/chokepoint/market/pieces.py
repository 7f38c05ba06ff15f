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
def add_multiple(factor: float, source: Vector, target: Vector) -> None:
    """Add ``factor`` times one vector to another; counting from 0, so that LLVM takes several at once."""
    for place in range(target.size):
        target[place] += factor * source[place]


@inner
def copy(source: Vector | Matrix, target: Vector) -> None:
    """Copy the first numbers of a vector, as many as the target holds; slices would allocate."""
    for place in range(target.size):
        target[place] = source[place]


@inner
def area_under_power(base: float, exponent: float, low: float, high: float) -> float:
    """Integrate ``base * s**-exponent`` from ``low`` to ``high`` without loss of digits near exponent 1."""
    grown = (1.0 - exponent) * math.log(high / low)
    start = base * low ** (1.0 - exponent)
    if abs(grown) < 1e-12:  # noqa: PLR2004
        return start * math.log(high / low)
    return start * math.expm1(grown) / (1.0 - exponent)


@inner
def taken(price: float, base: float, exponent: float, kink: float, end: float) -> tuple[float, float]:
    """Return what is taken at a price, and minus how fast it changes.

    A use: ``base * P**-exponent`` up to the choke price ``kink``, linear to zero at ``end``, constant below
    0.01. A store keeps the same curve: target, curvature, release price, and the price at which it is empty.
    """
    if base <= 0.0 or price >= end:
        return 0.0, 0.0
    if price > kink:
        steep = base * kink**-exponent / (end - kink)
        return steep * (end - price), steep
    if price >= PRICE_FLOOR:
        quantity = base * price**-exponent
        return quantity, exponent * quantity / price
    return base * PRICE_FLOOR**-exponent, 0.0


@inner
def surplus_of(price: float, base: float, exponent: float, kink: float, end: float) -> float:
    """Return the integral of what is taken from the price upwards."""
    if base <= 0.0 or price >= end:
        return 0.0
    triangle = 0.5 * base * kink**-exponent * (end - kink)
    if price > kink:
        rest = (end - price) / (end - kink)
        return triangle * rest * rest
    free = base * PRICE_FLOOR**-exponent * max(0.0, PRICE_FLOOR - price)
    return triangle + area_under_power(base, exponent, max(price, PRICE_FLOOR), kink) + free


@inner
def made(margin: float, capacity: float, midpoint: float, spread: float) -> tuple[float, float]:
    """Return the level an activity runs at, ``K logistic((margin - m) / b)``, and its slope."""
    if capacity <= 0.0:
        return 0.0, 0.0
    tail = math.exp(-abs(margin - midpoint) / spread)
    idle = 1.0 / (1.0 + tail)
    share = tail * idle
    if margin > midpoint:
        share, idle = idle, share
    return capacity * share, capacity * share * idle / spread


@inner
def profit_of(margin: float, capacity: float, midpoint: float, spread: float) -> float:
    """Return the integral of the level up to the margin, ``K b softplus((margin - m) / b)``."""
    if capacity <= 0.0:
        return 0.0
    ratio = (margin - midpoint) / spread
    return capacity * spread * (max(ratio, 0.0) + math.log1p(math.exp(-abs(ratio))))


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
def common_factor(log_pull: Vector, log_cap: Vector, volume: tuple[float, float], power: float) -> float:
    """Return ``rho / theta``: below 0 where the lanes would carry less than ``F°``, above 0 beyond ``F``, else 0.

    Args:
        log_pull: ``ln f° + (P - p - nu - w) / theta`` per lane; ``-inf`` where the lane is out.
        log_cap: log of the cap per lane.
        volume: ``F°``, the reference volume that this month's caps leave open, and ``F``, that of all lanes.
        power: ``theta / (theta - theta_V)``.
    """
    least, most = math.log(volume[0]), math.log(volume[1])
    log_total = arriving(log_pull, log_cap, 0.0)[0]
    near = min(max(log_total, least), most)
    if log_total == near:
        return 0.0
    return attraction(log_pull, log_cap, near, power)
