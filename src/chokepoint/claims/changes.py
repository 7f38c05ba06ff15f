"""Changes, multiples, ranks and sums: figures that follow from two or more on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.claims.judging import Judgement
from chokepoint.claims.timeliness import YEAR
from chokepoint.claims.tolerance import compare

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.claims.quantities import Quantity
    from chokepoint.claims.shelf import Record
    from chokepoint.claims.slots import Topic

_RANK = {"supported": 0, "near": 1, "contradicted": 2}
PAIR = 2
Found = tuple[int, float, str, tuple["Record", ...]]


def judge_change(
    stated: Quantity,
    recent: Sequence[Record],
    shelf: Mapping[str, Sequence[Record]],
    topic: Topic,
    named: frozenset[str],
) -> Judgement:
    """Judge a change or a multiple against the records just used, else the same a year apart: 100 |1 - new / old|, or new / old.

    Only records of the measure, mineral and country that the sentence is about are set against each other; where those just used are no
    series of their own, a change that does not agree contradicts nothing.
    """
    if topic.is_apart and not topic.mineral.value:
        return Judgement(verdict="not_checkable")
    series = _series(stated, recent, topic)
    found = [
        _moved(stated, *_ordered(new, old))
        for new in series
        for old in _peers(new, series, shelf, named)
        if min(new.high, old.high) > 0
    ]
    found += _indices(stated, shelf, topic)
    found = found or [_moved(stated, new, old) for new, old in _pairs(topic, shelf, named) if old.high > 0]
    if not found:
        return Judgement(verdict="not_checkable")
    _, apart, verdict, evidence = min(found, key=lambda each: each[:2])
    if verdict == "contradicted" and len({each.period for each in series}) < PAIR:
        return Judgement(verdict="not_checkable")
    return Judgement(
        verdict=verdict, evidence=evidence, apart=apart, right=None if verdict == "supported" else evidence[0]
    )


def _series(stated: Quantity, recent: Sequence[Record], topic: Topic) -> list[Record]:
    """Return the records just used that a change may be of."""
    wanted = topic.measure.value if topic.is_change or stated.unit == "index" else ""
    return [
        each
        for each in recent
        if (not topic.mineral.value or each.mineral == topic.mineral.value) and (each.unit != "%" or stated.unit == "pp")
        and (not wanted or each.measure == wanted) and (not topic.country.is_named or each.country in {topic.country.value, ""} or each.partner == topic.country.value)
    ]  # fmt: skip


def _ordered(one: Record, other: Record) -> tuple[Record, Record]:
    """Return the later, else the larger, of two records first."""
    base, value = sorted((other, one), key=lambda each: (each.period, each.high))
    return value, base


def _indices(stated: Quantity, shelf: Mapping[str, Sequence[Record]], topic: Topic) -> list[Found]:
    """Return the stated change against every index of the same measure."""
    if stated.unit != "%":
        return []
    return [
        _as_index(stated, each)
        for each in shelf.get(topic.mineral.value, ())
        if each.unit == "index" and each.measure in {topic.measure.value, "change"}
    ]


def _as_index(stated: Quantity, record: Record) -> Found:
    """Compare a stated change with an index whose earlier value is a hundred."""
    ends = sorted(abs(100.0 - each) for each in (record.low, record.high))
    verdict, apart = compare(stated.low, stated.high, stated.comparison, (ends[0], ends[-1]))
    return _RANK[verdict], apart, verdict, (record,)


def _moved(stated: Quantity, value: Record, base: Record) -> Found:
    """Compare a stated change with that from one record to another."""
    ratios = sorted(each / other for each in (value.low, value.high) for other in (base.low, base.high) if other)
    ends = {"times": ratios, "index": [100 * each for each in ratios]}.get(stated.unit) or sorted(
        100 * abs(1 - each) for each in ratios
    )
    verdict, apart = compare(stated.low, stated.high, stated.comparison, (ends[0], ends[-1]))
    return _RANK[verdict], apart, verdict, (value, base)


def _peers(
    new: Record, recent: Sequence[Record], shelf: Mapping[str, Sequence[Record]], named: frozenset[str]
) -> list[Record]:
    """Return what a figure may be set against: others just used, and the same a year apart."""
    peers = [each for each in recent if each is not new and each.unit == new.unit and each.mineral == new.mineral]
    return peers + [
        each for each in _alike(new, shelf) if _is_year_apart(each.period, new.period) or each.period in named
    ]


def _alike(new: Record, shelf: Mapping[str, Sequence[Record]]) -> list[Record]:
    same = (new.measure, new.unit, new.country, new.partner, new.stage)
    return [
        each
        for each in shelf.get(new.mineral, ())
        if (each.measure, each.unit, each.country, each.partner, each.stage) == same
    ]


def _pairs(topic: Topic, shelf: Mapping[str, Sequence[Record]], named: frozenset[str]) -> list[tuple[Record, Record]]:
    """Return pairs of records of what the sentence is about, a year apart or of the two times it names."""
    years = {int(period[:YEAR]) for period in (*named, topic.period.value) if period[:YEAR].isdigit()}
    wanted = {str(year + step) for year in years for step in (-1, 0, 1)}
    held = [
        each
        for each in shelf.get(topic.mineral.value, ())
        if each.measure in _movable(topic) and each.unit != "%"
        and each.country in {topic.country.value, ""} and each.period[:YEAR] in wanted
    ]  # fmt: skip
    return [
        (new, old)
        for new in held
        for old in _alike(new, shelf)
        if _is_year_apart(old.period, new.period) and old.period < new.period
    ]


def _movable(topic: Topic) -> frozenset[str]:
    """Return the measures that a change may be of."""
    named = topic.measure.value
    return (
        frozenset({named})
        if topic.is_change and named
        else frozenset({"exports", "imports", "price", "production", "quota"})
    )


def _is_year_apart(old: str, new: str) -> bool:
    """Say whether two periods are the same months a year apart."""
    dated = old[:YEAR].isdigit() and new[:YEAR].isdigit()
    return dated and old[YEAR:] == new[YEAR:] and abs(int(old[:YEAR]) - int(new[:YEAR])) == 1


def judge_rank(stated: Quantity, topic: Topic, shelf: Mapping[str, Sequence[Record]], published: str) -> Judgement:
    """Judge "the second largest" against the order of the producers in one publisher's table of the newest year."""
    stage = topic.stage.value if topic.stage.value in {"mining", "refining", "reserves", "magnets"} else "mining"
    measure = "reserves" if stage == "reserves" else "production"
    held = [
        each
        for each in shelf.get(topic.mineral.value, ())
        if each.measure == measure and each.unit == "t" and each.stage == stage and len(each.country) == 3 and each.country not in {"WLD", "ROW", "OTH"}
        and each.period[:YEAR] < published[:YEAR] and (not topic.period.is_named or each.period[:YEAR] == topic.period.value[:YEAR])
    ]  # fmt: skip
    newest = max((each.period for each in held), default="")
    tables: dict[str, list[Record]] = {}
    for each in held:
        if each.period == newest:
            tables.setdefault(each.source, []).append(each)
    places = [
        (place, each)
        for rows in tables.values()
        for place, each in enumerate(sorted(rows, key=lambda row: -row.high), start=1)
        if each.country == topic.country.value
    ]
    if not places or not topic.mineral.value:
        return Judgement(verdict="not_checkable")
    right = [each for place, each in places if place == stated.low]
    return (
        Judgement(verdict="supported", evidence=(right[0],))
        if right
        else Judgement(verdict="contradicted", evidence=(places[0][1],), apart=1.0, right=places[0][1])
    )
