"""A user's table from a .csv or .xlsx file, as text cells that know their line."""

from __future__ import annotations

import codecs
import csv
import difflib
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.errors import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

LARGEST_BYTES = 20_000_000
"""A position of this size is a mistake (somebody named a database export), not a position."""

DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One line of the table below the header.

    Args:
        line: its number in the file, the header being 1.
        cells: text by column, stripped; an empty cell is the empty text.
    """

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A table as it stands in the file, before anything is made of its cells.

    Args:
        file: name of the file, for messages.
        delimiter: what parts the cells of a .csv; empty for a .xlsx.
        rows: the lines below the header, blank ones left out.
    """

    file: str
    delimiter: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """The columns a table may have.

    Args:
        required: those it must have.
        optional: those it may have besides.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[str, ...]:
        """All of them."""
        return self.required + self.optional


def read_sheet(path: Path, columns: Columns) -> tuple[Sheet | None, list[Problem]]:
    """Read a table and check its shape, not its cells.

    Args:
        path: a .csv (parted by commas, semicolons or tabs; UTF-8 or UTF-16) or a .xlsx file.
        columns: the columns it must and may have.

    Returns:
        The table, or None when the file cannot be read as one; and every problem found.
    """
    problem = _cannot_be_opened(path)
    if problem:
        return None, [problem]
    if path.suffix.casefold() == ".csv":
        delimiter, lines, problems = _csv_lines(path, columns)
    else:
        # openpyxl takes a fifth of a second to import, and only those who use .xlsx should wait for it.
        from chokepoint.records.workbook import read_workbook  # noqa: PLC0415

        delimiter, (lines, problems) = "", read_workbook(path)
    if problems:
        return None, problems
    lines = [(number, cells) for number, cells in lines if any(cells)]
    if not lines:
        return None, [_empty(path.name, columns)]
    return _table(path.name, delimiter, lines, columns)


def _cannot_be_opened(path: Path) -> Problem | None:
    expected, remedy = "a .csv or .xlsx file", "save the table as .csv (UTF-8) or .xlsx and name that file"
    if path.suffix.casefold() not in {".csv", ".xlsx"}:
        return Problem(where=str(path), found=f"the ending '{path.suffix}'", expected=expected, remedy=remedy)
    if not path.is_file():
        found = "a folder" if path.is_dir() else "no such file"
        return Problem(where=str(path), found=found, expected=expected, remedy="check the name and the folder")
    if path.stat().st_size > LARGEST_BYTES:
        found = f"{path.stat().st_size / 1e6:.0f} MB"
        return Problem(where=path.name, found=found, expected="a table of at most 20 MB", remedy="keep its lines only")
    return None


def _empty(file: str, columns: Columns) -> Problem:
    return Problem(
        where=file,
        found="an empty file",
        expected=f"a header line ({', '.join(columns.required)}) and one line per good",
        remedy="fill it in, or start from the example that ships (examples/position.csv)",
    )


def _csv_lines(path: Path, columns: Columns) -> tuple[str, list[tuple[int, list[str]]], list[Problem]]:
    text, problem = _decoded(path)
    if problem:
        return "", [], [problem]
    first = text.lstrip().split("\n", 1)[0]
    hint = re.fullmatch(r"sep=(.)\s*", first)
    header = text.lstrip().split("\n", 2)[1] if hint and "\n" in text.lstrip() else first
    delimiter = _delimiter(header, columns)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[tuple[int, list[str]]] = []
    before = 0
    try:
        for cells in reader:
            lines.append((before + 1, [cell.strip() for cell in cells]))
            before = reader.line_num
    except csv.Error as error:
        found = f"cells that cannot be told apart ({error})"
        remedy = "close every quotation mark, and double those inside a cell"
        expected = f"cells parted by '{delimiter}'"
        return "", [], [Problem(where=f"{path.name}:{before + 1}", found=found, expected=expected, remedy=remedy)]
    return delimiter, lines[1:] if hint else lines, []


def _decoded(path: Path) -> tuple[str, Problem | None]:
    content = path.read_bytes()
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if marked else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = f"a byte (0x{content[error.start]:02x}) that is not UTF-8"
    else:
        if "\0" not in text:
            return text, None
        line = text[: text.index("\0")].count("\n") + 1
        found = "a zero byte, which no text holds"
    remedy = "save it again as 'CSV UTF-8', or as .xlsx"
    return "", Problem(where=f"{path.name}:{line}", found=found, expected="text in UTF-8", remedy=remedy)


def _delimiter(header: str, columns: Columns) -> str:
    """Return the delimiter under which the header names most known columns; a comma when none does."""

    def known(delimiter: str) -> int:
        return sum(column_name(cell.strip('"')) in columns.known for cell in header.strip().split(delimiter))

    return max(DELIMITERS, key=known)


def column_name(text: str) -> str:
    """Return a header cell as a column is spelt here.

    Example:
        >>> column_name(" Monthly need")
        'monthly_need'
    """
    return re.sub(r"[\s\-]+", "_", text.strip().casefold())


def _table(
    file: str, delimiter: str, lines: Sequence[tuple[int, list[str]]], columns: Columns
) -> tuple[Sheet, list[Problem]]:
    first, header = lines[0]
    names = [column_name(cell) for cell in header]
    problems = list(_header_problems(f"{file}:{first}", names, columns))
    rows: list[Row] = []
    for number, cells in lines[1:]:
        if any(cells[len(names) :]) or any(cell and not name for name, cell in zip(names, cells, strict=False)):
            problems.append(_loose_cell(f"{file}:{number}", delimiter, len(names), len(cells)))
        padded = cells + [""] * (len(names) - len(cells))
        rows.append(Row(line=number, cells=dict(zip(names, padded, strict=False))))
    if not rows:
        problems.append(_empty(file, columns))
    return Sheet(file=file, delimiter=delimiter, rows=tuple(rows)), problems


def _header_problems(where: str, names: Sequence[str], columns: Columns) -> Iterable[Problem]:
    unknown = [name for name in names if name and name not in columns.known]
    misspelt: set[str] = set()
    for column in columns.required:
        if column not in names:
            near = difflib.get_close_matches(column, unknown, n=1)
            misspelt.update(near)
            yield Problem(
                where=where,
                found=f"no column '{column}'",
                expected=f"the columns {', '.join(columns.required)}",
                remedy=f"did you mean it by '{near[0]}'?" if near else f"add a column '{column}'",
            )
    for name in dict.fromkeys(unknown):
        if name not in misspelt:
            near = did_you_mean(name, columns.known)
            hint = near if near.startswith("did you mean") else "delete it, or move it into 'note'"
            expected = f"only {', '.join(columns.known)}"
            yield Problem(where=where, found=f"an unknown column '{name}'", expected=expected, remedy=hint)
    for name in sorted({name for name in names if name and names.count(name) > 1}):
        found = f"the column '{name}' {names.count(name)} times"
        yield Problem(where=where, found=found, expected="each column once", remedy="keep one of them")


def _loose_cell(where: str, delimiter: str, width: int, found: int) -> Problem:
    quotes = f", and put a cell that holds '{delimiter}' in quotation marks" if delimiter else ""
    return Problem(
        where=where,
        found=f"text outside the columns ({found} cells)",
        expected=f"{width} cells, each under a column with a name",
        remedy=f"name the column or empty the cell{quotes}",
    )
