"""The bundle of facts for people: a list of minerals, and one mineral with its chain."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from chokepoint.answer.figure_facts import source_text
from chokepoint.facts.counting import count, kind_of
from chokepoint.sources.fact import WORLD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chokepoint.countries import Countries
    from chokepoint.facts import Facts
    from chokepoint.facts.chain import Chain, Producer, Stage
    from chokepoint.sources.fact import Fact

SHOWN = 8
"""Countries shown of a list in a terminal; JSON holds them all."""

PER_KILOGRAM_FROM = 20_000
KILOGRAMS_PER_TONNE = 1000
HEADINGS = {
    "reserves": "Reserves",
    "price": "Prices",
    "net_import_reliance": "Net import reliance of the United States",
    "import_share": "Suppliers' shares of United States imports",
    "by_product_share": "Share of supply that comes as a by-product",
    "recycling_rate": "Recycling input rate",
}


def list_json(facts: Facts) -> list[dict[str, object]]:
    """Return every mineral with its stages, lists and counts."""
    return [
        {
            "mineral": each.mineral,
            "name": facts.minerals[each.mineral].name,
            "stages": facts.minerals[each.mineral].stages,
            "hosts": facts.minerals[each.mineral].hosts,
            "lists": facts.minerals[each.mineral].lists,
            "sourced": each.sourced,
            "derived": each.derived,
            "assumed": each.assumed,
            "missing": each.missing,
            "newest_year": each.newest,
        }
        for each in count(facts)
    ]


def list_text(facts: Facts) -> str:
    """Return the minerals as one line each."""
    lines = [f"{'mineral':20} {'sourced':>7} {'derived':>7} {'assumed':>7} {'missing':>7} {'newest':>6}  stages"]
    for each in count(facts):
        numbers = "".join(f" {number:7}" for number in (each.sourced, each.derived, each.assumed, each.missing))
        stages = ", ".join(facts.minerals[each.mineral].stages)
        lines.append(f"{each.mineral:20}{numbers} {each.newest or '-':>6}  {stages}")
    lines.append("")
    lines.append("`chokepoint mineral NAME` shows one. Missing: a publisher names it and gives no number.")
    return "\n".join(lines) + "\n"


def fact_json(fact: Fact, references: Mapping[str, object]) -> dict[str, object]:
    """Return a fact with its name, kind and source in words."""
    return {
        "name": fact.name,
        "kind": kind_of(fact).value if fact.value is not None else "missing",
        **asdict(fact),
        "source_text": source_text(references, fact.source),
    }


def chain_json(chain: Chain, references: Mapping[str, object]) -> dict[str, object]:
    """Return a chain as plain values, every figure with its source and grade."""
    return {
        "mineral": asdict(chain.mineral),
        "stages": [_stage_json(each, references) for each in chain.stages],
        "besides": [fact_json(each, references) for each in chain.besides],
        "own": [fact_json(each, references) for each in chain.own],
    }


def _stage_json(stage: Stage, references: Mapping[str, object]) -> dict[str, object]:
    return {
        "stage": stage.stage,
        "year": stage.year,
        "reason": stage.reason,
        "shares_are_of": stage.whole,
        "world": fact_json(stage.world, references) if stage.world else None,
        "producers": [fact_json(each.fact, references) | {"share": each.share} for each in stage.producers],
        "stated_shares": [fact_json(each, references) for each in stage.stated],
    }


def chain_text(
    chain: Chain,
    countries: Countries,
    references: Mapping[str, object],
    jumps: Mapping[str, Sequence[int]],
) -> str:
    """Return a chain for a terminal: each figure with source and grade, the sources in words at the end.

    Args:
        chain: the mineral's.
        countries: for names of places.
        references: the sources by key.
        jumps: years in which a series of trade breaks, by its name (``trade.811292``).
    """
    mineral = chain.mineral
    about = ", ".join(filter(None, (mineral.symbol, *mineral.lists)))
    lines = [f"{mineral.name}{f' ({about})' if about else ''}"]
    if mineral.group:
        lines.append(f"  part of {mineral.group}, which publishers count as one")
    if mineral.hosts:
        lines.append(f"  a by-product of {', '.join(mineral.hosts)}: their output, not its own price, sets its supply")
    used: dict[str, None] = {}
    for stage in chain.stages:
        lines += ["", *_stage_lines(stage, countries)]
        used |= dict.fromkeys(each.fact.source for each in stage.producers[:SHOWN])
        used |= dict.fromkeys(each.source for each in stage.stated)
    for measure, heading in HEADINGS.items():
        held = [each for each in chain.besides if each.measure == measure]
        if held:
            lines += ["", f"{heading}, {held[0].year}", *_facts_lines(held, countries)]
            used |= dict.fromkeys(each.source for each in held)
    if chain.own:
        lines += ["", "Your figures", *(_own_line(each, countries) for each in chain.own)]
        used |= dict.fromkeys(each.source for each in chain.own)
    bare = "Figures are as published; where a publisher gives a range it is shown, elsewhere none is known."
    lines += ["", *_code_lines(chain, jumps), "", bare, "", "Sources"]
    lines += [f"  {key}: {source_text(references, key)}" for key in used]
    return "\n".join(lines) + "\n"


def _stage_lines(stage: Stage, countries: Countries) -> list[str]:
    heading = f"{stage.stage.capitalize()}{f', {stage.year}' if stage.year is not None else ''}"
    if stage.world:
        heading += f": world {_amount(stage.world)} ({_answers(stage.world)})"
    lines = [heading]
    numbers = [each for each in stage.producers if each.fact.value]
    lines += [_producer_line(each, countries) for each in numbers[:SHOWN]]
    if len(numbers) > SHOWN:
        lines.append(f"  ... and {len(numbers) - SHOWN} more; --json lists them all")
    if numbers and not stage.world:
        lines.append(f"  shares are of {stage.whole}")
    missing = [each.fact for each in stage.producers if each.fact.value is None]
    lines += [f"  {countries.name(each.country)}: no number ({each.reason}; {each.source})" for each in missing[:SHOWN]]
    lines += [f"  no output by country: {stage.reason}"] if stage.reason else []
    for each in stage.stated:
        what = "capacity" if each.measure == "capacity_share" else "output"
        share = f"{each.value or 0:.0%} of {what} {each.basis}, {each.year}"
        lines.append(f"  {countries.name(each.country)} {share} ({_answers(each)})")
    return lines


def _producer_line(producer: Producer, countries: Countries) -> str:
    share = f"{producer.share:6.1%}" if producer.share is not None else "      "
    place = countries.name(producer.fact.country)
    return f"  {place:24} {share}  {_amount(producer.fact):>20}  {_answers(producer.fact)}"


def _own_line(fact: Fact, countries: Countries) -> str:
    place = "world" if fact.country == WORLD else countries.name(fact.country)
    what = " of ".join(filter(None, (fact.measure.replace("_", " "), fact.stage)))
    weight = f", {fact.basis}" if fact.basis else ""
    return f"  {what}, {place}, {fact.year}: {_amount(fact)}{weight} ({fact.reason}; {_answers(fact)})"


def _facts_lines(facts: Iterable[Fact], countries: Countries) -> list[str]:
    held = sorted(facts, key=lambda each: (each.value is None, each.basis, -(each.value or 0.0)))
    if held and held[0].measure == "reserves":
        held.sort(key=lambda each: (each.value is None, each.country != WORLD, -(each.value or 0.0)))
    lines: list[str] = []
    for each in held[: 2 * SHOWN]:
        place = "world" if each.country == WORLD else countries.name(each.country)
        said = _amount(each) if each.value is not None else f"no number ({each.reason})"
        what = f", {each.basis}" if each.basis else ""
        lines.append(f"  {place:24} {said:>20}{what}  {_answers(each)}")
    if len(held) > 2 * SHOWN:
        lines.append(f"  ... and {len(held) - 2 * SHOWN} more; --json lists them all")
    return lines


def _code_lines(chain: Chain, jumps: Mapping[str, Sequence[int]]) -> list[str]:
    if not chain.mineral.hs:
        return ["Trade: no code of the Harmonized System in the bundle"]
    lines = ["Trade is counted under"]
    for each in chain.mineral.hs:
        mixed = f"; mixed with {', '.join(each.mixed_with)}" if each.mixed_with else ""
        years = ", ".join(map(str, jumps.get(f"trade.{each.hs6}", ())))
        broken = f"; the series breaks in {years}" if years else ""
        lines.append(f"  {each.hs6} {each.product} ({each.stage}; {each.revision}{mixed}{broken})")
    return lines


def _amount(fact: Fact) -> str:
    value, unit = fact.value or 0.0, fact.unit
    if unit == "share":
        is_open = fact.low is not None and fact.high is not None and fact.high > fact.low
        return f"{fact.low:.0%} to {fact.high:.0%}" if is_open else f"{value:.0%}"
    if unit == "USD/t" and value >= PER_KILOGRAM_FROM:
        return f"{value / KILOGRAMS_PER_TONNE:,.6g} USD/kg"
    digits = 0 if abs(value) >= KILOGRAMS_PER_TONNE or value == int(value) else 2
    return f"{value:,.{digits}f} {unit}"


def _answers(fact: Fact) -> str:
    return f"{fact.source}, {fact.grade}"
