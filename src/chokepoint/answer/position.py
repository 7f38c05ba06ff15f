"""A user's own position read against a run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.answer.losses import start_month
from chokepoint.answer.overturn import weakest
from chokepoint.exposure import Assumptions, delivery_ratio, position_dates
from chokepoint.exposure.assumptions import PREFIX
from chokepoint.report import amounts
from chokepoint.settings import Settings
from chokepoint.uncertainty import latin

if TYPE_CHECKING:
    from datetime import date

    from chokepoint.answer.run import BranchRun, Run
    from chokepoint.exposure import DeliveryRatio, LineExposure
    from chokepoint.records.position import Position


def position_rows(run: Run, position: Position) -> tuple[LineExposure, ...]:
    """Return what each branch means for each line, over the solved cases from the first measure's month on."""
    deliveries: dict[str, DeliveryRatio] = {}
    first = min(start_month(branch) for branch in run.branches)
    for branch in run.branches:
        solved = branch.is_solved
        deliveries[branch.record.name] = delivery_ratio(
            run.world, branch.outcome.flow[solved][:, first:], branch.without.flow[solved][:, first:]
        )
    drawn = {branch.record.name: drawn_of(run, branch) for branch in run.branches}

    def hangs_on(name: str, earned: np.ndarray) -> str:
        branch = run.branch(name)
        if np.ptp(earned) <= 0.0:
            return ""
        values = {**branch.settings.values, **drawn[name]}
        wider = replace(branch, settings=Settings(run.world, values, branch.is_solved.size))
        return weakest(wider, earned, is_high=float(earned.mean()) > 0.0)[1]

    return position_dates(
        position,
        deliveries,
        world=run.world,
        start=str(run.months[first]),
        assumptions={
            branch.record.name: Assumptions.at(
                {name: values[branch.is_solved] for name, values in drawn[branch.record.name].items()}
            )
            for branch in run.branches
        },
        hangs_on=hangs_on,
    )


def drawn_of(run: Run, branch: BranchRun) -> dict[str, np.ndarray]:
    """Return the assumptions about positions in every case (case,), the central one first."""
    figures = {name: figure for name, figure in branch.parameters.items() if name.startswith(PREFIX)}
    return latin(figures, branch.is_solved.size - 1, run.scenario.seed)


def _range(row: LineExposure) -> str:
    low, high = row.second_source_saves_low_usd, row.second_source_saves_high_usd
    return "" if low is None or high is None else f" ({amounts.usd_range(low, high)})"


def day(when: date | None) -> str:
    """Return a date as text."""
    return "the end of the horizon or later" if when is None else when.isoformat()


def position_text(rows: tuple[LineExposure, ...], run: Run) -> str:
    """Return the rows as a page of text, a paragraph per line and branch."""
    titles = {branch.record.name: branch.record.title for branch in run.branches}
    lines: list[str] = []
    for row in rows:
        pays = "pays" if row.pays_to_stock else "does not pay"
        even = row.break_even_chance
        since = "" if even is None else f"; it pays from a chance of a stop of {amounts.percent(even)}"
        lost = amounts.usd_range(row.value_lost_low_usd, row.value_lost_high_usd)
        dates = f"one in ten by {day(row.earliest_stop)}, half by {day(row.median_stop)}"
        stock = (
            f"saves {amounts.usd(row.month_of_stock_saves_usd)} "
            f"({amounts.usd_range(row.month_of_stock_saves_low_usd, row.month_of_stock_saves_high_usd)}) "
            f"and costs {amounts.usd(row.month_of_stock_costs_usd)} "
            f"({amounts.usd_range(row.month_of_stock_costs_low_usd, row.month_of_stock_costs_high_usd)})"
        )
        lines += [
            f"{row.title} ({row.good} for {row.home}), {amounts.number(row.months_of_cover)} months in store",
            f"  {titles[row.branch]}:",
            f"    stops in {amounts.percent(row.chance_of_a_stop)} of cases",
            f"    {dates}, nine in ten by {day(row.latest_stop)}",
            f"    value lost {amounts.usd(row.value_lost_usd)} ({lost})",
            f"    one more month of stock {stock}: it {pays} ({amounts.percent(row.pays_in_share)} of cases){since}",
        ]
        lines += [f"    most against it: {row.hangs_on}"] if row.hangs_on else []
        if row.second_source is not None:
            lines.append(
                f"    a second source ({row.second_source}, {amounts.percent(row.second_source_share)} of the need) "
                f"saves {amounts.usd(row.second_source_saves_usd)}{_range(row)}"
            )
        lines.append("")
    return "\n".join(lines)
