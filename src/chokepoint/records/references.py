"""The sources by key, as ``references.bib`` gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

ENTRY = re.compile(r"@\w+\{\s*([^,\s]+)\s*,(.*?)\n\}", re.DOTALL)
FIELD = re.compile(r"(\w+)\s*=\s*\{(.*?)\}\s*,?\s*\n", re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """One source.

    Args:
        key: how figures name it.
        author, title, year, note: as in the file, braces removed; empty where it does not say.
        published: journal with volume and pages, or publisher; empty where it does not say.
        link: address of the work, by its DOI where it has one; empty where it has neither.
    """

    key: str
    author: str
    title: str
    year: str
    note: str
    published: str = ""
    link: str = ""

    @property
    def citation(self) -> str:
        """The work itself in one line, without the note on how it was read."""
        return sentence(self.author, self.title, self.published, self.year)

    @property
    def entry(self) -> str:
        """The work as an entry of a bibliography."""
        named = {"author": self.author, "title": self.title, "year": self.year, "url": self.link, "note": self.note}
        lines = [f"  {name} = {{{text}}}," for name, text in named.items() if text]
        return "\n".join([f"@misc{{{self.key},", *lines, "}"])

    def __str__(self) -> str:
        """Return the citation, where to find it, and how it was read."""
        return " ".join(part for part in (self.citation, self.link, sentence(self.note)) if part)


def sentence(*parts: str) -> str:
    """Return the parts that say something, each closed by a full stop.

    Example:
        >>> sentence("A. Author", "", "A title.", "1894")
        'A. Author. A title. 1894.'
    """
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def read_references(path: Traversable) -> dict[str, Reference]:
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
            published=_published(fields),
            link=f"https://doi.org/{fields['doi']}" if "doi" in fields else fields.get("url", ""),
        )
    return found


def read_entries(path: Traversable) -> dict[str, str]:
    """Read the text of every entry of a bibliography by its key, in the order of the file."""
    return {found[1]: found[0] for found in ENTRY.finditer(path.read_text(encoding="utf-8"))}


def _published(fields: dict[str, str]) -> str:
    """Return journal, volume, number and pages, or the publisher."""
    if "journal" not in fields:
        return fields.get("publisher", "")
    number = f"({fields['number']})" if "number" in fields else ""
    pages = f": {fields['pages'].replace('--', '-')}" if "pages" in fields else ""
    return f"{fields['journal']} {fields.get('volume', '')}{number}{pages}".strip()
