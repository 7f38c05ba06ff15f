"""Global Trade Alert: state interventions in trade, counted by mineral, country and year.

Layout: seen, of an extract on critical minerals. An intervention of several states on several minerals counts once
for each pair. The tags of minerals are the database's: those of rare earths are known to be wrong, and gallium,
germanium, antimony and tungsten are missing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from chokepoint.sources.fact import Fact
from chokepoint.sources.publisher import Edition, Layout, Line, Publisher, ReadFacts, Skipped
from chokepoint.sources.wording import country_code, mineral_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def facts(lines: Iterable[Line], edition: Edition) -> Iterator[Fact | Skipped]:
    """Read one intervention a line."""
    del edition
    found: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for line in lines:
        cells = line.cells
        for name in cells["implementers"].split(";"):
            iso3 = country_code(name)
            if iso3 is None:
                yield Skipped(where=line.where, why=f"country '{name.strip()}'")
                continue
            for mineral in cells["minerals"].split(";"):
                entry = f"{cells['id']} {cells['interventionType']} ({cells['evaluation']})"
                found[mineral_code(mineral), iso3, int(cells["date"][:4])].append(entry)
    for (mineral, iso3, year), entries in found.items():
        yield Fact(
            mineral=mineral,
            stage="",
            measure="trade_interventions",
            country=iso3,
            year=year,
            value=float(len(entries)),
            unit="count",
            basis="",
            low=float(len(entries)),
            high=float(len(entries)),
            source="global_trade_alert",
            grade="C",
            reason="; ".join(entries),
        )


PUBLISHER = Publisher(
    key="gta",
    title="Global Trade Alert, St. Gallen Endowment",
    licence="Global Trade Alert terms; not to be passed on",
    reference="global_trade_alert",
    may_bundle=False,
    layouts=(
        Layout(
            name="gta_critical_mineral_trade_controls.csv",
            columns=("id", "date", "interventionType", "evaluation", "implementers", "minerals", "title"),
            read=ReadFacts(facts=facts),
            seen="gta_critical_mineral_trade_controls.csv",
        ),
    ),
    note="tags of rare earths are wrong; gallium, germanium, antimony and tungsten are missing",
)
