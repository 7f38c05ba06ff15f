"""What stands behind a fact of the bundle: every publisher that says it, best first, or why nobody does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.answer.figure_facts import facts as told
from chokepoint.errors import DataError, Problem
from chokepoint.facts.missing import Asked, why_no_fact, why_no_number
from chokepoint.sources.fact import WORLD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.answer.figure_facts import Facts as Told
    from chokepoint.facts import Facts
    from chokepoint.sources.fact import Fact

ISO3_LETTERS = 3


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
    reason = why_no_fact(asked, facts.by_key.get((asked.mineral, measure), ()), facts.minerals)
    remedy = f"see `chokepoint mineral {asked.mineral}`, or add a figure of your own with --figures"
    problem = Problem(
        where=f"why {name}", found="no figure", expected="one that a publisher gives", remedy=f"{reason}; {remedy}"
    )
    raise DataError([problem])


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
