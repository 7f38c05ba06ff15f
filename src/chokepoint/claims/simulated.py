"""What of the news can be simulated: the bundled measures behind an act, the world and scenario that hold a good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.claims.rows import bundled_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ACT, GOOD = "act", "good"


@dataclass(frozen=True, kw_only=True, slots=True)
class Simulated:
    """One row.

    Args:
        kind: ``act`` or ``good``.
        key: how the keys of the acts on record begin, or the good's.
        actor: ISO 3166 alpha-3; empty for a good.
        world: the bundled world that holds it.
        entries: ids of its measures, or codes of the good in that world.
        scenario: the bundled scenario that values it; empty where there is none.
        section: of the scenario's page.
    """

    kind: str
    key: str
    actor: str
    world: str
    entries: tuple[str, ...]
    scenario: str
    section: str

    @property
    def command(self) -> str:
        """Return the command that shows it; for a world without a scenario, the one that shows the world."""
        return f"chokepoint run {self.scenario}" if self.scenario else f"chokepoint world show {self.world}"


def read_simulated() -> tuple[Simulated, ...]:
    """Read the table."""
    return tuple(
        Simulated(kind=row["kind"], key=row["key"], actor=row["actor"], world=row["world"], entries=tuple(row["entries"].split("|")), scenario=row["scenario"], section=row["section"])
        for row in bundled_rows("claims/simulated.csv")
    )  # fmt: skip


def of_act(key: str, table: Iterable[Simulated]) -> Simulated | None:
    """Return what simulates an act on record, the most specific row first."""
    fitting = [each for each in table if each.kind == ACT and key.startswith(each.key)]
    return max(fitting, key=lambda each: len(each.key), default=None)


def of_good(key: str, table: Iterable[Simulated]) -> Simulated | None:
    """Return what simulates a good."""
    return next((each for each in table if each.kind == GOOD and each.key == key), None)


def pointer(goods: Sequence[str], table: Iterable[Simulated]) -> str:
    """Return where the first good that can be simulated is valued; empty where none is."""
    for key in goods:
        row = of_good(key, table)
        if row is not None:
            codes = ", ".join(row.entries)
            where = f", section {row.section}" if row.scenario else ""
            return f"{row.command}{where} (goods {codes})"
    return ""
