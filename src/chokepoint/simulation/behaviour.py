"""Assumed numbers laid out for the kernel: one array per kind of behaviour, first axis ``case``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from chokepoint.settings import Settings
    from chokepoint.simulation.wiring import Wiring
    from chokepoint.world import World

Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
EMPTY_SHARE = 0.95


@dataclass(frozen=True, kw_only=True, slots=True)
class Behaviour:
    """How goods, activities, uses and stores respond, case by case (world order).

    Args:
        theta, theta_volume: frictions per good, ``1 / sigma`` and ``1 / sigma_V``.
        capacity, midpoint, spread: per activity (level per month, USD per level, USD per level).
        elasticity, choke, choke_end: per use: price elasticity, choke price, price at which use ends.
        target: stock target per store (units of the good); usual: what arrives there in a usual month;
            curvature, release, empty: its curve.
        refill: months over which a refill spreads; supplier_adaptation, demand_adaptation: ``rho``, ``rho_d``;
            supplier_pace, demand_pace: part of the way gone each month.
        rent_share: share of licence rents the exporter takes; discount: per month. All (case,).
    """

    theta: Matrix
    theta_volume: Matrix
    capacity: Matrix
    midpoint: Matrix
    spread: Matrix
    elasticity: Matrix
    choke: Matrix
    choke_end: Matrix
    target: Matrix
    usual: Matrix
    curvature: Matrix
    release: Matrix
    empty: Matrix
    refill: Vector
    supplier_adaptation: Vector
    demand_adaptation: Vector
    supplier_pace: Vector
    demand_pace: Vector
    rent_share: Vector
    discount: Vector


def behave(world: World, wiring: Wiring, settings: Settings) -> Behaviour:
    """Lay out every assumed number of a world.

    Args:
        world: the world; wiring: its net; settings: values per case.

    Returns:
        Arrays in world order.

    Raises:
        KeyError: a number nobody gives, naming the parameter.
    """
    codes = [good.code for good in world.goods]
    sigma = settings.table(("switch_elasticity", code) for code in codes)
    theta = 1.0 / sigma
    capacity, midpoint, spread = behave_activities(world, settings)
    uses, stores = world.uses, world.stores
    use_names = [(codes[good], sector) for good, sector in zip(uses.good, uses.sector, strict=True)]
    choke = settings.table(("choke_price", *name) for name in use_names)
    store_names = [
        (codes[good], world.countries[country]) for good, country in zip(stores.good, stores.country, strict=True)
    ]
    arrivals = np.bincount(wiring.lane_buyer, world.lanes.flow_per_month, wiring.buyer_good.size).astype(np.float64)
    store_buyer = np.searchsorted(
        wiring.buyer_country * len(codes) + wiring.buyer_good, stores.country * len(codes) + stores.good
    )
    lowest = (
        np.stack([lowest_choke(world, settings, choke, int(each)) for each in range(stores.good.size)], axis=1)
        if stores.good.size
        else np.zeros((settings.cases, 0))
    )
    owner_cover = [
        settings.of("stock_cover" if owner == "industry" else f"{owner}_cover", *name)
        for owner, name in zip(stores.owner, store_names, strict=True)
    ]
    cover = np.stack(owner_cover, axis=1) if owner_cover else np.zeros((settings.cases, 0))
    return Behaviour(
        theta=theta,
        theta_volume=theta / settings.of("volume_ratio")[:, None],
        capacity=capacity,
        midpoint=midpoint,
        spread=spread,
        elasticity=settings.table(("demand_elasticity", *name) for name in use_names),
        choke=choke,
        choke_end=choke * (1.0 + settings.of("choke_width")[:, None]),
        target=cover * arrivals[store_buyer][None, :],
        usual=np.tile(arrivals[store_buyer], (settings.cases, 1)),
        curvature=settings.table(("stock_curvature", *name) for name in store_names),
        release=np.maximum(1.01, lowest * settings.table(("stock_release", *name) for name in store_names)),
        empty=np.maximum(1.02, lowest * EMPTY_SHARE),
        refill=settings.of("refill_months"),
        supplier_adaptation=settings.of("supplier_adaptation"),
        demand_adaptation=settings.of("demand_adaptation"),
        supplier_pace=pace(settings, "supplier_adaptation"),
        demand_pace=pace(settings, "demand_adaptation"),
        rent_share=settings.of("rent_share"),
        discount=np.expm1(np.log1p(settings.of("discount_rate")) / 12.0),
    )


def pace(settings: Settings, name: str) -> Vector:
    """Return which part of the way to its long-run reference a flow or use goes each month.

    With the extent ``rho`` a gap shrinks by ``1 - a (1 - rho)`` a month, so a half-life of ``h`` months needs
    ``a = (1 - 0.5^(1/h)) / (1 - rho)``; at most the whole way, ``a = 1``.
    """
    rho, half_life = settings.of(name), settings.of(f"{name}_half_life")
    shrinks = 1.0 - 0.5 ** (1.0 / np.maximum(half_life, 1e-3))
    return np.minimum(1.0, shrinks / (1.0 - rho))


def lowest_choke(world: World, settings: Settings, choke: Matrix, store: int) -> Vector:
    """Return the lowest choke price a store's owner serves: its country's uses of the good, else the good's."""
    good, country = int(world.stores.good[store]), int(world.stores.country[store])
    served = (world.uses.good == good) & (world.uses.country == country)
    if served.any():
        return choke[:, served].min(axis=1)
    return settings.of("choke_price", world.goods[good].code)


def behave_activities(world: World, settings: Settings) -> tuple[Matrix, Matrix, Matrix]:
    """Return capacity, midpoint and spread per (case, activity).

    ``K = level / u``; ``b = v (1 - u) / eta`` and ``m = margin - b logit(u)`` so that the reference level comes
    back at reference prices. Activities nearly idle at the reference (re-export, thrift) carry an extra cost,
    ``m = margin + idle_cost v``, and the spread that still gives their small reference level.
    """
    acts = world.activities
    price = np.array([good.price_usd_per_unit for good in world.goods])
    worth = acts.entry_amount * price[acts.entry_good]
    count = len(acts.kind)
    margin = np.bincount(acts.entry_activity, worth, count)
    value = np.bincount(acts.entry_activity, np.maximum(worth, 0.0), count)
    names = [(kind, world.countries[country]) for kind, country in zip(acts.kind, acts.country, strict=True)]
    used = settings.table(("utilisation", *name) for name in names)
    logit = np.log(used / (1.0 - used))
    midpoint = np.empty_like(used)
    spread = np.empty_like(used)
    for number, kind in enumerate(acts.kind):
        if f"idle_cost.{kind}" in world.parameters:
            extra = settings.of("idle_cost", kind) * value[number]
            midpoint[:, number] = margin[number] + extra
            spread[:, number] = -extra / logit[:, number]
        else:
            elasticity = np.maximum(settings.of("supply_elasticity", *names[number]), 0.01)
            spread[:, number] = value[number] * (1.0 - used[:, number]) / elasticity
            midpoint[:, number] = margin[number] - spread[:, number] * logit[:, number]
    return acts.level_per_month[None, :] / used, midpoint, spread
