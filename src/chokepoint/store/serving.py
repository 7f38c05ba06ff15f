"""What the store answers: trade of products in a year, and statements about minerals, the newest edition first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from chokepoint.errors import DataError, Problem, did_you_mean
from chokepoint.store.dataset import FACTS, TRADE, datasets_in
from chokepoint.store.engine import columns_of, quoted, reading
from chokepoint.store.facts_writing import key_of, stored_facts
from chokepoint.store.place import store_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from chokepoint.sources.fact import Fact
    from chokepoint.store.dataset import Dataset

PRODUCTS_PER_BLOCK = 250
FLOW = "year, code, exporter, importer, side, month, revision"


@dataclass(frozen=True, kw_only=True, slots=True)
class Trade:
    """Flows of products between countries in one year; one entry per flow, sorted by product.

    Args:
        year: the year.
        code: of the product.
        exporter, importer: ISO 3166 alpha-3.
        kusd: value in thousand USD.
        t: tonnes; NaN where nobody says.
        side: who declared it: ``exporter``, ``importer``, or ``both`` where the two were reconciled.
        datasets: what it was read from, the most wanted last.
    """

    year: int
    code: NDArray[np.object_]
    exporter: NDArray[np.object_]
    importer: NDArray[np.object_]
    kusd: NDArray[np.float64]
    t: NDArray[np.float64]
    side: NDArray[np.object_]
    datasets: tuple[Dataset, ...]

    @property
    def editions(self) -> tuple[str, ...]:
        """Titles of the datasets it was read from."""
        return tuple(dict.fromkeys(each.title for each in self.datasets))


@dataclass(frozen=True, kw_only=True, slots=True)
class Store:
    """The datasets a user has brought in.

    Args:
        folder: where they lie.
        datasets: what they are.
    """

    folder: Path
    datasets: tuple[Dataset, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was brought in, so that the bundled figures serve."""
        return not self.datasets

    def trade(
        self,
        codes: Collection[str] | None,
        year: int,
        *,
        publisher: str = "baci",
        revision: str | None = None,
    ) -> Trade:
        """Return the flows of products in a year, whole years only.

        Args:
            codes: of the products; None takes all.
            year: the year.
            publisher: whose figures.
            revision: of the classification; None takes the only one there is.

        Raises:
            DataError: no dataset of that publisher, year and revision, or several revisions and none named.
        """
        chosen = self._chosen(publisher, year, revision)
        # An older file of the same edition may repeat a flow: the one brought in last is taken.
        where = _where(codes, year, revision)
        files = " UNION ALL ".join(
            f"SELECT *, {number} AS rank FROM {quoted(str(self.folder / each.key / TRADE))} WHERE {where}"  # noqa: S608
            for number, each in enumerate(chosen)
        )
        newest = "" if len(chosen) == 1 else f" QUALIFY rank = max(rank) OVER (PARTITION BY {FLOW})"
        order = "ORDER BY code, exporter, importer, side"
        with reading() as connection:
            asked = f"SELECT code, exporter, importer, kusd, t, side FROM ({files}){newest} {order}"  # noqa: S608
            rows = columns_of(connection.execute(asked))
        return _trade(rows, year, tuple(chosen))

    def blocks(self, year: int, *, publisher: str = "baci", revision: str | None = None) -> Iterator[Trade]:
        """Return all flows of a year, some hundred products at a time, so that they need not all be in memory.

        Raises:
            DataError: as :meth:`trade`.
        """
        files = [quoted(str(self.folder / each.key / TRADE)) for each in self._chosen(publisher, year, revision)]
        with reading() as connection:
            asked = (
                f"SELECT DISTINCT code FROM read_parquet([{', '.join(files)}]) WHERE year = {int(year)} ORDER BY code"  # noqa: S608
            )
            codes = [str(code) for (code,) in connection.execute(asked).fetchall()]
        for start in range(0, len(codes), PRODUCTS_PER_BLOCK):
            yield self.trade(codes[start : start + PRODUCTS_PER_BLOCK], year, publisher=publisher, revision=revision)

    def years(self, publisher: str = "baci") -> tuple[int, ...]:
        """Return the years of trade a publisher's datasets reach over."""
        found = {
            year
            for each in self.datasets
            if each.publisher == publisher and (self.folder / each.key / TRADE).is_file()
            for year in range(each.years[0], each.years[1] + 1)
        }
        return tuple(sorted(found))

    def revisions(self, year: int, publisher: str = "baci") -> tuple[str, ...]:
        """Return the revisions of the codes in which a publisher's trade of a year is held."""
        return tuple(
            sorted(
                {
                    each.revision
                    for each in self.datasets
                    if each.publisher == publisher and each.years[0] <= year <= each.years[1]
                }
            )
        )

    def facts(self, publishers: Collection[str] | None = None) -> tuple[Fact, ...]:
        """Return the statements of publishers; of one thing stated in two editions, the newer.

        Args:
            publishers: keys; None takes all.
        """
        chosen = [each for each in self.datasets if (self.folder / each.key / FACTS).is_file()]
        kept: dict[object, Fact] = {}
        for each in sorted(chosen, key=_age):
            if publishers is None or each.publisher in publishers:
                for fact in stored_facts(self.folder / each.key / FACTS):
                    kept[each.publisher, key_of(fact)] = fact
        return tuple(kept.values())

    def _chosen(self, publisher: str, year: int, revision: str | None) -> Sequence[Dataset]:
        """Return the datasets that answer, the least wanted first."""
        fitting = [
            each
            for each in self.datasets
            if each.publisher == publisher
            and each.years[0] <= year <= each.years[1]
            and (self.folder / each.key / TRADE).is_file()
            and (revision is None or each.revision in ("", revision))
        ]
        if not fitting:
            raise DataError([self._missing(publisher, year, revision)])
        revisions = sorted({each.revision for each in fitting})
        if len(revisions) > 1:
            remedy = f"name one of {', '.join(revisions)}"
            found = f"{len(revisions)} revisions of {publisher} for {year}"
            raise DataError([Problem(where="store", found=found, expected="one revision of the codes", remedy=remedy)])
        newest = max(each.edition for each in fitting)
        return sorted((each for each in fitting if not each.is_whole or each.edition == newest), key=_age)

    def _missing(self, publisher: str, year: int, revision: str | None) -> Problem:
        wanted = " ".join(each for each in (publisher, revision or "", str(year)) if each)
        there = sorted({each.publisher for each in self.datasets})
        remedy = (
            did_you_mean(publisher, there)
            if there and publisher not in there
            else "bring in a file with 'chokepoint sources add'"
        )
        return Problem(where="store", found=f"no trade of {wanted}", expected="a dataset that holds it", remedy=remedy)


