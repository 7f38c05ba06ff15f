"""Months in sequence: clear, carry stocks, let suppliers and users adapt, clear again."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.market import Terms, clear
from chokepoint.simulation.behaviour import behave
from chokepoint.simulation.building import build_up, collect
from chokepoint.simulation.outcome import Outcome
from chokepoint.simulation.parts import cases_of, joined, parts_of, put

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from chokepoint.dates import Month
    from chokepoint.instruments import Conditions
    from chokepoint.market import Clearing
    from chokepoint.settings import Settings
    from chokepoint.simulation.behaviour import Behaviour, Matrix
    from chokepoint.simulation.wiring import Wiring
    from chokepoint.world import World

LEAST_FLOW_SHARE = 1e-6
BOUND = 1.0 - 1e-9
FREE_QUOTA = 1e6
"""A quota of so many times the usual flow binds nobody."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """What one month leaves to the next (world order).

    Args:
        drift: how far the reference flow of every lane has moved from its base, as a factor (case, lane).
        use: reference demand of the coming month per (case, use).
        stock: per (case, store), units.
        clearing: last month's prices, to start from; None before the first month.
    """

    drift: Matrix
    use: Matrix
    stock: Matrix
    clearing: Clearing | None


def begin(world: World, behaviour: Behaviour) -> Memory:
    """Return the memory of a world at rest: reference flows and uses, full stores."""
    cases = behaviour.theta.shape[0]
    return Memory(
        drift=np.ones((cases, world.lanes.good.size)),
        use=np.tile(world.uses.demand_per_month, (cases, 1)),
        stock=behaviour.target.copy(),
        clearing=None,
    )


def stock_targets(behaviour: Behaviour, memory: Memory) -> Matrix:
    """Return this month's stock targets: a refill spreads over several months, a run-down is immediate."""
    full = behaviour.target
    spread = memory.stock + (full - memory.stock) / behaviour.refill[:, None]
    return np.where(memory.stock < full, spread, full)


def terms_of(
    world: World, wiring: Wiring, behaviour: Behaviour, memory: Memory, conditions: Conditions, base: Matrix
) -> tuple[Terms, Matrix]:
    """Put one month into the kernel's order and units; return it with the stock targets.

    ``base``: reference flows before any drift, with the lanes of projects that stand (case, lane).
    """
    lanes, order = world.lanes, wiring.lane_order
    buyers = wiring.buyer_good.size
    cases = behaviour.theta.shape[0]
    # What is bought out of fear is bought at once: there is no refilling at leisure ahead of a stop.
    target = stock_targets(behaviour, memory) + conditions.precaution * behaviour.usual
    taker_price = np.concatenate(
        [
            np.array([good.price_usd_per_unit for good in world.goods])[world.uses.good],
            np.array([good.price_usd_per_unit for good in world.goods])[world.stores.good],
        ]
    )
    takers = wiring.taker_order
    opening = np.zeros((cases, buyers))
    stores = np.flatnonzero(takers >= world.uses.good.size)
    for position in stores:
        store = takers[position] - world.uses.good.size
        buyer = wiring.net.taker_buyer[position]
        opening[:, buyer] += memory.stock[:, store] * wiring.buyer_price[buyer]
    usual = lanes.flow_per_month * wiring.lane_price
    value = base * wiring.lane_price
    seller_scale = collect(value, wiring.lane_seller, wiring.seller_good.size)
    buyer_scale = collect(value, wiring.lane_buyer, buyers)
    group_flow = np.zeros((cases, wiring.net.groups))
    for group in range(wiring.net.groups):
        group_flow[:, group] = usual[order[wiring.net.lane_group == group]].sum()
    activities = wiring.activity_order
    terms = Terms(
        flow=np.take(memory.drift * value, order, axis=1),
        cap=np.take(caps(conditions, base) * wiring.lane_price, order, axis=1),
        wedge=np.take(conditions.wedge + conditions.duty, order, axis=1),
        theta=behaviour.theta[:, wiring.buyer_good],
        theta_volume=behaviour.theta_volume[:, wiring.buyer_good],
        capacity=(behaviour.capacity * conditions.capacity_share)[:, activities],
        midpoint=behaviour.midpoint[:, activities],
        spread=behaviour.spread[:, activities],
        base=(np.hstack([memory.use, target]) * taker_price)[:, takers],
        exponent=np.hstack([behaviour.elasticity, behaviour.curvature])[:, takers],
        kink=np.hstack([behaviour.choke, behaviour.release])[:, takers],
        end=np.hstack([behaviour.choke_end, behaviour.empty])[:, takers],
        opening=opening,
        quota=np.minimum(conditions.quota_share, FREE_QUOTA) * group_flow,
        seller_scale=np.maximum(seller_scale, 1e-12 * seller_scale.max()),
        buyer_scale=np.maximum(buyer_scale, 1e-12 * buyer_scale.max()),
    )
    return Terms(*(np.ascontiguousarray(each) for each in terms)), target


