"""What was reported afterwards: monthly exports by destination, with the months nobody published left blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field, field_validator, model_validator

from chokepoint.dates import Month
from chokepoint.errors import DataError
from chokepoint.provenance import GRADES
from chokepoint.records.rows import Row
from chokepoint.records.tables import REFERENCE_KEY, Reader

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable


class ExportRow(Row):
    """Reported exports to one destination in one month; an empty value was not published."""

    table = "outcomes"
    month: str = Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")
    destination: str = Field(min_length=1)
    value: float | None = Field(ge=0)
    unit: str = Field(pattern="^t$")
    low: float | None = None
    high: float | None = None
    year: int
    source: str = Field(min_length=1)
    grade: str
    reason: str = ""
    inputs: str = ""

    @field_validator("value", "low", "high", mode="before")
    @classmethod
    def _blank_is_none(cls, cell: object) -> object:
        return None if cell == "" else cell

    @model_validator(mode="after")
    def _answers_for_itself(self) -> ExportRow:
        if self.grade not in GRADES:
            message = f"a grade out of {', '.join(GRADES)}"
            raise ValueError(message)
        if not self.reason and (self.value is None or self.grade == "derived"):
            message = "a reason, since the month is blank or its figure derived"
            raise ValueError(message)
        return self


def reported_exports(folder: Traversable, name: str) -> Mapping[str, Mapping[Month, float | None]]:
    """Read reported exports.

    Args:
        folder: the data folder.
        name: a table of ``outcomes/``, without its ending (``china_magnet_exports``).

    Returns:
        Tonnes by destination and month, in the order of the file; None where a month was not published.

    Raises:
        DataError: lines that do not fit, an unknown source, or a month given twice; all at once.
    """
    reader = Reader(folder=folder, problems=[], places={})
    path = f"outcomes/{name}.csv"
    rows = reader.read(path, ExportRow)
    bibliography = folder.joinpath("references.bib").read_text(encoding="utf-8")
    reader.known(rows, "source", REFERENCE_KEY.findall(bibliography))
    reported: dict[str, dict[Month, float | None]] = {}
    for row in rows:
        months = reported.setdefault(row.destination, {})
        month = Month.read(row.month)
        if month in months:
            where = reader.places[id(row)]
            reader.note(where, f"{row.destination} {row.month} again", "each month once", "delete one of them")
        months[month] = row.value
    if reader.problems:
        raise DataError(reader.problems)
    return reported
