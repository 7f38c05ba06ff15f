"""Bring a file into the store: whole or not at all, once, and from where a broken attempt left off."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import shutil
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from chokepoint.errors import ChokepointError, DataError, Problem
from chokepoint.sources.publisher import ReadTrade
from chokepoint.sources.recognise import recognise
from chokepoint.store.dataset import Dataset, datasets_in, write_note
from chokepoint.store.facts_writing import write_facts
from chokepoint.store.fingerprint import checksum_of, stamp_of
from chokepoint.store.trade_writing import write_trade
from chokepoint.tables.folder import clear_abandoned, whole_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from pathlib import Path

    from chokepoint.sources.recognise import Recognised
    from chokepoint.store.dataset import Stamp
    from chokepoint.store.trade_writing import Written

WORK = "work"
LONGEST_NAME = 60


class Outcome(Enum):
    """What became of a table."""

    ADDED = "added"
    KNOWN = "already there"


@dataclass(frozen=True, kw_only=True, slots=True)
class Added:
    """A table that was brought in, or was there already."""

    dataset: Dataset
    outcome: Outcome


class StoreError(ChokepointError):
    """The store could not be written, for a reason that lies not in the file."""


def add(path: Path, folder: Path, say: Callable[[str], None], *, years: Collection[int] = ()) -> tuple[Added, ...]:
    """Bring every table of a file into the store.

    Each table is checked and written beside the store and takes its place in one step, so a kill or a full disk leaves
    the store as it was; tables of a zip that were finished stay, and the next attempt goes on with the others.

    Args:
        path: a file as its publisher offers it.
        folder: the store.
        say: told what goes on.
        years: of a file that parts its years, only these; empty takes all.

    Returns:
        One entry per table, in the order of the file.

    Raises:
        DataError: a file nobody knows, or one that is damaged or contradicts itself; it names the line where it can.
        StoreError: the disk is full or cannot be written.
    """
    if not path.is_file():
        recognise(path)
    stamp = stamp_of(path)
    there = datasets_in(folder)
    same = [each for each in there if each.stamp == stamp and each.file == path.name]
    if same and not path.name.casefold().endswith(".zip"):
        return tuple(Added(dataset=each, outcome=Outcome.KNOWN) for each in same)
    wanted = [each for each in recognise(path) if not (years and each.edition.year) or each.edition.year in years]
    if not wanted:
        raise DataError([_no_such_year(path, years)])
    with _disk(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise StoreError(_full(folder, "may not be written to"))
        clear_abandoned(folder)
        return tuple(_added(each, stamp, there, folder, say) for each in wanted)


def _added(each: Recognised, stamp: Stamp, there: Iterable[Dataset], folder: Path, say: Callable[[str], None]) -> Added:
    checksum = checksum_of(each.part)
    for dataset in there:
        if (dataset.checksum, dataset.part, dataset.layout) == (checksum, each.part.name, each.layout.name):
            return Added(dataset=dataset, outcome=Outcome.KNOWN)
    key = _key(each, checksum)
    with whole_folder(folder / key) as partial:
        work = partial / WORK
        work.mkdir()
        written = _written(each, partial, work, say)
        shutil.rmtree(work)
        dataset = _dataset(each, key, stamp, checksum, written)
        write_note(dataset, partial)
    return Added(dataset=dataset, outcome=Outcome.ADDED)


def _no_such_year(path: Path, years: Collection[int]) -> Problem:
    found = f"no table of {', '.join(map(str, sorted(years)))}"
    remedy = "name another year, or another revision: the later ones begin later"
    return Problem(where=path.name, found=found, expected="a table of each year asked for", remedy=remedy)


def _written(each: Recognised, partial: Path, work: Path, say: Callable[[str], None]) -> Written:
    if not isinstance(each.layout.read, ReadTrade):
        return write_facts(each, partial)
    # Text packed in a zip is written out first; what is sorted may spill as much again.
    needed = each.part.bytes * (2 if each.part.member else 1) // 2
    if shutil.disk_usage(partial).free < needed:
        raise StoreError(_full(partial.parent, f"needs some {needed / 1e6:.0f} MB while it is brought in"))
    return write_trade(each, partial, work, say)


def _dataset(each: Recognised, key: str, stamp: Stamp, checksum: str, written: Written) -> Dataset:
    return Dataset(
        key=key,
        publisher=each.publisher.key,
        layout=each.layout.name,
        edition=each.edition.name,
        revision=each.edition.revision,
        part=each.part.name,
        file=each.part.file.name,
        stamp=stamp,
        checksum=checksum,
        rows=written.rows,
        years=written.years,
        without_quantity=written.without_quantity,
        skipped=written.skipped,
        is_whole=isinstance(each.layout.read, ReadTrade) and each.layout.read.is_whole,
        added=dt.datetime.now(tz=dt.UTC).isoformat(timespec="microseconds"),
    )


def _key(each: Recognised, checksum: str) -> str:
    plain = re.sub(r"\.(csv|txt|json|xls[xm])\b", "", each.part.name.casefold())
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME]
    return f"{each.publisher.key}-{stem}-{hashlib.sha256(checksum.encode()).hexdigest()[:8]}"


class _disk:  # noqa: N801 - used as a block
    """Turn what a disk cannot do into a word on what to do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> None:
        """Do nothing."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        """Say what is wrong with the disk."""
        if error is None or isinstance(error, ChokepointError):
            return
        import duckdb  # noqa: PLC0415 - slow to import, and not every command asks the store

        if isinstance(error, OSError | duckdb.IOException | duckdb.OutOfMemoryException):
            reason = error.strerror if isinstance(error, OSError) else str(error).splitlines()[0]
            raise StoreError(_full(self.folder, f"could not be written ({reason or type(error).__name__})")) from error


def _full(folder: Path, what: str) -> str:
    return (
        f"the store {what}; nothing was added and it is as it was. Make room where it lies ({folder}), or name "
        "another folder in the environment variable CHOKEPOINT_DATA, and add the file again"
    )


def remove(key: str, folder: Path) -> tuple[Dataset, ...]:
    """Remove a dataset, or all of a publisher.

    Args:
        key: name of a dataset, or key of a publisher.
        folder: the store.

    Returns:
        What was removed.

    Raises:
        DataError: no such dataset.
    """
    from chokepoint.errors import did_you_mean  # noqa: PLC0415

    there = datasets_in(folder)
    chosen = tuple(each for each in there if key in (each.key, each.publisher))
    if not chosen:
        known = [each.key for each in there]
        remedy = did_you_mean(key, known) if known else "the store is empty"
        raise DataError([Problem(where="NAME", found=f"'{key}'", expected="a dataset of the store", remedy=remedy)])
    for each in chosen:
        # A hidden name is no dataset: the one step that takes it out of the store; what follows only clears up.
        gone = folder / f".{each.key}.partial-gone"
        (folder / each.key).rename(gone)
        shutil.rmtree(gone)
    return chosen
