"""Which edition of which publisher a built world rests on, and what a user's store changed in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.provenance import ASSUMED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chokepoint.facts import Facts, Trade
    from chokepoint.records.references import Reference
    from chokepoint.records.tables import Tables
    from chokepoint.store import Dataset

BUNDLE, STORE = "bundle", "store"


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """One source of a world's figures, and the dataset of the store it was read from, if any.

    Args:
        source: key of the reference.
        figures: how many figures name it.
        held_in: ``bundle``, ``store``, or ``bundle and store`` where both hold figures of the edition.
        citation: the work in one line.
        dataset, file, checksum: of the store; empty where the bundle alone serves.
    """

    source: str
    figures: int
    held_in: str
    citation: str
    dataset: str = ""
    file: str = ""
    checksum: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A figure of a world that the store changed, before its books were closed.

    Args:
        figure: its name; unit: of both values.
        before: with the bundle alone; None where the bundle has none; source_before: who says so.
        after: with the store; None where it has none; source_after: who says so.
    """

    figure: str
    unit: str
    before: float | None
    source_before: str
    after: float | None
    source_after: str

    @property
    def size(self) -> float:
        """How far it moved, as a share of the larger value; 1 where one of them is missing."""
        largest = max(abs(self.before or 0.0), abs(self.after or 0.0))
        return abs((self.after or 0.0) - (self.before or 0.0)) / largest if largest else 0.0


def editions_of(
    tables: Tables,
    facts: Facts,
    trade: Iterable[Trade],
    held: Mapping[str, tuple[Dataset, ...]],
    references: Mapping[str, Reference],
) -> tuple[Edition, ...]:
    """Return the sources of a world's figures, those with most figures first.

    Args:
        tables: rows of the world.
        facts: what publishers say, the store's among them.
        trade: what was read of it.
        held: datasets of the store by source.
        references: by key.
    """
    figures = Counter(key for row in tables.figure_rows for key in row.source.split(";") if key not in {"", ASSUMED})
    served: dict[str, tuple[Dataset, ...]] = {}
    both = set(facts.shared)
    for each in trade:
        served[each.source] = tuple(dict.fromkeys((*served.get(each.source, ()), *each.datasets)))
        both |= set() if each.datasets else {each.source}
    found: list[Edition] = []
    for source, count in figures.most_common():
        datasets = served.get(source) or (held.get(source, ()) if source in facts.stored else ())
        place = BUNDLE if not datasets else f"{BUNDLE} and {STORE}" if source in both else STORE
        citation = references[source].citation if source in references else source
        said = Edition(source=source, figures=count, held_in=place, citation=citation)
        found += [
            Edition(
                source=source,
                figures=count,
                held_in=place,
                citation=citation,
                dataset=each.key,
                file=each.part,
                checksum=each.checksum,
            )
            for each in datasets
        ] or [said]
    return tuple(found)


def changes_between(before: Tables, after: Tables) -> tuple[Change, ...]:
    """Return every figure that two builds of a world give differently, the furthest moved first.

    Args:
        before: built from the bundle alone; after: with the store.
    """
    old, new = ({row.figure_name: row for row in tables.figure_rows} for tables in (before, after))
    found: list[Change] = []
    for name in dict.fromkeys((*old, *new)):
        was, now = old.get(name), new.get(name)
        if was is not None and now is not None and was.value == now.value:
            continue
        found.append(
            Change(
                figure=name,
                unit=(now or was or new[name]).unit,
                before=was.value if was else None,
                source_before=was.source if was else "",
                after=now.value if now else None,
                source_after=now.source if now else "",
            )
        )
    return tuple(sorted(found, key=lambda each: -each.size))
