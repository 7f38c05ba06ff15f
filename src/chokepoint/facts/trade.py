"""World trade under one code in one year, read only when it is asked for."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from numpy.typing import NDArray

TRADE = "trade"


@dataclass(frozen=True, kw_only=True, slots=True)
class Trade:
    """Every flow of one code in one year; arrays of one length, one entry per pair of countries.

    Args:
        code: six digits (``811292``).
        year: calendar year.
        exporter, importer: ISO 3166 alpha-3; ``ROW`` for flows that were added up.
        kusd: value in thousand USD.
        t: product weight in tonnes; nan where no quantity was reported.
        source: key of ``references.bib``.
        note: which revision of the system, and what was left out.
    """

    code: str
    year: int
    exporter: NDArray[np.str_]
    importer: NDArray[np.str_]
    kusd: NDArray[np.float64]
    t: NDArray[np.float64]
    source: str
    note: str


def read_trade(code: str, year: int, folder: Traversable | None = None) -> Trade:
    """Read the trade of one code and year from the revision that covers it best.

    Args:
        code: six digits.
        year: calendar year.
        folder: a data folder; left out, the one that ships.

    Raises:
        LookupError: the bundle does not hold it; the message says which codes or years it holds.
    """
    data = folder or resources.files("chokepoint") / "data"
    index = list(csv.DictReader(data.joinpath(TRADE, "index.csv").read_text(encoding="utf-8").splitlines()))
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
        source=chosen["source"],
        note=chosen["note"],
    )
