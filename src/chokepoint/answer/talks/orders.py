"""Who moves first: whether each side's release can be trusted to follow the other's, and what must be verified."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.bargaining import weigh_orders
from chokepoint.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.answer.talks.judgement import Judgement
    from chokepoint.bargaining import Conditional
    from chokepoint.records.talks import TalksRecord


@dataclass(frozen=True, kw_only=True, slots=True)
class Orders:
    """The orders of release for one package.

    Args:
        package: position among the packages; conditional: who is tempted and who is exposed (case, ...).
        first_begins, second_begins, together: share of cases in which the order enforces itself.
    """

    package: int
    conditional: Conditional
    first_begins: float
    second_begins: float
    together: float


def partial(talks: TalksRecord, package: Mapping[str, str], released: Mapping[str, bool]) -> dict[str, str]:
    """Return the levels when only some parties have released what a package asks of them."""
    return {
        issue.name: package[issue.name] if released[issue.owner] else issue.without_a_deal for issue in talks.issues
    }


def orders_of(talks: TalksRecord, judgement: Judgement, package: Mapping[str, str]) -> Orders:
    """Weigh the orders in which both sides could release what a package asks of them.

    Args:
        talks: who could release what; judgement: the view; package: level by issue.
    """
    payoffs = judgement.payoffs
    first, second = (party.code for party in talks.parties)
    lag = round(talks.verification_months.value)
    states = np.array(
        [
            [payoffs.at(partial(talks, package, {first: mine, second: theirs})) for theirs in (False, True)]
            for mine in (False, True)
        ]
    )
    months = payoffs.by_month[payoffs.case][..., states] + payoffs.security[:, None][..., states]
    conditional = weigh_orders(months / MONTHS_PER_YEAR, (lag, lag))
    return Orders(
        package=judgement.position(package),
        conditional=conditional,
        first_begins=float(conditional.first_may_begin.mean()),
        second_begins=float(conditional.second_may_begin.mean()),
        together=float(conditional.together.mean()),
    )
