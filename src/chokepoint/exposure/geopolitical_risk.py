"""GeoPolRisk: the geopolitical risk of a country's imports of a raw material, for life-cycle assessment.

``G_kc = HHI_k * sum_i g_i f_ikc / (p_kc + F_kc)``: ``HHI_k`` the concentration of world production of ``k``, ``f_ikc``
what country ``c`` imports from ``i``, ``F_kc`` all its imports, ``p_kc`` its own output and ``g_i`` the political
instability of ``i``, 0 to 1. Computed stage by stage: ore at home can drive the score to zero although nothing is
refined there. A score of zero is no safety either: whoever buys nothing at this stage buys at a later one.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from chokepoint.exposure.indicator import Indicator, Missing, add_up

if TYPE_CHECKING:
    from collections.abc import Mapping


def import_risk(
    imports: Mapping[str, float], instability: Mapping[str, float], production: float
) -> Indicator | Missing:
    """Return the import risk ``sum_i g_i f_i / (p + F)``, 0 to 1.

    Args:
        imports: from each country, in tonnes.
        instability: by country, 0 to 1. A country without a number is not stable: then there are only bounds.
        production: at home, in the unit of the imports.

    Source: geopolrisk_2024
    """
    name, supply = "import_risk", production + math.fsum(imports.values())
    if supply <= 0.0:
        return Missing(name=name, reason="neither imports nor output at home")
    parts = {code: instability[code] * amount / supply for code, amount in imports.items() if code in instability}
    unknown = {code: amount for code, amount in imports.items() if code not in instability and amount > 0.0}
    if unknown:
        known = math.fsum(parts.values())
        reason = f"no governance estimate of {', '.join(sorted(unknown))}"
        return Missing(name=name, reason=reason, low=known, high=known + math.fsum(unknown.values()) / supply)
    return add_up(name, "1", parts)


def geopolitical_risk(concentration: Indicator | Missing, risk: Indicator | Missing) -> Indicator | Missing:
    """Return the GeoPolRisk score ``HHI * import risk``, 0 to 1, by the country imported from.

    Args:
        concentration: of world production, from :func:`chokepoint.exposure.indices.concentration_index`.
        risk: from :func:`import_risk`.

    Source: geopolrisk_2024
    """
    name = "geopolrisk"
    if isinstance(concentration, Missing):
        return Missing(name=name, reason=concentration.reason)
    low, high = risk.low, risk.high
    if isinstance(risk, Missing):
        bounds = [None if low is None else concentration.low * low, None if high is None else concentration.high * high]
        return Missing(name=name, reason=risk.reason, low=bounds[0], high=bounds[1])
    parts = {each.of: concentration.value * each.value for each in risk.parts}
    return add_up(name, "1", parts, low=concentration.low * risk.low, high=concentration.high * risk.high)


def midpoint(score: Indicator, price_usd_per_kg: float) -> Indicator:
    """Return the mid-point of a score: the score times the price of a kilogram, in USD at risk per kg.

    Source: geopolrisk_2024
    """
    return _scaled(score, "geopolrisk_midpoint", "USD/kg", price_usd_per_kg)


def characterisation_factor(mid: Indicator, copper: Indicator) -> Indicator | Missing:
    """Return a mid-point in kilograms of copper: the mid-point over that of copper, for the same country and year.

    Source: geopolrisk_2024
    """
    name = "geopolrisk_factor"
    if copper.value <= 0.0:
        return Missing(name=name, reason="the mid-point of copper is zero, so nothing can be measured in it")
    return _scaled(mid, name, "kg Cu eq/kg", 1.0 / copper.value)


def _scaled(one: Indicator, name: str, unit: str, by: float) -> Indicator:
    parts = {each.of: each.value * by for each in one.parts}
    return add_up(name, unit, parts, low=one.low * by, high=one.high * by)
