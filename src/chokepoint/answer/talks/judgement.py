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
    from chokepoint.bargaining import Agreement, BargainingProblem, Ratification, Standoff
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
        chosen_by_month: package the leading rule chooses at the rates of each month (case, month); -1 for no deal.
        drawn: security values and principals' weights by name (case,).
    """

    payoffs: Payoffs
    packages: np.ndarray
    problem: BargainingProblem
    agreements: Mapping[str, Agreement]
    ratification: Ratification
    ratified: Agreement
    leverage_by_month: Array
    chosen_by_month: np.ndarray
    drawn: Mapping[str, Array]

    @property
    def leverage(self) -> Array:
        """``v / 2`` of the first party over the second, over the horizon (case,)."""
        return self.standoff.leverage

    @property
    def standoff(self) -> Standoff:
        """The threats both sides choose."""
        return standoff_of(self.problem)

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Leverage:
    """``v / 2`` of the first party over the second, USD per year.

    Args:
        whole: over the horizon (case,); by_month: as months pass (case, month).
    """

    whole: Array
    by_month: Array


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


def sides_of(talks: TalksRecord) -> tuple[str, str]:
    """Return the codes of both parties."""
    first, second = (party.code for party in talks.parties)
    return first, second


def posed(talks: TalksRecord, payoffs: Payoffs, payoff: Array) -> BargainingProblem:
    """Pose the packages on the table over what both sides' threats leave, threats from every level they own.

    Args:
        talks: who could release what; payoffs: for issues and combinations.
        payoff: of every combination, USD per year (case, party, combination).
    """
    return pose(
        parties=sides_of(talks),
        issues=payoffs.issues,
        payoff=payoff[:, :, payoffs.is_offered],
        packages=payoffs.combinations[payoffs.is_offered],
        no_deal=unilateral(payoffs.issues, sides_of(talks), payoffs.combinations, payoff),
    )


def standoff_of(problem: BargainingProblem) -> Standoff:
    """Return the threats a problem was posed from.

    Raises:
        ValueError: it was posed from given payoffs without a deal.
    """
    if problem.standoff is None:
        message = "talks are posed from threats"
        raise ValueError(message)
    return problem.standoff


def choose(problem: BargainingProblem) -> np.ndarray:
    """Return the package the leading rule chooses (case,), -1 for no deal."""
    return RULES[LEADING_RULE].over_packages(problem.gains).first


def posed_by_month(talks: TalksRecord, payoffs: Payoffs) -> list[BargainingProblem]:
    """Pose the talks at the rates of every month, per year: as if it stayed as it is then."""
    market = payoffs.by_month[payoffs.case]
    return [posed(talks, payoffs, market[:, month] + payoffs.security) for month in range(market.shape[1])]


def judge(talks: TalksRecord, grids: Sequence[Grid], drawn: Mapping[str, Array]) -> Judgement:
    """Judge one view: threats first, then the packages over what they leave.

    Args:
        talks: who could release what; grids: every chain of the view; drawn: see :func:`draw_values`.
    """
    payoffs = payoffs_of(talks, grids, drawn, DRAWS_OF_VALUES + 1)
    packages = np.flatnonzero(payoffs.is_offered)
    at_home = payoffs.payoff_of_principals
    problem = posed(talks, payoffs, payoffs.payoff)
    stand = standoff_of(problem)
    threats = unilateral(payoffs.issues, sides_of(talks), payoffs.combinations, at_home).payoff
    without = np.einsum("ci,cpij,cj->cp", stand.first, threats, stand.second)
    ratification = ratify(at_home[:, :, packages], without)
    by_month = posed_by_month(talks, payoffs)
    return Judgement(
        payoffs=payoffs,
        packages=packages,
        problem=problem,
        agreements={name: settle(problem, rule) for name, rule in RULES.items()},
        ratification=ratification,
        ratified=settle(problem, RULES[LEADING_RULE], ratification=ratification),
        leverage_by_month=np.stack([standoff_of(each).leverage for each in by_month], axis=1),
        chosen_by_month=np.stack([choose(each) for each in by_month], axis=1),
        drawn=drawn,
    )


def leverage_at(talks: TalksRecord, grids: Sequence[Grid], drawn: Mapping[str, Array], rent_share: float) -> Leverage:
    """Return leverage had exporters taken another share of the licence rents; nothing else of a judgement is made."""
    payoffs = payoffs_of(talks, grids, drawn, DRAWS_OF_VALUES + 1, rent_share)
    threats = unilateral(payoffs.issues, sides_of(talks), payoffs.combinations, payoffs.payoff)
    return Leverage(
        whole=choose_threats(threats.payoff).leverage,
        by_month=leverage_by_month(threats_by_month(talks, payoffs)),
    )


def threats_by_month(talks: TalksRecord, payoffs: Payoffs) -> Array:
    """Return what each pair of threats pays in each month, per year (case, month, party, threat, threat)."""
    months = payoffs.by_month[payoffs.case] + payoffs.security[:, None]
    each = [
        unilateral(payoffs.issues, sides_of(talks), payoffs.combinations, months[:, month]).payoff
        for month in range(months.shape[1])
    ]
    return np.stack(each, axis=1)
