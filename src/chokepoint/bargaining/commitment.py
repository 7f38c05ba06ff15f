"""Promises without a court: what cheating pays once, what trust is worth for good, and what pooling issues changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from chokepoint.solutions.choice import Array, Mask


@dataclass(frozen=True, kw_only=True, slots=True)
class Pooling:
    """How patient both sides must be for a deal to enforce itself.

    Args:
        apart: least discount factor of each issue by itself (case, issue); above 1 where no patience is enough.
        pooled: least discount factor if cheating on one issue ends all of them (case).
        slack: what each side would still lose by cheating on all at once, at the given patience, USD (case, party).
    """

    apart: Array
    pooled: Array
    slack: Array

    @property
    def holds(self) -> Mask:
        """Whether the pooled deal enforces itself at the given patience (case)."""
        return np.logical_and.reduce(self.slack >= 0.0, axis=1)


def least_patience(gain: Array, worth: Array) -> Array:
    """Return the least discount factor at which cheating once does not pay: ``(T - R) / (T - P)``.

    With ``T - R`` gained once and ``R - P`` lost in every period from the next one on, cheating pays unless
    ``T - R <= delta / (1 - delta) (R - P)``. A deal worth nothing per period holds at no patience: infinity, unless
    cheating gains nothing either.

    Args:
        gain: of cheating, once, USD: ``T - R``; worth: of keeping the deal, per period, USD: ``R - P``. Any shape.

    Source: friedman1971

    Example:
        >>> least_patience(np.array([3.0, 1.0]), np.array([1.0, 3.0])).tolist()
        [0.75, 0.25]
    """
    tempted = np.maximum(gain, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = np.where(tempted + worth > 0.0, tempted / (tempted + worth), np.inf)
    return np.where(tempted == 0.0, np.where(worth >= 0.0, 0.0, np.inf), np.where(worth > 0.0, needed, np.inf))


def pool(gain: Array, worth: Array, discount: Array) -> Pooling:
    """Compare issues enforced one by one with issues enforced together.

    Pooled, who cheats at all cheats on everything and loses everything: sums take the place of the single terms. It
    helps where slack on one issue can carry another, and does nothing where all are alike.

    Args:
        gain: of cheating once, USD (case, party, issue); worth: of keeping the deal, per period, USD (case, party,
            issue); discount: worth of a USD one period later (case, party).

    Source: bernheim_whinston1990
    """
    lasting = (discount / (1.0 - discount)) * worth.sum(axis=2)
    return Pooling(
        apart=least_patience(gain, worth).max(axis=1),
        pooled=least_patience(gain.sum(axis=2), worth.sum(axis=2)).max(axis=1),
        slack=lasting - gain.sum(axis=2),
    )
