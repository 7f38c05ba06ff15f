"""Forecasts written down before the outcome is known: made, kept, and scored by whoever reads them later."""

from __future__ import annotations

import csv
from dataclasses import asdict, dataclass, field
from importlib import metadata
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.episodes import SEED, bundled_episodes, bundled_misses, fingerprint, open_episode
from chokepoint.answer.run import DATA
from chokepoint.backtest import play
from chokepoint.backtest.fans import marks
from chokepoint.backtest.forecasts import forecasts
from chokepoint.backtest.misses import widening
from chokepoint.backtest.scores import FAMILY
from chokepoint.errors import DataError, Problem
from chokepoint.records.preregistered import ForecastRow
from chokepoint.records.tables import Reader
from chokepoint.uncertainty import interval

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from chokepoint.records.episode import EpisodeRecord

FOLDER = "preregistered"
TABLE = f"{FOLDER}/forecasts.csv"
LOG2 = {"unit": "log2"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A forecast as it was written down, beside what came."""

    episode: str
    forecast: str
    due: str
    came: float | None = field(metadata={"note": "the ratio reported; of a statement 1 if it came true, else 0"})
    is_miss: bool = field(metadata={"note": "outside the 80 % interval, or a statement that turned out otherwise"})
    error_log2: float | None = field(metadata=LOG2 | {"note": "|log2(median / came)|"})
    interval_score_log2: float | None = field(metadata=LOG2)
    blind_interval_score_log2: float | None = field(metadata=LOG2 | {"note": "of the outcomes of the past episodes"})


def open_records(folder: Path | None = None) -> dict[str, EpisodeRecord]:
    """Open the episodes still to be seen, by name: those that ship, or those of a folder with outcomes filled in.

    Raises:
        DataError: a folder without any, or what is wrong in a file.
    """
    home = folder or DATA / FOLDER
    found = {path.stem: open_episode(path) for path in sorted(home.glob("*.yaml"))}
    if not found:
        expected, remedy = "episode files (*.yaml)", "copy those of data/preregistered there and fill in outcomes"
        raise DataError([Problem(where=str(home), found="no episode", expected=expected, remedy=remedy)])
    return found


def forecasts_on_file(data: Path = DATA) -> tuple[ForecastRow, ...]:
    """Return the forecasts that were written down.

    Raises:
        DataError: a row that does not fit.
    """
    reader = Reader(folder=data, problems=[], places={})
    rows = reader.read(TABLE, ForecastRow)
    if reader.problems:
        raise DataError(reader.problems)
    return rows


def write_down(
    records: Iterable[EpisodeRecord],
    day: str,
    draws: int,
    kept: Sequence[ForecastRow] = (),
    say: Callable[[str], None] = lambda _: None,
) -> tuple[ForecastRow, ...]:
    """Return forecasts of everything still to come; those whose month has begun stay as they were written.

    Args:
        records: the episodes; day: of writing; draws: cases to draw for each; kept: forecasts written before.
        say: told what is being done.
    """
    known = {(row.episode, row.forecast): row for row in kept}
    version, parameters = metadata.version("chokepoint"), fingerprint()
    rows: list[ForecastRow] = []
    for record in records:
        say(f"{record.name}: {record.title}")
        played = play(record, draws=draws, seed=SEED)
        made = (
            ForecastRow(
                **asdict(each),
                known_on=record.known_on.isoformat(),
                written=day,
                version=version,
                parameters=parameters,
                draws=draws,
                solved=played.solved,
                seed=SEED,
            )
            for each in forecasts(played, widening(bundled_misses(), record.name))
        )
        rows += [known.get((row.episode, row.forecast), row) if row.due <= day[:7] else row for row in made]
        named = {row.forecast for row in rows if row.episode == record.name}
        rows += [row for row in kept if row.episode == record.name and row.forecast not in named]
    return tuple(rows)


def save(rows: Sequence[ForecastRow], path: Path) -> None:
    """Write forecasts as their table, six digits each."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(ForecastRow.model_fields)
        for row in rows:
            writer.writerow(["" if cell is None else _shown(cell) for cell in row.model_dump().values()])


def _shown(cell: object) -> object:
    return f"{cell:.6g}" if isinstance(cell, float) else cell


def judge(rows: Iterable[ForecastRow], records: Mapping[str, EpisodeRecord]) -> tuple[Judged, ...]:
    """Hold forecasts as written down against the outcomes filled in since, beside a blind guess.

    Args:
        rows: the forecasts; records: the episodes by name, with outcomes where they are known.

    Returns:
        Those with an outcome; the others are left out.
    """
    blind = blind_intervals()
    found: list[Judged] = []
    for row in rows:
        record = records.get(row.episode)
        if record is None:
            continue
        if row.kind == "statement":
            found += _statement(row, record)
        else:
            found += _ratio(row, record, blind)
    return tuple(found)


def blind_intervals() -> dict[str, np.ndarray]:
    """Return low, median and high of the outcomes of all past episodes by family, log2."""
    past = [open_episode(name) for name in bundled_episodes()]
    outcomes: dict[str, list[float]] = {}
    for record in past:
        for target in record.targets:
            if target.actual is not None:
                family = FAMILY[record.readings[target.reading].of]
                outcomes.setdefault(family, []).append(float(np.log2(target.actual)))
    return {family: np.array(interval(np.array(values)))[:, None] for family, values in outcomes.items()}


def _statement(row: ForecastRow, record: EpisodeRecord) -> list[Judged]:
    came = next((call.came for call in record.calls if call.says == row.forecast), None)
    if came is None:
        return []
    return [_judged(row, came=float(came), is_miss=came != ("false" in row.miss))]


def _ratio(row: ForecastRow, record: EpisodeRecord, blind: Mapping[str, np.ndarray]) -> list[Judged]:
    actual = next((each.actual for each in record.targets if each.reading == row.forecast), None)
    if actual is None or row.low is None or row.median is None or row.high is None:
        return []
    came = np.array([np.log2(actual)])
    fan = np.log2(np.array([[row.low], [row.median], [row.high]]))
    error, weighted, inside, _ = (float(each[0]) for each in marks(fan[0], fan[1], fan[2], came))
    guess = blind[FAMILY[record.readings[row.forecast].of]]
    _, blindly, _, _ = (float(each[0]) for each in marks(guess[0], guess[1], guess[2], came))
    return [_judged(row, came=actual, is_miss=inside == 0.0, scores=(error, weighted, blindly))]


def _judged(
    row: ForecastRow,
    *,
    came: float,
    is_miss: bool,
    scores: tuple[float, float, float] | None = None,
) -> Judged:
    error, weighted, blindly = (None, None, None) if scores is None else scores
    return Judged(
        episode=row.episode,
        forecast=row.forecast,
        due=row.due,
        came=came,
        is_miss=is_miss,
        error_log2=error,
        interval_score_log2=weighted,
        blind_interval_score_log2=blindly,
    )
