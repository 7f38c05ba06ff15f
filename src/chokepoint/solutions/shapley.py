"""The Shapley value: what a party adds to those before it, averaged over all orders of joining."""

from __future__ import annotations

from math import factorial
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.solutions.coalitions import SharingAxioms, SharingRule, members, parties_in

if TYPE_CHECKING:
    from chokepoint.solutions.choice import Array


def shapley(worth: Array) -> Array:
    """Share by ``phi_i = sum over S without i of |S|! (n - |S| - 1)! / n! (v(S and i) - v(S))``.

    Args:
        worth: of every coalition (case, coalition).

    Returns:
        Shares (case, party).

    Source: shapley1953

    Example:
        >>> shapley(np.array([[0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0]])).round(4).tolist()
        [[0.6667, 0.1667, 0.1667]]
    """
    parties = parties_in(worth)
    belongs = members(parties)
    size = np.count_nonzero(belongs, axis=1)
    orders = np.array([factorial(each) * factorial(parties - each - 1) for each in range(parties)]) / factorial(parties)
    shares: list[Array] = []
    for party in range(parties):
        without = np.flatnonzero(~belongs[:, party])
        shares.append((worth[:, without + (1 << party)] - worth[:, without]) @ orders[size[without]])
    return np.stack(shares, axis=1)


SHAPLEY = SharingRule(
    name="shapley",
    title="Shapley",
    share=shapley,
    axioms=SharingAxioms(
        efficiency=True,
        symmetry=True,
        null_party=True,
        covariance=True,
        additivity=True,
        individual_rationality=False,
        core_selection=False,
        coalitional_monotonicity=True,
    ),
)
