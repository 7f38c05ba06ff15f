"""Past episodes played and scored: opened by name or file, told in plain words, logged with their parameters."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from chokepoint.answer.run import DATA, bundled_measures, every_word
from chokepoint.backtest import play, score
from chokepoint.backtest.forecasts import Forecast, forecasts
from chokepoint.backtest.misses import read_misses, widening
from chokepoint.backtest.scores import CallScore, TargetScore, Total
from chokepoint.errors import DataError, Problem, did_you_mean
from chokepoint.records.episode import read_episode, world_in
from chokepoint.tables import tabulate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from chokepoint.backtest import Played, Scorecard
    from chokepoint.backtest.misses import Miss
    from chokepoint.records.episode import EpisodeRecord
    from chokepoint.tables import Table

SEED = 20261122
DRAWS = 128
NUMBERS = ("name", "scope", "value", "unit", "low", "high")


@dataclass(frozen=True, kw_only=True, slots=True)
class Backtest:
    """Episodes as forecast on the day they began, and with the acts that were announced later.

    Args:
        played, scored: from what was known on the day; hindsight_played, hindsight: with every act of the file.
        misses: of past forecasts, which widen the intervals stated.
        parameters: fingerprint of the parameters all of them share.
    """

    played: tuple[Played, ...]
    scored: Scorecard
    hindsight_played: tuple[Played, ...]
    hindsight: Scorecard
    misses: tuple[Miss, ...]
    parameters: str


def bundled_episodes() -> dict[str, Path]:
    """Return the episode files of the bundle by name."""
    return {path.stem: path for path in sorted((DATA / "episodes").glob("*.yaml"))}


def bundled_misses() -> tuple[Miss, ...]:
    """Return how far the forecasts of the bundled episodes missed, with the parameters that ship."""
    return read_misses(DATA / "episodes" / "misses.csv")


def open_episode(name: str | Path) -> EpisodeRecord:
    """Open an episode of the bundle by its name, or a file by its path.

    Raises:
        DataError: neither, or everything wrong in the file.
    """
    known = bundled_episodes()
    path = known.get(str(name)) or Path(name)
    if not path.is_file():
        expected = "the name of a bundled episode, or an episode file"
        raise DataError(
            [Problem(where="EPISODE", found=f"'{name}'", expected=expected, remedy=did_you_mean(str(name), known))]
        )
    vocabulary = every_word()
    sketched = world_in(path)
    if not isinstance(sketched, str):
        vocabulary = replace(vocabulary, goods=[*vocabulary.goods, *sketched])
    return read_episode(path, vocabulary, bundled_measures(vocabulary))


def backtest_episodes(
    records: Sequence[EpisodeRecord], say: Callable[[str], None] = lambda _: None, draws: int = DRAWS
) -> Backtest:
    """Play episodes as known on their day and with hindsight, and score both.

    A blind guess knows the outcomes of all bundled episodes but the one it is about, whichever are played.

    Args:
        records: the episodes; say: told what is being done; draws: cases to draw for each.

    Raises:
        DataError: a reading of something an episode's world does not trade, or of a month it does not simulate.
    """
    forecasts: list[Played] = []
    later: list[Played] = []
    for record in records:
        say(f"{record.name}: {record.title}")
        try:
            forecasts.append(play(record, draws=draws, seed=SEED))
            knows_all = all(act.announced <= record.known_on for act in record.measures)
            last = max((act.announced for act in record.measures), default=record.known_on)
            later.append(forecasts[-1] if knows_all else play(record, draws=draws, seed=SEED, known_on=last))
        except LookupError as error:
            remedy = "correct the reading, or the goods and months of the episode"
            raise DataError(
                [Problem(where=record.file, found=str(error), expected="readings the months can answer", remedy=remedy)]
            ) from error
    opened = {record.name for record in records}
    known = [open_episode(name) for name in bundled_episodes() if name not in opened]
    misses = bundled_misses()
    return Backtest(
        played=tuple(forecasts),
        scored=score(forecasts, known, misses=misses),
        hindsight_played=tuple(later),
        hindsight=score(later, known, misses=misses),
        misses=misses,
        parameters=fingerprint(),
    )


def fingerprint() -> str:
    """Return the first twelve digits of the SHA-256 of the parameters: names, numbers and ranges, not their reasons."""
    with (DATA / "parameters.csv").open(encoding="utf-8", newline="") as file:
        said = sorted(",".join(line[cell] for cell in NUMBERS) for line in csv.DictReader(file))
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:12]


def tables_of(done: Backtest) -> tuple[Table, ...]:
    """Return targets, calls and totals, as forecast and with hindsight."""
    found: list[Table] = []
    for name, what, card in (
        ("forecast", "as known on the day", done.scored),
        ("hindsight", "with acts announced later", done.hindsight),
    ):
        found += [
            tabulate(f"{name}_targets", f"Targets, {what}", card.targets, TargetScore),
            tabulate(f"{name}_calls", f"Statements that came true, {what}", card.calls, CallScore),
            tabulate(f"{name}_totals", f"Scores over everything, {what}", card.totals, Total),
            tabulate(f"{name}_totals_in_hand", f"Scores without later figures, {what}", card.without_later, Total),
        ]
    still = [each for played in done.played for each in forecasts(played, widening(done.misses, played.record.name))]
    if still:
        found.append(tabulate("open_forecasts", "Forecasts of what is still to come", still, Forecast))
    return tuple(found)


def log_line(done: Backtest, day: str) -> dict[str, object]:
    """Return a line for the log of scorings: the day, what was scored with which parameters, and what came out."""
    said: dict[str, object] = {
        "day": day,
        "version": metadata.version("chokepoint"),
        "parameters": done.parameters,
        "episodes": ";".join(each.record.name for each in done.played),
        "draws": done.played[0].drawn if done.played else 0,
    }
    for name, card in (("forecast", done.scored), ("hindsight", done.hindsight)):
        said |= {f"{name}: {total.score}": round(total.value, 4) for total in card.totals}
    return said


def append_to_log(file: Path, line: Mapping[str, object]) -> None:
    """Append a line to a log of scorings (CSV); the header is written with the first one.

    Raises:
        DataError: the file holds other columns.
    """
    heads = list(line)
    is_new = not file.is_file()
    if not is_new:
        with file.open(encoding="utf-8", newline="") as lines:
            found: list[str] = next(csv.reader(lines), list[str]())
        if found != heads:
            expected = f"a log with the columns {', '.join(heads)}"
            remedy = "name another file; episodes without targets or calls give fewer columns"
            raise DataError([Problem(where=str(file), found="other columns", expected=expected, remedy=remedy)])
    with file.open("a", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, heads, lineterminator="\n")
        if is_new:
            writer.writeheader()
        writer.writerow(line)
