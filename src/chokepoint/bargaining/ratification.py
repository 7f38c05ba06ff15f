"""The second level of the game: what each principal would ratify."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from chokepoint.solutions.choice import Array, Mask


@dataclass(frozen=True, kw_only=True, slots=True)
class Ratification:
    """What the principals say to every package.

    Args:
        gains: of each party's principal over its own no deal, USD (case, party, package).
    """

    gains: Array

    @property
    def is_yes(self) -> Mask:
        """Whether each principal ratifies (case, party, package)."""
        return self.gains >= 0.0

    @property
    def win_set(self) -> Mask:
        """Whether both ratify (case, package)."""
        return np.logical_and.reduce(self.is_yes, axis=1)

    @property
    def chance(self) -> Array:
        """Share of cases in which each principal ratifies (party, package)."""
        return self.is_yes.mean(axis=0)

    @property
    def chance_of_both(self) -> Array:
        """Share of cases in which both ratify (package)."""
        return self.win_set.mean(axis=0)


def ratify(payoff: Array, no_deal: Array) -> Ratification:
    """Ask the principals: yes where a package leaves them no worse off than their own no deal.

    Args:
        payoff: to each party's principal, USD (case, party, package); no_deal: USD (case, party).

    Source: putnam1988, schelling1960
    """
    return Ratification(gains=payoff - no_deal[:, :, None])


def gains_if_ratified(gains: Array, ratification: Ratification) -> Array:
    """Return what negotiators expect who do not know yet what the principals will say: nothing after a no.

    Args:
        gains: over no deal, USD (case, 2, package).

    Returns:
        Mean over cases, as one case, USD (1, 2, package).
    """
    return np.where(ratification.win_set[:, None, :], gains, 0.0).mean(axis=0, keepdims=True)
