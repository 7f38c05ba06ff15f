"""The shelf of often-repeated claims: who was the first known to say so, known by what a sentence means, not by its words.

A sentence meets a claim when its frame does: a mineral of the claim is named, its state is, a figure lies in its range of the same unit,
and each of its concepts is touched. What a claim leaves empty, any sentence meets.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from chokepoint.claims.offices import ADJECTIVES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chokepoint.claims.gazetteer import Gazetteer
    from chokepoint.claims.names import Name
    from chokepoint.claims.quantities import Quantity

FAMILIES = {
    "dysprosium": "rare_earths", "terbium": "rare_earths", "neodymium": "rare_earths", "samarium": "rare_earths", "holmium": "rare_earths",
}  # fmt: skip
"""Minerals that a claim on the family covers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Circulating:
    """An often-repeated claim.

    Args:
        key: its name inside.
        claim: in our words.
        minerals: codes of which one must be named; empty for any.
        actors: ISO 3166 alpha-3 of which one must be named; empty for any.
        unit: of the figure; empty where it has none.
        low, high: range of the figure.
        concepts: groups of beginnings of words, one of each group must stand in the sentence.
        first_source: who is the first known to say so.
        first_date: ISO, as exact as known.
        source: key of ``references.bib``; grade: how well the first source is known.
        on_record: what is on record about it.
        verdict: as of a sentence that repeats it today; history: how that changed.
    """

    key: str
    claim: str
    minerals: tuple[str, ...]
    actors: tuple[str, ...]
    unit: str
    low: float
    high: float
    concepts: tuple[re.Pattern[str], ...]
    first_source: str
    first_date: str
    source: str
    grade: str
    on_record: str
    verdict: str
    history: str


def read_circulating() -> tuple[Circulating, ...]:
    """Read the shelf."""
    text = (resources.files("chokepoint") / "data" / "claims" / "circulating.csv").read_text("utf-8")
    return tuple(
        Circulating(
            key=row["key"], claim=row["claim"], minerals=_parts(row["minerals"]), actors=_parts(row["actor"]), unit=row["unit"], low=float(row["low"] or 0),
            high=float(row["high"] or 0), concepts=tuple(_beginnings(group) for group in row["concepts"].split("&") if group), first_source=row["first_source"],
            first_date=row["first_date"], source=row["source"], grade=row["grade"], on_record=row["on_record"], verdict=row["verdict"], history=row["history"],
        )
        for row in csv.DictReader(text.splitlines())
    )  # fmt: skip


def _parts(text: str) -> tuple[str, ...]:
    return tuple(each for each in text.split("|") if each)


def _beginnings(group: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(each) for each in group.split("|")) + ")", re.IGNORECASE)


def repeated(
    text: str, names: Sequence[Name], quantities: Iterable[Quantity], shelf: Iterable[Circulating], gazetteer: Gazetteer
) -> Circulating | None:
    """Return the claim that a sentence repeats, the one with the fullest frame first.

    Args:
        text: the sentence.
        names: in it.
        quantities: in it.
        shelf: all circulating claims.
        gazetteer: the records the names mean.
    """
    figures = [each for each in quantities if each.unit not in {"clock", "rank"}]
    minerals = {each.key for each in names if each.kind in {"mineral", "good"}}
    minerals |= {FAMILIES[key] for key in minerals if key in FAMILIES}
    fitting = [
        each
        for each in shelf
        if any(_fits(each, figure) for figure in figures) is bool(each.unit)
        and (not each.minerals or minerals & set(each.minerals))
        and all(group.search(text) for group in each.concepts)
        and (not each.actors or _actors(text, names, gazetteer) & set(each.actors))
    ]
    return max(fitting, key=_fullness, default=None)


def _fits(claim: Circulating, figure: Quantity) -> bool:
    """Say whether a stated figure, or a bound or range of it, lies in the range of a claim."""
    return bool(claim.unit) and figure.unit == claim.unit and claim.low <= figure.high and figure.low <= claim.high


def _actors(text: str, names: Sequence[Name], gazetteer: Gazetteer) -> set[str]:
    entries = [gazetteer.entries[each.key] for each in names if each.key and each.key in gazetteer.entries]
    words = re.findall(r"[\w.]+", text.lower())
    return {entry.country or entry.key for entry in entries} | {
        ADJECTIVES[word] for word in words if word in ADJECTIVES
    }


def _fullness(claim: Circulating) -> tuple[int, int]:
    return bool(claim.unit) + bool(claim.minerals) + bool(claim.actors), len(claim.concepts)
