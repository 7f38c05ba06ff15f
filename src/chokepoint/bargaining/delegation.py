"""Negotiators who must bring a yes home: the deal that promises most, and what tying one's hands is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from chokepoint.solutions.choice import Array, Choice, Rule


def promise(gains: Array, chance: Array) -> Array:
    """Return the product of expected gains ``[g1 F] [g2 F]``, with ``F`` the chance that everybody asked says yes.

    Args:
        gains: over no deal, USD (party, package); chance: 0 to 1 (package).

    Returns:
        USD^2 (package); 0 where a party gains nothing.

    Source: iida1993

    Example:
        >>> share = np.linspace(0.0, 1.0, 11)
        >>> yes = np.clip((share - 0.4) / 0.4, 0.0, 1.0)
        >>> float(share[promise(np.stack([share, 1.0 - share]), yes).argmax()])
        0.8
    """
    expected = np.maximum(gains, 0.0) * chance
    return np.asarray(expected[0] * expected[1])


def with_tied_hands(gains: Array, least: Array, rule: Rule) -> Choice:
    """Choose where parties are bound to take no less than they announced.

    A party whose hands are tied gains as long as the other would rather sign than not; tied too far, or both tied,
    they sign nothing.

    Args:
        gains: over no deal, USD (case, 2, package); least: that each is bound to, USD (case, party).
        rule: one of ``RULES``.

    Source: schelling1960
    """
    is_kept = np.logical_and.reduce(gains >= least[:, :, None], axis=1)
    return rule.over_packages(np.where(is_kept[:, None, :], gains, -np.inf))


def most_by_tying(gains: Array) -> tuple[Array, Array]:
    """Return the most that each party could bind itself to and still find the other at the table.

    Args:
        gains: over no deal, USD (case, 2, package).

    Returns:
        USD (case, party), minus infinity where the other signs nothing; and the package (case, party).
    """
    other = gains[:, ::-1]
    own = np.where(other >= 0.0, gains, -np.inf)
    return own.max(axis=2), own.argmax(axis=2)
