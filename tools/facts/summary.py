"""What the bundle holds of each mineral, as the table of ``docs/explanation/thirty-minerals.md``.

python tools/facts/summary.py
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.facts import load_facts
from chokepoint.facts.counting import count

if TYPE_CHECKING:
    from chokepoint.facts import Facts
    from chokepoint.sources.fact import Fact

YEAR = 2024
HEAD = (
    "| mineral | sourced | derived | missing | producers by stage, 2024 | reserves | price | reliance (US) |",
    "|---|--:|--:|--:|---|--:|--:|--:|",
)
PUBLISHERS = {"usgs_mcs2026": "USGS", "usgs_mcs2025": "USGS", "iea_gcmo2025": "IEA"}


def lines(facts: Facts) -> list[str]:
    """Return one line per mineral; a stage nobody counts is a dash."""
    return [*HEAD, *(_line(facts, each) for each in count(facts))]


def _publisher(found: list[Fact]) -> str:
    return "derived" if all(each.grade == "derived" for each in found) else PUBLISHERS[found[0].source]


def _line(facts: Facts, counts) -> str:
    mineral = facts.minerals[counts.mineral]
    stages = []
    for stage in mineral.stages:
        found = [each for each in facts.production(mineral.code, stage, YEAR).values() if each.value]
        stages.append(f"{stage} {len(found)} ({_publisher(found)})" if found else f"{stage} \u2013")
    held = [
        sum(each.value is not None for each in facts.of(mineral=mineral.code, measure=measure, year=year))
        for measure, year in (("reserves", 2025), ("price", YEAR), ("net_import_reliance", YEAR))
    ]
    cells = (mineral.name, counts.sourced, counts.derived, counts.missing, ", ".join(stages), *held)
    return "| " + " | ".join(str(each) if each else "\u2013" for each in cells) + " |"


if __name__ == "__main__":
    print("\n".join(lines(load_facts())))
