"""Precaution: what holders buy ahead, or do not sell, because a control was announced."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date  # noqa: TC003  # dataclass field
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.instruments.licence import DAYS_PER_MONTH

if TYPE_CHECKING:
    from chokepoint.dates import Month
    from chokepoint.instruments.conditions import Conditions


@dataclass(frozen=True, kw_only=True, slots=True)
class Precaution:
    """Who faces a control wants to hold more than usual, from its announcement to its end; the fear wears off.

    Buyers want so many months of what the control may take from them, from its announcement on. Holders in the acting
    country keep for later what they may not sell abroad: what was stopped before the month, up to as many months of
    it. In months of usual arrivals, ``a`` months after the announcement and, at the month's beginning, ``e`` after
    the first day,

        extra = months * 0.5^(a / half_life) * b + min(months * 0.5^(a / half_life), e) * s

    with ``b`` the trade under control that arrives there and ``s`` that which leaves it, both over what usually
    arrives. Of several controls the largest fear counts, not their sum.

    Args:
        buyers, holders: ``b`` and ``s`` of every store (case, store).
        months: extra cover wanted at first (case); half_life: months in which it halves (case).
        announced: the day it became known; effective: its first day; ends: its last, or None.
        lifted: first and last day of its suspensions; an open end is None.
    """

    buyers: np.ndarray
    holders: np.ndarray
    months: np.ndarray
    half_life: np.ndarray
    announced: date
    effective: date
    ends: date | None
    lifted: tuple[tuple[date, date | None], ...] = ()

    def apply(self, conditions: Conditions, month: Month) -> Conditions:
        """Raise what is wanted, for the days on which the control is known and not over or lifted."""
        days = [day for day in month.day_list() if self.is_feared(day)]
        if not days:
            return conditions
        age = max(0.0, (days[-1] - self.announced).days / DAYS_PER_MONTH)
        extra = self.months * 0.5 ** (age / self.half_life)
        in_force = max(0.0, (month.first_day - self.effective).days / DAYS_PER_MONTH)
        bought = extra[:, None] * self.buyers * len(days) / month.days
        kept = np.minimum(extra, in_force)[:, None] * self.holders
        return replace(conditions, precaution=np.maximum(conditions.precaution, bought + kept))

    def is_feared(self, day: date) -> bool:
        """Say whether the control is known on a day, and neither over nor lifted."""
        if day < self.announced or (self.ends is not None and day > self.ends):
            return False
        return not any(first <= day and (last is None or day <= last) for first, last in self.lifted)
