"""One thing the model gets wrong, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.dates import Month
from chokepoint.report import amounts
from chokepoint.report.payload import Wrong

if TYPE_CHECKING:
    from chokepoint.backtest import Episode
    from chokepoint.tables import Table

BEFORE, TROUGH = Month(2025, 3), Month(2025, 5)


def wrong_of(episode: Episode, scores: Table) -> Wrong:
    """Return one thing the model gets wrong: it cannot tell targets apart that the licence office did.

    Args:
        episode: what was reported.
        scores: forecasts against it.
    """
    heads = [column.name for column in scores.columns]
    rows = [dict(zip(heads, row, strict=True)) for row in scores.rows]
    usa = [row for row in rows if row["destination"] == "USA" and row["forecast"] == "model" and row["months"]]
    missed = ", ".join(f"{amounts.number(2.0 ** float(str(row['error_log2'])))} ({row['branch']})" for row in usa)

    def fall(destination: str) -> str:
        reported = episode.reported[destination]
        return amounts.percent(1.0 - (reported[TROUGH] or 0.0) / (reported[BEFORE] or 1.0))

    before, trough = amounts.when(str(BEFORE)), amounts.when(str(TROUGH))
    return Wrong(
        title="It does not see that the United States was treated worse than others",
        text=(
            "The rule names no destination, so the model lets exports to the United States fall about as far as those "
            f"to others. Customs reported {fall('USA')} less in {trough} than in {before}, against {fall('ALL')} less "
            "for all destinations. Slower licences for one buyer, and tariffs, may have stood in between; neither is "
            "in the published text of the rule, and a model told only the text cannot know it."
        ),
        evidence=f"In a typical month the model's exports to the United States are off by a factor of {missed}."
        if usa
        else "Nothing reported falls into the months of this answer; the scenario london-2025 shows it.",
    )
