"""What was simulated, as tables from which talks can be judged again without simulating."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.picture import columns
from chokepoint.answer.talks.levels import months_of
from chokepoint.answer.talks.paths import spans
from chokepoint.tables import Table
from chokepoint.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from chokepoint.answer.talks.answer import TalksAnswer
    from chokepoint.answer.talks.columns import Row
    from chokepoint.records.talks import TalksRecord


AS_HELD = "as held"


def last_months(talks: TalksRecord) -> dict[str, str]:
    """Return the last month of the stretch that begins at each date."""
    months, leading = months_of(talks, talks.horizon)
    return {
        fixed.month: str(months[leading + end - 1])
        for fixed, (_, end) in zip(talks.renegotiate, spans(talks)[1:], strict=True)
    }


def simulated_tables(answer: TalksAnswer) -> tuple[Table, ...]:
    """Return everything that was simulated."""
    return (
        payoffs_table(answer),
        actors_table(answer),
        stores_table(answer),
        swings_table(answer),
        paths_table(answer),
    )


def payoffs_table(answer: TalksAnswer) -> Table:
    """Return every simulated payoff, from which the talks can be judged again without simulating."""
    months, leading = months_of(answer.talks)
    codes = [party.code for party in answer.talks.parties]
    rows: list[Row] = []
    for grid in answer.grids:
        for case, month, party, point in product(*map(range, grid.payoff.shape)):
            rows.append(
                (
                    grid.view,
                    grid.chain,
                    " / ".join(grid.levels[point]),
                    case,
                    str(months[leading + month]),
                    codes[party],
                    float(grid.payoff[case, month, party, point]),
                    float(grid.licence_rent[case, month, party, point]),
                    float(grid.rent_share[case]),
                    float(grid.discount[case] * MONTHS_PER_YEAR),
                    bool(grid.is_solved[case]),
                )
            )
    return Table(
        name="talk_payoffs",
        title="What each level pays each party, month by month and case by case, against no measure at all",
        columns=columns(
            "view",
            "chain",
            "levels||in the order of the chain's issues",
            "case||0 is the central one",
            "month",
            "party",
            "payoff_usd|USD",
            "licence_rent_usd|USD|received less paid, were exporters to take all of it",
            "rent_share|share|share of licence rents the exporter takes in this case",
            "discount_per_year|per year",
            "is_solved||whether every month of the case was solved at every level",
        ),
        rows=tuple(rows),
    )


def finite(value: float) -> float | None:
    """Return a number, or None where there is none."""
    return float(value) if np.isfinite(value) else None


def actors_table(answer: TalksAnswer) -> Table:
    """Return what every level brings firms of either side, case by case."""
    names = [actor.name for actor in answer.talks.actors]
    rows: list[Row] = []
    for grid in answer.grids:
        for case, actor, point in product(*map(range, grid.actor_gain.shape)):
            levels, gain = " / ".join(grid.levels[point]), finite(grid.actor_gain[case, actor, point])
            rows.append((grid.view, grid.chain, levels, case, names[actor], gain))
    return Table(
        name="talk_actor_payoffs",
        title="What each level brings firms of either side, case by case, against no measure at all",
        columns=columns("view", "chain", "levels", "case||0 is the central one", "actor", "gain_usd_per_year|USD/yr"),
        rows=tuple(rows),
    )


def stores_table(answer: TalksAnswer) -> Table:
    """Return when stores run out at every level, case by case; parties without a store of a good are left out."""
    codes = [party.code for party in answer.talks.parties]
    rows: list[Row] = []
    for grid in answer.grids:
        for case, party, good, point in product(*map(range, grid.empty_after.shape)):
            months = grid.empty_after[case, party, good, point]
            if not np.isnan(months):
                levels = " / ".join(grid.levels[point])
                rows.append((grid.view, grid.chain, levels, case, codes[party], grid.goods[good], finite(months)))
    return Table(
        name="talk_stores",
        title="Months of the talks until a store falls below a tenth of its usual level",
        columns=columns(
            "view",
            "chain",
            "levels",
            "case||0 is the central one",
            "party",
            "good",
            "months|months|counted from 1; missing where it lasts",
        ),
        rows=tuple(rows),
    )


def swings_table(answer: TalksAnswer) -> Table:
    """Return payoffs with whole families of market assumptions at either end of their ranges."""
    codes = [party.code for party in answer.talks.parties]
    rows: list[Row] = []
    for grid in answer.grids:
        for swing, party, point in product(*map(range, grid.swing.shape)):
            levels, payoff = " / ".join(grid.levels[point]), finite(grid.swing[swing, party, point])
            rows.append((grid.view, grid.chain, levels, grid.swings[swing], codes[party], payoff))
    return Table(
        name="talk_swings",
        title="What each level pays with a whole family of market assumptions at one end of its ranges",
        columns=columns(
            "view",
            "chain",
            "levels",
            "swing||family and end",
            "party",
            "payoff_usd_per_year|USD/yr|discounted; missing where a month was not solved",
        ),
        rows=tuple(rows),
    )


def paths_table(answer: TalksAnswer) -> Table:
    """Return what follows at each date on what was held before."""
    codes = [party.code for party in answer.talks.parties]
    rows: list[Row] = []
    for each in answer.paths:
        until = last_months(answer.talks)[each.month]
        payoffs = np.concatenate([each.payoff, each.kept[:, None]], axis=1)
        for held, then, party in product(*map(range, payoffs.shape)):
            before, after = " / ".join(each.levels[held]), " / ".join((*each.levels, (AS_HELD,))[then])
            payoff = finite(payoffs[held, then, party])
            rows.append((each.view, each.chain, each.month, until, before, after, codes[party], payoff))
    return Table(
        name="talk_paths",
        title="What each level pays from a date to the next, after each level held before it; central case",
        columns=columns(
            "view",
            "chain",
            "month||the date",
            "until||last month before the next date, or of all",
            "held||levels from the start to the date",
            f"then||levels from the date on; '{AS_HELD}' where nothing is set anew",
            "party",
            "payoff_usd_per_year|USD/yr|over the dates' horizon, discounted; missing where a month was not solved",
        ),
        rows=tuple(rows),
    )
