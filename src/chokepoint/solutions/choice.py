"""What a bargaining rule returns, a package or a lottery over two, and what it promises."""

from __future__ import annotations

from collections.abc import Callable  # noqa: TC003  # dataclass field
from dataclasses import dataclass

import numpy as np

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Indices = np.ndarray[tuple[int, ...], np.dtype[np.intp]]
Mask = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

NO_DEAL = -1


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What is chosen in each case: package ``first`` with probability ``share``, else package ``second``.

    Args:
        first, second: packages (case); the same where one package is chosen, -1 where there is no deal.
        share: probability of the first, 0 to 1 (case); not a number where there is no deal.
    """

    first: Indices
    second: Indices
    share: Array

    @property
    def is_deal(self) -> Mask:
        """Tell the cases with a deal from those without (case)."""
        return self.first != NO_DEAL

    def of(self, values: Array) -> Array:
        """Return what the choice is expected to bring, from values (case, ..., package); NaN without a deal."""
        case = np.arange(self.first.size)
        share = self.share.reshape(-1, *[1] * (values.ndim - 2))
        return share * values[case, ..., self.first] + (1.0 - share) * values[case, ..., self.second]


@dataclass(frozen=True, kw_only=True, slots=True)
class Axioms:
    """What a rule promises on every problem; what it does not promise fails somewhere.

    Args:
        pareto: nobody can get more without the other getting less.
        symmetry: where the parties could change places, they gain the same.
        scale_invariance: the unit in which a party counts changes nothing.
        independence: striking out packages that are not chosen changes nothing.
        individual_monotonicity: a party never loses by new packages that leave the other's best gain as it is.
    """

    pareto: bool
    symmetry: bool
    scale_invariance: bool
    independence: bool
    individual_monotonicity: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A bargaining rule, over single packages and over lotteries, each with its axioms.

    Both functions take gains over no deal (case, 2, package), in USD, ``-inf`` for all parties where a
    package is struck out, and return a ``Choice``; that over packages takes any number of parties.
    """

    name: str
    title: str
    over_packages: Callable[[Array], Choice]
    over_lotteries: Callable[[Array], Choice]
    package_axioms: Axioms
    lottery_axioms: Axioms


def single(package: Indices, is_deal: Mask) -> Choice:
    """Return a choice of one package in each case."""
    chosen = np.where(is_deal, package, NO_DEAL)
    return Choice(first=chosen, second=chosen, share=np.where(is_deal, 1.0, np.nan))


def merge(is_first: Mask, first: Choice, second: Choice) -> Choice:
    """Take the first choice in the cases where the mask holds, the second elsewhere."""
    return Choice(
        first=np.where(is_first, first.first, second.first),
        second=np.where(is_first, first.second, second.second),
        share=np.where(is_first, first.share, second.share),
    )


def zone_of_agreement(gains: Array) -> Mask:
    """Return the packages that leave no party worse off than no deal and one better off (case, package)."""
    no_worse, better = gains[:, 0] >= 0.0, gains[:, 0] > 0.0
    for party in range(1, gains.shape[1]):
        no_worse &= gains[:, party] >= 0.0
        better |= gains[:, party] > 0.0
    return no_worse & better


def shares_of_best(gains: Array) -> Array:
    """Return gains as shares of each party's best in the zone of agreement, 1 for a party that gains from none of it.

    Args:
        gains: over no deal (case, party, package).

    Returns:
        Shares (case, party, package), 0 outside the zone.
    """
    paid = np.where(zone_of_agreement(gains)[:, None, :], gains, 0.0)
    best = paid.max(axis=2, keepdims=True)
    return np.where(best > 0.0, paid / np.where(best > 0.0, best, 1.0), 1.0)


def best_package(gains: Array, score: Array, tie: Callable[[], Array]) -> Choice:
    """Choose the package of the zone of agreement with the highest score, ties by ``tie``, then by order.

    Args:
        gains: over no deal (case, party, package); score: (case, package).
        tie: returns what decides among equal scores (case, package); asked only where there are any.
    """
    zone = zone_of_agreement(gains)
    scored = np.where(zone, score, -np.inf)
    chosen = np.argmax(scored, axis=1)
    highest = np.take_along_axis(scored, chosen[:, None], axis=1)
    is_best = scored == highest
    if np.count_nonzero(is_best) > len(gains):
        chosen = np.argmax(np.where(is_best & zone, tie(), -np.inf), axis=1)
    return single(chosen, np.take_along_axis(zone, chosen[:, None], axis=1)[:, 0])
