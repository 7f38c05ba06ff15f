"""Prices of the year: each moves along a published series from the year for which it is stated."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chokepoint.provenance import ASSUMED

if TYPE_CHECKING:
    from chokepoint.building.selection import Selection
    from chokepoint.facts import Facts
    from chokepoint.records.chain_rows import ChainGoodRow

PRICE = "price"


def priced(selection: Selection, facts: Facts) -> Selection:
    """Return a selection with the prices of its year, as far as a series reaches.

    A price is ``stated x series(year) / series(year stated)``. A user's own fact in the series comes first for the
    year to be described, so a price of one's own takes its place; the year stated is the bundle's.

    Args:
        selection: the chains; facts: what publishers say.
    """
    return replace(selection, goods=tuple(_priced(row, facts, selection.year) for row in selection.goods))


def _priced(row: ChainGoodRow, facts: Facts, year: int) -> ChainGoodRow:
    found = facts.of(mineral=row.chain, measure=PRICE)
    series = [each for each in found if each.basis == row.price_series and each.value]
    now = next((each for each in series if each.year == year), None)
    then = next((each for each in reversed(series) if each.year == row.year), None)
    if now is None or then is None or not now.value or not then.value or now.value == then.value:
        return row
    factor = now.value / then.value
    moved = {name: end * factor for name in ("low", "high") if (end := getattr(row, name)) is not None}
    words = f"{row.reason}; moved by {factor:.3g} along {now.name} ({now.basis})"
    grade = ASSUMED if row.grade == ASSUMED else "derived"
    return row.model_copy(update={"value": row.value * factor, **moved, "year": year, "grade": grade, "reason": words})


def old_prices(selection: Selection) -> tuple[str, ...]:
    """Return a note that names the prices of another year, if there are any."""
    old = [row for row in selection.goods if row.year != selection.year]
    years = ", ".join(map(str, sorted({row.year for row in old})))
    return (f"prices of {', '.join(row.good for row in old)} are those of {years}",) if old else ()
