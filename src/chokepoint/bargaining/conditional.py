"""Conditional offers: who releases first, what reneging would pay, and how soon it must be noticed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from chokepoint.solutions.choice import Array, Indices, Mask


@dataclass(frozen=True, kw_only=True, slots=True)
class Conditional:
    """Which orders of release enforce themselves.

    Args:
        temptation: what each party gains by not releasing after the other has, USD (case, party); at most 0 where
            its word can be taken.
        exposure: what each party loses until it notices, if it releases first in vain, USD (case, party).
        longest_lag: months within which each party's release must be verified so that reneging never pays
            (case, party); -1 where it pays though noticed at once.
    """

    temptation: Array
    exposure: Array
    longest_lag: Indices

    @property
    def first_may_begin(self) -> Mask:
        """Whether the order "first party, then second" enforces itself: the second's word can be taken (case)."""
        return self.temptation[:, 1] <= 0.0

    @property
    def second_may_begin(self) -> Mask:
        """Whether the order "second party, then first" enforces itself (case)."""
        return self.temptation[:, 0] <= 0.0

    @property
    def together(self) -> Mask:
        """Whether releasing on one day enforces itself: both words can be taken (case)."""
        return self.first_may_begin & self.second_may_begin


def weigh_orders(payoff: Array, lag_months: tuple[int, int], discount: float = 1.0) -> Conditional:
    """Weigh what each party gains by reneging against what it loses once that is noticed.

    After the other has released, a party that holds back enjoys that state until it is noticed ``L`` months later;
    then the other takes its release back and both are where they were:

        temptation(L) = sum_{t < L} delta^t (alone_t - both_t) + sum_{t >= L} delta^t (neither_t - both_t)

    Args:
        payoff: by month since the other released, USD (case, month, party, 2, 2); the last two axes say whether
            the first and the second party have released (0 no, 1 yes).
        lag_months: until the other side can tell whether the first, and the second, party has released.
        discount: worth of a USD one month later.
    """
    months = payoff.shape[1]
    worth = payoff * (discount ** np.arange(months))[None, :, None, None, None]
    neither, both = worth[..., 0, 0], worth[..., 1, 1]
    holding_back = np.stack([worth[:, :, 0, 0, 1], worth[:, :, 1, 1, 0]], axis=2)
    in_vain = np.stack([worth[:, :, 0, 1, 0], worth[:, :, 1, 0, 1]], axis=2)
    by_lag = _so_far(holding_back - both) + (neither - both).sum(axis=1, keepdims=True) - _so_far(neither - both)
    lag = np.minimum(lag_months, months)
    # A release of the first party is noticed missing after the first lag, and costs the second so long.
    temptation = np.stack([by_lag[:, lag[0], 0], by_lag[:, lag[1], 1]], axis=1)
    lost = _so_far(neither - in_vain)
    exposure = np.stack([lost[:, lag[1], 0], lost[:, lag[0], 1]], axis=1)
    never_pays = np.logical_and.accumulate(by_lag <= 0.0, axis=1)
    return Conditional(temptation=temptation, exposure=exposure, longest_lag=never_pays.sum(axis=1) - 1)


def _so_far(flow: Array) -> Array:
    """Return sums over the months before each month, from 0 to all of them (case, month + 1, party)."""
    return np.cumsum(np.insert(flow, 0, 0.0, axis=1), axis=1)
