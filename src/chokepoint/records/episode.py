"""Episodes: past shocks as data, for the model to be held against."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from chokepoint.errors import DataError, Problem, did_you_mean
from chokepoint.records.document import read_document, validated
from chokepoint.records.episode_schema import EPISODE, Sketch
from chokepoint.records.measure import record_of
from chokepoint.records.measure_schema import Context
from chokepoint.records.scenario import overrides

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from chokepoint.records.document import Document, Place
    from chokepoint.records.episode_schema import Call, Episode, Good, Reading, Target
    from chokepoint.records.measure import MeasureRecord
    from chokepoint.records.scenario import OverrideRecord
    from chokepoint.records.vocabulary import Vocabulary


@dataclass(frozen=True, kw_only=True, slots=True)
class EpisodeRecord:
    """A past shock, as its file says.

    Args:
        name, title, about, note: what it is called, and what a reader should know.
        condition: under what circumstance a forecast holds; empty for any.
        file: where it was read from.
        known_on: last day whose news a forecast may use; later_vintage: inputs beside those of a sketch that were
            published after it.
        start: first month, ``YYYY-MM``; months: how many.
        world: name of a bundled world, or a world sketched in the file.
        measures: the acts, whenever they were announced.
        parameters: inputs of this episode's own that a source gives (a stock, a shelf life).
        readings: what is read off the months, by name; targets: what was reported of them; calls: statements that
            came true.
    """

    name: str
    title: str
    about: str
    note: str
    condition: str = ""
    later_vintage: tuple[str, ...] = ()
    file: str
    known_on: dt.date
    start: str
    months: int
    world: str | Sketch
    measures: tuple[MeasureRecord, ...]
    parameters: tuple[OverrideRecord, ...]
    readings: Mapping[str, Reading]
    targets: tuple[Target, ...]
    calls: tuple[Call, ...]


def world_in(path: Path) -> str | tuple[str, ...]:
    """Return the bundled world an episode file names, or the goods it sketches; mistakes are found when it is read."""
    document, _ = read_document(path)
    world = _entries(document.values).get("world") if document else None
    return world if isinstance(world, str) else tuple(_entries(_entries(world).get("goods")))


def read_episode(path: Path | str, vocabulary: Vocabulary, measures: Mapping[str, MeasureRecord]) -> EpisodeRecord:
    """Read an episode file, wherever it lies.

    Args:
        path: the file.
        vocabulary: the names that mean something: the goods of its world among them.
        measures: the measures of the bundle, by id.

    Raises:
        DataError: everything wrong in the file, with line and column.
    """
    path = Path(path)
    document, problems = read_document(path)
    if document is None:
        raise DataError(problems)
    own = cast("list[object]", given) if isinstance(given := _entries(document.values).get("measures"), list) else []
    ids = {*measures, *(str(_entries(each).get("id", number)) for number, each in enumerate(own, start=1))}
    # A file of the user's own answers for itself, so its sources may be texts; a test holds those that ship to keys.
    context = Context(vocabulary=replace(vocabulary, references=None), measure_ids=ids)
    episode, problems = validated(document, EPISODE, context)
    if episode is None:
        raise DataError(problems)
    problems = [*_names(document, episode, vocabulary)]
    if problems:
        raise DataError(problems)
    return EpisodeRecord(
        name=episode.name,
        title=episode.title,
        about=episode.about,
        note=episode.note,
        condition=episode.condition,
        file=document.file,
        known_on=episode.known_on,
        later_vintage=episode.later_vintage,
        start=episode.start,
        months=episode.months,
        world=episode.world,
        measures=tuple(
            measures[each] if isinstance(each, str) else record_of(each, str(number), document.file)
            for number, each in enumerate(episode.measures, start=1)
        ),
        parameters=overrides(episode.parameters),
        readings=episode.readings,
        targets=episode.targets,
        calls=episode.calls,
    )


def _names(document: Document, episode: Episode, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find names that mean nothing: goods of readings and needs, readings of targets and calls."""
    sketched = episode.world.goods if isinstance(episode.world, Sketch) else {}
    yield from _makers(document, sketched)
    goods = list(sketched or vocabulary.goods)
    named: list[tuple[Place, str]] = [
        (("readings", name, "goods", number), good)
        for name, reading in episode.readings.items()
        for number, good in enumerate(reading.goods)
    ]
    named += [(("world", "goods", code, "needs", need), need) for code, good in sketched.items() for need in good.needs]
    for where, name in named:
        if name not in goods:
            yield _unknown(document, where, name, "a good of its world", goods)
    for where, name in _readings_named(episode):
        if name not in episode.readings:
            yield _unknown(document, where, name, "the name of a reading", list(episode.readings))


def _makers(document: Document, goods: Mapping[str, Good]) -> Iterator[Problem]:
    """Find countries that are said to need an input for a good they do not make."""
    for code, good in goods.items():
        for need, said in good.needs.items():
            for number, country in enumerate(said.makers):
                if country not in good.made:
                    place = ("world", "goods", code, "needs", need, "makers", number)
                    yield _unknown(document, place, country, f"a country that makes {code}", list(good.made))


def _readings_named(episode: Episode) -> Iterator[tuple[Place, str]]:
    for number, target in enumerate(episode.targets):
        yield ("targets", number, "reading"), target.reading
    for number, call in enumerate(episode.calls):
        yield ("calls", number, "reading"), call.reading
        for side, bound in (("below", call.below), ("above", call.above)):
            if isinstance(bound, str):
                yield ("calls", number, side), bound


def _unknown(document: Document, where: Place, name: str, expected: str, known: Sequence[str]) -> Problem:
    return Problem(where=document.where(where), found=f"'{name}'", expected=expected, remedy=did_you_mean(name, known))


def _entries(value: object) -> dict[str, object]:
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}
