"""One case at one trial price: its objective, its imbalances, its slopes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from chokepoint.market.arrays import Terms
from chokepoint.market.compiled import inner
from chokepoint.market.pieces import made, nearest, ship, taken

if TYPE_CHECKING:
    from chokepoint.market.arrays import Matrix, Net, Vector

OUT_OF_REACH = -math.inf


class Work(NamedTuple):
    """What one trial price implies; reused from step to step.

    ``price`` holds sellers, then licence groups; ``over`` and ``short`` are the gradients of the dual:
    output less shipments (``shipped``), and arrivals plus opening stock less what is taken. The first five do
    not depend on prices: scales, logs of what each lane usually carries under its cap, ``f° = min(f, cap)``
    (``-inf``: the lane is out), and of caps, and per buyer the sums ``F`` of ``f`` and ``F°`` of ``f°``.
    ``nested`` is the curvature of the volume term times ``Q``: ``theta - theta_V``, or 0 from ``F°`` to ``F``.
    """

    scale: Vector
    log_usual: Vector
    log_cap: Vector
    reference: Vector
    usual: Vector
    price: Vector
    delivered: Vector
    over: Vector
    shipped: Vector
    short: Vector
    flow: Vector
    interior: Vector
    rent: Vector
    arrived: Vector
    pull_slope: Vector
    nested: Vector
    switching: Vector
    level: Vector
    level_slope: Vector
    profit: Vector
    taken: Vector
    surplus: Vector
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


@inner
def new_work(net: Net, terms: Terms) -> Work:
    """Allocate the work arrays of one case."""
    unknowns = net.sellers + net.groups
    buyers = net.buyer_lane.size - 1
    lanes = net.lane_seller.size
    activities = net.entry_start.size - 1
    takers = net.taker_buyer.size
    scale = np.zeros(unknowns)
    scale[: net.sellers] = terms.seller_scale
    log_usual = np.full(lanes, OUT_OF_REACH)
    reference, usual = np.zeros(buyers), np.zeros(buyers)
    for lane in range(lanes):
        if net.lane_group[lane] >= 0:
            scale[net.sellers + net.lane_group[lane]] += terms.flow[lane]
        if terms.flow[lane] > 0.0 and terms.cap[lane] > 0.0:
            log_usual[lane] = math.log(min(terms.flow[lane], terms.cap[lane]))
        reference[net.lane_buyer[lane]] += terms.flow[lane]
        usual[net.lane_buyer[lane]] += min(terms.flow[lane], terms.cap[lane])
    return Work(
        scale,
        log_usual,
        np.log(terms.cap),
        reference,
        usual,
        np.ones(unknowns),
        np.ones(buyers),
        np.zeros(unknowns),
        np.zeros(unknowns),
        np.zeros(buyers),
        np.zeros(lanes),
        np.zeros(lanes),
        np.zeros(lanes),
        np.zeros(buyers),
        np.zeros(buyers),
        np.zeros(buyers),
        np.zeros(buyers),
        np.zeros(activities),
        np.zeros(activities),
        np.zeros(activities),
        np.zeros(takers),
        np.zeros(takers),
        np.zeros(buyers),
    )


@inner
def pull_of(net: Net, terms: Terms, work: Work, lane: int, theta: float) -> float:
    """Return ``ln f° + (P - p - nu - w) / theta`` of a lane, ``-inf`` where the lane is out."""
    paid = work.price[net.lane_seller[lane]] + terms.wedge[lane]
    if net.lane_group[lane] >= 0:
        paid += work.price[net.sellers + net.lane_group[lane]]
    return work.log_usual[lane] + (work.delivered[net.lane_buyer[lane]] - paid) / theta


@inner
def meet_lanes(net: Net, terms: Terms, work: Work, buyer: int) -> float:
    """Ship to one buyer at the trial prices; return the surplus of its lanes."""
    first, last = net.buyer_lane[buyer], net.buyer_lane[buyer + 1]
    theta = terms.theta[buyer]
    usual, reference = work.usual[buyer], work.reference[buyer]
    pull = np.empty(last - first)
    for lane in range(first, last):
        pull[lane - first] = pull_of(net, terms, work, lane, theta)
    total, slope, surplus = ship(
        pull,
        work.log_cap[first:last],
        terms.cap[first:last],
        usual,
        reference,
        theta,
        terms.theta_volume[buyer],
        work.flow[first:last],
        work.interior[first:last],
        work.rent[first:last],
    )
    work.arrived[buyer] = total
    work.pull_slope[buyer] = slope
    full = theta - terms.theta_volume[buyer]
    work.nested[buyer] = 0.0 if usual < total < reference else full
    work.switching[buyer] = theta * (total - usual) - full * (total - nearest(total, usual, reference))
    for lane in range(first, last):
        work.over[net.lane_seller[lane]] -= work.flow[lane]
        work.shipped[net.lane_seller[lane]] += work.flow[lane]
        if net.lane_group[lane] >= 0:
            work.over[net.sellers + net.lane_group[lane]] -= work.flow[lane]
    return surplus + work.switching[buyer]


@inner
def meet_activity(net: Net, terms: Terms, work: Work, activity: int) -> float:
    """Run one activity at the trial prices; return its profit."""
    first, last = net.entry_start[activity], net.entry_start[activity + 1]
    margin = 0.0
    for entry in range(first, last):
        amount = net.entry_amount[entry]
        node = net.entry_node[entry]
        margin += amount * (work.price[node] if amount > 0.0 else work.delivered[node])
    level, slope, profit = made(margin, terms.capacity[activity], terms.midpoint[activity], terms.spread[activity])
    work.level[activity] = level
    work.level_slope[activity] = slope
    work.profit[activity] = profit
    for entry in range(first, last):
        amount = net.entry_amount[entry]
        if amount > 0.0:
            work.over[net.entry_node[entry]] += amount * level
        else:
            work.short[net.entry_node[entry]] += amount * level
    return profit


@inner
def evaluate(net: Net, terms: Terms, work: Work) -> float:
    """Fill the work arrays at the trial prices and return the dual objective (USD per month)."""
    value = 0.0
    work.over[:] = 0.0
    work.shipped[:] = 0.0
    work.take_slope[:] = 0.0
    for buyer in range(work.delivered.size):
        work.short[buyer] = terms.opening[buyer]
        value += work.delivered[buyer] * terms.opening[buyer] + meet_lanes(net, terms, work, buyer)
        work.short[buyer] += work.arrived[buyer]
    for group in range(net.groups):
        work.over[net.sellers + group] += terms.quota[group]
        value += work.price[net.sellers + group] * terms.quota[group]
    for activity in range(work.level.size):
        value += meet_activity(net, terms, work, activity)
    for taker in range(work.taken.size):
        buyer: int = net.taker_buyer[taker]
        quantity, slope, surplus = taken(
            work.delivered[buyer], terms.base[taker], terms.exponent[taker], terms.kink[taker], terms.end[taker]
        )
        work.taken[taker] = quantity
        work.surplus[taker] = surplus
        work.take_slope[buyer] += slope
        work.short[buyer] -= quantity
        value += surplus
    return value


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
