"""Forecasts of past episodes scored beside a blind guess: what the other episodes brought.

Everything is taken on the logarithm to base 2 of a ratio, so that 1 is a factor of 2 and rises and falls count alike.
For a target of episode ``e`` the blind guess knows what became of all *other* episodes and nothing else: its interval
are the 10 % and 90 % quantiles of their outcomes of the same family (prices, or volumes), its point their median. A
model that does no better has shown nothing. The forecast's interval is the one stated, which knows by how much
forecasts of the other episodes missed (:mod:`chokepoint.backtest.misses`); that of the assumptions alone is scored
beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.backtest.fans import FLOOR_SHARE, marks
from chokepoint.backtest.misses import Miss, missed, stated, widening
from chokepoint.backtest.totals import Total, totals
from chokepoint.uncertainty import interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from chokepoint.backtest.episodes import Played
    from chokepoint.records.episode import EpisodeRecord
    from chokepoint.records.episode_schema import Call

FAMILY: Mapping[str, str] = {
    "outside_price": "price",
    "paid_price": "price",
    "inside_price": "price",
    "exports": "volume",
    "imports": "volume",
}
LEAST_OTHERS = 3
"""A blind interval needs at least so many outcomes of other episodes."""
LOG2 = {"unit": "log2"}
RATIO = {"unit": "ratio"}


@dataclass(frozen=True, kw_only=True, slots=True)
class TargetScore:
    """One reading forecast, what came, and how far a blind guess was off."""

    episode: str
    target: str
    family: str = field(metadata={"note": "price or volume: blind guesses know the family"})
    low: float = field(metadata=RATIO | {"note": "lower end of the 80 % interval stated: of the assumptions, widened"})
    median: float = field(metadata=RATIO)
    high: float = field(metadata=RATIO | {"note": "upper end of the 80 % interval stated"})
    assumed_low: float = field(metadata=RATIO | {"note": "one solved draw in ten is below"})
    assumed_high: float = field(metadata=RATIO | {"note": "one solved draw in ten is above"})
    actual: float = field(metadata=RATIO)
    error_log2: float = field(metadata=LOG2 | {"note": "|log2(median / actual)|"})
    interval_score_log2: float = field(metadata=LOG2 | {"note": "weighted interval score, 80 % interval stated"})
    inside: bool = field(metadata={"note": "whether the 80 % interval stated held the outcome"})
    width_log2: float = field(metadata=LOG2)
    assumed_interval_score_log2: float = field(metadata=LOG2 | {"note": "of the interval of the assumptions alone"})
    missed_log2: float = field(metadata=LOG2 | {"note": "distance to the interval of the assumptions, below 0 inside"})
    blind_error_log2: float = field(metadata=LOG2 | {"note": "of the median of the other episodes' outcomes"})
    blind_interval_score_log2: float = field(metadata=LOG2)
    blind_width_log2: float = field(metadata=LOG2)
    is_later_vintage: bool = field(metadata={"note": "rests on figures younger than the episode"})


@dataclass(frozen=True, kw_only=True, slots=True)
class CallScore:
    """A statement that came true, and whether the model would have said so."""

    episode: str
    says: str
    is_right: bool = field(metadata={"note": "the median says what came"})
    share_of_draws: float = field(metadata={"unit": "share", "note": "solved draws that say so"})
    is_later_vintage: bool = field(metadata={"note": "rests on figures younger than the episode"})


Fan = tuple[float, float, float]
"""Low end, middle and high end of an interval, log2."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scorecard:
    """Everything that came of scoring some episodes.

    Args:
        targets, calls: one by one; those still to be seen are left out.
        totals: over all of them; without_later: over those that rest on no figure younger than their episode.
    """

    targets: tuple[TargetScore, ...]
    calls: tuple[CallScore, ...]
    totals: tuple[Total, ...]
    without_later: tuple[Total, ...]


