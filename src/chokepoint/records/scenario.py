"""Scenarios: which measures hold in which branch, from when, known as of when."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from chokepoint.errors import DataError, Problem
from chokepoint.records.document import read_document, validated
from chokepoint.records.measure import measure_in, record_of
from chokepoint.records.measure_schema import Context
from chokepoint.records.scenario_schema import RARE_EARTHS, SCENARIO, Branch, Range, Scenario

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from chokepoint.records.document import Document, Place
    from chokepoint.records.measure import MeasureRecord
    from chokepoint.records.vocabulary import Vocabulary

FILE_ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, kw_only=True, slots=True)
class OverrideRecord:
    """A parameter as a scenario sets it: the value used and its range.

    Args:
        name: dotted name of the parameter.
        value: the number.
        low: lower end of its range, equal to ``value`` when it is held fixed.
        high: upper end.
        reason: why, in the user's words; empty when none was given.
    """

    name: str
    value: float
    low: float
    high: float
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class BranchRecord:
    """One course of events.

    Args:
        name: its key in the file.
        title: its name for people.
        as_of: last day whose news it may know.
        measures: the acts in force in it, in the order of the file.
        parameters: what it sets itself, on top of what the scenario sets for all.
        note: anything else a reader should know.
    """

    name: str
    title: str
    as_of: dt.date
    measures: tuple[MeasureRecord, ...]
    parameters: tuple[OverrideRecord, ...]
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ScenarioRecord:
    """A question, and the branches that answer it side by side.

    Args:
        name: short name, used for folders.
        file: where it was read from; text: what stood there.
        world: name of the bundled world it plays in.
        title: its name for people.
        question: what it asks.
        as_of: last day whose news it may know, unless a branch says otherwise.
        start: first month, ``YYYY-MM``.
        report_from: first month that is reported, ``YYYY-MM``; earlier ones only lead up to it.
        months: how many months are simulated.
        draws: how many cases are drawn from the ranges of the parameters.
        seed: where the drawing starts.
        parameters: what it sets for all branches.
        branches: at least one.
        talks: name of bundled talks, or path of a talks file; empty for none.
    """

    name: str
    file: str
    title: str
    question: str
    as_of: dt.date
    start: str
    months: int
    draws: int
    seed: int
    parameters: tuple[OverrideRecord, ...]
    branches: tuple[BranchRecord, ...]
    report_from: str = ""
    text: str = ""
    talks: str = ""
    world: str = RARE_EARTHS


def read_scenario(path: Path | str, vocabulary: Vocabulary, measures: Mapping[str, MeasureRecord]) -> ScenarioRecord:
    """Read a scenario file, wherever it lies.

    A branch names its measures by the ids of the bundle, by paths relative to the scenario file
    (``my-measures/ban.yaml``), or writes them out. A measure written out may carry the id of one in the bundle
    and then stands for it in that branch.

    Args:
        path: the file.
        vocabulary: the names that mean something in the world.
        measures: the measures of the bundle, by id.

    Returns:
        The scenario, its measures filled in.

    Raises:
        DataError: everything wrong in the file or in the measure files it names, with line and column.
    """
    path = Path(path)
    document, problems = read_document(path)
    if document is None:
        raise DataError(problems)
    drafts, problems = _drafts(path.parent, document)
    ids = {*measures, *drafts, *_ids(document.values, drafts)}
    context = Context(vocabulary=vocabulary, measure_ids=ids)
    scenario, found = validated(document, SCENARIO, context)
    problems += found
    known = dict(measures)
    for name, draft in drafts.items():
        measure, found = measure_in(draft, draft.values, (), name.rsplit(".", 1)[0], context)
        problems += found
        known |= {name: measure} if measure else {}
    if scenario is None or problems:
        raise DataError(problems)
    branches = [_branch(name, branch, scenario, document.file, known) for name, branch in scenario.branches.items()]
    problems = [problem for branch in branches for problem in _branch_problems(document, branch)]
    if problems:
        raise DataError(problems)
    return _record(scenario, path, document.file, tuple(branches))


def world_named_in(path: Path) -> str:
    """Return the world a scenario file names, or the default; what is wrong with the file is found when it is read.

    A folder that lies beside the file comes first, so that a world of one's own travels with its scenario.
    """
    document, _ = read_document(path)
    name = _entries(document.values).get("world") if document else None
    if not isinstance(name, str):
        return RARE_EARTHS
    return str(path.parent / name) if (path.parent / name).is_dir() else name


def _named(values: object) -> Iterator[tuple[Place, object]]:
    """Yield every entry of every branch's list of measures, as far as the file has the shape for it."""
    branches = _entries(_entries(values).get("branches"))
    for name, branch in branches.items():
        measures = _entries(branch).get("measures")
        if isinstance(measures, list):
            for number, entry in enumerate(cast("list[object]", measures)):
                yield ("branches", name, "measures", number), entry


