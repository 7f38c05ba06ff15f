"""The rows that describe chains: goods, the trade codes that hold them, the plants that make them, who uses them.

A chain is data. A mineral is added by rows; no code knows one.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator, model_validator

from chokepoint.records.rows import FigureRow, Row


class ChainGoodRow(FigureRow):
    """A good of a chain; the value is its price in the year stated, ``USD`` per unit of quantity.

    ``chain`` is the mineral's code among the facts, ``behaviour`` the class its users and stores belong to,
    ``price_series`` the basis of the fact along which the price moves from year to year; empty where there is none.
    """

    table = "chains/goods"
    good: str = Field(pattern=r"^[a-z0-9_]+$")
    name: str
    chain: str
    stage: str
    quantity_unit: str
    behaviour: str
    price_series: str

    @property
    def figure_name(self) -> str:
        """``price.<good>``."""
        return f"price.{self.good}"


class CodeRow(FigureRow):
    """Which trade code holds a good; the value is tonnes of the good in a tonne of product.

    Grades under one code are parted by unit value: a flow below ``least_usd_per_kg`` or at or above
    ``most_usd_per_kg`` is another good. A line with an exporter beats the line without. With ``by`` ``value`` the
    good is counted from USD over its price, because the code's tonnes hold other metals too.
    """

    table = "chains/codes"
    good: str
    code: str = Field(pattern=r"^\d{4,10}$")
    exporter: str
    first_year: int
    last_year: int
    least_usd_per_kg: float
    most_usd_per_kg: float
    by: Literal["weight", "value"]

    @field_validator("least_usd_per_kg", mode="before")
    @classmethod
    def _no_floor(cls, cell: object) -> object:
        return 0.0 if cell == "" else cell

    @field_validator("most_usd_per_kg", mode="before")
    @classmethod
    def _no_ceiling(cls, cell: object) -> object:
        return float("inf") if cell == "" else cell

    @model_validator(mode="after")
    def _years_in_order(self) -> CodeRow:
        if self.first_year > self.last_year:
            message = f"a last year no earlier than {self.first_year}"
            raise ValueError(message)
        return self

    @property
    def figure_name(self) -> str:
        """``content.<good>.<code>[.<exporter>]``."""
        return ".".join(each for each in ("content", self.good, self.code, self.exporter) if each)


class MixedCodeRow(FigureRow):
    """A trade code that mixes goods; the value is the part of a maker's output that leaves it under the code.

    A line with an exporter beats the line without.
    """

    table = "chains/mixed_codes"
    good: str
    code: str = Field(pattern=r"^\d{4,10}$")
    exporter: str
    first_year: int
    last_year: int

    @field_validator("value")
    @classmethod
    def _is_a_part(cls, value: float) -> float:
        if not 0.0 < value <= 1.0:
            message = "a part between 0 and 1"
            raise ValueError(message)
        return value

    @property
    def figure_name(self) -> str:
        """``traded_part.<good>[.<exporter>]``."""
        return ".".join(each for each in ("traded_part", self.good, self.exporter) if each)


class CountRow(FigureRow):
    """What customs counted of the good alone in one year; kept when the books of that year are closed.

    Empty exporter or importer: any.
    """

    table = "chains/counts"
    good: str
    exporter: str
    importer: str

    @property
    def figure_name(self) -> str:
        """``counted.<good>[.<exporter>][.<importer>].<year>``."""
        parts = (
            "counted",
            self.good,
            self.exporter and f"from_{self.exporter}",
            self.importer and f"to_{self.importer}",
        )
        return ".".join(each for each in (*parts, str(self.year)) if each)


class StepRow(FigureRow):
    """A kind of plant; the value is units of its first good per unit that the facts count.

    ``stage`` is the one under which the facts report the chain's production. Where nobody reports it, the value is the
    part of its first input that is left to it where that arrives. ``host`` names what a by-product comes from;
    ``behaviour`` is its class.
    """

    table = "chains/steps"
    kind: str = Field(pattern=r"^[a-z0-9_]+$")
    good: str
    stage: str
    host: str
    behaviour: str

    @property
    def figure_name(self) -> str:
        """``counted.<kind>``."""
        return f"counted.{self.kind}"


class SectorRow(FigureRow):
    """What part of a good's final use a sector takes, in every country alike."""

    table = "chains/sectors"
    good: str
    sector: str

    @property
    def figure_name(self) -> str:
        """``sector.<good>.<sector>``."""
        return f"sector.{self.good}.{self.sector}"


class ChainWorldRow(Row):
    """A world built from chains when it is asked for: the chains it holds, in order, and its year."""

    table = "chains/worlds"
    world: str
    title: str
    base_year: int
    chains: str = Field(min_length=1)
