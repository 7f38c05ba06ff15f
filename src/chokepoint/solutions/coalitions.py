"""Games of coalitions: what every group of parties can reach by itself, and what a way of sharing promises.

A game is an array of worths (case, coalition). The coalitions of ``n`` parties are numbered from 0 to ``2^n - 1``;
party ``i`` belongs to those whose number has the bit ``2^i``. Coalition 0 is empty and worth nothing, the last one is
everybody.
"""

from __future__ import annotations

from collections.abc import Callable  # noqa: TC003  # dataclass field
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.solutions.choice import Array, Mask  # noqa: TC001  # dataclass field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, kw_only=True, slots=True)
class SharingAxioms:
    """What a way of sharing promises on every game; what it does not promise fails somewhere.

    Args:
        efficiency: everything that all can reach is shared out.
        symmetry: parties that add the same to every coalition get the same.
        null_party: a party that adds nothing to any coalition gets nothing.
        covariance: other units, and money in hand beforehand, change nothing but the units and the money.
        additivity: two games shared apart bring the same as shared together.
        individual_rationality: nobody gets less than alone, if all together reach as much as everybody alone.
        core_selection: no coalition can do better by itself, if that is possible at all.
        coalitional_monotonicity: where one coalition's worth rises, none of its members loses.
    """

    efficiency: bool
    symmetry: bool
    null_party: bool
    covariance: bool
    additivity: bool
    individual_rationality: bool
    core_selection: bool
    coalitional_monotonicity: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SharingRule:
    """A way of sharing what all can reach: from worths (case, coalition) to shares (case, party)."""

    name: str
    title: str
    share: Callable[[Array], Array]
    axioms: SharingAxioms


def parties_in(worth: Array) -> int:
    """Return the number of parties of a game (case, coalition)."""
    return worth.shape[-1].bit_length() - 1


def members(parties: int) -> Mask:
    """Tell who belongs to each coalition (coalition, party)."""
    bits = np.arange(2**parties, dtype=np.intp)[:, None] >> np.arange(parties, dtype=np.intp)
    return np.asarray(bits & 1 == 1, dtype=bool)


def coalition_of(group: Iterable[int]) -> int:
    """Return the number of a coalition.

    Example:
        >>> coalition_of([0, 2])
        5
    """
    return sum(1 << party for party in set(group))


def game_of(worth: Mapping[tuple[int, ...], float], parties: int) -> Array:
    """Write a game by the parties of each coalition; those not named are worth nothing (1, coalition).

    Example:
        >>> game_of({(0, 1): 1.0, (0, 2): 1.0, (0, 1, 2): 1.0}, 3).tolist()
        [[0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0]]
    """
    found = np.zeros((1, 2**parties))
    for group, value in worth.items():
        found[0, coalition_of(group)] = value
    return found


def excess(worth: Array, shares: Array) -> Array:
    """Return what each coalition could add by going its own way: ``v(S) - x(S)`` (case, coalition).

    Args:
        worth: (case, coalition); shares: (case, party).
    """
    return worth - shares @ members(shares.shape[1]).T
