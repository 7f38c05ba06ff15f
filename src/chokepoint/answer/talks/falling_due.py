"""Deals that fall due: licences for months, suspensions for a year, solved from the last date back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.talks.judgement import choose, sides_of, standoff_of
from chokepoint.answer.talks.levels import months_of
from chokepoint.answer.talks.paths import spans, weights
from chokepoint.answer.talks.payoffs import points_on
from chokepoint.bargaining import Played, Threats, follow, pose, solve_backwards, unilateral
from chokepoint.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.answer.talks.judgement import Judgement
    from chokepoint.answer.talks.levels import Array
    from chokepoint.answer.talks.paths import Paths
    from chokepoint.answer.talks.payoffs import Payoffs
    from chokepoint.records.talks import TalksRecord

CASES = 250


@dataclass(frozen=True, kw_only=True, slots=True)
class At:
    """The game at one date, in drawn values, along one way to it (case,).

    Args:
        month: ``YYYY-MM``; due: issues that fall due; chosen: package agreed on there, -1 for no deal.
        leverage: ``v / 2`` of the first party there, USD per year of what is left.
        lost_by_waiting: what each party gets there over what it gets if talks fail until the next date, USD per year of
            the whole horizon (case, party).
    """

    month: str
    due: tuple[str, ...]
    chosen: np.ndarray
    leverage: Array
    lost_by_waiting: Array


@dataclass(frozen=True, kw_only=True, slots=True)
class Dated:
    """Deals that fall due, solved from the last date back; market central, security values drawn.

    Args:
        chosen, undated: package agreed on at the start, with the dates and without any (case,), -1 for no deal.
        value, undated_value: what each party gets in all, USD a year (case, party).
        after_deal: the start and every date, deals being made wherever there is one.
        after_standoff: the same if the first talks fail; waiting: if talks fail at every date.
    """

    chosen: np.ndarray
    undated: np.ndarray
    value: Array
    undated_value: Array
    after_deal: tuple[At, ...]
    after_standoff: tuple[At, ...]
    waiting: tuple[At, ...]


def threats_chosen(talks: TalksRecord, payoffs: Payoffs) -> np.ndarray:
    """Return which combination each pair of threats is (first's threat, second's threat)."""
    numbers = np.arange(len(payoffs.combinations), dtype=float)[None, None, :]
    return unilateral(payoffs.issues, sides_of(talks), payoffs.combinations, numbers).payoff[0, 0].astype(int)


def is_promise(talks: TalksRecord, payoffs: Payoffs) -> np.ndarray:
    """Say of every combination which issues stand on a release, neither as without a deal nor on a threat."""
    softer = [
        np.array([level.name != issue.without_a_deal and not level.is_threat for level in issue.levels])
        for issue in talks.issues
    ]
    return np.column_stack([each[payoffs.combinations[:, column]] for column, each in enumerate(softer)])


def threats_left(talks: TalksRecord, payoffs: Payoffs, due: Sequence[str]) -> np.ndarray:
    """Return which combination each pair of threats leads to at a date (held, first's threat, second's threat).

    Whoever released something for longer than to this date keeps to it: only issues that fall due, and those on which
    nothing was released, can be set to a threat.

    Args:
        talks: who could release what; payoffs: every combination; due: the issues that fall due.
    """
    combinations = payoffs.combinations
    lasts = np.array([issue.name not in due for issue in talks.issues])
    kept = is_promise(talks, payoffs) & lasts
    threats = combinations[threats_chosen(talks, payoffs)]
    levels = np.where(kept[:, None, None], combinations[:, None, None], threats[None])
    sizes = [len(issue.levels) for issue in talks.issues]
    place = np.empty(len(combinations), dtype=int)
    place[np.ravel_multi_index(tuple(combinations.T), sizes)] = np.arange(len(combinations))
    return place[np.ravel_multi_index(tuple(np.moveaxis(levels, -1, 0)), sizes)]


def play(talks: TalksRecord, judgement: Judgement, rows: np.ndarray, payoff: Array) -> Played:
    """Solve the games at one date by the leading rule.

    Args:
        talks, judgement: the table.
        rows: combination each pair of threats leads to (held, first's threat, second's threat).
        payoff: USD (case and held, party, combination), held fastest.
    """
    payoffs = judgement.payoffs
    games = np.arange(len(payoff))
    mine = rows[games % len(rows)]
    problem = pose(
        parties=sides_of(talks),
        issues=payoffs.issues,
        payoff=payoff[:, :, payoffs.is_offered],
        packages=payoffs.combinations[payoffs.is_offered],
        no_deal=Threats(
            first=("",) * rows.shape[1],
            second=("",) * rows.shape[2],
            payoff=np.stack([payoff[games[:, None, None], party, mine] for party in range(2)], axis=1),
        ),
    )
    stand, choice = standoff_of(problem), choose(problem)
    is_deal = choice >= 0
    package = np.where(is_deal, judgement.packages[choice], -1)
    agreed = payoff[games, :, package]
    return Played(
        chosen=package,
        threatened=mine[games, stand.first.argmax(axis=1), stand.second.argmax(axis=1)],
        value=np.where(is_deal[:, None], agreed, stand.disagreement),
        leverage=stand.leverage,
        waited=stand.disagreement,
    )


def dated(talks: TalksRecord, judgement: Judgement, paths: Sequence[Paths]) -> Dated:
    """Solve the dates backwards, and the same values without dates beside them."""
    payoffs = judgement.payoffs
    security = payoffs.security[:CASES]
    every = tuple(issue.name for issue in talks.issues)
    due = [every, *(fixed.issues or every for fixed in talks.renegotiate)]
    rows = [threats_chosen(talks, payoffs)[None], *(threats_left(talks, payoffs, each) for each in due[1:])]
    market = flows(talks, payoffs, paths)
    secured = shares(talks, security)
    stretches = [each + worth for each, worth in zip(market, secured, strict=True)]
    games = solve_backwards(stretches, [partial(play, talks, judgement, each) for each in rows])
    once = play(talks, judgement, rows[0], (market[0][0, 0] + kept_on(talks, payoffs, paths))[None] + security)
    place = np.full(len(payoffs.combinations) + 1, -1)
    place[judgement.packages] = np.arange(judgement.packages.size)
    agreed, failed, waiting = (
        ways(talks, place, due, games, follow(games, len(payoffs.combinations), fails_at=fails))
        for fails in ((), (0,), range(len(games)))
    )
    return Dated(
        chosen=place[games[0].chosen],
        undated=place[once.chosen],
        value=games[0].value,
        undated_value=once.value,
        after_deal=agreed,
        after_standoff=failed,
        waiting=waiting,
    )


def ways(
    talks: TalksRecord,
    place: np.ndarray,
    due: Sequence[tuple[str, ...]],
    games: Sequence[Played],
    way: Sequence[tuple[np.ndarray, np.ndarray]],
) -> tuple[At, ...]:
    """Return the games along one way through the dates; ``place``: position of a combination among the packages."""
    months, leading = months_of(talks, talks.horizon)
    return tuple(
        At(
            month=str(months[leading + first]),
            due=issues,
            chosen=place[game.chosen[at]],
            leverage=game.leverage[at] * talks.horizon / (talks.horizon - first),
            lost_by_waiting=(game.value - game.waited)[at],
        )
        for (first, _), issues, game, (at, _) in zip(spans(talks), due, games, way, strict=True)
    )


def flows(talks: TalksRecord, payoffs: Payoffs, paths: Sequence[Paths]) -> list[Array]:
    """Return what the market pays in every stretch (1, held, party, combination), USD a year; at the start one held."""
    first, end = spans(talks)[0]
    rate = payoffs.by_month[0, first:end] / MONTHS_PER_YEAR
    found = [np.einsum("mpx,m->px", rate, weights(talks, payoffs.discount)[first:end])[None, None]]
    for fixed in talks.renegotiate:
        parts: list[Array] = []
        for each in paths:
            if each.month == fixed.month:
                point = points_on(talks, each, payoffs.combinations)
                parts.append(each.payoff[point][:, point])
        found.append(np.sum(parts, axis=0).swapaxes(1, 2)[None])
    return found


def kept_on(talks: TalksRecord, payoffs: Payoffs, paths: Sequence[Paths]) -> Array:
    """Return what the market pays from the first date on where nothing is set anew (party, combination), USD a year."""
    return np.sum([each.kept[points_on(talks, each, payoffs.combinations)].T for each in paths], axis=0)


def shares(talks: TalksRecord, security: Array) -> list[Array]:
    """Return what keeping measures is worth in every stretch, by its months (case, 1, party, combination)."""
    return [security[:, None] * ((end - first) / talks.horizon) for first, end in spans(talks)]
