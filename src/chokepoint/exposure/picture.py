"""What the indicators of a country are computed from: output, trade and governance of one year, read once."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.exposure.indices import weight_of_one, weight_of_ten
from chokepoint.facts import REST, read_trade
from chokepoint.facts.total import world_total

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from chokepoint.facts import Facts, Mineral, Trade, TradeCode

STABILITY, MEAN_OF_SIX = "political stability", "mean of six"
"""What a fact of governance is an estimate of, as its ``basis`` says."""
COPPER = "copper"
"""The mineral that characterisation factors are counted in."""
AS_TRADED = (
    "gross",
    "gross (concentrates)",
    "gross (marketable ore)",
    "metal",
    "primary metal",
    "refined metal",
    "sponge metal",
)
"""Bases on which a tonne of output is a tonne of the product that customs weigh."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Supply:
    """World output of a mineral at a stage in a year.

    Args:
        year: the year it describes, the asked one or the last before it that is covered.
        amounts: tonnes by country.
        rest: tonnes of countries not told apart.
        withheld: countries whose output is not published, or not in this weight.
        basis: what a tonne is a tonne of.
        sources: keys; inputs: names of the facts.
    """

    year: int
    amounts: Mapping[str, float]
    rest: float
    withheld: tuple[str, ...]
    basis: str
    sources: tuple[str, ...]
    inputs: tuple[str, ...]

    @property
    def is_weighed_as_traded(self) -> bool:
        """Whether output and customs figures weigh the same thing."""
        return self.basis in AS_TRADED


@dataclass(frozen=True, kw_only=True, slots=True)
class Flows:
    """World trade of a mineral at a stage in a year, all its clean codes added up.

    Args:
        year: the year it describes.
        codes: of the Harmonized System.
        kusd: thousand USD by importer, then exporter.
        t: product weight by importer, then exporter; flows without a quantity are left out.
        unweighed: share of the value, by importer, that has no quantity.
        sources: keys; note: what was left out.
        revisions: of the Harmonized System in which each code is counted (``250490 in HS92``).
        cautions: what else the codes hold, or what of the mineral they do not; may be empty.
    """

    year: int
    codes: tuple[str, ...]
    kusd: Mapping[str, Mapping[str, float]]
    t: Mapping[str, Mapping[str, float]]
    unweighed: Mapping[str, float]
    sources: tuple[str, ...]
    note: str
    revisions: tuple[str, ...]
    cautions: str

    @property
    def limits(self) -> str:
        """What the note says beside how many small flows were added up, which touches no share of a large one."""
        parts = (part.strip() for part in self.note.split(";"))
        return "; ".join(dict.fromkeys(part for part in parts if part and "added up" not in part))

    def into(self, home: frozenset[str], *, weighed: bool) -> dict[str, float]:
        """Return what a country or bloc buys, by exporter outside it: in tonnes if ``weighed``, else thousand USD."""
        table = self.t if weighed else self.kusd
        found: dict[str, float] = defaultdict(float)
        for importer in home:
            for exporter, amount in table.get(importer, {}).items():
                if exporter not in home:
                    found[exporter] += amount
        return dict(found)

    def out_of(self, home: frozenset[str], *, weighed: bool) -> dict[str, float]:
        """Return what a country or bloc sells, by importer outside it."""
        table = self.t if weighed else self.kusd
        found: dict[str, float] = defaultdict(float)
        for importer, bought in table.items():
            if importer not in home:
                for exporter in home & bought.keys():
                    found[importer] += bought[exporter]
        return dict(found)


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """Everything of one year. What could not be read is there as the reason why.

    Args:
        facts: the facts.
        year: asked for.
        supply, flows: by mineral and stage; a text says why there is none.
        instability: by country, 0 (best) to 1, from political stability.
        governance: by country, 0 (best) to 10, from the mean of six dimensions.
        gdp_usd: by country.
        gaps: what else could not be had: reason by measure.
        sources: of governance and GDP, keys of ``references.bib`` by measure.
    """

    facts: Facts
    year: int
    supply: Mapping[tuple[str, str], Supply | str]
    flows: Mapping[tuple[str, str], Flows | str]
    instability: Mapping[str, float]
    governance: Mapping[str, float]
    gdp_usd: Mapping[str, float]
    gaps: Mapping[str, str]
    sources: Mapping[str, tuple[str, ...]]


