"""The schema of a measure file: one dated act of a state, with its legal reference.

Checks that need the world (which goods and countries there are) read it from the validation context, so that they
are reported together with everything else.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Annotated, Literal, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    TypeAdapter,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)

from chokepoint.errors import did_you_mean
from chokepoint.provenance import ASSUMED, GRADES
from chokepoint.records.document import refusal
from chokepoint.records.vocabulary import Vocabulary

PARAMETER_NAME = r"^[a-z][a-z0-9_]*(\.[A-Za-z0-9_]+)*$"
WORLD = "world"


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """What the checks need to know.

    Args:
        vocabulary: the names that mean something in the world.
        measure_ids: every measure that may be named.
    """

    vocabulary: Vocabulary
    measure_ids: Collection[str]


def context_of(info: ValidationInfo) -> Context:
    """Return the context a schema is checked in."""
    return cast("Context", info.context)


def _day(value: object) -> dt.date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass
    expected, remedy = "a date, year-month-day", "write it like 2025-04-04"
    raise refusal(expected, remedy)


def _good(code: str, info: ValidationInfo) -> str:
    goods = context_of(info).vocabulary.goods
    if code not in goods:
        expected = "the code of a good that is known"
        raise refusal(expected, did_you_mean(code, goods))
    return code


def _country(text: str, info: ValidationInfo) -> str:
    countries = context_of(info).vocabulary.countries
    iso3 = countries.resolve(text)
    if iso3 is None:
        expected = "a country"
        raise refusal(expected, countries.suggest(text))
    return iso3


def _target(text: str, info: ValidationInfo) -> str:
    if text == WORLD or text in context_of(info).vocabulary.blocs:
        return text
    return _country(text, info)


def _targets(value: object) -> object:
    if value == WORLD:
        return [WORLD]
    if isinstance(value, list) and value:
        return cast("list[object]", value)
    expected, remedy = "'world' or a list of countries and blocs", "write 'world', or a list such as [USA, EU27]"
    raise refusal(expected, remedy)


def _filled(value: object) -> object:
    # Counted before the entries are judged: a list of one wrong entry is not also an empty list.
    if value == []:
        expected, remedy = "at least one entry", "add one"
        raise refusal(expected, remedy)
    return value


def _measure_id(name: str, info: ValidationInfo) -> str:
    known = context_of(info).measure_ids
    if name not in known:
        expected = "the id of a measure that is known"
        raise refusal(expected, did_you_mean(name, known) if known else "add its file first")
    return name


def _source(key: str, info: ValidationInfo) -> str:
    references = context_of(info).vocabulary.references
    if references is not None and key not in references and key != ASSUMED:
        expected = "a key of references.bib, or 'assumed'"
        raise refusal(expected, did_you_mean(key, references))
    return key


def _grade(grade: str) -> str:
    if grade not in GRADES:
        expected, remedy = f"one of {', '.join(GRADES)}", "see docs/reference/grades.md"
        raise refusal(expected, remedy)
    return grade


def _amount(low: float, high: float | None = None) -> Callable[[object, ValidationInfo], float | str]:
    """Return the check of a number within bounds, or of the name of the parameter that holds it."""
    bounds = f"a number from {low:g} to {high:g}" if high is not None else f"a number, {low:g} or more"
    expected = f"{bounds}, or the name of a parameter"

    def check(value: object, info: ValidationInfo) -> float | str:
        if isinstance(value, str) and re.fullmatch(PARAMETER_NAME, value):
            wrong = context_of(info).vocabulary.wrong_parameter(value)
            if wrong:
                raise refusal(expected, wrong)
            return value
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise refusal(expected, "write digits without quotation marks, or a name such as licence.handling_days")
        if not (low <= value < math.inf and (high is None or value <= high)):
            raise refusal(expected, "correct the number")
        return float(value)

    return check


def _amount_schema(bounds: dict[str, float]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [{"type": "number"} | bounds, {"type": "string", "pattern": PARAMETER_NAME}]})


Day = Annotated[dt.date, BeforeValidator(_day)]
Text = Annotated[str, Field(min_length=1)]
GoodCode = Annotated[str, AfterValidator(_good)]
MeasureId = Annotated[str, AfterValidator(_measure_id)]
Target = Annotated[str, AfterValidator(_target)]
SourceKey = Annotated[str, Field(min_length=1), AfterValidator(_source)]
GradeName = Annotated[str, AfterValidator(_grade), WithJsonSchema({"enum": list(GRADES)})]
GoodCodes = Annotated[tuple[GoodCode, ...], BeforeValidator(_filled), Field(json_schema_extra={"minItems": 1})]
MeasureIds = Annotated[tuple[MeasureId, ...], BeforeValidator(_filled), Field(json_schema_extra={"minItems": 1})]
Targets = Annotated[
    tuple[Target, ...],
    BeforeValidator(_targets),
    WithJsonSchema({"anyOf": [{"const": WORLD}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}),
]
Share = Annotated[float | str, PlainValidator(_amount(0.0, 1.0)), _amount_schema({"minimum": 0.0, "maximum": 1.0})]
Amount = Annotated[float | str, PlainValidator(_amount(0.0)), _amount_schema({"minimum": 0.0})]


class Act(BaseModel):
    """What every measure says, whatever it does."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Text | None = None
    title: Text
    actor: Annotated[str, AfterValidator(_country)]
    reference: Text
    announced: Day
    effective: Day
    ends: Day | None = None
    outcome_of_end: Text | None = None
    source: SourceKey
    grade: GradeName
    note: str = ""

    @field_validator("effective")
    @classmethod
    def _follows_its_announcement(cls, effective: dt.date, info: ValidationInfo) -> dt.date:
        announced = info.data.get("announced")
        if announced and effective < announced:
            expected = f"a day not before it was announced ({announced})"
            raise refusal(expected, "exchange the two dates or correct one")
        return effective

    @field_validator("ends")
    @classmethod
    def _ends_after_it_begins(cls, ends: dt.date | None, info: ValidationInfo) -> dt.date | None:
        effective = info.data.get("effective")
        if ends and effective and ends < effective:
            expected = f"a day not before it begins ({effective})"
            raise refusal(expected, "exchange the two dates, or leave 'ends' empty when no end is known")
        return ends


