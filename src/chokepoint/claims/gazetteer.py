"""The records that names resolve to: people with their offices, authorities, companies, outlets, places, minerals, goods."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from chokepoint.claims.rows import bundled_rows
from chokepoint.claims.spelling import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS = ("person", "office", "ministry", "company", "outlet", "place", "mineral", "good")


@dataclass(frozen=True, kw_only=True, slots=True)
class Tenure:
    """An office held for a time; dates are ISO texts, as exact as known; an open end is empty."""

    office: str
    start: str
    end: str

    def covers(self, day: str) -> bool:
        """Say whether the office was held on a day; a month or a year counts to its last day."""
        return self.start <= day[: max(len(self.start), 1)] and (not self.end or day[: len(self.end)] <= self.end)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One record.

    Args:
        key: its name inside.
        kind: one of :data:`KINDS`.
        name: for people.
        aliases: further spellings, in any script.
        tenures: offices of a person.
        country: ISO 3166 alpha-3 (``EUU`` for the European Union).
    """

    key: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    tenures: tuple[Tenure, ...]
    country: str

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every text that means it."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Gazetteer:
    """All records, and the exact spellings that lead to them; one is itself and no other, so that indexes of it can be kept.

    Args:
        entries: by key.
        exact: keys by folded spelling.
        holders: people by the offices they hold or held.
        openings: first words of the titles of offices.
    """

    entries: Mapping[str, Entry]
    exact: Mapping[str, tuple[str, ...]]
    holders: Mapping[str, tuple[Entry, ...]]
    openings: frozenset[str]

    def holder(self, office: str, day: str) -> str:
        """Return who held an office on a day, of several the one longest in it; empty where nobody on record did."""
        held = [
            (each.end != "" and each.end == day[: len(each.end)], each.start, entry.key)
            for entry in self.holders.get(office, ())
            for each in entry.tenures
            if each.office == office and each.covers(day)
        ]
        return min(held)[2] if held else ""

    def predecessor(self, office: str, day: str) -> str:
        """Return who held an office before whoever held it on a day."""
        current = self.holder(office, day)
        ended = [
            (each.end, entry.key)
            for entry in self.holders.get(office, ())
            for each in entry.tenures
            if each.office == office and each.end and each.end <= day and entry.key != current
        ]
        return max(ended)[1] if ended else ""


def _tenures(text: str) -> tuple[Tenure, ...]:
    found: list[Tenure] = []
    for each in filter(None, (part.strip() for part in text.split(";"))):
        office, _, dates = each.partition(" ")
        start, _, end = dates.partition("..")
        found.append(Tenure(office=office, start=start, end=end))
    return tuple(found)


def read_gazetteer() -> Gazetteer:
    """Read the bundled records, with every country and mineral the package knows."""
    entries: dict[str, Entry] = {}
    for row in bundled_rows("gazetteer.csv"):
        entries[row["key"]] = Entry(
            key=row["key"], kind=row["kind"], name=row["name"], aliases=tuple(filter(None, row["aliases"].split("|"))),
            tenures=_tenures(row["offices"]), country=row["country"],
        )  # fmt: skip
    for row in bundled_rows("countries.csv"):
        _added(entries, row["iso3"], "place", row["name"], row["aliases"])
    for row in bundled_rows("minerals.csv"):
        _added(
            entries,
            row["mineral"],
            "mineral",
            row["name"],
            ";".join(each for each in row["aliases"].split(";") if len(each) > 3).replace(";", "|"),
        )
    return _indexed(entries)


def _indexed(entries: dict[str, Entry]) -> Gazetteer:
    """Return records with the ways that lead to them."""
    exact: dict[str, tuple[str, ...]] = {}
    holders: dict[str, tuple[Entry, ...]] = {}
    for entry in entries.values():
        for name in dict.fromkeys(folded(spelling) for spelling in entry.spellings):
            exact[name] = (*exact.get(name, ()), entry.key)
        for office in dict.fromkeys(each.office for each in entry.tenures):
            holders[office] = (*holders.get(office, ()), entry)
    offices = {key for key, entry in entries.items() if entry.kind == "office"}
    openings = frozenset(name.partition(" ")[0] for name, keys in exact.items() if offices & set(keys))
    return Gazetteer(entries=entries, exact=exact, holders=holders, openings=openings)


@lru_cache(maxsize=1)
def demonyms() -> dict[str, str]:
    """Return the states by their adjectives."""
    return {row["word"]: row["iso3"] for row in bundled_rows("claims/demonyms.csv")}


def _added(entries: dict[str, Entry], key: str, kind: str, name: str, aliases: str) -> None:
    """Add a record, or its spellings to one that is there."""
    there = entries.get(key)
    more = tuple(each for each in aliases.split("|") if len(each) > 1)
    if there is None:
        entries[key] = Entry(
            key=key, kind=kind, name=name, aliases=more, tenures=(), country=key if kind == "place" else ""
        )
        return
    entries[key] = Entry(
        key=key, kind=there.kind, name=there.name, aliases=tuple(dict.fromkeys((*there.aliases, name, *more))),
        tenures=there.tenures, country=there.country,
    )  # fmt: skip
