"""Publishers with one table each: the Agency, the Commission, the World Bank, and series of the Survey."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING

from chokepoint.facts import REST
from chokepoint.sources import iea_gcmo
from chokepoint.sources.fact import WORLD, Fact

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chokepoint.countries import Countries

IEA = {
    "Copper": ("copper", "contained"),
    "Cobalt": ("cobalt", "contained"),
    "Lithium": ("lithium", "contained"),
    "Nickel": ("nickel", "contained"),
    "Graphite": ("graphite", "natural, gross; refining is battery grade"),
    "Rare Earth Elements": ("magnet_rare_earths", "Nd, Pr, Dy, Tb; metal or oxide is not said"),
}
IEA_YEAR = 2024
IEA_ROUNDING = 1e-6
ATLAS = {"bauxite": "aluminium", "baryte": "barite", "cokingcoal": "coking_coal"}
NOT_A_MINERAL = {"magnets"}
EU_STAGE = {"E": "mining", "P": "refining"}
EU_MADE = {"magnesium": "smelting"}
EU_YEAR = 2020
OUTLOOK_STAGE = {"mine": "mining", "refining": "refining"}
WGI_ESTIMATE = "estimate, -2.5 to 2.5"


def _rows(path: Path) -> list[dict[str, str]]:
    """Return the rows with no cell taken for missing: "NA" is Namibia wherever countries stand."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _stated(mineral: str, stage: str, measure: str, country: str, year: int, value: float | None, **more: str) -> Fact:
    return Fact(
        mineral=mineral,
        stage=stage,
        measure=measure,
        country=country,
        year=year,
        value=None if value is None else float(f"{value:.10g}"),
        unit=more["unit"],
        basis=more.get("basis", ""),
        low=None,
        high=None,
        source=more["source"],
        grade=more["grade"],
        reason=more.get("reason", ""),
    )


def agency(path: Path, countries: Countries) -> Iterator[Fact]:
    """Yield mining and refining of 2024 in tonnes; the table is in thousand tonnes and has totals among its rows."""
    for row in _rows(path):
        mineral, basis = IEA[row["mineral"]]
        if row["country"] == "Top 3 share":
            continue
        named = {"Total": WORLD, "Rest of world": REST}
        where = named.get(row["country"]) or countries.resolve(row["country"])
        if where is None:
            raise LookupError(countries.suggest(row["country"]))
        parts = [
            each.kilotonnes
            for each in iea_gcmo.load_supply(path, row["mineral"], IEA_YEAR)
            if each.of == row["stage"] and where == WORLD
        ]
        total = float(row[str(IEA_YEAR)])
        differs = parts and abs(sum(parts) - total) > IEA_ROUNDING * total
        stage = "separation" if (mineral, row["stage"]) == ("magnet_rare_earths", "refining") else row["stage"]
        yield _stated(
            *(mineral, stage, "production", where, IEA_YEAR, total * 1e3),
            unit="t/yr",
            basis=basis,
            source="iea_gcmo2025",
            grade="B",
            reason=f"as printed; its countries add up to {sum(parts) * 1e3:,.0f} t" if differs else "",
        )


def commission(path: Path, iso3: dict[str, str]) -> Iterator[Fact]:
    """Yield the largest world supplier's share at one stage, mean of 2016 to 2020."""
    for row in _rows(path):
        if row["material"] in NOT_A_MINERAL:
            mineral, stage = "rare_earths", "magnets"
        else:
            mineral = ATLAS.get(row["material"], row["material"])
            stage = EU_MADE.get(mineral, EU_STAGE[row["stage_code"]])
        yield _stated(
            *(mineral, stage, "production_share", iso3[row["iso"]], EU_YEAR, float(row["pct"]) / 100),
            unit="share",
            basis="of the world",
            source="eu_crm_2023",
            grade="B",
            reason="mean of 2016-2020; the largest supplier only; the averaging period was not re-checked",
        )


def magnets(path: Path) -> Iterator[Fact]:
    """Yield China's share of sintered magnets; the other rows of the compilation repeat publishers read here."""
    for row in _rows(path):
        if row["stage"] == "sintered permanent magnets":
            yield _stated(
                *("rare_earths", "magnets", "production_share", row["country"], int(row["year"])),
                float(row["share_pct"]) / 100,
                unit="share",
                basis="of the world, sintered",
                source="iea_commentary_2025",
                grade="B-",
                reason="as quoted by the press; the original was not read",
            )


def outlook(path: Path, iso3: dict[str, str]) -> Iterator[Fact]:
    """Yield the five largest shares of world capacity 2024; the world level is left out, its unit is not stated."""
    for row in _rows(path):
        stage = "smelting" if row["material"] == "magnesium" else OUTLOOK_STAGE[row["stage"]]
        yield _stated(
            *(row["material"], stage, "capacity_share", iso3[row["country_iso2"]], 2024, float(row["share_pct"]) / 100),
            unit="share",
            basis="of the world",
            source="usgs_sir_2025_5021",
            grade="B-",
            reason="derived extract of the five largest; palladium differs from the Summaries",
        )


