"""CSET Emerging Technology Observatory: who provides each input of advanced chips, as shares of the market.

Layout: seen, the Observatory's own ``provision.csv``. Shares describe 2019. An empty share is a provider whose share
is not known, or one marked negligible; both are kept without a number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.sources.fact import Fact
from chokepoint.sources.publisher import Edition, Layout, Line, Publisher, ReadFacts, Skipped
from chokepoint.sources.wording import country_code, mineral_code, number_as_printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

YEAR = 2019
COUNTRIES = {"MAL": "MYS"}
"""Codes of the Observatory that are not ISO's."""


def facts(lines: Iterable[Line], edition: Edition) -> Iterator[Fact | Skipped]:
    """Read one provider of one input a line; organisations are left to their country's line."""
    del edition
    for line in lines:
        cells = line.cells
        name = cells["provider_name"].strip()
        iso3 = country_code(COUNTRIES.get(name, name))
        if cells["provider_type"] != "country" or iso3 is None:
            yield Skipped(where=line.where, why=f"provider '{name}' is no country")
            continue
        percent = number_as_printed(cells["share_provided"].rstrip("% "))
        share = None if percent is None else percent / 100
        yield Fact(
            mineral=mineral_code(cells["provided_name"].replace(",", " ")),
            stage="",
            measure="market_share",
            country=iso3,
            year=YEAR,
            value=share,
            unit="share",
            basis="value",
            low=share,
            high=share,
            source="eto_chips",
            grade="B",
            reason="" if share is not None else cells["negligible_market_share"].strip() or "share not stated",
        )


PUBLISHER = Publisher(
    key="eto",
    title="CSET Emerging Technology Observatory, Advanced Semiconductor Supply Chain",
    licence="CC BY-NC 4.0",
    reference="eto_chips",
    may_bundle=False,
    layouts=(
        Layout(
            name="provision.csv",
            columns=("provider_name", "provider_id", "provided_name", "provided_id", "share_provided", "provider_type"),
            read=ReadFacts(facts=facts),
            seen="eto_chip_supply_chain_country_shares.csv, the Observatory's provision.csv",
        ),
    ),
)
