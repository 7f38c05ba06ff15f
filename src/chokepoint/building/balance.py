"""Flow and output of every good of a chain, upstream first: trade, re-exports laid back, and what the balances tell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.building.origins import first_hand
from chokepoint.building.output import Level, levels
from chokepoint.building.shipments import KG_PER_T, in_mixed_code, no_shipments, parts, under_codes, weighed
from chokepoint.facts import REST
from chokepoint.provenance import ASSUMED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.building.origins import Matrix, Vector
    from chokepoint.building.selection import Selection
    from chokepoint.building.shipments import Shipments, Weighed
    from chokepoint.facts import Facts, Trade
    from chokepoint.records.chain_rows import StepRow

Levels = dict[str, Level]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """What the flows of a selection are computed from.

    Args:
        selection: the chains; places: every country that makes or trades anything of them, ``ROW`` last.
        trade: by code; flows: the same, each with its weight.
        levels: output by kind and country, for the kinds that somebody reports or the chains state.
        claims: USD a year that a good's makers would send under its mixed code; by good, per place.
    """

    selection: Selection
    places: tuple[str, ...]
    trade: Mapping[str, Trade]
    flows: Mapping[str, Sequence[Weighed]]
    levels: Mapping[str, Levels]
    claims: Mapping[str, Vector]

    @property
    def at(self) -> dict[str, int]:
        """Position of each place."""
        return {place: number for number, place in enumerate(self.places)}

    def along(self, found: Mapping[str, Level]) -> Vector:
        """Return output by place."""
        return _along(found, self.at)


@dataclass(frozen=True, kw_only=True, slots=True)
class GoodFlow:
    """One good in one year, every place's books closed as far as figures go.

    Args:
        reported: trade as the codes show it.
        sent: maker by taker, units a year; the diagonal is what stays at home.
        stated, filled: the part of ``sent`` that the chains state, and the part put in where a maker lacked feed.
        made: output by kind and country.
        passed: what each place only handed on; unrecorded: output nobody reports, per place.
        left: what arrives beyond what plants of the chain take; final use in the end. Per place.
    """

    reported: Shipments
    sent: Matrix
    stated: Matrix
    filled: Matrix
    made: Mapping[str, Levels]
    passed: Vector
    unrecorded: Vector
    left: Vector


def _along(found: Mapping[str, Level], at: Mapping[str, int]) -> Vector:
    values = np.zeros(len(at))
    for country, level in found.items():
        values[at[country]] = level.value
    return values


def ground_of(selection: Selection, facts: Facts, trade: Mapping[str, Trade]) -> Ground:
    """Gather what is reported about the goods of a selection.

    Args:
        selection: the chains; facts: what publishers say; trade: by code, for every code of the selection.
    """
    flows = {code: weighed(each) for code, each in trade.items()}
    chains = {row.good: row.chain for row in selection.goods}
    known = {step.kind: levels(facts, selection, step, chains[step.good]) for step in selection.steps}
    rivals = {
        step.kind: levels(facts, selection, step, each.good.chain) for each in selection.rivals for step in each.steps
    }
    seen = {place for found in flows.values() for each in found for place in (each.exporter, each.importer)}
    seen |= {place for found in (*known.values(), *rivals.values()) for place in found}
    seen |= {place for rows in selection.flows.values() for row in rows for place in (row.exporter, row.importer)}
    places = (*sorted(seen - {REST}), REST)
    at = {place: number for number, place in enumerate(places)}
    claims = {
        each.good.good: each.good.value
        * parts(each.claims, at)[0]
        * sum((_along(rivals[step.kind], at) for step in each.steps), np.zeros(len(places)))
        for each in selection.rivals
    }
    return Ground(selection=selection, places=places, trade=trade, flows=flows, levels=known, claims=claims)


def flows_of(ground: Ground) -> dict[str, GoodFlow]:
    """Return the flow of every good, in chain order."""
    ground = replace(ground, levels=_with_rest_given(ground))
    left: dict[str, Vector] = {}
    found: dict[str, GoodFlow] = {}
    for row in ground.selection.goods:
        found[row.good] = _flow(ground, row.good, left)
        left[row.good] = found[row.good].left.copy()
    return {good: replace(each, left=left[good]) for good, each in found.items()}


def _flow(ground: Ground, good: str, left: Mapping[str, Vector]) -> GoodFlow:
    """Return the flow of one good; from ``left``, what is left of the goods before it, its plants take theirs."""
    made: dict[str, Levels] = {}
    for step in (each for each in ground.selection.steps if each.good == good):
        known = ground.levels[step.kind]
        made[step.kind] = dict(known) if known else _from_feed(ground, step, left)
    output = sum((ground.along(each) for each in made.values()), np.zeros(len(ground.places)))
    reported = _reported(ground, good, output)
    hand = first_hand(reported.sent, output)
    sent = hand.sent.copy()
    stated = _stated(ground, good, sent)
    need = _need(ground, good)
    filled, short = _fill(sent, need)
    sent += np.diag(short)
    return GoodFlow(
        reported=reported,
        sent=sent,
        stated=stated,
        filled=filled,
        made=made,
        passed=hand.passed,
        unrecorded=hand.unrecorded + short,
        left=sent.sum(axis=0) - need,
    )


def _from_feed(ground: Ground, step: StepRow, left: Mapping[str, Vector]) -> Levels:
    """Return the output of plants nobody counts: what is left of their feed where it arrives, over what they take."""
    feed, amount = next(iter(ground.selection.inputs[step.kind].items()), ("", 1.0))
    if feed not in left:
        return {}
    taken = step.value * left[feed]
    left[feed][:] -= taken
    low, high = (step.value if end is None else end for end in (step.low, step.high))
    return {
        place: Level(
            value=float(taken[number]) / amount,
            low=float(taken[number]) / amount * low / step.value * 0.5,
            high=float(taken[number]) / amount * high / step.value * 2.0,
            year=ground.selection.year,
            source=ASSUMED,
            grade=ASSUMED,
            reason=f"nobody reports it: the {feed} that arrives beyond other needs, over {amount:g} a unit",
        )
        for number, place in enumerate(ground.places)
        if taken[number] > 0.0
    }


def _reported(ground: Ground, good: str, output: Vector) -> Shipments:
    """Return trade in a good: under its own codes, or as part of a mixed code where it has none."""
    price = next(row.value for row in ground.selection.goods if row.good == good)
    if ground.selection.codes[good]:
        return under_codes(ground.selection.codes[good], ground.flows, ground.at, price)
    rows = ground.selection.mixed_codes[good]
    if not rows:
        return no_shipments(len(ground.places))
    shown = np.zeros(len(ground.places))
    for each in ground.flows.get(rows[0].code, ()):
        shown[ground.at[each.exporter]] += KG_PER_T * each.kusd
    claimed = np.sum(list(ground.claims.values()), axis=0)
    fair = ground.claims[good] / np.where(claimed > 0.0, claimed, 1.0)
    most = np.where(claimed > shown, shown * fair, shown) / price
    return in_mixed_code(rows, ground.flows, ground.at, output, most)


def _with_rest_given(ground: Ground) -> dict[str, Levels]:
    """Give what "other countries" make to those without a figure that sell more than they buy; return all levels."""
    found = dict(ground.levels)
    for step in ground.selection.steps:
        levels = ground.levels[step.kind]
        rest = levels.get(REST)
        if rest is None or rest.source == ASSUMED:
            continue
        sent = _reported(ground, step.good, ground.along(levels)).sent
        net = np.maximum(0.0, sent.sum(axis=1) - sent.sum(axis=0))
        able = {
            place: float(net[number])
            for number, place in enumerate(ground.places[:-1])
            if net[number] > 0.0 and place not in levels
        }
        given = min(rest.value, sum(able.values()))
        found[step.kind] = {place: level for place, level in levels.items() if place != REST} | {
            place: _part_of_rest(rest, value * given / sum(able.values())) for place, value in able.items()
        }
        if rest.value > given:
            found[step.kind][REST] = _part_of_rest(rest, rest.value - given)
    return found


def _part_of_rest(rest: Level, value: float) -> Level:
    return Level(
        value=value,
        low=0.0,
        high=2.0 * value,
        year=rest.year,
        source=rest.source,
        grade="derived",
        reason=f"part of the {rest.value:g} of other countries, given to those without a figure by their net exports",
    )


def _stated(ground: Ground, good: str, sent: Matrix) -> Matrix:
    """Take lanes that no code holds from what their maker keeps; return what was moved, and move it in ``sent``."""
    moved = np.zeros_like(sent)
    for row in ground.selection.flows[good]:
        maker, taker = ground.at[row.exporter], ground.at[row.importer]
        amount = min(row.value, float(sent[maker, maker]))
        sent[maker, maker] -= amount
        sent[maker, taker] += amount
        moved[maker, taker] += amount
    return moved


def _need(ground: Ground, good: str) -> Vector:
    """Return what plants whose output is known take of a good, per place."""
    need = np.zeros(len(ground.places))
    for kind, inputs in ground.selection.inputs.items():
        if good in inputs:
            need += inputs[good] * ground.along(ground.levels[kind])
    return need


def _fill(sent: Matrix, need: Vector) -> tuple[Matrix, Vector]:
    """Send what makers have over to plants that lack feed, in proportion; ``sent`` is changed.

    Returns:
        What was sent, and what is still short where the world has none over.
    """
    arrives = sent.sum(axis=0)
    short = np.maximum(0.0, need - arrives)
    over = np.minimum(np.diag(sent), np.maximum(0.0, arrives - need))
    total = min(float(short.sum()), float(over.sum()))
    if total <= 0.0:
        return np.zeros_like(sent), short
    filled = np.outer(over / over.sum(), short / short.sum()) * total
    sent += filled - np.diag(filled.sum(axis=1))
    return filled, short * (1.0 - total / float(short.sum()))
