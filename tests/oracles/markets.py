"""Markets drawn at random over the whole ranges of the bundle, straight in the kernel's arrays.

A market is a chain of five goods: ore, two oxides made jointly from it, a by-product made on its own, and a
product that needs both oxides. It balances in the reference year; behaviour, caps, stocks and outages are
then drawn, each number with equal chance at the low end, at the high end or anywhere between.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from chokepoint.market import Net, Terms
from chokepoint.simulation import wire
from chokepoint.world import NO_PROJECTS, Activities, Good, Lanes, Stores, Uses, World

ORE, LIGHT, HEAVY, BY_PRODUCT, PRODUCT = range(5)
SEPARATED = {LIGHT: 0.8, HEAVY: 0.5}  # from one ore, in USD at reference prices
NEEDED = {LIGHT: 0.5, HEAVY: 0.2}  # for one product
MINE, GALLIUM, SEPARATION, MAKING, RESELLING = "mine", "gallium", "separation", "making", "reselling"
RESOLD = 1e-2  # part of arrivals that is sold on in the reference year
LEAST_ELASTICITY, MOST_UTILISATION = 0.01, 0.99
CAP_SHARES = (0.0, 0.0, 0.01, 0.1, 0.5, 0.9, 1.0, 1.2)
FEWEST, MOST = 2, 60


class Market(NamedTuple):
    """A net, what its cases are cleared under, and the labels of its nodes."""

    net: Net
    terms: Terms
    world: World


@cache
def widest(family, but=()):
    """Return the widest range any parameter of a family has in the bundle, those of chains left out."""
    text = files("chokepoint").joinpath("data/parameters.csv").read_text("utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if (row["name"] + ".").startswith(family + ".")]
    rows = [row for row in rows if row["scope"] != "chain"]
    ranges = [(float(row["low"]), float(row["high"])) for row in rows if not any(word in row["name"] for word in but)]
    return min(low for low, _ in ranges), max(high for _, high in ranges)


def drawn(rng, family, shape, low=None, high=None, but=()):
    """Draw from the widest range of a family (or wider), a third of the numbers at each end."""
    least, most = widest(family, but)
    least, most = (least if low is None else low), (most if high is None else high)
    return least * (most / least) ** np.clip(rng.uniform(-1.0, 2.0, shape), 0.0, 1.0)


def world_of(countries, goods, lanes, activities, uses, stores=()):
    """Return a world whose only prices are 1, for :func:`chokepoint.simulation.wire` to lay out.

    Args:
        countries, goods: how many of them.
        lanes: (good, exporter, importer, flow); activities: (kind, country, level, ((good, amount), ...)).
        uses: (good, country, demand); stores: (good, country).
    """

    def column(rows, place, kind=np.int64):
        return np.array([row[place] for row in rows], kind)

    entries = [(number, *entry) for number, each in enumerate(activities) for entry in each[3]]
    names = tuple(f"c{number}" for number in range(countries))
    return World(
        name="drawn",
        base_year=0,
        goods=tuple(Good(code=f"g{n}", name=f"g{n}", stage="one", unit="USD", price_usd_per_unit=1.0) for n in goods),
        countries=names,
        country_names=names,
        blocs={},
        lanes=Lanes(
            good=column(lanes, 0),
            exporter=column(lanes, 1),
            importer=column(lanes, 2),
            flow_per_month=column(lanes, 3, float),
        ),
        activities=Activities(
            kind=tuple(each[0] for each in activities),
            country=column(activities, 1),
            level_per_month=column(activities, 2, float),
            entry_activity=column(entries, 0),
            entry_good=column(entries, 1),
            entry_amount=column(entries, 2, float),
        ),
        uses=Uses(
            good=column(uses, 0),
            country=column(uses, 1),
            sector=("all",) * len(uses),
            demand_per_month=column(uses, 2, float),
        ),
        stores=Stores(good=column(stores, 0), country=column(stores, 1), owner=("industry",) * len(stores)),
        projects=NO_PROJECTS,
        parameters={},
        figures={},
        movements=(),
    )


def random_world(rng, countries, unevenness):
    """Draw who makes, ships and uses what in the reference year, every balance closed.

    Goods are taken along the chain: what arrives of one decides how much of the next can be made.
    """
    flow = np.zeros((PRODUCT + 1, countries, countries))
    activities = []
    density = min(1.0, rng.choice([2.0, 6.0]) / countries)

    def ship(good, made):
        open_lane = rng.random((countries, countries)) < density
        np.fill_diagonal(open_lane, rng.random(countries) < 0.6)
        open_lane[np.arange(countries), rng.integers(0, countries, countries)] = True
        share = open_lane * rng.lognormal(0.0, unevenness, open_lane.shape)
        flow[good] += made[:, None] * share / share.sum(axis=1, keepdims=True)

    def some(part):
        chosen = rng.random(countries) < part
        chosen[rng.integers(countries)] = True
        return chosen * rng.lognormal(0.0, unevenness, countries)

    def run(kind, level, recipe):
        activities.extend((kind, c, level[c], tuple(recipe.items())) for c in np.flatnonzero(level))

    for good, kind in ((ORE, MINE), (BY_PRODUCT, GALLIUM)):
        level = 100.0 * some(0.4)
        run(kind, level, {good: 1.0})
        ship(good, level)
    separated = flow[ORE].sum(axis=0) * (some(0.6) > 0.0) * rng.choice([0.5, 1.0])
    run(SEPARATION, separated, {ORE: -1.0} | SEPARATED)
    for oxide, amount in SEPARATED.items():
        ship(oxide, amount * separated)
    most = np.min([flow[oxide].sum(axis=0) / amount for oxide, amount in NEEDED.items()], axis=0)
    made = most * rng.uniform(0.3, 0.9, countries) * (some(0.6) > 0.0)
    if made.any():
        run(MAKING, made, {oxide: -amount for oxide, amount in NEEDED.items()} | {PRODUCT: 1.0})
        ship(PRODUCT, made)
    resold = RESOLD * flow[PRODUCT].sum(axis=0) * (rng.random(countries) < 0.3)
    activities += [(RESELLING, c, resold[c], ((PRODUCT, -1.0), (PRODUCT, 1.0))) for c in np.flatnonzero(resold)]
    if resold.any():
        ship(PRODUCT, resold)
    demand = flow.sum(axis=1)
    for _, country, level, recipe in activities:
        for good, amount in recipe:
            demand[good, country] += min(amount, 0.0) * level
    demand[demand < 1e-9 * flow.sum()] = 0.0
    lanes = [(*place, flow[place]) for place in zip(*np.nonzero(flow), strict=True)]
    uses = [(*place, demand[place]) for place in zip(*np.nonzero(demand), strict=True)]
    held = (flow.sum(axis=1) > 0.0) & (rng.random(demand.shape) < 0.6)
    return world_of(countries, range(PRODUCT + 1), lanes, activities, uses, list(zip(*np.nonzero(held), strict=True)))


def random_groups(rng, world, most):
    """Draw licence quotas, each over all exports of one good by one country."""
    lanes = world.lanes
    abroad = lanes.exporter != lanes.importer
    pairs = np.unique(np.stack([lanes.good[abroad], lanes.exporter[abroad]], axis=1), axis=0)
    picked = pairs[rng.permutation(len(pairs))[: rng.integers(0, most + 1)]]
    return [np.flatnonzero(abroad & (lanes.good == good) & (lanes.exporter == maker)) for good, maker in picked]


def random_caps(rng, world, cases):
    """Draw caps as shares of the reference: on scattered lanes, on all a country sells, on all a country buys."""
    lanes, countries = world.lanes, len(world.countries)
    share = np.full((cases, lanes.good.size), np.inf)
    for row in share:
        scattered = rng.random(row.size) < rng.choice([0.0, 0.3])
        row[scattered] = rng.choice(CAP_SHARES, np.count_nonzero(scattered))
        for side, from_home in ((lanes.exporter, False), (lanes.exporter, True), (lanes.importer, True)):
            mine = (side == rng.integers(countries)) & (lanes.good == rng.integers(PRODUCT + 1))
            if rng.random() < 0.5:
                row[mine & (from_home | (lanes.exporter != lanes.importer))] = rng.choice(CAP_SHARES)
    return share


def activity_terms(rng, world, cases):
    """Return capacity, midpoint and spread per (case, activity), as ``chokepoint.simulation.behaviour`` lays out."""
    acts = world.activities
    count = len(acts.kind)
    kind = np.array(acts.kind)
    value = np.bincount(acts.entry_activity, np.maximum(acts.entry_amount, 0.0), count)
    margin = np.bincount(acts.entry_activity, acts.entry_amount, count)
    shape = (cases, count)
    idle = kind == RESELLING
    used = np.where(
        idle,
        drawn(rng, "utilisation.reexport_ndfeb_magnet", shape),
        drawn(rng, "utilisation", shape, high=MOST_UTILISATION, but=("reexport", "thrifty")),
    )
    elasticity = drawn(rng, "supply_elasticity", shape, low=LEAST_ELASTICITY)
    elasticity[:, kind == GALLIUM] = LEAST_ELASTICITY
    extra = drawn(rng, "idle_cost.reexport_ndfeb_magnet", shape) * value
    logit = np.log(used / (1.0 - used))
    spread = np.where(idle, -extra / logit, value * (1.0 - used) / elasticity)
    midpoint = margin + np.where(idle, extra, -spread * logit)
    standing = rng.choice([0.0, 0.3, 1.0], shape, p=[0.05, 0.05, 0.9])  # outages
    return standing * acts.level_per_month / used, midpoint, spread


def taker_terms(rng, world, arrivals, cases):
    """Return curves of uses, then stores, and the stock carried in, per (case, taker)."""
    uses, stores, goods = world.uses, world.stores, len(world.goods)
    shape = (cases, uses.good.size)
    choke = drawn(rng, "choke_price", shape)
    end = choke * (1.0 + drawn(rng, "choke_width", (cases, 1)))
    held = (cases, stores.good.size)
    code = stores.country * goods + stores.good
    lowest = np.full((cases, len(world.countries) * goods), np.inf)
    np.minimum.at(lowest, (slice(None), uses.country * goods + uses.good), choke)
    lowest = np.where(np.isfinite(lowest), lowest, drawn(rng, "choke_price", lowest.shape))[:, code]
    target = drawn(rng, "stock_cover", held) * arrivals[code]
    opening = target * rng.choice([0.0, 0.1, 1.0, 1.5], held)
    release = np.maximum(1.01, lowest * drawn(rng, "stock_release", held))
    return {
        "base": np.hstack([np.tile(uses.demand_per_month, (cases, 1)), target]),
        "exponent": np.hstack([drawn(rng, "demand_elasticity", shape), drawn(rng, "stock_curvature", held)]),
        "kink": np.hstack([choke, release]),
        "end": np.hstack([end, np.maximum(1.02, 0.95 * lowest)]),
        "opening": np.hstack([np.zeros(shape), opening]),
    }


def random_market(seed, cases=1, countries=None, unevenness=0.7, most_groups=2):
    """Draw a market of 2 to 60 countries; its cases share who trades with whom in the reference year.

    Args:
        seed: of the random generator; cases: how many; countries: how many, drawn if None.
        unevenness: standard deviation of the logs of sizes; most_groups: most licence groups.
    """
    rng = np.random.default_rng(seed)
    count = int(np.exp(rng.uniform(np.log(FEWEST), np.log(MOST + 1)))) if countries is None else countries
    world = random_world(rng, count, unevenness)
    groups = random_groups(rng, world, most_groups)
    wiring = wire(world, groups)
    net, lanes, goods = wiring.net, world.lanes, len(world.goods)
    arrivals = np.bincount(lanes.importer * goods + lanes.good, lanes.flow_per_month, count * goods)
    takers = taker_terms(rng, world, arrivals, cases)
    acts = activity_terms(rng, world, cases)
    order, buyers, sizes = wiring.lane_order, wiring.buyer_good.size, (cases, lanes.good.size)
    # What earlier months left: lanes that lost their trade keep a trace of their reference flow.
    adapted = np.where(rng.random(sizes) < 0.1, 10.0 ** rng.uniform(-6.0, 0.0, sizes), 1.0)
    wedge = rng.choice([0.0, 1.0], sizes, p=[0.8, 0.2]) * rng.uniform(-0.2, 1.5, sizes)
    theta = 1.0 / drawn(rng, "switch_elasticity", (cases, goods))
    quota = np.array([lanes.flow_per_month[members].sum() for members in groups])
    opening = np.zeros((cases, buyers))
    np.add.at(opening, (slice(None), net.taker_buyer), takers["opening"][:, wiring.taker_order])
    terms = Terms(
        flow=(adapted * lanes.flow_per_month)[:, order],
        cap=(random_caps(rng, world, cases) * lanes.flow_per_month)[:, order],
        wedge=wedge[:, order],
        theta=theta[:, wiring.buyer_good],
        theta_volume=(theta / drawn(rng, "volume_ratio", (cases, 1)))[:, wiring.buyer_good],
        capacity=acts[0][:, wiring.activity_order],
        midpoint=acts[1][:, wiring.activity_order],
        spread=acts[2][:, wiring.activity_order],
        **{name: takers[name][:, wiring.taker_order] for name in ("base", "exponent", "kink", "end")},
        opening=opening,
        quota=rng.choice([0.0, 0.01, 0.5, 1.0, 1.5], (cases, len(groups))) * quota,
        seller_scale=np.tile(np.bincount(wiring.lane_seller, lanes.flow_per_month, net.sellers), (cases, 1)),
        buyer_scale=np.tile(np.bincount(wiring.lane_buyer, lanes.flow_per_month, buyers), (cases, 1)),
    )
    return Market(net, Terms(*(np.ascontiguousarray(each, float) for each in terms)), world)
