"""One mineral seen whole: stage by stage who makes how much, and what else is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.facts.total import world_total
from chokepoint.sources.fact import WORLD

if TYPE_CHECKING:
    from chokepoint.facts.bundle import Facts
    from chokepoint.facts.mineral import Mineral
    from chokepoint.sources.fact import Fact

BESIDES = ("reserves", "price", "net_import_reliance", "import_share", "by_product_share", "recycling_rate")
"""Measures shown beside the chain, in this order."""

STATED_SHARES = ("production_share", "capacity_share")


@dataclass(frozen=True, kw_only=True, slots=True)
class Producer:
    """A country's output at a stage.

    Args:
        fact: what is said.
        share: of the world, 0 to 1; None where the output or the whole is not known.
    """

    fact: Fact
    share: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """One stage of a chain in one year.

    Args:
        stage: its name.
        year: the year shown; None where no output is known in any.
        producers: the largest first, those without a number last.
        world: the publisher's own total; None where it prints none.
        whole: what shares are of: ``the publisher's world total``, ``the world total with your figures`` or ``the
            countries named``.
        stated: shares that a publisher states without the tonnes behind them.
        reason: why there is no output, where there is none.
    """

    stage: str
    year: int | None
    producers: tuple[Producer, ...]
    world: Fact | None
    whole: str
    stated: tuple[Fact, ...]
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Chain:
    """A mineral, its stages and what is said beside them, newest year of each first source.

    Args:
        mineral: the mineral.
        stages: of its chain, in order.
        besides: what is said beside them.
        own: every figure the user adds, whatever its measure and year: an announced plant, a customs figure.
    """

    mineral: Mineral
    stages: tuple[Stage, ...]
    besides: tuple[Fact, ...]
    own: tuple[Fact, ...]


def chain_of(facts: Facts, mineral: str, year: int | None = None) -> Chain:
    """Return a mineral's chain.

    Args:
        facts: the bundle, with a user's own figures if any.
        mineral: its code.
        year: of the output; left out, the newest year of each stage.
    """
    known = facts.minerals[mineral]
    besides = [each for measure in BESIDES for each in _newest(facts.of(mineral=mineral, measure=measure), year)]
    return Chain(
        mineral=known,
        stages=tuple(_stage(facts, mineral, each, year) for each in known.stages),
        besides=tuple(besides),
        own=tuple(each for each in facts.facts[: facts.own] if each.mineral == mineral),
    )


def _stage(facts: Facts, mineral: str, stage: str, year: int | None) -> Stage:
    counted = facts.of(mineral=mineral, measure="production", stage=stage)
    years = [each.year for each in counted if each.value is not None and each.country != WORLD]
    chosen = year if year is not None else max(years, default=None)
    found = facts.production(mineral, stage, chosen) if chosen is not None else {}
    numbers = {country: each for country, each in found.items() if each.value is not None}
    world, whole = _whole(facts, numbers)
    producers = [Producer(fact=each, share=_share(each, whole)) for each in found.values()]
    producers.sort(key=lambda each: (each.fact.value is None, -(each.fact.value or 0.0), each.fact.country))
    stated = [each for measure in STATED_SHARES for each in facts.of(mineral=mineral, measure=measure, stage=stage)]
    return Stage(
        stage=stage,
        year=chosen,
        producers=tuple(producers),
        world=world,
        whole=_whole_in_words(facts, world),
        stated=tuple(stated),
        reason="" if numbers else _reason(facts, mineral, stage, year),
    )


def _whole(facts: Facts, numbers: dict[str, Fact]) -> tuple[Fact | None, float]:
    """Return the world total and what shares are taken of, never less than what its countries add up to."""
    named = sum(each.value or 0.0 for each in numbers.values())
    total = world_total(facts, numbers)
    return total, max(total.value or 0.0, named) if total else named


def _whole_in_words(facts: Facts, world: Fact | None) -> str:
    if world is None:
        return "the countries named"
    is_printed = any(world is each for each in facts.facts[facts.own :])
    return "the publisher's world total" if is_printed else "the world total with your figures"


def _share(fact: Fact, whole: float) -> float | None:
    return fact.value / whole if fact.value is not None and whole > 0 else None


def _reason(facts: Facts, mineral: str, stage: str, year: int | None) -> str:
    try:
        fact = facts.one(mineral=mineral, measure="production", stage=stage, year=year)
    except LookupError as error:
        return str(error)
    return f"only the total of {fact.country} is given: {fact.value:g} {fact.unit} ({fact.source})"


def _newest(found: tuple[Fact, ...], year: int | None) -> list[Fact]:
    """Return the facts of the newest year that has a number, up to a year; those of the best source only."""
    dated = [each for each in found if each.value is not None and (year is None or each.year <= year)]
    if not dated:
        return list(found[:1])
    last = max(each.year for each in dated)
    source = next(each.source for each in dated if each.year == last)
    return [each for each in found if each.year == last and each.source == source]
