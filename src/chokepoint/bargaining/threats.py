"""Threats are chosen: each side picks what it does if the talks fail, and leverage follows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.bargaining.matrix_game import solve_game

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.bargaining.issues import Issue
    from chokepoint.solutions.choice import Array, Indices, Mask


@dataclass(frozen=True, kw_only=True, slots=True)
class Threats:
    """What each pair of threats brings.

    Args:
        first, second: the threats of the two parties, for people.
        payoff: USD (case, party, first's threat, second's threat), on the scale of the packages' payoffs.
    """

    first: tuple[str, ...]
    second: tuple[str, ...]
    payoff: Array


@dataclass(frozen=True, kw_only=True, slots=True)
class Standoff:
    """The threats both sides choose.

    Args:
        value: ``v``, what the first party is ahead of the second by, USD (case).
        first, second: probability of each threat (case, threat).
        disagreement: expected payoffs, USD (case, party).
        is_pure: whether neither needs to keep the other guessing (case).
        gap: certificate of ``v``, USD (case); rounding where it is solved.
    """

    value: Array
    first: Array
    second: Array
    disagreement: Array
    is_pure: Mask
    gap: Array

    @property
    def leverage(self) -> Array:
        """Bargaining leverage of the first party over the second, ``v / 2`` in USD, signed (case)."""
        return 0.5 * self.value


def choose_threats(payoff: Array) -> Standoff:
    """Choose both sides' threats: ``v = max over own, min over theirs, of (d1 - d2)``, mixed where none is best.

    Antisymmetric: with the parties relabelled, ``v`` changes sign.

    Args:
        payoff: USD (case, party, first's threat, second's threat).

    Source: nash1953, kalai_kalai2013
    """
    found = solve_game(payoff[:, 0] - payoff[:, 1])
    return Standoff(
        value=found.value,
        first=found.row,
        second=found.column,
        disagreement=np.einsum("ci,cpij,cj->cp", found.row, payoff, found.column),
        is_pure=found.is_saddle,
        gap=found.gap,
    )


def leverage_by_month(payoff: Array) -> Array:
    """Return leverage ``v / 2`` as a curve over the months elapsed before the standoff is looked at.

    Args:
        payoff: USD from that month on (case, month, party, first's threat, second's threat).

    Returns:
        USD (case, month).
    """
    cases, months = payoff.shape[:2]
    return choose_threats(payoff.reshape(-1, *payoff.shape[2:])).leverage.reshape(cases, months)


def coco(best_total: Array, value: Array) -> Array:
    """Split the best joint payoff ``V`` with money: ``(V + v) / 2`` and ``(V - v) / 2``.

    Args:
        best_total: ``V``, USD (case); value: ``v``, USD (case).

    Returns:
        USD (case, party).

    Source: kalai_kalai2013
    """
    return 0.5 * np.stack([best_total + value, best_total - value], axis=1)


def unilateral(issues: Sequence[Issue], parties: Sequence[str], packages: Indices, payoff: Array) -> Threats:
    """Read the threats off the packages: each party sets the issues it owns as it likes.

    Args:
        issues: each owned by one of the two parties; parties: both.
        packages: every combination of levels (package, issue), in any order.
        payoff: USD (case, party, package).

    Raises:
        KeyError: a combination of levels is not among the packages.
    """
    sizes = [len(issue.levels) for issue in issues]
    owned = [[at for at, issue in enumerate(issues) if issue.owner == party] for party in parties]
    choices = [list(product(*(range(sizes[at]) for at in mine))) for mine in owned]
    row_of = {tuple(levels): row for row, levels in enumerate(packages.tolist())}

    def row(first: tuple[int, ...], second: tuple[int, ...]) -> int:
        level = dict(zip([*owned[0], *owned[1]], [*first, *second], strict=True))
        return row_of[tuple(level[at] for at in range(len(sizes)))]

    def words(party: int) -> tuple[str, ...]:
        return tuple(
            "; ".join(
                f"{issues[at].title}: {issues[at].levels[level].title}"
                for at, level in zip(owned[party], each, strict=True)
            )
            for each in choices[party]
        )

    rows = np.array([[row(first, second) for second in choices[1]] for first in choices[0]])
    return Threats(first=words(0), second=words(1), payoff=payoff[:, :, rows])
