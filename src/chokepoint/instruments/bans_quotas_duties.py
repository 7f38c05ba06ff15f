"""Ban, quota over a group of importers, and duty: the classical instruments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date  # noqa: TC003  # dataclass field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from chokepoint.dates import Month
    from chokepoint.instruments.conditions import Conditions, Mask


def share_in_force(month: Month, effective: date, ends: date | None) -> float:
    """Return the share of a month's days on which a measure with these dates binds."""
    days = month.day_list()
    return sum(day >= effective and (ends is None or day <= ends) for day in days) / len(days)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ban:
    """Exports are forbidden: the cap is the part of the month before it took effect.

    Args:
        lanes: which lanes.
        effective: first day; ends: last day, or None.
        suspended: spans of days, first and last (None: open), on which it is not applied.
    """

    lanes: Mask
    effective: date
    ends: date | None
    suspended: tuple[tuple[date, date | None], ...] = ()

    def apply(self, conditions: Conditions, month: Month) -> Conditions:
        """Close the lanes for the days in force."""
        days = month.day_list()
        share = sum(self.is_applied(day) for day in days) / len(days)
        if share == 0.0:
            return conditions
        cap = np.where(self.lanes, 1.0 - share, np.inf)
        return replace(conditions, cap_share=np.minimum(conditions.cap_share, cap[None, :]))

    def is_applied(self, day: date) -> bool:
        """Say whether shipments of that day are forbidden."""
        if day < self.effective or (self.ends is not None and day > self.ends):
            return False
        return not any(first <= day and (last is None or day <= last) for first, last in self.suspended)


@dataclass(frozen=True, kw_only=True, slots=True)
class Quota:
    """One cap over many lanes together: the licence goes to whoever pays most for it.

    Args:
        group: number of the licence group.
        quota_share: cap as a share of the group's reference flow (case).
        effective: first day; ends: last day, or None.
    """

    group: int
    quota_share: np.ndarray
    effective: date
    ends: date | None

    def apply(self, conditions: Conditions, month: Month) -> Conditions:
        """Cap the group; days outside the dates count as free trade."""
        share = share_in_force(month, self.effective, self.ends)
        if share == 0.0:
            return conditions
        quota = conditions.quota_share.copy()
        quota[:, self.group] = np.minimum(quota[:, self.group], 1.0 - share + share * self.quota_share)
        return replace(conditions, quota_share=quota)


@dataclass(frozen=True, kw_only=True, slots=True)
class Duty:
    """A tax on lanes, ad valorem on the reference price.

    The rate applies to the reference price, not to the month's own price: for the moderate ex-works price
    changes under an export control the difference is second order, and the month stays one convex problem.

    Args:
        lanes: which lanes.
        rate: share of the reference price (case).
        effective: first day; ends: last day, or None.
    """

    lanes: Mask
    rate: np.ndarray
    effective: date
    ends: date | None

    def apply(self, conditions: Conditions, month: Month) -> Conditions:
        """Add the duty for the share of the month it is in force."""
        share = share_in_force(month, self.effective, self.ends)
        added = np.where(self.lanes, share * self.rate[:, None], 0.0)
        return replace(conditions, duty=conditions.duty + added)
