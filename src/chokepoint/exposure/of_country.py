"""Every indicator of a country or bloc, by mineral and stage: a value, or the reason why there is none."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chokepoint.exposure.indicator import Indicator, Missing, add_up
from chokepoint.exposure.indices import months_of_cover, net_import_reliance
from chokepoint.exposure.of_imports import (
    first_suppliers_power,
    geopolrisk,
    geopolrisk_factor,
    geopolrisk_midpoint,
    largest_origins,
    origins_index,
    risk_of_imports,
)
from chokepoint.exposure.of_supply import coverage, largest_producers, world_concentration, world_governance
from chokepoint.exposure.place import Elasticity, Origins, Place
from chokepoint.exposure.supply_risk_eu import Sourcing, supply_risk, supply_risk_of_stage
from chokepoint.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from chokepoint.exposure.indicator import Result
    from chokepoint.exposure.picture import Picture
    from chokepoint.sources.fact import Fact

SOFTENERS = ("recycling_rate", "substitution_index")
UNDIVIDED = "not told apart"
"""The one part of a number that its publisher does not divide by country."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """One indicator asked for: its value with everything it rests on, or why there is none.

    Args:
        indicator: its name, a key of :data:`INDICATORS`.
        mineral, stage, country: asked about; the stage is empty where the indicator runs over all stages.
        year: asked for.
        result: the number with its parts, or the reason.
        years: of the figures it was computed from; the result's note says so where they are not the one asked for.
        sources: keys of ``references.bib``.
        revisions: of the Harmonized System in which each code of trade was counted; empty where no trade is in it.
    """

    indicator: str
    mineral: str
    stage: str
    country: str
    year: int
    result: Result
    years: tuple[int, ...]
    sources: tuple[str, ...]
    revisions: tuple[str, ...]


Rest = tuple[int, str]
"""A year and a source that an indicator rests on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Definition:
    """How an indicator is computed, and on which figures it rests."""

    compute: Callable[[Place], Result]
    rests: Callable[[Place], Iterable[Rest]]


def of_country(
    picture: Picture,
    country: str,
    home: Collection[str],
    *,
    elasticity: Elasticity,
    minerals: Collection[str] | None = None,
    stage: str | None = None,
    only: Collection[str] | None = None,
) -> tuple[Answer, ...]:
    """Return all indicators of a country over all minerals and stages.

    Args:
        picture: of the year, from :func:`chokepoint.exposure.picture.picture_of`.
        country: how it is called in the answers.
        home: its ISO 3166 alpha-3 code, or the members of a bloc, which then count as one.
        elasticity: between origins, for the power of a supplier.
        minerals: codes; all if left out. stage: one stage; all if left out. only: names of indicators.
    """
    found: list[Answer] = []
    for mineral in picture.facts.minerals.values():
        if minerals is not None and mineral.code not in minerals:
            continue
        places = [
            Place(
                picture=picture,
                mineral=mineral.code,
                stage=each,
                country=country,
                home=frozenset(home),
                elasticity=elasticity,
            )
            for each in mineral.stages
        ]
        asked = [place for place in places if stage is None or place.stage == stage]
        found += [
            _answer(name, place, definition.compute(place), definition.rests(place))
            for place in asked
            for name, definition in INDICATORS.items()
            if only is None or name in only
        ]
        if asked and (only is None or OVER_STAGES in only):
            rests = [rest for place in asked for rest in (*_all(place), *_governance(place))]
            found.append(replace(_answer(OVER_STAGES, asked[0], _supply_risk(asked), rests), stage=stage or ""))
    return tuple(found)


def _answer(name: str, place: Place, result: Result, rests: Iterable[Rest]) -> Answer:
    known = tuple(rests)
    years = tuple(sorted({year for year, _ in known}))
    if isinstance(result, Indicator) and set(years) - {place.picture.year}:
        notes = [result.note, f"figures of {', '.join(map(str, years))}"]
        result = replace(result, note="; ".join(each for each in notes if each))
    return Answer(
        indicator=name,
        mineral=place.mineral,
        stage=place.stage,
        country=place.country,
        year=place.picture.year,
        result=result,
        years=years if isinstance(result, Indicator) else (),
        sources=tuple(sorted({key for _, key in known})) if isinstance(result, Indicator) else (),
        revisions=_revisions(place, known) if isinstance(result, Indicator) else (),
    )


