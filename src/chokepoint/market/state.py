"""One case at one trial price: its imbalances and slopes, and what it is worth."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from chokepoint.market.arrays import Terms
from chokepoint.market.compiled import inner
from chokepoint.market.pieces import EXPONENT_LIMIT, common_factor, copy, made, nearest, taken

if TYPE_CHECKING:
    from chokepoint.market.arrays import Booleans, Matrix, Net, Vector

OUT_OF_REACH = -math.inf


class Work(NamedTuple):
    """What one trial price implies; reused from step to step and from case to case.

    The first five do not depend on prices: scales of sellers and groups, per lane ``ln f° - w / theta`` with
    ``f° = min(f, cap)`` (``-inf``: the lane is out) and the log of the cap, and per buyer the sums ``F`` of ``f``
    and ``F°`` of ``f°``. ``price`` holds sellers, then licence groups; ``attraction`` is ``R = P + rho`` per buyer,
    given instead of ``delivered`` where ``ruled``. ``over`` and ``short`` are the gradients of the dual: output
    less shipments (``shipped``), and arrivals plus opening stock less what is taken. ``nested`` is the curvature
    of the volume term times ``Q``: ``theta - theta_V``, or 0 from ``F°`` to ``F``.
    """

    scale: Vector
    lean: Vector
    log_cap: Vector
    reference: Vector
    usual: Vector
    price: Vector
    delivered: Vector
    attraction: Vector
    ruled: Booleans
    over: Vector
    shipped: Vector
    short: Vector
    flow: Vector
    interior: Vector
    rent: Vector
    arrived: Vector
    pull_slope: Vector
    nested: Vector
    level: Vector
    level_slope: Vector
    taken: Vector
    take_slope: Vector


@inner
def one_case(terms: Terms, case: int) -> Terms:
    """Return the terms of one case, without the case axis."""
    return Terms(
        terms.flow[case],
        terms.cap[case],
        terms.wedge[case],
        terms.theta[case],
        terms.theta_volume[case],
        terms.capacity[case],
        terms.midpoint[case],
        terms.spread[case],
        terms.base[case],
        terms.exponent[case],
        terms.kink[case],
        terms.end[case],
        terms.opening[case],
        terms.quota[case],
        terms.seller_scale[case],
        terms.buyer_scale[case],
    )


def new_work(net: Net) -> Work:
    """Allocate the work arrays of one case."""
    unknowns = net.sellers + net.groups
    buyers = net.buyer_lane.size - 1
    lanes = net.lane_seller.size
    activities = net.entry_start.size - 1
    return Work(
        np.empty(unknowns),
        np.empty(lanes),
        np.empty(lanes),
        np.empty(buyers),
        np.empty(buyers),
        np.empty(unknowns),
        np.empty(buyers),
        np.empty(buyers),
        np.empty(buyers, np.bool_),
        np.empty(unknowns),
        np.empty(unknowns),
        np.empty(buyers),
        np.empty(lanes),
        np.empty(lanes),
        np.empty(lanes),
        np.empty(buyers),
        np.empty(buyers),
        np.empty(buyers),
        np.empty(activities),
        np.empty(activities),
        np.empty(net.taker_buyer.size),
        np.empty(buyers),
    )


@inner
def take_up(net: Net, terms: Terms, work: Work) -> None:
    """Fill what does not depend on prices, for the case whose terms these are."""
    work.scale[:] = 0.0
    copy(terms.seller_scale, work.scale[: net.sellers])
    work.reference[:] = 0.0
    work.usual[:] = 0.0
    work.ruled[:] = False
    for lane in range(net.lane_seller.size):
        buyer: int = net.lane_buyer[lane]
        flow, cap = terms.flow[lane], terms.cap[lane]
        usual = min(flow, cap)
        if net.lane_group[lane] >= 0:
            work.scale[net.sellers + net.lane_group[lane]] += net.lane_load[lane] * flow
        work.reference[buyer] += flow
        work.usual[buyer] += usual
        work.log_cap[lane] = math.log(cap)
        work.lean[lane] = OUT_OF_REACH
        if usual > 0.0:
            work.lean[lane] = math.log(usual) - terms.wedge[lane] / terms.theta[buyer]


@inner
def paid_price(net: Net, price: Vector, lane: int) -> float:
    """Return a lane's ex-works price and licence multiplier; the same of their moves."""
    paid = float(price[net.lane_seller[lane]])
    if net.lane_group[lane] >= 0:
        paid += net.lane_load[lane] * float(price[net.sellers + net.lane_group[lane]])
    return paid


@inner
def volume_premium(terms: Terms, work: Work, buyer: int, total: float) -> float:
    """Return ``rho = (theta - theta_V) ln(Q / Q°)``, with ``Q°`` the volume nearest to ``Q`` from ``F°`` to ``F``."""
    near = nearest(total, work.usual[buyer], work.reference[buyer])
    return (terms.theta[buyer] - terms.theta_volume[buyer]) * math.log(total / near)


@inner
def ship(net: Net, terms: Terms, work: Work, buyer: int) -> float:
    """Fill flows, rents and slopes of the lanes into one buyer at its attraction; return what arrives.

    ``q = min(cap, f° e^((R - p - nu - w) / theta))``; ``interior`` is ``q / theta`` where no cap binds, else 0, and
    ``rent`` the rent ``mu`` of a binding cap.
    """
    theta, attraction = terms.theta[buyer], work.attraction[buyer]
    total, slope = 0.0, 0.0
    for lane in range(net.buyer_lane[buyer], net.buyer_lane[buyer + 1]):
        wanted = work.lean[lane] + (attraction - paid_price(net, work.price, lane)) / theta
        flow = math.exp(min(wanted, EXPONENT_LIMIT))
        cap = terms.cap[lane]
        interior, rent = flow / theta, 0.0
        if flow >= cap:
            rent = theta * (wanted - work.log_cap[lane]) if cap > 0.0 else 0.0
            flow, interior = cap, 0.0
        work.flow[lane] = flow
        work.interior[lane] = interior
        work.rent[lane] = rent
        slope += interior
        total += flow
    work.pull_slope[buyer] = slope
    work.arrived[buyer] = total
    return total


