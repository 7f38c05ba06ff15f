"""International Energy Agency, Critical Minerals Data Explorer (Global Critical Minerals Outlook 2025).

Layout: seen, as extracted into two tables: supply by mineral, stage and country; demand by mineral and sector. "Rare
Earth Elements" are the magnet elements only (Nd, Pr, Dy, Tb). The page does not say whether metal or oxide is
weighed.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
