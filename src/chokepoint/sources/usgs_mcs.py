"""U.S. Geological Survey, Mineral Commodity Summaries: mine output and prices.

Layout: seen. The 2026 edition is the data release ``MCS2026_Commodities_Data.csv`` (one row per figure, values as
text with thousands commas and tokens), the 2025 edition ``MCS2025_World_Data.csv`` (one row per country).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NOT_A_NUMBER = ("", "NA", "W", "XX", "E", "s", "Small", "Large")
ZERO = ("\u2014", "-", "--")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reported:
    """One figure as the Survey prints it.

    Args:
        commodity: ``Rare Earths``, ``Dysprosium`` ...
        country: as the Survey spells it (``Burma``), stripped.
        item: what was counted (``Mine production``, ``Price, average, ...``).
        year: the year it describes.
        value: the number; None where the Survey withholds it or has none.
        unit: as printed.
        note: the Survey's footnotes.
    """

    commodity: str
    country: str
    item: str
    year: int
    value: float | None
    unit: str
    note: str

    @property
    def is_estimated(self) -> bool:
        """Whether the Survey marks it as its own estimate."""
        return self.note.startswith("Estimated")


def number(text: str) -> float | None:
    """Return a printed value as a number: commas dropped, a dash is zero, a token nothing.

    Example:
        >>> number("45,500"), number("\u2014"), number("W"), number(">75,000,000")
        (45500.0, 0.0, None, 75000000.0)
    """
    plain = text.strip().lstrip(">< ").replace(",", "")
    if plain in ZERO:
        return 0.0
    return None if plain in NOT_A_NUMBER else float(plain)


def load_2026(path: Path, chapters: tuple[str, ...]) -> tuple[Reported, ...]:
    """Load chapters of the 2026 data release.

    Args:
        path: ``MCS2026_Commodities_Data.csv``, re-encoded as UTF-8.
        chapters: as in the column ``MCS chapter`` (``RARE EARTHS``).

    Returns:
        Its figures in file order; rows over several years (import sources) are left out.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["MCS chapter"] in chapters and row["Year"].isdigit()]
    return tuple(
        Reported(
            commodity=row["Commodity"].strip(),
            country=row["Country"].strip(),
            item=row["Statistics_detail"].strip(),
            year=int(row["Year"]),
            value=number(row["Value"]),
            unit=row["Unit"].strip(),
            note=row["Notes"].strip(),
        )
        for row in rows
    )


def load_2025(path: Path, commodity: str) -> tuple[Reported, ...]:
    """Load mine output of one commodity from the 2025 world table.

    Args:
        path: ``MCS2025_World_Data.csv``; its header spells ``PROD_EST_ 2024`` with a blank.
        commodity: as in the column ``COMMODITY`` (``Rare earths``).

    Returns:
        Two figures per country: 2023, and 2024 as the Survey estimated it then.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["COMMODITY"].strip() == commodity]
    return tuple(
        Reported(
            commodity=commodity,
            country=row["COUNTRY"].strip(),
            item=row["TYPE"].strip(),
            year=year,
            value=number(row[column]),
            unit=row["UNIT_MEAS"].strip(),
            note=row["PROD_NOTES"].strip(),
        )
        for row in rows
        for year, column in ((2023, "PROD_2023"), (2024, "PROD_EST_ 2024"))
    )


def reported_of(figures: tuple[Reported, ...], *, country: str, item: str, year: int) -> Reported:
    """Return the one figure that fits; the item may be given by its beginning or its end.

    Raises:
        LookupError: none or several fit, or the Survey gives no number.
    """
    fitting = [
        figure
        for figure in figures
        if (figure.country, figure.year) == (country, year)
        and (figure.item.startswith(item) or figure.item.endswith(item))
    ]
    if len({figure.value for figure in fitting}) != 1 or fitting[0].value is None:
        message = f"{country} {item!r} {year}: {len(fitting)} figures fit"
        raise LookupError(message)
    return fitting[0]


def value_of(figures: tuple[Reported, ...], *, country: str, item: str, year: int) -> float:
    """Return the value of the one figure that fits (see :func:`reported_of`)."""
    return reported_of(figures, country=country, item=item, year=year).value or 0.0
