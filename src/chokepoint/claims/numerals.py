"""Numbers as texts write them: digits with commas, points and blanks, words, fractions, Chinese and Korean counts."""

from __future__ import annotations

import re
from dataclasses import dataclass

UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "thousands": 1e3, "million": 1e6, "millions": 1e6, "billion": 1e9, "billions": 1e9, "trillion": 1e12,
    "mn": 1e6, "bn": 1e9, "m": 1e6, "mio": 1e6, "mrd": 1e9, "k": 1e3, "тис": 1e3, "тыс": 1e3, "млн": 1e6, "млрд": 1e9, "万": 1e4, "萬": 1e4, "亿": 1e8,
    "億": 1e8, "만": 1e4, "억": 1e8, "천": 1e3, "千": 1e3, "百万": 1e6, "mille": 1e3, "wan": 1e4, "тысяч": 1e3, "тисяч": 1e3, "миллиона": 1e6, "миллионов": 1e6,
    "мільйонів": 1e6, "мільйона": 1e6, "миллиардов": 1e9, "мільярдів": 1e9, "tsd": 1e3, "kilo": 1e3, "thsd": 1e3,
}  # fmt: skip
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
}

_WORD = "|".join(sorted(UNITS, key=len, reverse=True))
DIGITS = r"\d{1,3}(?:[,.   ’']\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?"
WORDS = rf"(?:a\s+hundred(?:\s+and)?|(?:{_WORD})(?:[\s-]+hundred)?(?:\s+and)?)(?:[\s-]+(?:{_WORD}))*"
CHINESE_DIGITS = "[零〇一二两兩三四五六七八九十百]+"


@dataclass(frozen=True, kw_only=True, slots=True)
class Custom:
    """How an article writes numbers.

    Args:
        decimal_comma: whether a comma parts decimals ("2,6").
        point_groups: whether a point parts thousands ("230.000").
    """

    decimal_comma: bool
    point_groups: bool


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
        decimal_comma=is_comma, point_groups=point_groups > 0 and (is_comma or (not points and not comma_groups))
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


def word_value(text: str) -> float:
    """Return the number that words stand for.

    Example:
        >>> word_value("a hundred and forty-one")
        141.0
    """
    total = 0.0
    for word in re.findall(r"[a-z]+", text.lower()):
        if word == "hundred":
            total = max(total, 1.0) * 100
        elif word in UNITS:
            total += UNITS[word]
    return total


def chinese_value(text: str) -> float:
    """Return the number that Chinese digits stand for, below a thousand."""
    total, digit = 0.0, 0
    for sign in text:
        value = CHINESE[sign]
        if value >= 10:
            total += max(digit, 1) * value
            digit = 0
        else:
            digit = value
    return total + digit
