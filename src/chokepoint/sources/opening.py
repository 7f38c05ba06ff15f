"""Open a publisher's file, whatever holds it, and find the tables in it: CSV, JSON, a workbook, or a zip of these."""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, cast

from chokepoint.errors import DataError, Problem
from chokepoint.sources.publisher import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

HEAD_BYTES = 65_536
HEAD_ROWS = 15
"""Publishers print titles above a table; the header is looked for in this many rows."""

DAMAGE = (zipfile.BadZipFile, EOFError, zlib.error)
DELIMITERS = (",", ";", "\t")


class Form(Enum):
    """What a table is written in."""

    TEXT = "text"
    JSON = "json"
    SHEET = "sheet"


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One table in a file.

    Args:
        file: the file on disk.
        member: its name in the zip; empty where the file is no zip.
        sheet: its name in the workbook; empty where there is none.
        form: what it is written in.
        rows: its first rows, for each delimiter they may be parted by.
        bytes: its size.
        crc: checksum the zip holds; None outside one.
    """

    file: Path
    member: str
    sheet: str
    form: Form
    rows: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    bytes: int
    crc: int | None

    @property
    def name(self) -> str:
        """What a person would call it."""
        name = self.member.rpartition("/")[2] or self.file.name
        return f"{name} sheet {self.sheet}" if self.sheet else name


def parts_of(path: Path) -> tuple[Part, ...]:
    """List the tables in a file; members of a zip that are no tables are passed over.

    Raises:
        DataError: the file is not there, or a zip or workbook that breaks off.
    """
    if not path.is_file():
        raise DataError([_problem(path, "no file", "a file as its publisher offers it", "check the name")])
    try:
        return tuple(_parts(path))
    except DAMAGE as error:
        raise DataError([damaged(path, error)]) from error
    except OSError as error:
        found = f"a file that cannot be read ({error.strerror or type(error).__name__})"
        raise DataError([_problem(path, found, "a file you may read", "check who may read it")]) from error


def damaged(path: Path, error: Exception) -> Problem:
    """Say that a zip or workbook is not whole."""
    found = f"an archive that breaks off or is damaged ({error})"
    return _problem(
        path, found, "the whole archive", "download it again: 'chokepoint sources fetch' takes up where it broke off"
    )


def _problem(path: Path, found: str, expected: str, remedy: str) -> Problem:
    return Problem(where=path.name, found=found, expected=expected, remedy=remedy)


def _parts(path: Path) -> Iterator[Part]:
    suffix = path.suffix.casefold()
    if suffix in {".xlsx", ".xlsm"}:
        yield from _sheets(path)
    elif suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                if member.is_dir() or not member.filename.casefold().endswith((".csv", ".txt", ".json")):
                    continue
                with archive.open(member) as stream:
                    yield _part(path, member.filename, stream, member.file_size, member.CRC)
    else:
        with path.open("rb") as stream:
            yield _part(path, "", stream, path.stat().st_size, None)


def _part(path: Path, member: str, stream: Any, size: int, crc: int | None) -> Part:  # noqa: ANN401
    name = member or path.name
    is_json = name.casefold().endswith(".json")
    if is_json:
        first = _records(stream.read(), name)[:1]
        rows = ((",", (tuple(first[0]) if first else (),)),)
    else:
        rows = _head(stream.read(HEAD_BYTES), whole=size <= HEAD_BYTES)
    form = Form.JSON if is_json else Form.TEXT
    return Part(file=path, member=member, sheet="", form=form, rows=rows, bytes=size, crc=crc)


def _head(content: bytes, *, whole: bool) -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    else:
        # A header is plain ASCII in every layout; which encoding the rest is in is asked when it is read.
        text = content.decode("utf-8-sig", errors="replace")
    lines = text.splitlines()
    lines = lines[: HEAD_ROWS + 1] if whole else lines[:-1][: HEAD_ROWS + 1]
    return tuple(
        (mark, tuple(tuple(cell.strip() for cell in row) for row in csv.reader(lines, delimiter=mark)))
        for mark in DELIMITERS
    )


def _records(content: bytes, name: str) -> list[dict[str, Any]]:
    """Return the records of a JSON answer: a list, or an object with the list under ``data``."""
    try:
        found: Any = json.loads(content.decode("utf-8-sig"))
    except ValueError as error:
        wrong = f"JSON that breaks off or is damaged ({error})"
        problem = Problem(where=name, found=wrong, expected="a whole answer", remedy="download it again")
        raise DataError([problem]) from error
    if isinstance(found, dict):
        found = cast("dict[str, Any]", found).get("data", [])
    records = cast("list[Any]", found) if isinstance(found, list) else []
    return [cast("dict[str, Any]", each) for each in records if isinstance(each, dict)]


def _sheets(path: Path) -> Iterator[Part]:
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import, and few files are workbooks

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except KeyError as error:
        raise DataError([damaged(path, error)]) from error
    try:
        for sheet in book.worksheets:
            rows = tuple(
                tuple("" if cell is None else str(cell).strip() for cell in row)
                for row in sheet.iter_rows(max_row=HEAD_ROWS, values_only=True)
            )
            yield Part(
                file=path,
                member="",
                sheet=sheet.title,
                form=Form.SHEET,
                rows=((",", rows),),
                bytes=path.stat().st_size,
                crc=None,
            )
    finally:
        book.close()


def lines_of(part: Part, *, delimiter: str, header: int, encodings: tuple[str, ...]) -> Iterator[Line]:
    """Yield the lines under the header.

    Args:
        part: the table.
        delimiter: what parts the cells.
        header: number of the header's row, from 0.
        encodings: tried in this order.

    Raises:
        DataError: no encoding fits, or the archive is damaged.
    """
    if part.form is Form.JSON:
        for number, record in enumerate(_records(content_of(part), part.name), start=1):
            cells = {key: "" if value is None else str(value) for key, value in record.items()}
            yield Line(where=f"{part.name} record {number}", cells=cells)
        return
    rows = _rows_of_sheet(part) if part.form is Form.SHEET else _rows_of_text(part, delimiter, encodings)
    names: tuple[str, ...] = ()
    for number, row in rows:
        if number <= header:
            names = tuple(cell.strip() for cell in row)
        elif any(cell.strip() for cell in row):
            padded = [*row, *[""] * (len(names) - len(row))]
            yield Line(where=f"{part.name}:{number + 1}", cells=dict(zip(names, padded, strict=False)))


def _rows_of_text(part: Part, delimiter: str, encodings: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(decoded(part, encodings), newline=""), delimiter=delimiter)
    start = 0
    for row in reader:
        yield start, row
        start = reader.line_num


def _rows_of_sheet(part: Part) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import, and few files are workbooks

    book = load_workbook(part.file, read_only=True, data_only=True)
    try:
        rows: Iterable[tuple[object, ...]] = book[part.sheet].iter_rows(values_only=True)
        for number, row in enumerate(rows):
            yield number, ["" if cell is None else str(cell) for cell in row]
    finally:
        book.close()


def content_of(part: Part) -> bytes:
    """Return the bytes of a part that is no sheet."""
    if not part.member:
        return part.file.read_bytes()
    try:
        with zipfile.ZipFile(part.file) as archive:
            return archive.read(part.member)
    except DAMAGE as error:
        raise DataError([damaged(part.file, error)]) from error


def decoded(part: Part, encodings: tuple[str, ...]) -> str:
    """Return the text of a part.

    Raises:
        DataError: a byte that none of the encodings knows, with its line.
    """
    content = content_of(part)
    first: UnicodeDecodeError | None = None
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            first = first or error
    assert first is not None  # noqa: S101 - there is at least one encoding
    raise DataError([undecodable(part.name, content.count(b"\n", 0, first.start) + 1, content[first.start], encodings)])


def undecodable(name: str, line: int, byte: int, encodings: tuple[str, ...]) -> Problem:
    """Say which byte of which line is no letter."""
    known = " or ".join("UTF-8" if each.startswith("utf-8") else "Windows-1252" for each in encodings)
    remedy = "take the publisher's own file, or save this one again as UTF-8"
    return Problem(
        where=f"{name}:{line}", found=f"the byte 0x{byte:02x}, which is no text there", expected=known, remedy=remedy
    )


def copy_text(part: Part, stream: BinaryIO, chunk_bytes: int = 1 << 22) -> Iterator[int]:
    """Write the bytes of a part of a zip to a stream, yielding how many are written.

    Raises:
        DataError: the archive is damaged.
    """
    done = 0
    try:
        with zipfile.ZipFile(part.file) as archive, archive.open(part.member) as source:
            while chunk := source.read(chunk_bytes):
                stream.write(chunk)
                done += len(chunk)
                yield done
    except DAMAGE as error:
        raise DataError([damaged(part.file, error)]) from error
