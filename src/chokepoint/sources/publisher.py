"""What a loader declares about its publisher, so that one contract serves all of them.

A loader is one file that holds only what is odd about a publisher: the columns its files have, which of them is what,
and how its own words are spelt in ours. Finding the header, decoding, checking and storing are the same for all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from chokepoint.sources.fact import Fact

SEEN, DOCUMENTED = "seen", "from documentation"


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of a publisher's table.

    Args:
        where: file and line, as a person would look for it.
        cells: text by column; an NA stays an NA.
    """

    where: str
    cells: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """Which release of a publisher a file belongs to.

    Args:
        name: as the publisher numbers it (``202601``); empty where the file does not say.
        revision: of the classification (``HS17``); empty where there is none.
        part: name of the file, of the member of a zip or of the sheet the lines came from.
        year: the only year it holds; 0 where its name does not say.
    """

    name: str
    revision: str
    part: str
    year: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Skipped:
    """A line that makes no statement we can keep, and why."""

    where: str
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadFacts:
    """How statements come out of a table: a function from its lines and its edition."""

    facts: Callable[[Iterable[Line], Edition], Iterator[Fact | Skipped]]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadTrade:
    """How trade comes out of a table, in expressions of SQL, so that millions of lines never pass through Python.

    Args:
        types: SQL type of the columns that are no text; a cell that does not fit it is a problem with its line.
        countries: returns the ISO code by the publisher's code; a code in neither this nor ``totals`` is a problem.
        year, month: the time; month 0 is the whole year.
        exporter, importer: as the publisher codes them.
        code: of the product, as text with its leading zeros, or a whole number to be given ``digits``.
        digits: of a code that is a whole number; 0 where it is text. Numbers are sorted and joined in half the time.
        country_type: SQL type of the publisher's codes of countries.
        kusd: value in thousand USD.
        quantity: text of the quantity; empty or NA where there is none.
        tonnes_per_unit: tonnes in one unit of the quantity.
        side: who declared it: ``exporter``, ``importer``, or ``both`` where the publisher reconciled the two.
        revision: of the classification; empty where the name of the file says it.
        where: condition on the lines that are read at all.
        totals: codes that mean the world or nobody in particular; their lines are left out and counted.
        splits: for each column along which lines are parted, the condition that marks the line that sums them.
        is_whole: whether a file holds all trade of its years, so that a newer edition takes the place of an older one.
    """

    types: Mapping[str, str]
    countries: Callable[[], Mapping[str, str]]
    year: str
    month: str = "0"
    exporter: str
    importer: str
    code: str
    digits: int = 0
    country_type: str = "VARCHAR"
    kusd: str
    quantity: str
    tonnes_per_unit: float = 1.0
    side: str
    revision: str = ""
    where: str = "true"
    totals: tuple[str, ...] = ()
    splits: tuple[str, ...] = ()
    is_whole: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """One way a publisher lays out its files.

    Args:
        name: as users would call the file (``BACI_HS17_Y2024_V202601.csv``).
        columns: columns the header must have; a file may have more.
        read: how to read it.
        seen: the real file that was read, or the extract of it; empty where there was none.
        documented: where the header is written down; empty where a real file was read.
        pattern: of the name of a file, with the groups ``edition``, ``revision`` and ``year`` where the name says so.
        named: what a file must be called for its revision to be known; empty where the name does not matter.
        encodings: tried in this order.
    """

    name: str
    columns: tuple[str, ...]
    read: ReadFacts | ReadTrade
    seen: str = ""
    documented: str = ""
    pattern: str = ""
    named: str = ""
    encodings: tuple[str, ...] = ("utf-8-sig",)

    @property
    def standing(self) -> str:
        """Whether the layout rests on a real file or on documentation."""
        return SEEN if self.seen else DOCUMENTED

    def edition_of(self, file: str, part: str) -> Edition:
        """Read the edition from the name of the part, or else of the file it lies in."""
        for name in (part, file):
            found = re.search(self.pattern, name, flags=re.IGNORECASE) if self.pattern else None
            if found:
                groups = found.groupdict(default="")
                revision = groups.get("revision", "").upper()
                year = int(groups.get("year") or 0)
                return Edition(name=groups.get("edition", ""), revision=revision, part=part, year=year)
        return Edition(name="", revision="", part=part)


@dataclass(frozen=True, kw_only=True, slots=True)
class Publisher:
    """Who publishes, under which terms, and in which layouts.

    Args:
        key: short name on the command line (``baci``).
        title: the publisher and its work.
        licence: its terms, in its own words or ours.
        reference: key of ``references.bib``.
        may_bundle: whether the licence lets a package ship the figures.
        layouts: those we read.
        note: what a user must know before using it.
    """

    key: str
    title: str
    licence: str
    reference: str
    may_bundle: bool
    layouts: tuple[Layout, ...]
    note: str = ""