def _revisions(place: Place, known: tuple[Rest, ...]) -> tuple[str, ...]:
    """Return the revisions of the trade an indicator rests on, if its sources are those of trade."""
    flows = place.flows
    is_traded = not isinstance(flows, str) and {key for _, key in known} & set(flows.sources)
    return flows.revisions if not isinstance(flows, str) and is_traded else ()


def _reliance(place: Place) -> Result:
    published = _published(place, "net_import_reliance")
    if published is not None:
        return published
    balance = place.balance()
    if isinstance(balance, str):
        return Missing(name="net_import_reliance", reason=balance)
    found = net_import_reliance(*balance)
    note = "; ".join(each for each in (place.left_out(), place.cautions) if each)
    return replace(found, note=note) if isinstance(found, Indicator) else found


def _published(place: Place, measure: str) -> Indicator | None:
    """Return what a publisher says; imports are divided by the origins it gives, where it gives any."""
    facts = place.last(measure)
    return _as_indicator(facts[0], place.origins()) if facts else None


def _as_indicator(fact: Fact, origins: Origins | str) -> Indicator:
    figure = fact.figure()
    note = f"as {fact.source} publishes it for {fact.year}"
    parts = {UNDIVIDED: figure.value}
    if fact.measure == "net_import_reliance" and not isinstance(origins, str):
        total = math.fsum(origins.amounts.values()) + origins.rest
        parts = {code: figure.value * amount / total for code, amount in origins.amounts.items()}
        parts[UNDIVIDED] = figure.value * origins.rest / total
        note = f"{note}, divided by the origins of imports"
    return add_up(fact.measure, fact.unit, parts, low=figure.low, high=figure.high, note=note)


def _cover(place: Place) -> Result:
    name = "months_of_cover"
    stocks, need = _published(place, "stocks"), _published(place, "apparent_consumption")
    if stocks is None or need is None:
        absent = "stocks" if stocks is None else "apparent consumption"
        return Missing(name=name, reason=f"no bundled figure of {absent} of {place.mineral} in {place.country}")
    if need.value <= 0.0 or (stocks.unit, need.unit) != ("t", "t/yr"):
        return Missing(name=name, reason=f"stocks in {stocks.unit} and use in {need.unit} cannot be divided")
    return months_of_cover({"industry": stocks.value}, need.value / MONTHS_PER_YEAR)


def _importance(place: Place) -> Result:
    reason = f"no bundled source gives the shares of end use of {place.mineral} by sector with their value added"
    return Missing(name="economic_importance", reason=reason)


def _look_through(place: Place) -> Result:
    reason = f"facts say nobody's inputs of {place.mineral}; --world NAME looks through the goods of a bundled world"
    return Missing(name="look_through", reason=reason)


def _supply_risk(places: list[Place]) -> Result:
    return supply_risk({place.stage: _supply_risk_of_stage(place) for place in places})


def _supply_risk_of_stage(place: Place) -> Result:
    """Return the supply risk of a stage; without a substitution index or recycling rate, only its upper end."""
    supply, weights = place.supply, place.picture.governance
    if isinstance(supply, str) or not weights:
        reason = supply if isinstance(supply, str) else "no governance estimates"
        return Missing(name="supply_risk", reason=reason)
    reliance, soft = _reliance(place), _softeners(place)
    found = supply_risk_of_stage(
        Sourcing(
            stage=place.stage,
            world=supply.amounts,
            own=_own_sourcing(place),
            import_reliance=reliance.value if isinstance(reliance, Indicator) else None,
            recycling=soft.get("recycling_rate", 0.0),
            substitution=soft.get("substitution_index", 1.0),
            rest=supply.rest,
        ),
        weights,
    )
    absent = [name.replace("_", " ") for name in SOFTENERS if name not in soft]
    if absent and isinstance(found, Indicator):
        reason = f"no bundled {' and no '.join(absent)}; the risk is at most what it is without"
        return Missing(name="supply_risk", reason=reason, low=0.0, high=found.high)
    return found


