"""International Energy Agency, Critical Minerals Data Explorer (Global Critical Minerals Outlook 2025).

Layout: seen, as extracted into two tables: supply by mineral, stage and country; demand by mineral and sector. "Rare
Earth Elements" are the magnet elements only (Nd, Pr, Dy, Tb). The page does not say whether metal or oxide is
weighed.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.sources.fact import WORLD, Fact
from chokepoint.sources.publisher import Edition, Layout, Line, Publisher, ReadFacts, Skipped
from chokepoint.sources.wording import country_code, mineral_code, number_as_printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Amount:
    """One amount.

    Args:
        of: stage (``mining``, ``refining``) or sector of demand (``Electric vehicles``).
        country: as the Agency spells it; empty for demand.
        kilotonnes: in thousand tonnes a year.
    """

    of: str
    country: str
    kilotonnes: float


def load_supply(path: Path, mineral: str, year: int) -> tuple[Amount, ...]:
    """Load mining and refining by country; totals and shares are left out.

    Args:
        path: table with the columns ``mineral, stage, country`` and one per year.
        mineral: as the Agency spells it (``Rare Earth Elements``).
        year: 2024, or a base-case year.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Amount(of=row["stage"], country=row["country"], kilotonnes=float(row[str(year)]))
            for row in csv.DictReader(file)
            if row["mineral"] == mineral and not row["country"].startswith(("Total", "Top 3"))
        )


def load_demand(path: Path, mineral: str, year: int, scenario: str = "Base") -> tuple[Amount, ...]:
    """Load demand by sector; "Total" rows are left out.

    Args:
        path: table with the columns ``mineral, sector, scenario, year, value_kt``.
        mineral: as the Agency spells it.
        year: the base year, or one of a scenario.
        scenario: ``Base`` for the base year; ``STEPS``, ``APS`` or ``NZE``.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Amount(of=row["sector"], country="", kilotonnes=float(row["value_kt"]))
            for row in csv.DictReader(file)
            if (row["mineral"], row["scenario"], row["year"]) == (mineral, scenario, str(year))
            and not row["sector"].startswith("Total")
        )


MINERALS = {"Rare Earth Elements": "magnet_rare_earths"}
BASE_YEAR = 2024


def facts(lines: Iterable[Line], edition: Edition) -> Iterator[Fact | Skipped]:
    """Read supply by mineral, stage and country; years after the base year are projections of the base case."""
    for line in lines:
        cells = line.cells
        name = cells["country"].strip()
        iso3 = WORLD if name == "Total" else country_code(name)
        if iso3 is None:
            yield Skipped(where=line.where, why=f"country '{name}'")
            continue
        for column, text in cells.items():
            kilotonnes = number_as_printed(text)
            if not re.fullmatch(r"20\d\d", column) or kilotonnes is None:
                continue
            is_projected = int(column) > BASE_YEAR
            yield Fact(
                mineral=MINERALS.get(cells["mineral"]) or mineral_code(cells["mineral"]),
                stage=cells["stage"],
                measure="projected_production" if is_projected else "production",
                country=iso3,
                year=int(column),
                value=kilotonnes * 1e3,
                unit="t/yr",
                basis="contained",
                low=kilotonnes * 1e3,
                high=kilotonnes * 1e3,
                source=f"iea_gcmo{edition.name or '2025'}",
                grade="C" if is_projected else "B",
                reason="base case of the Agency" if is_projected else "",
            )


PUBLISHER = Publisher(
    key="iea",
    title="International Energy Agency, Critical Minerals Data Explorer",
    licence="CC BY 4.0",
    reference="iea_gcmo2025",
    may_bundle=True,
    layouts=(
        Layout(
            name="Critical Minerals Data Explorer, supply by country",
            columns=("mineral", "stage", "country", "2024"),
            read=ReadFacts(facts=facts),
            seen="iea_supply_by_country_2024_2040.csv",
            pattern=r"gcmo(?P<edition>20\d\d)",
        ),
    ),
    note="rare earths are neodymium, praseodymium, dysprosium and terbium only",
)
