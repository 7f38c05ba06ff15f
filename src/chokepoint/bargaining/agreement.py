"""What a rule chooses for a bargaining problem; where there is no deal, why not and what would open one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.bargaining.nearest import openings
from chokepoint.solutions.choice import zone_of_agreement

if TYPE_CHECKING:
    from chokepoint.bargaining.problem import BargainingProblem
    from chokepoint.bargaining.ratification import Ratification
    from chokepoint.solutions.choice import Array, Choice, Mask, Rule


@dataclass(frozen=True, kw_only=True, slots=True)
class Impasse:
    """Why some cases have no deal, told of the first of them.

    Args:
        share: of the cases that have none, 0 to 1.
        case: the first of them; 0 is the central one.
        reason: why, in words.
        package: the one nearest to being signed by all.
        payment: from the second party to the first, USD, that would open it; not a number if none can.
        security: rise of each party's security value that would open it, USD (party).
        remedy: the nearest change in words.
    """

    share: float
    case: int
    reason: str
    package: int
    payment: float
    security: Array
    remedy: str

    def __str__(self) -> str:
        """Return reason and remedy as one sentence."""
        return f"No deal: {self.reason}; {self.remedy}."


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """The deal a rule chooses.

    Args:
        rule: its name.
        choice: package or lottery (case).
        gains: expected, over no deal, USD (case, party); not a number where there is no deal.
        payment: from the second party to the first, USD (case): what would have to change hands beside the package to
            share its gains equally, as money would; with chosen threats that is the split ``coco`` of this total.
        impasse: None where every case has a deal.
    """

    rule: str
    choice: Choice
    gains: Array
    payment: Array
    impasse: Impasse | None


def settle(
    problem: BargainingProblem, rule: Rule, *, lotteries: bool = False, ratification: Ratification | None = None
) -> Agreement:
    """Apply a rule to the packages both parties prefer to no deal, and both principals ratify.

    Args:
        problem: see ``pose``.
        rule: one of ``RULES``.
        lotteries: whether chance, or an issue that can be divided, may lie between two packages.
        ratification: what the principals say; None where nobody else must agree.

    Returns:
        An agreement; where there is none in some case, with the impasse in words.
    """
    gains = problem.gains
    allowed = gains if ratification is None else np.where(ratification.win_set[:, None, :], gains, -np.inf)
    choice = rule.over_lotteries(allowed) if lotteries else rule.over_packages(allowed)
    kept = choice.of(gains)
    return Agreement(
        rule=rule.name,
        choice=choice,
        gains=kept,
        payment=0.5 * (kept[:, 1] - kept[:, 0]),
        impasse=None if choice.is_deal.all() else _impasse(problem, ~choice.is_deal, ratification),
    )


def _impasse(problem: BargainingProblem, missing: Mask, ratification: Ratification | None) -> Impasse:
    """Explain the first case without a deal."""
    case = int(missing.argmax())
    gains = problem.gains[case]
    home = gains if ratification is None else ratification.gains[case]
    opening = openings(np.minimum(gains, home)[None])
    package = int(opening.nearest[0])
    payment, security = float(opening.payment[0, package]), opening.security[0, :, package]
    return Impasse(
        share=float(missing.mean()),
        case=case,
        reason=_reason(problem.parties, gains, home),
        package=package,
        payment=payment,
        security=security,
        remedy=_remedy(problem.parties, problem.words(package), payment, security),
    )


def _reason(parties: tuple[str, str], gains: Array, home: Array) -> str:
    """Say why nothing is signed by all."""
    for party, mine in zip(parties, gains, strict=True):
        if mine.max() <= 0.0:
            return f"{party} gains from no package"
    if not zone_of_agreement(gains[None]).any():
        return f"every package better than no deal for {parties[0]} is worse for {parties[1]}"
    for party, mine in zip(parties, home, strict=True):
        if mine.max() < 0.0:
            return f"the principal of {party} ratifies no package"
    return "no package that both would sign is ratified by both principals"


def _remedy(parties: tuple[str, str], package: str, payment: float, security: Array) -> str:
    """Say the nearest change that would open a deal."""
    if np.isfinite(payment):
        payer, payee = (parties[1], parties[0]) if payment > 0.0 else parties
        return f"'{package}' would open if {payer} paid {payee} {_money(abs(payment))}"
    wanted = " and ".join(
        f"{party} valued it {_money(rise)} higher" for party, rise in zip(parties, security, strict=True) if rise > 0.0
    )
    if not wanted:
        return "no payment opens a deal, for every package leaves both sides where they are without one"
    return f"no payment opens a deal, for every package costs more than it brings; '{package}' would open if {wanted}"


def _money(amount: float) -> str:
    """Return USD in millions, three digits."""
    return f"{float(f'{amount / 1e6:.3g}'):,} million USD"
