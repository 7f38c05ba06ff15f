"""The ends of an interval as columns; the words are the same in every table."""

from __future__ import annotations

from chokepoint.tables import Column


def ends(low: str, high: str, unit: str, of: str = "") -> tuple[Column, Column]:
    """Return the columns of an 80 % interval: their names, their unit, and of what they are the ends."""
    about = f"{of}: " if of else ""
    return (
        Column(name=low, unit=unit, note=f"{about}one case in ten is below"),
        Column(name=high, unit=unit, note=f"{about}one case in ten is above"),
    )
