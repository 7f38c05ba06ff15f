"""The core: every way of sharing that no coalition can better by itself."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.solutions.coalitions import excess, members, parties_in
from chokepoint.solutions.linear_programme import maximise

if TYPE_CHECKING:
    from chokepoint.solutions.choice import Array, Mask
    from chokepoint.solutions.linear_programme import Optimum

NEGLIGIBLE = 1e-9  # of the greatest worth of a game
THREE = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class StableShares:
    """What the core of each game leaves open.

    Args:
        least, most: of each party in the core (case, party); not numbers where the core is empty.
        missing: what all together would have to reach beside what they do, so that no coalition had to leave (case);
            0 where the core is not empty.
    """

    least: Array
    most: Array
    missing: Array

    @property
    def is_empty(self) -> Mask:
        """Tell the games in which whatever is shared out, some coalition does better by itself (case)."""
        return self.missing > 0.0


def blocking(worth: Array, shares: Array) -> Mask:
    """Tell the coalitions that do better by themselves than what they are offered (case, coalition).

    Args:
        worth: (case, coalition); shares: offered (case, party).

    Source: gillies1959
    """
    scale = np.abs(worth).max(axis=1, keepdims=True)
    return excess(worth, shares) > NEGLIGIBLE * scale


def core(worth: Array) -> StableShares:
    """Find what each party gets at least and at most in the core, ``x(S) >= v(S)`` and ``x(N) = v(N)``.

    The least that meets every coalition's claim is a linear programme (Bondareva, Shapley): the core is empty where
    it exceeds what all reach. Of three parties each gets between what it has alone and what it adds to the other
    two, ``v(i) <= x_i <= v(N) - v(jk)``, and nothing else binds: all cases at once.

    Args:
        worth: of every coalition (case, coalition).

    Source: gillies1959, shapley1967
    """
    shape = (len(worth), parties_in(worth))
    if shape[1] == THREE:
        return _of_three(worth)
    least, most, missing = np.full(shape, np.nan), np.full(shape, np.nan), np.zeros(len(worth))
    for case, row in enumerate(worth):
        exact = [Fraction(float(each)) for each in row]
        claimed = -_pay(exact, [-1] * shape[1], is_whole=False).value + _alone(exact, shape[1])
        if claimed > exact[-1]:
            missing[case] = float(claimed - exact[-1])
            continue
        for party in range(shape[1]):
            aim = [int(each == party) for each in range(shape[1])]
            alone = exact[1 << party]
            most[case, party] = float(alone + _pay(exact, aim, is_whole=True).value)
            least[case, party] = float(alone - _pay(exact, [-each for each in aim], is_whole=True).value)
    return StableShares(least=least, most=most, missing=missing)


def _of_three(worth: Array) -> StableShares:
    """Return the core of games of three parties: a box, cut by what all reach."""
    whole = worth[:, [7]]
    low, pairs = worth[:, [1, 2, 4]], worth[:, [6, 5, 3]]  # of each party, and of the two others
    high = whole - pairs
    claims = [low.sum(axis=1), (low + pairs).max(axis=1), 0.5 * pairs.sum(axis=1)]
    missing = np.maximum(np.maximum.reduce(claims) - whole[:, 0], 0.0)
    is_there = (missing == 0.0)[:, None]
    least = np.maximum(low, whole - high.sum(axis=1, keepdims=True) + high)
    most = np.minimum(high, whole - low.sum(axis=1, keepdims=True) + low)
    return StableShares(least=np.where(is_there, least, np.nan), most=np.where(is_there, most, np.nan), missing=missing)


def _alone(worth: list[Fraction], parties: int) -> Fraction:
    """Return what all get if everybody stays alone."""
    return sum((worth[1 << party] for party in range(parties)), Fraction(0))


def _pay(worth: list[Fraction], aim: list[int], *, is_whole: bool) -> Optimum:
    """Meet every coalition's claim with payments above what its members get alone, best for an aim."""
    parties = len(aim)
    belongs = members(parties)
    rows: list[list[int]] = []
    limits: list[Fraction] = []
    for coalition in range(1, 2**parties):
        own = sum((worth[1 << party] for party in np.flatnonzero(belongs[coalition]).tolist()), Fraction(0))
        rows.append([-int(each) for each in belongs[coalition]])
        limits.append(own - worth[coalition])
    if is_whole:
        rows.append([1] * parties)
        limits.append(-limits[-1])
    found = maximise(aim, rows, limits)
    if found is None:  # only with ``is_whole``, and then the core was found empty before
        message = "the core is empty"
        raise ValueError(message)
    return found
