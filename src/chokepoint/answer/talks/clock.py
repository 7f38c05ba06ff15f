"""Time at the table: who gains by waiting, whose store runs out first, and deals that fall due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.talks.falling_due import dated, threats_chosen
from chokepoint.answer.talks.judgement import sides_of, standoff_of
from chokepoint.answer.talks.payoffs import points_on, solved_cases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.answer.talks.falling_due import Dated
    from chokepoint.answer.talks.judgement import Judgement
    from chokepoint.answer.talks.levels import Array, Grid
    from chokepoint.answer.talks.paths import Paths
    from chokepoint.records.talks import TalksRecord


@dataclass(frozen=True, kw_only=True, slots=True)
class RunsOut:
    """When a party's store of a good falls below a tenth while both carry out their threats.

    Args:
        party, good: codes; months: from 1, infinite where it lasts (simulated case,).
    """

    party: str
    good: str
    months: Array

    @property
    def middle(self) -> float | None:
        """The median; None where it lasts in half the cases."""
        value = float(np.median(self.months))
        return value if np.isfinite(value) else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """What time does: stores that run out, and deals that fall due (None without dates, or if unsolved)."""

    runs_out: tuple[RunsOut, ...]
    dated: Dated | None


def clock_of(talks: TalksRecord, judgement: Judgement, grids: Sequence[Grid], paths: Sequence[Paths]) -> Clock:
    """Weigh time in one view."""
    is_solved = bool(paths) and all(np.isfinite(part).all() for each in paths for part in (each.payoff, each.kept))
    return Clock(
        runs_out=runs_out(talks, judgement, grids), dated=dated(talks, judgement, paths) if is_solved else None
    )


def runs_out(talks: TalksRecord, judgement: Judgement, grids: Sequence[Grid]) -> tuple[RunsOut, ...]:
    """Return when stores of each side run out under the threats of the central case, soonest first."""
    payoffs, stand = judgement.payoffs, standoff_of(judgement.problem)
    rows = threats_chosen(talks, payoffs)
    worst = int(rows[int(stand.first[0].argmax()), int(stand.second[0].argmax())])
    solved = solved_cases(grids)
    found: list[RunsOut] = []
    for grid in grids:
        point = int(points_on(talks, grid, payoffs.combinations)[worst])
        months = grid.empty_after[solved][..., point]
        for place, party in enumerate(sides_of(talks)):
            found += [
                RunsOut(party=party, good=good, months=months[:, place, number])
                for number, good in enumerate(grid.goods)
                if not np.isnan(months[:, place, number]).any()
            ]
    return tuple(sorted(found, key=lambda each: (float(np.median(each.months)), each.party, each.good)))
