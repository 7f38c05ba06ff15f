"""Where sources give one quantity differently: output by several publishers, and trade counted twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from chokepoint.building.balance import GoodFlow, Ground

APART = 0.05
"""Figures nearer than this share of the one chosen are not listed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Disagreement:
    """One quantity that two sources give differently; the one chosen first."""

    what: str
    country: str
    unit: str = field(metadata={"note": "unit of both"})
    chosen: float
    source: str
    other: float
    other_source: str
    why: str


def disagreements(ground: Ground, flows: Mapping[str, GoodFlow]) -> Iterator[Disagreement]:
    """Yield output that a second publisher puts elsewhere, and customs counts beside what a trade code shows.

    Args:
        ground: what publishers say; flows: trade of each good as its codes show it.
    """
    yield from _outputs(ground)
    at = ground.at
    units = {row.good: f"{row.quantity_unit}/yr" for row in ground.selection.goods}
    for row in ground.selection.counts:
        rows = [at[row.exporter]] if row.exporter in at else slice(None)
        columns = [at[row.importer]] if row.importer in at else slice(None)
        flow = flows[row.good].reported
        shown = float(flow.sent[rows][:, columns].sum())
        if abs(shown - row.value) > APART * row.value:
            codes = sorted({code for found in flow.codes.values() for code in found})
            yield Disagreement(
                what=f"trade in {row.good} from {row.exporter or 'anybody'}",
                country=row.importer,
                unit=units[row.good],
                chosen=row.value,
                source=row.source,
                other=shown,
                other_source=ground.trade[codes[0]].source if codes else "",
                why=f"counted of the good alone and kept; the other is read off {', '.join(codes)}",
            )


def _outputs(ground: Ground) -> Iterator[Disagreement]:
    units = {row.good: f"{row.quantity_unit}/yr" for row in ground.selection.goods}
    for step in ground.selection.steps:
        for country, level in ground.levels[step.kind].items():
            for other in level.others:
                value = (other.value or 0.0) * step.value
                if abs(value - level.value) > APART * level.value:
                    yield Disagreement(
                        what=f"output of {step.kind}",
                        country=country,
                        unit=units[step.good],
                        chosen=level.value,
                        source=level.source,
                        other=value,
                        other_source=other.source,
                        why=f"better grade; the other weighs '{other.basis}' and says: {other.reason or 'nothing'}",
                    )
