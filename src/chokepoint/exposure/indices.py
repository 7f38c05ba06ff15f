"""Concentration, reliance and cover: the indicators that need no more than amounts by country.

Amounts are mappings from ISO 3166 alpha-3 codes to a quantity in one unit. Every result is the sum of its parts.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.exposure.balances import squared_shares
from chokepoint.exposure.indicator import Indicator, Missing, add_up

if TYPE_CHECKING:
    from collections.abc import Mapping

REST = "rest"
"""The part of all countries that are not told apart; never a country."""
BEST, WORST = 2.5, -2.5
"""Theoretical bounds of a governance estimate. The bounds of a sample would move with the countries in it."""


def weight_of_ten(governance: float) -> float:
    """Return a governance estimate as a weight from 0 (best) to 10 (worst): ``w = (2.5 - g) * 2``.

    Estimates beyond the bounds, which the publisher's method allows, count as the bound.

    Source: blengini_2017

    Example:
        >>> weight_of_ten(2.5), weight_of_ten(-0.5), weight_of_ten(-2.8)
        (0.0, 6.0, 10.0)
    """
    return 10.0 * weight_of_one(governance)


def weight_of_one(governance: float) -> float:
    """Return a governance estimate as a weight from 0 (best) to 1 (worst): ``w = (2.5 - g) / 5``.

    Source: geopolrisk_2024
    """
    return (BEST - min(max(governance, WORST), BEST)) / (BEST - WORST)


def concentration_index(amounts: Mapping[str, float], *, rest: float = 0.0) -> Indicator | Missing:
    """Return the Herfindahl-Hirschman index of amounts by country, 0 to 1.

    ``HHI = sum_i s_i^2`` with ``s_i`` the share of country ``i`` in all amounts, ``rest`` included.

    Args:
        amounts: by country.
        rest: what countries make that are not told apart. It counts as spread over many (the value and ``low``);
            if it were one country, the index would be ``high``.

    Source: hirschman_1945
    """
    total = math.fsum(amounts.values()) + rest
    if total <= 0.0:
        return Missing(name="hhi", reason="nobody makes any")
    squares = squared_shares(np.array([*amounts.values(), rest]))
    parts = dict(zip(amounts, squares[:-1].tolist(), strict=True))
    spread = math.fsum(parts.values())
    return add_up("hhi", "1", parts, low=spread, high=spread + float(squares[-1]))


def governance_index(
    amounts: Mapping[str, float], weights: Mapping[str, float], *, rest: float = 0.0, worst: float = 10.0
) -> Indicator | Missing:
    """Return the concentration of supply, each country weighted by how badly it is governed.

    ``HHI_w = sum_i s_i^2 w_i``. A country without an estimate is not a well-governed one: there is then no value,
    only the bounds with its weight at 0 and at the worst.

    Args:
        amounts, rest: as in :func:`concentration_index`.
        weights: by country, 0 (best) to ``worst``, from :func:`weight_of_ten` or :func:`weight_of_one`.
        worst: upper end of the scale of the weights.

    Source: blengini_2017
    """
    plain = concentration_index(amounts, rest=rest)
    name = "governance_hhi"
    if isinstance(plain, Missing):
        return Missing(name=name, reason=plain.reason)
    parts = {each.of: each.value * weights[each.of] for each in plain.parts if each.of in weights}
    known = math.fsum(parts.values())
    unknown = [each for each in plain.parts if each.of not in weights]
    rest_at_worst = worst * (plain.high - plain.low)
    if unknown:
        high = known + worst * math.fsum(each.value for each in unknown) + rest_at_worst
        names = ", ".join(each.of for each in unknown)
        return Missing(name=name, reason=f"no governance estimate of {names}", low=known, high=high)
    return add_up(name, "1", parts, low=known, high=known + rest_at_worst)


def hirschman_index(amounts: Mapping[str, float], *, rest: float = 0.0) -> Indicator | Missing:
    """Return Hirschman's index of the concentration of a country's trade, 0 to 100.

    ``H = 100 sqrt(sum_j s_j^2)``; the part of partner ``j`` is ``100 s_j^2 / sqrt(sum s^2)``.

    Args:
        amounts, rest: as in :func:`concentration_index`.

    Source: hirschman_1945

    Example:
        >>> round(hirschman_index({"DEU": 50.0, "ITA": 30.0, "AUT": 20.0}).value, 3)
        61.644
    """
    plain = concentration_index(amounts, rest=rest)
    if isinstance(plain, Missing) or plain.value <= 0.0:
        return Missing(name="hirschman", reason="no trade with any country that is named")
    root = math.sqrt(plain.value)
    parts = {each.of: 100.0 * each.value / root for each in plain.parts}
    return add_up("hirschman", "1", parts, low=100.0 * root, high=100.0 * math.sqrt(plain.high))


def top_share(amounts: Mapping[str, float], count: int, *, rest: float = 0.0) -> Indicator | Missing:
    """Return the share of the largest ``count`` countries.

    Args:
        amounts, rest: as in :func:`concentration_index`; the rest is never among the largest.
        count: how many.
    """
    name, total = f"top_{count}", math.fsum(amounts.values()) + rest
    if total <= 0.0:
        return Missing(name=name, reason="no country is known to have a part in it")
    largest = sorted(amounts, key=lambda code: (-amounts[code], code))[:count]
    parts = {code: amounts[code] / total for code in largest}
    value = math.fsum(parts.values())
    least = min(parts.values(), default=0.0) if len(parts) == count else 0.0
    return add_up(name, "share", parts, low=value, high=value + max(rest / total - least, 0.0))


def net_import_reliance(
    imports: Mapping[str, float], exports: Mapping[str, float], production: float, *, stock_change: float = 0.0
) -> Indicator | Missing:
    """Return net imports over apparent consumption.

    ``(imports - exports + stock drawn) / (production + imports - exports + stock drawn)``; the part of partner ``i`` is
    ``(imports_i - exports_i)`` over the same. Below 0 for a net exporter: what it sells over what it keeps.

    Args:
        imports: from each country; exports: to each country; production: at home; all in one unit and year.
        stock_change: what was drawn from stocks (positive).

    Source: usgs_mcs2025
    """
    name = "net_import_reliance"
    net = {code: imports.get(code, 0.0) - exports.get(code, 0.0) for code in sorted({*imports, *exports})}
    consumption = production + math.fsum(net.values()) + stock_change
    if consumption <= 0.0:
        return Missing(name=name, reason="apparent consumption is not positive, so a reliance has no meaning")
    parts = {code: amount / consumption for code, amount in net.items()}
    return add_up(name, "share", {**parts, "stocks": stock_change / consumption})


def coverage_without_first(
    supply: Mapping[str, float], demand: float, demand_of_first: float, *, rest: float = 0.0
) -> Indicator | Missing:
    """Return the N-1 coverage: supply without the largest supplier over demand outside it.

    ``(S - S_top) / (D - D_top)``; each other supplier's part is ``S_i / (D - D_top)``.

    Args:
        supply: by country; rest: from countries not told apart.
        demand: of the world, in the unit of the supply.
        demand_of_first: of the largest supplier itself.

    Source: iea_gcmo2025
    """
    first = first_of(supply)
    outside = demand - demand_of_first
    if first is None or outside <= 0.0:
        return Missing(name="n_minus_1", reason="no supply, or no demand outside the largest supplier")
    parts = {code: amount / outside for code, amount in supply.items() if code != first}
    return add_up("n_minus_1", "share", {**parts, REST: rest / outside}, note=f"without {first}")


def coverage_bounds(supply: Mapping[str, float], demand: float, *, rest: float = 0.0) -> Missing:
    """Return what N-1 coverage can be where the demand of the largest supplier is not published.

    The lower bound holds whatever that demand is: it takes it as 0. The upper bound holds if the largest supplier buys
    no more than it makes (``D_top <= S_top``); if it is a net importer, coverage may be higher still.

    Args:
        supply, demand, rest: as in :func:`coverage_without_first`.

    Source: iea_gcmo2025
    """
    first = first_of(supply)
    if first is None or demand <= 0.0:
        return Missing(name="n_minus_1", reason="no supply, or no demand")
    least = coverage_without_first(supply, demand, 0.0, rest=rest)
    most = coverage_without_first(supply, demand, supply[first], rest=rest)
    high = most.value if isinstance(most, Indicator) else None
    return Missing(name="n_minus_1", reason=f"demand of {first} is not published", low=least.low, high=high)


def demand_behind(supply: Mapping[str, float], demand: float, coverage: float, *, rest: float = 0.0) -> float:
    """Return which demand of the largest supplier a published N-1 coverage implies.

    ``D_top = D - (S - S_top) / coverage``; below 0 or above ``D`` the coverage does not fit supply and demand.

    Source: iea_gcmo2025
    """
    first = first_of(supply)
    others = math.fsum(amount for code, amount in supply.items() if code != first) + rest
    return demand - others / coverage


def first_of(amounts: Mapping[str, float]) -> str | None:
    """Return the country with the largest amount, the first by its code among equals; None where all are 0."""
    first = min(amounts, key=lambda code: (-amounts[code], code), default=None)
    return first if first is not None and amounts[first] > 0.0 else None


def months_of_cover(stocks: Mapping[str, float], need_per_month: float) -> Indicator | Missing:
    """Return how many months stocks meet the need if nothing arrives.

    Args:
        stocks: by owner (``industry``, ``state``, or a line of one's own).
        need_per_month: in the unit of the stocks.
    """
    if need_per_month <= 0.0:
        return Missing(name="months_of_cover", reason="no need is known")
    return add_up("months_of_cover", "months", {owner: stock / need_per_month for owner, stock in stocks.items()})
