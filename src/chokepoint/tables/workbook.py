"""One workbook with a sheet per table, the same bytes from the same tables."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
import zipfile
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from chokepoint.tables import table as tables_

LONGEST_SHEET_NAME = 31
WIDEST = 60
EPOCH = (1980, 1, 1, 0, 0, 0)
"""Every file inside the workbook bears this date: the earliest a zip archive can hold."""

CHANGED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def write_workbook(tables: Sequence[tables_.Table], path: Path) -> None:
    """Write tables into a workbook, the last one (the description of the columns) first.

    Args:
        tables: at least one.
        path: the .xlsx file to write.
    """
    workbook = Workbook(write_only=True)
    names = _sheet_names([table.name for table in tables])
    for table, name in sorted(zip(tables, names, strict=True), key=lambda each: each[0] is not tables[-1]):
        _fill(workbook.create_sheet(name), table)
    buffer = io.BytesIO()
    workbook.save(buffer)
    path.write_bytes(_without_dates(buffer))


def _sheet_names(names: Sequence[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        short = name[:LONGEST_SHEET_NAME]
        number = 2
        while short in found:
            ending = f"_{number}"
            short = name[: LONGEST_SHEET_NAME - len(ending)] + ending
            number += 1
        found.append(short)
    return found


def _fill(sheet: Any, table: tables_.Table) -> None:  # noqa: ANN401
    sheet.freeze_panes = "A2"
    for number, column in enumerate(table.columns):
        longest = max((len(str(row[number])) for row in table.rows), default=0)
        width = min(WIDEST, max(len(column.name), longest) + 2)
        sheet.column_dimensions[get_column_letter(number + 1)].width = width
    header = [_text(sheet, column.name) for column in table.columns]
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    for row in table.rows:
        sheet.append([_cell(sheet, cell) for cell in row])


def _cell(sheet: Any, cell: tables_.Cell) -> object:  # noqa: ANN401
    if isinstance(cell, str):
        return _text(sheet, cell)
    if isinstance(cell, float) and math.isinf(cell):
        # A workbook has no infinity.
        return _text(sheet, str(cell))
    return cell


def _text(sheet: Any, text: str) -> Cell:  # noqa: ANN401
    """Return a cell that stays text whatever it begins with."""
    cell = WriteOnlyCell(sheet, value=None)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)
    cell.data_type = "s"
    if text.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True
    return cell


def _without_dates(workbook: io.BytesIO) -> bytes:
    """Return the archive with every date in it fixed."""
    fixed = dt.datetime(*EPOCH, tzinfo=dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    result = io.BytesIO()
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(result, "w") as copy:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = CHANGED.sub(rb"\g<1>" + fixed, content)
            entry = zipfile.ZipInfo(name, date_time=EPOCH)
            entry.external_attr = 0o644 << 16
            copy.writestr(entry, content, compress_type=zipfile.ZIP_DEFLATED, compresslevel=6)
    return result.getvalue()
