"""The first sheet of a .xlsx workbook as lines of text."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from chokepoint.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl.workbook import Workbook

SHEET = "position"
UNREADABLE = (BadZipFile, ParseError, KeyError, ValueError, OSError, IndexError)


def read_workbook(path: Path) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """Read the sheet called ``position``, or the first one.

    Numbers are written out in full, so that what follows need not care which kind of file they came from.

    Args:
        path: a .xlsx file.

    Returns:
        Line number and stripped cells of each row; and every problem found.
    """
    values, problem = _opened(path, is_computed=True)
    formulas, _ = _opened(path, is_computed=False)
    if values is None or formulas is None:
        return [], [problem] if problem else []
    lines: list[tuple[int, list[str]]] = []
    problems: list[Problem] = []
    try:
        for number, (cells, written) in enumerate(zip(_rows(values), _rows(formulas), strict=True), start=1):
            lines.append((number, [_text(cell) for cell in cells]))
            problems += [
                _never_computed(f"{path.name}:{number}", str(formula))
                for cell, formula in zip(cells, written, strict=True)
                if cell is None and formula is not None
            ]
    except UNREADABLE as error:
        problems = [_does_not_open(path.name, error)]
    finally:
        values.close()
        formulas.close()
    return lines, problems


def _rows(workbook: Workbook) -> Iterator[tuple[object, ...]]:
    sheets = workbook.worksheets
    sheet = next((each for each in sheets if each.title.casefold() == SHEET), sheets[0])
    # Some programs note a wrong size of the sheet in the file; the rows themselves are right.
    sheet.reset_dimensions()
    yield from sheet.iter_rows(values_only=True)


def _opened(path: Path, *, is_computed: bool) -> tuple[Workbook | None, Problem | None]:
    try:
        return load_workbook(path, read_only=True, data_only=is_computed), None
    except (*UNREADABLE, InvalidFileException) as error:
        return None, _does_not_open(path.name, error)


def _does_not_open(file: str, error: Exception) -> Problem:
    return Problem(
        where=file,
        found=f"a file that does not open as a workbook ({type(error).__name__})",
        expected="a .xlsx workbook without a password",
        remedy="open it in a spreadsheet program and save it again as .xlsx, or as CSV UTF-8",
    )


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool | dt.date | dt.time):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _never_computed(where: str, formula: str) -> Problem:
    return Problem(
        where=where,
        found=f"a formula without a saved result ({formula})",
        expected="a number or text",
        remedy="open it in a spreadsheet program and save it there, or write the number itself",
    )
