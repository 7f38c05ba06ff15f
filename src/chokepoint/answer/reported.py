"""What was reported afterwards: exports and prices, read against a run."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.backtest import Episode
from chokepoint.dates import Month
from chokepoint.records.outcomes import reported_exports

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

MAGNETS = ("ndfeb_magnet", "ndfeb_magnet_heavy")


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """A reported price in USD/kg: ``when`` is a day, a month or a year; ``low`` and ``high`` its range."""

    good: str
    market: str
    when: str
    value: float
    low: float
    high: float
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reported:
    """Everything a run is read against.

    Args:
        episode: exports month by month.
        quotes: prices, in the order of their file.
    """

    episode: Episode
    quotes: tuple[Quote, ...]

    def quotes_by_month(self) -> dict[tuple[str, str, str], float]:
        """Return prices by good, market and month (``YYYY-MM``); the first of a month counts, annual means do not."""
        found: dict[tuple[str, str, str], float] = {}
        for quote in self.quotes:
            if len(quote.when) >= len("2025-05"):
                found.setdefault((quote.good, quote.market, quote.when[:7]), quote.value)
        return found

    def quote(self, good: str, market: str, when: str) -> Quote:
        """Return the first price of a good on a market whose date begins as given."""
        return next(q for q in self.quotes if (q.good, q.market) == (good, market) and q.when.startswith(when))


def reported_2025(data: Path) -> Reported:
    """Return what is known of 2025 from the tables of outcomes."""
    return Reported(episode=magnets_2025(data), quotes=quotes(data / "outcomes" / "prices.csv"))


def magnets_2025(data: Traversable) -> Episode:
    """Return China's magnet exports from April 2025 on, as customs reported them."""
    reported = reported_exports(data, "china_magnet_exports")
    return Episode(
        exporter="CHN", goods=MAGNETS, destinations=tuple(reported), control=Month(2025, 4), reported=reported
    )


def quotes(path: Path) -> tuple[Quote, ...]:
    """Return the reported prices of a file, in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["value"]]
    return tuple(
        Quote(
            good=row["good"],
            market=row["market"],
            when=row["date"],
            value=float(row["value"]),
            low=float(row["low"] or row["value"]),
            high=float(row["high"] or row["value"]),
            source=row["source"],
        )
        for row in rows
    )
