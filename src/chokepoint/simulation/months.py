"""Months in sequence: clear, carry stocks, let suppliers and users adapt, clear again."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.market import Terms, clear
from chokepoint.simulation.behaviour import behave
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """What one month leaves to the next (world order).

    Args:
        flow: reference flow per (case, lane) for the coming month; use: reference demand per (case, use).
        stock: per (case, store), units.
        clearing: last month's prices, to start from; None before the first month.
    """

    flow: Matrix
    use: Matrix
    stock: Matrix
    clearing: Clearing | None


def begin(world: World, behaviour: Behaviour) -> Memory:
    """Return the memory of a world at rest: reference flows and uses, full stores."""
    cases = behaviour.theta.shape[0]
    return Memory(
        flow=np.tile(world.lanes.flow_per_month, (cases, 1)),
        use=np.tile(world.uses.demand_per_month, (cases, 1)),
        stock=behaviour.target.copy(),
        clearing=None,
    )


def stock_targets(world: World, behaviour: Behaviour, memory: Memory, conditions: Conditions) -> Matrix:
    """Return this month's stock targets: a refill spreads over several months, a run-down is immediate."""
    full = behaviour.target * conditions.precaution[:, world.stores.good]
    spread = memory.stock + (full - memory.stock) / behaviour.refill[:, None]
    return np.where(memory.stock < full, spread, full)


def terms_of(
    world: World, wiring: Wiring, behaviour: Behaviour, memory: Memory, conditions: Conditions
) -> tuple[Terms, Matrix]:
    """Put one month into the kernel's order and units; return it with the stock targets."""
    lanes, order = world.lanes, wiring.lane_order
    buyers = wiring.buyer_good.size
    cases = behaviour.theta.shape[0]
    target = stock_targets(world, behaviour, memory, conditions)
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
    base_flow = lanes.flow_per_month * wiring.lane_price
    seller_scale = np.bincount(wiring.lane_seller, base_flow, wiring.seller_good.size)
    buyer_scale = np.bincount(wiring.lane_buyer, base_flow, buyers)
    group_flow = np.zeros((cases, wiring.net.groups))
    for group in range(wiring.net.groups):
        group_flow[:, group] = base_flow[order[wiring.net.lane_group == group]].sum()
    activities = wiring.activity_order
    terms = Terms(
        flow=np.take(memory.flow * wiring.lane_price, order, axis=1),
        cap=np.take(conditions.cap_share * base_flow, order, axis=1),
        wedge=np.take(conditions.wedge + conditions.duty, order, axis=1),
        theta=behaviour.theta[:, wiring.buyer_good],
        theta_volume=behaviour.theta_volume[:, wiring.buyer_good],
        capacity=behaviour.capacity[:, activities],
        midpoint=behaviour.midpoint[:, activities],
        spread=behaviour.spread[:, activities],
        base=(np.hstack([memory.use, target]) * taker_price)[:, takers],
        exponent=np.hstack([behaviour.elasticity, behaviour.curvature])[:, takers],
        kink=np.hstack([behaviour.choke, behaviour.release])[:, takers],
        end=np.hstack([behaviour.choke_end, behaviour.empty])[:, takers],
        opening=opening,
        quota=np.where(np.isfinite(conditions.quota_share), conditions.quota_share * group_flow, 1e6 * group_flow),
        seller_scale=np.tile(np.maximum(seller_scale, 1e-12 * seller_scale.max()), (cases, 1)),
        buyer_scale=np.tile(np.maximum(buyer_scale, 1e-12 * buyer_scale.max()), (cases, 1)),
    )
    return Terms(*(np.ascontiguousarray(each) for each in terms)), target


def world_order(values: Matrix, order: np.ndarray) -> Matrix:
    """Put kernel columns back into the world's order."""
    return np.take(values, np.argsort(order), axis=1)


def adapt(
    world: World, behaviour: Behaviour, memory: Memory, conditions: Conditions, month: dict[str, Matrix]
) -> tuple[Matrix, Matrix]:
    """Return the references of the coming month.

    ``f' = f_base^(1-rho) q^rho``, except that a lane capped below its reference keeps it (a ban must not kill
    it for good); ``z' = z_base^(1-rho_d) z^rho_d``, except above the choke price, where use was cut, not saved.
    """
    base = world.lanes.flow_per_month
    rho = behaviour.supplier_adaptation[:, None]
    flow = month["flow"]
    cap = conditions.cap_share * base
    bound = (flow >= cap * BOUND) | (cap < memory.flow)
    with np.errstate(divide="ignore"):
        moved = np.exp((1.0 - rho) * np.log(base) + rho * np.log(np.maximum(flow, LEAST_FLOW_SHARE * base)))
    following = np.where(bound | (base <= 0.0), memory.flow, moved)
    following = np.maximum(following, LEAST_FLOW_SHARE * base)
    rho_d = behaviour.demand_adaptation[:, None]
    need = world.uses.demand_per_month
    cut = month["use_price"] > behaviour.choke
    saved = np.exp((1.0 - rho_d) * np.log(need) + rho_d * np.log(np.maximum(month["use"], LEAST_FLOW_SHARE * need)))
    return following, np.where(cut, memory.use, saved)


def simulate_month(
    world: World, wiring: Wiring, behaviour: Behaviour, memory: Memory, conditions: Conditions
) -> tuple[dict[str, np.ndarray], Memory]:
    """Clear one month and return its record (world order, units of the goods) with the memory it leaves."""
    terms, target = terms_of(world, wiring, behaviour, memory, conditions)
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
        "reference_flow": memory.flow,
        "rent": world_order(clearing.rent, wiring.lane_order),
        "wedge": conditions.wedge,
        "duty": conditions.duty,
        "cap": conditions.cap_share * world.lanes.flow_per_month,
        "premium": clearing.premium,
        "level": world_order(clearing.level, wiring.activity_order),
        "profit": world_order(clearing.profit, wiring.activity_order),
        "use": used,
        "reference_use": memory.use,
        "use_surplus": surplus[:, :count],
        "stock": stock,
        "opening_stock": memory.stock,
        "target": target,
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
    seen: dict[str, Matrix] = {"flow": flow, "use": used, "use_price": clearing.delivered[:, use_buyer]}
    following, use = adapt(world, behaviour, memory, conditions, seen)
    return record, Memory(flow=following, use=use, stock=stock, clearing=clearing)


def run(
    world: World,
    wiring: Wiring,
    settings: Settings,
    months: Sequence[Month],
    conditions_of: Callable[[Month], Conditions],
    memory: Memory | None = None,
    keep: Collection[str] | None = None,
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

    Returns:
        The outcome, and the memory from which the next month would go on.
    """
    behaviour = behave(world, wiring, settings)
    memory = begin(world, behaviour) if memory is None else memory
    parts = parts_of(settings.cases)
    behaviours = [cases_of(behaviour, part) for part in parts]
    memories = [cases_of(memory, part) for part in parts]
    cubes: dict[str, np.ndarray] = {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for number, month in enumerate(months):
            conditions = conditions_of(month)
            split = [cases_of(conditions, part) for part in parts]
            jobs = [
                pool.submit(simulate_month, world, wiring, *each)
                for each in zip(behaviours, memories, split, strict=True)
            ]
            for place, part in enumerate(parts):
                record, memories[place] = jobs[place].result()
                put(cubes, record, (part, number), (settings.cases, len(months)), keep)
    outcome = Outcome(world=world, wiring=wiring, behaviour=behaviour, months=tuple(months), **cubes)
    return outcome, joined(memories)
