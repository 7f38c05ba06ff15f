"""The lines that the four goods add to the tables of the data folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from world_2024.figures import Cells, assumed, derived

from us_controls_2024 import behaviour, evidence, goods
from us_controls_2024.evidence import ethane_per_year, inputs, published

if TYPE_CHECKING:
    from collections.abc import Mapping

Row = dict[str, object]
MAKING = {
    "ai_accelerator": "accelerator_making",
    "chip_design_software": "design_software_making",
    "narrowbody_engine": "engine_making",
    "ethane": "ethane_recovery",
}
SECTOR = {
    "ai_accelerator": ("data_centres", "data_centres"),
    "chip_design_software": ("chip_design", "chip_design"),
    "narrowbody_engine": ("aircraft_making", "aircraft_and_spares"),
    "ethane": ("ethylene_crackers", "ethylene_crackers"),
}
"""End use in China, and elsewhere."""
NAPHTHA_T = 30_000.0
ROUNDABOUT = "chips_through_third_countries"
STAND_IN = "naphtha_for_ethane"
STORES = (*((good, "CHN") for good in goods.GOODS), ("ethane", "USA"))
WORLDS = {
    "us-controls-2024": ("Chips, design software, engines and ethane, 2024", goods.GOODS),
}


def additions(minerals: str) -> dict[str, list[Row]]:
    """Return the lines to add, by table.

    Args:
        minerals: goods of the world of rare earths, parted by ``;``, for the world that holds both sides' goods.
    """
    lanes = {
        "ai_accelerator": goods.accelerators(),
        "chip_design_software": goods.software(),
        "narrowbody_engine": goods.engines(),
        "ethane": goods.ethane(),
    }
    both = ("london-2024", "Both sides' goods of the talks in London, 2024", minerals.split(";") + list(goods.GOODS))
    flows = {
        f"flows/{good}.csv": [
            cells.row(good=good, exporter=seller, importer=buyer) for (seller, buyer), cells in each.items()
        ]
        for good, each in lanes.items()
    }
    return {
        "worlds.csv": [
            {"world": name, "title": title, "base_year": 2024, "goods": ";".join(held)}
            for name, title, held in (*((name, *rest) for name, rest in WORLDS.items()), both)
        ],
        "goods.csv": goods.goods(),
        "recipes.csv": _recipes(),
        "production.csv": _production(lanes),
        **flows,
        "uses.csv": _uses(lanes),
        "totals.csv": _totals(),
        "stores.csv": [{"good": good, "country": country, "owner": "industry"} for good, country in STORES],
        "parameters.csv": behaviour.parameters(),
        "evidence.csv": evidence.rows(),
    }


def _recipes() -> list[Row]:
    one = "by definition: the level is counted in this good"
    made = {kind: good for good, kind in MAKING.items()} | {STAND_IN: "ethane", ROUNDABOUT: "ai_accelerator"}
    return [
        assumed(1, f"{goods.UNIT[good]}/{goods.UNIT[good]}", 1, 1, one).row(
            kind=kind, country="", direction="output", good=good
        )
        for kind, good in made.items()
    ]


def _production(lanes: Mapping[str, Mapping[tuple[str, str], Cells]]) -> list[Row]:
    lines: list[Row] = []
    for good, kind in MAKING.items():
        for maker in ("CHN", "USA", "ROW"):
            sold = {pair: cells for pair, cells in lanes[good].items() if pair[0] == maker}
            if not sold or (good, maker) == ("ai_accelerator", "ROW"):
                continue
            total = sum(cells.value for cells in sold.values()) - (
                NAPHTHA_T if (good, maker) == ("ethane", "CHN") else 0
            )
            first = next(iter(sold.values()))
            cells = _output(good, maker, total, first, tuple(f"flow.{good}.{maker}.{buyer}" for _, buyer in sold))
            lines.append(cells.row(kind=kind, country=maker))
    smuggled = lanes["ai_accelerator"]["ROW", "CHN"]
    lines.append(smuggled.row(kind=ROUNDABOUT, country="ROW"))
    stand_in = assumed(
        NAPHTHA_T,
        "t/yr",
        1e4,
        6e4,
        "what idle naphtha crackers make up for in an ordinary year; only its growth matters",
    )
    lines.append(stand_in.row(kind=STAND_IN, country="CHN"))
    return lines


def _output(good: str, maker: str, total: float, first: Cells, names: tuple[str, ...]) -> Cells:
    unit = f"{goods.UNIT[good]}/yr"
    if (good, maker) == ("ethane", "USA"):
        return derived(
            ethane_per_year(published("ethane.us_output") * 1e6), unit, "eia_ethane_2024", "2.83 million barrels a day",
            inputs=inputs("ethane.us_output", "ethane.relative_density"),
        )  # fmt: skip
    return _sum(total, unit, first, "what is shipped: see the lanes", names)


def _sum(total: float, unit: str, largest: Cells, reason: str, names: tuple[str, ...]) -> Cells:
    """Return a sum of lanes: assumed where its largest is."""
    if largest.grade == "assumed":
        return assumed(total, unit, total * 0.25, total * 4, reason, inputs=names)
    return derived(total, unit, largest.source, reason, spread=0.2, inputs=names)


def _uses(lanes: Mapping[str, Mapping[tuple[str, str], Cells]]) -> list[Row]:
    lines: list[Row] = []
    for good, pairs in lanes.items():
        for buyer in ("CHN", "USA", "ROW"):
            arriving = {seller: cells for (seller, each), cells in pairs.items() if each == buyer}
            if not arriving:
                continue
            total = sum(cells.value for cells in arriving.values())
            largest = max(arriving.values(), key=lambda cells: cells.value)
            names = tuple(f"flow.{good}.{seller}.{buyer}" for seller in arriving)
            cells = _sum(total, f"{goods.UNIT[good]}/yr", largest, "what arrives: see the lanes", names)
            lines.append(cells.row(good=good, country=buyer, sector=SECTOR[good][buyer != "CHN"]))
    return lines


def _totals() -> list[Row]:
    kept = {("ethane_exports_usa", ""): "us_exports", ("ethane_exports_usa_china", "CHN"): "us_exports_china"}
    return [
        derived(
            ethane_per_year(published(f"ethane.{name}") * 1e3), "t/yr", "eia_ethane_2025",
            f"{published(f'ethane.{name}'):.0f} thousand barrels a day",
            inputs=inputs(f"ethane.{name}", "ethane.relative_density"),
        ).row(total=total, measures="flow", of="ethane", exporter="USA", importer=buyer)
        for (total, buyer), name in kept.items()
    ]  # fmt: skip
