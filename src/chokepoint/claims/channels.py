"""How surprising a written name is, in nats: as a known name carried through a channel, or as somebody else's name.

Channels are scripts and hands between the name and the page: transliteration, a syllabary, a typist, a scanner. What
they confuse is cheap, what they leave alone is dear. A stranger's name costs what it is rare.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from chokepoint.claims.rows import bundled_rows
from chokepoint.claims.spelling import latin

if TYPE_CHECKING:
    from collections.abc import Callable

CAP = 12.0
"""No single word of a stranger's name is more surprising than this."""
FOREIGN, LEAST_SYLLABLES = 1.5, 3
"""What each syllable adds to the surprise of a stranger's name that is pinyin, so many syllables or more in a word, and no Chinese name."""
LETTER = 2.0
"""Surprise of one letter of a name that is in no table."""
SYLLABLE = 4.3
"""Surprise of one syllable of a given name written in pinyin (about 75 are in common use)."""
ENTRY = 1.0
"""What it costs that a name is not spelt as on record."""
LONGEST = 40
"""Letters of the longest word that is cut into syllables."""
BY_SYLLABLES = 2.5
"""What it costs that a name went through a syllabary."""
ANOTHER_NAME = 5.0
"""What it costs to take one good Chinese name for a slip in another."""
DOUBLED, SWAPPED = 1.5, 2.5
"""What a letter doubled or single, and two letters changed over, cost."""
SLIPS = {frozenset(pair): 1.5 for pair in ("ce", "li", "il", "nm", "uv", "oa", "ji", "tl", "fl", "oc", "gq", "hb")}
"""Letters that scanners and typists confuse; pairs of sounds follow."""
_DIGRAPHS = (
    ("schtsch", "S"), ("shch", "S"), ("tsch", "C"), ("sch", "S"), ("tch", "C"), ("chzh", "Z"), ("czh", "Z"), ("dzh", "J"), ("dsch", "J"),
    ("tsz", "Q"), ("tzs", "Q"), ("cz", "Q"), ("zh", "Z"), ("ch", "C"), ("sh", "S"), ("kh", "H"), ("ph", "f"), ("th", "t"), ("ts", "Q"), ("tz", "Q"),
    ("dj", "J"), ("dz", "Q"), ("ck", "k"), ("qu", "kw"), ("x", "ks"), ("ng", "N"), ("rn", "m"), ("vv", "w"), ("gh", "g"), ("hs", "s"), ("ee", "i"), ("ea", "i"), ("ie", "i"), ("oo", "u"), ("c", "k"), ("q", "C"), ("j", "y"),
)  # fmt: skip
_ALIKE = {
    **{frozenset(pair): cost for pairs, cost in (
        ("bp dt gk zs vf ZS JC CS QC Qs Qz QZ kH gH hH Sz Ss Cs ZJ yJ Jg CZ QJ Ck hk ZC ts tC tQ", 1.5),
        ("vw fw nN Hh kC Cy Zy yi yg Jy", 0.8), ("gh lr nm bv uw sS", 1.8), ("bf pf hf", 3.0),
    ) for pair in pairs.split()},
    frozenset("ei"): 1.3, frozenset("ou"): 1.3, frozenset("ao"): 1.6, frozenset("ae"): 1.6, frozenset("iy"): 0.5, frozenset("ey"): 1.5, frozenset("iu"): 2.0,
}  # fmt: skip
_PIECE = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(iang|iong|uang|iao|ian|uai|uan|ang|eng|ong|ing|ai|ei|ao|ou|an|en|ia|ie|iu|in|ua|uo|ui|un|ue|er|a|o|e|i|u)")  # fmt: skip
_VOWELS = frozenset("aeiou")
_WEAK = {"y": 1.0, "w": 1.8, "h": 1.8, "H": 1.8}
VOWEL, VOWEL_LOST, CONSONANT, CONSONANT_LOST = 2.2, 2.4, 5.0, 4.0
SYLLABIC = {"vowel": 0.7, "lost": 0.7, "weak": 0.6}
_HEAVY = 40.0


