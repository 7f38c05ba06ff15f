"""World trade under one code in one year, read only when it is asked for."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field, replace
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.facts.renewal import split_edition, trade_change

if TYPE_CHECKING:
    from collections.abc import Collection
    from importlib.resources.abc import Traversable

    from numpy.typing import NDArray

    from chokepoint.store import Dataset, Store

TRADE = "trade"
LAST_OF_THE_CENTURY = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Trade:
    """Every flow of one code in one year; arrays of one length, one entry per pair of countries.

    Args:
        code: six digits (``811292``).
        year: calendar year.
        revision: of the Harmonized System in which the year is counted (``HS17``).
        exporter, importer: ISO 3166 alpha-3; ``ROW`` for flows that were added up.
        kusd: value in thousand USD.
        t: product weight in tonnes; nan where no quantity was reported.
        source: key of ``references.bib``.
        note: what was left out.
        datasets: of the user's store that it was read from; empty where the bundle serves.
    """

    code: str
    year: int
    revision: str
    exporter: NDArray[np.str_]
    importer: NDArray[np.str_]
    kusd: NDArray[np.float64]
    t: NDArray[np.float64]
    source: str
    note: str
    datasets: tuple[Dataset, ...] = ()


@dataclass(kw_only=True, slots=True)
class Trading:
    """World trade as one answer reads it, and what the user's store changed in it against the bundle.

    Args:
        folder: a data folder; left out, the one that ships.
        store: publishers' files the user brought in; None and an empty store leave the bundle as it is.
        read: what was read so far, by code and year.
    """

    folder: Traversable | None = None
    store: Store | None = None
    read: dict[tuple[str, int], Trade] = field(default_factory=dict[tuple[str, int], "Trade"])

    def __call__(self, code: str, year: int) -> Trade:
        """Return the trade of one code and year, as :func:`read_trade` does."""
        if (code, year) not in self.read:
            self.read[code, year] = read_trade(code, year, self.folder, self.store)
        return self.read[code, year]

    @property
    def changes(self) -> tuple[str, ...]:
        """Say of every code and year that the store served how it differs from the bundle."""
        return tuple(each.note for each in self.read.values() if each.datasets)


def read_trade(code: str, year: int, folder: Traversable | None = None, store: Store | None = None) -> Trade:
    """Read the trade of one code and year from the revision that covers it best.

    The store is asked first: its edition serves where it is as new as the bundled one, in the same revision of the
    codes, or where the bundle has nothing. The note then says how it differs.

    Args:
        code: six digits.
        year: calendar year.
        folder: a data folder; left out, the one that ships.
        store: publishers' files the user brought in; None and an empty store leave the bundle as it is.

    Raises:
        LookupError: neither holds it; the message says which codes or years the bundle holds.
    """
    if store is None or store.is_empty:
        return _bundled(code, year, folder)
    try:
        bundled = _bundled(code, year, folder)
    except LookupError:
        known = {row["revision"] for row in _index(folder) if row["hs6"] == code}
        stored = _stored(code, year, store, known or store.revisions(year))
        if stored is None:
            raise
        return stored
    stored = _stored(code, year, store, {bundled.revision})
    if stored is None or split_edition(stored.source)[1] < split_edition(bundled.source)[1]:
        return bundled
    return replace(stored, note=trade_change(bundled, stored))


def _stored(code: str, year: int, store: Store, revisions: Collection[str]) -> Trade | None:
    """Return what the store holds under a code in the latest of some revisions, if anything."""
    held = set(store.revisions(year))
    for each in sorted(held.intersection(revisions), key=_year_of_revision, reverse=True)[:1]:
        found = store.trade([code], year, revision=each)
        if len(found.code):
            return Trade(
                code=code,
                year=year,
                revision=each,
                exporter=np.array(found.exporter, dtype=np.str_),
                importer=np.array(found.importer, dtype=np.str_),
                kusd=found.kusd,
                t=found.t,
                source=found.datasets[-1].trade_source,
                note=f"{code} in {year}: {', '.join(found.editions)} of your store; the bundle holds none",
                datasets=found.datasets,
            )
    return None


def _year_of_revision(revision: str) -> int:
    """Return the year a revision of the codes is named after (``HS92`` is of 1992, ``HS17`` of 2017)."""
    two = int(revision[-2:]) if revision[-2:].isdigit() else 0
    return two + (1900 if two > LAST_OF_THE_CENTURY else 2000)


def _index(folder: Traversable | None) -> list[dict[str, str]]:
    """Return which code, year and revision each bundled file holds."""
    table = (folder or resources.files("chokepoint") / "data").joinpath(TRADE, "index.csv")
    return list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))


def _bundled(code: str, year: int, folder: Traversable | None) -> Trade:
    data = folder or resources.files("chokepoint") / "data"
    index = _index(folder)
    held = [row for row in index if row["hs6"] == code]
    fitting = [row for row in held if row["year"] == str(year)]
    if not fitting:
        codes = ", ".join(sorted({row["hs6"] for row in index}))
        years = ", ".join(sorted({row["year"] for row in held}))
        said = f"the bundle holds it for {years}" if held else f"the bundle holds {codes}"
        message = f"no trade under {code} in {year}; {said}"
        raise LookupError(message)
    chosen = fitting[0]
    lines = csv.reader(data.joinpath(TRADE, chosen["file"]).read_text(encoding="utf-8").splitlines())
    next(lines)
    rows = [row for row in lines if row[0] == str(year)]
    return Trade(
        code=code,
        year=year,
        exporter=np.array([row[1] for row in rows]),
        importer=np.array([row[2] for row in rows]),
        kusd=np.array([float(row[3]) for row in rows]),
        t=np.array([float(row[4]) if row[4] else np.nan for row in rows]),
        revision=chosen["revision"],
        source=chosen["source"],
        note=chosen["note"],
    )
