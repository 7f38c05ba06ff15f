"""The whole bundle of facts, built and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.countries import Countries
from chokepoint.facts.reading import read_minerals
from facts import breaks, elements, others, trade, usgs_us, usgs_world, writing
from facts.correcting import corrected, corrections

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from chokepoint.sources.fact import Fact

TABLES = {
    "production": ("Output by mineral, stage, country and year", ("production", "production_share")),
    "reserves": ("Reserves by mineral and country", ("reserves",)),
    "capacity": ("Capacity by mineral, stage and country", ("capacity", "capacity_share")),
    "united_states": (
        "United States: net import reliance, consumption, trade, suppliers' shares, output of stages counted nowhere else",
        (
            "net_import_reliance",
            "apparent_consumption",
            "consumption",
            "imports",
            "exports",
            "import_share",
            "domestic_production",
        ),
    ),
    "prices": ("Annual prices", ("price",)),
    "by_products": (
        "By-product shares, recycling and substitutability, from a secondary compilation",
        ("by_product_share", "recycling_rate", "substitutability"),
    ),
    "governance": ("Governance by country and year", ("governance",)),
    "gdp": ("Gross domestic product by country and year", ("gdp",)),
}
TITLES = {
    "minerals.csv": "Register of minerals: names, stages of the chain, hosts, official lists",
    "mineral_codes.csv": "Codes of the Harmonized System by mineral and stage, with what else each holds",
    "corrections.csv": "Known errors of publishers, what they print, and what is taken instead",
    "trade/breaks.csv": "Every series checked at the revisions of the Harmonized System",
    "trade/index.csv": "Which year of which code stands in which table of trade",
} | {f"facts/{name}.csv": title for name, (title, _) in TABLES.items()}


def build(shared: Path, out: Path) -> list[str]:
    """Build and write the tables of facts and of trade.

    Args:
        shared: folder of the publishers' files.
        out: the data folder; holds the register of minerals, the corrections and the tables of the world of 2024.

    Returns:
        One line per table: how much is in it.
    """
    facts = list(corrected(printed(shared, out), corrections(out / "corrections.csv")))
    said: list[str] = []
    for name, (_, measures) in TABLES.items():
        count = writing.write(out / "facts" / f"{name}.csv", (each for each in facts if each.measure in measures))
        said.append(f"facts/{name}.csv: {count} lines")
    size = trade.write(out / "trade", trade.extracts(shared))
    said.append(f"trade/breaks.csv: {breaks.write(out, facts)} lines")
    return [*said, f"trade: {size / 1e6:.1f} MB"]


def printed(shared: Path, out: Path) -> list[Fact]:
    """Return every fact as its publisher prints it, the newest edition of a publisher first."""
    countries = Countries.read()
    minerals = read_minerals(out, {})
    iso3 = {each.iso2: each.iso3 for each in countries.by_iso3.values() if each.iso2}
    stages = {code: each.stages for code, each in minerals.items()}
    world = [
        *usgs_world.edition_2026(shared / "usgs_mcs2026_commodities.csv", countries),
        *usgs_world.edition_2025(shared / "usgs_mcs2025_world.csv", countries),
    ]
    return [
        *usgs_world.titanium_together(world),
        *usgs_us.facts(shared / "usgs_mcs2026_commodities.csv", countries, stages),
        *others.yearbook(shared / "usgs_myb2022_rare_earth_mine_production.csv"),
        *others.century(shared / "usgs_ds140_rare_earths_1900_2020.csv"),
        *elements.separated(out),
        *others.agency(shared / "iea_supply_by_country_2024_2040.csv", countries),
        *others.commission(shared / "eu_crm2023_major_global_supplier.csv", iso3),
        *others.magnets(shared / "stage_shares.csv"),
        *others.outlook(shared / "usgs_world_minerals_outlook_2024_2029.csv", iso3),
        *others.atlas(shared / "byproduct_and_recycling_atlas.csv", set(minerals)),
        *others.governance(shared, countries),
        *others.gdp(shared / "worldbank_gdp_current_usd_2015_on.csv", countries),
    ]


def titles(out: Path) -> dict[str, str]:
    """Return what each table holds, by its path in the data folder."""
    codes: Iterable[str] = sorted(each.stem for each in (out / "trade").glob("[0-9]*.csv"))
    return TITLES | {f"trade/{code}.csv": f"World trade under HS {code}" for code in codes}
