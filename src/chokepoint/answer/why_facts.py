"""What stands behind a fact of the bundle: every publisher that says it, best first, or why nobody does."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from chokepoint.answer.figure_facts import facts as told
from chokepoint.errors import DataError, Problem
from chokepoint.facts import read_trade
from chokepoint.facts.missing import Asked, why_no_fact, why_no_number
from chokepoint.sources.fact import WORLD, Fact

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.answer.figure_facts import Facts as Told
    from chokepoint.facts import Facts
    from chokepoint.store import Store

ISO3_LETTERS = 3
TRADE_PARTS = 5


def trade_named(name: str, facts: Facts, store: Store | None = None) -> tuple[tuple[Fact, ...], str]:
    """Return the value and weight of one flow (``trade.811292.CHN.JPN.2024``), and how its code and year were read.

    Args:
        name: code, exporter, importer and year, dotted, behind the word trade.
        facts: the bundle, whose register says what a code holds.
        store: publishers' files the user brought in.

    Returns:
        Nothing where the name is not of that shape.

    Raises:
        DataError: the bundle holds no such code, year or flow; the message says which it holds.
    """
    parts = name.split(".")
    if parts[0] != "trade" or len(parts) != TRADE_PARTS or not parts[-1].isdigit():
        return (), ""
    _, code, exporter, importer, year = parts
    try:
        trade = read_trade(code, int(year), store=store)
    except LookupError as reason:
        raise DataError([_no_figure(name, str(reason))]) from reason
    found = [
        Fact(
            mineral="",
            stage="",
            measure=f"trade.{code}.{exporter}.{importer}",
            country="",
            year=trade.year,
            value=None if math.isnan(value) else float(value),
            unit=unit,
            basis="",
            low=None,
            high=None,
            source=trade.source,
            grade="B",
            reason="" if not math.isnan(value) else "BACI has no quantity",
        )
        for at in range(trade.kusd.size)
        if (trade.exporter[at], trade.importer[at]) == (exporter, importer)
        for value, unit in ((trade.kusd[at], "thousand USD"), (trade.t[at], "t"))
    ]
    if not found:
        raise DataError([_no_figure(name, f"no flow from {exporter} to {importer} of 5 thousand USD or more")])
    return tuple(found), f"World trade under {code}, {_product(code, facts)}. {trade.note}".rstrip(". ") + "."


def _product(code: str, facts: Facts) -> str:
    """Say what a code holds, as the register has it."""
    held = [each for mineral in facts.minerals.values() for each in mineral.hs if each.hs6 == code]
    return "; ".join(dict.fromkeys(each.product for each in held)) or "which the register does not name"


def facts_named(facts: Facts, name: str) -> tuple[Fact, ...]:
    """Return the facts a name means, whole (``reserves.cobalt.COD.2025``) or as a beginning (``reserves.cobalt``).

    Args:
        facts: the bundle, with a user's own figures if any.
        name: measure, mineral, stage, country and year, dotted, the empty ones left out.

    Returns:
        Best source first; nothing where the name is not one of a known mineral or country.

    Raises:
        DataError: the name is that of a mineral's measure, and no publisher says it; the message says why.
    """
    measure, *parts = name.split(".")
    if not parts:
        return ()
    held = [each for (_, kept), group in facts.by_key.items() if kept == measure for each in group]
    found = tuple(each for each in held if f"{each.name}.".startswith(f"{name}."))
    if found or parts[0] not in facts.minerals:
        return found
    asked = _asked(measure, parts)
    at_any_stage = tuple(each for each in held if _is_asked(each, asked))
    if at_any_stage:
        return at_any_stage
    reason = why_no_fact(asked, facts.by_key.get((asked.mineral, measure), ()), facts.minerals)
    remedy = f"see `chokepoint mineral {asked.mineral}`, or add a figure of your own with --figures"
    raise DataError([_no_figure(name, f"{reason}; {remedy}")])


def steps_of(found: Sequence[Fact], name: str) -> tuple[str, ...]:
    """Say in sentences what is known of a fact beside its number."""
    if any(each.name != name for each in found):
        return (f"{len(found)} figures; ask for one of them by its full name.",)
    said = [f"Counted as: {', '.join(dict.fromkeys(each.basis for each in found if each.basis))}."]
    said = said if any(each.basis for each in found) else []
    if len(found) > 1:
        said.append("Several say it; the first is used.")
    said += [f"{why_no_number(each)}." for each in found if each.value is None]
    return tuple(said)


def lines_of(found: Sequence[Fact], references: Mapping[str, object]) -> list[Told]:
    """Return what people are told of each fact that has a number."""
    return [told(each.figure(), references) for each in found if each.value is not None]


def _no_figure(name: str, remedy: str) -> Problem:
    return Problem(where=f"why {name}", found="no figure", expected="one that a publisher gives", remedy=remedy)


def _is_asked(fact: Fact, asked: Asked) -> bool:
    """Return whether a fact is one of those asked for, whatever stage its full name holds where none was given."""
    wanted = ((asked.stage, fact.stage), (asked.country, fact.country), (asked.year, fact.year))
    return fact.mineral == asked.mineral and all(given is None or given == held for given, held in wanted)


def _asked(measure: str, parts: Sequence[str]) -> Asked:
    """Read a name's parts by their shape: a year is digits, a country three capitals, a stage anything else."""
    mineral, *rest = parts
    years = [each for each in rest if each.isdigit()]
    places = [each for each in rest if each == WORLD or (each.isupper() and len(each) == ISO3_LETTERS)]
    stages = [each for each in rest if each not in years and each not in places]
    return Asked(
        mineral=mineral,
        measure=measure,
        stage=stages[0] if stages else None,
        country=places[0] if places else None,
        year=int(years[0]) if years else None,
    )
