"""Plants between named countries: who makes how much, with lanes and feed to match."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.building.behaviour import UNRECORDED
from chokepoint.building.naming import LEAST_LANE, level_sums, without_trifles
from chokepoint.facts import REST
from chokepoint.provenance import ASSUMED
from chokepoint.records.rows import ProductionRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from chokepoint.building.balance import GoodFlow, Ground
    from chokepoint.building.naming import Naming
    from chokepoint.building.origins import Matrix, Vector
    from chokepoint.building.output import Level
    from chokepoint.building.selection import Selection
    from chokepoint.records.chain_rows import ChainGoodRow

MOST_LOST = 0.5
"""A plant that loses this part of its lanes as trifles is left out with them."""


def settled(
    ground: Ground, names: Naming, flows: Mapping[str, GoodFlow]
) -> tuple[dict[str, Matrix], tuple[ProductionRow, ...]]:
    """Fold shipments and plants onto the named countries so that each plant has a lane and feed, and each lane a maker.

    Args:
        ground: what the flows were computed from; names: who is named; flows: of every good.

    Returns:
        Shipments between names by good, trifles removed, and every plant.
    """
    sent = {
        good: without_trifles(names.between(flow.sent), names.of(flow.sent.sum(axis=0) - flow.left))
        for good, flow in flows.items()
    }
    plants = tuple(
        plant
        for row in ground.selection.goods
        for plant in (
            *plant_rows(names, row, flows[row.good], sent[row.good]),
            *unrecorded_rows(ground, names, row, flows[row.good], sent[row.good]),
        )
    )
    made_by = {step.kind: step.good for step in ground.selection.steps}
    while True:
        makers = {(made_by.get(row.kind, row.kind.removeprefix(f"{UNRECORDED}_")), row.country) for row in plants}
        sent = {good: _of_makers(names, flow, {c for g, c in makers if g == good}) for good, flow in sent.items()}
        fed = tuple(row for row in plants if _is_fed(ground, names, row, sent))
        if len(fed) == len(plants):
            return sent, plants
        plants = fed


def _of_makers(names: Naming, sent: Matrix, makers: set[str]) -> Matrix:
    """Give the lanes of those who make nothing to the importer's other suppliers."""
    kept = sent * np.array([name in makers for name in names.names])[:, None]
    column = kept.sum(axis=0)
    return kept * np.where(column > 0.0, sent.sum(axis=0) / np.where(column > 0.0, column, 1.0), 0.0)[None, :]


def _is_fed(ground: Ground, names: Naming, row: ProductionRow, sent: Mapping[str, Matrix]) -> bool:
    at = names.names.index(row.country)
    feed = ground.selection.inputs.get(row.kind, {})
    good = next((step.good for step in ground.selection.steps if step.kind == row.kind), "")
    ships = not good or float(sent[good][at].sum()) > 0.0
    return ships and all(float(sent[each][:, at].sum()) > 0.0 for each in feed)


def needs_of(selection: Selection, names: Naming, plants: Sequence[ProductionRow]) -> dict[str, Vector]:
    """Return what plants take of each good, by name."""
    needs = {row.good: np.zeros(len(names.names)) for row in selection.goods}
    for plant in plants:
        for good, amount in selection.inputs.get(plant.kind, {}).items():
            needs[good][names.names.index(plant.country)] += amount * plant.value
    return needs


def plant_rows(names: Naming, row: ChainGoodRow, flow: GoodFlow, sent: Matrix) -> Iterator[ProductionRow]:
    """Yield who makes a good, by kind; a plant whose lanes were all trifles is one too.

    Args:
        names: who is named; row: the good; flow: its books; sent: what is shipped between names, trifles removed.
    """
    ships = {name: float(total) for name, total in zip(names.names, sent.sum(axis=1), strict=True)}
    unit = f"{row.quantity_unit}/yr"
    for kind, levels in flow.made.items():
        sums = level_sums({place: each.value for place, each in levels.items()}, names.names)
        for name, value in sums.items():
            if value > LEAST_LANE * sum(sums.values()) and ships[name] > MOST_LOST * value:
                level = levels[name] if name in levels and name != REST else _sum_of(levels, names.names, value)
                yield _production(kind, name, level, unit)


def unrecorded_rows(
    ground: Ground, names: Naming, row: ChainGoodRow, flow: GoodFlow, sent: Matrix
) -> Iterator[ProductionRow]:
    """Yield what a place sends or works up although nobody says that it makes or receives as much."""
    ships = sent.sum(axis=1)
    loose = names.of(flow.unrecorded)
    for number in np.flatnonzero((loose > LEAST_LANE * ships.sum()) & (ships > MOST_LOST * loose)):
        kind, unit = f"{UNRECORDED}_{row.good}", f"{row.quantity_unit}/yr"
        yield added(ground, kind, names.names[number], float(loose[number]), unit, _UNRECORDED)


_UNRECORDED = (
    "beyond what anybody says is made or arrives there: scrap, stocks, unreported works, or publishers who disagree"
)


def _production(kind: str, country: str, level: Level, unit: str) -> ProductionRow:
    needs_words = level.grade in {ASSUMED, "derived"} and not level.reason
    return ProductionRow(
        kind=kind,
        country=country,
        value=level.value,
        unit=unit,
        low=level.low,
        high=level.high,
        year=level.year,
        source=level.source,
        grade=level.grade,
        reason="as reported" if needs_words else level.reason,
    )


def _sum_of(levels: Mapping[str, Level], names: Sequence[str], value: float) -> Level:
    """Return the output of all who are not named; it is known as well as the largest of them is."""
    parts = [each for place, each in levels.items() if place == REST or place not in names]
    largest = max(parts, key=lambda each: each.value)
    return replace(
        largest,
        value=value,
        low=sum(each.low for each in parts),
        high=sum(each.high for each in parts),
        grade=ASSUMED if largest.grade == ASSUMED else "derived",
        reason=f"{len(parts)} that make less than is named here. {largest.reason}".strip(),
        others=(),
    )


def added(ground: Ground, kind: str, country: str, value: float, unit: str, reason: str) -> ProductionRow:
    """Return output that building puts in by itself."""
    return ProductionRow(
        kind=kind,
        country=country,
        value=value,
        unit=unit,
        low=0.0,
        high=2.0 * value,
        year=ground.selection.year,
        source=ASSUMED,
        grade=ASSUMED,
        reason=reason,
    )