@lru_cache(maxsize=65536)
def phones(word: str) -> str:
    """Return a word in signs of one sound each, doubled letters single.

    Example:
        >>> phones("Chzhao"), phones("Zhao")
        ('Zao', 'Zao')
    """
    heard = re.sub(r"[^a-z]", "", latin(word))
    for old, new in _DIGRAPHS:
        heard = heard.replace(old, new)
    heard = re.sub(r"(?<=[aeou])y(?![aeiou])", "i", heard)
    return re.sub(r"(.)\1+", r"\1", heard)


@lru_cache(maxsize=65536)
def is_syllabic(word: str) -> bool:
    """Say whether a word is pinyin syllables and nothing else."""
    return syllable_count(word) > 0


@lru_cache(maxsize=65536)
def syllable_count(word: str) -> int:
    """Return the number of pinyin syllables of a word; nought where it is none."""
    pieces = [re.sub(r"[^a-z]", "", piece) for piece in latin(word).split("'")]
    counts = [_count(piece) for piece in pieces if piece]
    return sum(counts) if counts and all(counts) and len("".join(pieces)) > 1 else 0


@lru_cache(maxsize=65536)
def _count(letters: str) -> int:
    """Return the number of syllables that letters can be cut into, the longest first; nought where they cannot."""
    if len(letters) > LONGEST:
        return 0
    for length in range(min(6, len(letters)), 0, -1):
        cut = _PIECE.fullmatch(letters[:length])
        if cut and _is_sounded(cut[1] or "", cut[2]):
            rest = _count(letters[length:]) if length < len(letters) else 0
            if rest or length == len(letters):
                return 1 + rest
    return 0


def _is_sounded(initial: str, final: str) -> bool:
    """Say whether Chinese has a syllable."""
    if not initial:
        return final[0] in "aeo" and final not in {"ong", "ei"}
    if final == "o":
        return initial in {"b", "p", "m", "f", "w", "y"}
    if final == "e":
        return initial not in {"b", "p", "f", "j", "q", "x", "w"}
    if final[0] == "i":
        return initial not in {"f", "g", "k", "h", "w"}
    return initial != "r" or final in {"an", "ang", "ao", "en", "eng", "ong", "ou", "u", "uan", "ui", "un", "uo"}


@lru_cache(maxsize=200_000)
def surprise(word: str, record: str, *, is_eastern: bool = False) -> float:
    """Return -log P(word | the name on record, through the cheapest channel).

    Args:
        word: what stands in the text.
        record: one part of a name on record, in Latin letters.
        is_eastern: whether the record is pinyin, so that another good syllable is another name.
    """
    one, other = re.sub(r"[^a-z0-9]", "", latin(word)), re.sub(r"[^a-z]", "", latin(record))
    if one == other:
        return 0.0
    if re.sub(r"(.)\1+", r"\1", one) == re.sub(r"(.)\1+", r"\1", other):
        return DOUBLED
    sounded = ENTRY + _aligned(phones(word), phones(record), is_syllabic=False)
    if is_eastern and is_syllabic(word):
        return sounded + ANOTHER_NAME
    if is_eastern:
        return min(sounded + ANOTHER_NAME / 2, ENTRY + _typed(one, other))
    if syllable_count(word) > 1:
        sounded = min(sounded, BY_SYLLABLES + _aligned(phones(word), phones(record), is_syllabic=True))
    return min(sounded, ENTRY + _typed(one, other))


@lru_cache(maxsize=65536)
def _typed(one: str, other: str) -> float:
    """Return the cost of slips of the hand or of a scanner that turn one spelling into another."""
    for wrong, right in (("0", "o"), ("1", "l"), ("5", "s"), ("8", "b"), ("rn", "m"), ("vv", "w")):
        one = one.replace(wrong, right)
    if any(one[:at] + one[at + 1 : at + 2] + one[at : at + 1] + one[at + 2 :] == other for at in range(len(one) - 1)):
        return SWAPPED
    return _distance(one, other, lambda a, b: SLIPS.get(frozenset((a, b)), 4.5), lambda _: 4.5)


