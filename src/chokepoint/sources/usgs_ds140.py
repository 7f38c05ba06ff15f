"""U.S. Geological Survey, Data Series 140: a century of one mineral's supply, use and unit value.

Two layouts: the extract that was read, one figure a line; and the Survey's own workbook, one year a line, from its
documentation. Production, trade and use are those of the United States; world production is the world's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chokepoint.sources.fact import WORLD, Fact
from chokepoint.sources.publisher import Edition, Layout, Line, Publisher, ReadFacts, Skipped
from chokepoint.sources.wording import mineral_code, number_as_printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MEASURES = {
    "production": ("production", "t/yr"),
    "imports": ("imports", "t/yr"),
    "exports": ("exports", "t/yr"),
    "stocks": ("stocks", "t"),
    "apparent_consumption": ("apparent_consumption", "t/yr"),
    "unit_value_current_usd": ("price", "USD/t"),
    "unit_value_constant_1998_usd": ("price_1998_usd", "USD/t"),
    "world_production": ("world_production", "t/yr"),
}
WORKBOOK = {
    "Production": "production",
    "Imports": "imports",
    "Exports": "exports",
    "Stocks": "stocks",
    "Apparent consumption": "apparent_consumption",
    "Unit value ($/t)": "unit_value_current_usd",
    "Unit value (98$/t)": "unit_value_constant_1998_usd",
    "World production": "world_production",
}


def _fact(metric: str, text: str, *, mineral: str, country: str, year: int) -> Fact:
    measure, unit = MEASURES[metric]
    value = number_as_printed(text)
    return Fact(
        mineral=mineral,
        stage="mining" if measure == "production" else "",
        measure=measure,
        country=country,
        year=year,
        value=value,
        unit=unit,
        basis="REO" if mineral == "rare_earths" else "contained",
        low=value,
        high=value,
        source="usgs_ds140",
        grade="A",
        reason="" if value is not None else f"the Survey prints '{text.strip()}'",
    )


def facts(lines: Iterable[Line], edition: Edition) -> Iterator[Fact | Skipped]:
    """Read the extract: one figure a line. The mineral stands in the name of the file."""
    found = re.search(r"ds140[_-](?P<mineral>[a-z_-]+?)[_-]\d{4}", edition.part, flags=re.IGNORECASE)
    mineral = mineral_code(found["mineral"]) if found else ""
    for line in lines:
        cells = line.cells
        if not mineral or cells["metric"] not in MEASURES:
            yield Skipped(where=line.where, why=f"metric '{cells['metric']}' of an unnamed mineral")
            continue
        raw = cells.get("source_value_raw") or cells["value"]
        text = cells["value"] or raw
        yield _fact(cells["metric"], text, mineral=mineral, country=cells["geography_code"], year=int(cells["year"]))


def facts_of_workbook(lines: Iterable[Line], edition: Edition) -> Iterator[Fact | Skipped]:
    """Read the Survey's workbook: one year a line."""
    found = re.search(r"ds140-(?P<mineral>[a-z-]+?)-\d{4}", edition.part, flags=re.IGNORECASE)
    mineral = mineral_code(found["mineral"]) if found else ""
    for line in lines:
        year = line.cells["Year"].strip()
        if not mineral or not re.fullmatch(r"\d{4}(\.0)?", year):
            yield Skipped(where=line.where, why="no year, or a mineral the name of the file does not say")
            continue
        for column, metric in WORKBOOK.items():
            if column in line.cells:
                world = metric == "world_production"
                yield _fact(
                    "production" if world else metric,
                    line.cells[column],
                    mineral=mineral,
                    country=WORLD if world else "USA",
                    year=int(float(year)),
                )


PUBLISHER = Publisher(
    key="usgs-ds140",
    title="U.S. Geological Survey, Data Series 140: historical statistics",
    licence="U.S. public domain",
    reference="usgs_ds140",
    may_bundle=True,
    layouts=(
        Layout(
            name="usgs_ds140_rare_earths_1900_2020.csv",
            columns=("year", "geography_code", "metric", "value", "unit", "value_status"),
            read=ReadFacts(facts=facts),
            seen="usgs_ds140_rare_earths_1900_2020.csv",
            pattern=r"ds140.*(?P<edition>\d{4})\.",
        ),
        Layout(
            name="ds140-rare-earths-2020.xlsx",
            columns=("Year", "Production", "World production"),
            read=ReadFacts(facts=facts_of_workbook),
            documented="Data Series 140 workbooks: Year, Production, Imports, Exports, Apparent consumption, "
            "Unit value ($/t), Unit value (98$/t), World production",
            pattern=r"ds140.*(?P<edition>\d{4})\.",
        ),
    ),
)
