"""The answer from home: what firms on either side gain or lose by a package, and who would object."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.talks.judgement import LEADING_RULE, sides_of, standoff_of, weight_figure
from chokepoint.answer.talks.payoffs import points_on, solved_cases
from chokepoint.bargaining import most_by_tying, promise, unilateral, with_tied_hands
from chokepoint.solutions import RULES
from chokepoint.uncertainty import latin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.answer.talks.judgement import Judgement
    from chokepoint.answer.talks.levels import Array, Grid
    from chokepoint.records.talks import TalksRecord

HALF = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Home:
    """Who is heard at home, and what they say; gains over no deal, USD a year.

    Args:
        gain: of every actor (case, actor, package); bears: loss it bears without objecting (case, actor).
        turnover: what it spends on, or earns from, the goods of the talks in the base year, USD (actor,).
        chance_of_side: share of cases in which a principal and all actors of its side say yes (party, package).
        chance_of_most: the same where actors with half of a side's turnover are enough (party, package).
        chance_of_all: share in which everybody on both sides says yes (package,).
    """

    gain: Array
    bears: Array
    turnover: Array
    chance_of_side: Array
    chance_of_most: Array
    chance_of_all: Array

    @property
    def chance(self) -> Array:
        """Share of cases in which each actor says yes (actor, package)."""
        return (self.gain >= -self.bears[:, :, None]).mean(axis=0)

    def nearest(self, actor: int, package: int) -> float:
        """Return what an actor would have to be paid for its yes in half the cases, USD a year; 0 where it says yes."""
        short = -(self.gain[:, actor, package] + self.bears[:, actor])
        return max(0.0, float(np.median(short)))


@dataclass(frozen=True, kw_only=True, slots=True)
class TiedHands:
    """What tying its hands is worth to a party, central case, USD a year.

    Args:
        least: the gain it would bind itself to, the most at which the other still signs; minus infinity if none.
        adds: what that is above what it gets anyway; package: the deal then, -1 for none.
        both: what is signed if both bind themselves so, -1 for nothing.
    """

    least: float
    adds: float
    package: int
    both: int


def tolerances(talks: TalksRecord, cases: int) -> Array:
    """Draw for every actor the share of its turnover that it bears (case, actor), case 0 central."""
    if talks.tolerance is None:
        return np.zeros((cases, len(talks.actors)))
    figure = weight_figure(talks.tolerance, int(talks.start[:4]))
    drawn = latin({f"tolerance.{actor.name}": figure for actor in talks.actors}, cases - 1, talks.seed)
    return np.column_stack([drawn[f"tolerance.{actor.name}"] for actor in talks.actors])


def home_of(talks: TalksRecord, judgement: Judgement, grids: Sequence[Grid], turnover: Array) -> Home | None:
    """Ask everybody at home about every package; None where the talks name nobody.

    Args:
        talks: who is heard; judgement: the view; grids: its chains; turnover: of every actor, USD (actor,).
    """
    if not talks.actors:
        return None
    payoffs, stand = judgement.payoffs, standoff_of(judgement.problem)
    solved = solved_cases(grids)
    simulated = sum(grid.actor_gain[solved][..., points_on(talks, grid, payoffs.combinations)] for grid in grids)
    gain = np.asarray(simulated)[payoffs.case]
    threats = unilateral(payoffs.issues, sides_of(talks), payoffs.combinations, gain).payoff
    without = np.einsum("ci,caij,cj->ca", stand.first, threats, stand.second)
    gain = gain[:, :, judgement.packages] - without[:, :, None]
    bears = tolerances(talks, len(gain)) * turnover
    says = gain >= -bears[:, :, None]
    yes = judgement.ratification.is_yes
    sides = [np.array([actor.party == side for actor in talks.actors]) for side in sides_of(talks)]
    every = np.stack([yes[:, place] & says[:, mine].all(axis=1) for place, mine in enumerate(sides)], axis=1)
    most = np.stack([yes[:, p] & weighty(says[:, mine], turnover[mine]) for p, mine in enumerate(sides)], axis=1)
    return Home(
        gain=gain,
        bears=bears,
        turnover=turnover,
        chance_of_side=every.mean(axis=0),
        chance_of_most=most.mean(axis=0),
        chance_of_all=every.all(axis=1).mean(axis=0),
    )


def weighty(says: np.ndarray, turnover: Array) -> np.ndarray:
    """Say whether actors with at least half of the turnover say yes (case, package)."""
    if not turnover.size:
        return np.ones((says.shape[0], says.shape[2]), dtype=bool)
    return np.einsum("cap,a->cp", says, turnover) >= HALF * turnover.sum()


def most_promising(judgement: Judgement, chance: Array) -> int:
    """Return the package with the greatest product of expected gains, -1 where none promises both sides anything.

    Args:
        judgement: the view; chance: that everybody says yes (package,).
    """
    worth = promise(judgement.problem.gains.mean(axis=0), chance)
    return int(worth.argmax()) if worth.max() > 0.0 else -1


def tied_hands(judgement: Judgement) -> tuple[TiedHands, TiedHands]:
    """Tie the hands of each party as far as the other still signs, and of both, in the central case."""
    gains = judgement.problem.gains[:1]
    least, package = most_by_tying(gains)
    anyway = judgement.agreements[LEADING_RULE].gains[0]
    both = int(with_tied_hands(gains, least, RULES[LEADING_RULE]).first[0])
    found: list[TiedHands] = []
    for party in range(2):
        signs = bool(np.isfinite(least[0, party])) and least[0, party] >= 0.0
        gets = float(anyway[party]) if np.isfinite(anyway[party]) else 0.0
        found.append(
            TiedHands(
                least=float(least[0, party]),
                adds=float(least[0, party]) - gets if signs else 0.0,
                package=int(package[0, party]) if signs else -1,
                both=both,
            )
        )
    return found[0], found[1]
