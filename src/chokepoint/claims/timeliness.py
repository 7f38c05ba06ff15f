"""Which record may speak to a claim by its time: none of the future, none of years away from the time claimed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chokepoint.claims.shelf import Record
    from chokepoint.claims.slots import Topic

LASTING = frozenset({"import_share", "net_import_reliance", "reserves", "capacity", "by_product_share"})
"""Measures that are of no single year."""
YEAR, MONTH = 4, 7
"""Characters of a year, and of a month."""
SOON, STALE = 2, 3
"""Years a record may be from the time claimed, and months a day's price may be old, and still contradict."""
AHEAD = frozenset({"new_supply", "model", "quota", "other", "tariff"})
"""Measures that are told before their time: plans, forecasts, limits, pledges."""


def is_later(record: Record, published: str) -> bool:
    """Say whether a record is of a time after publication: no year, month or day of the future bears anything out."""
    if record.measure in AHEAD:
        return False
    held = record.period[: len("2025-12-31")]
    if not re.fullmatch(r"\d{4}(?:-\d\d){0,2}", held):
        held = held[:YEAR] if held[:YEAR].isdigit() else ""
    held = held[: len("2025-12")]
    return bool(held) and held > published[: len(held)]


def is_too_late(record: Record, published: str) -> bool:
    """Say whether a record is of a time after publication; what lasts may be of the next two years."""
    lasts = record.measure in LASTING and record.period[:YEAR].isdigit()
    return is_later(record, published) and not (lasts and int(record.period[:YEAR]) - int(published[:YEAR]) <= SOON)


def may_contradict(record: Record, topic: Topic, published: str) -> bool:
    """Say whether a record that differs contradicts: known by publication, and of about the time claimed."""
    held = record.period[:YEAR]
    if record.measure == "tariff" and record.period[:MONTH] > published[:MONTH]:
        return False
    wanted = [
        each
        for each in (topic.period.value[:YEAR], "" if topic.period.is_named else published[:YEAR])
        if each.isdigit()
    ]
    if not held.isdigit() or not wanted:
        return True
    is_near = any(abs(int(each) - int(held)) <= SOON for each in wanted)
    return is_near and not is_later(record, published) and not _is_stale(record, topic, published)


def _is_stale(record: Record, topic: Topic, published: str) -> bool:
    """Say whether a price is of too long ago, or an average of too long a time, to contradict that of a day."""
    if record.measure == "price" and len(record.period) == YEAR:
        return record.period >= published[:YEAR] or (topic.period.is_named and len(topic.period.value) > YEAR)
    found = re.match(r"(\d{4})-(\d\d)", record.period)
    if record.measure != "price" or found is None or topic.period.is_named:
        return False
    months = 12 * (int(published[:YEAR]) - int(found[1])) + int(published[5:7]) - int(found[2])
    return months > STALE and topic.period.value[:7] != record.period[:7]
