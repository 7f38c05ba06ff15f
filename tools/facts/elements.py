"""Output of single rare earths, derived: nobody publishes it, the world of 2024 rests on what was separated and assays.

Tonnes of an oxide are the tonnes of REO that a country's plants separate times the share of that oxide in their feed
that they recover. Both carry ranges; the ends of the products are the ends of the range.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from typing import TYPE_CHECKING

from chokepoint.sources.fact import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

OXIDES = {
    "dysprosium_oxide": ("dysprosium", "Dy2O3"),
    "terbium_oxide": ("terbium", "Tb4O7"),
    "ndpr_oxide": ("neodymium_praseodymium", "NdPr oxide"),
}
PLANTS = ("separation_light", "separation_heavy")


def separated(data: Path) -> Iterator[Fact]:
    """Yield output of oxides by country from the tables of the world of 2024.

    Args:
        data: the data folder; holds ``production.csv`` and ``recipes.csv``.
    """
    recipes = {
        (row["kind"], row["country"], row["good"]): row
        for row in _rows(data / "recipes.csv")
        if row["direction"] == "output"
    }
    parts: dict[tuple[str, str], list[tuple[Mapping[str, str], Mapping[str, str]]]] = defaultdict(list)
    for level in _rows(data / "production.csv"):
        for good in OXIDES if level["kind"] in PLANTS else ():
            share = recipes.get((level["kind"], level["country"], good)) or recipes.get((level["kind"], "", good))
            if share:
                parts[good, level["country"]].append((level, share))
    for (good, country), both in sorted(parts.items()):
        mineral, basis = OXIDES[good]
        value, low, high = (
            sum(_number(level, end) * _number(share, end) for level, share in both) for end in ("value", "low", "high")
        )
        said = [f"{level['value']} t REO separated times {share['value']} ({share['reason']})" for level, share in both]
        yield Fact(
            mineral=mineral,
            stage="separation",
            measure="production",
            country=country,
            year=int(both[0][0]["year"]),
            value=float(f"{value:.6g}"),
            unit="t/yr",
            basis=basis,
            low=float(f"{low:.6g}"),
            high=float(f"{high:.6g}"),
            source=both[0][0]["source"],
            grade="derived",
            reason=f"{'; '.join(said)}; before the balances of the world of 2024 are closed",
        )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _number(row: Mapping[str, str], end: str) -> float:
    return float(row[end] or row["value"])
