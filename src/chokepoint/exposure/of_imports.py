"""Indicators of what a country buys: from whom, how politically stable they are, and what the first could squeeze."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chokepoint.exposure.geopolitical_risk import (
    characterisation_factor,
    geopolitical_risk,
    import_risk,
    midpoint,
)
from chokepoint.exposure.indicator import Indicator, Missing
from chokepoint.exposure.indices import first_of, hirschman_index, top_share
from chokepoint.exposure.of_supply import world_concentration
from chokepoint.exposure.picture import COPPER
from chokepoint.exposure.static_power import Purchase, static_power
from chokepoint.sources.fact import WORLD

if TYPE_CHECKING:
    from collections.abc import Callable

    from chokepoint.exposure.indicator import Result
    from chokepoint.exposure.place import Place

KG_PER_TONNE = 1000.0
KUSD = 1000.0


def largest_origins(count: int) -> Callable[[Place], Result]:
    """Return a function for the share of the largest origins in what a country buys."""

    def compute(place: Place) -> Result:
        found = place.origins()
        if isinstance(found, str):
            return Missing(name=f"import_top_{count}", reason=found)
        return _noted(top_share(found.amounts, count, rest=found.rest), found.note)

    return compute


def origins_index(place: Place) -> Result:
    """Return Hirschman's index of the origins of what a country buys."""
    found = place.origins()
    if isinstance(found, str):
        return Missing(name="import_hirschman", reason=found)
    return _noted(hirschman_index(found.amounts, rest=found.rest), found.note)


def _noted(found: Result, note: str) -> Result:
    return replace(found, note=note) if isinstance(found, Indicator) and note else found


def risk_of_imports(place: Place) -> Result:
    """Return the import risk of GeoPolRisk: political instability of the origins, by weight."""
    instability = place.picture.instability
    if not instability:
        return Missing(name="import_risk", reason=place.picture.gaps.get("governance", "no governance estimates"))
    bought, output = place.imports(weighed=True), place.output()
    if isinstance(bought, str):
        return Missing(name="import_risk", reason=bought)
    if isinstance(output, str):
        without = import_risk(bought, instability, 0.0)
        return Missing(name="import_risk", reason=output, low=0.0, high=without.high)
    note = place.left_out()
    risk = _noted(import_risk(bought, instability, output), note)
    supply = place.supply
    if isinstance(risk, Missing) or isinstance(supply, str) or output == 0.0 or supply.is_weighed_as_traded:
        return risk
    mixed = f"imports in product weight beside output counted as '{supply.basis}', as the method does: an upper bound"
    return replace(risk, low=0.0, note="; ".join(each for each in (mixed, note) if each))


def geopolrisk(place: Place) -> Result:
    """Return the GeoPolRisk score."""
    return geopolitical_risk(world_concentration(place), risk_of_imports(place))


def geopolrisk_midpoint(place: Place) -> Result:
    """Return the mid-point: the score times the price. Where several prices are printed, they are its range."""
    score = geopolrisk(place)
    if isinstance(score, Missing):
        return Missing(name="geopolrisk_midpoint", reason=score.reason)
    price = price_of(place)
    if isinstance(price, str):
        return Missing(name="geopolrisk_midpoint", reason=price)
    found = midpoint(score, price.usd_per_kg)
    low, high = score.low * price.low, score.high * price.high
    return replace(found, low=min(low, found.value), high=max(high, found.value), note=f"price: {price.basis}")


def geopolrisk_factor(place: Place) -> Result:
    """Return the mid-point in kilograms of refined copper."""
    mid = geopolrisk_midpoint(place)
    if isinstance(mid, Missing):
        return Missing(name="geopolrisk_factor", reason=mid.reason)
    copper = geopolrisk_midpoint(replace(place, mineral=COPPER, stage="refining"))
    if isinstance(copper, Missing):
        return Missing(name="geopolrisk_factor", reason=f"no mid-point of copper: {copper.reason}")
    return characterisation_factor(mid, copper)


