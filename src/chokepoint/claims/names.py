"""What a name in an article is: where it stands, what it means, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chokepoint.claims.sentences import Sentence

_TOKEN = re.compile(r"[^\W\d_]+(?:\d[^\W\d_]+)?(?:['’ʼ\-‐.][^\W\d_]+)*|[A-Z]?\d+[A-Z]*|&", re.UNICODE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """A name where it stands.

    Args:
        start, end: characters of the article.
        text: what stands there.
        kind: as in the gazetteer.
        key: the record meant; ``stranger``; None where the text does not decide.
        candidates: records it may be, best first.
        score: likeness, 0 to 1.
        why: the evidence that decided.
        holder: for an office, who held it on the day meant.
    """

    start: int
    end: int
    text: str
    kind: str
    key: str | None
    candidates: tuple[str, ...] = ()
    score: float = 1.0
    why: str = "spelt as on record"
    holder: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """A word with where it stands."""

    start: int
    end: int
    text: str

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital, in a script that has them."""
        return self.text[0].isupper()


def tokens_of(sentence: Sentence) -> list[Token]:
    """Return the words of a sentence."""
    return [
        Token(start=sentence.start + match.start(), end=sentence.start + match.end(), text=match.group())
        for match in _TOKEN.finditer(sentence.text)
    ]
