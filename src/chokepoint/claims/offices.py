"""Offices named by title: which state's, and who held them on the day."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from chokepoint.claims.names import Name, tokens_of
from chokepoint.claims.spelling import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.gazetteer import Entry, Gazetteer
    from chokepoint.claims.sentences import Sentence

ADJECTIVES = {
    "chinese": "CHN", "american": "USA", "us": "USA", "u.s": "USA", "america": "USA", "ukrainian": "UKR", "russian": "RUS", "japanese": "JPN", "korean": "KOR", "british": "GBR",
    "german": "DEU", "european": "EUU", "indonesian": "IDN", "congolese": "COD", "australian": "AUS", "wukelan": "UKR", "kazakh": "KAZ", "indian": "IND", "french": "FRA",
    "federal": "DEU",
}  # fmt: skip
_OF_STATE = re.compile(r"\s+(?:of|from|for|in)\s+(?:the\s+)?(?P<name>[A-ZА-ЯІЇЄ][\w.]*(?:\s[A-Z][\w.]*)?)")
BACK, GAP, FADING = 30, 4, 400.0
"""Characters: how far a person may overlap a title, stand from it, and how far back a state still weighs half."""
_DEFAULT = ("USA", "CHN", "UKR", "EUU")
_BARE = re.compile(
    r"\b(?:the)\s+(?P<word>secretary|minister|commissioner|representative|premier|chancellor|envoy|negotiator|spokesman|spokeswoman)\b(?!\s+(?:of|for|general))"
)
_PREDECESSOR = re.compile(r"\b(?:[Hh]is|[Hh]er)\s+predecessor\b")


def find_offices(
    gazetteer: Gazetteer, sentence: Sentence, text: str, found: Sequence[Name], earlier: Sequence[Name], day: str
) -> list[Name]:
    """Return the offices of a sentence, titles spelt out longest first."""
    made: list[Name] = []
    tokens = tokens_of(sentence)
    place = 0
    while place < len(tokens):
        for length in range(min(9, len(tokens) - place), 0, -1):
            span = tokens[place : place + length]
            start, end = span[0].start, span[-1].end
            title = (
                folded(re.sub(r"\bthe\b", " ", text[start:end], flags=re.IGNORECASE))
                if length > 2
                else folded(text[start:end])
            )
            if text[start : start + 4].lower() == "the ":
                continue
            keys = tuple(
                dict.fromkeys(
                    key
                    for way in (title, folded(text[start:end]))
                    for key in gazetteer.exact.get(way, ())
                    if gazetteer.entries[key].kind == "office"
                )
            )
            if not keys or any(
                each.start < end
                and start < each.end
                and each.kind not in {"place", "ministry"}
                and each.key != "stranger"
                for each in found
            ):
                continue
            if title == "president" and not re.match(
                r"\s+(?:of|[A-ZА-Я]|who|had|has|said|will|wrote|told|and|is|was|would|himself|called|signed)|[.,;]|[^\w]*$",
                text[end : end + 12],
            ):
                continue
            if title in {"premier", "chancellor"} and re.search(r"(?:vice|deputy)[\s-]$", text[:start]):
                continue
            key, holder = office_of(gazetteer, keys, text, start, end, [*earlier, *found], day)
            made.append(
                Name(
                    start=start,
                    end=end,
                    text=text[start:end],
                    kind="office",
                    key=key,
                    candidates=(key, *(each for each in keys if each != key)),
                    why="by title, state and day",
                    holder=holder,
                )
            )
            place += length - 1
            break
        place += 1
    return made + _referring(gazetteer, sentence, text, [*found, *made], earlier, day)


def _referring(
    gazetteer: Gazetteer, sentence: Sentence, text: str, found: Sequence[Name], earlier: Sequence[Name], day: str
) -> list[Name]:
    """Resolve "the secretary" to the office named before, and "his predecessor" to whoever held it earlier."""
    made: list[Name] = []
    for match in _BARE.finditer(sentence.text):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        if any(each.start < end and start < each.end for each in found):
            continue
        past = [
            each
            for each in [*earlier, *found]
            if each.end <= start and each.kind == "office" and match["word"] in f"{each.key} {each.text}".lower()
        ]
        if past:
            made.append(replace(past[-1], start=start, end=end, text=text[start:end], why="the one named before"))
    for match in _PREDECESSOR.finditer(sentence.text):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        past = [
            each
            for each in [*earlier, *found]
            if each.end <= start and each.kind in {"office", "person"} and each.key in gazetteer.entries
        ]
        key = next(
            (
                former
                for one in reversed(past)
                for office in _offices_of(gazetteer, one, day)
                if (former := gazetteer.predecessor(office, day))
            ),
            "",
        )
        if key:
            made.append(
                Name(
                    start=start,
                    end=end,
                    text=text[start:end],
                    kind="person",
                    key=key,
                    candidates=(key,),
                    why="who held the office before",
                )
            )
    return made


def _offices_of(gazetteer: Gazetteer, name: Name, day: str) -> list[str]:
    """Return the office named, or those a person held on a day."""
    return (
        [name.key or ""]
        if name.kind == "office"
        else [each.office for each in gazetteer.entries[name.key or ""].tenures if each.covers(day)]
    )


def state_beside(text: str, start: int, end: int, gazetteer: Gazetteer) -> str:
    """Return the state that stands beside a title: an adjective or possessive before it, "of ..." after it."""
    after = _OF_STATE.match(text[end : end + 40])
    before = re.search(r"(?P<name>[\w.‑-]+)(?:['’]s)?[\s-]+$", text[max(0, start - 24) : start])
    words = [after["name"], after["name"].split()[0]] if after else []
    words += [before["name"]] if before else []
    named = next((state for word in words if (state := _state(word, gazetteer))), "")
    inside = (
        code for word, code in ADJECTIVES.items() if re.search(rf"\b{re.escape(word)}\b", text[start:end].lower())
    )
    return named or next(inside, "")


def _state(word: str, gazetteer: Gazetteer) -> str:
    """Return the state that a word names: its adjective, its name or its capital."""
    adjective = ADJECTIVES.get(word.lower().strip("."), "")
    places = (gazetteer.entries[each] for each in gazetteer.exact.get(folded(word), ()))
    return adjective or next((each.country or each.key for each in places if each.kind == "place"), "")


def office_of(
    gazetteer: Gazetteer, keys: tuple[str, ...], text: str, start: int, end: int, names: Sequence[Name], day: str
) -> tuple[str, str]:  # fmt: skip
    """Return the office meant and its holder: by the state beside it, the person beside it, then what the article is about."""
    offices = [gazetteer.entries[each] for each in dict.fromkeys(keys) if gazetteer.entries[each].kind == "office"]
    state = state_beside(text, start, end, gazetteer)
    chosen = next((each.key for each in offices if state and each.country == state), "")
    chosen = chosen or _held_beside(gazetteer, offices, start, end, names)
    if not chosen and state:
        chosen = next(
            (
                key
                for key, each in gazetteer.entries.items()
                if each.kind == "office" and each.country == state and key[4:] == offices[0].key[4:]
            ),
            "",
        )
    chosen = chosen or _nearest_state(gazetteer, offices, start, names)
    return chosen, gazetteer.holder(chosen, day)


def _held_beside(gazetteer: Gazetteer, offices: Sequence[Entry], start: int, end: int, names: Sequence[Name]) -> str:
    """Return the office that a person named beside the title holds or held."""
    beside = [
        each
        for each in names
        if each.kind == "person"
        and each.key in gazetteer.entries
        and (-BACK <= each.start - end <= GAP or 0 <= start - each.end <= GAP)
    ]
    held = {tenure.office for each in beside for tenure in gazetteer.entries[each.key or ""].tenures}
    return next((each.key for each in offices if each.key in held), "")


def _nearest_state(gazetteer: Gazetteer, offices: Sequence[Entry], start: int, names: Sequence[Name]) -> str:
    """Return the office of the state that the article names most, and last."""
    weight: dict[str, float] = {}
    for each in names:
        country = gazetteer.entries[each.key or ""].country if each.key in gazetteer.entries else ""
        weight[country] = weight.get(country, 0.0) + bool(country) / (1.0 + max(0, start - each.start) / FADING)
    order = {country: place for place, country in enumerate(_DEFAULT)}
    return min(offices, key=lambda each: (-weight.get(each.country, 0.0), order.get(each.country, len(order)))).key


def settle_surnames(gazetteer: Gazetteer, found: list[Name], text: str, day: str, known: dict[str, str]) -> list[Name]:
    """Settle a common surname by the title before it, or by the office that mirrors that of somebody beside it."""
    settled: list[Name] = []
    for one in found:
        title = next((each for each in found if each.kind == "office" and 0 <= one.start - each.end <= 2), None)
        alone = one.kind == "person" and " " not in one.text and one.key != "stranger" and title is not None
        each = replace(one, start=title.start, text=text[title.start : one.end]) if alone and title else one
        if each.kind == "person" and each.key is None:
            if title is not None and title.holder in each.candidates:
                known[folded(one.text)] = title.holder
                each = replace(each, key=title.holder, why="by the office before the name")
            else:
                each = _mirrored(gazetteer, each, found, day)
        settled.append(each)
    return settled


def _mirrored(gazetteer: Gazetteer, name: Name, found: Sequence[Name], day: str) -> Name:
    """Return a surname settled by the office that mirrors the one of a person in the same sentence, where one does."""

    def held(key: str | None) -> set[str]:
        entry = gazetteer.entries.get(key or "")
        return {each.office[4:] for each in entry.tenures if each.covers(day)} if entry else set()

    beside = set[str]().union(*(held(each.key) for each in found if each.kind == "person"))
    mirrored = [key for key in name.candidates if held(key) & beside]
    return replace(name, key=mirrored[0], why="office mirrors that of a person beside") if len(mirrored) == 1 else name
