"""World Bank: governance indicators (WGI) and gross domestic product.

Four layouts were read in extracts (two of governance by country and year, a mean of its six dimensions, and GDP); the
Bank's own download, one column a year under four lines of title, is from documentation. Codes of groups of countries
are left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chokepoint.sources.fact import Fact
from chokepoint.sources.publisher import Edition, Layout, Line, Publisher, ReadFacts, Skipped
from chokepoint.sources.wording import country_code, number_as_printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ESTIMATE, RANK = "estimate, -2.5 to 2.5", "share"
POLITICAL_STABILITY = "political stability"
CODES = {"ZAR": "COD", "ROM": "ROU", "TMP": "TLS", "WBG": "PSE", "KSV": "XKX"}
"""Codes the Bank uses, or used, that are not ISO's."""

LATEST_OF_THE_EXTRACT = 2023


def _country(text: str) -> str | None:
    code = text.strip()
    return country_code(CODES.get(code, code))


def _governance(country: str, year: int, value: float, *, unit: str = ESTIMATE, basis: str, reason: str = "") -> Fact:
    return Fact(
        mineral="",
        stage="",
        measure="governance",
        country=country,
        year=year,
        value=value,
        unit=unit,
        basis=basis,
        low=value,
        high=value,
        source="wgi_2023",
        grade="B",
        reason=reason,
    )


def _gdp(country: str, year: int, value: float) -> Fact:
    return Fact(
        mineral="",
        stage="",
        measure="gdp",
        country=country,
        year=year,
        value=value,
        unit="USD/yr",
        basis="current USD",
        low=value,
        high=value,
        source="worldbank_gdp",
        grade="A",
    )


def _by_year(line: Line, column: str) -> Iterator[tuple[str, int, float] | Skipped]:
    """Yield country, year and number for each column that is a year."""
    iso3 = _country(line.cells[column])
    if iso3 is None:
        yield Skipped(where=line.where, why=f"'{line.cells[column]}' is no country")
        return
    for name, text in line.cells.items():
        value = number_as_printed(text)
        if re.fullmatch(r"\d{4}", name) and value is not None:
            yield iso3, int(name), value


def estimates(lines: Iterable[Line], edition: Edition) -> Iterator[Fact | Skipped]:
    """Read estimates of political stability, a year a column."""
    del edition
    for line in lines:
        for each in _by_year(line, "Code"):
            if isinstance(each, Skipped):
                yield each
            else:
                yield _governance(*each, basis=POLITICAL_STABILITY)


def ranks(lines: Iterable[Line], edition: Edition) -> Iterator[Fact | Skipped]:
    """Read percentile ranks of political stability as shares."""
    del edition
    for line in lines:
        for each in _by_year(line, "Country Code"):
            if isinstance(each, Skipped):
                yield each
            else:
                country, year, percent = each
                yield _governance(
                    country, year, percent / 100, unit=RANK, basis=f"{POLITICAL_STABILITY}, percentile rank"
                )


def means(lines: Iterable[Line], edition: Edition) -> Iterator[Fact | Skipped]:
    """Read the mean of the six dimensions, the latest year of the extract."""
    del edition
    for line in lines:
        code, value = line.cells["country_iso2"], number_as_printed(line.cells["wgi_mean_estimate"])
        iso3 = _country(code)
        if iso3 is None or value is None:
            yield Skipped(where=line.where, why=f"'{code}' is no country" if iso3 is None else "no number")
            continue
        reason = "latest year of the extract, which does not name it"
        yield _governance(iso3, LATEST_OF_THE_EXTRACT, value, basis="mean of six", reason=reason)


def gdp(lines: Iterable[Line], edition: Edition) -> Iterator[Fact | Skipped]:
    """Read gross domestic product, a country and year a line."""
    del edition
    for line in lines:
        code, value = line.cells["Country Code"], number_as_printed(line.cells["Value"])
        iso3 = _country(code)
        if iso3 is None or value is None:
            yield Skipped(where=line.where, why=f"'{code}' is no country" if iso3 is None else "no number")
            continue
        yield _gdp(iso3, int(line.cells["Year"]), value)


def indicator(lines: Iterable[Line], edition: Edition) -> Iterator[Fact | Skipped]:
    """Read the Bank's own download of gross domestic product, a year a column."""
    del edition
    for line in lines:
        if line.cells["Indicator Code"].strip() != "NY.GDP.MKTP.CD":
            yield Skipped(where=line.where, why=f"indicator '{line.cells['Indicator Code']}'")
            continue
        for each in _by_year(line, "Country Code"):
            if isinstance(each, Skipped):
                yield each
            else:
                yield _gdp(*each)


WGI = Publisher(
    key="wgi",
    title="World Bank, Worldwide Governance Indicators",
    licence="CC BY 4.0",
    reference="wgi_2023",
    may_bundle=True,
    layouts=(
        Layout(
            name="WGI, estimates of political stability by year",
            columns=("Country/Territory", "Code", "1996", "2022"),
            read=ReadFacts(facts=estimates),
            seen="wgi_political_stability_estimate_1996_2022.csv",
        ),
        Layout(
            name="WGI, percentile ranks of political stability",
            columns=("Country", "Country Code", "Indicator Name", "2023"),
            read=ReadFacts(facts=ranks),
            seen="wgi_political_stability_percentile_rank_2023.csv",
        ),
        Layout(
            name="WGI, mean of six dimensions",
            columns=("country_iso2", "wgi_mean_estimate"),
            read=ReadFacts(facts=means),
            seen="wgi_mean_of_six_latest.csv",
        ),
    ),
)

GDP = Publisher(
    key="gdp",
    title="World Bank, gross domestic product in current dollars",
    licence="CC BY 4.0",
    reference="worldbank_gdp",
    may_bundle=True,
    layouts=(
        Layout(
            name="GDP, a country and year a line",
            columns=("Country Name", "Country Code", "Year", "Value"),
            read=ReadFacts(facts=gdp),
            seen="worldbank_gdp_current_usd_2015_on.csv",
        ),
        Layout(
            name="API_NY.GDP.MKTP.CD_DS2_en_csv_v2.csv, alone or in its zip",
            columns=("Country Name", "Country Code", "Indicator Name", "Indicator Code"),
            read=ReadFacts(facts=indicator),
            documented="World Bank, download of an indicator: four lines of title, then Country Name, Country Code, "
            "Indicator Name, Indicator Code, 1960, 1961, ...",
        ),
    ),
)
