"""What is published about the four goods, as printed; everything else in this folder is computed from it or assumed."""

from __future__ import annotations

from world_2024.figures import Cells

from chokepoint.units import volume_factor

DAYS_IN_2024 = 366
# name: value, unit, year, source, grade, note
PUBLISHED = {
    "ai_accelerator.h20_revenue_low": (12.0, "billion USD/yr", 2024, "h20_estimates_2025", "B", "analysts' low end"),
    "ai_accelerator.h20_revenue_high": (15.0, "billion USD/yr", 2024, "h20_estimates_2025", "B", "analysts' high end"),
    "ai_accelerator.nvidia_share_in_china": (0.66, "share", 2024, "bernstein_2025", "B", "of China's AI processors"),
    "ai_accelerator.h20_sold_elsewhere": (
        0.65, "billion USD/quarter", 2025, "nvidia_q2_fy2026", "B", "to a customer outside China, quarter to July 2025"),
    "chip_design_software.synopsys_gross_profit": (
        4.882, "billion USD/yr", 2024, "synopsys_fy2024", "B", "80 percent of revenue"),
    "chip_design_software.synopsys_revenue": (6.127, "billion USD/yr", 2024, "synopsys_fy2024", "B", "to October 2024"),
    "chip_design_software.cadence_revenue": (4.641, "billion USD/yr", 2024, "cadence_fy2024", "C", "from memory"),
    "chip_design_software.synopsys_share_in_china": (0.16, "share", 2024, "eda_letters_2025", "B", "of its revenue"),
    "chip_design_software.cadence_share_in_china": (0.12, "share", 2024, "eda_letters_2025", "B", "of its revenue"),
    "chip_design_software.three_suppliers_share": (0.80, "share", 2025, "eda_letters_2025", "B", "of China's market"),
    "narrowbody_engine.leap_deliveries": (1_407, "engine/yr", 2024, "safran_fy2024", "B", "ten percent below 2023"),
    "narrowbody_engine.list_value": (275, "billion USD", 2020, "cfm_orders_2020", "B", "list value of LEAP orders"),
    "narrowbody_engine.ordered": (19_000, "engine", 2020, "cfm_orders_2020", "B", "LEAP engines ordered since 2011"),
    "narrowbody_engine.c919_target": (75, "aircraft/yr", 2025, "c919_targets_2025", "B", "target of January 2025"),
    "narrowbody_engine.c919_target_cut": (25, "aircraft/yr", 2025, "c919_targets_2025", "B", "after the letters"),
    "narrowbody_engine.c919_deliveries": (13, "aircraft/yr", 2024, "comac_2024", "C", "from memory; 12 or 13"),
    "narrowbody_engine.c909_deliveries": (35, "aircraft/yr", 2024, "comac_2024", "C", "from memory; CF34 engines"),
    "ethane.us_output": (2.83, "million bbl/day", 2024, "eia_ethane_2024", "B", "Petroleum Supply Monthly"),
    "ethane.us_use": (2.33, "million bbl/day", 2024, "eia_ethane_2024", "B", "product supplied, nearly all crackers"),
    "ethane.us_exports": (492, "thousand bbl/day", 2024, "eia_ethane_2024", "B", "to all destinations"),
    "ethane.us_exports_china": (227, "thousand bbl/day", 2024, "eia_ethane_2025", "B", "46 percent of exports"),
    "ethane.price": (19.02, "US cent/gal", 2024, "argus_ethane_2025", "B", "Mont Belvieu (EPC), mean of the year"),
    "ethane.relative_density": (0.35619, "1", 2024, "gpa_2145", "C", "liquid at 60 F against water; from memory"),
}  # fmt: skip
WATER_KG_PER_LITRE = 0.999016
"""Water at 60 F, to which relative densities of the trade refer."""


def published(name: str) -> float:
    """Return a published figure by its name without ``evidence``."""
    return PUBLISHED[name][0]


def ethane_tonnes(volume: float, unit: str) -> float:
    """Return tonnes of liquid ethane in a volume (``bbl``, ``gal``)."""
    kilograms_per_litre = published("ethane.relative_density") * WATER_KG_PER_LITRE
    return volume * volume_factor(unit, "l") * kilograms_per_litre / 1_000


def ethane_per_year(barrels_per_day: float) -> float:
    """Return tonnes in 2024 of a daily volume."""
    return ethane_tonnes(barrels_per_day, "bbl") * DAYS_IN_2024


def inputs(*names: str) -> tuple[str, ...]:
    """Return the figure names of published figures."""
    return tuple(f"evidence.{name}" for name in names)


def rows() -> list[dict[str, object]]:
    """Return every published figure as a line of ``evidence.csv``."""
    return [
        Cells(value=value, unit=unit, year=year, source=source, grade=grade, reason=note).row(name=name)
        for name, (value, unit, year, source, grade, note) in PUBLISHED.items()
    ]
