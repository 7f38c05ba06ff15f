"""Ruritania: fictional worlds small enough to solve by hand, the only worlds of the unit tests."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from chokepoint.provenance import Figure
from chokepoint.world import NO_PROJECTS, Activities, Good, Lanes, Stores, Uses, World

Recipe = dict[str, float] | tuple[tuple[str, float], ...]

COUNTRIES = ("RUR", "SYL", "FRE", "GFW")
NAMES = ("Ruritania", "Sylvania", "Freedonia", "Grand Fenwick")
DEFAULTS = {
    "switch_elasticity": 1.0,
    "volume_ratio": 50.0,
    "supply_elasticity": 1.0,
    "utilisation": 0.8,
    "demand_elasticity": 0.2,
    "choke_price": 1e5,
    "choke_width": 0.01,
    "stock_cover": 0.0,
    "stock_curvature": 1.0,
    "stock_release": 0.5,
    "refill_months": 4.0,
    "precaution_months": 0.0,
    "precaution_half_life": 12.0,
    "supplier_adaptation": 0.0,
    "demand_adaptation": 0.0,
    "supplier_adaptation_half_life": 0.0,
    "demand_adaptation_half_life": 0.0,
    "rent_share": 0.0,
    "discount_rate": 0.0,
}


def figure(name: str, value: float, low: float | None = None, high: float | None = None) -> Figure:
    """Return an assumed figure of a fictional world."""
    return Figure(
        name=name,
        value=value,
        unit="1",
        low=value if low is None else low,
        high=value if high is None else high,
        year=1894,
        source="assumed",
        grade="assumed",
        reason="fiction",
    )


def parameters(**changes: float) -> dict[str, Figure]:
    """Return Ruritanian behaviour; a double underscore in a keyword stands for a dot."""
    values = DEFAULTS | {name.replace("__", "."): value for name, value in changes.items()}
    return {name: figure(name, value) for name, value in values.items()}


def world(
    goods: dict[str, float],
    lanes: list[tuple[str, str, str, float]],
    activities: list[tuple[str, str, float, Recipe]],
    uses: list[tuple[str, str, str, float]],
    stores: list[tuple[str, str, str]] = (),
    **changes: float,
) -> World:
    """Build a world from plain lists.

    Args:
        goods: price by code.
        lanes: (good, exporter, importer, flow per month).
        activities: (kind, country, level per month, recipe: output > 0, input < 0; pairs where a good is both).
        uses: (good, country, sector, demand per month).
        stores: (good, country, owner).
        changes: parameters other than the defaults.
    """
    codes = list(goods)
    at = COUNTRIES.index
    entries = [
        (number, codes.index(good), amount)
        for number, each in enumerate(activities)
        for good, amount in (each[3].items() if isinstance(each[3], dict) else each[3])
    ]
    behaviour = parameters(**changes)
    return World(
        name="ruritania",
        base_year=1894,
        goods=tuple(Good(code=c, name=c, stage="one", unit="t", price_usd_per_unit=p) for c, p in goods.items()),
        countries=COUNTRIES,
        country_names=NAMES,
        blocs={"LEAGUE": ("SYL", "FRE")},
        lanes=Lanes(
            good=np.array([codes.index(lane[0]) for lane in lanes], np.int64),
            exporter=np.array([at(lane[1]) for lane in lanes], np.int64),
            importer=np.array([at(lane[2]) for lane in lanes], np.int64),
            flow_per_month=np.array([lane[3] for lane in lanes], float),
        ),
        activities=Activities(
            kind=tuple(each[0] for each in activities),
            country=np.array([at(each[1]) for each in activities], np.int64),
            level_per_month=np.array([each[2] for each in activities], float),
            entry_activity=np.array([entry[0] for entry in entries], np.int64),
            entry_good=np.array([entry[1] for entry in entries], np.int64),
            entry_amount=np.array([entry[2] for entry in entries], float),
        ),
        uses=Uses(
            good=np.array([codes.index(use[0]) for use in uses], np.int64),
            country=np.array([at(use[1]) for use in uses], np.int64),
            sector=tuple(use[2] for use in uses),
            demand_per_month=np.array([use[3] for use in uses], float),
        ),
        stores=Stores(
            good=np.array([codes.index(store[0]) for store in stores], np.int64),
            country=np.array([at(store[1]) for store in stores], np.int64),
            owner=tuple(store[2] for store in stores),
        ),
        projects=NO_PROJECTS,
        parameters=behaviour,
        figures=dict(behaviour),
        movements=(),
    )


def two_countries(**changes: float) -> World:
    """Ruritania ships 100 a month to Sylvania, which makes none; no stocks (model section 9)."""
    return world(
        {"fenwickite": 1.0},
        [("fenwickite", "RUR", "SYL", 100.0)],
        [("mine", "RUR", 100.0, {"fenwickite": 1.0})],
        [("fenwickite", "SYL", "lamps", 100.0)],
        **changes,
    )


def leak(**changes: float) -> World:
    """As :func:`two_countries`, and Freedonia can buy and sell on at half the price again."""
    settings = {
        "idle_cost__reexport_fenwickite": 0.5,
        "utilisation__reexport_fenwickite": 1e-4,
        "switch_elasticity": 1e3,
    } | changes
    return world(
        {"fenwickite": 1.0},
        [
            ("fenwickite", "RUR", "SYL", 99.9),
            ("fenwickite", "RUR", "FRE", 0.1),
            ("fenwickite", "FRE", "SYL", 0.1),
        ],
        [
            ("mine", "RUR", 100.0, {"fenwickite": 1.0}),
            ("reexport_fenwickite", "FRE", 0.1, (("fenwickite", -1.0), ("fenwickite", 1.0))),
        ],
        [("fenwickite", "SYL", "lamps", 100.0)],
        **settings,
    )


def chain(**changes: float) -> World:
    """Ore separates into two oxides in a fixed ratio; magnets need both; stores along the way.

    Ruritania mines 120, separates 100 and sells 20 of ore to Sylvania; each ore gives 0.2 of ruritanium and
    0.05 of sylvanite; a magnet takes 0.4 and 0.1 of them.
    """
    oxide = {"ruritanium": 0.2, "sylvanite": 0.05, "ore": -1.0}
    recipe = {"ruritanium": -0.4, "sylvanite": -0.1, "magnet": 1.0}
    return world(
        {"ore": 1.0, "ruritanium": 10.0, "sylvanite": 40.0, "magnet": 20.0},
        [
            ("ore", "RUR", "RUR", 100.0),
            ("ore", "RUR", "SYL", 20.0),
            ("ruritanium", "RUR", "RUR", 16.0),
            ("ruritanium", "RUR", "FRE", 4.0),
            ("ruritanium", "SYL", "FRE", 4.0),
            ("sylvanite", "RUR", "RUR", 4.0),
            ("sylvanite", "RUR", "FRE", 1.0),
            ("sylvanite", "SYL", "FRE", 1.0),
            ("magnet", "RUR", "RUR", 10.0),
            ("magnet", "RUR", "SYL", 15.0),
            ("magnet", "RUR", "FRE", 10.0),
            ("magnet", "RUR", "GFW", 5.0),
            ("magnet", "FRE", "SYL", 5.0),
            ("magnet", "FRE", "FRE", 15.0),
        ],
        [
            ("mine", "RUR", 120.0, {"ore": 1.0}),
            ("separation", "RUR", 100.0, oxide),
            ("separation", "SYL", 20.0, oxide),
            ("magnet_making", "RUR", 40.0, recipe),
            ("magnet_making", "FRE", 20.0, recipe),
        ],
        [
            ("magnet", "RUR", "cars", 10.0),
            ("magnet", "SYL", "cars", 12.0),
            ("magnet", "SYL", "lamps", 8.0),
            ("magnet", "FRE", "cars", 25.0),
            ("magnet", "GFW", "cars", 5.0),
        ],
        [
            ("magnet", "SYL", "industry"),
            ("magnet", "FRE", "industry"),
            ("ruritanium", "FRE", "industry"),
            ("sylvanite", "FRE", "industry"),
        ],
        **({"stock_cover": 2.0, "choke_price": 20.0, "choke_width": 0.1} | changes),
    )


def with_parameters(original: World, **changes: float) -> World:
    """Return a world with other parameters."""
    return replace(
        original,
        parameters={
            **original.parameters,
            **{n.replace("__", "."): figure(n.replace("__", "."), v) for n, v in changes.items()},
        },
    )
