"""What all publishers say, in one place: asked by mineral, measure, stage, country and year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chokepoint.countries import fold
from chokepoint.errors import did_you_mean
from chokepoint.facts.missing import REST, Asked, why_no_fact, why_no_number
from chokepoint.sources.fact import WORLD, Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chokepoint.facts.mineral import Mineral


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """The facts and the register of minerals.

    Args:
        minerals: by code, in the order of the register.
        facts: the user's own first, then the bundle's, best source first.
        by_key: the same facts by mineral and measure, in the same order.
        own: how many of the facts are the user's.
        warnings: one line for each figure of the bundle that a user's replaces.
    """

    minerals: Mapping[str, Mineral]
    facts: tuple[Fact, ...]
    by_key: Mapping[tuple[str, str], tuple[Fact, ...]]
    own: int = 0
    warnings: tuple[str, ...] = ()

    def of(
        self,
        *,
        mineral: str,
        measure: str,
        stage: str | None = None,
        country: str | None = None,
        year: int | None = None,
    ) -> tuple[Fact, ...]:
        """Return what is said, best source first; what is left out is not asked about.

        Args:
            mineral: its code; empty for measures of countries (``governance``, ``gdp``).
            measure: ``production``, ``reserves``, ``price`` ...
            stage, country, year: of the fact; a country may be ``WLD`` or ``ROW``.
        """
        return tuple(
            each
            for each in self.by_key.get((mineral, measure), ())
            if (stage is None or each.stage == stage)
            and (country is None or each.country == country)
            and (year is None or each.year == year)
        )

    def one(
        self,
        *,
        mineral: str,
        measure: str,
        stage: str | None = None,
        country: str | None = None,
        year: int | None = None,
    ) -> Fact:
        """Return the best fact with a number.

        Raises:
            LookupError: there is none; the message is the reason why.
        """
        found = self.of(mineral=mineral, measure=measure, stage=stage, country=country, year=year)
        for each in found:
            if each.value is not None:
                return each
        asked = Asked(mineral=mineral, measure=measure, stage=stage, country=country, year=year)
        held = self.by_key.get((mineral, measure), ())
        raise LookupError(why_no_number(found[0]) if found else why_no_fact(asked, held, self.minerals))

    def production(self, mineral: str, stage: str, year: int) -> dict[str, Fact]:
        """Return output by country, from one publisher and in one weight, since others do not add up with them.

        The publisher is the best that gives a number; the weight the one most of its countries are counted in. A
        country counted otherwise, or not at all, is there with ``value`` None and the reason. A user's own figures
        replace countries one by one. The world and the rest of the world are left out.

        Args:
            mineral: its code.
            stage: of its chain.
            year: of the output.
        """
        found = [
            each
            for each in self.of(mineral=mineral, measure="production", stage=stage, year=year)
            if each.country not in {WORLD, REST}
        ]
        ours = {id(each) for each in self.facts[: self.own]}
        theirs = [each for each in found if id(each) not in ours]
        publisher = next((each.source for each in theirs if each.value is not None), None)
        theirs = [each for each in theirs if each.source == publisher or publisher is None]
        weight = _weight_of_most(theirs)
        chosen: dict[str, Fact] = {}
        for each in (*(each for each in found if id(each) in ours), *theirs):
            before = chosen.setdefault(each.country, each)
            if before.basis != weight and each.basis == weight and id(before) not in ours:
                chosen[each.country] = each
        return {
            country: each if id(each) in ours else _in_weight(each, weight) for country, each in sorted(chosen.items())
        }

    def resolve(self, text: str) -> str | None:
        """Return the code of the mineral a text means, or None when nobody is known by it."""
        wanted = fold(text)
        for mineral in self.minerals.values():
            if wanted in map(fold, mineral.spellings):
                return mineral.code
        return None

    def suggest(self, text: str) -> str:
        """Return a remedy naming the minerals whose spelling is nearest."""
        return did_you_mean(text, (each for mineral in self.minerals.values() for each in (mineral.code, mineral.name)))


def gather(minerals: Mapping[str, Mineral], bundled: Iterable[Fact], own: Iterable[Fact] = ()) -> Facts:
    """Put facts together, a user's own before the bundle's.

    Args:
        minerals: the register.
        bundled: best publisher and newest edition first; those without a number are put behind the others.
        own: the user's.
    """
    ours = tuple(own)
    theirs = sorted(bundled, key=lambda each: each.value is None)
    by_key: dict[tuple[str, str], list[Fact]] = {}
    facts = (*ours, *theirs)
    for each in facts:
        by_key.setdefault((each.mineral, each.measure), []).append(each)
    replaced = tuple(
        f"your figure {mine.name} = {_shown(mine)} replaces {_shown(each)} from {each.source}"
        for mine in ours
        for each in by_key[mine.mineral, mine.measure]
        if each is not mine and _key(each) == _key(mine) and each not in ours
    )
    return Facts(
        minerals=minerals,
        facts=facts,
        by_key={key: tuple(each) for key, each in by_key.items()},
        own=len(ours),
        warnings=replaced,
    )


def _weight_of_most(facts: Iterable[Fact]) -> str:
    """Return the weight that most countries are counted in; nothing where it is not even that of half of them."""
    weights = Counter(each.basis for each in facts if each.value is not None)
    weight, count = weights.most_common(1)[0] if weights else ("", 0)
    return weight if 2 * count > weights.total() else ""


def _in_weight(fact: Fact, weight: str) -> Fact:
    """Return a fact, its number taken away where it is counted in another weight than the others."""
    if fact.value is None or fact.basis == weight:
        return fact
    others = f"the others as '{weight}'" if weight else "others otherwise: nothing adds up"
    why = f"{fact.value:g} {fact.unit} counted as '{fact.basis}', {others}"
    return replace(fact, value=None, low=None, high=None, reason="; ".join(each for each in (why, fact.reason) if each))


def _key(fact: Fact) -> tuple[str, str, int]:
    return fact.stage, fact.country, fact.year


def _shown(fact: Fact) -> str:
    return f"{fact.value:g} {fact.unit}" if fact.value is not None else f"no number ({fact.reason})"
