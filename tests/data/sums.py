"""Sums over a world, in tonnes a year, by (good, country)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from chokepoint.world import World


def table(world: World) -> np.ndarray:
    return np.zeros((len(world.goods), len(world.countries)))


def made(world: World, sign: int = 1) -> np.ndarray:
    """Return outputs (sign 1) or inputs (sign -1) of all activities."""
    total = table(world)
    acts = world.activities
    amount = sign * acts.entry_amount * acts.level_per_month[acts.entry_activity] * 12
    mine = amount > 0
    np.add.at(total, (acts.entry_good[mine], acts.country[acts.entry_activity[mine]]), amount[mine])
    return total


def shipped(world: World) -> np.ndarray:
    total = table(world)
    np.add.at(total, (world.lanes.good, world.lanes.exporter), world.lanes.flow_per_month * 12)
    return total


def arrived(world: World) -> np.ndarray:
    total = table(world)
    np.add.at(total, (world.lanes.good, world.lanes.importer), world.lanes.flow_per_month * 12)
    return total


def used(world: World) -> np.ndarray:
    total = table(world)
    np.add.at(total, (world.uses.good, world.uses.country), world.uses.demand_per_month * 12)
    return total


def exports(world: World, exporter: str, importer: str | None, *goods: str) -> float:
    """Return what one country sends abroad of some goods, to one country or to all."""
    lanes = world.lanes
    chosen = np.isin(lanes.good, [world.good_index(good) for good in goods])
    chosen &= (lanes.exporter == world.country_index(exporter)) & (lanes.importer != lanes.exporter)
    if importer:
        chosen &= lanes.importer == world.country_index(importer)
    return float(lanes.flow_per_month[chosen].sum() * 12)


def level(world: World, kind: str, country: str | None = None) -> float:
    """Return the level of a kind of activity, in one country or in all."""
    acts = world.activities
    return sum(
        float(value) * 12
        for each, place, value in zip(acts.kind, acts.country, acts.level_per_month, strict=True)
        if each == kind and country in {None, world.countries[place]}
    )
