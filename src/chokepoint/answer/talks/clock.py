"""Time at the table: who gains by waiting, whose store runs out first, and deals that fall due at dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.talks.judgement import choose, posed, sides_of, standoff_of
from chokepoint.answer.talks.levels import months_of
from chokepoint.answer.talks.paths import spans, weights
from chokepoint.answer.talks.payoffs import points_on, solved_cases
from chokepoint.bargaining import Played, follow, solve_backwards, unilateral
from chokepoint.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.answer.talks.judgement import Judgement
    from chokepoint.answer.talks.levels import Array, Grid
    from chokepoint.answer.talks.paths import Paths
    from chokepoint.answer.talks.payoffs import Payoffs
    from chokepoint.records.talks import TalksRecord

CASES = 250


@dataclass(frozen=True, kw_only=True, slots=True)
class RunsOut:
    """When a party's store of a good falls below a tenth while both carry out their threats.

    Args:
        party, good: codes; months: from 1, infinite where it lasts (simulated case,).
    """

    party: str
    good: str
    months: Array

    @property
    def middle(self) -> float | None:
        """The median; None where it lasts in half the cases."""
        value = float(np.median(self.months))
        return value if np.isfinite(value) else None


@dataclass(frozen=True, kw_only=True, slots=True)
class At:
    """The game at one date, in drawn values, along one way to it (case,).

    Args:
        month: ``YYYY-MM``; chosen: package agreed on there, -1 for no deal.
        leverage: ``v / 2`` of the first party there, USD a year over the whole horizon.
    """

    month: str
    chosen: np.ndarray
    leverage: Array


@dataclass(frozen=True, kw_only=True, slots=True)
class Dated:
    """Deals that fall due, solved from the last date back; market central, security values drawn.

    Args:
        chosen, undated: package agreed on at the start, with the dates and without any (case,), -1 for no deal.
        value, undated_value: what each party gets in all, USD a year (case, party).
        after_deal, after_standoff: the start and every date, if the first talks end in a deal, or in threats.
    """

    chosen: np.ndarray
    undated: np.ndarray
    value: Array
    undated_value: Array
    after_deal: tuple[At, ...]
    after_standoff: tuple[At, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """What time does: stores that run out, and deals that fall due (None without dates, or if unsolved)."""

    runs_out: tuple[RunsOut, ...]
    dated: Dated | None


def clock_of(talks: TalksRecord, judgement: Judgement, grids: Sequence[Grid], paths: Sequence[Paths]) -> Clock:
    """Weigh time in one view."""
    is_solved = bool(paths) and all(np.isfinite(each.payoff).all() for each in paths)
    return Clock(
        runs_out=runs_out(talks, judgement, grids), dated=dated(talks, judgement, paths) if is_solved else None
    )


def threats_chosen(talks: TalksRecord, payoffs: Payoffs) -> np.ndarray:
    """Return which combination each pair of threats is (first's threat, second's threat)."""
    numbers = np.arange(len(payoffs.combinations), dtype=float)[None, None, :]
    return unilateral(payoffs.issues, sides_of(talks), payoffs.combinations, numbers).payoff[0, 0].astype(int)


def runs_out(talks: TalksRecord, judgement: Judgement, grids: Sequence[Grid]) -> tuple[RunsOut, ...]:
    """Return when stores of each side run out under the threats of the central case, soonest first."""
    payoffs, stand = judgement.payoffs, standoff_of(judgement.problem)
    rows = threats_chosen(talks, payoffs)
    worst = int(rows[int(stand.first[0].argmax()), int(stand.second[0].argmax())])
    solved = solved_cases(grids)
    found: list[RunsOut] = []
    for grid in grids:
        point = int(points_on(talks, grid, payoffs.combinations)[worst])
        months = grid.empty_after[solved][..., point]
        for place, party in enumerate(sides_of(talks)):
            found += [
                RunsOut(party=party, good=good, months=months[:, place, number])
                for number, good in enumerate(grid.goods)
                if not np.isnan(months[:, place, number]).any()
            ]
    return tuple(sorted(found, key=lambda each: (float(np.median(each.months)), each.party, each.good)))


def dated(talks: TalksRecord, judgement: Judgement, paths: Sequence[Paths]) -> Dated:
    """Solve the dates backwards, and the same values without dates beside them."""
    payoffs = judgement.payoffs
    rows = threats_chosen(talks, payoffs)
    security = payoffs.security[:CASES]

    def play(payoff: Array) -> Played:
        problem = posed(talks, payoffs, payoff)
        stand, choice = standoff_of(problem), choose(problem)
        is_deal = choice >= 0
        package = np.where(is_deal, judgement.packages[choice], -1)
        agreed = payoff[np.arange(len(payoff)), :, package]
        return Played(
            chosen=package,
            threatened=rows[stand.first.argmax(axis=1), stand.second.argmax(axis=1)],
            value=np.where(is_deal[:, None], agreed, stand.disagreement),
            leverage=stand.leverage,
        )

    stretches = [
        market + secured for market, secured in zip(flows(talks, payoffs, paths), shares(talks, security), strict=True)
    ]
    games = solve_backwards(stretches, play)
    once = play(payoffs.market[:1] + security)
    states = len(payoffs.combinations)
    place = np.full(states + 1, -1)
    place[judgement.packages] = np.arange(judgement.packages.size)
    names = [str(months_of(talks)[0][months_of(talks)[1]]), *(each.month for each in talks.renegotiate)]
    ways = [
        tuple(
            At(month=month, chosen=place[game.chosen[at]], leverage=game.leverage[at])
            for month, game, (at, _) in zip(names, games, follow(games, states, agree_first=agree), strict=True)
        )
        for agree in (True, False)
    ]
    return Dated(
        chosen=place[games[0].chosen],
        undated=place[once.chosen],
        value=games[0].value,
        undated_value=once.value,
        after_deal=ways[0],
        after_standoff=ways[1],
    )


def flows(talks: TalksRecord, payoffs: Payoffs, paths: Sequence[Paths]) -> list[Array]:
    """Return what the market pays in every stretch (1, held, party, combination), USD a year; at the start one held."""
    first, end = spans(talks)[0]
    rate = payoffs.by_month[0, first:end] / MONTHS_PER_YEAR
    found = [np.einsum("mpx,m->px", rate, weights(talks, payoffs.discount)[first:end])[None, None]]
    for fixed in talks.renegotiate:
        mine = [each for each in paths if each.month == fixed.month]
        parts: list[Array] = []
        for each in mine:
            point = points_on(talks, each, payoffs.combinations)
            parts.append(each.payoff[point][:, point])
        found.append(np.sum(parts, axis=0).swapaxes(1, 2)[None])
    return found


def shares(talks: TalksRecord, security: Array) -> list[Array]:
    """Return what keeping measures is worth in every stretch, by its months (case, 1, party, combination)."""
    return [security[:, None] * ((end - first) / talks.months) for first, end in spans(talks)]
