"""International Monetary Fund, Primary Commodity Prices: monthly prices, here as means of a year.

Two layouts: the extract that was read, one metal and month a line; and one series downloaded from FRED, from its
documentation. A year with fewer than twelve months is kept with a word on how many it has.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from chokepoint.sources.fact import WORLD, Fact
from chokepoint.sources.publisher import Edition, Layout, Line, Publisher, ReadFacts, Skipped
from chokepoint.sources.wording import mineral_code, number_as_printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SERIES = {
    "PCOPPUSDM": "copper",
    "PALUMUSDM": "aluminium",
    "PIORECRUSDM": "iron_ore",
    "PNICKUSDM": "nickel",
    "PZINCUSDM": "zinc",
    "PLEADUSDM": "lead",
    "PTINUSDM": "tin",
}
MONTHS = 12


def _means(months: Mapping[tuple[str, int], list[float]]) -> Iterator[Fact]:
    for (mineral, year), prices in months.items():
        yield Fact(
            mineral=mineral,
            stage="",
            measure="price",
            country=WORLD,
            year=year,
            value=sum(prices) / len(prices),
            unit="USD/t",
            basis="",
            low=min(prices),
            high=max(prices),
            source="imf_pcps",
            grade="A",
            reason="mean of the year's months; range of the months"
            if len(prices) == MONTHS
            else f"mean of {len(prices)} months",
        )


def facts(lines: Iterable[Line], edition: Edition) -> Iterator[Fact | Skipped]:
    """Read one metal and month a line."""
    del edition
    months: dict[tuple[str, int], list[float]] = defaultdict(list)
    for line in lines:
        price, unit = number_as_printed(line.cells["value"]), line.cells["unit"].strip()
        if price is None or unit != "USD per metric ton":
            yield Skipped(where=line.where, why="no price" if price is None else f"unit '{unit}'")
            continue
        months[mineral_code(line.cells["metal"]), int(line.cells["date"][:4])].append(price)
    yield from _means(months)


def facts_of_series(lines: Iterable[Line], edition: Edition) -> Iterator[Fact | Skipped]:
    """Read one month a line; the column beside the date is the series."""
    del edition
    months: dict[tuple[str, int], list[float]] = defaultdict(list)
    for line in lines:
        for column, text in line.cells.items():
            price = number_as_printed(text)
            if column in SERIES and price is not None:
                months[SERIES[column], int(line.cells["observation_date"][:4])].append(price)
            elif column != "observation_date":
                yield Skipped(where=line.where, why="no price" if column in SERIES else f"series '{column}'")
    yield from _means(months)


PUBLISHER = Publisher(
    key="imf-prices",
    title="International Monetary Fund, Primary Commodity Prices",
    licence="IMF terms of use; not to be passed on",
    reference="imf_pcps",
    may_bundle=False,
    layouts=(
        Layout(
            name="imf_pcps_monthly_prices_2019_2026.csv",
            columns=("metal", "source", "unit", "date", "value"),
            read=ReadFacts(facts=facts),
            seen="imf_pcps_monthly_prices_2019_2026.csv",
            pattern=r"_(?P<edition>\d{4})\.csv$",
        ),
        *(
            Layout(
                name=f"{series}.csv",
                columns=("observation_date", series),
                read=ReadFacts(facts=facts_of_series),
                documented=f"FRED, download of a series: observation_date, {series}",
            )
            for series in SERIES
        ),
    ),
)
