"""General Administration of Customs of China: magnet exports, as the press reported them.

Layout: seen, of a compilation (``period,destination,tonnes,source``), not of the Administration's own tables, which
were not read. A loader for those rests on their documentation until a download has been seen.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Shipment:
    """Exports of one period to one destination.

    Args:
        period: a year (``2024``), month (``2025-05``) or span (``2025-H1``, ``2025-01..10``).
        destination: as reported; ``World`` for the total.
        tonnes: product weight.
        outlet: who reported it.
    """

    period: str
    destination: str
    tonnes: float
    outlet: str


def load(path: Path) -> tuple[Shipment, ...]:
    """Load the compilation."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Shipment(
                period=row["period"],
                destination=row["destination"],
                tonnes=float(row["tonnes"]),
                outlet=row["source"],
            )
            for row in csv.DictReader(file)
        )


def tonnes_of(shipments: tuple[Shipment, ...], *, period: str, destination: str) -> float:
    """Return the tonnes of one period and destination.

    Raises:
        LookupError: not reported.
    """
    for each in shipments:
        if (each.period, each.destination) == (period, destination):
            return each.tonnes
    message = f"no exports reported for {destination} in {period}"
    raise LookupError(message)
