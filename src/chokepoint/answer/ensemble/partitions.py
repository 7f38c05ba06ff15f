"""The folder of an ensemble: a manifest, and one Parquet file per partition, there whole or not at all."""

from __future__ import annotations

import json
import os
import platform
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numba
import numpy as np

from chokepoint.answer.ensemble.question import simulate
from chokepoint.answer.record import version
from chokepoint.errors import ChokepointError, DataError, Problem
from chokepoint.store.engine import database, quoted

if TYPE_CHECKING:
    from chokepoint.answer.ensemble.question import Question, Simulated

MANIFEST = "ensemble.json"
UNFINISHED = ".unfinished"
VECTOR, MOST_VECTORS = 2048, 60
"""DuckDB cuts a file into groups of so many rows at least, and by default of sixty times as many."""


def partition_name(number: int) -> str:
    """Return the file name of a partition."""
    return f"partition-{number:06d}.parquet"


def open_folder(folder: Path, question: Question) -> list[int]:
    """Make or open the folder of an ensemble, clear away what a killed run left unfinished, say what is missing.

    Returns:
        Numbers of the partitions still to be computed.

    Raises:
        DataError: the folder holds another ensemble, or something else.
    """
    manifest = folder / MANIFEST
    if manifest.is_file():
        _refuse_another(manifest, question)
    elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        remedy = "name a folder of its own with --out"
        expected = f"no such folder yet, an empty one, or one with {MANIFEST}"
        raise DataError([Problem(where=str(folder), found="files of something else", expected=expected, remedy=remedy)])
    else:
        folder.mkdir(parents=True, exist_ok=True)
        made_with = {"python": platform.python_version(), "numpy": np.__version__, "numba": numba.__version__}
        about = {"identity": question.identity()} | question.describe()
        about |= {"partitions": question.partitions, "made_with": made_with}
        write_whole(manifest, (json.dumps(about, indent=1, ensure_ascii=False) + "\n").encode())
    for left in folder.glob(f"*{UNFINISHED}"):
        left.unlink()
    return [number for number in range(question.partitions) if not (folder / partition_name(number)).is_file()]


def _refuse_another(manifest: Path, question: Question) -> None:
    before, now = read_manifest(manifest.parent), question.describe()
    if before.get("identity") != question.identity():
        changed = ", ".join(name for name, value in now.items() if before.get(name) != value) or "what it was made from"
        raise DataError(
            [
                Problem(
                    where=str(manifest),
                    found=f"an ensemble that differs in: {changed}",
                    expected="the same question, asked by the same version",
                    remedy="ask it as before to go on, or name another folder with --out",
                )
            ]
        )


def read_manifest(folder: Path) -> dict[str, object]:
    """Return the manifest of an ensemble.

    Raises:
        DataError: there is none, or it cannot be read.
    """
    try:
        found: object = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict):
        expected = f"the folder of an ensemble, with its {MANIFEST}"
        remedy = "name the folder that `chokepoint ensemble SCENARIO --out FOLDER` wrote"
        raise DataError([Problem(where=str(folder), found="none there", expected=expected, remedy=remedy)])
    return cast("dict[str, object]", found)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file under another name, wait until it is on the disk, and give it its name in one step."""
    unfinished = path.with_name(f"{path.name}{UNFINISHED}")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def partition_bytes(question: Question, number: int, threads: int | None = 1) -> bytes:
    """Simulate a partition and return its Parquet file: the same bytes wherever and whenever it is done.

    Raises:
        ChokepointError: the version here is not the one that asks.
    """
    return parquet_bytes(question, simulate(question, question.cases_of(number), threads))


def partition_for(question: Question, number: int, asked_by: str) -> bytes:
    """Return a partition for another computer.

    Raises:
        ChokepointError: the version here is not the one that asks.
    """
    if asked_by != version():
        message = f"a worker has chokepoint {version()}, the ensemble is asked by {asked_by}; install the same on both"
        raise ChokepointError(message)
    return partition_bytes(question, number)


def parquet_bytes(question: Question, done: Simulated) -> bytes:
    """Return simulated cases as a Parquet file: branch, name, month, case, value, is_solved, in that order."""
    at = np.indices(done.values.shape, dtype=np.int32).reshape(4, -1)
    columns = {
        "b": at[0],
        "o": at[1],
        "m": at[2],
        "c": np.asarray(done.cases, dtype=np.int32)[at[3]],
        "v": done.values.ravel(),
        "s": done.is_solved[at[0], at[3]],
    }
    branch = _words([each.name for each in question.scenario.branches])
    name, month = _words([each.name for each in question.outputs]), _words(list(question.months))
    # A group of rows about as long as one output of one branch: a reader of one output passes over the others.
    rows = VECTOR * min(
        MOST_VECTORS, max(1, round(at.shape[1] / (done.values.shape[0] * done.values.shape[1] * VECTOR)))
    )
    with database() as connection, tempfile.TemporaryDirectory() as place:
        connection.execute("SET threads = 1")
        connection.register("given", columns)
        path = Path(place) / "partition.parquet"
        connection.execute(
            f"COPY (SELECT {branch}[b + 1] AS branch, {name}[o + 1] AS name, {month}[m + 1] AS month,"  # noqa: S608
            f' c AS "case", v AS value, s AS is_solved FROM given) TO {quoted(str(path))}'
            f" (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {rows})"
        )
        return path.read_bytes()


def _words(words: list[str]) -> str:
    return f"[{', '.join(quoted(word) for word in words)}]"
