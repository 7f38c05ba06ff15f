"""A world of three countries that can be worked out on paper.

A mines 60 and B 40 of concentrate; A separates 90 (30 of them B's), B 10. A keeps 50 of its oxide and ships 40 to C,
where B's 10 go too. A and C make 50 magnets each. A keeps 25 magnets and ships 25 to C; C keeps 45, ships 10 to B,
and 5 of what it ships were bought rather than made. One of everything makes one of the next.
"""

from __future__ import annotations

import numpy as np

from chokepoint.world import NO_PROJECTS, Activities, Good, Lanes, Stores, Uses, World


def build(goods, countries, *, lanes, activities, uses):
    """Return a world.

    Args:
        goods: code -> (stage, price).
        countries: codes.
        lanes: (good, exporter, importer, flow).
        activities: (kind, country, level, {good: (output, input)}).
        uses: (good, country, demand).
    """
    codes = list(goods)
    at, where = codes.index, countries.index
    entries = [
        (number, at(good), amount)
        for number, (_, _, _, recipe) in enumerate(activities)
        for good, amounts in recipe.items()
        for amount in amounts
        if amount
    ]

    def whole(values):
        return np.array(list(values), dtype=np.int64)

    def real(values):
        return np.array(list(values), dtype=np.float64)

    return World(
        name="small",
        base_year=2024,
        goods=tuple(
            Good(code=code, name=code, stage=stage, unit="t", price_usd_per_unit=price)
            for code, (stage, price) in goods.items()
        ),
        countries=tuple(countries),
        country_names=tuple(countries),
        blocs={},
        lanes=Lanes(
            good=whole(at(lane[0]) for lane in lanes),
            exporter=whole(where(lane[1]) for lane in lanes),
            importer=whole(where(lane[2]) for lane in lanes),
            flow_per_month=real(lane[3] for lane in lanes),
        ),
        activities=Activities(
            kind=tuple(each[0] for each in activities),
            country=whole(where(each[1]) for each in activities),
            level_per_month=real(each[2] for each in activities),
            entry_activity=whole(entry[0] for entry in entries),
            entry_good=whole(entry[1] for entry in entries),
            entry_amount=real(entry[2] for entry in entries),
        ),
        uses=Uses(
            good=whole(at(use[0]) for use in uses),
            country=whole(where(use[1]) for use in uses),
            sector=("other",) * len(uses),
            demand_per_month=real(use[2] for use in uses),
        ),
        stores=Stores(good=whole([]), country=whole([]), owner=()),
        projects=NO_PROJECTS,
        parameters={},
        figures={},
        movements=(),
    )


CHAIN = build(
    {"concentrate": ("mining", 1.0), "oxide": ("separation", 10.0), "magnet": ("magnets", 100.0)},
    ["A", "B", "C", "ROW"],
    lanes=[
        ("concentrate", "A", "A", 60.0),
        ("concentrate", "B", "A", 30.0),
        ("concentrate", "B", "B", 10.0),
        ("oxide", "A", "A", 50.0),
        ("oxide", "A", "C", 40.0),
        ("oxide", "B", "C", 10.0),
        ("magnet", "A", "A", 25.0),
        ("magnet", "A", "C", 25.0),
        ("magnet", "C", "C", 45.0),
        ("magnet", "C", "B", 10.0),
    ],
    activities=[
        ("mine", "A", 60.0, {"concentrate": (1.0, 0.0)}),
        ("mine", "B", 40.0, {"concentrate": (1.0, 0.0)}),
        ("separation", "A", 90.0, {"concentrate": (0.0, -1.0), "oxide": (1.0, 0.0)}),
        ("separation", "B", 10.0, {"concentrate": (0.0, -1.0), "oxide": (1.0, 0.0)}),
        ("magnet_making", "A", 50.0, {"oxide": (0.0, -1.0), "magnet": (1.0, 0.0)}),
        ("magnet_making", "C", 50.0, {"oxide": (0.0, -1.0), "magnet": (1.0, 0.0)}),
        ("reexport_magnet", "C", 5.0, {"magnet": (1.0, -1.0)}),
    ],
    uses=[("magnet", "A", 25.0), ("magnet", "B", 10.0), ("magnet", "C", 65.0)],
)
