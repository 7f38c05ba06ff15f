"""Who a name means: exact spellings first, then sound and consonants blended, with candidates, scores and evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from chokepoint.claims.pinyin import pinyin
from chokepoint.claims.spelling import bare, chinese_forms, coarse, folded, latin, skeleton, sound, syllables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chokepoint.claims.gazetteer import Entry, Gazetteer

SURE = 0.86
"""Blended likeness at which a full name is taken for a person on record (0 to 1)."""
TITLED = 0.08
"""How much less likeness is enough after a title."""
SURE_ALONE = 0.88
"""The same for a surname standing alone."""
LEAST_PART = 0.62
"""Each part of a full name must be at least this like its own counterpart."""
COMMON = frozenset({
    "he", "li", "wang", "liu", "xi", "lee", "kim", "ahn", "huang", "tai", "ho", "yi", "an", "gim", "van", "khe", "si", "lyu", "i", "reeves", "хэ", "ли", "ван",
    "си", "лю", "не", "лі", "сі", "хе", "ha", "hu",
})  # fmt: skip
"""Surnames so common that alone they name nobody."""
LEAST_ALONE, LEAST_TOGETHER, LEAST_SYLLABLES = 3, 5, 3
"""Consonants, and syllables, that a name carried through a syllabary must keep."""
WEIGHTS = (0.5, 0.2, 0.3)


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """One way a person's name is written: its parts in order, in Latin letters."""

    key: str
    parts: tuple[str, ...]
    surname: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Likeness:
    """How like a name is to a record: blended score and the least of its parts."""

    key: str
    score: float
    least: float


@lru_cache(maxsize=200_000)
def alike(one: str, other: str) -> float:
    """Blend the likeness of sounds, of consonants and of letters (0 to 1)."""
    from rapidfuzz import fuzz  # noqa: PLC0415

    heard, left = sound(one), sound(other)
    if not heard or not left:
        return 0.0
    likeness = (
        fuzz.ratio(heard, left),
        fuzz.ratio(skeleton(one), skeleton(other)) if skeleton(one) and skeleton(other) else fuzz.ratio(heard, left),
        fuzz.ratio(re.sub(r"[^a-z]", "", latin(one)), re.sub(r"[^a-z]", "", latin(other))),
    )
    return sum(weight * each for weight, each in zip(WEIGHTS, likeness, strict=True)) / 100.0


def read_back(text: str) -> str:
    """Return a name with the letters a scanner commonly misreads put right."""
    return re.sub(
        r"(?<=[a-z])vv|(?<=[a-z])rn|(?<=^)rn",
        lambda found: {"vv": "w", "rn": "m"}[found.group()],
        text.translate(str.maketrans("01|5", "oils")),
    )


def forms_of(gazetteer: Gazetteer) -> tuple[Form, ...]:
    """Return every way the people on record are written, computed transliterations included."""
    found: dict[tuple[str, tuple[str, ...]], Form] = {}
    for entry in gazetteer.entries.values():
        if entry.kind == "person":
            for way in (way for spelling in entry.spellings for way in _ways(entry, spelling) if any(way)):
                surname = way[0] if is_eastern(entry) else way[-1]
                found[entry.key, way] = Form(key=entry.key, parts=way, surname=surname)
    return tuple(found.values())


def is_eastern(entry: Entry) -> bool:
    """Say whether a person's surname stands first."""
    return entry.country in {"CHN", "KOR"}


def _ways(entry: Entry, spelling: str) -> list[tuple[str, ...]]:
    """Return a spelling in Latin parts: by sound for Chinese signs, and pinyin after Palladius, Wade and Giles."""
    eastern = is_eastern(entry)
    if re.search(r"[一-鿿]", spelling):
        return [] if eastern else [_parts(pinyin(spelling))]
    if eastern and re.search(r"[가-힣]", spelling):
        return [(latin(spelling[0]), latin(spelling[1:]))]
    parts = _parts(latin(spelling))
    ways = [parts]
    if entry.country == "CHN" and len(parts) > 1 and spelling.isascii():
        by_part = [(each, *chinese_forms(each)) for each in parts]
        if all(len(each) > 1 for each in by_part):
            ways += [tuple(each[place] for each in by_part) for place in range(1, len(by_part[0]))]
    return ways


