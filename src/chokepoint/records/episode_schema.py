"""The schema of an episode: a past shock as it stood on the day it began, and what was reported of it later."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, TypeAdapter, model_validator

from chokepoint.records.document import refusal
from chokepoint.records.measure_schema import Day, GradeName, Text
from chokepoint.records.scenario_schema import Entry, Month, Number, Override, ParameterName, Slug, Whole


def _number_or_name(entry: object) -> str:
    return "name" if isinstance(entry, str) else "number"


def _named_or_sketched(entry: object) -> str:
    return "named" if isinstance(entry, str) else "sketched"


Bound = Annotated[Annotated[Number, Tag("number")] | Annotated[Slug, Tag("name")], Discriminator(_number_or_name)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Said(BaseModel):
    """A number with what it takes to answer for it.

    Args:
        source: who says so, in the episodes that ship a key of ``references.bib``, or ``assumed``; where: what it says
            there, in its own figures; later_vintage: it was published after the day the forecast is made, and stands
            in for what was in hand.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: Number
    unit: Text
    year: Whole
    source: Text
    where: str = ""
    later_vintage: bool = False
    grade: GradeName
    low: Number | None = None
    high: Number | None = None
    reason: str = ""

    @model_validator(mode="after")
    def _holds_its_value(self) -> Self:
        low, high = self.value if self.low is None else self.low, self.value if self.high is None else self.high
        if not low <= self.value <= high:
            expected = "low, value and high in rising order"
            raise refusal(expected, f"correct one of low {low:g}, value {self.value:g}, high {high:g}")
        if not self.reason and (self.grade in {"assumed", "derived"} or self.source == "assumed"):
            expected = "a reason, since the number is assumed or derived"
            raise refusal(expected, "add 'reason: ...'")
        return self


class Project(BaseModel):
    """A plant known to be coming: what it will make, from when, and how likely."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    country: Country
    announced: Month
    earliest: Month
    first_month: Month
    latest: Month
    probability: Annotated[Number, Field(ge=0.0, le=1.0)]
    capacity: Said
    timing: Text
    status: Text


class Need(BaseModel):
    """Amount of another good per unit made; ``makers`` are the countries that need it, all of them if empty."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    amount: Said
    makers: tuple[Country, ...] = ()


class Good(BaseModel):
    """A good in few lines: who makes it, of what, and who uses it; the trade follows.

    Args:
        makers: the class of its makers (``mine``, ``by_product``, ``refinery``), whose parameters govern them.
        made: output per year by country; used: final demand per year by country, besides what other goods of the
            episode take; needs: other goods it is made of; projects: plants to come.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Text
    stage: Text
    unit: Text
    makers: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    price: Said
    made: Annotated[dict[Country, Said], Field(min_length=1)]
    used: dict[Country, Said] = Field(default_factory=dict)
    needs: dict[Slug, Need] = Field(default_factory=dict)
    projects: dict[Slug, Project] = Field(default_factory=dict)


class Sketch(BaseModel):
    """The world of an episode in few lines."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    year: Whole
    goods: Annotated[dict[Slug, Good], Field(min_length=1)]


class Reading(BaseModel):
    """What is read off the simulated months.

    Args:
        of: ``outside_price`` what one more unit costs a buyer, ``paid_price`` what it pays on average,
            ``inside_price`` what a seller receives at home, ``exports`` what leaves a country, ``imports`` what
            reaches it.
        goods: counted together for exports and imports; else one.
        country: the buyer or the seller.
        to: whither, for exports; whence, for imports; everywhere if empty.
        months: first and last; take: what is made of several; over: first and last month of the base, the
            reference year if empty; later: months an arrival is behind its shipment.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    of: Literal["outside_price", "paid_price", "inside_price", "exports", "imports"]
    goods: Annotated[tuple[str, ...], Field(min_length=1)]
    country: Country
    to: tuple[str, ...] = ()
    months: Annotated[tuple[Month, Month], Field()]
    take: Literal["mean", "highest", "lowest", "month_of_highest", "month_of_lowest", "month_back_at"] = "mean"
    level: Number | None = None
    over: tuple[Month, Month] | None = None
    later: Annotated[Whole, Field(ge=0)] = 0


class Target(BaseModel):
    """What was reported of a reading: the ratio to its base.

    Args:
        actual: what came; left out while it is still to come; due: the month in which it will be known, which a target
            without an outcome must say.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    reading: Slug
    actual: Annotated[Number, Field(gt=0.0)] | None = None
    low: Number | None = None
    high: Number | None = None
    due: Month | None = None
    source: Text
    where: str = ""
    grade: GradeName
    note: str = ""

    @model_validator(mode="after")
    def _is_known_or_due(self) -> Self:
        if self.actual is None and self.due is None:
            expected = "'actual', or 'due', the month in which it will be known"
            raise refusal(expected, "give one of the two")
        return self


class Call(BaseModel):
    """A statement that came true, which the model gets right or wrong: a reading below or above something.

    The bound is a number or the name of another reading; one of the two is given. With ``due`` and without ``came``
    nobody knows yet; ``came`` says false of a statement that turned out wrong.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    says: Text
    reading: Slug
    below: Bound | None = None
    above: Bound | None = None
    source: Text
    where: str = ""
    grade: GradeName
    due: Month | None = None
    came: bool | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be seen."""
        return self.due is not None and self.came is None

    @model_validator(mode="after")
    def _has_one_bound(self) -> Self:
        if (self.below is None) == (self.above is None):
            expected = "one of 'below' and 'above'"
            raise refusal(expected, "give the bound once")
        return self


class Episode(BaseModel):
    """A shock: the world as it stood, the acts as they were known, and what came of it or is to be seen yet.

    ``condition`` says under what circumstance a forecast holds: where that did not come about, it is void.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Slug
    title: Text
    about: Text
    condition: str = ""
    known_on: Day
    later_vintage: tuple[Text, ...] = ()
    start: Month
    months: Annotated[Whole, Field(ge=1, le=240)]
    world: Annotated[
        Annotated[Slug, Tag("named")] | Annotated[Sketch, Tag("sketched")], Discriminator(_named_or_sketched)
    ]
    measures: tuple[Entry, ...] = ()
    parameters: dict[ParameterName, Override] = Field(default_factory=dict)
    readings: Annotated[dict[Slug, Reading], Field(min_length=1)]
    targets: tuple[Target, ...] = ()
    calls: tuple[Call, ...] = ()
    note: str = ""


EPISODE: TypeAdapter[Episode] = TypeAdapter(Episode)
