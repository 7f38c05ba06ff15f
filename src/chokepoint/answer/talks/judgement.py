"""Judge the packages of one view: threats, zone of agreement, what each rule chooses, leverage, and a yes from home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.talks.payoffs import Payoffs, payoffs_of
from chokepoint.bargaining import choose_threats, leverage_by_month, pose, ratify, settle, unilateral
from chokepoint.provenance import ASSUMED, Figure
from chokepoint.solutions import RULES, zone_of_agreement
from chokepoint.uncertainty import latin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.answer.talks.levels import Array, Grid
    from chokepoint.bargaining import Agreement, BargainingProblem, Ratification, Standoff, Threats
    from chokepoint.records.scenario import OverrideRecord
    from chokepoint.records.talks import TalksRecord

DRAWS_OF_VALUES = 2000
LEADING_RULE = "nash"


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """What a view comes to; USD per year.

    Args:
        payoffs: of every combination of levels; packages: the combinations on the table (package,).
        problem: the bargaining problem over those, after both sides chose their threats.
        agreements: what each rule chooses, by its name, whoever must ratify.
        ratification: what the principals say; ratified: what the first rule chooses if they must say yes.
        leverage_by_month: ``v / 2`` of the first party over the second as months pass (case, month).
        drawn: security values and principals' weights by name (case,).
    """

    payoffs: Payoffs
    packages: np.ndarray
    problem: BargainingProblem
    agreements: Mapping[str, Agreement]
    ratification: Ratification
    ratified: Agreement
    leverage_by_month: Array
    drawn: Mapping[str, Array]

    @property
    def leverage(self) -> Array:
        """``v / 2`` of the first party over the second, over the horizon (case,)."""
        return self.standoff.leverage

    @property
    def standoff(self) -> Standoff:
        """The threats both sides choose."""
        if self.problem.standoff is None:
            message = "talks are posed from threats"
            raise ValueError(message)
        return self.problem.standoff

    @property
    def in_zone(self) -> np.ndarray:
        """Packages that leave neither side worse off than no deal, and one better off (case, package)."""
        return zone_of_agreement(self.problem.gains)

    def position(self, levels: Mapping[str, str]) -> int:
        """Return the position among the packages of one given by level names."""
        return int(np.flatnonzero(self.packages == self.payoffs.at(levels))[0])

    def share_chosen(self, rule: str) -> Array:
        """Return the share of cases in which a rule chooses each package (package,)."""
        choice = self.agreements[rule].choice
        return np.bincount(choice.first[choice.is_deal], minlength=self.packages.size) / choice.first.size


def uncertain(talks: TalksRecord) -> dict[str, Figure]:
    """Return what is drawn beside the market: security values and principals' weights."""
    weights = [party.principal_weight for party in talks.parties]
    year = int(talks.start[:4])
    return dict(talks.values) | {each.name: weight_figure(each, year) for each in weights}


def weight_figure(given: OverrideRecord, year: int) -> Figure:
    """Return a plain number of the talks file as a figure."""
    return Figure(
        name=given.name,
        value=given.value,
        unit="1",
        low=given.low,
        high=given.high,
        year=year,
        source=ASSUMED,
        grade=ASSUMED,
        reason=given.reason or "set by the talks file",
    )


def draw_values(talks: TalksRecord, draws: int = DRAWS_OF_VALUES) -> dict[str, Array]:
    """Draw security values and principals' weights; case 0 holds the central ones."""
    return latin(uncertain(talks), draws, talks.seed)


def judge(talks: TalksRecord, grids: Sequence[Grid], rent_share: float | None = None) -> Judgement:
    """Judge one view.

    Args:
        talks: who could release what; grids: every chain of the view.
        rent_share: share of licence rents exporters take, if not as simulated.
    """
    drawn = draw_values(talks)
    return judged(talks, payoffs_of(talks, grids, drawn, DRAWS_OF_VALUES + 1, rent_share), drawn)


def judged(talks: TalksRecord, payoffs: Payoffs, drawn: Mapping[str, Array]) -> Judgement:
    """Judge composed payoffs: threats first, then the packages over what they leave."""
    names = (talks.parties[0].code, talks.parties[1].code)
    packages = np.flatnonzero(payoffs.is_offered)

    def threats(payoff: Array) -> Threats:
        return unilateral(payoffs.issues, names, payoffs.combinations, payoff)

    everything, at_home = payoffs.payoff, payoffs.payoff_of_principals
    problem = pose(
        parties=names,
        issues=payoffs.issues,
        payoff=everything[:, :, packages],
        packages=payoffs.combinations[packages],
        no_deal=threats(everything),
    )
    stand = problem.standoff or choose_threats(threats(everything).payoff)
    without = np.einsum("ci,cpij,cj->cp", stand.first, threats(at_home).payoff, stand.second)
    ratification = ratify(at_home[:, :, packages], without)
    monthly = threats_by_month(payoffs, names)
    return Judgement(
        payoffs=payoffs,
        packages=packages,
        problem=problem,
        agreements={name: settle(problem, rule) for name, rule in RULES.items()},
        ratification=ratification,
        ratified=settle(problem, RULES[LEADING_RULE], ratification=ratification),
        leverage_by_month=leverage_by_month(monthly),
        drawn=drawn,
    )


def threats_by_month(payoffs: Payoffs, parties: tuple[str, str]) -> Array:
    """Return what each pair of threats pays in each month, per year (case, month, party, threat, threat)."""
    months = payoffs.by_month[payoffs.case] + payoffs.security[:, None]
    each = [
        unilateral(payoffs.issues, parties, payoffs.combinations, months[:, month]).payoff
        for month in range(months.shape[1])
    ]
    return np.stack(each, axis=1)
