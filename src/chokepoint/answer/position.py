"""A user's own position read against a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.answer.losses import start_month
from chokepoint.exposure import Assumptions, delivery_ratio, position_dates
from chokepoint.report import amounts

if TYPE_CHECKING:
    from datetime import date

    from chokepoint.answer.run import Run
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
    return position_dates(
        position,
        deliveries,
        world=run.world,
        start=str(run.months[first]),
        assumptions=Assumptions.of(run.world.parameters),
    )


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
            f"saves {amounts.usd(row.month_of_stock_saves_usd)} and costs {amounts.usd(row.month_of_stock_costs_usd)}"
        )
        lines += [
            f"{row.title} ({row.good} for {row.home}), {amounts.number(row.months_of_cover)} months in store",
            f"  {titles[row.branch]}:",
            f"    stops in {amounts.percent(row.chance_of_a_stop)} of cases",
            f"    {dates}, nine in ten by {day(row.latest_stop)}",
            f"    value lost {amounts.usd(row.value_lost_usd)} ({lost})",
            f"    one more month of stock {stock}: it {pays}{since}",
        ]
        if row.second_source is not None:
            lines.append(
                f"    a second source ({row.second_source}, {amounts.percent(row.second_source_share)} of the need) "
                f"saves {amounts.usd(row.second_source_saves_usd)}"
            )
        lines.append("")
    return "\n".join(lines)