def _own_sourcing(place: Place) -> dict[str, float]:
    """Return where supply really comes from, output at home included; empty where that is not known or not weighed."""
    balance = place.balance()
    if isinstance(balance, str):
        return {}
    imports, _, output = balance
    if output <= 0.0:
        return imports
    return imports | {place.country: output} if place.country in place.picture.governance else {}


def _softeners(place: Place) -> dict[str, float]:
    """Return the recycling rate and the substitution index of a mineral, as far as they are known."""
    numbers = {
        measure: [each.value for each in place.picture.facts.of(mineral=place.mineral, measure=measure)]
        for measure in SOFTENERS
    }
    known = {measure: [value for value in values if value is not None] for measure, values in numbers.items()}
    return {measure: values[0] for measure, values in known.items() if values}


def _made(place: Place) -> tuple[Rest, ...]:
    supply = place.supply
    return () if isinstance(supply, str) else tuple((supply.year, key) for key in supply.sources)


def _traded(place: Place) -> tuple[Rest, ...]:
    origins = place.origins()
    return () if isinstance(origins, str) else origins.rests


def _all(place: Place) -> tuple[Rest, ...]:
    return (*_made(place), *_traded(place))


def _governance(place: Place) -> tuple[Rest, ...]:
    return tuple((place.picture.year, key) for key in place.picture.sources.get("governance", ()))


def _made_and_governed(place: Place) -> tuple[Rest, ...]:
    return (*_made(place), *_governance(place))


def _traded_and_governed(place: Place) -> tuple[Rest, ...]:
    return (*_all(place), *_governance(place))


def _traded_and_spent(place: Place) -> tuple[Rest, ...]:
    return (*_traded(place), *((place.picture.year, key) for key in place.picture.sources.get("gdp", ())))


def _published_or_all(place: Place) -> tuple[Rest, ...]:
    facts = place.last("net_import_reliance")
    return ((facts[0].year, facts[0].source),) if facts else _all(place)


def _stocks(place: Place) -> tuple[Rest, ...]:
    facts = (*place.last("stocks")[:1], *place.last("apparent_consumption")[:1])
    return tuple((each.year, each.source) for each in facts)


def _nothing(_place: Place) -> tuple[Rest, ...]:
    return ()


INDICATORS: Mapping[str, Definition] = {
    "hhi": Definition(compute=world_concentration, rests=_made),
    "governance_hhi": Definition(compute=world_governance, rests=_made_and_governed),
    "top_1": Definition(compute=largest_producers(1), rests=_made),
    "top_3": Definition(compute=largest_producers(3), rests=_made),
    "import_hirschman": Definition(compute=origins_index, rests=_traded),
    "import_top_1": Definition(compute=largest_origins(1), rests=_traded),
    "import_top_3": Definition(compute=largest_origins(3), rests=_traded),
    "import_risk": Definition(compute=risk_of_imports, rests=_traded_and_governed),
    "geopolrisk": Definition(compute=geopolrisk, rests=_traded_and_governed),
    "geopolrisk_midpoint": Definition(compute=geopolrisk_midpoint, rests=_traded_and_governed),
    "geopolrisk_factor": Definition(compute=geopolrisk_factor, rests=_traded_and_governed),
    "net_import_reliance": Definition(compute=_reliance, rests=_published_or_all),
    "n_minus_1": Definition(compute=coverage, rests=_all),
    "static_power": Definition(compute=first_suppliers_power, rests=_traded_and_spent),
    "months_of_cover": Definition(compute=_cover, rests=_stocks),
    "look_through": Definition(compute=_look_through, rests=_nothing),
    "economic_importance": Definition(compute=_importance, rests=_nothing),
}
OVER_STAGES = "supply_risk"
"""The one indicator that runs over all stages of a mineral."""
