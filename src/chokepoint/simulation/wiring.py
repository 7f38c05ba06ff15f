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


def nodes_of(goods: int, *pairs: tuple[Integers, Integers]) -> Integers:
    """Return the sorted codes ``country * goods + good`` that occur in any of the (good, country) pairs."""
    codes = [country * goods + good for good, country in pairs]
    return np.unique(np.concatenate(codes)).astype(np.int64)


def starts(keys: Integers, count: int) -> Integers:
    """Return where each key's run starts in a sorted array of keys 0 .. count - 1 (count + 1 entries)."""
    return np.searchsorted(keys, np.arange(count + 1)).astype(np.int64)


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
    seller = nodes_of(goods, (lanes.good, lanes.exporter), (acts.entry_good[out], entry_country[out]))
    buyer = nodes_of(
        goods,
        (lanes.good, lanes.importer),
        (acts.entry_good[into], entry_country[into]),
        (uses.good, uses.country),
        (stores.good, stores.country),
    )
    lane_seller = np.searchsorted(seller, lanes.exporter * goods + lanes.good)
    lane_buyer = np.searchsorted(buyer, lanes.importer * goods + lanes.good)
    lane_order = np.lexsort((lane_seller, lane_buyer))
    activity_order = np.argsort(acts.country, kind="stable")
    taker_country = np.concatenate([uses.country, stores.country])
    taker_good = np.concatenate([uses.good, stores.good])
    taker_order = np.argsort(taker_country, kind="stable")
    lane_group = np.full(lanes.good.size, -1, np.int64)
    for number, members in enumerate(groups):
        lane_group[members] = number
    seller_good, buyer_good = seller % goods, buyer % goods
    net = connect(
        world,
        sizes=(len(world.countries), seller.size, len(groups)),
        nodes=(seller, buyer),
        lanes=(lane_seller[lane_order], lane_buyer[lane_order], lane_group[lane_order]),
        activity_order=activity_order,
        takers=(taker_country[taker_order], np.searchsorted(buyer, (taker_country * goods + taker_good)[taker_order])),
    )
    return Wiring(
        net=net,
        seller_good=seller_good,
        seller_country=seller // goods,
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
    lanes: tuple[Integers, Integers, Integers],
    activity_order: Integers,
    takers: tuple[Integers, Integers],
) -> Net:
    """Lay out blocks, recipes and columns (see :class:`chokepoint.market.Net`)."""
    countries, sellers, groups = sizes
    goods = len(world.goods)
    seller, buyer = nodes
    lane_seller, lane_buyer, lane_group = lanes
    acts = world.activities
    price = np.array([good.price_usd_per_unit for good in world.goods])
    entries = [np.flatnonzero(acts.entry_activity == activity) for activity in activity_order]
    flat = np.concatenate(entries) if entries else np.zeros(0, np.int64)
    code = acts.country[acts.entry_activity[flat]] * goods + acts.entry_good[flat]
    is_output = acts.entry_amount[flat] > 0
    entry_node = np.where(is_output, np.searchsorted(seller, code), np.searchsorted(buyer, code))
    entry_start = np.concatenate([[0], np.cumsum([each.size for each in entries])]).astype(np.int64)
    entry_block = acts.country[acts.entry_activity[flat]]
    lane_block = (buyer // goods)[lane_buyer]
    columns: list[Integers] = []
    lane_column = np.full(lane_seller.size, -1, np.int64)
    group_column = np.full(lane_seller.size, -1, np.int64)
    entry_column = np.full(flat.size, -1, np.int64)
    for block in range(countries):
        mine, made = lane_block == block, (entry_block == block) & is_output
        grouped = mine & (lane_group >= 0)
        column = np.unique(np.concatenate([lane_seller[mine], sellers + lane_group[grouped], entry_node[made]]))
        lane_column[mine] = np.searchsorted(column, lane_seller[mine])
        group_column[grouped] = np.searchsorted(column, sellers + lane_group[grouped])
        entry_column[made] = np.searchsorted(column, entry_node[made])
        columns.append(column.astype(np.int64))
    return Net(
        sellers=sellers,
        groups=groups,
        lane_seller=lane_seller.astype(np.int64),
        lane_buyer=lane_buyer.astype(np.int64),
        lane_group=lane_group,
        buyer_lane=starts(lane_buyer, buyer.size),
        block_buyer=starts(buyer // goods, countries),
        block_activity=starts(acts.country[activity_order], countries),
        block_taker=starts(takers[0], countries),
        entry_start=entry_start,
        entry_node=entry_node.astype(np.int64),
        entry_amount=acts.entry_amount[flat] * price[acts.entry_good[flat]],
        taker_buyer=takers[1].astype(np.int64),
        block_column=np.concatenate([[0], np.cumsum([each.size for each in columns])]).astype(np.int64),
        column=np.concatenate(columns).astype(np.int64),
        lane_column=lane_column,
        group_column=group_column,
        entry_column=entry_column,
    )
