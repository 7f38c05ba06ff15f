"""When a line stops, and how much it misses: a stock run down by what does not arrive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST_MISSING = 1e-9
"""Share of the monthly need below which a gap is rounding."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shortage:
    """What a line goes through, case by case.

    Args:
        stop_day: days from the start until the stock is empty and too little arrives [case]; infinite where that
            does not happen within the horizon.
        missing: what the line could not use over the horizon [case, in the unit of the need].
    """

    stop_day: NDArray[np.float64]
    missing: NDArray[np.float64]


def stop_days(
    *,
    need: float,
    stock: float,
    ratios: NDArray[np.float64],
    shares: NDArray[np.float64],
    months_to_replace: float,
    days: NDArray[np.float64],
    noticed_share: float | NDArray[np.float64] = 0.0,
) -> Shortage:
    """Run a stock down month by month, in all cases at once.

    In month ``t`` the line receives ``need * sum_s share_s ratio_s`` and its gap is ``g = need - received``. From the
    beginning of the first month that misses a noticeable share, ``months_to_replace`` pass until the missing share is
    replaced for good; within a month everything runs evenly. With ``d`` the part of the month before that, the stock
    ends at ``S - g d``; if that is below zero, the line stops at ``S / g`` of the month and misses ``g d - S``. What
    arrives above the need refills the stock, up to what it was at the start.

    Args:
        need: what the line uses in a month.
        stock: what lies in store at the start, in the same unit.
        ratios: deliveries against those without the measure [case, month, supplier].
        shares: what each supplier covers of the need; they sum to 1 [supplier].
        months_to_replace: months from the first shortfall until a replacement delivers; infinite for never.
        days: length of each month [month].
        noticed_share: see :class:`chokepoint.exposure.assumptions.Assumptions`; one number, or one for every case.

    Returns:
        Day of the stop and amount missing, by case.

    Example:
        >>> short = stop_days(
        ...     need=10.0,
        ...     stock=12.0,
        ...     ratios=np.array([[[1.0], [0.2], [0.2], [0.2]]]),
        ...     shares=np.array([1.0]),
        ...     months_to_replace=2.5,
        ...     days=np.array([30.0, 31.0, 30.0, 31.0]),
        ... )
        >>> short.stop_day.tolist(), short.missing.tolist()
        ([76.0], [8.0])
    """
    received = need * (ratios @ shares)
    gap = need - received
    is_short = gap > np.atleast_1d(np.maximum(noticed_share, LEAST_MISSING))[:, None] * need
    months = gap.shape[1]
    first = np.where(is_short.any(axis=1), np.argmax(is_short, axis=1), np.inf)
    replaced = first + months_to_replace
    begins = np.concatenate([[0.0], np.cumsum(days)])
    left = np.full(gap.shape[0], stock, dtype=np.float64)
    missing = np.zeros_like(left)
    stop = np.full_like(left, np.inf)
    for month in range(months):
        here = gap[:, month]
        drawn = here * np.clip(replaced - month, 0.0, 1.0)
        lacking = np.maximum(drawn - left, 0.0)
        is_empty = lacking > LEAST_MISSING * need
        missing += np.where(is_empty, lacking, 0.0)
        stops = is_empty & is_short[:, month] & np.isinf(stop)
        spent = np.divide(left, here, out=np.zeros_like(left), where=stops)
        stop = np.where(stops, begins[month] + spent * days[month], stop)
        left = np.clip(left - drawn, 0.0, stock)
    return Shortage(stop_day=stop, missing=missing)
