"""What all publishers say, in one place: asked by mineral, measure, stage, country and year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.countries import fold
from chokepoint.errors import did_you_mean
from chokepoint.provenance import GRADES
from chokepoint.sources.fact import WORLD, Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chokepoint.facts.mineral import Mineral

REST = "ROW"
"""Where a publisher adds up the countries it does not name; no country either."""


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
        raise LookupError(
            f"{found[0].name}: no number ({found[0].reason or 'the publisher gives none'})"
            if found
            else self._why_none(mineral, measure, stage, country, year)
        )

    def production(self, mineral: str, stage: str, year: int) -> dict[str, Fact]:
        """Return output by country, from one publisher only, since two publishers' countries do not add up.

        The publisher is the best that gives a number; a user's own figures replace its countries one by one. Countries
        whose number is missing are there with ``value`` None. The world and the rest of the world are left out.

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
        publishers = [each.source for each in found if each.value is not None and id(each) not in ours]
        chosen: dict[str, Fact] = {}
        for each in found:
            if id(each) in ours or not publishers or each.source == publishers[0]:
                chosen.setdefault(each.country, each)
        return chosen

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

    def _why_none(self, mineral: str, measure: str, stage: str | None, country: str | None, year: int | None) -> str:
        """Say which part of what was asked for nobody gives."""
        if mineral and mineral not in self.minerals:
            return f"no mineral '{mineral}'; {did_you_mean(mineral, self.minerals)}"
        asked = " ".join(str(each) for each in (measure, mineral, stage, country, year) if each)
        known = self.by_key.get((mineral, measure), ())
        if not known:
            measures = sorted({held for held_mineral, held in self.by_key if held_mineral == mineral})
            return f"{asked}: no bundled source gives this measure; of {mineral} there are {', '.join(measures)}"
        stages = ", ".join(sorted({each.stage or "no stage" for each in known}))
        known = tuple(each for each in known if stage is None or each.stage == stage)
        if not known:
            return f"{asked}: no bundled source counts the stage '{stage}'; counted: {stages}"
        known = tuple(each for each in known if country is None or each.country == country)
        if not known:
            return f"{asked}: no bundled source names {country}; it may be among the countries added up as {REST}"
        years = ", ".join(str(each) for each in sorted({each.year for each in known}))
        return f"{asked}: no bundled source covers that year; covered: {years}"


def gather(minerals: Mapping[str, Mineral], bundled: Iterable[Fact], own: Iterable[Fact] = ()) -> Facts:
    """Put facts together, a user's own before the bundle's.

    Args:
        minerals: the register.
        bundled: in any order; sorted by grade, publishers of one grade as they come.
        own: the user's.
    """
    ours = tuple(own)
    rank = {grade: place for place, grade in enumerate(GRADES)}
    theirs = sorted(bundled, key=lambda each: (each.value is None, rank[each.grade]))
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


def _key(fact: Fact) -> tuple[str, str, int]:
    return fact.stage, fact.country, fact.year


def _shown(fact: Fact) -> str:
    return f"{fact.value:g} {fact.unit}" if fact.value is not None else f"no number ({fact.reason})"
