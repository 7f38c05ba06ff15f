"""Offices named by title: which state's, and who held them on the day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chokepoint.claims.gazetteer import demonyms
from chokepoint.claims.names import Name, tokens_of
from chokepoint.claims.referring import referring
from chokepoint.claims.runs import EAST
from chokepoint.claims.spelling import folded
from chokepoint.claims.titles import Signature, phrases, signature

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.claims.gazetteer import Entry, Gazetteer
    from chokepoint.claims.sentences import Sentence

ADJECTIVES = {
    "chinese": "CHN", "american": "USA", "us": "USA", "u.s": "USA", "america": "USA", "ukrainian": "UKR", "russian": "RUS", "japanese": "JPN", "korean": "KOR", "british": "GBR",
    "german": "DEU", "european": "EUU", "indonesian": "IDN", "congolese": "COD", "australian": "AUS", "wukelan": "UKR", "kazakh": "KAZ", "indian": "IND", "french": "FRA",
    "federal": "DEU",
}  # fmt: skip
_OF_STATE = re.compile(r"\s+(?:of|from|for|in)\s+(?:the\s+)?(?P<name>[A-ZА-ЯІЇЄ][\w.]*(?:\s[A-Z][\w.]*)?)")
_IN_PLACE = re.compile(r"\b[Ii]n\s+(?P<name>[A-Z]\w+),?\s+(?:the\s+)?$")
_OURS = re.compile(r"\s+(?:of|at|for|in)\s+(?:our|my|his|her|the day\b|the time\b|a\s|an\s)|\s+at\s+the\s+time\b")
"""What makes a title one of a club, or of a time that is not told."""
_OF_BODY = re.compile(
    r"\s+of\s+(?:(?:the|a|an)\s+)?(?:(?!republic|united|union|state|country|nation|people|european|commission|federation|ministry|department|council|"
    r"board|office|day\b)[a-z][a-z-]+\b(?!\s+(?:state|country|nation|republic)))"
)
_POSSESSED = re.compile(r"\b(?:[Ii]ts|[Tt]heir|[Hh]is|[Hh]er)\s+$")
_FIRM = re.compile(
    r"\b(?:compan(?:y|ies)|firm|group|associations?|maker|producer|miner|smelter|refiner|manufacturer|mill|plant|university|institute|club|lobby)(?:['’]s)?\b",
    re.IGNORECASE,
)
"""What presides over no state: the president of the smelter, its president behind a firm."""
_ADJECTIVE = re.compile(r"[A-Z][a-z]+(?:[ie]an|nese|nish)")
UNKNOWN = "?"
"""A state that is not on record, by its adjective."""
_FORMER = re.compile(r"\b(?:[Ff]ormer|[Ee]x|[Oo]ne-time)[\s-]+(?:\w+\s)?$|\ba\s+former\s+$")
BACK, GAP, FADING = 30, 4, 400.0
ALIKE = 0.2
"""Weight of an office whose title has the same parts as the words, beside one spelt so on record."""
"""Characters: how far a person may overlap a title, stand from it, and how far back a state still weighs half."""
_DEFAULT = ("USA", "CHN", "UKR", "EUU")


def find_offices(
    gazetteer: Gazetteer,
    signatures: Mapping[Signature, Sequence[str]],
    sentence: Sentence,
    text: str,
    found: Sequence[Name],
    earlier: Sequence[Name],
    day: str,
) -> list[Name]:
    """Return the offices of a sentence: titles spelt as on record, longest first, then phrases of an office's signature."""
    made: list[Name] = []
    near = [*earlier, *found]
    for start, end, keys, spelt in [
        *_spelt(gazetteer, signatures, sentence, text, found),
        *_eastern(gazetteer, sentence),
    ]:
        name = _made(gazetteer, keys, spelt, text, (start, end), near, day)
        made += [name] if name is not None else []
    for start, end, sign in phrases(sentence):
        is_idle = _FORMER.search(text[max(0, start - 12) : start]) or _OURS.match(text[end : end + 16])
        if not is_idle and not _is_in_company(text, end, found):
            made = _with_phrase(gazetteer, signatures, text, (start, end, sign), found, near, made, day)
    return made + referring(gazetteer, sentence, text, [*earlier, *found, *made], day)