def _aligned(one: str, other: str, *, is_syllabic: bool) -> float:
    """Return the cost of the cheapest alignment of two words in phones."""
    vowel, lost = (SYLLABIC["vowel"], SYLLABIC["lost"]) if is_syllabic else (VOWEL, VOWEL_LOST)

    def change(a: str, b: str) -> float:
        if a in _VOWELS and b in _VOWELS:
            return min(vowel, _ALIKE.get(frozenset((a, b)), VOWEL))
        return _ALIKE.get(frozenset((a, b)), CONSONANT) * (SYLLABIC["weak"] if is_syllabic else 1.0)

    def leave(sign: str) -> float:
        if sign in _VOWELS:
            return lost
        if is_syllabic and sign in "rlntd":
            return 1.5
        return _WEAK.get(sign, CONSONANT_LOST)

    return _distance(one, other, change, leave)


def _distance(one: str, other: str, change: Callable[[str, str], float], leave: Callable[[str], float]) -> float:
    """Return the weighted edit distance (Wagner and Fischer 1974)."""
    if abs(len(one) - len(other)) > 5:
        return _HEAVY
    row = [0.0]
    for sign in other:
        row.append(row[-1] + leave(sign))
    for sign in one:
        above, row = row, [row[0] + leave(sign)]
        for place, mark in enumerate(other, start=1):
            row.append(
                min(
                    above[place - 1] + (0.0 if sign == mark else change(sign, mark)),
                    above[place] + leave(sign),
                    row[place - 1] + leave(mark),
                )
            )
    return row[-1]


_SHARE = {
    "zho": 0.40, "kor": 0.06, "eng": 0.20, "deu": 0.03, "fra": 0.03, "rus": 0.04, "ukr": 0.05, "jpn": 0.05, "ind": 0.04, "esp": 0.04,
    "cod": 0.01, "idn": 0.02, "vnm": 0.02, "mmr": 0.01,
}  # fmt: skip
"""Assumed share of each language among the people in such news; only the order of magnitude matters."""


@lru_cache(maxsize=1)
def _frequencies() -> dict[str, float]:
    """Return how often each common surname is met, over all languages."""
    found: dict[str, float] = {}
    for row in bundled_rows("claims/surnames.csv"):
        share = _SHARE[row["language"]] * float(row["per_mille"]) / 1000.0
        found[row["surname"]] = found.get(row["surname"], 0.0) + share
    return found


@lru_cache(maxsize=65536)
def rarity(surname: str) -> float:
    """Return -log P(a stranger bears this surname): from the table, else by its letters."""
    letters = re.sub(r"[^a-z]", "", latin(surname))
    plain = min(CAP, LETTER * max(3, len(letters)))
    known = _frequencies().get(letters, 0.0)
    return min(plain, -math.log(known)) if known else plain


def by_syllables(words: tuple[str, ...]) -> float:
    """Return what it says that words are syllables of a syllabary and no Chinese name: they were carried through it."""
    counts = [syllable_count(each) for each in words]
    if not all(counts):
        return 0.0
    if max(counts) >= LEAST_SYLLABLES or (len(counts) > 2 and max(counts) == 1 and sum(counts) > LEAST_SYLLABLES):
        return FOREIGN * sum(counts)
    return 0.0


@lru_cache(maxsize=65536)
def given_rarity(given: str) -> float:
    """Return -log P(a stranger bears this given name)."""
    letters = re.sub(r"[^a-z]", "", latin(given))
    count = syllable_count(given)
    chinese = SYLLABLE * count if 0 < count < 3 else CAP
    return min(CAP, LETTER * max(2, len(letters)), max(chinese, SYLLABLE))
