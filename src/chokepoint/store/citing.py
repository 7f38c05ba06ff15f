"""Which datasets stand behind a source, and how an edition that the bibliography lacks is cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.records.references import Reference, read_references
from chokepoint.sources.registry import PUBLISHERS
from chokepoint.store.dataset import FACTS, TRADE
from chokepoint.store.engine import quoted, reading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

    from chokepoint.store.dataset import Dataset
    from chokepoint.store.serving import Store


def holders(store: Store) -> dict[str, tuple[Dataset, ...]]:
    """Return the datasets of a store by the keys of the sources their figures name."""
    found: dict[str, tuple[Dataset, ...]] = {}
    for each in store.datasets:
        for source in _sources_in(store, each):
            found[source] = (*found.get(source, ()), each)
    return found


def references_with(store: Store, bibliography: Traversable) -> dict[str, Reference]:
    """Return every entry of a bibliography, and one for every source of the store that it lacks.

    Args:
        store: of the user.
        bibliography: a ``references.bib``.
    """
    known = read_references(bibliography)
    return known | references_of(store, known)


def references_of(store: Store, known: Mapping[str, Reference]) -> dict[str, Reference]:
    """Return a reference for every source of the store that the known ones lack, from what its publisher declares."""
    return {
        source: _reference(source, datasets, known)
        for source, datasets in (holders(store) if store.datasets else {}).items()
        if source not in known
    }


def _reference(source: str, datasets: tuple[Dataset, ...], known: Mapping[str, Reference]) -> Reference:
    newest = datasets[-1]
    publisher = PUBLISHERS[newest.publisher]
    model = known.get(publisher.reference)
    author = model.author if model else ""
    edition = f", edition {newest.edition}" if newest.edition else ""
    files = ", ".join(dict.fromkeys(each.part for each in datasets))
    return Reference(
        key=source,
        author=author,
        title=f"{publisher.title.removeprefix(f'{author}, ')}{edition}",
        year=newest.edition[:4],
        note=f"{publisher.licence}. Read from {files} of the user's store",
    )


def _sources_in(store: Store, dataset: Dataset) -> tuple[str, ...]:
    if (store.folder / dataset.key / TRADE).is_file():
        return (dataset.trade_source,)
    path = store.folder / dataset.key / FACTS
    with reading() as connection:
        rows = connection.execute(f"SELECT DISTINCT source FROM {quoted(str(path))} ORDER BY source").fetchall()  # noqa: S608
    return tuple(str(source) for (source,) in rows)
