"""Closure: a state shuts plants or mines at home, whoever they would have sold to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date  # noqa: TC003  # dataclass field
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.instruments.bans_quotas_duties import share_in_force

if TYPE_CHECKING:
    from chokepoint.dates import Month
    from chokepoint.instruments.conditions import Conditions, Mask


@dataclass(frozen=True, kw_only=True, slots=True)
class Closure:
    """Part of the capacity may not run, for buyers at home and abroad alike.

    A control on production: unlike a control on exports it leaves the price at home no lower than abroad. What
    stays open may run harder, ``x = K (1 - share) logistic((margin - m) / b)``, up to the capacity that is left.

    Args:
        activities: which activities it shuts (activity).
        share: part of their capacity that is shut (case).
        effective: first day; ends: last day, or None.
    """

    activities: Mask
    share: np.ndarray
    effective: date
    ends: date | None

    def apply(self, conditions: Conditions, month: Month) -> Conditions:
        """Take away the part shut, for the days in force."""
        days = share_in_force(month, self.effective, self.ends)
        if days == 0.0:
            return conditions
        left = np.where(self.activities, 1.0 - days * self.share[:, None], 1.0)
        return replace(conditions, capacity_share=conditions.capacity_share * left)
