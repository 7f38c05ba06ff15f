"""Nash's rule with threats that are chosen, where money can change hands: the coco value of a game of two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.bargaining.threats import choose_threats, coco

if TYPE_CHECKING:
    from chokepoint.solutions.choice import Array


@dataclass(frozen=True, kw_only=True, slots=True)
class ThreatAxioms:
    """What a way of settling a game of two promises, with payments.

    Args:
        efficiency: the parties share the best joint payoff.
        symmetry: with the parties relabelled, so are their shares.
        shift_invariance: money in hand beforehand is kept and changes nothing.
        redundancy: a threat that is a mixture of others changes nothing.
        monotonicity_in_actions: more threats never hurt the party that has them.
        payoff_dominance: who has more than the other whatever both do also gets more.
        scale_invariance: the unit in which one party counts changes nothing.
    """

    efficiency: bool
    symmetry: bool
    shift_invariance: bool
    redundancy: bool
    monotonicity_in_actions: bool
    payoff_dominance: bool
    scale_invariance: bool


AXIOMS = ThreatAxioms(
    efficiency=True,
    symmetry=True,
    shift_invariance=True,
    redundancy=True,
    monotonicity_in_actions=True,
    payoff_dominance=True,
    scale_invariance=False,
)


def variable_threats(payoff: Array) -> Array:
    """Settle games of two: share the best joint payoff ``V`` as ``(V + v) / 2`` and ``(V - v) / 2``.

    ``v`` is the value of the game in which each side wants to be ahead: what the chosen threats bring.

    Args:
        payoff: USD (case, party, first's action, second's action).

    Returns:
        What each party ends with, payments included, USD (case, party).

    Source: nash1953, kalai_kalai2013
    """
    return coco(payoff.sum(axis=1).max(axis=(1, 2)), choose_threats(payoff).value)
