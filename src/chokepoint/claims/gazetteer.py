"""The records that names resolve to: people with their offices, authorities, companies, outlets, places, minerals, goods."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Gazetteer:
    """All records, and the exact spellings that lead to them.

    Args:
        entries: by key.
        exact: keys by folded spelling.
        holders: people by the offices they hold or held.
    """

    entries: Mapping[str, Entry]
    exact: Mapping[str, tuple[str, ...]]
    holders: Mapping[str, tuple[Entry, ...]]

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
    data = resources.files("chokepoint") / "data"
    entries: dict[str, Entry] = {}
    for row in csv.DictReader(data.joinpath("gazetteer.csv").read_text("utf-8").splitlines()):
        entries[row["key"]] = Entry(
            key=row["key"], kind=row["kind"], name=row["name"], aliases=tuple(filter(None, row["aliases"].split("|"))),
            tenures=_tenures(row["offices"]), country=row["country"],
        )  # fmt: skip
    for row in csv.DictReader(data.joinpath("countries.csv").read_text("utf-8").splitlines()):
        _added(entries, row["iso3"], "place", row["name"], row["aliases"])
    for row in csv.DictReader(data.joinpath("minerals.csv").read_text("utf-8").splitlines()):
        _added(
            entries,
            row["mineral"],
            "mineral",
            row["name"],
            ";".join(each for each in row["aliases"].split(";") if len(each) > 3).replace(";", "|"),
        )
    exact: dict[str, tuple[str, ...]] = {}
    for entry in entries.values():
        for spelling in entry.spellings:
            name = folded(spelling)
            if entry.key not in exact.get(name, ()):
                exact[name] = (*exact.get(name, ()), entry.key)
    holders: dict[str, tuple[Entry, ...]] = {}
    for entry in entries.values():
        for office in dict.fromkeys(each.office for each in entry.tenures):
            holders[office] = (*holders.get(office, ()), entry)
    return Gazetteer(entries=entries, exact=exact, holders=holders)


@lru_cache(maxsize=1)
def demonyms() -> dict[str, str]:
    """Return the states by their adjectives."""
    text = (resources.files("chokepoint") / "data" / "claims" / "demonyms.csv").read_text("utf-8")
    return {row["word"]: row["iso3"] for row in csv.DictReader(text.splitlines())}


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
