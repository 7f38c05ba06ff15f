"""Forecasts of past episodes scored beside a blind guess: what the other episodes brought.

Everything is taken on the logarithm to base 2 of a ratio, so that 1 is a factor of 2 and rises and falls count alike.
For a target of episode ``e`` the blind guess knows what became of all *other* episodes and nothing else: its interval
are the 10 % and 90 % quantiles of their outcomes of the same family (prices, or volumes), its point their median. A
model that does no better has shown nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from chokepoint.backtest.fans import FLOOR_SHARE, marks
from chokepoint.uncertainty import interval, ranks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from chokepoint.backtest.episodes import Played
    from chokepoint.records.episode import EpisodeRecord
    from chokepoint.records.episode_schema import Call, Target

FAMILY: Mapping[str, str] = {
    "outside_price": "price",
    "paid_price": "price",
    "inside_price": "price",
    "exports": "volume",
    "imports": "volume",
}
RESAMPLES = 2000
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
    low: float = field(metadata=RATIO | {"note": "one solved draw in ten is below"})
    median: float = field(metadata=RATIO)
    high: float = field(metadata=RATIO | {"note": "one solved draw in ten is above"})
    actual: float = field(metadata=RATIO)
    error_log2: float = field(metadata=LOG2 | {"note": "|log2(median / actual)|"})
    interval_score_log2: float = field(metadata=LOG2 | {"note": "weighted interval score, 80 % interval"})
    inside: bool = field(metadata={"note": "whether the 80 % interval held the outcome"})
    width_log2: float = field(metadata=LOG2)
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


R = TypeVar("R", TargetScore, CallScore)


@dataclass(frozen=True, kw_only=True, slots=True)
class Total:
    """A score over all targets or calls, with its 80 % interval over resampled episodes."""

    score: str
    value: float
    low: float = field(metadata={"note": "80 % interval, episodes drawn with replacement"})
    high: float
    goal: str


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


def score(played: Sequence[Played], known: Sequence[EpisodeRecord] = (), *, seed: int = 0) -> Scorecard:
    """Score episodes against their outcomes, each beside what the others would have suggested.

    Args:
        played: the episodes; known: further ones whose outcomes a blind guess knows too; seed: of the resampling.

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
    targets = tuple(row for each in played for row in target_scores(each, outcomes))
    calls = tuple(row for each in played for row in call_scores(each))
    in_hand = [row for row in targets if not row.is_later_vintage], [row for row in calls if not row.is_later_vintage]
    return Scorecard(
        targets=targets,
        calls=calls,
        totals=tuple(totals(targets, calls, seed)),
        without_later=tuple(totals(*in_hand, seed)),
    )


def target_scores(played: Played, outcomes: Sequence[tuple[str, str, float]]) -> Iterator[TargetScore]:
    """Score the targets of an episode; ``outcomes`` are episode, family and log2 ratio of all targets."""
    for target in played.record.targets:
        family = FAMILY[played.record.readings[target.reading].of]
        others = [value for name, kind, value in outcomes if kind == family and name != played.record.name]
        drawn = played.reported[target.reading]
        drawn = drawn[np.isfinite(drawn)]
        if target.actual is not None and len(others) >= LEAST_OTHERS and drawn.size:
            logs = np.log2(np.maximum(drawn, FLOOR_SHARE))
            yield _scored(played, (target, target.actual), family, logs, np.array(others))


def _scored(
    played: Played, known: tuple[Target, float], family: str, drawn: np.ndarray, others: np.ndarray
) -> TargetScore:
    target, came = known
    actual = np.array([np.log2(came)])
    fan = np.array(interval(drawn))[:, None]
    blind = np.array(interval(others))[:, None]
    mine = [float(each[0]) for each in marks(fan[0], fan[1], fan[2], actual)]
    guess = [float(each[0]) for each in marks(blind[0], blind[1], blind[2], actual)]
    low, middle, high = (float(2.0 ** each[0]) for each in fan)
    return TargetScore(
        episode=played.record.name,
        target=target.reading,
        family=family,
        low=low,
        median=middle,
        high=high,
        actual=came,
        error_log2=mine[0],
        interval_score_log2=mine[1],
        inside=mine[2] > 0.0,
        width_log2=mine[3],
        blind_error_log2=guess[0],
        blind_interval_score_log2=guess[1],
        blind_width_log2=guess[3],
        is_later_vintage=bool(played.later),
    )


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


def totals(targets: Sequence[TargetScore], calls: Sequence[CallScore], seed: int) -> Iterator[Total]:
    """Return the scores over everything, with intervals over resampled episodes."""
    if targets:
        yield _total("interval score over the blind guess's", "below 1", targets, _interval_ratio, seed)
        yield _total("width of the 80 % interval over the blind guess's", "at most 1", targets, _width_ratio, seed)
        yield _total("mean error over the blind constant's", "at most 0.75", targets, _error_ratio, seed)
        yield _total("share of outcomes inside the 80 % interval", "about 0.8", targets, _coverage, seed)
        yield _total("rank correlation of forecast and outcome", "above 0", targets, _rank_correlation, seed)
    if calls:
        yield _total("share of calls right", "at least 0.8", calls, _calls_right, seed)


def _total(name: str, goal: str, rows: Sequence[R], of: Callable[[Sequence[R]], float], seed: int) -> Total:
    """Return a score and its 80 % interval when whole episodes are drawn with replacement."""
    by_episode: dict[str, list[R]] = {}
    for row in rows:
        by_episode.setdefault(row.episode, []).append(row)
    episodes = list(by_episode.values())
    chooser = np.random.default_rng(seed)
    again: list[float] = []
    for pick in chooser.integers(len(episodes), size=(RESAMPLES, len(episodes))):
        resampled: list[R] = [row for number in pick for row in episodes[int(number)]]
        again.append(of(resampled))
    low, _, high = interval(np.array([value for value in again if np.isfinite(value)] or [np.nan]))
    return Total(score=name, value=of(rows), low=float(low), high=float(high), goal=goal)


def _interval_ratio(rows: Sequence[TargetScore]) -> float:
    return _over((row.interval_score_log2 for row in rows), (row.blind_interval_score_log2 for row in rows))


def _width_ratio(rows: Sequence[TargetScore]) -> float:
    return _over((row.width_log2 for row in rows), (row.blind_width_log2 for row in rows))


def _error_ratio(rows: Sequence[TargetScore]) -> float:
    return _over((row.error_log2 for row in rows), (row.blind_error_log2 for row in rows))


def _over(mine: Iterable[float], blind: Iterable[float]) -> float:
    """Return one sum over the other; not a number where the blind guess is always exact."""
    below = sum(blind)
    return sum(mine) / below if below > 0.0 else float("nan")


def _coverage(rows: Sequence[TargetScore]) -> float:
    return sum(row.inside for row in rows) / len(rows)


def _rank_correlation(rows: Sequence[TargetScore]) -> float:
    forecast, actual = ranks([row.median for row in rows]), ranks([row.actual for row in rows])
    is_told_apart = np.ptp(forecast) > 0.0 and np.ptp(actual) > 0.0
    return float(np.corrcoef(forecast, actual)[0, 1]) if is_told_apart else float("nan")


def _calls_right(rows: Sequence[CallScore]) -> float:
    return sum(row.is_right for row in rows) / len(rows)