def _with_phrase(
    gazetteer: Gazetteer,
    signatures: Mapping[Signature, Sequence[str]],
    text: str,
    phrase: tuple[int, int, Signature],
    found: Sequence[Name],
    near: Sequence[Name],
    made: list[Name],
    day: str,
) -> list[Name]:
    """Return the offices with the one that a phrase names, in place of titles inside it."""
    start, end, sign = phrase
    keys = tuple(signatures.get(sign, ()))
    if not keys or any(each.start <= start and end <= each.end for each in made):
        return made
    there = next((each for each in found if _lies(each, start, end)), None)
    if any(_holds(each, start, end) for each in found) or (there and (there.start < start or there.end > end)):
        return made
    first = there.key if there is not None and sign.head == "ministry" else None
    first = next((each.key for each in made if start <= each.start and each.end <= end and each.key in keys), first)
    if first:
        keys = tuple(dict.fromkeys((first, *keys)))
    name = _made(gazetteer, keys, int(first is not None), text, (start, end), near, day)
    if name is None:
        return made
    return [*(each for each in made if not (each.start < end and start < each.end)), name]


def _made(
    gazetteer: Gazetteer,
    keys: tuple[str, ...],
    spelt: int,
    text: str,
    span: tuple[int, int],
    names: Sequence[Name],
    day: str,
) -> Name | None:
    """Return the office of a title; None where its state has none on record."""
    start, end = span
    key, holder = office_of(gazetteer, keys, spelt, text, start, end, names, day)
    if not key:
        return None
    why = "by title, state and day" if spelt else "by the parts of the title, state and day"
    others = (each for each in keys if each != key)
    return Name(
        start=start,
        end=end,
        text=text[start:end],
        kind=gazetteer.entries[key].kind,
        key=key,
        candidates=(key, *others),
        why=why,
        holder=holder,
    )


def _lies(name: Name, start: int, end: int) -> bool:
    """Say whether an authority on record lies in a span."""
    return name.kind == "ministry" and name.start < end and start < name.end


def _holds(name: Name, start: int, end: int) -> bool:
    """Say whether a name is in the way of an office: places and authorities may be part of one."""
    overlaps = name.start < end and start < name.end
    return overlaps and name.kind not in {"place", "ministry"} and name.key != "stranger"


def _spelt(
    gazetteer: Gazetteer,
    signatures: Mapping[Signature, Sequence[str]],
    sentence: Sentence,
    text: str,
    found: Sequence[Name],
) -> list[tuple[int, int, tuple[str, ...], int]]:
    """Return the titles spelt as on record, with the offices they may mean, those of like signature last."""
    tokens = tokens_of(sentence)
    spelt: list[tuple[int, int, tuple[str, ...], int]] = []
    place = 0
    while place < len(tokens):
        opens = folded(tokens[place].text).partition(" ")[0] in gazetteer.openings
        for length in range(min(9, len(tokens) - place) if opens else 0, 0, -1):
            start, end = tokens[place].start, tokens[place + length - 1].end
            keys = _keys(gazetteer, text[start:end], length)
            if (
                not keys
                or _FORMER.search(text[max(0, start - 12) : start])
                or _OURS.match(text[end : end + 16])
                or any(_holds(each, start, end) for each in found)
                or _misleads(text, start, end)
                or _is_in_company(text, end, found)
                or _is_of_firm(gazetteer, sentence, text, (start, end), found)
            ):
                continue
            sign = signature(re.split(r"[\s-]+", text[start:end])) if length > 1 else None
            alike = signatures.get(sign, ()) if sign is not None else ()
            spelt.append((start, end, tuple(dict.fromkeys((*keys, *alike))), len(keys)))
            place += length - 1
            break
        place += 1
    return spelt


