"""Offices and people named by referring back: "the secretary", "the one of 2023", "his predecessor"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from chokepoint.claims.names import Name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.gazetteer import Gazetteer
    from chokepoint.claims.sentences import Sentence

_BARE = re.compile(
    r"\b(?:the)\s+(?P<word>secretary|minister|commissioner|representative|premier|chancellor|envoy|negotiator|spokesman|spokeswoman)\b(?!\s+(?:of|for|general))"
)
_ONE_OF = re.compile(r"\b[Tt]he one (?:of|in) (?P<year>(?:19|20)\d\d)\b")
_PREDECESSOR = re.compile(r"\b(?:[Hh]is|[Hh]er)\s+predecessor\b")


def referring(gazetteer: Gazetteer, sentence: Sentence, text: str, names: Sequence[Name], day: str) -> list[Name]:
    """Resolve what refers back in a sentence.

    Args:
        gazetteer: the records.
        sentence: where to look.
        text: the article.
        names: what was named in it so far, this sentence included.
        day: ISO day meant.
    """
    offices = [each for each in names if each.kind == "office"]
    return [
        *_titles(sentence, text, names, offices),
        *_of_a_year(gazetteer, sentence, text, offices),
        *_predecessors(gazetteer, sentence, text, names, day),
    ]


def _titles(sentence: Sentence, text: str, names: Sequence[Name], offices: Sequence[Name]) -> list[Name]:
    """Resolve a bare title to the office of that word named before."""
    made: list[Name] = []
    for match in _BARE.finditer(sentence.text):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        if any(each.start < end and start < each.end for each in names if each.end > sentence.start):
            continue
        past = [each for each in offices if each.end <= start and match["word"] in f"{each.key} {each.text}".lower()]
        if past:
            made.append(replace(past[-1], start=start, end=end, text=text[start:end], why="the one named before"))
    return made


def _of_a_year(gazetteer: Gazetteer, sentence: Sentence, text: str, offices: Sequence[Name]) -> list[Name]:
    """Resolve "the one of 2023" to who held the office named before in the middle of that year."""
    made: list[Name] = []
    for match in _ONE_OF.finditer(sentence.text):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        past = [each for each in offices if each.end <= start]
        holder = gazetteer.holder(past[-1].key or "", f"{match['year']}-07-01") if past else ""
        if holder:
            made.append(_person(start, end, text, holder, "who held the office that year"))
    return made


def _predecessors(gazetteer: Gazetteer, sentence: Sentence, text: str, names: Sequence[Name], day: str) -> list[Name]:
    """Resolve "his predecessor" to who held the office of the subject before."""
    made: list[Name] = []
    for match in _PREDECESSOR.finditer(sentence.text):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        holders = [each for each in names if each.end <= start and each.kind in {"office", "person"}]
        past = _subject_last(
            [each for each in holders if each.key in gazetteer.entries],
            text.rfind(".", 0, max(0, sentence.start - 2)),
        )
        offices = (office for one in reversed(past) for office in _offices_of(gazetteer, one, day))
        key = next((former for office in offices if (former := gazetteer.predecessor(office, day))), "")
        if key:
            made.append(_person(start, end, text, key, "who held the office before"))
    return made


def _subject_last(past: list[Name], since: int) -> list[Name]:
    """Put whoever is named first since a place, the likely subject, last."""
    subject = next((each for each in past if each.start > since), None)
    return [*past, subject] if subject is not None else past


def _person(start: int, end: int, text: str, key: str, why: str) -> Name:
    return Name(start=start, end=end, text=text[start:end], kind="person", key=key, candidates=(key,), why=why)


def _offices_of(gazetteer: Gazetteer, name: Name, day: str) -> list[str]:
    """Return the office named, or those a person held on a day."""
    return (
        [name.key or ""]
        if name.kind == "office"
        else [each.office for each in gazetteer.entries[name.key or ""].tenures if each.covers(day)]
    )