def picture_of(
    facts: Facts,
    year: int,
    *,
    minerals: Collection[str] | None = None,
    trade: Callable[[str, int], Trade] = read_trade,
) -> Picture:
    """Read what the indicators of a year need.

    Args:
        facts: from :func:`chokepoint.facts.load_facts`.
        year: asked for; where it is not covered, the last covered year before it is taken, and said.
        minerals: codes, if not all are asked for; copper, the unit of some indicators, is always read.
        trade: reads one code of one year; left out, from the bundle.
    """
    asked = [each for each in facts.minerals.values() if minerals is None or each.code in {*minerals, COPPER}]
    places = [(mineral, stage) for mineral in asked for stage in mineral.stages]
    stability = latest_by_country(facts, "governance", year, basis=STABILITY)
    governance = governance_of(facts, year)
    gdp = latest_by_country(facts, "gdp", year)
    held = {"governance": stability, "mean of six": governance, "gdp": gdp}
    return Picture(
        facts=facts,
        year=year,
        supply={(mineral.code, stage): supply_of(facts, mineral.code, stage, year) for mineral, stage in places},
        flows={(mineral.code, stage): flows_of(mineral, stage, year, trade) for mineral, stage in places},
        instability={code: weight_of_one(estimate) for code, estimate in stability.items()},
        governance=governance,
        gdp_usd=gdp,
        gaps={name: f"no bundled figure of {name}" for name, found in held.items() if not found},
        sources={
            measure: tuple(sorted({each.source for each in facts.of(mineral="", measure=measure)}))
            for measure in ("governance", "gdp")
        },
    )


def governance_of(facts: Facts, year: int) -> dict[str, float]:
    """Return how badly each country is governed, 0 (best) to 10, up to a year: the mean of six dimensions."""
    estimates = latest_by_country(facts, "governance", year, basis=MEAN_OF_SIX)
    return {code: weight_of_ten(estimate) for code, estimate in estimates.items()}


def latest_by_country(facts: Facts, measure: str, year: int, *, basis: str = "") -> dict[str, float]:
    """Return the last number of each country up to a year, of one publisher's measure."""
    found: dict[str, tuple[int, float]] = {}
    for each in facts.of(mineral="", measure=measure):
        if each.value is not None and each.year <= year and basis in {"", each.basis}:
            before = found.get(each.country)
            if before is None or each.year > before[0]:
                found[each.country] = (each.year, each.value)
    return {country: value for country, (_, value) in found.items()}


def supply_of(facts: Facts, mineral: str, stage: str, year: int) -> Supply | str:
    """Return output of the world by country, or why there is none."""
    years = {each.year for each in facts.of(mineral=mineral, measure="production", stage=stage)}
    chosen_year = max((each for each in years if each <= year), default=None)
    if chosen_year is None:
        return _why_none(facts, mineral, stage, year)
    chosen = facts.production(mineral, stage, chosen_year)
    amounts = {country: each.value for country, each in chosen.items() if each.value is not None}
    if not amounts:
        reasons = "; ".join(dict.fromkeys(each.reason for each in chosen.values() if each.reason))
        return f"{mineral} at {stage} {chosen_year}: no number by country ({reasons or 'none is published'})"
    counted = [each for each in chosen.values() if each.value is not None]
    publishers = {each.source for each in counted}
    basis = counted[0].basis
    others = max(
        (
            each.value or 0.0
            for each in facts.of(mineral=mineral, measure="production", stage=stage, country=REST, year=chosen_year)
            if each.source in publishers and each.basis == basis
        ),
        default=0.0,
    )
    printed = world_total(facts, chosen)
    total = printed.value or 0.0 if printed else 0.0
    return Supply(
        year=chosen_year,
        amounts=amounts,
        # Where a total of the world is printed the rest is what it leaves: some rows of others count a country again.
        rest=max(total - math.fsum(amounts.values()), 0.0) if total else others,
        withheld=tuple(sorted(chosen.keys() - amounts.keys())),
        basis=basis,
        sources=tuple(sorted(publishers)),
        inputs=tuple(each.name for each in counted),
    )


