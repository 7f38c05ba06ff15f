"""The schema of a scenario file: a question, and the branches that answer it side by side."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    TypeAdapter,
    ValidationInfo,
    model_validator,
)

from chokepoint.records.document import refusal
from chokepoint.records.measure_schema import Day, Measure, MeasureId, Text, context_of

Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
RARE_EARTHS = "rare-earths-2024"
"""The world a scenario plays in unless it names another."""
SLUG = r"^[a-z0-9][a-z0-9_-]*$"
MONTH = r"^[0-9]{4}-(0[1-9]|1[0-2])$"
Whole = Annotated[int, Field(strict=True)]


def _parameter(name: str, info: ValidationInfo) -> str:
    wrong = context_of(info).vocabulary.wrong_parameter(name)
    if wrong:
        expected = "the name of a parameter that is known"
        raise refusal(expected, wrong)
    return name


def _slug(name: str) -> str:
    if not re.fullmatch(SLUG, name):
        expected, remedy = "small letters, digits and hyphens", "write it like snapback-2026; it becomes a folder name"
        raise refusal(expected, remedy)
    return name


def _world_name(name: str) -> str:
    if not re.fullmatch(SLUG, name):
        expected = "a bundled world, or a folder beside the scenario file named in small letters, digits and hyphens"
        raise refusal(expected, "put the folder that `chokepoint world build` wrote beside the scenario and name it")
    return name


def _month(text: str) -> str:
    if not re.fullmatch(MONTH, text):
        expected, remedy = "a month, year-month", "write it like 2025-04"
        raise refusal(expected, remedy)
    return text


def _named_or_written_out(entry: object) -> str:
    return "named" if isinstance(entry, str) else "written out"


def _number_or_range(entry: object) -> str:
    return "number" if isinstance(entry, int | float | str) or entry is None else "range"


class Range(BaseModel):
    """A parameter with a range of its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: Number
    low: Number
    high: Number
    reason: str = ""

    @model_validator(mode="after")
    def _holds_its_value(self) -> Self:
        if not self.low <= self.value <= self.high:
            expected = "low, value and high in rising order"
            raise refusal(expected, f"correct one of low {self.low:g}, value {self.value:g}, high {self.high:g}")
        return self


Slug = Annotated[str, AfterValidator(_slug), Field(json_schema_extra={"pattern": SLUG})]
WorldName = Annotated[str, AfterValidator(_world_name), Field(json_schema_extra={"pattern": SLUG})]
Month = Annotated[str, AfterValidator(_month), Field(json_schema_extra={"pattern": MONTH})]
ParameterName = Annotated[str, AfterValidator(_parameter)]
Override = Annotated[Annotated[Number, Tag("number")] | Annotated[Range, Tag("range")], Discriminator(_number_or_range)]
Entry = Annotated[
    Annotated[MeasureId, Tag("named")] | Annotated[Measure, Tag("written out")], Discriminator(_named_or_written_out)
]


class Branch(BaseModel):
    """One course of events."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Text
    as_of: Day | None = None
    measures: tuple[Entry, ...]
    parameters: dict[ParameterName, Override] = Field(default_factory=dict)
    note: str = ""


class Scenario(BaseModel):
    """A question, and the branches that answer it side by side."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Slug
    world: WorldName = RARE_EARTHS
    talks: str | None = None
    title: Text
    question: Text
    as_of: Day
    start: Month
    report_from: Month | None = None
    months: Annotated[Whole, Field(ge=1, le=240)]
    draws: Annotated[Whole, Field(ge=1)]
    seed: Annotated[Whole, Field(ge=0)]
    parameters: dict[ParameterName, Override] = Field(default_factory=dict)
    branches: Annotated[
        dict[Slug, Branch],
        Field(min_length=1),
    ]


SCENARIO: TypeAdapter[Scenario] = TypeAdapter(Scenario)
