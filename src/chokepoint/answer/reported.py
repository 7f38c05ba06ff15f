"""What was reported afterwards, read against a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.backtest import Episode
from chokepoint.dates import Month
from chokepoint.records.outcomes import reported_exports

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

MAGNETS = ("ndfeb_magnet", "ndfeb_magnet_heavy")


def magnets_2025(data: Traversable) -> Episode:
    """Return China's magnet exports from April 2025 on, as customs reported them."""
    reported = reported_exports(data, "china_magnet_exports")
    return Episode(
        exporter="CHN", goods=MAGNETS, destinations=tuple(reported), control=Month(2025, 4), reported=reported
    )
