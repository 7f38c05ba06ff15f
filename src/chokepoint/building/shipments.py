"""What trade statistics show of a good: tonnes from whom to whom, by weight, by value, or as part of a mixed code."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.facts import Trade
    from chokepoint.records.chain_rows import CodeRow, MixedCodeRow

Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Vector = np.ndarray[tuple[int], np.dtype[np.float64]]

KG_PER_T = 1000.0
MISSING_LOW, MISSING_HIGH = 0.5, 2.0
"""How far a weight put in for a missing one may be off: unit values of one exporter differ by about that much."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shipments:
    """Trade in one good, before re-exports are laid back to their makers.

    Args:
        sent: units of the good a year, exporter by importer; the diagonal is empty.
        low, high: its range.
        codes: the code that most of a lane was found under, by lane.
        usd: customs value of what was counted; shape (places, places).
    """

    sent: Matrix
    low: Matrix
    high: Matrix
    codes: Mapping[tuple[int, int], tuple[str, ...]]
    usd: Matrix


def no_shipments(places: int) -> Shipments:
    """Return trade in which nothing moves."""
    empty = np.zeros((places, places))
    return Shipments(sent=empty, low=empty, high=empty, codes={}, usd=empty)


class Weighed(NamedTuple):
    """One flow of a code with its weight: thousand USD, tonnes of product, and whether the tonnes were put in.

    Where nobody reports any weight under the code, tonnes are 0 and only value is known.
    """

    exporter: str
    importer: str
    kusd: float
    tonnes: float
    is_put_in: bool


def weighed(trade: Trade) -> list[Weighed]:
    """Return every flow of a code with its tonnes.

    A missing weight is the value over the median unit value of its exporter, or of everybody if the exporter reports
    no weight at all. Where nobody reports any, the good is later counted from value over price.
    """
    flows = list(
        zip(trade.exporter.tolist(), trade.importer.tolist(), trade.kusd.tolist(), trade.t.tolist(), strict=True)
    )
    by_exporter: dict[str, list[float]] = {}
    for exporter, _, kusd, tonnes in flows:
        if tonnes > 0.0 and kusd > 0.0:
            by_exporter.setdefault(exporter, []).append(kusd / tonnes)
    every = [value for values in by_exporter.values() for value in values]
    middle = {exporter: median(values) for exporter, values in by_exporter.items()}
    usual = median(every) if every else 0.0
    found: list[Weighed] = []
    for exporter, importer, kusd, tonnes in flows:
        if tonnes > 0.0:
            found.append(Weighed(exporter, importer, kusd, tonnes, is_put_in=False))
        elif kusd > 0.0:
            weight = kusd / middle.get(exporter, usual) if usual else 0.0
            found.append(Weighed(exporter, importer, kusd, weight, is_put_in=True))
    return found


def under_codes(
    rows: Sequence[CodeRow], trade: Mapping[str, Sequence[Weighed]], places: Mapping[str, int], usd_per_unit: float
) -> Shipments:
    """Count a good under the codes that hold it.

    Args:
        rows: the codes of one good; trade: flows by code; places: position of each country.
        usd_per_unit: price of the good, for codes counted by value.

    Returns:
        Shipments in units of the good.
    """
    found = no_shipments(len(places))
    sent, low, high, usd = (each.copy() for each in (found.sent, found.low, found.high, found.usd))
    codes: dict[tuple[int, int], tuple[str, ...]] = {}
    for code in dict.fromkeys(row.code for row in rows):
        lines = [row for row in rows if row.code == code]
        for each in trade.get(code, ()):
            row = _line_for(lines, each)
            at = places[each.exporter], places[each.importer]
            if row is None or at[0] == at[1]:
                continue
            worth = each.kusd * KG_PER_T
            is_weighed = row.by == "weight" and each.tonnes > 0.0
            amount = each.tonnes * row.value if is_weighed else worth / usd_per_unit
            loose = (MISSING_LOW, MISSING_HIGH) if each.is_put_in else (1.0, 1.0)
            sent[at] += amount
            low[at] += amount * (row.value if row.low is None else row.low) / row.value * loose[0]
            high[at] += amount * (row.value if row.high is None else row.high) / row.value * loose[1]
            usd[at] += worth
            codes[at] = tuple(dict.fromkeys((*codes.get(at, ()), code)))
    return Shipments(sent=sent, low=low, high=high, codes=codes, usd=usd)


def _line_for(lines: Sequence[CodeRow], flow: Weighed) -> CodeRow | None:
    """Return the line that covers a flow: its exporter's own, else the general one; without weight, one unbounded."""
    if flow.tonnes > 0.0:
        usd_per_kg = flow.kusd / flow.tonnes
        fitting = [row for row in lines if row.least_usd_per_kg <= usd_per_kg < row.most_usd_per_kg]
    else:
        fitting = [row for row in lines if row.least_usd_per_kg == 0.0 and math.isinf(row.most_usd_per_kg)]
    own = [row for row in fitting if row.exporter == flow.exporter]
    return next(iter(own or [row for row in fitting if not row.exporter]), None)


def parts(rows: Sequence[MixedCodeRow], places: Mapping[str, int]) -> tuple[Vector, Vector, Vector]:
    """Return the part of output that leaves under a mixed code, its low and its high end, by place of the maker."""
    found = np.zeros((3, len(places)))
    for row in sorted(rows, key=lambda each: bool(each.exporter)):
        at = places[row.exporter] if row.exporter in places else slice(None)
        if not row.exporter or row.exporter in places:
            ends = row.value if row.low is None else row.low, row.value if row.high is None else row.high
            found[:, at] = np.array([row.value, *ends])[:, None] if isinstance(at, slice) else (row.value, *ends)
    return found[0], found[1], found[2]


def in_mixed_code(
    rows: Sequence[MixedCodeRow],
    trade: Mapping[str, Sequence[Weighed]],
    places: Mapping[str, int],
    made: Vector,
    most: Vector,
) -> Shipments:
    """Lay the part of each maker's output that leaves under a mixed code over the partners the code shows.

    The code tells partners and the ceiling, not the good: the good's exports are ``part x output`` of a maker, no more
    than the code's value pays for, shared among partners as the code's value is. Trade of those who make none of the
    good is not counted.

    Args:
        rows: the code and the parts, of one good; trade: flows by code; places: position of each country.
        made: output a year by place; most: what the code's value can pay for, units of the good by place.
    """
    found = no_shipments(len(places))
    code = rows[0].code
    usd = found.usd.copy()
    for each in trade.get(code, ()):
        at = places[each.exporter], places[each.importer]
        if at[0] != at[1]:
            usd[at] += each.kusd * KG_PER_T
    total = usd.sum(axis=1)
    pattern = usd / np.where(total > 0.0, total, 1.0)[:, None]
    sent, low, high = (pattern * np.minimum(part * made, most)[:, None] for part in parts(rows, places))
    lanes = zip(*np.nonzero(sent), strict=True)
    return Shipments(sent=sent, low=low, high=high, codes={(int(i), int(j)): (code,) for i, j in lanes}, usd=usd)
