"""How much of an answer rests on assumption: by amount, and which package is chosen as the largest two are varied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.talks.judgement import LEADING_RULE, posed, standoff_of, uncertain
from chokepoint.answer.talks.payoffs import security_of
from chokepoint.bargaining import unilateral
from chokepoint.provenance import Kind
from chokepoint.solutions import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.answer.talks.judgement import Judgement
    from chokepoint.answer.talks.levels import Array
    from chokepoint.records.talks import TalksRecord
    from chokepoint.world import World

STEPS = 11
FLOWS = "flow"


def assumed_trade(world: World, goods: set[str], owner: str) -> float:
    """Return the share, by value, of an owner's exports of some goods that rests on assumed figures."""
    assumed = total = 0.0
    for lane in range(world.lanes.good.size):
        good = world.goods[int(world.lanes.good[lane])]
        exporter, importer = (world.countries[int(each[lane])] for each in (world.lanes.exporter, world.lanes.importer))
        if good.code not in goods or exporter != owner or importer == owner:
            continue
        value = float(world.lanes.flow_per_month[lane]) * good.price_usd_per_unit
        figure = world.figures.get(f"{FLOWS}.{good.code}.{exporter}.{importer}")
        total += value
        assumed += value if figure is None or figure.kind is Kind.ASSUMED else 0.0
    return assumed / total if total else 1.0


def assumed_by_chain(talks: TalksRecord, worlds: Mapping[str, World]) -> dict[str, float]:
    """Return for each chain the share of the trade its issues bear on that rests on assumed figures."""
    shares: dict[str, float] = {}
    for chain in talks.chains:
        issues = talks.on(chain.name)
        acts = [*chain.history, *(act for issue in issues for level in issue.levels for act in level.measures)]
        goods = {good for act in acts for good in act.goods}
        owners = {issue.owner for issue in issues}
        parts = [assumed_trade(worlds[chain.world], goods, owner) for owner in sorted(owners)]
        shares[chain.name] = float(np.mean(parts))
    return shares


def assumed_share(judgement: Judgement, by_chain: Mapping[str, float]) -> Array:
    """Return the fraction of each payoff that rests on assumed figures (party, combination), central case.

    Security values are assumed in full; a simulated part counts by the share of its chain's trade that rests on
    assumed figures. How markets respond is assumed everywhere and shows in the intervals, not here.
    """
    payoffs = judgement.payoffs
    security = np.abs(payoffs.security[0])
    market = {chain: np.abs(payoffs.by_chain[chain][0]) for chain in by_chain}
    total = security + sum(market.values())
    resting = security + sum(by_chain[chain] * each for chain, each in market.items())
    return np.divide(resting, total, out=np.zeros_like(total), where=total > 0.0)


def assumed_leverage(judgement: Judgement, by_chain: Mapping[str, float]) -> float:
    """Return the fraction of ``v / 2`` that rests on assumed figures, at the threats of the central case."""
    payoffs = judgement.payoffs
    names = judgement.problem.parties
    parts = {"security": payoffs.security[:1]} | {chain: each[:1] for chain, each in payoffs.by_chain.items()}
    share = {"security": 1.0} | dict(by_chain)
    first, second = judgement.standoff.first[:1], judgement.standoff.second[:1]
    weight: dict[str, float] = {}
    for name, part in parts.items():
        threats = unilateral(payoffs.issues, names, payoffs.combinations, part).payoff
        stand = np.einsum("ci,cpij,cj->cp", first, threats, second)[0]
        weight[name] = float(np.abs(stand).sum())
    total = sum(weight.values())
    return sum(share[name] * each for name, each in weight.items()) / total if total else 0.0


def influence(talks: TalksRecord, judgement: Judgement) -> list[tuple[str, float]]:
    """Return how far each security value moves the choice, strongest first.

    For each value the cases are split at its median; the influence is the share of cases whose chosen package
    would have to change for both halves to choose alike (half the sum of absolute differences).
    """
    choice = judgement.agreements[LEADING_RULE].choice.first
    count = judgement.packages.size + 1
    found: list[tuple[str, float]] = []
    for name in talks.values:
        values = judgement.drawn[name]
        if np.ptp(values) == 0.0:
            continue
        upper = values > np.median(values)
        halves = [np.bincount(choice[side] + 1, minlength=count) / side.sum() for side in (upper, ~upper)]
        found.append((name, 0.5 * float(np.abs(halves[0] - halves[1]).sum())))
    return sorted(found, key=lambda each: (-each[1], each[0]))


@dataclass(frozen=True, kw_only=True, slots=True)
class ChoiceMap:
    """Which package is chosen as two values run over their ranges, all else central.

    Args:
        across, down: names of the two; across_values, down_values: what they were set to.
        chosen: position among the packages (down, across), -1 for no deal; leverage: ``v / 2`` there, USD per year.
    """

    across: str
    down: str
    across_values: Array
    down_values: Array
    chosen: np.ndarray
    leverage: Array


def choice_map(talks: TalksRecord, judgement: Judgement) -> ChoiceMap:
    """Map the choice over the two security values that move it most; over others where fewer than two have a range."""
    payoffs = judgement.payoffs
    figures = uncertain(talks)
    across, down = list(dict.fromkeys([*(name for name, _ in influence(talks, judgement)), *figures]))[:2]
    runs = {name: np.linspace(figures[name].low, figures[name].high, STEPS) for name in (across, down)}
    over, under = np.meshgrid(runs[across], runs[down])
    drawn = {across: over.ravel(), down: under.ravel()}
    cases = over.size
    payoff = payoffs.market[:1] + security_of(talks, payoffs.combinations, drawn, cases)
    problem = posed(talks, payoffs, payoff)
    choice = RULES[LEADING_RULE].over_packages(problem.gains)
    return ChoiceMap(
        across=across,
        down=down,
        across_values=runs[across],
        down_values=runs[down],
        chosen=choice.first.reshape(over.shape),
        leverage=standoff_of(problem).leverage.reshape(over.shape),
    )
