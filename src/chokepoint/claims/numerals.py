"""Numbers as texts write them: digits with commas, points and blanks, words, fractions, Chinese and Korean counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.claims.tokens import DIGITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.tokens import Token

UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
EAST_ASIAN = {
    "百": 1e2,
    "千": 1e3,
    "万": 1e4,
    "萬": 1e4,
    "亿": 1e8,
    "億": 1e8,
    "兆": 1e12,
    "천": 1e3,
    "만": 1e4,
    "억": 1e8,
    "조": 1e12,
}
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "thousands": 1e3, "million": 1e6, "millions": 1e6, "billion": 1e9, "billions": 1e9, "trillion": 1e12, "trillions": 1e12,
    "lakh": 1e5, "crore": 1e7, "mn": 1e6, "mln": 1e6, "mil": 1e6, "bn": 1e9, "bln": 1e9, "m": 1e6, "b": 1e9, "k": 1e3, "tn": 1e12, "trn": 1e12, "mio": 1e6,
    "mrd": 1e9, "mld": 1e9, "mlrd": 1e9, "tsd": 1e3, "thsd": 1e3, "mille": 1e3, "milliers": 1e3, "milliard": 1e9, "milliards": 1e9, "tausend": 1e3, "millionen": 1e6,
    "milliarden": 1e9, "wan": 1e4, "yi": 1e8, "thous": 1e3, "thd": 1e3, "thds": 1e3, "ths": 1e3, "tys": 1e3, "tis": 1e3, "тис": 1e3, "тыс": 1e3, "млн": 1e6, "млрд": 1e9, "трлн": 1e12, "тысяч": 1e3, "тысячи": 1e3, "тисяч": 1e3,
    "тисячі": 1e3, "миллион": 1e6, "миллиона": 1e6, "миллионов": 1e6, "мільйон": 1e6, "мільйонів": 1e6, "мільйона": 1e6, "мільйони": 1e6, "миллиарда": 1e9,
    "миллиардов": 1e9, "мільярд": 1e9, "мільярдів": 1e9, "мільярда": 1e9, **EAST_ASIAN,
}  # fmt: skip
THOUSANDS = frozenset({"thousand", "million", "billion", "trillion"})
TIGHT = frozenset({"m", "b", "k", "mil", "yi", "wan"})
"""Short scales that are words or letters of their own elsewhere."""
SHORTENED = frozenset(
    {
        "thous",
        "thd",
        "thds",
        "ths",
        "tys",
        "tis",
        "тис",
        "тыс",
        "млн",
        "млрд",
        "mln",
        "mio",
        "mrd",
        "mlrd",
        "mld",
        "tsd",
        "thsd",
        "mn",
        "bn",
        "bln",
    }
)
MORE_THAN = frozenset({"多", "余", "余万", "여"})
UNITS_OF_MANY = {"hundred": 100.0, "dozen": 12.0}
VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅕": 0.2}
COUNTERS = frozenset("万萬亿億千百吨噸成倍个個天年月周家名座种種项項%％元")
"""What must follow Chinese digits for them to be a number."""
DIVISORS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7,
    "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10,
}  # fmt: skip
CHINESE = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "兩": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "百": 100,
    "千": 1000,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Custom:
    """How an article writes numbers.

    Args:
        decimal_comma: whether a comma parts decimals ("2,6").
        point_groups: whether a point parts thousands ("230.000").
        counts_months: whether months are numbered ("11 month 9 day"), as a translation from Chinese leaves them.
    """

    decimal_comma: bool
    point_groups: bool
    counts_months: bool = False


def custom_of(text: str) -> Custom:
    """Read an article's custom from its own numbers; what cannot be told is as in English.

    "1,238" and "1.238" tell nothing. "2,6" and "1,48" show a decimal comma, "4.8" a decimal point, "12,345.6" both.
    """
    commas = len(re.findall(r"(?<![\d.,])\d+,\d{1,2}(?![\d,.]*\d)", text))
    points = len(re.findall(r"(?<![\d.,:])\d+\.\d{1,2}(?![\d.]|\s*[ap]\.?m)", text))
    comma_groups = len(re.findall(r"(?<![\d.,])[1-9]\d{0,2},\d{3}(?!\d)", text))
    point_groups = len(re.findall(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?!\d)", text))
    is_comma = commas > points
    return Custom(
        decimal_comma=is_comma,
        point_groups=point_groups > 0 and (is_comma or (not points and not comma_groups)),
        counts_months=re.search(r"\b(?:[2-9]|1[0-2]) month\b(?! [a-z]+s\b)", text) is not None,
    )


def value_of(digits: str, custom: Custom) -> float:
    """Return the number that digits stand for.

    Example:
        >>> value_of("230.000", Custom(decimal_comma=True, point_groups=True))
        230000.0
    """
    text = re.sub(r"[   ’']", "", digits)
    if "," in text and "." in text:
        last = max(text.rfind(","), text.rfind("."))
        mark = text[last]
        return float(text.replace("." if mark == "," else ",", "").replace(mark, "."))
    if "," in text:
        groups = re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+", text)
        return float(text.replace(",", "" if groups and not (custom.decimal_comma and custom.point_groups) else "."))
    if "." in text:
        groups = re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+", text)
        return float(text.replace(".", "") if groups and (custom.point_groups or text.count(".") > 1) else text)
    return float(text)


@dataclass(frozen=True, kw_only=True, slots=True)
class Numeral:
    """A number read from tokens.

    Args:
        value: with its scale.
        end: index of the token behind it.
        scale: what the digits were multiplied by; 1 where nothing was.
        in_words: whether no digit stands in it.
    """

    value: float
    end: int
    scale: float
    in_words: bool


def numeral_at(tokens: Sequence[Token], at: int, custom: Custom) -> Numeral | None:
    """Read the number that begins at a token, scales ("10 thousand", "2万5千") included; None where none begins."""
    token = tokens[at]
    if token.kind == DIGITS:
        return _scaled(tokens, at + 1, value_of(token.text, custom))
    if token.low in VULGAR:
        return _scaled(tokens, at + 1, VULGAR[token.low])
    if token.low in CHINESE:
        return _east_asian(tokens, at)
    return _in_words(tokens, at)


def _scaled(tokens: Sequence[Token], at: int, value: float) -> Numeral:
    """Multiply digits by the scales behind them; East Asian scales may be followed by smaller ones."""
    value, at = _with_half(tokens, at, value)
    total, scale = 0.0, 1.0
    while at < len(tokens):
        word = tokens[at].low
        if word == "-" and tokens[at].is_close and _low(tokens, at + 1) in SCALES:
            at += 1
        elif word in TIGHT and not _is_tight(tokens, at):
            break
        elif word in SCALES:
            scale *= SCALES[word]
            at += 2 if _low(tokens, at + 1) == "." and word in SHORTENED else 1
        elif word in MORE_THAN and scale == 1.0 and _low(tokens, at + 1) in SCALES:
            at += 1
        elif scale > 1 and tokens[at].kind == DIGITS and tokens[at].is_close and tokens[at - 1].low in EAST_ASIAN:
            total, value, scale = total + value * scale, float(re.sub(r"\D", "", tokens[at].text)), 1.0
            at += 1
        else:
            break
    return Numeral(value=total + value * scale, end=at, scale=scale, in_words=False)


def _with_half(tokens: Sequence[Token], at: int, value: float) -> tuple[float, int]:
    """Add "and a half" and signs like "½"."""
    if at < len(tokens) and tokens[at].low in VULGAR and tokens[at].is_close:
        return value + VULGAR[tokens[at].low], at + 1
    lows = [each.low for each in tokens[at : at + 6] if each.low != "-"]
    if lows[:3] == ["and", "a", "half"]:
        hyphens = sum(each.low == "-" for each in tokens[at : at + 5])
        return value + 0.5, at + 3 + (hyphens if tokens[at].low == "-" else 0)
    return value, at


def _low(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].low if at < len(tokens) else ""


def _is_tight(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a letter is a scale ("250k", "$4 m", "3 m tonnes") and no word of its own."""
    before = tokens[at - 2].text[-1:] if at >= 2 else ""
    return (
        tokens[at].is_close
        or (before in "$€£¥" and bool(before))
        or _low(tokens, at + 1)[:3] in {"ton", "bar", "us", "dol", "yua", "eur"}
    )