@dataclass(frozen=True, kw_only=True, slots=True)
class Price:
    """A price in USD per kilogram: the first that is printed, and the lowest and highest of all for the same year."""

    usd_per_kg: float
    low: float
    high: float
    basis: str


def price_of(place: Place) -> Price | str:
    """Return the price of a mineral at a stage, or of the mineral where no stage is named; or why there is none."""
    per_kg = {"USD/kg": 1.0, "USD/t": 1.0 / KG_PER_TONNE}
    rows = place.picture.facts.of(mineral=place.mineral, measure="price", country=WORLD)
    fitting = [each for each in rows if each.value is not None and each.unit in per_kg]
    fitting = [each for each in fitting if each.year <= place.picture.year]
    facts = place.picture.facts
    mine = facts.facts[: facts.own]
    # A user's own price need not say its stage: it holds at each, and takes the place of all that are printed.
    at_stage = [each for each in fitting if each.stage == place.stage or (each in mine and not each.stage)]
    at_stage = at_stage or [each for each in fitting if not each.stage]
    if not at_stage:
        return f"no price of {place.mineral} per weight at {place.stage} up to {place.picture.year}"
    year = max(each.year for each in at_stage)
    of_year = [each for each in at_stage if each.year == year]
    of_year = [each for each in of_year if each in mine] or of_year
    prices = [((each.value or 0.0) * per_kg[each.unit], each.basis) for each in of_year]
    amounts = [amount for amount, _ in prices]
    return Price(usd_per_kg=amounts[0], low=min(amounts), high=max(amounts), basis=f"{prices[0][1]}, {year}")


def first_suppliers_power(place: Place) -> Result:
    """Return the static power of the largest supplier, from imports alone."""
    purchase = purchase_of(place, place.elasticity.value)
    if isinstance(purchase, str):
        return Missing(name="static_power", reason=purchase)
    first = first_of(purchase.shares) or ""
    found = static_power((purchase,), first)
    # Below an elasticity of 1 the form has no bound: the range is open upwards, and only its lower end is given.
    least = static_power((replace(purchase, elasticity=place.elasticity.high),), first)
    note = f"of {first}; elasticity between origins {place.elasticity.value:g}, assumed; no upper bound at 1 and below"
    return replace(found, low=least.low, note=note) if isinstance(found, Indicator) else found


def purchase_of(place: Place, elasticity: float) -> Purchase | str:
    """Return imports as a purchase: spending over GDP, and the shares of its origins. Output at home is not in it."""
    found = place.origins()
    if isinstance(found, str):
        return found
    unknown = sorted(code for code in place.home if code not in place.picture.gdp_usd)
    if unknown:
        return place.picture.gaps.get("gdp", f"no gross domestic product of {', '.join(unknown)}")
    spent = _spending_kusd(place) if found.kusd is None else found.kusd
    if isinstance(spent, str):
        return spent
    gdp_kusd = math.fsum(place.picture.gdp_usd[code] for code in place.home) / KUSD
    total = math.fsum(found.amounts.values()) + found.rest
    shares = {code: value / total for code, value in found.amounts.items()}
    return Purchase(good=place.mineral, spending_share=spent / gdp_kusd, elasticity=elasticity, shares=shares)


def _spending_kusd(place: Place) -> float | str:
    """Return net imports in thousand USD: consumption times reliance times price, where customs do not tell."""
    used = place.last("apparent_consumption") or place.last("consumption")
    reliance, price = place.last("net_import_reliance"), price_of(place)
    if isinstance(price, str):
        return price
    if not used or not reliance or used[0].unit != "t/yr":
        absent = "net import reliance" if used else "consumption in tonnes"
        return f"no figure of {absent} of {place.mineral} in {place.country}"
    tonnes = (used[0].value or 0.0) * max(reliance[0].value or 0.0, 0.0)
    return tonnes * KG_PER_TONNE * price.usd_per_kg / KUSD
