"""XML that nobody vouches for, as plain elements that know their line: no document types, no entities, no surprises."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from chokepoint.errors import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 64 * 2**20
DEEPEST = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Element:
    """One element.

    Args:
        tag: its name; attributes: by name; line: where it begins, from 1; children: elements within, in order.
    """

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Element] = field(default_factory=list["Element"])

    def all(self, tag: str) -> Iterator[Element]:
        """Yield the children of a name."""
        return (child for child in self.children if child.tag == tag)


class _Refused(Exception):  # noqa: N818  # leaves the parser, never this module
    """Something XML allows and a domain file has no use for."""

    def __init__(self, found: str, line: int) -> None:
        super().__init__(found)
        self.found = found
        self.line = line


def read_markup(path: Path) -> Element:
    """Read an XML file.

    A document type declaration is refused before it is read: entities that expand to gigabytes or fetch other files
    begin there, and no domain needs one.

    Raises:
        DataError: a file that is not there, too large, not XML, or that declares a document type.
    """
    expected = "an XML file"
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        found = (error.strerror or "a file that cannot be read").lower()
        raise DataError(
            [Problem(where=str(path), found=found, expected=expected, remedy="check the name and the folder")]
        ) from error
    if size > LARGEST:
        found, expected = f"{size / 2**20:.0f} MB", f"at most {LARGEST // 2**20} MB"
        raise DataError([Problem(where=str(path), found=found, expected=expected, remedy="split the domain")])
    try:
        return _parse(data)
    except expat.ExpatError as error:
        where, found = f"{path.name}:{error.lineno}:{error.offset + 1}", expat.ErrorString(error.code)
        remedy = "open and close every element, with attributes in quotation marks"
        raise DataError([Problem(where=where, found=found, expected=expected, remedy=remedy)]) from error
    except _Refused as refused:
        where, remedy = f"{path.name}:{refused.line}", "take it out; nothing in a domain needs it"
        raise DataError(
            [Problem(where=where, found=refused.found, expected="plain elements", remedy=remedy)]
        ) from refused


def _parse(data: bytes) -> Element:
    """Return the outermost element."""
    parser = expat.ParserCreate()
    inside: list[Element] = []
    outermost: list[Element] = []

    def begin(tag: str, attributes: dict[str, str]) -> None:
        element = Element(tag=tag, attributes=attributes, line=parser.CurrentLineNumber)
        if len(inside) >= DEEPEST:
            found = f"elements more than {DEEPEST} deep"
            raise _Refused(found, element.line)
        (inside[-1].children if inside else outermost).append(element)
        inside.append(element)

    def end(_: str) -> None:
        inside.pop()

    def refuse(*_: object) -> None:
        found = "a document type declaration"
        raise _Refused(found, parser.CurrentLineNumber)

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.Parse(data, True)  # noqa: FBT003  # the parser takes no keywords
    return outermost[0]
