"""Lanes as rows: every flow between named countries, with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.provenance import ASSUMED
from chokepoint.records.rows import EvidenceRow, FlowRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from chokepoint.building.balance import GoodFlow, Ground
    from chokepoint.building.naming import Naming
    from chokepoint.building.rows import Shown
    from chokepoint.building.shipments import Weighed
    from chokepoint.records.chain_rows import ChainGoodRow, CodeRow, MixedCodeRow

MOSTLY = 0.5
"""A lane of which less than this share was shipped directly rests on what third countries passed on."""

Lane = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Lines:
    """Flows of the codes by code, exporter and importer, to name as evidence."""

    of: Mapping[Lane, Weighed]


def lines_of(ground: Ground) -> Lines:
    """Index the flows of a ground."""
    return Lines(
        of={(code, each.exporter, each.importer): each for code, flows in ground.flows.items() for each in flows}
    )


def lane_rows(ground: Ground, names: Naming, lines: Lines, shown: Shown) -> Iterator[FlowRow]:
    """Yield the lanes of one good.

    Args:
        ground: what they were computed from; names: who is named; lines: the codes' flows; shown: the good's books.
    """
    row, flow, sent = shown.row, shown.flow, shown.sent
    reported, low, high = (names.between(each) for each in (flow.reported.sent, flow.reported.low, flow.reported.high))
    stated, filled = names.between(flow.stated), names.between(flow.filled)
    for maker, taker in np.argwhere(sent > 0.0).tolist():
        value = float(sent[maker, taker])
        exporter, importer = names.names[maker], names.names[taker]
        direct = float(reported[maker, taker])
        if maker == taker:
            yield _home(ground, row, flow, exporter, value)
        elif not flow.reported.codes or float(stated[maker, taker] + filled[maker, taker]) > MOSTLY * value:
            # Where no code holds the good nothing was reported: a lane grown by small ones it took over is put in too.
            is_stated = bool(stated[maker, taker] > filled[maker, taker])
            yield _put_in(ground, row, exporter, importer, value, is_stated=is_stated)
        else:
            is_direct = direct > MOSTLY * value
            ends = (float(low[maker, taker]) / direct, float(high[maker, taker]) / direct) if is_direct else (0.0, 2.0)
            found = _row(ground, row, exporter, importer, value, ends)
            yield found.model_copy(update=_basis(ground, lines, row, flow, found, is_direct=is_direct))


def _row(
    ground: Ground, row: ChainGoodRow, exporter: str, importer: str, value: float, ends: tuple[float, float]
) -> FlowRow:
    """Return a lane without its basis; ``ends`` are the range as factors."""
    return FlowRow(
        good=row.good,
        exporter=exporter,
        importer=importer,
        value=value,
        unit=f"{row.quantity_unit}/yr",
        low=min(value, value * ends[0]),
        high=max(value, value * ends[1]),
        year=ground.selection.year,
        source=ASSUMED,
        grade=ASSUMED,
        reason="to be filled",
    )


def _home(ground: Ground, row: ChainGoodRow, flow: GoodFlow, country: str, value: float) -> FlowRow:
    """Return what stays where it is made; it rests on what is made there."""
    found = _row(ground, row, country, country, value, (0.5, 1.5))
    level = max(
        (levels[country] for levels in flow.made.values() if country in levels),
        key=lambda each: each.value,
        default=None,
    )
    reason = "what is made there less what leaves, after re-exports are laid back to their makers"
    if level is None or level.source == ASSUMED:
        return found.model_copy(update={"reason": reason})
    kinds = [kind for kind, levels in flow.made.items() if country in levels]
    update = {
        "source": level.source,
        "grade": "derived",
        "reason": reason,
        "inputs": ";".join(f"production.{kind}.{country}" for kind in kinds),
    }
    return found.model_copy(update=update)


def _put_in(
    ground: Ground, row: ChainGoodRow, exporter: str, importer: str, value: float, *, is_stated: bool
) -> FlowRow:
    """Return a lane that no trade code shows."""
    if is_stated:
        stated = next(
            (
                each
                for each in ground.selection.flows[row.good]
                if (each.exporter, each.importer) == (exporter, importer)
            ),
            None,
        )
        if stated is not None:
            return stated.model_copy(update={"value": value, "low": min(value, stated.low or 0.0)})
    found = _row(ground, row, exporter, importer, value, (0.0, 2.0))
    reason = "no trade code among the figures shows it: what makers have over, shared among plants that lack feed"
    return found.model_copy(update={"reason": reason})


def _basis(
    ground: Ground, lines: Lines, row: ChainGoodRow, flow: GoodFlow, found: FlowRow, *, is_direct: bool
) -> dict[str, str]:
    """Return source, grade, reason and inputs of a lane that trade statistics show."""
    at = ground.at
    codes = flow.reported.codes.get((at[found.exporter], at[found.importer]), ())
    shown = [code for code in codes if (code, found.exporter, found.importer) in lines.of]
    every = shown or sorted({code for each in flow.reported.codes.values() for code in each})
    source = ground.trade[every[0]].source if every else ASSUMED
    names = [f"evidence.baci.{code}.{found.exporter}.{found.importer}.kusd" for code in shown]
    mixed = _applying(ground.selection.mixed_codes[row.good], found.exporter, every)
    own = _applying(ground.selection.codes[row.good], found.exporter, every)
    if not (shown and is_direct):
        reason = "mostly what third countries passed on, laid back to who made it"
    elif mixed and not own:
        reason = f"the part of its output that leaves under {', '.join(every)}, shared as the code's value is"
    else:
        lots = [lines.of[code, found.exporter, found.importer] for code in shown]
        tonnes = sum(each.tonnes for each in lots)
        is_put_in = tonnes > 0.0 and any(each.is_put_in for each in lots)
        put_in = "; weight put in from the exporter's unit value" if is_put_in else ""
        amount = f"{tonnes:g} t of product" if tonnes > 0.0 else "value over price, no weight being reported,"
        reason = f"{amount} under {', '.join(shown)}{put_in}; re-exports laid back to their makers"
    return {"source": source, "grade": "derived", "reason": reason, "inputs": ";".join([*names, *(own or mixed)])}


def _applying(rows: Sequence[CodeRow | MixedCodeRow], exporter: str, codes: Sequence[str]) -> list[str]:
    """Return the names of the contents or parts that hold for an exporter's trade under some codes."""
    found: list[str] = []
    for code in codes:
        lines = [row for row in rows if row.code == code]
        own = [row for row in lines if row.exporter == exporter]
        found += [f"evidence.{row.figure_name}" for row in (own or [row for row in lines if not row.exporter])]
    return found


def evidence_rows(ground: Ground, lines: Lines, rows: list[FlowRow]) -> Iterator[EvidenceRow]:
    """Yield the codes' values and the contents that lanes name as inputs, each once."""
    wanted = dict.fromkeys(name for row in rows for name in row.inputs.split(";") if name.startswith("evidence."))
    stated = {
        f"evidence.{each.figure_name}": each
        for table in (ground.selection.codes, ground.selection.mixed_codes)
        for each_good in table.values()
        for each in each_good
    }
    for name in wanted:
        if name in stated:
            given = stated[name]
            figure = {field: getattr(given, field) for field in ("value", "unit", "low", "high", "year", "source")}
            yield EvidenceRow(name=given.figure_name, grade=given.grade, reason=given.reason, **figure)
        else:
            _, _, code, exporter, importer, _ = name.split(".")
            yield EvidenceRow(
                name=name.removeprefix("evidence."),
                value=lines.of[code, exporter, importer].kusd,
                unit="thousand USD/yr",
                year=ground.selection.year,
                source=ground.trade[code].source,
                grade="B",
            )