def _in_words(tokens: Sequence[Token], at: int) -> Numeral | None:
    """Read a number in English words by adding units and multiplying scales."""
    first = tokens[at].low
    total, current, scale, here = 0.0, 0.0, 1.0, at
    if first in {"a", "an", "half", "several"}:
        opened = _opened(tokens, at)
        if opened is None:
            return None
        current, here = opened
    elif first not in UNITS:
        return None
    while here < len(tokens):
        word = tokens[here].low
        if word in UNITS and _adds(current, UNITS[word], is_first=here == at):
            current += UNITS[word]
        elif word in {"hundred", "dozen"} and here > at:
            current = max(current, 1.0) * UNITS_OF_MANY[word]
        elif word in THOUSANDS and here > at:
            total, current, scale = total + max(current, 0.5) * SCALES[word], 0.0, SCALES[word]
        elif not _joins(tokens, here):
            break
        here += 1
        if word not in SCALES and word in UNITS:
            current, here = _with_half(tokens, here, current)
    return Numeral(value=total + current, end=here, scale=scale, in_words=True)


def _opened(tokens: Sequence[Token], at: int) -> tuple[float, int] | None:
    """Read "a hundred", "half a million", "a dozen": the number so far and the next token."""
    first, second, third = tokens[at].low, _low(tokens, at + 1), _low(tokens, at + 2)
    many = {"hundred", "dozen", *THOUSANDS}
    if first in {"a", "an"} and second in many:
        return 1.0, at + 1
    if first == "half" and second in {"a", "-"} and third in many:
        return 0.5, at + 2
    return None


