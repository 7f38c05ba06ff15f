"""The answer for any world: who loses what in each branch, as text and tables, without the page on rare earths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.answer.losses import discounted, losses_table, stops_table
from chokepoint.answer.parties import parties_of
from chokepoint.report import amounts
from chokepoint.uncertainty import interval

if TYPE_CHECKING:
    from chokepoint.answer.run import Run
    from chokepoint.tables import Table


def plain_tables(run: Run) -> tuple[Table, ...]:
    """Return losses by party and component, and when stocks run empty."""
    return losses_table(run), stops_table(run)


def plain_text(run: Run) -> str:
    """Return the question and, branch by branch, the loss of every party over the reported months (a gain: minus)."""
    lines = [run.scenario.title, run.scenario.question, ""]
    parties = parties_of(run.world)
    for branch in run.branches:
        lines.append(
            f"{branch.record.title} (as known on {branch.record.as_of}), losses over {len(run.months)} months:"
        )
        low, middle, high = interval(discounted(branch, branch.stakes.loss))
        lines += [
            f"  {name} {amounts.usd(float(middle[at]))} ({amounts.usd_range(float(low[at]), float(high[at]))})"
            for at, name in enumerate(parties.names)
        ]
        lines += [f"  {note}" for note in branch.schedule.notes]
    return "\n".join(lines) + "\n"
