"""What a talks file may not say: names that lead nowhere, levels that do nothing, issues that contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from chokepoint.dates import Month
from chokepoint.errors import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from chokepoint.records.document import Document, Place
    from chokepoint.records.measure import MeasureRecord
    from chokepoint.records.measure_schema import Measure
    from chokepoint.records.scenario_schema import Range
    from chokepoint.records.talks_schema import Talks


def own_ids(values: object) -> Iterator[str]:
    """Yield the ids of the measures written out in a file, as far as it has the shape for it."""
    if isinstance(values, dict):
        entries = cast("dict[str, object]", values)
        if "instrument" in entries and isinstance(entries.get("id"), str):
            yield str(entries["id"])
        for value in entries.values():
            yield from own_ids(value)
    elif isinstance(values, list):
        for value in cast("list[object]", values):
            yield from own_ids(value)


def _unknown(document: Document, place: Place, name: str, what: str, known: Sequence[str]) -> Iterator[Problem]:
    if name not in known:
        where, remedy = document.where(place), did_you_mean(name, known)
        yield Problem(where=where, found=f"'{name}'", expected=f"the name of {what}", remedy=remedy)


def unknown_names(document: Document, talks: Talks, worlds: Sequence[str]) -> Iterator[Problem]:
    """Say which names lead nowhere: worlds, chains, parties, issues, levels."""
    parties, issues = list(talks.parties), list(talks.issues)
    levels = {name: list(issue.levels) for name, issue in talks.issues.items()}
    yield from _unknown(document, ("joint_world",), talks.joint_world, "a bundled world", worlds)
    for name, chain in talks.chains.items():
        yield from _unknown(document, ("chains", name, "world"), chain.world, "a bundled world", worlds)
    for name, issue in talks.issues.items():
        place = ("issues", name)
        yield from _unknown(document, (*place, "owner"), issue.owner, "a party of these talks", parties)
        yield from _unknown(document, (*place, "chain"), issue.chain, "a chain of these talks", list(talks.chains))
        kept = issue.without_a_deal
        yield from _unknown(document, (*place, "without_a_deal"), kept, "a level of this issue", levels[name])
    for number, value in enumerate(talks.values):
        place = ("values", number)
        yield from _unknown(document, (*place, "party"), value.party, "a party of these talks", parties)
        yield from _unknown(document, (*place, "issue"), value.issue, "an issue of these talks", issues)
        yield from _unknown(document, (*place, "level"), value.level, "a level of it", levels.get(value.issue, []))
    for name, actor in talks.actors.items():
        yield from _unknown(document, ("actors", name, "party"), actor.party, "a party of these talks", parties)
    if talks.fronts:
        yield from _unknown(
            document, ("fronts", "chain"), talks.fronts.chain, "a chain of these talks", list(talks.chains)
        )
    for issue, level in talks.historical.items():
        yield from _unknown(document, ("historical", issue), issue, "an issue of these talks", issues)
        yield from _unknown(document, ("historical", issue), level, "a level of it", levels.get(issue, []))
        if issue in talks.issues and level in levels[issue] and talks.issues[issue].levels[level].is_threat:
            where, expected = document.where(("historical", issue)), "a level that both sides could agree on"
            yield Problem(
                where=where, found=f"'{level}', only a threat", expected=expected, remedy="name another level"
            )
    for issue in issues:
        if talks.historical and issue not in talks.historical:
            where, expected = document.where(("historical",)), "a level for every issue"
            yield Problem(where=where, found=f"no '{issue}'", expected=expected, remedy="add it")


def _changed(entry: str | Measure, known: Mapping[str, MeasureRecord]) -> tuple[str, ...]:
    """Return the ids of the measures that one modifies or suspends."""
    if isinstance(entry, str):
        return known[entry].changes if entry in known else ()
    return (*getattr(entry, "suspends", ()), *getattr(entry, "modifies", ()))


def _id(entry: str | Measure) -> str:
    return entry if isinstance(entry, str) else entry.id or ""


def contradictions(document: Document, talks: Talks, known: Mapping[str, MeasureRecord]) -> Iterator[Problem]:
    """Say which levels do nothing, change what is not there, or reach into another issue, and whether time runs on."""
    if talks.start < talks.before:
        where, found = document.where(("start",)), f"'{talks.start}', before the first month simulated, {talks.before}"
        yield Problem(where=where, found=found, expected="a month not before it", remedy="correct 'start' or 'before'")
    yield from _idle_dates_and_actors(document, talks)
    yield from _values_said_twice(document, talks)
    yield from _below_zero(document, talks)
    decided: dict[str, str] = {}
    for name, issue in talks.issues.items():
        yield from _idle_levels(document, talks, name)
        entries = [each for level in issue.levels.values() for each in level.measures]
        history = talks.chains[issue.chain].history if issue.chain in talks.chains else ()
        in_force = {_id(each) for each in history}
        reached = {act for each in entries for act in (_id(each), *_changed(each, known)) if act}
        for act in sorted(reached):
            if decided.setdefault(act, name) != name:
                found = f"'{act}', which the issue '{decided[act]}' decides as well"
                expected = "issues that do not contradict each other: each act decided by one of them"
                remedy = "make one issue of the two, with a level for each combination"
                where = document.where(("issues", name))
                yield Problem(where=where, found=found, expected=expected, remedy=remedy)
        for rung, level in issue.levels.items():
            there = in_force | {_id(each) for each in level.measures}
            for number, each in enumerate(level.measures):
                if _changed(each, known) and not there & set(_changed(each, known)):
                    where = document.where(("issues", name, "levels", rung, "measures", number))
                    found = "a measure that changes none in force"
                    expected = f"one of {', '.join(_changed(each, known))} in the history of the chain"
                    yield Problem(where=where, found=found, expected=expected, remedy="add it there")


def _idle_levels(document: Document, talks: Talks, name: str) -> Iterator[Problem]:
    """Say which levels of an issue name no measure although another one already stands for doing nothing."""
    seen: dict[tuple[str, ...], str] = {}
    issue = talks.issues[name]
    for rung, level in issue.levels.items():
        where = document.where(("issues", name, "levels", rung))
        said = tuple(each if isinstance(each, str) else each.model_dump_json() for each in level.measures)
        if said in seen:
            found = f"the measures of '{seen[said]}' again" if said else "a level that names no measure"
            expected = "measures of its own on every level but the one on which things stay as they are"
            yield Problem(where=where, found=found, expected=expected, remedy="name a measure, or delete the level")
        seen.setdefault(said, rung)
        if rung == issue.without_a_deal and level.is_threat:
            found, expected = "the level without a deal, marked as a threat", "a level that is no threat"
            yield Problem(where=where, found=found, expected=expected, remedy="delete the line is_threat")


def _idle_dates_and_actors(document: Document, talks: Talks) -> Iterator[Problem]:
    """Say which dates lie outside the months that count, or out of order, and which actors stand for nobody."""
    start = Month.read(talks.start)
    passed, horizon = 0, talks.dated_months or talks.months
    if horizon < talks.months:
        where, found = document.where(("dated_months",)), f"{horizon}, less than the {talks.months} 'months'"
        yield Problem(where=where, found=found, expected="as many or more", remedy="raise it, or delete the line")
    for number, each in enumerate(talks.renegotiate):
        after = start.until(Month.read(each.month))
        # The first stretch is read off the months of the talks themselves.
        if not passed < after < (horizon if number else min(horizon, talks.months + 1)):
            last = start.plus(horizon - 1)
            expected = f"months in rising order, after {talks.start} and up to {last}, the last month that counts"
            expected += f", the first of them up to {start.plus(talks.months)}" if horizon > talks.months else ""
            where = document.where(("renegotiate", number, "month"))
            remedy = "correct or delete the date, or let more 'months' or 'dated_months' count"
            yield Problem(where=where, found=f"'{each.month}'", expected=expected, remedy=remedy)
        passed = max(passed, after)
        for issue in each.issues:
            place = ("renegotiate", number, "issues")
            yield from _unknown(document, place, issue, "an issue of these talks", list(talks.issues))
    for name, actor in talks.actors.items():
        if not actor.uses and not actor.makes:
            where, expected = document.where(("actors", name)), "some end use under 'uses' or activity under 'makes'"
            yield Problem(
                where=where, found="an actor that uses and makes nothing", expected=expected, remedy="add one"
            )


def _values_said_twice(document: Document, talks: Talks) -> Iterator[Problem]:
    """Say which security values are given twice, so that either would be as good as the other."""
    seen: dict[tuple[str, str, str], int] = {}
    for number, value in enumerate(talks.values):
        first = seen.setdefault((value.party, value.issue, value.level), number)
        if first != number:
            yield Problem(
                where=document.where(("values", number)),
                found=f"what {value.party} puts on '{value.issue}' at '{value.level}' a second time",
                expected=f"one value, that of values.{first}",
                remedy="delete one of the two",
            )


def _below_zero(document: Document, talks: Talks) -> Iterator[Problem]:
    """Say which ranges reach below zero that no such thing can have: weights, months, losses that are borne."""
    ranges = {("parties", code, "principal_weight"): each.principal_weight for code, each in talks.parties.items()}
    given: dict[Place, Range | None] = {**ranges, ("verification_months",): talks.verification_months}
    given["tolerance",] = talks.tolerance
    if talks.fronts and talks.fronts.deposit:
        given["fronts", "deposit", "least_scale"] = talks.fronts.deposit.least_scale
    for place, each in given.items():
        if each is not None and each.low < 0.0:
            where, found = document.where(place), f"a range from {each.low:g}"
            yield Problem(where=where, found=found, expected="a range from 0 or above", remedy="raise 'low'")
    scale = talks.fronts.deposit.least_scale if talks.fronts and talks.fronts.deposit else None
    if scale is not None and scale.high > 1.0:
        where, found = document.where(("fronts", "deposit", "least_scale")), f"a range up to {scale.high:g}"
        yield Problem(where=where, found=found, expected="a share of the output, at most 1", remedy="lower 'high'")