def caps(conditions: Conditions, base: Matrix) -> Matrix:
    """Return the most every lane may carry (case, lane); a lane without base flow is free but empty."""
    share = conditions.cap_share
    return np.where(np.isinf(share), np.inf, np.where(np.isinf(share), 0.0, share) * base)


def world_order(values: Matrix, order: np.ndarray) -> Matrix:
    """Put kernel columns back into the world's order."""
    return np.take(values, np.argsort(order), axis=1)


def adapt(
    world: World, behaviour: Behaviour, memory: Memory, cap: Matrix, month: dict[str, Matrix]
) -> tuple[Matrix, Matrix]:
    """Return the drift and the reference uses of the coming month.

    Flows and uses go part ``a`` of the way to ``f_base^(1-rho) q^rho`` and ``z_base^(1-rho_d) z^rho_d``, on a
    logarithmic scale: for the drift ``f / f_base``, ``d' = d^(1-a) (q / f_base)^(a rho)``. But a lane capped below
    its reference keeps its own (a ban must not kill it for good), and so does a use above the choke price, which was
    cut, not saved.
    """
    base, flow = month["base"], month["flow"]
    rho, pace = behaviour.supplier_adaptation[:, None], behaviour.supplier_pace[:, None]
    stays = (flow >= cap * BOUND) | (cap < base * memory.drift) | (base <= 0.0)
    part = np.divide(flow, base, out=np.ones_like(flow), where=base > 0.0)
    went = memory.drift ** (1.0 - pace) * np.maximum(part, LEAST_FLOW_SHARE) ** (pace * rho)
    drift = np.where(stays, memory.drift, went)
    rho_d, pace_d = behaviour.demand_adaptation[:, None], behaviour.demand_pace[:, None]
    need = world.uses.demand_per_month
    cut = month["use_price"] > behaviour.choke
    used = np.log(np.maximum(month["use"], LEAST_FLOW_SHARE * need))
    saved = (1.0 - pace_d) * np.log(memory.use) + pace_d * ((1.0 - rho_d) * np.log(need) + rho_d * used)
    return np.maximum(drift, LEAST_FLOW_SHARE), np.where(cut, memory.use, np.exp(saved))


