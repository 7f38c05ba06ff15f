"""Build the rows of a world for a selection of chains and a year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.building.balance import flows_of, ground_of
from chokepoint.building.behaviour import behaviour_rows, general_parameters
from chokepoint.building.disagree import Disagreement, disagreements
from chokepoint.building.lanes import evidence_rows, lane_rows, lines_of
from chokepoint.building.naming import LEAST_LANE, naming
from chokepoint.building.plants import needs_of, settled
from chokepoint.building.rows import (
    ROUTE,
    Shown,
    count_rows,
    good_row,
    recipe_rows,
    route_rows,
    store_rows,
    total_rows,
    use_rows,
)
from chokepoint.errors import DataError, Problem
from chokepoint.records.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from chokepoint.building.balance import GoodFlow, Ground
    from chokepoint.building.naming import Naming
    from chokepoint.building.origins import Matrix, Vector
    from chokepoint.building.selection import Selection
    from chokepoint.facts import Facts, Trade
    from chokepoint.records.chain_rows import ChainGoodRow
    from chokepoint.records.rows import EvidenceRow, ParameterRow, ProductionRow, UseRow, WorldRow


@dataclass(frozen=True, kw_only=True, slots=True)
class PassedOn:
    """What a country handed on of a good it did not make, and what nobody says it made or received.

    Args:
        good, country: of whom; unit: of the amounts, a year.
        exports: as reported; passed_on: laid back to the makers; unrecorded: neither made nor received there.
    """

    good: str
    country: str
    unit: str
    exports: float
    passed_on: float
    unrecorded: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """The rows of a world, and what building did to the figures.

    Args:
        tables: its rows, as the bundled tables hold theirs.
        passed_on: re-exports laid back, largest first; disagreements: figures that sources give differently.
        notes: goods left out and why; what the figures do not hold.
    """

    tables: Tables
    passed_on: tuple[PassedOn, ...]
    disagreements: tuple[Disagreement, ...]
    notes: tuple[str, ...]


def build(
    selection: Selection,
    facts: Facts,
    trade: Callable[[str, int], Trade],
    bundled: Tables,
    described: WorldRow,
) -> Built:
    """Build the rows of a world; its balances are closed when it is assembled.

    Args:
        selection: which goods, and their chains.
        facts: what publishers say; trade: reads one code of one year.
        bundled: tables whose blocs and general parameters the world shares.
        described: name, title and year of the world; its goods are filled in.

    Raises:
        DataError: a good nobody is known to make, or no trade of that year.
    """
    ground = ground_of(selection, facts, _trade_of(selection, trade))
    flows = flows_of(ground)
    _check_made(ground, flows)
    names = naming(ground.places, flows.values())
    lines = lines_of(ground)
    sent, plants = settled(ground, names, flows)
    needs = needs_of(selection, names, plants)
    shown = [_shown(names, row, flows[row.good], sent[row.good], needs[row.good]) for row in selection.goods]
    lanes = [lane for each in shown for lane in lane_rows(ground, names, lines, each)]
    production = (*plants, *(row for each in shown for row in route_rows(ground, names, each)))
    uses = tuple(row for each in shown for row in use_rows(ground, names, each))
    members = _members(selection.goods, production, uses, ground)
    tables = Tables(
        worlds=(described.model_copy(update={"goods": ";".join(row.good for row in selection.goods)}),),
        goods=tuple(good_row(row) for row in selection.goods),
        blocs=bundled.blocs,
        recipes=tuple(recipe_rows(ground, production)),
        production=production,
        flows=tuple(lanes),
        uses=uses,
        totals=(*total_rows(ground, production), *(row for each in shown for row in count_rows(ground, names, each))),
        stores=tuple(row for each in shown for row in store_rows(names, each)),
        projects=(),
        deposits=(),
        contracts=(),
        parameters=_parameters(bundled, behaviour_rows(selection.behaviour, members)),
        corrections=(),
        evidence=(),
    )
    return Built(
        tables=_with_evidence(tables, bundled, tuple(evidence_rows(ground, lines, lanes))),
        passed_on=_passed_on(ground, flows),
        disagreements=tuple(disagreements(ground, flows)),
        notes=selection.left_out,
    )


def _trade_of(selection: Selection, read: Callable[[str, int], Trade]) -> dict[str, Trade]:
    """Read every code of a selection."""
    codes = [row.code for rows in selection.codes.values() for row in rows]
    codes += [row.code for rows in selection.mixed_codes.values() for row in rows]
    found: dict[str, Trade] = {}
    problems: list[Problem] = []
    for code in dict.fromkeys(codes):
        try:
            found[code] = read(code, selection.year)
        except LookupError as error:
            problems.append(
                Problem(
                    where=f"trade under {code} in {selection.year}",
                    found=str(error),
                    expected="trade of the year to be described",
                    remedy="choose a year the figures hold, with --year, or add the file",
                )
            )
    if problems:
        raise DataError(problems)
    return found


def _check_made(ground: Ground, flows: Mapping[str, GoodFlow]) -> None:
    """Refuse a good that nobody is known to make in the year: its trade would be all unrecorded."""
    problems = [
        Problem(
            where=f"{row.good} in {ground.selection.year}",
            found="no figure of who makes it",
            expected="output by country from a publisher, or stated in the chains",
            remedy="choose a year whose output is reported, with --year, or add figures with --figures",
        )
        for row in ground.selection.goods
        if not any(level.value > 0.0 for levels in flows[row.good].made.values() for level in levels.values())
    ]
    if problems:
        raise DataError(problems)


def _shown(names: Naming, row: ChainGoodRow, flow: GoodFlow, sent: Matrix, need: Vector) -> Shown:
    """Return one good between named countries, with what is left for uses and the ways round a control open."""
    arrives = sent.sum(axis=0)
    left = np.maximum(0.0, arrives - need)
    left = np.where((left > LEAST_LANE * sent.sum()) | (need <= 0.0), left, 0.0)
    routes = _routes(names, flow, sent, left)
    used = left - routes.sum(axis=1) + routes.sum(axis=0)
    return Shown(row=row, flow=flow, sent=sent + routes, routes=routes, left=used)


def _routes(names: Naming, flow: GoodFlow, sent: Matrix, left: Vector) -> Matrix:
    """Return the part of what countries passed on that stays as re-export, seller by buyer.

    Only buyers who take the good already and only sellers with as much to spare; small ones are left out.
    """
    exports = flow.reported.sent.sum(axis=1)
    share = flow.passed / np.where(exports > 0.0, exports, 1.0)
    onward = names.between(share[:, None] * flow.reported.sent) * ROUTE
    np.fill_diagonal(onward, 0.0)
    onward[-1, :] = 0.0
    onward[:, left <= 0.0] = 0.0
    onward[onward < 1e-3 * ROUTE * sent.sum()] = 0.0
    sold = onward.sum(axis=1)
    most = np.minimum(1.0, 0.25 * left / np.where(sold > 0.0, sold, 1.0))
    return onward * most[:, None]


def _members(
    goods: Sequence[ChainGoodRow], production: Sequence[ProductionRow], uses: Sequence[UseRow], ground: Ground
) -> list[tuple[str, tuple[str, ...]]]:
    """Return what has behaviour, each with its classes, the most specific first."""
    members = [(row.good, (row.good, row.behaviour)) for row in goods]
    steps = {step.kind: step.behaviour for step in ground.selection.steps}
    kinds = dict.fromkeys(row.kind for row in production)
    members += [(kind, (kind, steps.get(kind) or kind.split("_", maxsplit=1)[0])) for kind in kinds]
    pairs = dict.fromkeys((row.good, row.sector) for row in uses)
    members += [(f"{good}.{sector}", (f"{good}.{sector}", sector)) for good, sector in pairs]
    return members


def _parameters(bundled: Tables, own: Sequence[ParameterRow]) -> tuple[ParameterRow, ...]:
    """Return the general parameters and the world's own."""
    return (*general_parameters(bundled), *own)


