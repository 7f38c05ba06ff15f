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
from chokepoint.building.output import PRODUCTION
from chokepoint.building.plants import needs_of, settled
from chokepoint.building.prices import old_prices, priced
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
from chokepoint.building.selection import narrowed
from chokepoint.errors import DataError, Problem
from chokepoint.records.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from chokepoint.building.balance import GoodFlow, Ground
    from chokepoint.building.behaviour import Member
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
        DataError: nothing that was asked for has both makers and trade in that year.
    """
    ground, flows = _carried(priced(selection, facts), facts, trade)
    selection = ground.selection
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
        notes=(*selection.left_out, *old_prices(selection)),
    )


def _carried(
    selection: Selection, facts: Facts, trade: Callable[[str, int], Trade]
) -> tuple[Ground, dict[str, GoodFlow]]:
    """Return the flows of every good that has makers and, if it is a last stage, trade; the others are left out."""
    held, missing = _trade_of(selection, trade)
    selection = _of_held(selection, held, missing)
    while True:
        ground = ground_of(selection, facts, held)
        flows = flows_of(ground)
        unmade = [row for row in selection.goods if not _is_made(flows[row.good])]
        if not unmade:
            return ground, flows
        notes = [f"{row.name} ({row.good}): no figure of who makes it in {selection.year}" for row in unmade]
        if len(unmade) == len(selection.goods):
            raise DataError([_no_makers(selection, facts, notes)])
        selection = narrowed(selection, lost={row.good for row in unmade}, notes=notes)


def _trade_of(selection: Selection, read: Callable[[str, int], Trade]) -> tuple[dict[str, Trade], dict[str, str]]:
    """Read every code of a selection; return what is held, and what is said of the codes that are not."""
    codes = [row.code for rows in (*selection.codes.values(), *selection.mixed_codes.values()) for row in rows]
    held: dict[str, Trade] = {}
    missing: dict[str, str] = {}
    for code in dict.fromkeys(codes):
        try:
            held[code] = read(code, selection.year)
        except LookupError as error:
            missing[code] = str(error)
    return held, missing


def _of_held(selection: Selection, held: Mapping[str, Trade], missing: Mapping[str, str]) -> Selection:
    """Drop codes whose trade is not held, and last stages that are left with none."""
    if not held:
        raise DataError([_no_trade(selection, said) for said in missing.values()])
    codes = {good: tuple(row for row in rows if row.code in held) for good, rows in selection.codes.items()}
    mixed = {good: tuple(row for row in rows if row.code in held) for good, rows in selection.mixed_codes.items()}
    found = narrowed(replace(selection, codes=codes, mixed_codes=mixed), lost=(), notes=missing.values())
    while True:
        taken = {good for inputs in found.inputs.values() for good in inputs}
        lost = [row for row in found.goods if not codes[row.good] + mixed[row.good] and row.good not in taken]
        if not lost:
            return found
        notes = [f"{row.name} ({row.good}): no trade of {selection.year}, so nobody's use can be told" for row in lost]
        found = narrowed(found, lost={row.good for row in lost}, notes=notes)


def _is_made(flow: GoodFlow) -> bool:
    return any(level.value > 0.0 for levels in flow.made.values() for level in levels.values())


def _no_trade(selection: Selection, said: str) -> Problem:
    return Problem(
        where="--year",
        found=said,
        expected=f"trade of {selection.year} under at least one code of the goods asked for",
        remedy="choose a year that the figures hold",
    )


def _no_makers(selection: Selection, facts: Facts, notes: Sequence[str]) -> Problem:
    chains = {row.chain for row in selection.goods}
    known = {each.year for chain in chains for each in facts.of(mineral=chain, measure=PRODUCTION) if each.value}
    years = ", ".join(map(str, sorted(known))) or "no year"
    return Problem(
        where="--year",
        found="; ".join(notes),
        expected="a year for which somebody reports who makes the goods",
        remedy=f"output is reported for {years}; figures of your own go in with --figures",
    )


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
) -> Iterator[Member]:
    """Yield what has behaviour, each with its classes, the most specific first."""
    for row in goods:
        yield "good", row.good, (row.good, row.behaviour)
    steps = {step.kind: step.behaviour for step in ground.selection.steps}
    for kind in dict.fromkeys(row.kind for row in production):
        yield "plant", kind, (kind, steps.get(kind) or kind.split("_", maxsplit=1)[0])
    for good, sector in dict.fromkeys((row.good, row.sector) for row in uses):
        yield "use", f"{good}.{sector}", (f"{good}.{sector}", sector)


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
