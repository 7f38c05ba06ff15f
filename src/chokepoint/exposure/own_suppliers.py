"""Indicators of a user's own suppliers, line by line of a position: no market, no simulation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.exposure.indices import (
    concentration_index,
    governance_index,
    months_of_cover,
    top_share,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.exposure.indicator import Result
    from chokepoint.records.position import Position


@dataclass(frozen=True, kw_only=True, slots=True)
class LineIndicators:
    """What a line's own suppliers and stock say.

    Args:
        line: its name in the user's words; good: code of the good.
        results: by name of the indicator.
    """

    line: str
    good: str
    results: Mapping[str, Result]


def own_suppliers(position: Position, governance: Mapping[str, float]) -> tuple[LineIndicators, ...]:
    """Return concentration, governance and cover of every line of a position.

    Args:
        position: the user's own.
        governance: by country, 0 (best) to 10, as in :class:`chokepoint.exposure.picture.Picture`.
    """
    found: list[LineIndicators] = []
    for line in position.lines:
        shares = {each.country: each.share for each in line.suppliers}
        abroad = {code: share for code, share in shares.items() if code != line.home}
        results: dict[str, Result] = {
            "hhi": concentration_index(shares),
            "hhi_abroad": concentration_index(abroad),
            "governance_hhi": governance_index(shares, governance),
            "top_1": top_share(shares, 1),
            "top_3": top_share(shares, 3),
            "months_of_cover": months_of_cover({"stock": line.stock_t}, line.need_t_per_month),
        }
        found.append(LineIndicators(line=line.title, good=line.good, results=results))
    return tuple(found)