def _adds(current: float, unit: float, *, is_first: bool) -> bool:
    """Say whether a number word goes on with the number before it: "forty" with "one", "hundred" with "forty"."""
    if is_first or current == 0:
        return True
    rest = current % 100
    return unit < 100 and (rest == 0 or (rest >= 20 and rest % 10 == 0 and 0 < unit < 10))


def _joins(tokens: Sequence[Token], at: int) -> bool:
    """Say whether "and" or a hyphen stands inside a number."""
    word, before, after = tokens[at].low, tokens[at - 1].low, _low(tokens, at + 1)
    if word == "and":
        return before in {"hundred", "thousand", "million"} and UNITS.get(after, 100.0) < 100
    return (
        word == "-"
        and tokens[at].is_close
        and (before in UNITS or before == "hundred")
        and (after in UNITS or after in {"hundred", *THOUSANDS})
    )


def _east_asian(tokens: Sequence[Token], at: int) -> Numeral | None:
    """Read a number in Chinese signs where a scale, a unit or a counted thing follows."""
    here = at
    while here < len(tokens) and tokens[here].low in CHINESE:
        here += 1
    if _low(tokens, here) not in COUNTERS:
        return None
    return _scaled(tokens, here, chinese_value("".join(each.low for each in tokens[at:here])))


def chinese_value(text: str) -> float:
    """Return the number that Chinese digits stand for, below ten thousand."""
    total, digit = 0.0, 0
    for sign in text:
        value = CHINESE[sign]
        if value >= 10:
            total += max(digit, 1) * value
            digit = 0
        else:
            digit = value
    return total + digit
