"""The embedded database that reads and writes the store's files; nothing is started, installed or fetched."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any, cast

from chokepoint.errors import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from duckdb import DuckDBPyConnection
    from numpy.typing import NDArray

MEMORY = "900MB"
"""What the database may hold; what is more goes to its folder of work, so that a laptop can take a year of BACI."""

MOST_THREADS = 4


@contextlib.contextmanager
def database(work: Path | None = None) -> Generator[DuckDBPyConnection]:
    """Open a database in memory.

    Args:
        work: folder for what does not fit in memory; None lets nothing be written.

    Yields:
        A connection with its progress bar and its extensions switched off.
    """
    import duckdb  # noqa: PLC0415 - slow to import, and not every command asks the store

    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": max(1, min(MOST_THREADS, os.cpu_count() or 1)),
        "memory_limit": MEMORY,
        "temp_directory": str(work) if work else "",
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    with duckdb.connect(":memory:", config=settings) as connection:
        connection.execute("SET enable_progress_bar = false")
        yield connection


@contextlib.contextmanager
def reading() -> Generator[DuckDBPyConnection]:
    """Open a database to read tables of the store.

    Yields:
        A connection.

    Raises:
        DataError: a table that is not there or is damaged.
    """
    import duckdb  # noqa: PLC0415 - slow to import, and not every command asks the store

    try:
        with database() as connection:
            yield connection
    except (duckdb.IOException, duckdb.InvalidInputException, duckdb.BinderException) as error:
        problem = Problem(
            where="store",
            found=f"a table that cannot be read ({str(error).splitlines()[0]})",
            expected="what was written when its file was brought in",
            remedy="remove the dataset ('chokepoint sources remove NAME') and add its file again",
        )
        raise DataError([problem]) from error


def quoted(text: str) -> str:
    """Return a text as a literal of SQL.

    Example:
        >>> quoted("it's")
        "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def columns_of(answer: DuckDBPyConnection) -> dict[str, NDArray[Any]]:
    """Return what a query found, column by column; the database's own types speak of packages that may be absent."""
    return cast("dict[str, NDArray[Any]]", cast("Any", answer).fetchnumpy())
