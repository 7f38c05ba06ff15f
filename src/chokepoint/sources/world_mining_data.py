"""World Mining Data, Austrian Federal Ministry of Finance: mine production of 65 minerals by country.

Layout: seen, of an extract with one column a year. The Ministry's own workbook has a sheet for each mineral and has
not been read; its documentation gives the same columns without the mineral, which is then the name of the sheet.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chokepoint.sources.fact import WORLD, Fact
from chokepoint.sources.publisher import Edition, Layout, Line, Publisher, ReadFacts, Skipped
from chokepoint.sources.wording import country_code, is_world, mineral_code, number_as_printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TONNES = {"metr. t": 1.0, "t": 1.0, "kg": 1e-3}
MARKS = {"e": "estimated", "p": "provisional"}


def facts(lines: Iterable[Line], edition: Edition) -> Iterator[Fact | Skipped]:
    """Read a country a line, a year a column."""
    for line in lines:
        cells = line.cells
        name, unit = cells["Country"].strip(), cells["unit"].strip()
        iso3 = WORLD if is_world(name) else country_code(cells.get("Country_ISO", "")) or country_code(name)
        if iso3 is None or unit not in TONNES:
            yield Skipped(where=line.where, why=f"country '{name}'" if iso3 is None else f"unit '{unit}'")
            continue
        mineral = cells.get("mineral") or edition.part.rpartition(" sheet ")[2]
        basis = re.search(r"\(([^)]+)\)", mineral)
        marked = cells.get("data_source", cells.get("data source", "")).strip()
        for column, text in cells.items():
            value = number_as_printed(text)
            if not re.fullmatch(r"\d{4}", column) or value is None:
                continue
            tonnes = value * TONNES[unit]
            yield Fact(
                mineral=mineral_code(mineral),
                stage="mining",
                measure="production",
                country=iso3,
                year=int(column),
                value=tonnes,
                unit="t/yr",
                basis=basis[1] if basis else "contained",
                low=tonnes,
                high=tonnes,
                source="world_mining_data",
                grade="B",
                reason=MARKS.get(marked, ""),
            )


PUBLISHER = Publisher(
    key="wmd",
    title="World Mining Data, Austrian Federal Ministry of Finance",
    licence="publisher's terms, not confirmed open",
    reference="world_mining_data",
    may_bundle=False,
    layouts=(
        Layout(
            name="wmd_mine_production_2018_2024.csv",
            columns=("mineral", "Country", "Country_ISO", "unit", "data_source"),
            read=ReadFacts(facts=facts),
            seen="wmd_mine_production_2018_2024.csv",
            pattern=r"_(?P<edition>\d{4})\.csv$",
        ),
        Layout(
            name="World Mining Data, production by country, one sheet for each mineral (XLSX)",
            columns=("Country", "unit", "data source"),
            read=ReadFacts(facts=facts),
            documented="World Mining Data, table 6.4: Country, one column a year, unit, data source; a sheet a mineral",
            pattern=r"(?P<edition>20\d\d)",
        ),
    ),
    note="differs from the U.S. Survey on Myanmar, Australia, Malaysia and Laos",
)
