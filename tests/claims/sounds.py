"""Carry names by sound: pinyin to Cyrillic, Cyrillic to Latin, English spelling to Chinese characters and their pinyin.

The tables stand in sounds.csv. The Cyrillic of Chinese follows Palladius, the Chinese of English the usual table of
Xinhua, Ukrainian the official table of 2010; the rest are the everyday conventions of newspapers. All are simplified.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path


def tables() -> dict[str, dict[str, str]]:
    """Read every table: its name, then what is written for each sound."""
    found: dict[str, dict[str, str]] = {}
    with Path(__file__).with_name("sounds.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["table"], {})[row["sound"]] = row["written"]
    return found


TABLES = tables()
SYSTEMS = ("french", "german", "newspaper", "scholarly")
SOUNDED = {*TABLES["syllable"], *(first + last for first in TABLES["initial"] for last in TABLES["final"])}
PINYIN = re.compile("|".join(sorted(SOUNDED, key=lambda part: (-len(part), part))))
ENGLISH = re.compile(r"(sh|ch|[bpdtgkvwfszjhmnlry])?(?:([aeiou])(n(?![aeiou]))?)?")


def syllables(word: str) -> list[str]:
    """Cut a pinyin word into syllables, longest first, stepping back where the rest would not cut."""
    if not word:
        return []
    for length in range(min(6, len(word)), 0, -1):
        if PINYIN.fullmatch(word[:length]):
            rest = word[length:]
            tail = syllables(rest)
            if not rest or tail:
                return [word[:length], *tail]
    return []


def cyrillic_syllable(syllable: str) -> str:
    """Write one pinyin syllable in the Cyrillic of Palladius."""
    if syllable in TABLES["syllable"]:
        return TABLES["syllable"][syllable]
    initial = next(first for first in TABLES["initial"] if syllable.startswith(first))
    return TABLES["initial"][initial] + TABLES["final"][syllable[len(initial) :]]


def to_cyrillic(name: str) -> str:
    """Write a Chinese name, given in pinyin, in Cyrillic."""
    return " ".join("".join(map(cyrillic_syllable, syllables(word.lower()))).capitalize() for word in name.split())


def to_latin(name: str, system: str) -> str:
    """Write Cyrillic in Latin letters by one of the everyday systems."""
    table = TABLES[system]
    return " ".join("".join(table.get(letter, letter) for letter in word).capitalize() for word in name.lower().split())


def ukrainian_to_latin(name: str) -> str:
    """Write a Ukrainian name by the official table of Ukraine."""
    table, starts = TABLES["ukrainian"], TABLES["ukrainian_start"]
    words = name.lower().split()
    spelt = [starts.get(word[0], table[word[0]]) + "".join(table[letter] for letter in word[1:]) for word in words]
    return " ".join(word.capitalize() for word in spelt)


def to_chinese(name: str) -> tuple[str, str]:
    """Write an English name by sound in Chinese characters; return them and their pinyin."""
    characters, pinyin = list[str](), list[str]()
    for word in name.lower().split():
        spelt = word
        for old, new in TABLES["spelling"].items():
            spelt = re.sub(old, new, spelt)
        cells = [cell(*found.groups()) for found in ENGLISH.finditer(spelt) if found[0]]
        characters.append("".join(character for character, _ in cells))
        pinyin.append("".join(sound for _, sound in cells).capitalize())
    return "·".join(characters), " ".join(pinyin)


def cell(start: str | None, vowel: str | None, nasal: str | None) -> tuple[str, str]:
    """Return the character and pinyin of one piece: consonant, vowel, closing n."""
    row = TABLES["chinese_nasal" if nasal else "chinese"][start or ""].split()
    found = row["aeiou".index(vowel) if vowel else 5]
    return found[0], found[1:]
