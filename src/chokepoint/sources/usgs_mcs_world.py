"""U.S. Geological Survey, Mineral Commodity Summaries 2023 and 2024: one world table a commodity.

Layout: from documentation. The data releases of these years hold a file for each commodity, ``mcs2023-lithi_world``,
whose columns name their unit and year: ``Prod_t_2021``, ``Prod_kt_est_2022``, ``Cap_t_2022``, ``Reserves_kt``. The
commodity stands in the name of the file, cut to five letters. Files are Windows-1252.

Source: usgs_mcs2023, usgs_mcs2024.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chokepoint.sources.fact import WORLD, Fact
from chokepoint.sources.publisher import Edition, Layout, Line, ReadFacts, Skipped
from chokepoint.sources.wording import country_code, is_world, mineral_code, number_as_printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FILE = r"mcs(?P<edition>20\d\d)-(?P<commodity>[a-z-]+)_world"
COLUMN = re.compile(r"(?P<what>Prod|Cap|Reserves)_(?P<unit>t|kt|mmt|kg|mt)(?:_(?P<est>est_)?(?P<year>\d{4}))?")
TONNES = {"t": 1.0, "kt": 1e3, "mmt": 1e6, "mt": 1e6, "kg": 1e-3}
MEASURE = {"Prod": ("production", "t/yr"), "Cap": ("capacity", "t/yr"), "Reserves": ("reserves", "t")}
COMMODITY = {
    "alumi": "aluminium",
    "antim": "antimony",
    "cobal": "cobalt",
    "coppe": "copper",
    "galli": "gallium",
    "germa": "germanium",
    "graph": "graphite",
    "lithi": "lithium",
    "manga": "manganese",
    "nicke": "nickel",
    "raree": "rare_earths",
    "tungs": "tungsten",
    "vanad": "vanadium",
    "titan": "titanium",
}


def facts(lines: Iterable[Line], edition: Edition) -> Iterator[Fact | Skipped]:
    """Read a country a line; the columns say what, in which unit, and when."""
    found = re.search(FILE, edition.part, flags=re.IGNORECASE)
    cut = found["commodity"].casefold() if found else ""
    mineral = COMMODITY.get(cut) or mineral_code(cut)
    for line in lines:
        name = line.cells["Country"].strip()
        iso3 = WORLD if is_world(name) or name.startswith("World") else country_code(name)
        if iso3 is None or not mineral:
            yield Skipped(where=line.where, why=f"country '{name}'" if iso3 is None else "an unnamed commodity")
            continue
        for column, text in line.cells.items():
            stated = COLUMN.fullmatch(column.strip())
            if stated and text.strip():
                yield _fact(stated, text, line=line, mineral=mineral, country=iso3, edition=edition)


def _stage(kind: str) -> str:
    """Return the stage that the release's words for a kind of output mean."""
    if re.search(r"smelter", kind, flags=re.IGNORECASE):
        return "smelting"
    return "refining" if re.search(r"refinery|primary|refined", kind, flags=re.IGNORECASE) else "mining"


def _fact(stated: re.Match[str], text: str, *, line: Line, mineral: str, country: str, edition: Edition) -> Fact:
    measure, unit = MEASURE[stated["what"]]
    number = number_as_printed(text)
    value = None if number is None else number * TONNES[stated["unit"]]
    kind = line.cells["Type"].strip()
    notes = line.cells.get("Reserves_notes" if measure == "reserves" else "Prod_notes", "").strip()
    reasons = [kind, notes, "estimated" if stated["est"] else "", "" if number is not None else f"printed as '{text}'"]
    return Fact(
        mineral=mineral,
        stage="" if measure == "reserves" else _stage(kind),
        measure=measure,
        country=country,
        year=int(stated["year"] or edition.name),
        value=value,
        unit=unit,
        basis="REO" if mineral == "rare_earths" else "contained",
        low=value,
        high=value,
        source=f"usgs_mcs{edition.name}",
        grade="B" if stated["est"] else "A",
        reason="; ".join(each for each in reasons if each),
    )


LAYOUT = Layout(
    name="mcs2024-lithi_world.csv, alone or in world.zip",
    columns=("Source", "Country", "Type", "Prod_notes"),
    read=ReadFacts(facts=facts),
    documented="Data release of 2023, mcs2023-lithi_world.csv: Source, Country, Type, Prod_t_2021, "
    "Prod_t_est_2022, Prod_notes, Reserves_t, Reserves_notes",
    pattern=FILE,
    named="as published: mcs2024-lithi_world.csv",
    encodings=("utf-8-sig", "cp1252"),
)
