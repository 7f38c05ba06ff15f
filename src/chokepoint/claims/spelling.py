"""How names sound through scripts: folding, Cyrillic to Latin, pinyin to Palladius and Wade-Giles, Hangul, skeletons."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CYRILLIC = dict(zip(
    "абвгґдеєёжзиіїйклмнопрстуфхцчшщъыьэюя",
    ["a", "b", "v", "g", "g", "d", "e", "ye", "yo", "zh", "z", "i", "i", "yi", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh",
     "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya"], strict=True,
))  # fmt: skip
_INITIALS = {
    "zh": "чж", "ch": "ч", "sh": "ш", "b": "б", "p": "п", "m": "м", "f": "ф", "d": "д", "t": "т", "n": "н", "l": "л", "g": "г", "k": "к",
    "h": "х", "j": "цз", "q": "ц", "x": "с", "r": "ж", "z": "цз", "c": "ц", "s": "с", "y": "", "w": "в", "": "",
}  # fmt: skip
_FINALS = {
    "a": "а", "o": "о", "e": "э", "i": "и", "u": "у", "ai": "ай", "ei": "эй", "ao": "ао", "ou": "оу", "an": "ань", "en": "энь", "ang": "ан",
    "eng": "эн", "ong": "ун", "ia": "я", "ie": "е", "iao": "яо", "iu": "ю", "ian": "янь", "in": "инь", "iang": "ян", "ing": "ин",
    "iong": "юн", "ua": "уа", "uo": "о", "uai": "уай", "ui": "уй", "uan": "уань", "un": "унь", "uang": "уан", "ue": "юэ", "er": "эр", "v": "юй",
}  # fmt: skip
_SYLLABLE = re.compile(
    r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(iang|iong|uang|iao|ian|uai|uan|ang|eng|ong|ing|ai|ei|ao|ou|an|en|ia|ie|iu|in|ua|uo|ui|un|ue|er|a|o|e|i|u|v)(?![bcdfjklmpqstxzhwy]?$^)",
)
_SCIENTIFIC = {
    "х": "ch",
    "ц": "c",
    "ч": "č",
    "ш": "š",
    "ж": "ž",
    "й": "j",
    "ю": "ju",
    "я": "ja",
    "ё": "jo",
    "щ": "šč",
    "э": "è",
}
_WADE = (
    ("zh", "ch"),
    ("b", "p"),
    ("d", "t"),
    ("g", "k"),
    ("j", "ch"),
    ("q", "ch"),
    ("x", "hs"),
    ("z", "ts"),
    ("c", "ts"),
    ("r", "j"),
    ("ong", "ung"),
)
_OCR = str.maketrans({"0": "o", "1": "l", "5": "s", "8": "b", "|": "l"})
_HANGUL_INITIAL = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"]
_HANGUL_VOWEL = [
    "a",
    "ae",
    "ya",
    "yae",
    "eo",
    "e",
    "yeo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "eu",
    "ui",
    "i",
]
_HANGUL_FINAL = [
    "",
    "k",
    "k",
    "k",
    "n",
    "n",
    "n",
    "t",
    "l",
    "k",
    "m",
    "p",
    "l",
    "l",
    "p",
    "l",
    "m",
    "p",
    "p",
    "t",
    "t",
    "ng",
    "t",
    "t",
    "k",
    "t",
    "p",
    "t",
]
VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """Return a text without accents, in lower case, its letters kept in place of their script."""
    decomposed = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("ø", "o").replace("й", "й"))
    kept = "".join(each for each in decomposed if not unicodedata.combining(each) or each == "̆")
    return unicodedata.normalize("NFC", kept).casefold().replace("’", "'").replace("ʼ", "'")


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """Return a spelling for exact comparison: no accents, no case, hyphens as blanks, no possessive."""
    return " ".join(re.sub(r"[\s\-‐–_·.,]+", " ", re.sub(r"['’]s$", "", bare(text))).split())


def latin(text: str) -> str:
    """Return a text in Latin letters, Cyrillic and Hangul carried over; Chinese signs are left."""
    out: list[str] = []
    for sign in unicodedata.normalize("NFC", text.casefold()):
        code = ord(sign) - 0xAC00
        if sign in _CYRILLIC:
            out.append(_CYRILLIC[sign])
        elif 0 <= code < 11172:
            out.append(_HANGUL_INITIAL[code // 588] + _HANGUL_VOWEL[code % 588 // 28] + _HANGUL_FINAL[code % 28])
        else:
            out.append(sign)
    return bare("".join(out))


def syllables(word: str) -> list[tuple[str, str]] | None:
    """Split a word into pinyin syllables (initial, final), or None where it is none."""
    found: list[tuple[str, str]] = []
    rest = bare(word).replace("'", "").replace("-", "")
    while rest:
        for length in range(min(6, len(rest)), 0, -1):
            match = _SYLLABLE.fullmatch(rest[:length])
            after = rest[length:]
            if match and (not after or after[0] not in "aeiou") and not (after and not _SYLLABLE.match(after)):
                found.append((match.group(1) or "", match.group(2)))
                rest = after
                break
        else:
            return None
    return found


@lru_cache(maxsize=4096)
def chinese_forms(word: str) -> tuple[str, ...]:
    """Return how a pinyin word is written after Palladius, in Cyrillic carried back to Latin, and after Wade and Giles."""
    parts = syllables(word)
    if not parts:
        return ()
    cyrillic = "".join(_palladius(*each) for each in parts)
    wade = "".join(initial + final for initial, final in parts)
    for pinyin, giles in _WADE:
        wade = re.sub(rf"(?<![a-z]){pinyin}" if len(pinyin) == 1 else pinyin, giles, wade)
    scientific = "".join(_SCIENTIFIC.get(sign, _CYRILLIC.get(sign, sign)) for sign in cyrillic)
    return (latin(cyrillic), wade, scientific, scientific.replace("ch", "x"))


def _palladius(initial: str, final: str) -> str:
    if initial in "jqx" and final.startswith("u"):
        final = {"u": "v", "uan": "iuan", "ue": "ue", "un": "iun"}.get(final, final)
    if initial == "y":
        joined = {
            "a": "я",
            "e": "е",
            "ao": "яо",
            "ou": "ю",
            "an": "янь",
            "in": "инь",
            "ang": "ян",
            "ing": "ин",
            "ong": "юн",
            "u": "юй",
            "uan": "юань",
            "un": "юнь",
            "ue": "юэ",
            "i": "и",
        }
        return joined.get(final, final)
    if initial == "w" and final == "u":
        return "у"
    if final in {"iuan", "iun"}:
        return _INITIALS[initial] + {"iuan": "юань", "iun": "юнь"}[final]
    if initial in {"zh", "ch", "sh", "r", "z", "c", "s"} and final == "i":
        return _INITIALS[initial] + ("и" if initial in {"zh", "ch", "sh", "r"} else "ы")
    if final == "uo" and initial not in {"g", "k", "h", ""}:
        return _INITIALS[initial] + "о"
    if final == "e" and initial == "l":
        return "лэ"
    return _INITIALS[initial] + _FINALS.get(final, final)


@lru_cache(maxsize=65536)
def sound(text: str) -> str:
    """Return a rough sound: one letter for letters that carriers through scripts confuse, no doubles, no apostrophes."""
    word = re.sub(r"[^a-z]", "", latin(text).translate(_OCR))
    for old, new in (
        ("schtsch", "sh"), ("shch", "sh"), ("tsch", "ch"), ("sch", "sh"), ("tch", "ch"), ("chzh", "zh"), ("czh", "zh"), ("dzh", "j"), ("dj", "j"), ("kh", "h"), ("ph", "f"), ("tz", "ts"),
        ("ck", "k"), ("ks", "x"), ("qu", "kw"), ("w", "v"), ("ie", "e"), ("ye", "e"), ("ju", "yu"), ("ia", "ya"), ("ja", "ya"),
        ("iu", "yu"), ("ee", "i"), ("oo", "u"), ("ou", "u"), ("y", "i"), ("c", "k"),
    ):  # fmt: skip
        word = word.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", word)


@lru_cache(maxsize=65536)
def skeleton(text: str) -> str:
    """Return the consonants of a sound, voiced and unvoiced as one."""
    word = "".join(each for each in sound(text) if each not in VOWELS)
    return re.sub(r"(.)\1+", r"\1", word.translate(str.maketrans("bdgzjvh", "ptkssfk")))


_COARSE = (
    ("tsh", "s"), ("sch", "s"), ("tsz", "s"), ("dzh", "s"), ("zh", "s"), ("ch", "s"), ("sh", "s"), ("ts", "s"), ("ph", "f"), ("th", "t"), ("kh", "h"),
    ("ck", "k"), ("x", "ks"), ("ng", "n"), ("qu", "kf"), ("q", "s"), ("j", "s"), ("z", "s"), ("b", "p"), ("d", "t"), ("g", "k"), ("v", "f"), ("w", "f"),
    ("r", "l"), ("c", "k"),
)  # fmt: skip


@lru_cache(maxsize=65536)
def coarse(text: str) -> str:
    """Return the consonants that survive a syllabary: voiced and unvoiced, l and r, all hissing sounds as one.

    Example:
        >>> coarse("Telangpu") == coarse("Telampu")
        False
        >>> coarse("Lutenike") == coarse("Lutnick")
        True
    """
    word = re.sub(r"[^a-z]", "", latin(text))
    for old, new in _COARSE:
        word = word.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouy]", "", word))
