"""Forecasts written down before their outcome was known, as one table keeps them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from chokepoint.records.rows import Month, Row

Day = r"^\d{4}-\d{2}-\d{2}$"


class ForecastRow(Row):
    """One forecast, dated: of a ratio (``target``), or the share of draws in which a ``statement`` comes true.

    ``written`` is the day, ``parameters`` the fingerprint of what was assumed; with ``version``, ``draws`` and ``seed``
    it can be computed again. A row is never changed once its month has come.
    """

    table = "preregistered/forecasts"
    episode: str
    kind: Literal["target", "statement"]
    forecast: str
    due: Month
    low: float | None
    median: float | None
    high: float | None
    share_of_draws: float | None
    miss: str
    known_on: str = Field(pattern=Day)
    written: str = Field(pattern=Day)
    version: str
    parameters: str
    draws: int
    solved: int
    seed: int

    @field_validator("low", "median", "high", "share_of_draws", mode="before")
    @classmethod
    def _blank_is_none(cls, cell: object) -> object:
        return None if cell == "" else cell
