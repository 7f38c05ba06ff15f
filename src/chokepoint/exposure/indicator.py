"""An indicator that can be taken apart, or the reason why there is none."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What one country (or good, or sector) adds to an indicator, in the indicator's unit."""

    of: str
    value: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Indicator:
    """One number and the parts it is the sum of.

    Args:
        name: the indicator (``hhi``, ``supply_risk``).
        value: the sum of the parts, to the last digit.
        unit: ``1``, ``share``, ``months`` ...
        parts: largest in size first; below 0 where one takes away.
        low, high: where the value lies once what is not known about the inputs is counted; equal to it otherwise.
        note: what the reader has to know to read the number; may be empty.
    """

    name: str
    value: float
    unit: str
    parts: tuple[Part, ...]
    low: float
    high: float
    note: str = ""

    def part(self, of: str) -> float:
        """Return what one country adds; 0 for one that has no part in it."""
        return math.fsum(each.value for each in self.parts if each.of == of)


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """No indicator, and why. Missing is missing: never zero risk.

    Args:
        name: the indicator.
        reason: which input is missing.
        low, high: bounds that hold whatever the missing input is; None where there are none.
    """

    name: str
    reason: str
    low: float | None = None
    high: float | None = None


Result = Indicator | Missing
"""What asking for an indicator brings: always one of the two."""


def add_up(
    name: str,
    unit: str,
    parts: Mapping[str, float],
    *,
    low: float | None = None,
    high: float | None = None,
    note: str = "",
) -> Indicator:
    """Return the indicator whose value is the exactly rounded sum of its parts; parts of zero are dropped.

    Example:
        >>> add_up("share", "share", {"CHN": 0.1, "JPN": 0.2}).parts[0].of
        'JPN'
    """
    kept = sorted(
        ((of, value) for of, value in parts.items() if value != 0.0), key=lambda each: (-abs(each[1]), each[0])
    )
    value = math.fsum(value for _, value in kept)
    return Indicator(
        name=name,
        value=value,
        unit=unit,
        parts=tuple(Part(of=of, value=amount) for of, amount in kept),
        # Bounds are computed along another path: the last digit may part them from the value.
        low=value if low is None else min(low, value),
        high=value if high is None else max(high, value),
        note=note,
    )
