"""British Geological Survey, World Mineral Statistics: production by country since 1970.

Layout: seen, of an extract of the Survey's data service. One commodity may be stated several times for a country and
year: by mineral (bastnaesite, monazite) or by what is weighed (gross, metal content). The basis keeps them apart;
what is left out is a second statement with the same words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.sources.fact import Fact
from chokepoint.sources.publisher import Edition, Layout, Line, Publisher, ReadFacts, Skipped
from chokepoint.sources.wording import country_code, mineral_code, number_as_printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TONNES = {"tonnes (metric)": 1.0, "tonnes (metal content)": 1.0, "kilograms (metal content)": 1e-3}
OF_PLATINUM_GROUP = ("palladium", "platinum", "rhodium", "ruthenium", "iridium")
REFINED = ("refined", "smelter", "primary", "metal")


def _mineral(commodity: str, sub_commodity: str) -> str:
    """Return the metal of the platinum group where the Survey names one, else the mineral of the commodity."""
    metal = sub_commodity.casefold()
    return metal if metal in OF_PLATINUM_GROUP else mineral_code(commodity)


def _basis(commodity: str, sub_commodity: str, unit: str) -> str:
    weighed = "contained" if "content" in unit or "content" in sub_commodity else "gross"
    weighed = "REO" if "rare earth" in commodity else weighed
    return f"{weighed}, {sub_commodity.casefold()}" if sub_commodity else weighed


def facts(lines: Iterable[Line], edition: Edition) -> Iterator[Fact | Skipped]:
    """Read one statement a line."""
    del edition
    for line in lines:
        cells = line.cells
        commodity, unit = cells["bgs_commodity_trans"].strip(), cells["units"].strip()
        code = cells["country_iso3_code"].strip()
        iso3 = country_code(code) if code else country_code(cells["country_trans"])
        quantity = number_as_printed(cells["quantity"])
        if iso3 is None or unit not in TONNES:
            why = f"country '{cells['country_trans']}'" if iso3 is None else f"unit '{unit}'"
            yield Skipped(where=line.where, why=why)
            continue
        value = None if quantity is None else quantity * TONNES[unit]
        refined = any(word in commodity for word in REFINED)
        yield Fact(
            mineral=_mineral(commodity, cells["bgs_sub_commodity_trans"].strip()),
            stage="refining" if refined else "mining",
            measure=cells["bgs_statistic_type_trans"].strip().casefold(),
            country=iso3,
            year=int(cells["year"]),
            value=value,
            unit="t/yr",
            basis=_basis(commodity, cells["bgs_sub_commodity_trans"].strip(), unit),
            low=value,
            high=value,
            source="bgs_wms",
            grade="B",
            reason="; ".join(each for each in (commodity, cells["concat_figure_notes_text"].strip()) if each),
        )


PUBLISHER = Publisher(
    key="bgs",
    title="British Geological Survey, World Mineral Statistics",
    licence="(c) UKRI; Open Government Licence to be confirmed",
    reference="bgs_wms",
    may_bundle=False,
    layouts=(
        Layout(
            name="World Mineral Statistics, data service",
            columns=(
                "country_iso3_code",
                "country_trans",
                "bgs_commodity_trans",
                "bgs_sub_commodity_trans",
                "bgs_statistic_type_trans",
                "year",
                "quantity",
                "units",
                "concat_figure_notes_text",
            ),
            read=ReadFacts(facts=facts),
            seen="bgs_world_mineral_statistics_2000_2023.csv",
            pattern=r"_(?P<edition>\d{4})\.csv$",
        ),
    ),
    note="rare earths of the United States in 2023 are well below the U.S. Survey's own figure",
)