class ActOnGoods(Act):
    """A measure that bears on goods and countries directly."""

    targets: Targets
    goods: GoodCodes
    exporters: Targets = ()


class Licence(ActOnGoods):
    """Exports need a licence: nothing for the handling time, then a share that rises with approvals."""

    instrument: Literal["licence"]
    share: Share
    handling_days: Amount
    approval_per_month: Share
    already_cleared: Share


class Ban(ActOnGoods):
    """No exports."""

    instrument: Literal["ban"]


class Quota(ActOnGoods):
    """Exports up to so many tonnes a month, over all targets together."""

    instrument: Literal["quota"]
    tonnes_per_month: Amount


class Duty(ActOnGoods):
    """A duty in proportion to the price."""

    instrument: Literal["duty"]
    ad_valorem_share: Amount


class Closure(Act):
    """Plants or mines at home are shut, whoever they would have sold to."""

    instrument: Literal["closure"]
    goods: GoodCodes
    capacity_share: Share
    targets: Targets = ()


class Framework(Act):
    """An understanding that changes how licences are handed out."""

    instrument: Literal["framework"]
    modifies: MeasureIds
    approval_per_month: Share
    targets: Targets = ()
    goods: tuple[GoodCode, ...] = ()


class Suspension(Act):
    """Other measures are not applied while this one is in force."""

    instrument: Literal["suspension"]
    suspends: MeasureIds
    targets: Targets = ()
    goods: tuple[GoodCode, ...] = ()


Measure = Annotated[Licence | Ban | Quota | Duty | Closure | Framework | Suspension, Field(discriminator="instrument")]
MEASURE: TypeAdapter[Licence | Ban | Quota | Duty | Closure | Framework | Suspension] = TypeAdapter(Measure)