def _with_evidence(tables: Tables, bundled: Tables, evidence: tuple[EvidenceRow, ...]) -> Tables:
    """Add the evidence of the lanes, and what the general parameters were derived from."""
    known = {row.figure_name: row for row in bundled.evidence}
    wanted = [name for row in tables.parameters for name in row.inputs.split(";")]
    kept: dict[str, EvidenceRow] = {}
    while wanted:
        name = wanted.pop()
        if name in known and name not in kept:
            kept[name] = known[name]
            wanted += known[name].inputs.split(";")
    return replace(tables, evidence=(*evidence, *kept.values()))


def _passed_on(ground: Ground, flows: Mapping[str, GoodFlow]) -> tuple[PassedOn, ...]:
    """Return every country's re-exports and unrecorded output, good by good, largest first."""
    units = {row.good: f"{row.quantity_unit}/yr" for row in ground.selection.goods}
    rows = [
        PassedOn(
            good=good,
            country=place,
            unit=units[good],
            exports=float(flow.reported.sent[number].sum()),
            passed_on=float(flow.passed[number]),
            unrecorded=float(flow.unrecorded[number]),
        )
        for good, flow in flows.items()
        for number, place in enumerate(ground.places)
        if flow.passed[number] + flow.unrecorded[number] > 0.0
    ]
    order = list(flows)
    return tuple(sorted(rows, key=lambda row: (order.index(row.good), -row.passed_on - row.unrecorded, row.country)))
