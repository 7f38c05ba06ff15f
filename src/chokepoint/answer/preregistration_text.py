"""Forecasts written down beforehand, as a page of the documentation and as plain text."""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from chokepoint.answer.preregistration import Judged
    from chokepoint.records.episode import EpisodeRecord
    from chokepoint.records.preregistered import ForecastRow

OUTSIDE = 0.2
"""Part of outcomes that may lie outside an 80 % interval."""

RARELY = 0.1

HEADING = """# Preregistration: forecasts of what nobody knew yet

Written by `tools/write_preregistration.py` from
[`data/preregistered/`](../../src/chokepoint/data/preregistered); a test says when it is out of date. The table of
forecasts is `forecasts.csv` there; beside it stands one episode for each question, in the form of
[any other](../how-to/own-episode.md). Nothing here was fitted: one set of parameters, that of the
[backtests](backtests.md), holds for all, and no source read is younger than the day named under *known*.

Ratios are to the months named under *outcome*. The median and the 80 % interval hold the ordinary variation of prices
and volumes, and each end is moved out by what forecasts of past episodes missed, as [backtests](backtests.md) has it.

## What counts as a miss

- A ratio is missed when what is reported lies outside its interval. {allowed}
- A statement is missed when it turns out otherwise than most draws say. The share of draws beside it says how sure the
  model was.
- A forecast under a condition that did not come about is void, neither hit nor miss.
- Beside the share of misses, the weighted interval score counts, over that of a blind guess which knows the outcomes of
  all past episodes: above 1 the model was worse than knowing nothing of the case. Direction counts as well: a median
  above 1 where the ratio fell, or the other way round, is a wrong direction even inside the interval.

## How to score it later

Copy the episodes, write `actual: RATIO` into a target or `came: true` or `came: false` into a statement, and run
`chokepoint preregistered --outcomes FOLDER`. The forecasts scored are those written here, not new ones.
`chokepoint backtest --episode FILE` makes new ones with the parameters of its day.
"""


def page(rows: Sequence[ForecastRow], records: Mapping[str, EpisodeRecord]) -> str:
    """Return the page: what counts as a miss, then every episode with its forecasts."""
    ratios = sum(row.kind == "target" for row in rows)
    parts = [HEADING.format(allowed=allowed(ratios))]
    for name, record in records.items():
        parts.append("\n".join(_section(record, [row for row in rows if row.episode == name])))
    return "\n".join(parts)


def allowed(ratios: int) -> str:
    """Say how many of some ratios may be missed before the intervals must be called too narrow."""
    most = most_misses(ratios)
    return (
        f"One in five should be. If more than\n  {most} of {ratios} are, which right intervals allow in less than one "
        f"case in ten (were the outcomes\n  independent, which they are not quite), the intervals are too narrow."
    )


def most_misses(ratios: int) -> int:
    """Return the number of misses that right intervals exceed in less than one case in ten.

    Example:
        >>> most_misses(10)
        4
    """
    chance = 1.0
    for misses in range(ratios + 1):
        chance -= comb(ratios, misses) * OUTSIDE**misses * (1.0 - OUTSIDE) ** (ratios - misses)
        if chance < RARELY:
            return misses
    return ratios


def _section(record: EpisodeRecord, rows: Sequence[ForecastRow]) -> Iterator[str]:
    yield f"## {record.title}\n"
    yield f"`{record.name}`. {record.about}"
    if record.condition:
        yield f"\n**Only if:** {record.condition}"
    for row in rows[:1]:
        yield (
            f"\nKnown: {row.known_on}. Written {row.written}, version {row.version}, parameters `{row.parameters}`, "
            f"{row.solved} of {row.draws} draws solved, seed {row.seed}."
        )
    yield "\n| forecast | outcome | due | median (80 % interval) | a miss is |\n|---|---|---|---|---|"
    targets = {each.reading: each for each in record.targets}
    calls = {each.says: each for each in record.calls}
    for row in rows:
        if row.kind == "target":
            where = f"{targets[row.forecast].where} (`{targets[row.forecast].source}`)"
            yield f"| `{row.forecast}` | {where} | {row.due} | {_fan(row)} | {row.miss} |"
        else:
            where = f"{calls[row.forecast].where} (`{calls[row.forecast].source}`)"
            share = "" if row.share_of_draws is None else f"holds in {row.share_of_draws:.0%} of draws"
            yield f"| {row.forecast} | {where} | {row.due} | {share} | {row.miss} |"
    if record.note:
        yield f"\n{record.note}"
    yield ""


def _fan(row: ForecastRow) -> str:
    if row.low is None or row.median is None or row.high is None:
        return "none"
    return f"{row.median:.2f} ({row.low:.2f} to {row.high:.2f})"


def text(rows: Sequence[ForecastRow], records: Mapping[str, EpisodeRecord], judged: Sequence[Judged]) -> str:
    """Return every forecast as written down, what came of it where that is known, and the score."""
    came = {(each.episode, each.forecast): each for each in judged}
    lines: list[str] = []
    for name, record in records.items():
        own = [row for row in rows if row.episode == name]
        lines += [f"{name}: {record.title}"]
        lines += [f"  only if: {record.condition}"] if record.condition else []
        lines += [f"  known on {row.known_on}, written {row.written}, parameters {row.parameters}" for row in own[:1]]
        lines += [f"  {_line(row)}  {_verdict(row, came.get((name, row.forecast)))}" for row in own]
        lines.append("")
    lines.append(_score(judged))
    return "\n".join(lines) + "\n"


def _line(row: ForecastRow) -> str:
    if row.kind == "target":
        return f"{row.forecast:26s} {_fan(row)}"
    return f"{row.forecast}: in {0.0 if row.share_of_draws is None else row.share_of_draws:.0%} of draws"


def _verdict(row: ForecastRow, judged: Judged | None) -> str:
    if judged is None:
        return f"open until {row.due}"
    said = "came true" if judged.came else "did not come true"
    said = said if row.kind == "statement" else f"came {judged.came:.3g}"
    return f"{said}: {'MISS' if judged.is_miss else 'hit'}"


def _score(judged: Sequence[Judged]) -> str:
    ratios = [each for each in judged if each.interval_score_log2 is not None]
    if not judged:
        return "No outcome is filled in yet."
    said = f"{sum(each.is_miss for each in judged)} of {len(judged)} missed"
    mine = sum(each.interval_score_log2 or 0.0 for each in ratios)
    blind = sum(each.blind_interval_score_log2 or 0.0 for each in ratios)
    return f"{said}; interval score over the blind guess's {mine / blind:.2f}." if blind > 0.0 else f"{said}."