def _why_none(facts: Facts, mineral: str, stage: str, year: int) -> str:
    """Say in the words of the facts why there is no output, and who counts it."""
    try:
        facts.one(mineral=mineral, measure="production", stage=stage, year=year)
    except LookupError as missing:
        return str(missing)
    return f"no output of {mineral} at {stage} up to {year}"


def flows_of(mineral: Mineral, stage: str, year: int, trade: Callable[[str, int], Trade] = read_trade) -> Flows | str:
    """Return the trade of a mineral at a stage under its clean codes, or why there is none."""
    codes = [each for each in mineral.hs if each.stage == stage]
    clean = [each for each in codes if each.is_clean]
    if not clean:
        return _why_no_trade(mineral, stage, codes)
    read: dict[str, Trade] = {}
    reasons: list[str] = []
    for each in clean:
        try:
            read[each.hs6] = trade(each.hs6, year)
        except LookupError as error:
            reasons.append(str(error))
    together = _of_one_revision([each for each in clean if each.hs6 in read])
    cautions = "; ".join(f"{each.hs6}: {each.note}" for each in together if each.note)
    return _added([read[each.hs6] for each in together], cautions) if together else "; ".join(reasons)


def _why_no_trade(mineral: Mineral, stage: str, codes: list[TradeCode]) -> str:
    if codes:
        shared = "; ".join(f"{each.hs6} also holds {', '.join(each.mixed_with)}" for each in codes)
        return f"{mineral.code} at {stage} has no code of its own in trade: {shared}"
    group = f"; it is traded as part of {mineral.group}" if mineral.group else ""
    return f"no code of the customs nomenclature is bundled for {mineral.code} at {stage}{group}"


def _of_one_revision(codes: list[TradeCode]) -> list[TradeCode]:
    """Return the codes that stand beside each other in one revision, lest a code and its successor count twice.

    The revision with most of them, the last among equals.
    """
    revisions = dict.fromkeys(word for each in codes for word in each.revision.split())
    kept = [[each for each in codes if revision in each.revision.split()] for revision in sorted(revisions, key=_year)]
    return max(reversed(kept), key=len) if kept else []


def _year(revision: str) -> int:
    """Return the year of a revision of the Harmonized System (``HS92``, ``HS17``)."""
    digits = int(revision.removeprefix("HS"))
    return digits + (1900 if digits > 80 else 2000)  # noqa: PLR2004


def _added(read: list[Trade], cautions: str) -> Flows:
    kusd: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    tonnes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    unweighed: dict[str, float] = defaultdict(float)
    for trade in read:
        has_weight = ~np.isnan(trade.t)
        columns = (trade.exporter.tolist(), trade.importer.tolist(), trade.kusd.tolist(), trade.t.tolist())
        for exporter, importer, value, weight, is_weighed in zip(*columns, has_weight.tolist(), strict=True):
            kusd[importer][exporter] += value
            if is_weighed:
                tonnes[importer][exporter] += weight
            else:
                unweighed[importer] += value
    return Flows(
        year=read[0].year,
        codes=tuple(each.code for each in read),
        kusd={importer: dict(bought) for importer, bought in kusd.items()},
        t={importer: dict(bought) for importer, bought in tonnes.items()},
        unweighed={importer: value / math.fsum(kusd[importer].values()) for importer, value in unweighed.items()},
        sources=tuple(sorted({each.source for each in read})),
        cautions=cautions,
        revisions=tuple(f"{each.code} in {each.revision}" for each in read),
        note="; ".join(dict.fromkeys(each.note for each in read if each.note)),
    )
