"""What is drawn: small tables cut from the large ones, and the order in which they are shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chokepoint.answer.drawings import chain_chart, export_chart, loss_charts, price_chart, stock_chart
from chokepoint.answer.overturn import in_a_sentence
from chokepoint.answer.sentences import HIT, leading
from chokepoint.report.exhibits import Event
from chokepoint.tables import Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from chokepoint.answer.run import Run
    from chokepoint.report.exhibits import Chart
    from chokepoint.tables import Cell

QUOTED_GOOD = "dysprosium_oxide"
SCARCE = "ndfeb_magnet_heavy"


def cut(
    table: Table, name: str, title: str, keep: Callable[[dict[str, Cell]], bool], drop: tuple[str, ...] = ("branch",)
) -> Table:
    """Return the rows of a table that are kept, without the columns that became constant."""
    heads = [column.name for column in table.columns]
    places = [place for place, head in enumerate(heads) if head not in drop]
    rows = tuple(
        tuple(row[place] for place in places) for row in table.rows if keep(dict(zip(heads, row, strict=True)))
    )
    return Table(name=name, title=title, columns=tuple(table.columns[place] for place in places), rows=rows)


def of_parties(table: Table, parties: Sequence[str]) -> Table:
    """Return the rows of the parties named, in the order in which they are named."""
    at = [column.name for column in table.columns].index("party")
    return replace(table, rows=tuple(row for party in parties for row in table.rows if row[at] == party))


def stacked_prices(run: Run, prices: Table, branch: str) -> Table:
    """Return marginal and paid prices of one good as series per country."""
    heads = [column.name for column in prices.columns]
    names = dict(zip(run.world.countries, run.world.country_names, strict=True))
    rows: list[tuple[Cell, ...]] = []
    for row in prices.rows:
        said = dict(zip(heads, row, strict=True))
        if said["branch"] != branch or said["good"] != QUOTED_GOOD:
            continue
        place = names[str(said["country"])]
        quoted = said["quoted_usd_per_kg"]
        marginal, low, high = said["marginal_usd_per_kg"], said["low_usd_per_kg"], said["high_usd_per_kg"]
        rows.append((place, said["month"], "marginal", marginal, low, high, quoted))
        rows.append((place, said["month"], "paid", said["paid_usd_per_kg"], None, None, None))
    rows.sort(key=lambda row: (str(row[0]), str(row[2]), str(row[1])))
    heads = ("country", "month", "series", "usd_per_kg", "low_usd_per_kg", "high_usd_per_kg", "quoted_usd_per_kg")
    return Table(
        name="price_lines",
        title="Dysprosium oxide: paid and marginal",
        columns=tuple(Column(name=head, unit="USD/kg" if "usd" in head else "") for head in heads),
        rows=tuple(rows),
    )


def events_of(run: Run) -> tuple[Event, ...]:
    """Return the acts of the leading branch as events, one per day."""
    found: dict[str, str] = {}
    for act in leading(run).record.measures:
        found.setdefault(str(act.announced), act.title.split(",")[0])
    return tuple(Event(date=day, label=label) for day, label in sorted(found.items()))


def exhibits(run: Run, tables: Mapping[str, Table]) -> tuple[tuple[Table, ...], tuple[Chart, ...]]:
    """Return the tables that are drawn and their charts, in the order shown."""
    told = leading(run)
    early = min(run.branches, key=lambda each: each.record.as_of)
    name = told.record.name
    shown = dict.fromkeys([early.record.name, name])
    fans = [
        cut(
            tables["exports_fan"],
            f"exports_{number}",
            f"China's magnet exports: {in_a_sentence(run.branch(each).record.title)}",
            lambda row, each=each: row["branch"] == each,
        )
        for number, each in enumerate(shown, start=1)
    ]
    prices = stacked_prices(run, tables["prices"], name)
    stocks = cut(
        tables["stocks"],
        "stock_lines",
        "Stocks of heat-resistant magnets over their usual level",
        lambda row: row["branch"] == name and row["good"] == SCARCE and row["party"] != "CHN",
        ("branch", "good"),
    )
    actor = told.record.measures[0].actor
    losses = of_parties(
        cut(
            tables["losses"],
            "loss_parts",
            "Losses by component",
            lambda row: row["branch"] == name,
            ("branch", "median_if_importers_keep_rents_usd", "median_if_exporters_take_rents_usd"),
        ),
        (*HIT, actor),
    )
    beside = of_parties(
        cut(
            tables["losses"],
            "losses_by_branch",
            "Losses by branch",
            lambda row: row["component"] == "total",
            ("component", "median_if_importers_keep_rents_usd", "median_if_exporters_take_rents_usd"),
        ),
        (*HIT, actor),
    )
    return (*fans, prices, stocks, losses, beside), charts_of(run, fans, prices)


def charts_of(run: Run, fans: list[Table], prices: Table) -> tuple[Chart, ...]:
    """Return the charts of a run, in the order shown."""
    events = events_of(run)
    exports = [
        export_chart(number, fan, events if number > 1 else events[:1]) for number, fan in enumerate(fans, start=1)
    ]
    told = f"Branch {leading(run).record.name}."
    return (
        chain_chart(run),
        *exports,
        price_chart(prices, events, told),
        stock_chart(events, told),
        *loss_charts(told),
    )