def atlas(path: Path, known: set[str]) -> Iterator[Fact]:
    """Yield by-product shares, recycling input rates and substitutability, all secondary."""
    for row in _rows(path):
        mineral = ATLAS.get(row["label"], row["label"])
        if mineral not in known:
            continue
        said = {"unit": "share", "source": "materials_atlas_2026", "grade": "C"}
        why = "a round number of a compilation without a source per cell"
        share = float(row["companionality_pct"]) / 100
        recycled = float(row["recycling_input_rate_pct"]) / 100 if row["recycling_reported"] == "True" else None
        word = row["substitutability"]
        yield _stated(
            mineral, "", "by_product_share", WORLD, 2026, share, **said, reason=f"{why}; hosts {row['hosts']}"
        )
        yield _stated(
            mineral, "", "recycling_rate", WORLD, 2026, recycled, **said, basis="recycling input rate", reason=why
        )
        yield _stated(
            *(mineral, "", "substitutability", WORLD, 2026, None),
            unit="word",
            source="materials_atlas_2026",
            grade="C",
            reason=f"the atlas gives the word '{word}' and no number, and does not say of which scale",
        )


SAID_OF_WGI = {"source": "wgi_2023", "grade": "B"}


def governance(folder: Path, countries: Countries) -> Iterator[Fact]:
    """Yield the World Bank's indicators for every country of the crosswalk, the mean of six first."""
    yield from _mean_of_six(folder / "wgi_mean_of_six_latest.csv", countries)
    for row in _rows(folder / "wgi_political_stability_percentile_rank_2023.csv"):
        if row["Country Code"] in countries.by_iso3 and row["2023"]:
            more = SAID_OF_WGI | {"unit": "share", "basis": "political stability, percentile rank"}
            rank = round(float(row["2023"]) / 100, 6)
            yield _stated("", "", "governance", row["Country Code"], 2023, rank, **more)
    yield from _political_stability(folder / "wgi_political_stability_estimate_1996_2022.csv", countries)


def _mean_of_six(path: Path, countries: Countries) -> Iterator[Fact]:
    iso3 = {each.iso2: each.iso3 for each in countries.by_iso3.values() if each.iso2}
    for row in _rows(path):
        if row["country_iso2"] in iso3:
            yield _stated(
                *("", "", "governance", iso3[row["country_iso2"]], 2023, float(row["wgi_mean_estimate"])),
                unit=WGI_ESTIMATE,
                basis="mean of six",
                reason="latest year of the extract, which does not name it",
                **SAID_OF_WGI,
            )


def _political_stability(path: Path, countries: Countries) -> Iterator[Fact]:
    """Yield the series; a country that stands there twice with different numbers has none."""
    rows = _rows(path)
    times = Counter(row["Code"] for row in rows)
    more = SAID_OF_WGI | {"unit": WGI_ESTIMATE, "basis": "political stability"}
    for row in rows:
        if row["Code"] in countries.by_iso3 and times[row["Code"]] == 1:
            cells = ((int(year), cell) for year, cell in row.items() if year.isdigit())
            for year, cell in cells:
                if cell not in {"", "nan"}:
                    yield _stated("", "", "governance", row["Code"], year, round(float(cell), 6), **more)
    for twice in sorted(code for code, count in times.items() if count > 1):
        why = "the extract has two rows for this country, and they differ"
        yield _stated("", "", "governance", twice, 2022, None, **more, reason=why)


def gdp(path: Path, countries: Countries) -> Iterator[Fact]:
    """Yield output of countries; the World Bank's groups of countries stand in the same table and are left out."""
    for row in _rows(path):
        if row["Country Code"] in countries.by_iso3 and row["Value"]:
            yield _stated(
                *("", "", "gdp", row["Country Code"], int(row["Year"]), round(float(row["Value"]))),
                unit="USD/yr",
                basis="current USD",
                source="worldbank_gdp",
                grade="A",
            )


def yearbook(path: Path) -> Iterator[Fact]:
    """Yield mine output of rare earths 2018 to 2022 of the Minerals Yearbook; a raised letter trails some names."""
    for row in _rows(path):
        yield _stated(
            *("rare_earths", "mining", "production", row["geography_code"], int(row["year"])),
            float(row["value"]) if row["value"] else None,
            unit="t/yr",
            basis="REO",
            source="usgs_myb2022_rare_earths",
            grade="B-" if row["is_estimated"] == "True" else "A",
            reason="estimated by the Survey" if row["is_estimated"] == "True" else "",
        )


def century(path: Path) -> Iterator[Fact]:
    """Yield the Survey's long series on rare earths, 1900 to 2020."""
    units = {"usd_per_metric_ton_reo_current": "USD/t", "metric_tons_reo_equivalent": "t/yr"}
    named = {"unit_value_current_usd": "price"}
    for row in _rows(path):
        if row["unit"] not in units:
            continue
        measure = named.get(row["metric"], row["metric"])
        value = float(row["value"]) if row["value"] else None
        yield _stated(
            *(
                "rare_earths",
                "mining" if measure == "production" else "",
                measure,
                row["geography_code"],
                int(row["year"]),
            ),
            value,
            unit=units[row["unit"]],
            basis="REO" if measure != "price" else "unit value of apparent consumption, United States, current USD",
            source="usgs_ds140",
            grade="A",
            reason="" if value is not None else f"printed as {row['source_value_raw']}: not available",
        )
