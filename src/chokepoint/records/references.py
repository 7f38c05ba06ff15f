"""The sources by key, as ``references.bib`` gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ENTRY = re.compile(r"@\w+\{\s*([^,\s]+)\s*,(.*?)\n\}", re.DOTALL)
FIELD = re.compile(r"(\w+)\s*=\s*\{(.*?)\}\s*,?\s*\n", re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """One source.

    Args:
        key: how figures name it.
        author, title, year, note: as in the file, braces removed; empty where it does not say.
    """

    key: str
    author: str
    title: str
    year: str
    note: str

    def __str__(self) -> str:
        """Return it in one line."""
        parts = (self.author, self.title, self.year, self.note)
        return ". ".join(part.rstrip(".") for part in parts if part) + "."


def read_references(path: Path) -> dict[str, Reference]:
    """Read every entry of a bibliography by its key.

    Only what this project's own file uses is understood: one field a line, values in braces.
    """
    found: dict[str, Reference] = {}
    for key, body in ENTRY.findall(path.read_text(encoding="utf-8")):
        fields = {name.lower(): re.sub(r"[{}\\]", "", value).strip() for name, value in FIELD.findall(body + "\n")}
        found[key] = Reference(
            key=key,
            author=fields.get("author", ""),
            title=fields.get("title", ""),
            year=fields.get("year", ""),
            note=fields.get("note", ""),
        )
    return found
