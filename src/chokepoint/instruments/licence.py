"""Licence per shipment: nothing while applications are handled, then a queue that is worked off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date  # dataclass field
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.dates import Month

if TYPE_CHECKING:
    from chokepoint.instruments.conditions import Conditions

DAYS_PER_MONTH = 30.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Relief:
    """A dated change of how a licence is handled: faster approvals from a day on, or a suspension.

    Args:
        first: first day it holds.
        last: last day it holds; None while no end is known.
        approval_per_month: share of the eligible queue approved per month (case); None suspends the control.
    """

    first: date
    last: date | None
    approval_per_month: np.ndarray | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Licence:
    """Exports need a licence for each shipment.

    Normal trade applies for one month's shipments per month. An application is eligible for approval once
    it has waited the handling time; from then on a share ``g`` of the eligible queue is approved each month.
    With queue ``E`` in days of normal shipments and ``h = 1 - (1 - g)^(1/30)`` per day,

        E[d+1] = E[d] - h E[d] + 1 (after handling),   released[d] = h E[d]

    so that shipments rise as ``1 - (1 - g)^t`` and overshoot when approvals speed up: the queue is released.

    Args:
        share: share of each lane's reference flow that needs a licence (case, lane); 0 elsewhere.
        effective: first day in force; ends: last day, or None.
        handling_days: waiting time (case).
        approval_per_month: ``g`` (case).
        already_cleared: share of the first 30 days' licensed shipments that had cleared before (case).
        reliefs: dated changes, in order.
    """

    share: np.ndarray
    effective: date
    ends: date | None
    handling_days: np.ndarray
    approval_per_month: np.ndarray
    already_cleared: np.ndarray
    reliefs: tuple[Relief, ...] = ()

    def released(self, month: Month) -> np.ndarray:
        """Return licensed shipments of a month as a share of normal ones (case); ``inf`` where not controlled."""
        return self.releases(month).get(month, np.full(self.handling_days.shape, np.inf))

    def releases(self, until: Month) -> dict[Month, np.ndarray]:
        """Return what is released in every month from the first in force up to one: the queue worked off once."""
        first = Month.of(self.effective)
        free = np.full(self.handling_days.shape, np.inf)
        uncontrolled = {first.plus(number): free for number in range(first.until(until) + 1)}
        found: dict[Month, np.ndarray] = {}
        queue = np.zeros(self.handling_days.shape)
        month, waited = until, 0
        last = until.plus(1).first_day
        for number in range((last - self.effective).days):
            day = date.fromordinal(self.effective.toordinal() + number)
            if not self.is_licensed(day):
                # Applications lapse with the control; when it comes back everybody applies again.
                queue, waited = np.zeros_like(queue), 0
                continue
            if (day.year, day.month) != (month.year, month.number) or month not in found:
                month = Month.of(day)
                days = sum(not self.is_licensed(each) for each in month.day_list())
                found[month] = np.full(self.handling_days.shape, float(days))
            released = -np.expm1(np.log1p(-self.approval_on(day)) / DAYS_PER_MONTH) * queue
            queue = queue - released + np.where(waited >= self.handling_days, 1.0, 0.0)
            if waited < DAYS_PER_MONTH:
                released = released + self.already_cleared
            waited += 1
            found[month] += released
        return uncontrolled | {each: total / each.days for each, total in found.items()}

    def same_as(self) -> tuple[object, ...]:
        """Return what the released share follows from: licences that agree in it release alike."""
        numbers = (self.handling_days, self.approval_per_month, self.already_cleared)
        reliefs = (
            (each.first, each.last, None if each.approval_per_month is None else each.approval_per_month.tobytes())
            for each in self.reliefs
        )
        return (self.effective, self.ends, *(each.tobytes() for each in numbers), *reliefs)

    def is_licensed(self, day: date) -> bool:
        """Say whether a shipment of that day needs a licence."""
        if day < self.effective or (self.ends is not None and day > self.ends):
            return False
        return not any(
            relief.approval_per_month is None and relief.first <= day and (relief.last is None or day <= relief.last)
            for relief in self.reliefs
        )

    def approval_on(self, day: date) -> np.ndarray:
        """Return the monthly approval share in force on a day (case)."""
        current = self.approval_per_month
        for relief in self.reliefs:
            if (
                relief.approval_per_month is not None
                and relief.first <= day
                and (relief.last is None or day <= relief.last)
            ):
                current = np.maximum(current, relief.approval_per_month)
        return np.clip(current, 0.0, 1.0 - 1e-12)

    def apply(self, conditions: Conditions, month: Month) -> Conditions:
        """Cap each lane at its free part plus what is licensed."""
        return self.limit(conditions, self.released(month))

    def limit(self, conditions: Conditions, released: np.ndarray) -> Conditions:
        """Cap each lane at its free part plus so much of what is licensed (case)."""
        if not np.isfinite(released).all():
            return conditions
        cap = np.where(self.share > 0.0, 1.0 - self.share + self.share * released[:, None], np.inf)
        return replace(conditions, cap_share=np.minimum(conditions.cap_share, cap))
