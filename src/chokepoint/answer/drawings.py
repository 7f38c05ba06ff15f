"""How each figure of the page is drawn, and what its caption tells the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.report.exhibits import Chart

if TYPE_CHECKING:
    from chokepoint.answer.run import Run
    from chokepoint.report.exhibits import Event
    from chokepoint.tables import Table


def has(table: Table, column: str) -> bool:
    """Say whether any cell of a column holds something."""
    at = [each.name for each in table.columns].index(column)
    return any(row[at] is not None for row in table.rows)


def chain_chart(run: Run) -> Chart:
    """Return who makes each stage."""
    return Chart(
        id="chain",
        kind="shares",
        title=f"Who makes each stage, {run.world.base_year}",
        caption="Shares of world output after the balances were closed; small makers together.",
        table="chain",
        unit="share",
        encoding={"stage": "stage", "country": "country", "share": "share"},
        options={"emphasis": "CHN"},
    )


def export_chart(number: int, fan: Table, events: tuple[Event, ...]) -> Chart:
    """Return a fan of exports beside what was reported and the naive forecast."""
    said = "Points: what customs reported; months not published are left blank. "
    points = said if has(fan, "reported_t") else ""
    return Chart(
        id=f"exports-{number}",
        kind="fan",
        title=fan.title,
        caption=(
            f"Tonnes a month. Band: the middle 80 % of the cases. {points}Dashed: what one would say without a model, "
            "as before the control (the figures of March came out two weeks after the rule). Monthly values stand at "
            "the first of the month; each panel has its own scale."
        ),
        table=fan.name,
        unit="t",
        encoding={
            "month": "month",
            "median": "median_t",
            "low": "low_t",
            "high": "high_t",
            "destination": "destination",
            "reported": "reported_t",
            "naive": "naive_t",
        },
        events=events,
    )


def price_chart(prices: Table, events: tuple[Event, ...], told: str) -> Chart:
    """Return the paid and the marginal price, country by country."""
    said = "Circles: published quotes, those for Europe in the panel of Germany. "
    circles = said if has(prices, "quoted_usd_per_kg") else ""
    return Chart(
        id="prices",
        kind="lines",
        title="Dysprosium oxide: what was paid, and what one more kilogram would cost",
        caption=(
            "Marginal: what one more kilogram would cost, with a band for the middle 80 % of the cases. Paid: the "
            f"average over what arrived. {circles}The scales are logarithmic, and each panel has its own. {told}"
        ),
        table="price_lines",
        unit="USD/kg",
        encoding={
            "month": "month",
            "value": "usd_per_kg",
            "series": "series",
            "facet": "country",
            "low": "low_usd_per_kg",
            "high": "high_usd_per_kg",
            "quoted": "quoted_usd_per_kg",
        },
        options={"log": True, "label_quoted": "quoted"},
        events=events,
    )


def stock_chart(events: tuple[Event, ...], told: str) -> Chart:
    """Return stocks of the scarcest good, party by party."""
    return Chart(
        id="stocks",
        kind="stocks",
        title="Stocks of heat-resistant magnets over their usual level",
        caption=(
            "What is in store at the end of each month, 1 being the usual level: median and the middle 80 % of the "
            f"cases. Heat-resistant are NdFeB magnets with dysprosium or terbium. {told}"
        ),
        table="stock_lines",
        unit="share",
        encoding={
            "month": "month",
            "cover": "cover_share",
            "country": "party",
            "low": "low_share",
            "high": "high_share",
        },
        events=events,
    )


def loss_charts(told: str) -> tuple[Chart, Chart]:
    """Return losses by component, and branch beside branch."""
    parts = Chart(
        id="losses",
        kind="losses",
        title="Losses by party and component",
        caption=(
            "Shortage is a real loss; rent is a transfer and sums to zero over all countries; switching is the "
            "friction of new origins. A bar left of zero is a gain. Medians of parts need not add up to the median of "
            f"the total. Line: the middle 80 % of the cases for the total. {told}"
        ),
        table="loss_parts",
        unit="USD",
        encoding={
            "party": "party",
            "component": "component",
            "value": "median_usd",
            "low": "low_usd",
            "high": "high_usd",
        },
        options={"total": "total"},
    )
    branches = Chart(
        id="branches",
        kind="compare",
        title="Losses, branch beside branch",
        caption=(
            "Bar: median over the cases of the loss in all reported months, left of zero a gain. Line: the middle "
            "80 % of the cases."
        ),
        table="losses_by_branch",
        unit="USD",
        encoding={
            "item": "party",
            "value": "median_usd",
            "series": "branch",
            "low": "low_usd",
            "high": "high_usd",
        },
    )
    return parts, branches