def _is_in_company(text: str, end: int, found: Sequence[Name]) -> bool:
    """Say whether a company or an outlet stands behind a title by "of" ("the finance chief of Glencore")."""
    link = re.match(r"\s+(?:of|at)\s+(?:the\s+)?", text[end : end + 16])
    return link is not None and any(
        each.start == end + link.end() and each.kind in {"company", "outlet"} for each in found
    )


def _is_of_firm(
    gazetteer: Gazetteer, sentence: Sentence, text: str, span: tuple[int, int], found: Sequence[Name]
) -> bool:
    """Say whether a title of one word is one of a firm or a club: of it by "of", or by "its" behind a firm."""
    start, end = span
    if " " in text[start:end].strip():
        return False
    named = re.match(r"\s+of\s+(?:the\s+)?(?P<name>[A-Z][\w-]+)", text[end : end + 40])
    if named and not state_of(named["name"], gazetteer) and named["name"] not in _OF_STATES:
        return True
    if _OF_BODY.match(text[end : end + 60]):
        return True
    before = text[sentence.start : start]
    ahead = [each for each in found if each.end <= start]
    is_firm = _FIRM.search(before) is not None or bool(ahead and ahead[-1].kind in {"company", "outlet"})
    return _POSSESSED.search(before) is not None and is_firm


_OF_STATES = frozenset("United Republic Democratic People European State States Union Commission Federation Federal Kingdom Government Council Board National".split())  # fmt: skip


def _keys(gazetteer: Gazetteer, text: str, length: int) -> tuple[str, ...]:
    """Return the offices spelt like a text, with "the" inside it or without."""
    if text[:4].lower() == "the ":
        return ()
    without = folded(re.sub(r"\bthe\b", " ", text, flags=re.IGNORECASE)) if length > 2 else folded(text)
    found = (key for way in (without, folded(text)) for key in gazetteer.exact.get(way, ()))
    return tuple(dict.fromkeys(key for key in found if gazetteer.entries[key].kind == "office"))


_PRESIDES = re.compile(
    r"\s+(?:spoke|left|went|flew|gave|took|made|came|sent|insists|hopes|warns|vows|plans|[a-z]+ed\b|of|[A-ZА-Я]|who|had|has|said|will|wrote|told|and|is|was|would|himself|called|signed|of the|may|may|meets?|met|wants?|says|did|does|or|to)|[.,;:?!)\"'”’]|[^\w]*$"
)


def _misleads(text: str, start: int, end: int) -> bool:
    """Say whether a title of one word is part of another, or no title."""
    title = text[start:end].lower()
    if title == "president" and not _PRESIDES.match(text[end : end + 20]):
        return True
    return title in {"premier", "chancellor", "president"} and re.search(r"(?:vice|deputy)[\s-]$", text[:start], re.IGNORECASE) is not None  # fmt: skip


def _eastern(gazetteer: Gazetteer, sentence: Sentence) -> list[tuple[int, int, tuple[str, ...], int]]:
    """Return titles in Chinese signs or Hangul, the longest first."""
    if not EAST.search(sentence.text):
        return []
    titles = sorted(
        (name for name in gazetteer.exact if EAST.search(name) and _keys(gazetteer, name, 1)),
        key=lambda each: (-len(each), each),
    )
    found: list[tuple[int, int, tuple[str, ...], int]] = []
    for title in titles:
        for match in re.finditer(re.escape(title), sentence.text):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            if not any(one < end and start < other for one, other, _, _ in found):
                keys = _keys(gazetteer, title, 1)
                found.append((start, end, keys, len(keys)))
    return found


