"""Words, numbers and signs of a text with their places, in any script."""

from __future__ import annotations

import re
from dataclasses import dataclass

DIGITS, WORD, SIGN = "digits", "word", "sign"
_GROUP = "\u00a0\u202f\u2009 '’"
_TOKEN = re.compile(
    rf"(?P<label>[A-Z][A-Za-z]*-\d[\w]*|(?!(?:USD|US|EUR|RMB|CNY|JPY|GBP)\d)[A-Za-z]+\d[\w-]*(?![\w-]|,\d{{3}})|\d+[A-Z]+\d\w*|\d+(?:st|nd|rd|th)\b)"
    rf"|(?P<digits>\d{{1,3}}(?:[{_GROUP}]\d{{3}})+(?:[.,]\d+)?(?![\d])|\d+(?:[.,]\d+)*)"
    r"|(?P<money>(?:US|A|C|HK|NT)?\$|[€£¥₴₽₩])"
    r"|(?P<wide>[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3])"
    r"|(?P<part>(?:[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Tt]wenty|[Hh]undred)(?=fold\b))"
    r"|(?P<word>[^\W\d_]+(?:['’](?=s\b)[^\W\d_]+)?)"
    r"|(?P<sign>\S)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """A word, number or sign.

    Args:
        text: as written.
        low: in small letters.
        start, end: characters of the text.
        kind: ``digits``, ``word`` or ``sign``; signs of East Asian scripts are words of one sign.
        is_close: whether no white space stands before it.
    """

    text: str
    low: str
    start: int
    end: int
    kind: str
    is_close: bool


def tokens_of(text: str, barred: list[tuple[int, int]]) -> list[Token]:
    """Return the tokens of a text; a barred stretch (a calendar date) is one sign ``|``.

    Example:
        >>> [each.text for each in tokens_of("854톤 of LEAP-1C, 4 000 t", [])]
        ['854', '톤', 'of', 'LEAP-1C', ',', '4 000', 't']
    """
    found: list[Token] = []
    at = 0
    for start, end in [*barred, (len(text), len(text))]:
        found += _between(text, at, start)
        if end > start:
            found.append(Token(text=text[start:end], low="|", start=start, end=end, kind=SIGN, is_close=False))
        at = max(at, end)
    return found


def _between(text: str, start: int, end: int) -> list[Token]:
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        kind = DIGITS if match["digits"] else SIGN if match["sign"] or match["money"] else WORD
        is_close = match.start() > 0 and not text[match.start() - 1].isspace()
        found.append(
            Token(
                text=match.group(),
                low=match.group().lower().replace("’", "'"),
                start=match.start(),
                end=match.end(),
                kind=kind,
                is_close=is_close,
            )
        )
    return found
