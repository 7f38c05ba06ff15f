"""A user's own figures: one row each, with a source, read as strictly as the bundle and in the bundle's units.

The file never leaves the machine. Every problem in it is collected and raised once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.errors import DataError, Problem, did_you_mean
from chokepoint.provenance import ASSUMED, GRADES
from chokepoint.records.number import read_number
from chokepoint.records.spreadsheet import Columns, Row, Sheet, read_sheet
from chokepoint.units import TONNES_PER, USD_PER_TONNE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from chokepoint.countries import Countries

COLUMNS = Columns(
    required=("mineral", "measure", "country", "year", "value", "unit", "source"),
    optional=("stage", "basis", "low", "high", "grade", "reason", "name"),
)
WORLD = "WLD"
OTHER_ASIA = "490"
TONNES_A_YEAR = {f"{unit}/yr": factor for unit, factor in TONNES_PER.items()} | {"million m3/yr": 1.0}
SHARES = {"share": 1.0, "percent": 0.01, "%": 0.01}
STAGED = ("production", "production_share", "capacity", "capacity_share")
UNITS: dict[str, tuple[str, Mapping[str, float]]] = {
    "production": ("t/yr", TONNES_A_YEAR),
    "capacity": ("t/yr", TONNES_A_YEAR),
    "imports": ("t/yr", TONNES_A_YEAR),
    "exports": ("t/yr", TONNES_A_YEAR),
    "consumption": ("t/yr", TONNES_A_YEAR),
    "apparent_consumption": ("t/yr", TONNES_A_YEAR),
    "reserves": ("t", TONNES_PER | {"million m3": 1.0}),
    "price": ("USD/t", USD_PER_TONNE),
    "net_import_reliance": ("share", SHARES),
    "production_share": ("share", SHARES),
    "capacity_share": ("share", SHARES),
    "import_share": ("share", SHARES),
    "by_product_share": ("share", SHARES),
    "recycling_rate": ("share", SHARES),
    "substitution_index": ("share", SHARES),
    "stocks": ("t", TONNES_PER),
}
"""The unit each measure is kept in, and those it may be given in with what a number is multiplied by."""

EARLIEST, LATEST = 1800, 2100


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnFigure:
    """One row of the user's file, in the bundle's unit.

    Args:
        line: its number in the file.
        mineral: code of a known mineral, or of one that ``name`` introduces.
        name: name of a mineral the bundle does not know; empty otherwise.
        country: ISO 3166 alpha-3 or ``WLD``.
        The others: as in a fact of the bundle.
    """

    line: int
    mineral: str
    name: str
    stage: str
    measure: str
    country: str
    year: int
    value: float
    unit: str
    basis: str
    low: float | None
    high: float | None
    source: str
    grade: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What a row may name.

    Args:
        minerals: code behind every spelling, folded to small letters.
        stages: of each mineral's chain, by code.
        weights: what the bundle weighs, by mineral, measure and stage.
        countries: the crosswalk of country names.
    """

    minerals: Mapping[str, str]
    stages: Mapping[str, tuple[str, ...]]
    weights: Mapping[tuple[str, str, str], frozenset[str]]
    countries: Countries


