"""A figure that no plain number and unit spell, and how a rule makes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.tokens import Token


@dataclass(frozen=True, kw_only=True, slots=True)
class Portion:
    """A figure that no plain number and unit spell.

    Args:
        start, end: characters of the sentence.
        low, high: in ``unit``.
        unit: ``%``, ``count``, ``rank``, ``times``, ``index``, a stretch of time or ``clock`` (:mod:`chokepoint.claims.daytimes`).
        comparison: ``~`` for a share in words, which is round by nature, else ``=``.
        whole: of a count.
    """

    start: int
    end: int
    low: float
    high: float
    unit: str
    comparison: str = "="
    whole: float | None = None


Read = tuple[Portion, int]
"""A portion and the index of the token behind it."""


def made(
    tokens: Sequence[Token],
    at: int,
    end: int,
    value: float,
    unit: str,
    comparison: str = "=",
    whole: float | None = None,
) -> Read:
    """Return the portion that spans some tokens, and the index behind them."""
    return Portion(
        start=tokens[at].start,
        end=tokens[end - 1].end,
        low=value,
        high=value,
        unit=unit,
        comparison=comparison,
        whole=whole,
    ), end


def low_at(tokens: Sequence[Token], at: int) -> str:
    """Return a token in small letters, nothing outside the text."""
    return tokens[at].low if 0 <= at < len(tokens) else ""
