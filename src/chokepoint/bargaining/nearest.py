"""For every package the smallest change that would bring both parties to sign it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from chokepoint.solutions.choice import Array, Indices, Mask


@dataclass(frozen=True, kw_only=True, slots=True)
class Openings:
    """What would bring both parties to sign each package.

    Args:
        payment: smallest payment from the second party to the first, USD (case, package); negative if it goes the
            other way, 0 if none is needed, not a number if no payment can do it: the two together do not gain.
        security: smallest rise of what each party sees in the package beside money, USD (case, party, package).
        is_change: whether the package brings some party something other than no deal does (case, package).
    """

    payment: Array
    security: Array
    is_change: Mask

    @property
    def nearest(self) -> Indices:
        """The package that the smallest payment opens, or, where none can, the smallest security values (case)."""
        can_pay = np.isfinite(self.payment)
        paid: Indices = np.argmin(np.where(can_pay, np.abs(self.payment), np.inf), axis=1)
        rise = np.where(self.is_change, self.security.sum(axis=1), np.inf)
        valued: Indices = np.argmin(rise, axis=1)
        return np.where(np.logical_or.reduce(can_pay, axis=1), paid, valued)


def openings(gains: Array) -> Openings:
    """Return for every package the smallest payment, and the smallest security values, that make it acceptable.

    Args:
        gains: over no deal, USD (case, 2, package).
    """
    security = np.maximum(-gains, 0.0)
    # A package that brings both what no deal brings needs no payment and opens nothing.
    payment = np.where(gains.sum(axis=1) > 0.0, security[:, 0] - security[:, 1], np.nan)
    return Openings(payment=payment, security=security, is_change=np.logical_or.reduce(gains != 0.0, axis=1))