def _parts(text: str) -> tuple[str, ...]:
    return tuple(re.sub(r"[^a-z]", "", each) for each in re.split(r"[\s·]+", text) if each)


def likeness(words: Sequence[str], forms: Iterable[Form]) -> list[Likeness]:
    """Return the people a name of several words is like, best first.

    Words are compared part by part, in the order given and with the surname put last or first.
    """
    best: dict[str, Likeness] = {}
    given = [re.sub(r"[^\w'’-]", "", each) for each in words]
    readings = {tuple(given), tuple(read_back(each) for each in given)}
    for form in forms:
        for reading in readings:
            for order in _orders(reading, len(form.parts)):
                parts = [alike(one, other) for one, other in zip(order, form.parts, strict=True)]
                whole = alike("".join(order), "".join(form.parts))
                least = min(parts)
                score = 0.5 * whole + 0.5 * sum(parts) / len(parts)
                if form.key not in best or (score, least) > (best[form.key].score, best[form.key].least):
                    best[form.key] = Likeness(key=form.key, score=score, least=least)
    return sorted(best.values(), key=lambda each: (-each.score, each.key))


def _orders(words: tuple[str, ...], count: int) -> list[tuple[str, ...]]:
    """Return the ways to lay words on so many parts: syllables of a given name joined, surname first or last."""
    if len(words) == count:
        ways = [words]
        if count == 2:
            ways.append((words[1], words[0]))
        return ways
    if len(words) > count > 1:
        if all(syllables(each) or len(each) < 7 for each in words):
            return (
                [(words[0], "".join(words[1:]))] if count == 2 else [(*words[: count - 1], "".join(words[count - 1 :]))]
            )
        return []
    if count == 1 and all(syllables(each) for each in words):
        return [("".join(words),)]
    if len(words) == 1 and count == 2 and len(words[0]) > 7:
        return []
    return []


def surname_forms(forms: Iterable[Form]) -> tuple[Form, ...]:
    """Return the surnames alone, the common ones left out."""
    found = {
        (form.key, form.surname): Form(key=form.key, parts=(form.surname,), surname=form.surname)
        for form in forms
        if form.surname not in COMMON and len(form.surname) > 3
    }
    return tuple(found.values())


def of_surname(gazetteer: Gazetteer, surname: str, day: str) -> list[str]:
    """Return the people on record with a surname, those in office on the day first."""
    wanted = folded(surname)
    found: list[tuple[bool, str]] = []
    for entry in gazetteer.entries.values():
        if entry.kind != "person":
            continue
        eastern = is_eastern(entry)
        names = {folded(each).split()[0 if eastern else -1] for each in entry.spellings if " " in folded(each)}
        whole = folded(entry.name)
        if wanted in names or (wanted and whole.endswith(" " + wanted) and not eastern):
            in_office = any(each.covers(day) for each in entry.tenures)
            found.append((not in_office, entry.key))
    return [key for _, key in sorted(found)]


def is_common(word: str) -> bool:
    """Say whether a surname alone names nobody."""
    return bare(word) in COMMON


def through_syllables(words: Sequence[str], forms: Iterable[Form]) -> str:
    """Return the one person whose name, carried through a syllabary, leaves these consonants; empty where none or many do."""
    left = tuple(coarse(each) for each in words)
    alone = len(left) == 1
    if sum(map(len, left)) < (LEAST_ALONE if alone else LEAST_TOGETHER) or min(map(len, left)) < 2:
        return ""
    if alone and len(re.findall(r"[aeiouy]+", latin(words[0]))) < LEAST_SYLLABLES:
        return ""
    found = {
        form.key
        for form in forms
        if left == (tuple(coarse(each) for each in form.parts) if not alone else (coarse(form.surname),))
    }
    return found.pop() if len(found) == 1 else ""
