"""Who makes how much: the best figure per country, the rest of the world total, and what sources disagree about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chokepoint.facts import REST
from chokepoint.facts.total import world_total
from chokepoint.provenance import ASSUMED
from chokepoint.sources.fact import WORLD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.building.selection import Selection
    from chokepoint.facts import Facts
    from chokepoint.records.chain_rows import StepRow
    from chokepoint.records.rows import ProductionRow
    from chokepoint.sources.fact import Fact

PRODUCTION = "production"
MANY = frozenset({WORLD, REST})
ROUNDED = 0.005
"""A world total this near the sum of its countries is the same number, rounded."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """What a kind of plant makes in one country in a year, and who says so.

    Args:
        value, low, high: units of its good a year.
        source, grade, reason: as for any figure; year: the one described.
        others: what further publishers say, for the table of disagreements.
    """

    value: float
    low: float
    high: float
    year: int
    source: str
    grade: str
    reason: str
    others: tuple[Fact, ...] = ()


def levels(facts: Facts, selection: Selection, step: StepRow, chain: str) -> dict[str, Level]:
    """Return the output of a kind of plant by country.

    Facts first: those of the best publisher, with a range that spans the others. What its world total holds beyond
    its countries stands as ``ROW``. Where no publisher gives any country, the stated rows of the chains count;
    where those say nothing either, nobody knows, and the balance has to tell.

    Args:
        facts: what publishers say; selection: the chains; step: the kind of plant; chain: its mineral.
    """
    found = _reported(facts, step, chain, selection.year) if step.stage else {}
    if found:
        return found
    return {row.country: _stated(row) for row in selection.production.get(step.kind, ())}


def _reported(facts: Facts, step: StepRow, chain: str, year: int) -> dict[str, Level]:
    """Return one publisher's countries (two publishers' do not add up), and what its world total has besides."""
    every = facts.of(mineral=chain, measure=PRODUCTION, stage=step.stage, year=year)
    told = [fact for fact in every if fact.value is not None]
    chosen: dict[str, Fact] = {}
    for fact in _of_one_publisher(told, facts):
        chosen.setdefault(fact.country, fact)
    total = world_total(facts, {place: each for place, each in chosen.items() if place not in MANY})
    if WORLD in chosen and total:
        chosen[WORLD] = total
    found = {
        country: _level(fact, [each for each in told if each.country == country and each is not fact], step.value)
        for country, fact in chosen.items()
    }
    world = found.pop(WORLD, None)
    named = {country: level for country, level in found.items() if level.value > 0.0}
    if world and named and REST not in named:
        rest = _rest(world, named)
        named |= {REST: rest} if rest else {}
    return named


def _of_one_publisher(told: Sequence[Fact], facts: Facts) -> list[Fact]:
    """Keep the user's own facts and those of the best publisher that names a country."""
    ours = {id(each) for each in facts.facts[: facts.own]}
    named = [each.source for each in told if each.country not in MANY and id(each) not in ours]
    return [each for each in told if id(each) in ours or each.source in named[:1]]


def _level(fact: Fact, others: Sequence[Fact], factor: float) -> Level:
    """Return the output of one country, with a range that spans the other publishers."""
    figure = fact.figure()
    told = [each.value for each in others if each.value is not None and each.basis == fact.basis]
    is_plain = factor == 1.0
    return Level(
        value=figure.value * factor,
        low=min(figure.low, *told, figure.value) * factor,
        high=max(figure.high, *told, figure.value) * factor,
        year=fact.year,
        source=fact.source,
        grade=fact.grade if is_plain or fact.grade == ASSUMED else "derived",
        reason=fact.reason if is_plain else f"{fact.name} times {factor:g}. {fact.reason}".strip(),
        others=tuple(others),
    )


def _rest(world: Level, named: Mapping[str, Level]) -> Level | None:
    """Return what a world total holds beyond the countries named."""
    rest = world.value - sum(level.value for level in named.values())
    if rest <= ROUNDED * world.value:
        return None
    words = f"the world total of {world.value:g} less the countries that are named"
    return replace(world, value=rest, low=0.0, high=2.0 * rest, grade="derived", reason=words, others=())


def _stated(row: ProductionRow) -> Level:
    return Level(
        value=row.value,
        low=row.value if row.low is None else row.low,
        high=row.value if row.high is None else row.high,
        year=row.year,
        source=row.source,
        grade=row.grade,
        reason=row.reason,
    )
