"""Published orders of minerals by loss, beside our own by single indicators. Nothing is fitted, nothing composed."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint import bundle
from chokepoint.exposure.indicator import Indicator
from chokepoint.exposure.rank import beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.exposure.indicator import Result
    from chokepoint.exposure.of_country import Answer
    from chokepoint.exposure.rank import RankComparison

SCORES = ("static_power", "governance_hhi", "top_1", "net_import_reliance")
"""Each by itself: the first supplier's power, how concentrated and how governed supply is, reliance on imports."""
COUNTRY = "USA"
"""Whose losses the published orders are about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedOrder:
    """An order somebody published.

    Args:
        name: of the order; minerals: codes, first to last; source: key of ``references.bib``.
    """

    name: str
    minerals: tuple[str, ...]
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """A published order beside ours.

    Args:
        order: the published one.
        score: the indicator we rank by.
        comparison: ranks of what both rank, their correlation, and what ours lacks.
        reasons: why ours lacks it, by mineral.
    """

    order: PublishedOrder
    score: str
    comparison: RankComparison
    reasons: dict[str, str]


def published_orders() -> tuple[PublishedOrder, ...]:
    """Read the orders that ship with the package."""
    table = bundle.data_folder() / "published_orders.csv"
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    return tuple(
        PublishedOrder(
            name=name,
            minerals=tuple(row["mineral"] for row in sorted(rows, key=_rank) if row["order"] == name),
            source=next(row["source"] for row in rows if row["order"] == name),
        )
        for name in dict.fromkeys(row["order"] for row in rows)
    )


def beside_published(answers: Sequence[Answer]) -> tuple[Beside, ...]:
    """Set each published order beside our own, once for each of :data:`SCORES`.

    A mineral counts with the stage at which the indicator is largest. Every indicator is computed from output, trade,
    prices and governance, without a look at the order.

    Args:
        answers: of the country, over all minerals and stages.
    """
    return tuple(_beside(order, score, answers) for order in published_orders() for score in SCORES)


def _beside(order: PublishedOrder, score: str, answers: Sequence[Answer]) -> Beside:
    results: dict[str, list[Result]] = {}
    for each in answers:
        if each.indicator == score:
            results.setdefault(each.mineral, []).append(each.result)
    scores = {
        mineral: max(each.value for each in found if isinstance(each, Indicator))
        for mineral, found in results.items()
        if any(isinstance(each, Indicator) for each in found)
    }
    comparison = beside(order.minerals, scores)
    reasons = {mineral: _reason(results.get(mineral, [])) for mineral in comparison.missing}
    return Beside(order=order, score=score, comparison=comparison, reasons=reasons)


def _reason(results: list[Result]) -> str:
    said = dict.fromkeys(each.reason for each in results if not isinstance(each, Indicator))
    return "; ".join(said) or "not in the register of minerals"


def _rank(row: dict[str, str]) -> int:
    return int(row["rank"])