def state_beside(text: str, start: int, end: int, gazetteer: Gazetteer) -> str:
    """Return the state that stands beside a title: an adjective or possessive before it, "of ..." after it."""
    placed = _IN_PLACE.search(text[max(0, start - 40) : start])
    after = _OF_STATE.match(text[end : end + 40])
    before = re.search(r"(?P<name>[\w.‑-]+)(?:['’]s)?[\s-]+$", text[max(0, start - 24) : start])
    words = [after["name"], after["name"].split()[0]] if after else []
    words += [before["name"]] if before else []
    words += [placed["name"]] if placed else []
    named = next((state for word in words if (state := state_of(word, gazetteer))), "")
    if not named and before and _ADJECTIVE.fullmatch(before["name"]):
        return UNKNOWN
    inside = (demonyms()[word] for word in re.findall(r"[\w.]+", text[start:end].lower()) if word in demonyms())
    return named or next(inside, "")


def state_of(word: str, gazetteer: Gazetteer) -> str:
    """Return the state that a word names: its adjective, its name or its capital."""
    adjective = demonyms().get(word.lower().strip("."), "")
    places = (gazetteer.entries[each] for each in gazetteer.exact.get(folded(word), ()))
    return adjective or next((each.country or each.key for each in places if each.kind == "place"), "")


def office_of(
    gazetteer: Gazetteer,
    keys: tuple[str, ...],
    spelt: int,
    text: str,
    start: int,
    end: int,
    names: Sequence[Name],
    day: str,
) -> tuple[str, str]:
    """Return the office meant and its holder: by the state beside it, the person beside it, then what the article is about."""
    offices = [gazetteer.entries[each] for each in dict.fromkeys(keys)]
    state = state_beside(text, start, end, gazetteer)
    chosen = next((each.key for each in offices if state and each.country == state), "")
    chosen = chosen or _held_beside(gazetteer, offices, start, end, names)
    like = f"{state.lower()}{offices[0].key[3:]}"
    if not chosen and state and like in gazetteer.entries:
        chosen = like
    if not chosen and (not state or (spelt and state != UNKNOWN)):
        chosen = _nearest_state(gazetteer, offices, spelt, start, names)
    return chosen, (
        _holder_beside(gazetteer, chosen, start, end, names, day) or gazetteer.holder(chosen, day)
    ) if chosen else ""


def _holder_beside(gazetteer: Gazetteer, office: str, start: int, end: int, names: Sequence[Name], day: str) -> str:
    """Return who is named beside a title and holds that office on the day; several hold some."""
    return next(
        (
            each.key or ""
            for each in _beside(gazetteer, start, end, names)
            if any(one.office == office and one.covers(day) for one in gazetteer.entries[each.key or ""].tenures)
        ),
        "",
    )


def _beside(gazetteer: Gazetteer, start: int, end: int, names: Sequence[Name]) -> list[Name]:
    """Return the people on record who are named right beside a title."""
    return [
        each
        for each in names
        if each.kind == "person"
        and each.key in gazetteer.entries
        and (-BACK <= each.start - end <= GAP or 0 <= start - each.end <= GAP)
    ]


def _held_beside(gazetteer: Gazetteer, offices: Sequence[Entry], start: int, end: int, names: Sequence[Name]) -> str:
    """Return the office that a person named beside the title holds or held."""
    beside = _beside(gazetteer, start, end, names)
    held = {tenure.office for each in beside for tenure in gazetteer.entries[each.key or ""].tenures}
    return next((each.key for each in offices if each.key in held), "")


def _nearest_state(
    gazetteer: Gazetteer, offices: Sequence[Entry], spelt: int, start: int, names: Sequence[Name]
) -> str:
    """Return the office of the state that the article names most, and last; titles spelt as on record weigh double."""
    weight: dict[str, float] = {}
    for each in names:
        country = gazetteer.entries[each.key or ""].country if each.key in gazetteer.entries else ""
        weight[country] = weight.get(country, 0.0) + bool(country) / (1.0 + max(0, start - each.start) / FADING)
    order = {country: place for place, country in enumerate(_DEFAULT)}

    def rank(place: int) -> tuple[float, bool, int, int]:
        country = offices[place].country
        sure = place < spelt
        heavy = weight.get(country, 0.0) * (1.0 if sure else ALIKE)
        return -heavy, not sure, order.get(country, len(order)), place

    return offices[min(range(len(offices)), key=rank)].key
