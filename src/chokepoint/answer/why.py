"""``chokepoint why NAME``: the figures, sources and steps behind a number."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Literal, cast

from chokepoint import bundle
from chokepoint.answer.enters import enters
from chokepoint.answer.figure_facts import facts
from chokepoint.answer.recorded import read_run, world_of
from chokepoint.answer.reported import magnets_2025
from chokepoint.answer.run import DATA, bundled_measures, vocabulary_of
from chokepoint.answer.why_facts import facts_named, lines_of, steps_of, trade_named
from chokepoint.answer.why_results import PATTERNS, STEPS, feeding, result_of, table_rows
from chokepoint.answer.why_text import why_text
from chokepoint.errors import DataError, Problem, did_you_mean, nearest
from chokepoint.facts.missing import why_no_number
from chokepoint.provenance import trail
from chokepoint.records.references import read_references
from chokepoint.report.payload import FigureNote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from chokepoint.answer.why_results import Result
    from chokepoint.backtest import Episode
    from chokepoint.facts import Facts
    from chokepoint.provenance import Figure
    from chokepoint.records.measure import MeasureRecord
    from chokepoint.sources.fact import Fact
    from chokepoint.world import World

Kind = Literal["figure", "fallback", "group", "result"]
OF_TALKS = ("security", "principal_weight")


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureLine(FigureNote):
    """One figure with everything that answers "says who?".

    Args:
        depth: 0 for the figure asked for, 1 for its inputs, and so on.
        moved: what reconciliation did to it, in words; empty if nothing.
    """

    depth: int
    moved: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """What is behind a name.

    Args:
        name: what was asked for.
        kind: a figure; a parameter answered by a shorter name; a group of figures; or a result.
        steps: how it is computed and where it goes, one sentence each.
        figures: the trail, the members or what feeds the result.
        rows: the result in the run's own tables, by column.
    """

    name: str
    kind: Kind
    steps: tuple[str, ...]
    figures: tuple[FigureLine, ...]
    rows: tuple[Mapping[str, str], ...] = ()

    def to_json(self) -> dict[str, object]:
        """Return it as plain values."""
        return asdict(self)

    @property
    def text(self) -> str:
        """The explanation for a terminal."""
        return why_text(self)


def explain(name: str, folder: Path | None = None, bundled: Facts | None = None) -> Explanation:
    """Explain a number of the bundle of facts, of the first bundled world that holds it, or of a run, by its name.

    Args:
        name: of a fact (:func:`chokepoint.answer.why_facts.facts_named`), or of a figure, a group of figures or a
            result (see :func:`why`).
        folder: a run's folder; its own parameters and measures then count.
        bundled: the bundle of facts, with a user's own figures if any.

    Raises:
        DataError: nothing goes by that name, or the folder is not the folder of a run.
    """
    flow, step = trade_named(name, bundled) if bundled else ((), "")
    if flow:
        return explained_fact(flow, name, step)
    found = facts_named(bundled, name) if bundled and not folder else ()
    if found:
        return explained_fact(found, name)
    recorded = read_run(folder).run if folder else None
    world = world_of(recorded) if recorded else bundle.load_with(name)
    if name.split(".", maxsplit=1)[0] in OF_TALKS:
        world = replace(world, figures=dict(world.figures) | values_of_talks())
    acts = bundled_measures(vocabulary_of(world))
    named = (act["id"] for branch in recorded["branches"].values() for act in branch["measures"]) if recorded else acts
    measures = [acts[each] for each in dict.fromkeys(map(str, named)) if each in acts]
    references = read_references(DATA / "references.bib")
    return why(world, name, references, measures, folder=folder, episode=magnets_2025(DATA))


def explained_fact(found: Sequence[Fact], name: str, step: str = "") -> Explanation:
    """Explain a fact, or the group of facts whose names begin alike; a step may say more of how it was read."""
    references = read_references(DATA / "references.bib")
    kind: Kind = "figure" if all(each.name == name for each in found) else "group"
    lines = tuple(FigureLine(depth=0, moved="", **each) for each in lines_of(found, references))
    missing = (f"{why_no_number(each)}." for each in found if each.value is None)
    steps = (step, *missing) if step else steps_of(found, name)
    return Explanation(name=name, kind=kind, steps=steps, figures=lines)


def values_of_talks() -> dict[str, Figure]:
    """Return the security values and principals' weights of all bundled talks, by name."""
    from chokepoint.answer.talks.answer import bundled_talks, open_talks  # noqa: PLC0415  # takes a second
    from chokepoint.answer.talks.judgement import uncertain  # noqa: PLC0415

    return {name: each for path in bundled_talks().values() for name, each in uncertain(open_talks(path)).items()}