def read_figures(path: Path, known: Known) -> tuple[OwnFigure, ...]:
    """Read a user's figures from a .csv or .xlsx file.

    Args:
        path: the user's file.
        known: what its rows may name.

    Raises:
        DataError: everything that is wrong with the file, numbered, with line and column.
    """
    sheet, problems = read_sheet(path, COLUMNS)
    if sheet is None:
        raise DataError(problems)
    reading = _Reading(known=known, sheet=sheet, problems=problems)
    figures = [figure for row in sheet.rows if (figure := reading.figure(row))]
    first: dict[tuple[str, ...], int] = {}
    for each in figures:
        before = first.setdefault(
            (each.mineral, each.measure, each.stage, each.country, str(each.year), each.basis), each.line
        )
        if before != each.line:
            problems.append(
                Problem(
                    where=f"{sheet.file}:{each.line}",
                    found=f"{each.measure} of {each.mineral} in {each.country} {each.year} again, as on line {before}",
                    expected="one figure for a measure, mineral, stage, country and year",
                    remedy="keep the one you trust",
                )
            )
    if problems:
        raise DataError(problems)
    return tuple(figures)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reading:
    """One pass over a table: what is known, and what was found wrong so far."""

    known: Known
    sheet: Sheet
    problems: list[Problem]

    def figure(self, row: Row) -> OwnFigure | None:
        """Return the figure a row holds, or None when something in it cannot be read."""
        before = len(self.problems)
        mineral, measure = self._mineral(row), self._measure(row)
        country, year = self._country(row), self._year(row)
        value, low, high = (self._number(row, column) for column in ("value", "low", "high"))
        unit, factor = self._unit(row, measure)
        stage = self._stage(row, mineral, measure)
        basis = self._basis(row, mineral, measure, stage)
        source, grade, reason = self._answered_for(row)
        if len(self.problems) > before or value is None:
            return None
        low, high = (None if each is None else each * factor for each in (low, high))
        value *= factor
        if not (value if low is None else low) <= value <= (value if high is None else high):
            self._note(
                row, "value", f"{value:g} outside {low} to {high}", "a range that holds it", "check low and high"
            )
        return OwnFigure(
            line=row.line,
            mineral=mineral,
            name=row.cells.get("name", ""),
            stage=stage,
            measure=measure,
            country=country,
            year=year,
            value=value,
            unit=unit,
            basis=basis,
            low=low,
            high=high,
            source=source,
            grade=grade,
            reason=reason,
        )

    def _note(self, row: Row, column: str, found: str, expected: str, remedy: str) -> None:
        where = f"{self.sheet.file}:{row.line} column {column}"
        self.problems.append(Problem(where=where, found=found, expected=expected, remedy=remedy))

    def _mineral(self, row: Row) -> str:
        text = row.cells.get("mineral", "")
        code = self.known.minerals.get(text.casefold())
        if code or row.cells.get("name"):
            return code or re.sub(r"[\s\-]+", "_", text.casefold())
        remedy = f"{did_you_mean(text, self.known.stages)}; for a mineral of your own fill in the column 'name' too"
        self._note(row, "mineral", f"'{text}'", "a mineral of the bundle", remedy)
        return text

    def _measure(self, row: Row) -> str:
        measure = re.sub(r"[\s\-]+", "_", row.cells.get("measure", "").casefold())
        if measure not in UNITS:
            self._note(row, "measure", f"'{measure}'", "a measure of the bundle", did_you_mean(measure, UNITS))
        return measure

    def _country(self, row: Row) -> str:
        text = row.cells.get("country", "")
        # Customs tables of the United Nations write Taiwan as 490, Other Asia, which is no code of ISO 3166.
        text = "Other Asia, nes" if text.removesuffix(".0") == OTHER_ASIA else text
        iso3 = WORLD if text.casefold() in {"wld", "world"} else self.known.countries.resolve(text)
        if iso3 is None:
            self._note(row, "country", f"'{text}'", "one country, or WLD", self.known.countries.suggest(text))
        return iso3 or ""

    def _year(self, row: Row) -> int:
        text = row.cells.get("year", "").removesuffix(".0")
        if text.isdigit() and EARLIEST <= int(text) <= LATEST:
            return int(text)
        self._note(row, "year", f"'{text}'", "one year, such as 2024", "write one row per year, without span or dash")
        return 0

    def _number(self, row: Row, column: str) -> float | None:
        text = row.cells.get(column, "")
        if not text and column != "value":
            return None
        number, remedy = read_number(text, delimiter=self.sheet.delimiter)
        if number is None:
            self._note(row, column, f"'{text}'", "a number", remedy)
        return number

    def _unit(self, row: Row, measure: str) -> tuple[str, float]:
        kept, units = UNITS.get(measure, ("", {}))
        text = row.cells.get("unit", "")
        if text not in units and units:
            expected = f"a unit of {measure}: {', '.join(units)}"
            rates = [each for each in units if text and each.split("/")[0] == text.split("/")[0]]
            remedy = (
                f"did you mean {' or '.join(repr(each) for each in rates)}?" if rates else did_you_mean(text, units)
            )
            self._note(row, "unit", f"'{text}'", expected, remedy)
        return (text if text.startswith("million m3") else kept), units.get(text, 1.0)

    def _stage(self, row: Row, mineral: str, measure: str) -> str:
        stage = row.cells.get("stage", "").casefold()
        stages = self.known.stages.get(mineral, (stage,))
        if stage not in stages and (stage or measure in STAGED):
            remedy = did_you_mean(stage, stages) if stage else f"write one of: {', '.join(stages)}"
            self._note(row, "stage", f"'{stage}'", f"a stage of {mineral}'s chain", remedy)
        return stage

    def _basis(self, row: Row, mineral: str, measure: str, stage: str) -> str:
        basis = row.cells.get("basis", "")
        weights = self.known.weights.get((mineral, measure, stage), frozenset())
        if weights and basis not in weights and UNITS.get(measure, ("",))[0] in {"t/yr", "t"}:
            shown = " or ".join(f"'{each}'" for each in sorted(weights))
            remedy = "convert the number and write that; gross weight, content and oxide are never added up"
            self._note(row, "basis", f"'{basis}'", f"what the bundle weighs here: {shown}", remedy)
        return basis

    def _answered_for(self, row: Row) -> tuple[str, str, str]:
        source, reason = row.cells.get("source", ""), row.cells.get("reason", "")
        grade = row.cells.get("grade", "") or (ASSUMED if source == ASSUMED else "C")
        if not source:
            self._note(row, "source", "an empty cell", "who says so", "name the source, or write assumed with a reason")
        if grade not in GRADES or (grade == ASSUMED) != (source == ASSUMED):
            self._note(
                row, "grade", f"'{grade}'", f"one of {', '.join(GRADES)}", "assumed goes with source assumed only"
            )
        if grade in {ASSUMED, "derived"} and not reason:
            self._note(
                row, "reason", "an empty cell", "why this number", "say how it was derived, or why it is assumed"
            )
        return source, grade, reason
