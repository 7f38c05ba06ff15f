"""Scores over everything, each with its 80 % interval when whole episodes are drawn with replacement."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from chokepoint.uncertainty import interval, ranks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from chokepoint.backtest.scores import CallScore, TargetScore

    R = TypeVar("R", TargetScore, CallScore)

RESAMPLES = 2000
ALONE = "of the assumptions alone"


@dataclass(frozen=True, kw_only=True, slots=True)
class Total:
    """A score over all targets or calls, with its 80 % interval over resampled episodes."""

    score: str
    value: float
    low: float = field(metadata={"note": "80 % interval, episodes drawn with replacement"})
    high: float
    goal: str


def totals(targets: Sequence[TargetScore], calls: Sequence[CallScore], seed: int) -> Iterator[Total]:
    """Return the scores over everything, with intervals over resampled episodes."""
    if targets:
        yield _total("interval score over the blind guess's", "below 1", targets, _interval_ratio, seed)
        yield _total("width of the 80 % interval over the blind guess's", "at most 1", targets, _width_ratio, seed)
        yield _total("mean error over the blind constant's", "at most 0.75", targets, _error_ratio, seed)
        yield _total("share of outcomes inside the 80 % interval", "about 0.8", targets, _coverage, seed)
        yield _total("rank correlation of forecast and outcome", "above 0", targets, _rank_correlation, seed)
        yield _total(f"interval score {ALONE} over the blind guess's", "beside it", targets, _assumed_ratio, seed)
        yield _total(f"share of outcomes inside the interval {ALONE}", "beside it", targets, _assumed_coverage, seed)
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


def _assumed_ratio(rows: Sequence[TargetScore]) -> float:
    return _over((row.assumed_interval_score_log2 for row in rows), (row.blind_interval_score_log2 for row in rows))


def _assumed_coverage(rows: Sequence[TargetScore]) -> float:
    return sum(row.missed_log2 <= 0.0 for row in rows) / len(rows)


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
