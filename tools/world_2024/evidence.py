"""Figures as the publishers print them, so that a derived figure can name what it was computed from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.sources.usgs_mcs import value_of
from world_2024 import magnets
from world_2024.figures import Cells
from world_2024.oxides import COMPOUND_PAIRS, METAL_PAIRS, REFERENCE_COMPOUNDS
from world_2024.places import CARRIED

if TYPE_CHECKING:
    from chokepoint.sources.baci import Flow
    from world_2024.shared import Shared

SMALLEST_MAGNET_FLOW_T = 30.0
PLACES = {
    "China": "CHN",
    "Myanmar": "MMR",
    "Australia": "AUS",
    "United States": "USA",
    "Malaysia": "MYS",
    "Rest of world": "ROW",
}
LICENCES = {
    "gallium.2022_11": (5.6, "t", 2022, "China's exports of gallium, November 2022", "chinese_customs_2023"),
    "gallium.2023_11": (1.53, "t", 2023, "China's exports of gallium, November 2023", "chinese_customs_2023"),
    "germanium.2022_11": (5.5, "t", 2022, "China's exports of germanium, November 2022", "chinese_customs_2023"),
    "germanium.2023_11": (0.72, "t", 2023, "China's exports of germanium, November 2023", "chinese_customs_2023"),
    "gallium.first_licences_days": (
        51,
        "days",
        2023,
        "1 August to 21 September 2023, from effect to first licences",
        "chinese_customs_2023",
    ),
    "flake.2023_11": (23_502, "t", 2023, "flake graphite, November 2023", "fastmarkets_graphite_2024"),
    "flake.2023_12": (1_427, "t", 2023, "flake graphite, December 2023", "fastmarkets_graphite_2024"),
    "flake.2024_02": (2_295, "t", 2024, "flake graphite, February 2024", "fastmarkets_graphite_2024"),
    "spherical.2024_02": (1_549, "t", 2024, "spherical graphite, February 2024", "fastmarkets_graphite_2024"),
    "flake.2023_01_02": (14_511, "t", 2023, "flake graphite, January and February 2023", "fastmarkets_graphite_2024"),
    "spherical.2023_01_02": (
        7_231,
        "t",
        2023,
        "spherical graphite, January and February 2023",
        "fastmarkets_graphite_2024",
    ),
}


def rows(shared: Shared) -> list[dict[str, object]]:
    """Return every figure read, by name."""
    lines = {f"baci.850511.{name}": cells for name, cells in _magnets(shared.magnets).items()}
    compounds = {(each.exporter, each.importer): each for each in shared.compounds}
    metals = {(each.exporter, each.importer): each for each in shared.metals}
    for pair in (*COMPOUND_PAIRS, *REFERENCE_COMPOUNDS):
        lines |= {f"baci.284690.{name}": cells for name, cells in _flow(compounds[pair]).items()}
    for pair in METAL_PAIRS:
        lines |= {f"baci.280530.{name}": cells for name, cells in _flow(metals[pair]).items()}
    lines |= _agency(shared) | _survey(shared) | _customs()
    for name, (value, unit, year, reason, source) in LICENCES.items():
        lines[f"licence.{name}"] = Cells(value=value, unit=unit, source=source, grade="B", year=year, reason=reason)
    lines["mines.discovery_to_output"] = Cells(
        value=15.7,
        unit="years",
        source="sp_mines_2023",
        grade="B",
        low=6.0,
        high=32.0,
        year=2023,
        reason="mean and range of 127 mines of precious and base metals; none of them mines rare earths",
    )
    return [cells.row(name=name) for name, cells in lines.items()]


def names_of(product: str, exporter: str, importer: str) -> tuple[str, str]:
    """Return the figure names of a flow's tonnes and value."""
    stem = f"evidence.baci.{product}.{exporter}.{importer}"
    return f"{stem}.t", f"{stem}.kusd"


def is_kept(flow: Flow) -> bool:
    """Say whether a magnet flow is among the figures: China's with NdFeB in it, others' when they are large enough."""
    ndfeb = (flow.tonnes or 0.0) * magnets.share_of(flow)
    if flow.exporter == "CHN":
        return ndfeb > 0
    return flow.exporter in CARRIED and flow.importer in CARRIED and ndfeb >= SMALLEST_MAGNET_FLOW_T


def _magnets(flows: tuple[Flow, ...]) -> dict[str, Cells]:
    found: dict[str, Cells] = {}
    for flow in flows:
        if is_kept(flow):
            found |= _flow(flow)
    return found


def _flow(flow: Flow) -> dict[str, Cells]:
    stem = f"{flow.exporter}.{flow.importer}"
    tonnes = Cells(value=flow.tonnes or 0.0, unit="t", source="baci_202601", grade="B")
    value = Cells(value=flow.value_kusd, unit="thousand USD", source="baci_202601", grade="B")
    return {f"{stem}.t": tonnes, f"{stem}.kusd": value}


def _agency(shared: Shared) -> dict[str, Cells]:
    supply = {
        f"iea.{each.of}.{PLACES[each.country]}": Cells(
            value=each.kilotonnes,
            unit="kt/yr",
            source="iea_gcmo2025",
            grade="B",
            reason="Nd, Pr, Dy and Tb; whether metal or oxide is not said",
        )
        for each in shared.supply
        if each.kilotonnes > 0
    }
    demand = {
        f"iea.demand.{each.of.lower().replace(' ', '_')}": Cells(
            value=each.kilotonnes, unit="kt/yr", source="iea_gcmo2025", grade="B"
        )
        for each in shared.demand
    }
    return supply | demand


def _survey(shared: Shared) -> dict[str, Cells]:
    wanted = {
        "mine.CHN": ("China", "Mine production"),
        "mine.NGA": ("Nigeria", "Mine production"),
        "mine.MDG": ("Madagascar", "Mine production"),
        "mine.other": ("Other countries", "Mine production"),
        "exports_ores_and_compounds.USA": ("United States", "Exports: Ores and compounds"),
    }
    return {
        f"usgs.{name}": Cells(
            value=value_of(shared.usgs, country=country, item=item, year=2024),
            unit="t REO/yr",
            source="usgs_mcs2026",
            grade="B-",
            reason="estimated by the Survey",
        )
        for name, (country, item) in wanted.items()
    }


def _customs() -> dict[str, Cells]:
    return {
        "customs.magnets.t": Cells(
            value=magnets.CUSTOMS_TOTAL, unit="t/yr", source="chinese_customs_2024", grade="B", reason="with alloys"
        ),
        "customs.magnets.busd": Cells(
            value=magnets.CUSTOMS_USD_BN, unit="billion USD/yr", source="chinese_customs_2024", grade="B"
        ),
        "customs.magnets.USA.2025.t": Cells(
            value=5_933,
            unit="t/yr",
            source="chinese_customs_2025",
            grade="B",
            year=2025,
            reason="20.3 percent below 2024",
        ),
    }
