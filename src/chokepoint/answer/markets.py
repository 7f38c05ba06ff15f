"""Prices and stocks of a run as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.losses import cover_left
from chokepoint.answer.parties import parties_of
from chokepoint.answer.ranges import ends
from chokepoint.stakes import delivered_paid
from chokepoint.tables import Column, Table
from chokepoint.uncertainty import interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.answer.reported import Reported
    from chokepoint.answer.run import BranchRun, Run
    from chokepoint.tables import Cell

KG_PER_T = 1000.0
QUOTED_IN = {"Europe": "DEU", "fob China": "CHN"}
"""Where a quoted market is read against the model: the largest European buyer, and China itself."""


def buyer_prices(branch: BranchRun, good: int, country: int) -> tuple[np.ndarray, np.ndarray] | None:
    """Return marginal and paid delivered price (solved case, month) of a buyer, relative; None if it buys none."""
    wiring = branch.outcome.wiring
    here = np.flatnonzero((wiring.buyer_good == good) & (wiring.buyer_country == country))
    if here.size == 0:
        return None
    marginal, paid = delivered_paid(branch.outcome)
    return marginal[branch.is_solved][:, :, here[0]], paid[branch.is_solved][:, :, here[0]]


def prices_table(run: Run, countries: Sequence[str], reported: Reported) -> Table:
    """Return the paid and the marginal delivered price by branch, good, country and month."""
    rows: list[tuple[Cell, ...]] = []
    quoted = reported.quotes_by_month()
    market_of = {country: market for market, country in QUOTED_IN.items()}
    for branch in run.branches:
        marginals, paids = delivered_paid(branch.outcome)
        wiring, solved = branch.outcome.wiring, branch.is_solved
        for node, (good, country) in enumerate(zip(wiring.buyer_good, wiring.buyer_country, strict=True)):
            code, place = run.world.goods[good].code, run.world.countries[country]
            if place not in countries:
                continue
            scale = run.world.goods[good].price_usd_per_unit / KG_PER_T
            low, middle, high = interval(marginals[solved][:, :, node] * scale)
            paid = typical_paid(paids[solved][:, :, node]) * scale
            for number, month in enumerate(run.months):
                quote = quoted.get((code, market_of.get(place, ""), str(month)))
                rows.append(
                    (
                        branch.record.name,
                        code,
                        place,
                        str(month),
                        float(paid[number]),
                        float(middle[number]),
                        float(low[number]),
                        float(high[number]),
                        quote,
                    )
                )
    unit = "USD/kg"
    return Table(
        name="prices",
        title="What was paid, and what one more kilogram would cost",
        columns=(
            Column(name="branch"),
            Column(name="good"),
            Column(name="country", note="where it is delivered"),
            Column(name="month"),
            Column(name="paid_usd_per_kg", unit=unit, note="volume-weighted over lanes, median; empty if none arrives"),
            Column(name="marginal_usd_per_kg", unit=unit, note="one more unit, median"),
            *ends("low_usd_per_kg", "high_usd_per_kg", unit, "marginal"),
            Column(name="quoted_usd_per_kg", unit=unit, note="reported quote: Europe beside Germany, fob China"),
        ),
        rows=tuple(rows),
    )


def typical_paid(paid: np.ndarray) -> np.ndarray:
    """Return the median paid price per month over the cases in which something arrived; NaN if in none."""
    columns = (column[~np.isnan(column)] for column in paid.T)
    return np.array([np.median(column) if column.size else np.nan for column in columns])


def stocks_table(run: Run, parties: Sequence[str]) -> Table:
    """Return stocks as a share of their usual level by branch, good, party and month."""
    rows: list[tuple[Cell, ...]] = []
    known = parties_of(run.world)
    for branch in run.branches:
        cover = cover_left(branch)
        for number, good in enumerate(run.world.goods):
            for code in parties:
                mine = cover[:, :, known.at(code), number]
                if np.isnan(mine[0, 0]):
                    continue
                low, middle, high = interval(mine)
                rows.extend(
                    (branch.record.name, good.code, code, str(month), float(m), float(lo), float(hi))
                    for month, m, lo, hi in zip(run.months, middle, low, high, strict=True)
                )
    return Table(
        name="stocks",
        title="Stocks over their usual level",
        columns=(
            Column(name="branch"),
            Column(name="good"),
            Column(name="party"),
            Column(name="month"),
            Column(name="cover_share", unit="share", note="closing stock over its usual level, median"),
            *ends("low_share", "high_share", "share"),
        ),
        rows=tuple(rows),
    )
