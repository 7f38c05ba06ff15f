"""What a figure is about, slot by slot."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """One thing a figure is about.

    Args:
        value: as of a :class:`chokepoint.claims.shelf.Record`; empty where it is not known.
        is_named: whether the sentence itself says it.
    """

    value: str = ""
    is_named: bool = False


NOTHING = Slot()


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """What a figure is about.

    Args:
        mineral: the mineral or good meant.
        minerals: those named before, newest first, which a sentence that names none may go back to.
        measure, stage, country, partner: as of a :class:`chokepoint.claims.shelf.Record`.
        period: ISO year, month or day.
        publisher: key of the source that the sentence credits.
        is_change: whether it is the change of something.
        is_now: whether the sentence says that it speaks of the present ("now", "still").
        is_partial: whether its figure is of a part of a year that no record is of.
        is_present: whether its clause has no verb of the past.
        half: ``H1`` or ``H2`` where its clause names a half of a year.
        is_apart: whether its sentence has a subject of its own, so that nothing was carried over.
        words: stems of the sentence, for figures that only their words tell apart.
        around: stems of the sentences just before.
        said: stems of all sentences before.
    """

    mineral: Slot = NOTHING
    minerals: tuple[str, ...] = ()
    measure: Slot = NOTHING
    stage: Slot = NOTHING
    country: Slot = NOTHING
    partner: Slot = NOTHING
    period: Slot = NOTHING
    publisher: Slot = NOTHING
    is_change: bool = False
    is_now: bool = False
    is_present: bool = False
    is_partial: bool = False
    half: str = ""
    is_apart: bool = False
    words: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()
