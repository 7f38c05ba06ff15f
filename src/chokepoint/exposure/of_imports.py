"""Indicators of what a country buys: from whom, how politically stable they are, and what the first could squeeze."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from chokepoint.exposure.geopolitical_risk import (
    characterisation_factor,
    geopolitical_risk,
    import_risk,
    midpoint,
)
from chokepoint.exposure.indicator import Indicator, Missing
from chokepoint.exposure.indices import first_of, hirschman_index, top_share, weight_of_one
from chokepoint.exposure.of_supply import world_concentration
from chokepoint.exposure.static_power import Purchase, static_power

if TYPE_CHECKING:
    from collections.abc import Callable

    from chokepoint.exposure.indicator import Result
    from chokepoint.exposure.place import Place

COPPER = "copper"
KG_PER_TONNE = 1000.0


def largest_origins(count: int) -> Callable[[Place], Result]:
    """Return a function for the share of the largest origins in what a country buys."""

    def compute(place: Place) -> Result:
        bought = place.imports(weighed=False)
        if isinstance(bought, str):
            return Missing(name=f"import_top_{count}", reason=bought)
        return top_share(bought, count)

    return compute


def origins_index(place: Place) -> Result:
    """Return Hirschman's index of the origins of what a country buys."""
    bought = place.imports(weighed=False)
    return Missing(name="hirschman", reason=bought) if isinstance(bought, str) else hirschman_index(bought)


def risk_of_imports(place: Place) -> Result:
    """Return the import risk of GeoPolRisk: political instability of the origins, by weight."""
    instability = {code: weight_of_one(estimate) for code, estimate in place.picture.stability.items()}
    if not instability:
        return Missing(name="import_risk", reason=place.picture.gaps.get("governance", "no governance estimates"))
    bought, output = place.imports(weighed=True), place.output()
    if isinstance(bought, str):
        return Missing(name="import_risk", reason=bought)
    if isinstance(output, str):
        without = import_risk(bought, instability, 0.0)
        return Missing(name="import_risk", reason=output, low=0.0, high=without.high)
    risk = import_risk(bought, instability, output)
    supply = place.supply
    if isinstance(risk, Missing) or isinstance(supply, str) or output == 0.0 or supply.is_weighed_as_traded:
        return risk
    note = f"imports in product weight beside output counted as '{supply.basis}', as the method does: an upper bound"
    return replace(risk, low=0.0, note=note)


def geopolrisk(place: Place) -> Result:
    """Return the GeoPolRisk score."""
    return geopolitical_risk(world_concentration(place), risk_of_imports(place))


def geopolrisk_midpoint(place: Place) -> Result:
    """Return the mid-point: the score times the price."""
    score = geopolrisk(place)
    if isinstance(score, Missing):
        return Missing(name="geopolrisk_midpoint", reason=score.reason)
    price = _price_usd_per_kg(place)
    return Missing(name="geopolrisk_midpoint", reason=price) if isinstance(price, str) else midpoint(score, price)


def geopolrisk_factor(place: Place) -> Result:
    """Return the mid-point in kilograms of refined copper."""
    mid = geopolrisk_midpoint(place)
    if isinstance(mid, Missing):
        return Missing(name="geopolrisk_factor", reason=mid.reason)
    copper = geopolrisk_midpoint(replace(place, mineral=COPPER, stage="refining"))
    if isinstance(copper, Missing):
        return Missing(name="geopolrisk_factor", reason=f"no mid-point of copper: {copper.reason}")
    return characterisation_factor(mid, copper)


def _price_usd_per_kg(place: Place) -> float | str:
    rows = place.picture.facts.of(mineral=place.mineral, measure="price")
    per_kg = {"USD/kg": 1.0, "USD/t": 1.0 / KG_PER_TONNE}
    fitting = [each for each in rows if each.value is not None and each.unit in per_kg]
    fitting = [each for each in fitting if each.year <= place.picture.year and each.stage in {"", place.stage}]
    if not fitting:
        return f"no price of {place.mineral} per weight at {place.stage} up to {place.picture.year}"
    last = max(fitting, key=lambda each: each.year)
    return (last.value or 0.0) * per_kg[last.unit]


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
    bought = place.imports(weighed=False)
    if isinstance(bought, str):
        return bought
    unknown = sorted(code for code in place.home if code not in place.picture.gdp_usd)
    if unknown:
        return place.picture.gaps.get("gdp", f"no gross domestic product of {', '.join(unknown)}")
    total = math.fsum(bought.values())
    gdp_kusd = math.fsum(place.picture.gdp_usd[code] for code in place.home) / 1000.0
    shares = {code: value / total for code, value in bought.items()}
    return Purchase(good=place.mineral, spending_share=total / gdp_kusd, elasticity=elasticity, shares=shares)