@inner
def meet_lanes(net: Net, terms: Terms, work: Work, buyer: int) -> None:
    """Ship to one buyer, at its attraction where that rules, else at its delivered price, and make the other agree."""
    if work.ruled[buyer]:
        total = ship(net, terms, work, buyer)
        price = work.attraction[buyer]
        if total > 0.0:
            price -= volume_premium(terms, work, buyer, total)
        work.delivered[buyer] = max(0.0, price)
        if price >= 0.0 and total > 0.0:
            return
    theta, price = terms.theta[buyer], work.delivered[buyer]
    work.attraction[buyer] = price
    if terms.theta_volume[buyer] < theta and work.usual[buyer] > 0.0:
        first, last = net.buyer_lane[buyer], net.buyer_lane[buyer + 1]
        pull = work.interior[first:last]
        for lane in range(first, last):
            pull[lane - first] = work.lean[lane] + (price - paid_price(net, work.price, lane)) / theta
        volume = (work.usual[buyer], work.reference[buyer])
        power = theta / (theta - terms.theta_volume[buyer])
        work.attraction[buyer] += theta * common_factor(pull, work.log_cap[first:last], volume, power)
    ship(net, terms, work, buyer)


@inner
def nested_friction(terms: Terms, work: Work, buyer: int) -> float:
    """Return the curvature of the volume term times ``Q``: ``theta - theta_V``, or 0 from ``F°`` to ``F``."""
    is_flat = work.usual[buyer] < work.arrived[buyer] < work.reference[buyer]
    return 0.0 if is_flat else float(terms.theta[buyer] - terms.theta_volume[buyer])


@inner
def meet_activity(net: Net, terms: Terms, work: Work, activity: int) -> None:
    """Run one activity at the trial prices."""
    first, last = net.entry_start[activity], net.entry_start[activity + 1]
    level, slope = made(
        margin_of(net, work, activity), terms.capacity[activity], terms.midpoint[activity], terms.spread[activity]
    )
    work.level[activity] = level
    work.level_slope[activity] = slope
    for entry in range(first, last):
        amount = net.entry_amount[entry]
        if amount > 0.0:
            work.over[net.entry_node[entry]] += amount * level
        else:
            work.short[net.entry_node[entry]] += amount * level


@inner
def margin_of(net: Net, work: Work, activity: int) -> float:
    """Return the worth of an activity's outputs less its inputs, per unit of level."""
    margin = 0.0
    for entry in range(net.entry_start[activity], net.entry_start[activity + 1]):
        amount, node = net.entry_amount[entry], net.entry_node[entry]
        margin += amount * (work.price[node] if amount > 0.0 else work.delivered[node])
    return margin


@inner
def evaluate(net: Net, terms: Terms, work: Work) -> None:
    """Fill the work arrays at the trial prices."""
    work.over[: net.sellers] = 0.0
    copy(terms.quota, work.over[net.sellers :])
    work.shipped[:] = 0.0
    work.take_slope[:] = 0.0
    for buyer in range(work.delivered.size):
        meet_lanes(net, terms, work, buyer)
        work.short[buyer] = terms.opening[buyer] + work.arrived[buyer]
        work.nested[buyer] = nested_friction(terms, work, buyer)
    for lane in range(net.lane_seller.size):
        work.shipped[net.lane_seller[lane]] += work.flow[lane]
        if net.lane_group[lane] >= 0:
            work.over[net.sellers + net.lane_group[lane]] -= net.lane_load[lane] * work.flow[lane]
    for seller in range(net.sellers):
        work.over[seller] -= work.shipped[seller]
    for activity in range(work.level.size):
        meet_activity(net, terms, work, activity)
    for taker in range(work.taken.size):
        buyer: int = net.taker_buyer[taker]
        quantity, slope = taken(
            work.delivered[buyer], terms.base[taker], terms.exponent[taker], terms.kink[taker], terms.end[taker]
        )
        work.taken[taker] = quantity
        work.take_slope[buyer] += slope
        work.short[buyer] -= quantity
    work.ruled[:] = False


@inner
def worst_imbalance(price: Vector, gradient: Vector, scale: Vector | Matrix, passing: Vector) -> float:
    """Return the worst imbalance: |gradient| where the price is positive, else its violated part.

    Relative to the node's reference throughput, or to what passes through it now where that is more: a seller of
    next to nothing may have become the main source.
    """
    worst = 0.0
    for node in range(price.size):
        if not (math.isfinite(price[node]) and math.isfinite(gradient[node])):
            return math.inf
        gap = abs(gradient[node]) if price[node] > 0.0 else max(0.0, -gradient[node])
        worst = max(worst, gap / max(scale[node], passing[node]))
    return worst


@inner
def residual_of(work: Work, terms: Terms) -> float:
    """Return the worst imbalance of sellers, licence groups and buyers."""
    return max(
        worst_imbalance(work.price, work.over, work.scale, work.shipped),
        worst_imbalance(work.delivered, work.short, terms.buyer_scale, work.arrived),
    )
