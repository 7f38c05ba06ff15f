"""Chinese signs by their sound."""

from __future__ import annotations

import re

from anyascii import anyascii


def pinyin(text: str) -> str:
    """Return Chinese signs by their sound, parts at a middle dot kept apart; other signs stay.

    Example:
        >>> pinyin("贝森特")
        'beisente'
    """
    return re.sub(r"[一-鿿]+", lambda signs: anyascii(signs.group()).lower(), text.replace("·", " "))