def _entries(value: object) -> dict[str, object]:
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def _drafts(folder: Path, document: Document) -> tuple[dict[str, Document], list[Problem]]:
    """Open the user's own measure files that a scenario names, without judging them yet."""
    drafts: dict[str, Document] = {}
    problems: list[Problem] = []
    for place, entry in _named(document.values):
        if not (isinstance(entry, str) and entry.endswith(FILE_ENDINGS)) or entry in drafts:
            continue
        if not (folder / entry).is_file():
            expected = "a measure file, its path counted from the folder of the scenario"
            found, remedy = f"'{entry}', which is not there", f"check the path; it was looked for as {folder / entry}"
            problems.append(Problem(where=document.where(place), found=found, expected=expected, remedy=remedy))
            continue
        draft, found = read_document(folder / entry, file=entry)
        problems += found
        drafts |= {entry: draft} if draft else {}
    return drafts, problems


def _ids(values: object, drafts: Mapping[str, Document]) -> Iterator[str]:
    """Yield every id that a measure of the user's own goes by, and every path that was reported already."""
    for place, entry in _named(values):
        if isinstance(entry, str):
            yield from [entry] if entry.endswith(FILE_ENDINGS) else []
        else:
            yield str(_entries(entry).get("id", _own_id(place)))
    for name, draft in drafts.items():
        yield str(_entries(draft.values).get("id", name.rsplit(".", 1)[0]))


def _own_id(place: Place) -> str:
    _, branch, _, number = place
    return f"{branch}/{int(number) + 1}"


def _branch(
    name: str, branch: Branch, scenario: Scenario, file: str, known: Mapping[str, MeasureRecord]
) -> BranchRecord:
    measures = tuple(
        known[entry] if isinstance(entry, str) else record_of(entry, f"{name}/{number}", file)
        for number, entry in enumerate(branch.measures, start=1)
    )
    return BranchRecord(
        name=name,
        title=branch.title,
        as_of=branch.as_of or scenario.as_of,
        measures=measures,
        parameters=overrides(branch.parameters),
        note=branch.note,
    )


def _branch_problems(document: Document, branch: BranchRecord) -> Iterator[Problem]:
    ids = [measure.id for measure in branch.measures]
    for number, measure in enumerate(branch.measures):
        where = document.where(("branches", branch.name, "measures", number))
        if measure.id in ids[:number]:
            found = f"'{measure.id}' twice"
            yield Problem(where=where, found=found, expected="each measure once", remedy="delete one of them")
        if measure.changes and not set(ids) & set(measure.changes):
            found = f"'{measure.id}', which changes measures that this branch does not hold"
            expected = f"at least one of {', '.join(measure.changes)} in the same branch"
            yield Problem(where=where, found=found, expected=expected, remedy="add it, or delete this line")


def overrides(parameters: Mapping[str, float | Range]) -> tuple[OverrideRecord, ...]:
    """Return parameters as a file sets them, each with its range."""
    return tuple(
        OverrideRecord(name=name, value=given.value, low=given.low, high=given.high, reason=given.reason)
        if isinstance(given, Range)
        else OverrideRecord(name=name, value=given, low=given, high=given)
        for name, given in parameters.items()
    )


def _beside(path: Path, name: str) -> str:
    """Return a file named in a scenario as a path from here, if it lies beside the scenario; else the name."""
    return str(path.parent / name) if name and (path.parent / name).is_file() else name


def _record(scenario: Scenario, path: Path, file: str, branches: tuple[BranchRecord, ...]) -> ScenarioRecord:
    return ScenarioRecord(
        name=scenario.name,
        file=file,
        text=path.read_text(encoding="utf-8"),
        world=scenario.world,
        title=scenario.title,
        question=scenario.question,
        as_of=scenario.as_of,
        start=scenario.start,
        report_from=scenario.report_from or scenario.start,
        months=scenario.months,
        draws=scenario.draws,
        seed=scenario.seed,
        parameters=overrides(scenario.parameters),
        branches=branches,
        talks=_beside(path, scenario.talks or ""),
    )
