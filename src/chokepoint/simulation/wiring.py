"""From labels to the kernel's net and back: the one place where goods and countries become positions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.market import Net

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.world import Floats, Integers, World


@dataclass(frozen=True, kw_only=True, slots=True)
class Wiring:
    """A world's net, and where its lanes, activities, uses and stores sit in it.

    Args:
        net: the kernel's net.
        seller_good, seller_country: labels per seller node; buyer_good, buyer_country: per buyer node.
        lane_order: world lane at each net position; activity_order: the same for activities.
        taker_order: use (or, from ``len(uses)`` on, store) at each net position.
        seller_price, buyer_price, lane_price: reference price per node and per world lane (USD per unit).
        lane_seller, lane_buyer: node per world lane.
    """

    net: Net
    seller_good: Integers
    seller_country: Integers
    buyer_good: Integers
    buyer_country: Integers
    lane_order: Integers
    activity_order: Integers
    taker_order: Integers
    seller_price: Floats
    buyer_price: Floats
    lane_price: Floats
    lane_seller: Integers
    lane_buyer: Integers


def nodes_of(size: int, *pairs: tuple[Integers, Integers]) -> Integers:
    """Return the sorted codes ``first * size + second`` that occur in any of the pairs."""
    codes = [first * size + second for first, second in pairs]
    return np.unique(np.concatenate(codes)).astype(np.int64)


def starts(keys: Integers, count: int) -> Integers:
    """Return where each key's run starts in a sorted array of keys 0 .. count - 1 (count + 1 entries)."""
    return np.searchsorted(keys, np.arange(count + 1)).astype(np.int64)


def loads(flow: Floats, price: Floats) -> Floats:
    """Return what a USD of each lane counts towards a quota in tonnes: the group's mean price over its own.

    With ``pbar = sum f p / sum f`` the quota of a share of the group's usual tonnes is that share of its usual value,
    ``sum (pbar / p) q p = pbar sum q``; in a group of one good every load is 1.
    """
    if np.ptp(price) == 0.0 or flow.sum() <= 0.0:
        return np.ones(flow.size)
    return (flow @ price) / flow.sum() / price


def wire(world: World, groups: Sequence[Integers] = ()) -> Wiring:
    """Build the net of a world.

    Args:
        world: the world.
        groups: lanes (world order) of each licence group that shares one quota.

    Returns:
        The net with the way back to labels.
    """
    goods = len(world.goods)
    lanes, acts, uses, stores = world.lanes, world.activities, world.uses, world.stores
    price = np.array([good.price_usd_per_unit for good in world.goods])
    entry_country = acts.country[acts.entry_activity]
    out, into = acts.entry_amount > 0, acts.entry_amount < 0
    countries = len(world.countries)
    # Along the chain: sellers that depend on each other lie close together (see Net).
    seller = nodes_of(countries, (lanes.good, lanes.exporter), (acts.entry_good[out], entry_country[out]))
    buyer = nodes_of(
        goods,
        (lanes.importer, lanes.good),
        (entry_country[into], acts.entry_good[into]),
        (uses.country, uses.good),
        (stores.country, stores.good),
    )
    lane_seller = np.searchsorted(seller, lanes.good * countries + lanes.exporter)
    lane_buyer = np.searchsorted(buyer, lanes.importer * goods + lanes.good)
    lane_order = np.lexsort((lane_seller, lane_buyer))
    activity_order = np.argsort(acts.country, kind="stable")
    taker_country = np.concatenate([uses.country, stores.country])
    taker_good = np.concatenate([uses.good, stores.good])
    taker_order = np.argsort(taker_country, kind="stable")
    lane_group, lane_load = np.full(lanes.good.size, -1, np.int64), np.ones(lanes.good.size)
    for number, members in enumerate(groups):
        lane_group[members] = number
        lane_load[members] = loads(lanes.flow_per_month[members], price[lanes.good[members]])
    seller_good, buyer_good = seller // countries, buyer % goods
    net = connect(
        world,
        sizes=(len(world.countries), seller.size, len(groups)),
        nodes=(seller, buyer),
        lanes=(lane_seller[lane_order], lane_buyer[lane_order], lane_group[lane_order], lane_load[lane_order]),
        activity_order=activity_order,
        takers=(taker_country[taker_order], np.searchsorted(buyer, (taker_country * goods + taker_good)[taker_order])),
    )
    return Wiring(
        net=net,
        seller_good=seller_good,
        seller_country=seller % countries,
        buyer_good=buyer_good,
        buyer_country=buyer // goods,
        lane_order=lane_order,
        activity_order=activity_order,
        taker_order=taker_order,
        seller_price=price[seller_good],
        buyer_price=price[buyer_good],
        lane_price=price[lanes.good],
        lane_seller=lane_seller,
        lane_buyer=lane_buyer,
    )


def connect(
    world: World,
    *,
    sizes: tuple[int, int, int],
    nodes: tuple[Integers, Integers],
    lanes: tuple[Integers, Integers, Integers, Floats],
    activity_order: Integers,
    takers: tuple[Integers, Integers],
) -> Net:
    """Lay out blocks, recipes and columns (see :class:`chokepoint.market.Net`)."""
    countries, sellers, groups = sizes
    goods = len(world.goods)
    seller, buyer = nodes
    lane_seller, lane_buyer, lane_group, lane_load = lanes
    acts = world.activities
    price = np.array([good.price_usd_per_unit for good in world.goods])
    entries = [np.flatnonzero(acts.entry_activity == activity) for activity in activity_order]
    flat = np.concatenate(entries) if entries else np.zeros(0, np.int64)
    good, country = acts.entry_good[flat], acts.country[acts.entry_activity[flat]]
    sold, bought = np.searchsorted(seller, good * countries + country), np.searchsorted(buyer, country * goods + good)
    entry_node = np.where(acts.entry_amount[flat] > 0, sold, bought)
    entry_start = np.concatenate([[0], np.cumsum([each.size for each in entries])]).astype(np.int64)
    return Net(
        sellers=sellers,
        groups=groups,
        lane_seller=lane_seller.astype(np.int64),
        lane_buyer=lane_buyer.astype(np.int64),
        lane_group=lane_group,
        lane_load=lane_load,
        buyer_lane=starts(lane_buyer, buyer.size),
        block_buyer=starts(buyer // goods, countries),
        block_activity=starts(acts.country[activity_order], countries),
        block_taker=starts(takers[0], countries),
        entry_start=entry_start,
        entry_node=entry_node.astype(np.int64),
        entry_amount=acts.entry_amount[flat] * price[acts.entry_good[flat]],
        taker_buyer=takers[1].astype(np.int64),
    )
