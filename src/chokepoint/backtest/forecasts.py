"""What is forecast of outcomes nobody knows yet, and what would count as a miss."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from chokepoint.backtest.fans import FLOOR_SHARE
from chokepoint.backtest.misses import stated
from chokepoint.backtest.scores import verdict
from chokepoint.uncertainty import interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chokepoint.backtest.episodes import Played
    from chokepoint.records.episode_schema import Call, Target

RATIO = {"unit": "ratio"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Forecast:
    """An outcome still to come: of a reading as it may be reported, or of a statement."""

    episode: str
    kind: Literal["target", "statement"]
    forecast: str = field(metadata={"note": "the reading, or the statement"})
    due: str = field(metadata={"note": "month in which it will be known"})
    low: float | None = field(metadata=RATIO | {"note": "lower end of the 80 % interval stated: of the draws, widened"})
    median: float | None = field(metadata=RATIO)
    high: float | None = field(metadata=RATIO | {"note": "upper end of the 80 % interval stated"})
    share_of_draws: float | None = field(
        metadata={"unit": "share", "note": "solved draws in which the statement holds"}
    )
    miss: str = field(metadata={"note": "what would count as a miss"})


def forecasts(played: Played, wider: float = 0.0) -> Iterator[Forecast]:
    """Yield the forecasts of everything in an episode that is still to come.

    Args:
        played: the episode; wider: by how much (log2) past misses move out each end of an interval.
    """
    for target in played.record.targets:
        if target.actual is None:
            yield _of_target(played, target, wider)
    for call in played.record.calls:
        if call.is_open:
            yield _of_call(played, call)


def _of_target(played: Played, target: Target, wider: float) -> Forecast:
    drawn = played.reported[target.reading]
    drawn = drawn[np.isfinite(drawn)]
    low = middle = high = None
    if drawn.size:
        fan = [float(each) for each in interval(np.log2(np.maximum(drawn, FLOOR_SHARE)))]
        low, middle, high = (2.0**each for each in (stated(fan, wider)[0], fan[1], stated(fan, wider)[1]))
    return Forecast(
        episode=played.record.name,
        kind="target",
        forecast=target.reading,
        due=str(target.due),
        low=low,
        median=middle,
        high=high,
        share_of_draws=None,
        miss="no draw brings it" if low is None else f"below {low:.2f} or above {high:.2f}",
    )


def _of_call(played: Played, call: Call) -> Forecast:
    says_so, share = verdict(played, call)
    return Forecast(
        episode=played.record.name,
        kind="statement",
        forecast=call.says,
        due=str(call.due),
        low=None,
        median=None,
        high=None,
        share_of_draws=share,
        miss="it turns out false" if says_so else "it turns out true",
    )
