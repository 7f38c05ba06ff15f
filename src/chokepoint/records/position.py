"""A user's own position: what each line needs, from whom, what is in store and what stands still without it.

The file never leaves the machine. Every problem in it is collected and raised once.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chokepoint.errors import DataError, Problem, did_you_mean
from chokepoint.records.number import read_number
from chokepoint.records.spreadsheet import Columns, Row, Sheet, read_sheet
from chokepoint.units import TONNES_PER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from chokepoint.countries import Countries

COLUMNS = Columns(
    required=(
        "good",
        "home",
        "monthly_need",
        "unit",
        "suppliers",
        "stock",
        "months_to_replace",
        "value_of_output_usd_per_unit",
    ),
    optional=("name", "note", "replacement_country"),
)
UNITS = ("t", "kg")
SHARE_TOLERANCE = 1e-6


@dataclass(frozen=True, kw_only=True, slots=True)
class Supplier:
    """A country the line buys from, and the share of the need it covers (0 to 1)."""

    country: str
    share: float


@dataclass(frozen=True, kw_only=True, slots=True)
class PositionLine:
    """One good that one site or firm cannot do without. Quantities are in tonnes whatever the file used.

    Args:
        line: its number in the file.
        name: what the user calls it; empty when it has no name.
        good: code of the good.
        home: ISO code of the country it is used in.
        need_t_per_month: what it uses when nothing is missing.
        stock_t: what lies in store at the start.
        suppliers: where the need comes from; the shares sum to 1.
        months_to_replace: months until a replacement source delivers.
        value_of_output_usd_per_t: output lost per tonne of the good missing.
        unit: unit the file used (``t`` or ``kg``).
        replacement_country: where a second source would be, when the user knows it.
        note: the user's own words.
    """

    line: int
    name: str
    good: str
    home: str
    need_t_per_month: float
    stock_t: float
    suppliers: tuple[Supplier, ...]
    months_to_replace: float
    value_of_output_usd_per_t: float
    unit: str
    replacement_country: str | None = None
    note: str = ""

    @property
    def title(self) -> str:
        """What to call the line in a table: its name, or its good and home."""
        return self.name or f"{self.good} in {self.home}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Position:
    """All lines of a user's file.

    Args:
        file: name of the file, without its folder.
        lines: at least one.
    """

    file: str
    lines: tuple[PositionLine, ...]


def read_position(path: Path | str, *, goods: Collection[str], countries: Countries) -> Position:
    """Read a position from a .csv or .xlsx file.

    Args:
        path: the user's file.
        goods: codes of the goods that are known.
        countries: the crosswalk of country names.

    Returns:
        The position, in tonnes and ISO codes.

    Raises:
        DataError: everything that is wrong with the file, numbered, with line and column.
    """
    sheet, problems = read_sheet(Path(path), COLUMNS)
    if sheet is None:
        raise DataError(problems)
    reading = _Reading(goods=goods, countries=countries, sheet=sheet, problems=problems, spellings=defaultdict(list))
    lines = [line for row in sheet.rows if (line := reading.line(row))]
    problems += _spelt_differently(sheet.file, reading.spellings)
    problems += _repeated(sheet.file, lines)
    if problems:
        raise DataError(problems)
    return Position(file=sheet.file, lines=tuple(lines))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reading:
    """One pass over a table: what is known, and what was found wrong so far."""

    goods: Collection[str]
    countries: Countries
    sheet: Sheet
    problems: list[Problem]
    spellings: dict[str, list[tuple[str, int, str]]]

    def line(self, row: Row) -> PositionLine | None:
        """Return the line a row holds, or None when something in it cannot be read."""
        good, unit = self._good(row), self._unit(row)
        home = self._country(row, "home", row.cells.get("home", ""))
        second = row.cells.get("replacement_country", "")
        replacement = self._country(row, "replacement_country", second) if second else None
        need = self._number(row, "monthly_need", is_zero_allowed=False)
        stock = self._number(row, "stock")
        months = self._number(row, "months_to_replace")
        value = self._number(row, "value_of_output_usd_per_unit")
        suppliers = self._suppliers(row)
        if not (good and unit and home and need and suppliers) or None in (stock, months, value):
            return None
        tonnes = TONNES_PER[unit]
        return PositionLine(
            line=row.line,
            name=row.cells.get("name", ""),
            good=good,
            home=home,
            need_t_per_month=need * tonnes,
            stock_t=(stock or 0.0) * tonnes,
            suppliers=suppliers,
            months_to_replace=months or 0.0,
            value_of_output_usd_per_t=(value or 0.0) / tonnes,
            unit=unit,
            replacement_country=replacement,
            note=row.cells.get("note", ""),
        )

    def _note(self, row: Row, column: str, found: str, expected: str, remedy: str) -> None:
        # A column that is missing was reported once for the whole file.
        if column in row.cells:
            where = f"{self.sheet.file}:{row.line} column {column}"
            self.problems.append(Problem(where=where, found=found, expected=expected, remedy=remedy))

    def _good(self, row: Row) -> str | None:
        text = row.cells.get("good", "")
        code = re.sub(r"[\s\-]+", "_", text.casefold())
        if code in self.goods:
            return code
        expected = "the code of a good that is known"
        self._note(row, "good", _shown(text), expected, did_you_mean(code, self.goods))
        return None

    def _unit(self, row: Row) -> str | None:
        text = row.cells.get("unit", "")
        if text in UNITS:
            return text
        remedy = "write t (1000 kg) or kg, and give need, stock and value per that unit"
        self._note(row, "unit", _shown(text), "t or kg", remedy)
        return None

    def _country(self, row: Row, column: str, text: str) -> str | None:
        iso3 = self.countries.resolve(text) if text else None
        if iso3:
            self.spellings[iso3].append((text, row.line, column))
            return iso3
        remedy = self.countries.suggest(text) if text else "write its ISO 3166 code (CHN, DEU, JPN)"
        self._note(row, column, _shown(text), "a country", remedy)
        return None

    def _number(self, row: Row, column: str, *, is_zero_allowed: bool = True) -> float | None:
        text = row.cells.get(column, "")
        expected = "a number, 0 or more" if is_zero_allowed else "a number above 0"
        number, remedy = read_number(text, delimiter=self.sheet.delimiter)
        if number is not None and (number > 0.0 or (is_zero_allowed and number == 0.0)):
            return number
        self._note(row, column, _shown(text), expected, remedy or "check the sign and the number")
        return None

    def _suppliers(self, row: Row) -> tuple[Supplier, ...] | None:
        text = row.cells.get("suppliers", "")
        entries = [entry.strip() for entry in re.split(r"[;|\n]", text) if entry.strip()]
        expected = "countries with their shares, such as 'CHN 0.8; JPN 0.2'"
        if not entries:
            self._note(row, "suppliers", _shown(text), expected, "name at least one country; your own may be one")
            return None
        read = [self._supplier(row, entry, expected) for entry in entries]
        suppliers = tuple(each for each in read if each)
        if len(suppliers) < len(read) or self._has_doubles(row, suppliers):
            return None
        total = math.fsum(each.share for each in suppliers)
        if abs(total - 1.0) > SHARE_TOLERANCE:
            is_percent = abs(total - 100.0) <= 100 * SHARE_TOLERANCE
            remedy = (
                "write 0.8 or 80 % for eighty per cent" if is_percent else "correct the shares, or name who is left"
            )
            self._note(row, "suppliers", f"shares that sum to {total:.6g}", "shares that sum to 1", remedy)
            return None
        return suppliers

    def _supplier(self, row: Row, entry: str, expected: str) -> Supplier | None:
        parts = re.fullmatch(r"(.*?)[\s:=]+(\S+?)\s*(%?)", entry)
        if not parts:
            self._note(row, "suppliers", _shown(entry), expected, "write the country, a space and its share")
            return None
        name, amount, percent = parts.groups()
        country = self._country(row, "suppliers", name.strip())
        number, remedy = read_number(amount, delimiter=self.sheet.delimiter)
        share = None if number is None else number / (100.0 if percent else 1.0)
        if share is None or share <= 0.0:
            remedy = remedy or "leave out a country that supplies nothing"
            self._note(row, "suppliers", _shown(entry), "a share above 0", remedy)
            return None
        return Supplier(country=country, share=share) if country else None

    def _has_doubles(self, row: Row, suppliers: tuple[Supplier, ...]) -> bool:
        codes = [each.country for each in suppliers]
        doubles = sorted({code for code in codes if codes.count(code) > 1})
        for code in doubles:
            total = math.fsum(each.share for each in suppliers if each.country == code)
            found = f"{self.countries.name(code)} {codes.count(code)} times"
            remedy = f"write '{code} {total:.6g}' if the shares add up"
            self._note(row, "suppliers", found, "each country once", remedy)
        return bool(doubles)


def _spelt_differently(file: str, spellings: dict[str, list[tuple[str, int, str]]]) -> Iterable[Problem]:
    for iso3, places in sorted(spellings.items(), key=lambda each: each[1][0][1]):
        words = list(dict.fromkeys(text for text, _, _ in places))
        if len({word.casefold() for word in words}) > 1:
            lines = sorted({line for _, line, _ in places})
            more = f" (and lines {', '.join(map(str, lines[1:]))})" if len(lines) > 1 else ""
            yield Problem(
                where=f"{file}:{places[0][1]} column {places[0][2]}{more}",
                found="one country under different names: " + ", ".join(f"'{word}'" for word in words),
                expected="one spelling of a country in the whole file",
                remedy=f"write {iso3} everywhere",
            )


def _repeated(file: str, lines: Iterable[PositionLine]) -> Iterable[Problem]:
    first: dict[tuple[str, str, str], int] = {}
    for line in lines:
        line_before = first.setdefault((line.good, line.home, line.name), line.line)
        if line_before != line.line:
            yield Problem(
                where=f"{file}:{line.line}",
                found=f"{line.good} in {line.home} again, as on line {line_before}",
                expected="one line for a good and home, unless their names differ",
                remedy="add the two up, or give each a name in the column 'name'",
            )


def _shown(text: str) -> str:
    short = text if len(text) <= 60 else text[:57] + "..."  # noqa: PLR2004
    return f"'{short}'" if short else "an empty cell"
