"""One statement of a publisher about a mineral, or the word that it makes none."""

from __future__ import annotations

from dataclasses import dataclass, fields

from chokepoint.provenance import Figure

WORLD = "WLD"
"""Where a statement is about the world as a whole; never a country, and never added to countries."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """What a publisher says about a mineral at a stage, in a place and a year.

    A publisher that withholds a number or has none is heard too: ``value`` is None and ``reason`` says why. Missing
    is missing, never zero.

    Args:
        mineral: its code (``gallium``, ``dysprosium``).
        stage: ``mining``, ``refining`` ...; empty where the measure knows no stage.
        measure: what was counted: ``production``, ``reserves``, ``capacity``, ``net_import_reliance``, ``price`` ...
        country: ISO 3166 alpha-3, or ``WLD``.
        year: the year it describes.
        value: the number, in ``unit``; None where the publisher gives none.
        unit: unit of the number (``t/yr``, ``USD/kg``, ``share``).
        basis: what a tonne is a tonne of: ``contained``, ``gross``, ``REO``, ``oxide`` ...; may be empty.
        low, high: the publisher's or our range; equal to ``value`` where none is known.
        source: key of ``references.bib``, edition included (``usgs_mcs2026``).
        grade: as in :class:`chokepoint.provenance.Figure`.
        reason: notes of the publisher, how it was derived, or why there is no number.
    """

    mineral: str
    stage: str
    measure: str
    country: str
    year: int
    value: float | None
    unit: str
    basis: str
    low: float | None
    high: float | None
    source: str
    grade: str
    reason: str = ""

    @property
    def name(self) -> str:
        """Measure, mineral, stage, country and year, dotted; the empty ones left out."""
        return ".".join(each for each in (self.measure, self.mineral, self.stage, self.country, str(self.year)) if each)

    def figure(self) -> Figure:
        """Return it as a figure.

        Raises:
            LookupError: there is no number; the message says why.
        """
        if self.value is None:
            message = f"{self.name}: no number ({self.reason or 'the publisher gives none'})"
            raise LookupError(message)
        return Figure(
            name=self.name,
            value=self.value,
            unit=self.unit,
            low=self.value if self.low is None else self.low,
            high=self.value if self.high is None else self.high,
            year=self.year,
            source=self.source,
            grade=self.grade,
            reason=self.reason,
        )


COLUMNS = tuple(each.name for each in fields(Fact))
"""Columns of a table of facts, in order."""
