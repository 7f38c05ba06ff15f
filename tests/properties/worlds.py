"""Small worlds drawn at random, and the same world told in another way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from tests.ruritania import chain, figure, world

CHAIN_BEHAVIOUR = {
    "switch_elasticity": st.floats(0.5, 10.0),
    "volume_ratio": st.floats(2.0, 60.0),
    "supply_elasticity": st.floats(0.1, 3.0),
    "utilisation": st.floats(0.5, 0.95),
    "demand_elasticity": st.floats(0.05, 2.0),
    "choke_price": st.floats(3.0, 30.0),
    "choke_width": st.floats(0.05, 0.3),
    "stock_cover": st.one_of(st.just(0.0), st.floats(0.1, 4.0)),
    "stock_curvature": st.floats(0.3, 2.0),
    "refill_months": st.floats(1.0, 6.0),
    "supplier_adaptation": st.floats(0.0, 0.9),
    "demand_adaptation": st.floats(0.0, 0.9),
    "rent_share": st.floats(0.0, 1.0),
}
MAGNET_LANES = range(9, 13)  # the lanes of chain() on which magnets leave Ruritania or Freedonia


def chains(least_cover=0.0):
    """Draw the chain of three stages with any behaviour, each store holding at least some months of cover."""
    behaviour = CHAIN_BEHAVIOUR | ({"stock_cover": st.floats(least_cover, 4.0)} if least_cover else {})
    return st.fixed_dictionaries(behaviour).map(lambda drawn: chain(**drawn))


def stocked_chains():
    """Draw chains in which every price is unique.

    The two oxides come in one fixed ratio and are used in it: without stores only the sum of their prices counts.
    """
    return chains(least_cover=0.5)


def magnet_caps(least=0.05):
    """Draw caps on all magnets that cross a border, as shares of the reference flow."""
    shares = st.lists(st.one_of(st.just(np.inf), st.floats(least, 1.5)), min_size=4, max_size=4)

    def spread(drawn):
        cap = np.full(14, np.inf)
        cap[list(MAGNET_LANES)] = drawn
        return cap

    return shares.map(spread)


@st.composite
def single_goods(draw):
    """Draw a world of one good: two makers, each with use at home, and Sylvania and Grand Fenwick, who only buy."""
    flow = st.floats(1.0, 100.0)
    pairs = [("RUR", "RUR"), ("RUR", "SYL"), ("RUR", "GFW"), ("FRE", "FRE"), ("FRE", "SYL"), ("FRE", "GFW")]
    flows = {pair: draw(flow) for pair in pairs}
    made = {maker: sum(each for pair, each in flows.items() if pair[0] == maker) for maker in ("RUR", "FRE")}
    used = {user: sum(each for pair, each in flows.items() if pair[1] == user) for user in ("RUR", "SYL", "FRE", "GFW")}
    behaviour = ("switch_elasticity", "volume_ratio", "supply_elasticity", "utilisation", "demand_elasticity")
    return world(
        {"fenwickite": 3.0},
        [("fenwickite", *pair, each) for pair, each in flows.items()],
        [("mine", maker, each, {"fenwickite": 1.0}) for maker, each in made.items()],
        [("fenwickite", user, "lamps", each) for user, each in used.items()],
        choke_price=50.0,
        rent_share=draw(st.floats(0.0, 1.0)),
        **{name: draw(CHAIN_BEHAVIOUR[name]) for name in behaviour},
    )


def with_prices_times(original, factor):
    goods = tuple(replace(good, price_usd_per_unit=factor * good.price_usd_per_unit) for good in original.goods)
    return replace(original, goods=goods)


def with_quantities_times(original, factor):
    return replace(
        original,
        lanes=replace(original.lanes, flow_per_month=factor * original.lanes.flow_per_month),
        activities=replace(original.activities, level_per_month=factor * original.activities.level_per_month),
        uses=replace(original.uses, demand_per_month=factor * original.uses.demand_per_month),
    )


def picked(part, rows, **labels):
    """Return lanes, uses, stores or activities in another order of rows, with their labels translated."""
    changes = {}
    for name in part.__dataclass_fields__:
        values = getattr(part, name)
        moved = tuple(values[row] for row in rows) if isinstance(values, tuple) else values[rows]
        changes[name] = labels[name][moved] if name in labels else moved
    return replace(part, **changes)


def reordered(original, countries, goods, chooser):
    """Return a world with countries and goods in another order, and its rows shuffled.

    Args:
        original: the world; countries, goods: old positions in their new order; chooser: a random generator.
    """
    country, good = np.argsort(countries), np.argsort(goods)
    lanes, uses, stores, acts = original.lanes, original.uses, original.stores, original.activities
    order = chooser.permutation(len(acts.kind))
    moved = replace(
        acts,
        kind=tuple(acts.kind[row] for row in order),
        country=country[acts.country[order]],
        level_per_month=acts.level_per_month[order],
        entry_activity=np.argsort(order)[acts.entry_activity],
        entry_good=good[acts.entry_good],
    )
    return replace(
        original,
        goods=tuple(original.goods[old] for old in goods),
        countries=tuple(original.countries[old] for old in countries),
        country_names=tuple(original.country_names[old] for old in countries),
        lanes=picked(lanes, chooser.permutation(lanes.good.size), good=good, exporter=country, importer=country),
        uses=picked(uses, chooser.permutation(uses.good.size), good=good, country=country),
        stores=picked(stores, chooser.permutation(stores.good.size), good=good, country=country),
        activities=moved,
    )


def renamed(original, names):
    """Return a world in which goods and countries bear other names, in every place that says one."""

    def spelt(dotted):
        return ".".join(names.get(part, part) for part in dotted.split("."))

    parameters = {spelt(name): figure(spelt(name), each.value) for name, each in original.parameters.items()}
    return replace(
        original,
        goods=tuple(replace(good, code=names.get(good.code, good.code)) for good in original.goods),
        countries=tuple(names.get(code, code) for code in original.countries),
        blocs={bloc: tuple(names.get(code, code) for code in members) for bloc, members in original.blocs.items()},
        parameters=parameters,
        figures=dict(parameters),
    )


def halved(original, code):
    """Return a world in which a country is two equal halves; the second half comes last.

    A lane with one end in the country becomes two of half the flow, a domestic one four of a quarter.
    """
    old, new = original.country_index(code), len(original.countries)
    lanes, acts, uses, stores = original.lanes, original.activities, original.uses, original.stores

    def both(country):
        return (old, new) if country == old else (country,)

    ends = [
        (row, exporter, importer)
        for row in range(lanes.good.size)
        for exporter in both(lanes.exporter[row])
        for importer in both(lanes.importer[row])
    ]
    rows = np.array([row for row, _, _ in ends])
    parts = np.bincount(rows)[rows]
    split = picked(lanes, rows)
    split = replace(
        split,
        exporter=np.array([exporter for _, exporter, _ in ends]),
        importer=np.array([importer for _, _, importer in ends]),
        flow_per_month=split.flow_per_month / parts,
    )

    def shared(part, quantity=None):
        where = [(row, country) for row in range(part.country.size) for country in both(part.country[row])]
        rows = np.array([row for row, _ in where], np.int64)
        moved = replace(picked(part, rows), country=np.array([country for _, country in where], np.int64))
        return replace(moved, **{quantity: getattr(moved, quantity) / np.bincount(rows)[rows]}) if quantity else moved

    where = [(row, country) for row in range(len(acts.kind)) for country in both(acts.country[row])]
    entries = [
        (number, acts.entry_good[entry], acts.entry_amount[entry])
        for number, (row, _) in enumerate(where)
        for entry in np.flatnonzero(acts.entry_activity == row)
    ]
    each = np.array([1.0 if acts.country[row] != old else 0.5 for row, _ in where])
    return replace(
        original,
        countries=(*original.countries, f"{code}2"),
        country_names=(*original.country_names, f"{code} two"),
        lanes=split,
        activities=replace(
            acts,
            kind=tuple(acts.kind[row] for row, _ in where),
            country=np.array([country for _, country in where], np.int64),
            level_per_month=acts.level_per_month[[row for row, _ in where]] * each,
            entry_activity=np.array([entry[0] for entry in entries], np.int64),
            entry_good=np.array([entry[1] for entry in entries], np.int64),
            entry_amount=np.array([entry[2] for entry in entries]),
        ),
        uses=shared(uses, "demand_per_month"),
        stores=shared(stores),
    )
