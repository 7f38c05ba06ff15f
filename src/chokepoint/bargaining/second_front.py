"""The second front: a third country's deposits, who outbids whom for them, and what they change in the main talks.

Everything is arithmetic on arrays (case,) in USD. Nothing here links one negotiation causally to another: the only
link is the parameter ``provocation``, whose range holds both signs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.uncertainty import interval

if TYPE_CHECKING:
    from collections.abc import Sequence

Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]
NOBODY = -1


@dataclass(frozen=True, kw_only=True, slots=True)
class Curve:
    """What a year of a complete stop costs if it comes after so many years.

    Args:
        years: from now, rising; usd_per_year: loss (case, year). Between two years it moves evenly, after the last it
            stays.
    """

    years: tuple[int, ...]
    usd_per_year: Matrix

    def until(self, horizon: int) -> Matrix:
        """Return the loss of every single year from now on (case, horizon)."""
        return np.stack([np.interp(np.arange(horizon), self.years, row) for row in self.usd_per_year])


def worth_now(flow: Matrix, rate: Vector) -> Vector:
    """Return the present worth of yearly amounts (case, year), the first of them undiscounted."""
    return (flow * (1.0 + rate[:, None]) ** -np.arange(flow.shape[1])).sum(axis=1)


def producing(lead_time: Vector, horizon: int) -> Matrix:
    """Return the part of each year in which something decided now produces (case, horizon)."""
    return np.clip(np.arange(horizon) + 1.0 - lead_time[:, None], 0.0, 1.0)


def avoided(curve: Curve, share: Vector, *, lead_time: Vector, chance: Vector, rate: Vector, horizon: int) -> Vector:
    """Return the expected loss that a supply of one's own avoids over a horizon, in present worth.

    ``sum_t (1 + r)^-t chance * loss[t] * min(1, share) * producing[t]``: a deposit that meets a share of the need
    spares that share of what a stop would cost, once it produces and if a stop comes in that year.

    Args:
        curve: loss of a stop; share: of the need that the deposit meets; lead_time: years to first output.
        chance: that a stop holds in a year; rate: discount rate per year; horizon: years counted.

    Example:
        >>> steady = Curve(years=(0,), usd_per_year=np.array([[100.0]]))
        >>> half, ten, certain, none = (np.array([each]) for each in (0.5, 10.0, 1.0, 0.0))
        >>> avoided(steady, half, lead_time=ten, chance=certain, rate=none, horizon=15).tolist()
        [250.0]
    """
    spared = curve.until(horizon) * np.minimum(share, 1.0)[:, None] * producing(lead_time, horizon)
    return chance * worth_now(spared, rate)


@dataclass(frozen=True, kw_only=True, slots=True)
class Auction:
    """Who wins a deposit and for how much (case,).

    Args:
        winner: 0 or 1 for a bidder alone, 2 for both together, ``NOBODY`` where no offer beats what the owner keeps.
        least: what the winners must pay at least, USD: the best the owner could get otherwise.
        willing: the most each bidder would pay to have it alone rather than see the other have it (case, bidder).
        shared: the most both together would pay to share it (case,).
        exclusive: what each bidder gains by having it alone instead of sharing (case, bidder).
    """

    winner: np.ndarray
    least: Vector
    willing: Matrix
    shared: Vector
    exclusive: Matrix


def outbid(worth: np.ndarray, kept: Vector) -> Auction:
    """Sell a deposit to one bidder, the other, or both.

    A bidder's offer is bounded by what it gains against losing to the other, not against nobody having it. Both
    together offer what each would pay not to be left out. The owner takes the best offer and is paid the second
    best, for that is its outside option.

    Args:
        worth: to each bidder if the output goes to the first, the second, or both (case, bidder, allocation).
        kept: what the owner has if it sells to nobody (case).

    Source: jehiel_moldovanu1996
    """
    mine, rivals = worth[:, 0], worth[:, 1]
    alone = np.stack([mine[:, 0] - mine[:, 1], rivals[:, 1] - rivals[:, 0]], axis=1)
    both = (mine[:, 2] - mine[:, 1]) + (rivals[:, 2] - rivals[:, 0])
    offers = np.column_stack([alone, both, kept])
    ranked = np.sort(offers, axis=1)
    best = np.argmax(offers, axis=1)
    return Auction(
        winner=np.where(best == 3, NOBODY, best),  # noqa: PLR2004  # the fourth column: nobody
        least=np.where(best == 3, 0.0, np.maximum(ranked[:, -2], 0.0)),  # noqa: PLR2004
        willing=alone,
        shared=both,
        exclusive=np.stack([mine[:, 0] - mine[:, 2], rivals[:, 1] - rivals[:, 2]], axis=1),
    )


def against_controller(avoided_alone: Vector, avoided_shared: Vector) -> np.ndarray:
    """Return the worth of a deposit to a bloc and to the country that could stop it (case, bidder, allocation).

    What a stop no longer costs the bloc, the controller can no longer ask for: of every dollar of loss it loses half
    a dollar of leverage (``v / 2``, see the threats of the main talks). By construction the bloc can outbid the
    controller two to one; that is a property of the split, not of any deposit.

    Source: kalai_kalai2013
    """
    nothing = np.zeros_like(avoided_alone)
    mine = np.stack([avoided_alone, nothing, avoided_shared], axis=1)
    return np.stack([mine, -mine / 2.0], axis=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaving:
    """Whether one's own chain, as an outside option, changes the main talks (case, year).

    Args:
        deal: gain of a deal that splits the joint gain evenly; option: gain of leaving for good; both over a stop
            that goes on, in present worth at that year.
        binds: whether the option is worth more than the deal.
        adds: how much better the deal must then be.
    """

    deal: Matrix
    option: Matrix
    binds: np.ndarray
    adds: Matrix


def leaving(
    mine: Curve, theirs: Curve, years: Sequence[int], *, lead_time: Vector, cost: Vector, rate: Vector, horizon: int
) -> Leaving:
    """Compare a deal with building one's own chain, begun now, at several dates.

    With the stop going on, a deal in year ``h`` spares both sides their losses from then on and is split evenly. Who
    leaves instead bears its loss until its own chain, decided now, produces, and what is left of its cost. An
    outside option is a constraint: below the deal it changes nothing.

    Args:
        mine, theirs: yearly losses of the two sides; years: dates of the talks, from now.
        lead_time: years to the own chain; cost: of building it, spread evenly over them (USD); rate: per year.
        horizon: years counted from each date.

    Source: binmore_shaked_sutton1989
    """
    whole = max(years) + horizon
    loss, other, free = mine.until(whole), theirs.until(whole), producing(lead_time, whole)
    spent = (1.0 - free) * (cost / np.maximum(lead_time, 1.0))[:, None]
    deal, option = np.empty((2, loss.shape[0], len(years)))
    for number, year in enumerate(years):
        ahead = slice(year, year + horizon)
        deal[:, number] = 0.5 * worth_now(loss[:, ahead] + other[:, ahead], rate)
        option[:, number] = worth_now(loss[:, ahead] * free[:, ahead] - spent[:, ahead], rate)
    adds = np.maximum(option - deal, 0.0)
    return Leaving(deal=deal, option=option, binds=adds > 0.0, adds=adds)


@dataclass(frozen=True, kw_only=True, slots=True)
class DualTrack:
    """Both fronts less the main talks alone, USD in present worth.

    Args:
        added: per case; low, middle, high: 80 % interval and median.
        verdict: ``one strategy``, ``a contradiction``, ``only a cost so far`` where nothing is produced within the
            horizon, or ``the evidence does not decide``.
        breaks_even: the provocation at which the second front adds nothing, median; infinite where the main deal
            is worth nothing.
    """

    added: Vector
    low: float
    middle: float
    high: float
    verdict: str
    breaks_even: float


def dual_track(main: Vector, front: Vector, paid: Vector, provocation: Vector) -> DualTrack:
    """Weigh two fronts at once: ``front - paid - provocation * main``.

    Args:
        main: worth of the main deal alone; front: of the deposits; paid: for them (all USD, present worth).
        provocation: part of the main deal's worth that the second front costs (below 0: that it adds).
    """
    added = front - paid - provocation * main
    low, middle, high = (float(each) for each in interval(added))
    cost = "a contradiction" if (front > 0.0).any() else "only a cost so far"
    undecided = "the evidence does not decide"
    verdict = "one strategy" if low > 0.0 else cost if high < 0.0 else undecided
    with np.errstate(divide="ignore", invalid="ignore"):
        even = np.where(main > 0.0, (front - paid) / main, np.inf)
    return DualTrack(
        added=added, low=low, middle=middle, high=high, verdict=verdict, breaks_even=float(np.median(even))
    )