def why(
    world: World,
    name: str,
    references: Mapping[str, object],
    measures: Iterable[MeasureRecord] = (),
    *,
    folder: Path | None = None,
    episode: Episode | None = None,
) -> Explanation:
    """Explain a number by its name.

    Args:
        world: the world (of a run: ``run.world``).
        name: of a figure or parameter (``licence.handling_days``), of a group of them (``licence``), or of a result
            (``loss.USA``, ``exports.DEU.2025-05``, ``price.dysprosium_oxide.JPN.2025-05``).
        references: the sources by key; their texts are what ``str`` makes of them.
        measures: the acts whose terms are explained.
        folder: a run's folder; what it holds of the number is shown too.
        episode: whose exports the table ``exports_fan`` holds.

    Returns:
        The explanation, for a terminal or as JSON.

    Raises:
        DataError: nothing goes by that name; the message names the nearest.
    """
    acts = tuple(measures)
    used = in_run(folder, name) if folder else ()
    if name in world.figures:
        pairs = trail(world.figures, name)
        return _explained(world, name, "figure", (*enters(world, name, acts), *used), pairs, references)
    result = result_of(world, name)
    if result:
        return _explained_result(world, name, result, references, acts, folder, episode)
    shorter = fallback(world, name)
    if shorter:
        step = f"No figure of its own: the engine takes the next shorter name, {shorter}."
        return _explained(world, name, "fallback", (step, *used), trail(world.figures, shorter), references)
    members = [figure for each, figure in world.figures.items() if each.startswith(f"{name}.")]
    if not members:
        raise DataError([_unknown(world, name)])
    steps = (f"{len(members)} figures; ask for one of them by its full name.",)
    return _explained(world, name, "group", steps, ((0, figure) for figure in members), references)


def fallback(world: World, name: str) -> str | None:
    """Return the parameter that answers a longer name made of known words, None if none does."""
    words = {each.code for each in world.goods} | {*world.countries, *world.uses.sector, *world.activities.kind}
    parts = name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        shorter = ".".join(parts[:length])
        if shorter in world.parameters and words.issuperset(parts[length:]):
            return shorter
    return None


def in_run(folder: Path, name: str) -> tuple[str, ...]:
    """Say what a run used for a figure, branch by branch, as its ``run.json`` recorded it."""
    path = folder / "run.json"
    if not path.is_file():
        return (f"{path} is not there; what the run used is not known.",)
    record = cast("dict[str, dict[str, dict[str, object]]]", json.loads(path.read_text(encoding="utf-8")))
    general = record.get("inputs", {}).get(name, {}).get("value")
    said = [f"The run recorded {general} for it."] if general is not None else []
    for branch, entry in record.get("branches", {}).items():
        own = cast("Mapping[str, float]", entry.get("parameters", {})).get(name)
        said += [f"Branch {branch} set it to {own}."] if own is not None else []
    return tuple(said) or ("The run did not record it.",)


def _explained_result(
    world: World,
    name: str,
    result: Result,
    references: Mapping[str, object],
    measures: tuple[MeasureRecord, ...],
    folder: Path | None,
    episode: Episode | None,
) -> Explanation:
    rows = tuple(table_rows(folder, result)) if folder else ()
    note = ("The run's tables do not hold it.",) if folder and not rows else ()
    acts = tuple(f"Measure {each.id}, in force from {each.effective}: {each.title}." for each in measures)
    pairs = ((0, figure) for figure in feeding(world, result, measures, episode))
    told = _explained(world, name, "result", (*STEPS[result.kind], *acts, *note), pairs, references)
    return Explanation(name=name, kind="result", steps=told.steps, figures=told.figures, rows=rows)


def _explained(
    world: World,
    name: str,
    kind: Kind,
    steps: Iterable[str],
    pairs: Iterable[tuple[int, Figure]],
    references: Mapping[str, object],
) -> Explanation:
    moved = {
        each.figure: f"{each.before:.6g} to {each.after:.6g} {each.unit}: {each.reason}" for each in world.movements
    }
    lines = tuple(
        FigureLine(depth=depth, moved=moved.get(figure.name, ""), **facts(figure, references))
        for depth, figure in pairs
    )
    return Explanation(name=name, kind=kind, steps=tuple(steps), figures=lines)


def _unknown(world: World, name: str) -> Problem:
    first, second = ({".".join(each.split(".")[:length]) for each in world.figures} for length in (1, 2))
    known = {*world.figures, *first, *second}
    return Problem(
        where=f"why {name}",
        found="a name that nothing goes by",
        expected=f"a figure, the beginning of its name, or a result ({', '.join(PATTERNS.values())})",
        remedy=did_you_mean(name, known if nearest(name, known) else first),
    )
