"""Deals that fall due: the value of a game played again at dates, solved from the last one back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from chokepoint.solutions.choice import Array, Indices

NO_DEAL = -1


@dataclass(frozen=True, kw_only=True, slots=True)
class Played:
    """A game played once, or at one date after everything that may have been held before.

    Args:
        chosen: the combination agreed on (case,), -1 for no deal; threatened: the one most likely without a deal.
        value: what each party gets from then on, USD (case, party); leverage: ``v / 2`` then, USD (case,).
        waited: what each gets if no deal is made there, USD (case, party).
    """

    chosen: Indices
    threatened: Indices
    value: Array
    leverage: Array
    waited: Array


def solve_backwards(stretches: Sequence[Array], plays: Sequence[Callable[[Array], Played]]) -> tuple[Played, ...]:
    """Solve a game that is played again at every date, from the last date back.

    What a combination is worth at a date is what it pays until the next one, plus the value of the game then, whose
    disagreement point follows from the state the combination has led to:

        u_k(x | held) = flow_k(held, x) + value_{k+1}(x)

    The same holds for threats, so that no deal now means another try at the next date.

    Args:
        stretches: USD from each date until the next (case, held, party, combination), the first with one state held.
        plays: for every date, solves games (case, party, combination), all cases at once.

    Returns:
        One game per date, the first first; cases of the later ones run over (case, held), held fastest.

    Source: binmore_rubinstein_wolinsky1986
    """
    played: list[Played] = []
    ahead: Array | None = None
    for flow, play in zip(reversed(stretches), reversed(plays), strict=True):
        cases, held, parties, combinations = flow.shape
        payoff = flow if ahead is None else flow + ahead[:, None]
        found = play(payoff.reshape(-1, parties, combinations))
        played.append(found)
        ahead = found.value.reshape(cases, held, parties).swapaxes(1, 2)
    return tuple(reversed(played))


def follow(games: Sequence[Played], states: int, *, fails_at: Collection[int] = ()) -> list[tuple[Indices, Indices]]:
    """Follow a path through the dates: which game of each is played, and what is held after it.

    Args:
        games: from :func:`solve_backwards`; states: how many combinations may be held.
        fails_at: dates, counted from 0, at which talks end in what both threaten; elsewhere in a deal if there is one.

    Returns:
        For every date the position of the game (case,) and the combination held after it (case,).
    """
    at: Indices = np.arange(games[0].chosen.size)
    case = at
    found: list[tuple[Indices, Indices]] = []
    for number, game in enumerate(games):
        is_deal = game.chosen[at] != NO_DEAL
        if number in fails_at:
            is_deal = np.zeros_like(is_deal)
        held = np.where(is_deal, game.chosen[at], game.threatened[at])
        found.append((at, held))
        at = case * states + held
    return found