def simulate_month(
    world: World, wiring: Wiring, behaviour: Behaviour, memory: Memory, conditions: Conditions, base: Matrix
) -> tuple[dict[str, np.ndarray], Memory]:
    """Clear one month and return its record (world order, units of the goods) with the memory it leaves."""
    terms, target = terms_of(world, wiring, behaviour, memory, conditions, base)
    cap = caps(conditions, base)
    clearing = clear(wiring.net, terms, memory.clearing, threads=1)
    count = world.uses.good.size
    price = np.array([good.price_usd_per_unit for good in world.goods])
    taker = world_order(clearing.taken, wiring.taker_order)
    surplus = world_order(clearing.surplus, wiring.taker_order)
    use_buyer = np.searchsorted(
        wiring.buyer_country * len(world.goods) + wiring.buyer_good,
        world.uses.country * len(world.goods) + world.uses.good,
    )
    flow = world_order(clearing.flow, wiring.lane_order) / wiring.lane_price
    used, stock = taker[:, :count] / price[world.uses.good], taker[:, count:] / price[world.stores.good]
    record: dict[str, np.ndarray] = {
        "ex_works": clearing.ex_works,
        "delivered": clearing.delivered,
        "delivered_high": clearing.delivered_high,
        "flow": flow,
        "reference_flow": memory.drift * base,
        "rent": world_order(clearing.rent, wiring.lane_order),
        "wedge": conditions.wedge,
        "duty": conditions.duty,
        "cap": cap,
        "premium": clearing.premium,
        "capacity": behaviour.capacity * conditions.capacity_share,
        "level": world_order(clearing.level, wiring.activity_order),
        "profit": world_order(clearing.profit, wiring.activity_order),
        "use": used,
        "reference_use": memory.use,
        "use_surplus": surplus[:, :count],
        "stock": stock,
        "opening_stock": memory.stock,
        "target": target,
        "precaution": conditions.precaution * behaviour.usual,
        "store_surplus": surplus[:, count:],
        "switching": clearing.switching,
        "unsold": clearing.unsold / wiring.seller_price,
        "value": clearing.value,
        "gap": clearing.gap,
        "residual": clearing.residual,
        "tolerance": clearing.tolerance,
        "steps": clearing.steps,
        "state": clearing.state,
    }
    seen: dict[str, Matrix] = {"base": base, "flow": flow, "use": used, "use_price": clearing.delivered[:, use_buyer]}
    drift, use = adapt(world, behaviour, memory, cap, seen)
    return record, Memory(drift=drift, use=use, stock=stock, clearing=clearing)


def run(
    world: World,
    wiring: Wiring,
    settings: Settings,
    months: Sequence[Month],
    conditions_of: Callable[[Month], Conditions],
    memory: Memory | None = None,
    keep: Collection[str] | None = None,
    threads: int | None = None,
) -> tuple[Outcome, Memory]:
    """Simulate months in sequence for every case at once.

    Args:
        world: the world; wiring: its net (with the licence groups of the scenario).
        settings: parameter values per case.
        months: consecutive months.
        conditions_of: what a month is traded under.
        memory: what earlier months left, to restart from any month; a world at rest if None.
        keep: names of the outcome's arrays to keep, all if None; the others hold no months. Certificates are always
            kept. A thousand cases of two thousand lanes for two years fill 0.5 GB for every array by lane.
        threads: how many to use, one per processor if None; the numbers are the same.

    Returns:
        The outcome, and the memory from which the next month would go on.
    """
    behaviour = behave(world, wiring, settings)
    memory = begin(world, behaviour) if memory is None else memory
    building = build_up(world, settings)
    parts = parts_of(settings.cases, threads)
    behaviours = [cases_of(behaviour, part) for part in parts]
    memories = [cases_of(memory, part) for part in parts]
    cubes: dict[str, np.ndarray] = {}
    with ThreadPoolExecutor(threads or os.cpu_count()) as pool:
        for number, month in enumerate(months):
            (added, base), conditions = building.at(month), conditions_of(month)
            jobs = [
                pool.submit(
                    simulate_month,
                    world,
                    wiring,
                    replace(behaviours[place], capacity=behaviours[place].capacity + added[part]),
                    memories[place],
                    cases_of(conditions, part),
                    base[part],
                )
                for place, part in enumerate(parts)
            ]
            for place, part in enumerate(parts):
                record, memories[place] = jobs[place].result()
                put(cubes, record, (part, number), (settings.cases, len(months)), keep)
    outcome = Outcome(world=world, wiring=wiring, behaviour=behaviour, months=tuple(months), **cubes)
    return outcome, joined(memories)
