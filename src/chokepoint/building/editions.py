"""Which edition of which publisher a built world rests on, and what a user's store changed in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from chokepoint.provenance import ASSUMED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from chokepoint.facts import Facts, Trade
    from chokepoint.records.references import Reference
    from chokepoint.records.tables import Tables
    from chokepoint.store import Dataset

BUNDLE, STORE, OWN = "bundle", "store", "your figures"


class Sourced(Protocol):
    """A figure, or the row of one."""

    @property
    def source(self) -> str:
        """Keys of its references, parted by semicolons."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """One source of a world's figures, and the dataset of the store it was read from, if any.

    Args:
        source: key of the reference.
        figures: how many figures name it.
        held_in: ``bundle``, ``store``, ``bundle and store`` where both hold figures of the edition, or ``your figures``
            where no bibliography knows the source.
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Served:
    """What a store served of one world.

    Args:
        datasets: by source.
        shared: sources of which the bundle served too.
    """

    datasets: Mapping[str, tuple[Dataset, ...]]
    shared: Collection[str]

    @classmethod
    def of(
        cls,
        minerals: Collection[str],
        facts: Facts,
        trade: Iterable[Trade],
        held: Mapping[str, tuple[Dataset, ...]],
    ) -> Served:
        """Return what the store served.

        Args:
            minerals: whose chains the world holds.
            facts: what publishers say, the store's among them.
            trade: what was read of it.
            held: datasets of the store by source.
        """
        by_source: dict[str, dict[str, Dataset]] = {}
        shared = {source for source, mineral in facts.shared if mineral in minerals}
        for each in trade:
            by_source.setdefault(each.source, {}).update({dataset.key: dataset for dataset in each.datasets})
            shared |= set() if each.datasets else {each.source}
        for source, mineral in facts.stored:
            if mineral in minerals:
                by_source.setdefault(source, {}).update({dataset.key: dataset for dataset in held.get(source, ())})
        return cls(datasets={source: tuple(each.values()) for source, each in by_source.items()}, shared=shared)


def editions_of(
    figures: Iterable[Sourced], references: Mapping[str, Reference], served: Served | None = None
) -> tuple[Edition, ...]:
    """Return the sources of some figures, those with most figures first.

    Args:
        figures: of a world.
        references: by key.
        served: what a store served; left out, nothing.
    """
    counted = Counter(key for each in figures for key in each.source.split(";") if key not in {"", ASSUMED})
    found: list[Edition] = []
    for source, count in counted.most_common():
        datasets = served.datasets.get(source, ()) if served else ()
        said = Edition(
            source=source,
            figures=count,
            held_in=_held_in(source, references, served),
            citation=references[source].citation if source in references else source,
        )
        read = [replace(said, dataset=each.key, file=each.part, checksum=each.checksum) for each in datasets]
        found += read or [said]
    return tuple(found)


def _held_in(source: str, references: Mapping[str, Reference], served: Served | None) -> str:
    if served is not None and served.datasets.get(source):
        return f"{BUNDLE} and {STORE}" if source in served.shared else STORE
    return BUNDLE if source in references else OWN


def changes_between(before: Tables, after: Tables) -> tuple[Change, ...]:
    """Return every figure that two builds of a world give differently, the furthest moved first, evidence last.

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
    return tuple(sorted(found, key=lambda each: (each.figure.startswith("evidence."), -each.size)))