def open_store(folder: Path | None = None) -> Store:
    """Open the store.

    Args:
        folder: where it lies; None takes the user's own.

    Raises:
        DataError: a dataset whose note cannot be read or whose table is gone.
    """
    place = store_folder() if folder is None else folder
    datasets = datasets_in(place)
    bare = [each for each in datasets if not any((place / each.key / name).is_file() for name in (TRADE, FACTS))]
    if bare:
        raise DataError(_without_table(place, each) for each in bare)
    return Store(folder=place, datasets=datasets)


def _without_table(folder: Path, dataset: Dataset) -> Problem:
    return Problem(
        where=str(folder / dataset.key),
        found="no table",
        expected=f"{TRADE} or {FACTS} beside the note",
        remedy=f"give 'chokepoint sources remove {dataset.key}' and add {dataset.file} again",
    )


def _age(dataset: Dataset) -> tuple[str, str]:
    return dataset.edition, dataset.added


def _where(codes: Collection[str] | None, year: int, revision: str | None) -> str:
    conditions = [f"year = {int(year)}", "month = 0"]
    if codes is not None:
        conditions.append(f"code IN ({', '.join(quoted(code) for code in sorted(codes)) or 'NULL'})")
    if revision:
        conditions.append(f"revision = {quoted(revision)}")
    return " AND ".join(conditions)


def _trade(rows: Mapping[str, object], year: int, datasets: tuple[Dataset, ...]) -> Trade:
    import numpy as np  # noqa: PLC0415 - slow to import, and not every command asks the store

    def numbers(name: str) -> NDArray[np.float64]:
        return np.ma.filled(np.ma.asarray(cast("NDArray[np.float64]", rows[name]), dtype=np.float64), np.nan)

    return Trade(
        year=year,
        code=np.asarray(rows["code"], dtype=object),
        exporter=np.asarray(rows["exporter"], dtype=object),
        importer=np.asarray(rows["importer"], dtype=object),
        kusd=numbers("kusd"),
        t=numbers("t"),
        side=np.asarray(rows["side"], dtype=object),
        datasets=datasets,
    )
