"""The whole bundle of facts, built and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.countries import Countries
from facts import trade, usgs_world, writing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from chokepoint.sources.fact import Fact

TITLES = {
    "minerals.csv": "Register of minerals: names, stages of the chain, hosts, official lists",
    "mineral_codes.csv": "Codes of the Harmonized System by mineral and stage, with what else each holds",
    "facts/production.csv": "Output by mineral, stage, country and year",
    "facts/reserves.csv": "Reserves by mineral and country",
    "facts/capacity.csv": "Capacity by mineral, stage and country",
    "trade/index.csv": "Which year of which code stands in which table of trade",
}


def build(shared: Path, out: Path) -> list[str]:
    """Build and write the tables of facts and of trade.

    Args:
        shared: folder of the publishers' files.
        out: the data folder.

    Returns:
        One line per table: how much is in it.
    """
    facts = gathered(shared)
    said: list[str] = []
    for measure in ("production", "reserves", "capacity"):
        count = writing.write(out / "facts" / f"{measure}.csv", (each for each in facts if each.measure == measure))
        said.append(f"facts/{measure}.csv: {count} lines")
    size = trade.write(out / "trade", trade.extracts(shared))
    return [*said, f"trade: {size / 1e6:.1f} MB"]


def gathered(shared: Path) -> list[Fact]:
    """Return every fact, newest edition of a publisher first."""
    countries = Countries.read()
    return [
        *usgs_world.edition_2026(shared / "usgs_mcs2026_commodities.csv", countries),
        *usgs_world.edition_2025(shared / "usgs_mcs2025_world.csv", countries),
    ]


def titles(out: Path) -> dict[str, str]:
    """Return what each table holds, by its path in the data folder."""
    codes: Iterable[str] = sorted(each.stem for each in (out / "trade").glob("[0-9]*.csv"))
    return TITLES | {f"trade/{code}.csv": f"World trade under HS {code}" for code in codes}
