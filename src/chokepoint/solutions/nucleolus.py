"""The nucleolus: the coalition with most to complain of complains as little as can be, then the next, and so on."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.solutions.coalitions import SharingAxioms, SharingRule, members, parties_in
from chokepoint.solutions.linear_programme import maximise

if TYPE_CHECKING:
    from chokepoint.solutions.choice import Array
    from chokepoint.solutions.linear_programme import Optimum

ROUNDING = 1e-14  # of the greatest worth


def nucleolus(worth: Array) -> Array:
    """Share so that the excesses ``v(S) - x(S)``, sorted from the greatest down, are least in the order of words.

    Nobody gets less than alone. A sequence of linear programmes: the greatest excess is made as small as can be,
    the coalitions that have it in every solution are settled, and the next greatest follows. Solved in whole
    numbers, for which coalitions bind is a matter of fact.

    Of an estate owed to claimants it is the division of the Talmud.

    Args:
        worth: of every coalition (case, coalition); of a handful of parties, for the coalitions double with each.

    Returns:
        Shares (case, party); not numbers where all together reach less than everybody alone.

    Source: schmeidler1969, maschler_peleg_shapley1979, aumann_maschler1985
    """
    return np.array([_shares(row, is_rational=True) for row in worth]).reshape(len(worth), parties_in(worth))


def prenucleolus(worth: Array) -> Array:
    """Share like the nucleolus, but let a party get less than alone.

    Source: schmeidler1969
    """
    return np.array([_shares(row, is_rational=False) for row in worth]).reshape(len(worth), parties_in(worth))


def _shares(row: Array, *, is_rational: bool) -> list[float]:
    """Return the shares of one game."""
    worth = [Fraction(float(each)) for each in row]
    parties = parties_in(row)
    alone = [worth[1 << party] for party in range(parties)]
    short = sum(alone, Fraction(0)) - worth[-1]
    if is_rational and short > 0:  # by rounding only: each then has what it has alone
        is_rounding = short <= ROUNDING * max(abs(each) for each in worth)
        return [float(each) if is_rounding else float("nan") for each in alone]
    return [float(each) for each in _settle(worth, alone, parties, is_rational=is_rational)]


def _settle(worth: list[Fraction], alone: list[Fraction], parties: int, *, is_rational: bool) -> list[Fraction]:
    """Settle coalitions until what every party gets follows.

    Variables: what each party gets above being alone, what is taken from all alike (only without rationality), and
    the greatest excess in two parts, for it may be below zero.
    """
    belongs = [[int(each) for each in row] for row in members(parties)]
    claim = [
        worth[number] - sum((own for own, is_in in zip(alone, row, strict=True) if is_in), Fraction(0))
        for number, row in enumerate(belongs)
    ]
    lines = [[*row, 0 if is_rational else -sum(row)] for row in belongs]
    everybody = len(worth) - 1
    settled = {everybody: Fraction(0)}
    while True:
        basis = [belongs[number] for number in settled]
        open_to = [number for number in range(1, everybody) if not _follows(basis, belongs[number])]
        found = _least_excess(lines, claim, open_to, settled)
        if not open_to:
            taken = found.point[parties]
            return [own + above - taken for own, above in zip(alone, found.point[:parties], strict=True)]
        settled |= {number: -found.value for number, price in zip(open_to, found.price, strict=False) if price > 0}


def _least_excess(
    lines: list[list[int]], claim: list[Fraction], open_to: list[int], settled: dict[int, Fraction]
) -> Optimum:
    """Make the greatest excess of the open coalitions as small as can be, the settled ones keeping theirs.

    Args:
        lines: what each coalition gets, as coefficients; claim: of each, above what its members have alone.
        open_to: coalitions not settled; settled: excess by coalition.
    """
    rows = [[*(-each for each in lines[number]), -1, 1] for number in open_to]
    limits = [-claim[number] for number in open_to]
    for number, gap in settled.items():
        line = [*lines[number], 0, 0]
        rows += [line, [-each for each in line]]
        limits += [claim[number] - gap, gap - claim[number]]
    aim = [0] * len(lines[0]) + ([-1, 1] if open_to else [0, 0])
    found = maximise(aim, rows, limits)
    if found is None:
        message = "settled excesses contradict each other"
        raise ValueError(message)
    return found


def _follows(basis: list[list[int]], row: list[int]) -> bool:
    """Tell whether what a coalition gets follows from what the settled ones get: 0 and 1 rows, ranks are exact."""
    whole = np.array([*basis, row], dtype=float)
    return bool(np.linalg.matrix_rank(whole) == np.linalg.matrix_rank(whole[:-1]))


NUCLEOLUS = SharingRule(
    name="nucleolus",
    title="nucleolus",
    share=nucleolus,
    axioms=SharingAxioms(
        efficiency=True,
        symmetry=True,
        null_party=True,
        covariance=True,
        additivity=False,
        individual_rationality=True,
        core_selection=True,
        coalitional_monotonicity=False,
    ),
)
