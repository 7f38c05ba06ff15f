"""Play a past shock from what was known on the day it began."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint import bundle
from chokepoint.backtest.ordinary import vary
from chokepoint.backtest.readings import read
from chokepoint.countries import Countries
from chokepoint.dates import Month
from chokepoint.provenance import ASSUMED, Kind
from chokepoint.records.episode_schema import Sketch
from chokepoint.records.scenario import BranchRecord
from chokepoint.records.sketch import tables_of
from chokepoint.records.tables import read_tables
from chokepoint.scenario import apply
from chokepoint.simulation import run, wire
from chokepoint.uncertainty import draw, overridden, parameters_known

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from chokepoint.provenance import Figure
    from chokepoint.records.episode import EpisodeRecord
    from chokepoint.records.episode_schema import Reading, Said
    from chokepoint.simulation import Outcome
    from chokepoint.world import World


@dataclass(frozen=True, kw_only=True, slots=True)
class Played:
    """An episode, simulated.

    Args:
        record: the episode; known_on: last day whose news was used.
        values: what each reading came to in every solved draw (draw,), ratios to its base.
        reported: the same as it might be reported, with what prices and volumes do anyhow.
        central: the same with every number at its middle.
        solved, drawn: how many draws were solved, of how many.
        later: figures and parameters dated after the day it began, which a forecast could not have had.
        notes: acts left out because they were not yet announced, and the like.
    """

    record: EpisodeRecord
    known_on: date
    values: Mapping[str, np.ndarray]
    reported: Mapping[str, np.ndarray]
    central: Mapping[str, float]
    solved: int
    drawn: int
    later: tuple[str, ...]
    notes: tuple[str, ...]


def world_of(record: EpisodeRecord) -> World:
    """Return the world of an episode: a bundled one, or the one its file sketches.

    Raises:
        DataError: balances that cannot be closed, or an unknown name.
    """
    if not isinstance(record.world, Sketch):
        return bundle.load(record.world)
    home = bundle.data_folder()
    crosswalk = Countries.read(home / "countries.csv")
    tables, described = tables_of(record.world, record.name, record.title, read_tables(home, crosswalk.by_iso3))
    return bundle.assemble(tables, described.world, crosswalk)


def play(record: EpisodeRecord, *, draws: int, seed: int, known_on: date | None = None) -> Played:
    """Simulate an episode with joint draws of every number that has a range.

    Args:
        record: the episode; draws: how many; seed: where the drawing starts.
        known_on: last day whose news may be used; left out, the episode's own.

    Raises:
        LookupError: a reading of something the world does not trade or a month not simulated.
    """
    day = known_on or record.known_on
    world = world_of(record)
    parameters = overridden(parameters_known(world, day), record.parameters, record.known_on.year, record.name)
    settings = draw(world, parameters, draws, seed)
    branch = BranchRecord(
        name=record.name, title=record.title, as_of=day, measures=record.measures, parameters=record.parameters, note=""
    )
    schedule = apply(world, branch, settings)
    first = Month.read(record.start)
    months = tuple(first.plus(number) for number in range(record.months))
    outcome, _ = run(world, wire(world, schedule.groups), settings, months, schedule.conditions)
    is_solved: np.ndarray = np.logical_and.reduce(outcome.is_solved, axis=1)
    values = {name: _read(outcome, name, reading) for name, reading in record.readings.items()}
    reported = {
        name: vary(values[name], reading, settings, record.start, [seed, *name.encode()])
        for name, reading in record.readings.items()
    }
    return Played(
        record=record,
        known_on=day,
        values={name: value[1:][is_solved[1:]] for name, value in values.items()},
        reported={name: value[1:][is_solved[1:]] for name, value in reported.items()},
        central={name: float(value[0]) if is_solved[0] else float("nan") for name, value in values.items()},
        solved=int(is_solved[1:].sum()),
        drawn=draws,
        later=tuple(later_than(record, world, parameters)),
        notes=schedule.notes,
    )


def _read(outcome: Outcome, name: str, reading: Reading) -> np.ndarray:
    try:
        return read(outcome, reading)
    except LookupError as error:
        message = f"reading {name}: {error}"
        raise LookupError(message) from error


def later_than(record: EpisodeRecord, world: World, parameters: Mapping[str, Figure]) -> Iterator[str]:
    """Name what a forecast of the day could not have had.

    That is what the file itself marks as of a later vintage, and the sourced figures of its world and the sourced
    terms of its measures that are of a later year. Judgements (``assumed``) have no vintage: they would have been the
    same guesses.
    """
    yield from record.later_vintage
    named = {
        value
        for measure in record.measures
        for field in measure.terms.__dataclass_fields__
        if isinstance(value := getattr(measure.terms, field), str)
    }
    for name in sorted(named):
        figure = parameters[world.parameter_name(*name.split("."))]
        if figure.kind is not Kind.ASSUMED and figure.year > record.known_on.year:
            yield name
    if isinstance(record.world, Sketch):
        for name, each in figures_said(record.world):
            if each.later_vintage or (each.source != ASSUMED and each.year > record.known_on.year):
                yield name
    elif world.base_year > record.known_on.year:
        yield f"world {world.name}"


def figures_said(sketch: Sketch) -> Iterator[tuple[str, Said]]:
    """Yield every figure of a sketched world with its name."""
    for code, good in sketch.goods.items():
        yield f"{code}.price", good.price
        yield from ((f"{code}.made.{place}", each) for place, each in good.made.items())
        yield from ((f"{code}.used.{place}", each) for place, each in good.used.items())
        yield from ((f"{code}.needs.{other}", each.amount) for other, each in good.needs.items())
