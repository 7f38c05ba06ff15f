"""World building: from facts, trade and chains to the rows of a world that nobody published.

    facts + trade + chains  ->  shipments  ->  first hand  ->  flow and production  ->  rows  ->  (closed by reconcile)

Chains are data (``data/chains``), so nothing here knows a mineral. The rules, one by one, with their limits:
``docs/explanation/building-a-world.md``.
"""

from chokepoint.building.build import Built, PassedOn, build
from chokepoint.building.disagree import Disagreement
from chokepoint.building.editions import Change, Edition, Served, changes_between, editions_of
from chokepoint.building.folder import write_world
from chokepoint.building.selection import Selection, select

__all__ = [
    "Built",
    "Change",
    "Disagreement",
    "Edition",
    "PassedOn",
    "Selection",
    "Served",
    "build",
    "changes_between",
    "editions_of",
    "select",
    "write_world",
]
