"""Words that bound or soften a number: "about", "more than", "at most", "or so"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.tokens import Token

_BEFORE = {
    "~": (
        "about", "around", "some", "roughly", "approximately", "approx", "approx .", "close to", "circa", "ca", "ca .", "c .", "an estimated", "estimated", "estimated at", "in the region of",
        "in the order of", "on the order of", "in the neighbourhood of", "something like", "env", "env .", "environ", "около", "примерно", "близько", "приблизно", "约", "大约", "約", "approximate",
        "approximative", "etwa", "rund", "ungefähr", "~", "≈", "just about", "more or less", "broadly", "well-nigh", "as good as", "按", "just", "only", "barely", "약", "nearing", "approaching",
    ),
    "<": ("nearly", "almost", "less than", "under", "below", "fewer than", "just under", "short of", "just short of", "not quite", "lower than", "smaller than", "weniger als", "moins de", "<",
          "near", "近", "менее", "менше", "не до", "a shade under", "a little under", "a bit under", "slightly less than", "a little less than", "slightly under", "just below"),
    ">": (
        "more than", "over", "above", "just over", "upwards of", "upward of", "exceeding", "beyond", "больше", "больше чем", "более", "свыше", "понад", "більше", "逾", "超过", "超過", "north of", "in excess of", "plus de",
        "mehr als", "über", ">", "greater than", "higher than", "larger than", "slightly more than", "a little over", "a little more than", "slightly over", "well over", "well above", "a shade over",
        "just above", "much more than", "far more than", "exceed", "exceeds", "exceeded", "surpassed", "topped", "tops",
    ),
    ">=": ("at least", "no less than", "not less than", "no fewer than", "not fewer than", "a minimum of", "minimum", "至少", "мінімум", "минимум", "не менее", "не менше", "≥", "mindestens", "au moins"),
    "<=": ("up to", "at most", "no more than", "not more than", "as much as", "as many as", "a maximum of", "maximum", "to a maximum of", "до", "不超过", "≤", "bis zu", "jusqu ' à", "capped at", "not exceeding", "最多", "as high as"),
}  # fmt: skip
_AFTER = {
    "~": ("or so", "or thereabouts", "odd", "左右", "or thereabout"),
    ">=": (
        "or more",
        "or above",
        "or over",
        "at least",
        "at the least",
        "plus",
        "+",
        "以上",
        "and more",
        "or higher",
        "and up",
        "and above",
        "upwards",
    ),
    "<=": ("or less", "or fewer", "or below", "at most", "at the most", "以下", "or lower"),
}
PREFIXES = {tuple(phrase.split(" ")): sign for sign, phrases in _BEFORE.items() for phrase in phrases}
SUFFIXES = {tuple(phrase.split(" ")): sign for sign, phrases in _AFTER.items() for phrase in phrases}
LONGEST = max(len(phrase) for phrase in PREFIXES)
PASSED = frozenset({"the", "a", "an", "another", "his", "her", "its", "their"})
"""Words that may stand between a comparison and its number."""


def before_number(tokens: Sequence[Token], at: int) -> tuple[int, str]:
    """Return where the figure begins and the sign of the comparison before it; ``=`` where there is none."""
    for end in (at, at - 1) if at > 0 and tokens[at - 1].low in PASSED else (at,):
        for length in range(min(LONGEST, end), 0, -1):
            phrase = tuple(each.low for each in tokens[end - length : end])
            if phrase in PREFIXES:
                return end - length, PREFIXES[phrase]
    return at, "="


def after_number(tokens: Sequence[Token], at: int, sign: str) -> tuple[int, str]:
    """Return where the figure ends and its sign, a comparison behind the number read."""
    for length in (3, 2, 1):
        phrase = tuple(each.low for each in tokens[at : at + length])
        if len(phrase) == length and phrase in SUFFIXES:
            return at + length, SUFFIXES[phrase] if sign == "=" else sign
    return at, sign
