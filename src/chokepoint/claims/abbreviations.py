"""Short forms in capitals: abbreviations that the article itself spells out, and the signs of elements."""

from __future__ import annotations

import re
from functools import lru_cache

_FULL = re.compile(
    r"\b[A-ZÀ-Þ][\w’'-]*(?:[\s-]+(?:(?:of|for|and|the|on|de|du|des|la|le|et|pour|der|die|und|für)\s+){0,2}[A-ZÀ-Þ][\w’'-]*)+"
)
_SHORT = re.compile(r"[A-Z][A-Z.]{1,7}")
_MOST = 8
"""Words of the longest name that is abbreviated."""
SIGNS = {
    "Ni": "nickel", "Co": "cobalt", "Li": "lithium", "Ga": "gallium", "Ge": "germanium", "Sb": "antimony", "Nd": "neodymium", "Dy": "dysprosium",
    "Tb": "terbium", "Sm": "samarium", "Ho": "holmium", "Cu": "copper", "Mg": "magnesium", "Mn": "manganese", "Bi": "bismuth", "Ti": "titanium",
}  # fmt: skip
_BEFORE = re.compile(
    r"(?:%|\bper cent|\bpercent|\d\s?(?:kt|Mt|t|kg|ppm|g/t)(?:\sof)?|\b(?:refined|contained|primary|battery-grade|intermediate|metallic|pure|recoverable)|"
    r"\b(?:tonnes|tons|units|pounds|grades?|content|output|ounces)\sof)\s+$"
)
_AFTER = re.compile(r"\s+(?:content|grades?|prices?|metal|oxide|ores?|sulphate|sulfate|equivalent|units?|concentrate)\b|\s*[,/+&]\s*(?:and\s)?(?:Ni|Co|Li|Ga|Ge|Sb|Nd|Dy|Tb|Cu|Mn)\b|/(?=[A-Z][a-z]?\b)")  # fmt: skip


@lru_cache(maxsize=8)
def spelt_out(text: str) -> dict[str, frozenset[str]]:
    """Return the names of several words that a text spells out, by their initials.

    Example:
        >>> spelt_out("The Ruritanian Iron Board met.")["RIB"]
        frozenset({'Ruritanian Iron Board'})
    """
    found: dict[str, set[str]] = {}
    for match in _FULL.finditer(text):
        words = [each for each in re.split(r"[\s-]+", match.group()) if each[:1].isupper()]
        whole = re.split(r"(?=\b[A-ZÀ-Þ])", match.group())[1:]
        for start in range(max(0, len(words) - _MOST), len(words) - 1):
            for end in range(start + 2, len(words) + 1):
                initials = "".join(each[0] for each in words[start:end])
                found.setdefault(initials, set()).add("".join(whole[start:end]).strip(" -"))
    return {short: frozenset(names) for short, names in found.items()}


def meanings(text: str, short: str) -> frozenset[str]:
    """Return the names that a text spells out for an abbreviation; none where the word is none."""
    plain = short.replace(".", "")
    return spelt_out(text).get(plain, frozenset()) if _SHORT.fullmatch(short) and len(plain) > 2 else frozenset()


def element(word: str, before: str, after: str) -> str:
    """Return the mineral that the sign of an element stands for beside a share, a weight or a product; else nothing."""
    mineral = SIGNS.get(word, "")
    return mineral if mineral and (_BEFORE.search(before) or _AFTER.match(after)) else ""