def score(
    played: Sequence[Played], known: Sequence[EpisodeRecord] = (), *, misses: Sequence[Miss] = (), seed: int = 0
) -> Scorecard:
    """Score episodes against their outcomes, each beside what the others would have suggested.

    Args:
        played: the episodes; known: further ones whose outcomes a blind guess knows too.
        misses: of past forecasts, from which the stated intervals come; seed: of the resampling.

    Returns:
        Targets whose family has too few outcomes in other episodes for a blind guess are left out, as is a reading no
        draw brought.
    """
    records = {record.name: record for record in (*known, *(each.record for each in played))}
    outcomes = [
        (name, FAMILY[record.readings[target.reading].of], float(np.log2(target.actual)))
        for name, record in records.items()
        for target in record.targets
        if target.actual is not None
    ]
    targets = tuple(row for each in played for row in target_scores(each, outcomes, misses))
    calls = tuple(row for each in played for row in call_scores(each))
    in_hand = [row for row in targets if not row.is_later_vintage], [row for row in calls if not row.is_later_vintage]
    return Scorecard(
        targets=targets,
        calls=calls,
        totals=tuple(totals(targets, calls, seed)),
        without_later=tuple(totals(*in_hand, seed)),
    )


def target_scores(
    played: Played, outcomes: Sequence[tuple[str, str, float]], misses: Sequence[Miss] = ()
) -> Iterator[TargetScore]:
    """Score the targets of an episode; ``outcomes`` are episode, family and log2 ratio of all targets."""
    wider = widening(misses, played.record.name)
    for target in played.record.targets:
        family = FAMILY[played.record.readings[target.reading].of]
        others = [value for name, kind, value in outcomes if kind == family and name != played.record.name]
        drawn = played.reported[target.reading]
        drawn = drawn[np.isfinite(drawn)]
        if target.actual is not None and len(others) >= LEAST_OTHERS and drawn.size:
            fan = _fan(np.log2(np.maximum(drawn, FLOOR_SHARE)))
            yield _scored(played, target.reading, target.actual, fan, _fan(np.array(others)), wider)


def _scored(played: Played, reading: str, came: float, fan: Fan, blind: Fan, wider: float) -> TargetScore:
    actual = float(np.log2(came))
    low, middle, high = fan
    out = stated(fan, wider)
    mine, guess = _marks((out[0], middle, out[1]), actual), _marks(blind, actual)
    return TargetScore(
        episode=played.record.name,
        target=reading,
        family=FAMILY[played.record.readings[reading].of],
        low=2.0 ** out[0],
        median=2.0**middle,
        high=2.0 ** out[1],
        assumed_low=2.0**low,
        assumed_high=2.0**high,
        actual=came,
        error_log2=mine[0],
        interval_score_log2=mine[1],
        inside=mine[2] > 0.0,
        width_log2=mine[3],
        assumed_interval_score_log2=_marks(fan, actual)[1],
        missed_log2=missed(low, high, actual),
        blind_error_log2=guess[0],
        blind_interval_score_log2=guess[1],
        blind_width_log2=guess[3],
        is_later_vintage=bool(played.later),
    )


def _fan(values: np.ndarray) -> Fan:
    low, middle, high = interval(values)
    return float(low), float(middle), float(high)


def _marks(fan: Fan, actual: float) -> list[float]:
    """Return error, weighted interval score, whether it was inside, and width of one interval."""
    low, middle, high = (np.array([each]) for each in fan)
    return [float(each[0]) for each in marks(low, middle, high, np.array([actual]))]


def call_scores(played: Played) -> Iterator[CallScore]:
    """Hold every call of an episode against its draws."""
    for call in played.record.calls:
        if call.is_open:
            continue
        says_so, share = verdict(played, call)
        yield CallScore(
            episode=played.record.name,
            says=call.says,
            is_right=says_so == (call.came is not False),
            share_of_draws=share,
            is_later_vintage=bool(played.later),
        )


def verdict(played: Played, call: Call) -> tuple[bool, float]:
    """Return whether the median says what a call says, and which share of the draws does.

    A reading no draw brought (a month that never came) makes the statement false, not true.
    """
    left, right, sign = sides(played, call)
    with np.errstate(invalid="ignore"):
        is_so = sign * (right - left) > 0.0
    middle = sign * (np.nanmedian(right) - np.nanmedian(left)) > 0.0 if np.isfinite(left).any() else False
    return bool(middle), float(is_so.mean()) if is_so.size else 0.0


def sides(played: Played, call: Call) -> tuple[np.ndarray, np.ndarray, float]:
    """Return both sides of a call by draw, and +1 for below, -1 for above."""
    left = played.values[call.reading]
    bound, sign = (call.below, 1.0) if call.below is not None else (call.above, -1.0)
    right = played.values[bound] if isinstance(bound, str) else np.full(left.shape, bound)
    return left, right, sign
