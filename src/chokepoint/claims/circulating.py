"""The shelf of often-repeated claims: who was the first known to say so, known by what a sentence means, not by its words.

A sentence meets a claim when its frame does: a mineral of the claim is named, its state is, a figure of the same unit lies in its range
and is of that mineral, stage and state (and no change of it, nor what went to one buyer), and each of its concepts is touched. What a
claim leaves empty, any sentence meets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.claims.offices import ADJECTIVES
from chokepoint.claims.rows import bundled_rows
from chokepoint.claims.topics import Topic, topic_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chokepoint.claims.gazetteer import Gazetteer
    from chokepoint.claims.names import Name
    from chokepoint.claims.quantities import Quantity
    from chokepoint.claims.sentences import Sentence

FAMILIES = {
    "dysprosium": "rare_earths", "terbium": "rare_earths", "neodymium": "rare_earths", "samarium": "rare_earths", "holmium": "rare_earths",
}  # fmt: skip
"""Minerals that a claim on the family covers."""
_OWN = re.compile(r"\s*(?:percent|per cent|%)?\s*of (?:all )?(?:its|their|his|her|our)\b")
"""A share of one's own is none of the world's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Circulating:
    """An often-repeated claim.

    Args:
        key: its name inside.
        claim: in our words.
        minerals: codes of which one must be named; empty for any.
        actors: ISO 3166 alpha-3 of which one must be named; empty for any.
        stage: ``mining``, ``refining``, ``magnets``; empty where it has none.
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
    stage: str
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
    return tuple(
        Circulating(
            key=row["key"], claim=row["claim"], minerals=_parts(row["minerals"]), actors=_parts(row["actor"]), stage=row["stage"], unit=row["unit"], low=float(row["low"] or 0),
            high=float(row["high"] or 0), concepts=tuple(_beginnings(group) for group in row["concepts"].split("&") if group), first_source=row["first_source"],
            first_date=row["first_date"], source=row["source"], grade=row["grade"], on_record=row["on_record"], verdict=row["verdict"], history=row["history"],
        )
        for row in bundled_rows("claims/circulating.csv")
    )  # fmt: skip


def _parts(text: str) -> tuple[str, ...]:
    return tuple(each for each in text.split("|") if each)


def _beginnings(group: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(each) for each in group.split("|")) + ")", re.IGNORECASE)


def repeated(
    sentence: Sentence,
    names: Sequence[Name],
    quantities: Iterable[Quantity],
    shelf: Iterable[Circulating],
    gazetteer: Gazetteer,
    published: str,
) -> Circulating | None:
    """Return the claim that a sentence repeats, the one with the fullest frame first.

    Args:
        sentence: with its place in the article.
        names: in it.
        quantities: in it.
        shelf: all circulating claims.
        gazetteer: the records the names mean.
        published: ISO day.
    """
    figures = [each for each in quantities if each.unit not in {"clock", "rank"}]
    minerals = _families(each.key or "" for each in names if each.kind in {"mineral", "good"})
    fitting = [
        each
        for each in shelf
        if (not each.minerals or minerals & set(each.minerals))
        and all(group.search(sentence.text) for group in each.concepts)
        and any(_fits(each, figure, sentence, names, published) for figure in figures) is bool(each.unit)
        and (not each.actors or _actors(sentence.text, names, gazetteer) & set(each.actors))
    ]
    return max(fitting, key=_fullness, default=None)


def _families(minerals: Iterable[str]) -> set[str]:
    """Return minerals with the family each belongs to."""
    named = set(minerals)
    return named | {FAMILIES[key] for key in named if key in FAMILIES}


def _fits(claim: Circulating, figure: Quantity, sentence: Sentence, names: Sequence[Name], published: str) -> bool:
    """Say whether a stated figure, or a bound or range of it, is of what a claim is of and lies in its range."""
    if not claim.unit or figure.unit != claim.unit or figure.high < claim.low or claim.high < figure.low:
        return False
    if claim.unit != "%":
        return True
    topic = topic_of(sentence, figure, names, Topic(), published)
    if not claim.stage or topic.is_change:
        return not topic.is_change
    thing = _head(figure, names) or topic.mineral.value
    is_of_it = bool(_families([thing]) & set(claim.minerals)) and topic.stage.value in {"", claim.stage}
    is_of_it = is_of_it and not _OWN.match(sentence.text[figure.end - sentence.start :])
    return is_of_it and topic.country.value in claim.actors and topic.partner.value in {"", "WLD"}


def _head(figure: Quantity, names: Sequence[Name]) -> str:
    """Return the last of the things that follow a figure side by side: of "rare-earth magnets" the magnets."""
    after = [each for each in names if each.kind in {"mineral", "good"} and each.start >= figure.end]
    head = after[:1]
    for each in after[1:]:
        if each.start - head[-1].end > 1:
            break
        head.append(each)
    return head[-1].key or "" if head else ""


def _actors(text: str, names: Sequence[Name], gazetteer: Gazetteer) -> set[str]:
    entries = [gazetteer.entries[each.key] for each in names if each.key and each.key in gazetteer.entries]
    words = re.findall(r"[\w.]+", text.lower())
    return {entry.country or entry.key for entry in entries} | {
        ADJECTIVES[word] for word in words if word in ADJECTIVES
    }


def _fullness(claim: Circulating) -> tuple[int, int]:
    return bool(claim.unit) + bool(claim.minerals) + bool(claim.actors), len(claim.concepts)
