"""The rows of the project's own tables, as data models: which columns a line has and what each cell must be."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from chokepoint.provenance import ASSUMED, GRADES, Figure

NEEDS_REASON = ("assumed", "derived")


class Row(BaseModel):
    """One line of a table; unknown columns are refused, an empty cell is the empty text."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
    table: ClassVar[str]


class FigureRow(Row):
    """A line that ends in the figure columns ``value, unit, low, high, year, source, grade, reason, inputs``."""

    value: float
    unit: str = Field(min_length=1)
    low: float | None = None
    high: float | None = None
    year: int
    source: str = Field(min_length=1)
    grade: str
    reason: str = ""
    inputs: str = ""

    @field_validator("low", "high", mode="before")
    @classmethod
    def _blank_is_none(cls, cell: object) -> object:
        return None if cell == "" else cell

    @field_validator("grade")
    @classmethod
    def _known_grade(cls, grade: str) -> str:
        if grade not in GRADES:
            message = f"one of {', '.join(GRADES)}"
            raise ValueError(message)
        return grade

    @model_validator(mode="after")
    def _answers_for_itself(self) -> FigureRow:
        low, high = self.value if self.low is None else self.low, self.value if self.high is None else self.high
        if not low <= self.value <= high:
            message = f"a range low..high that holds the value {self.value:g}"
            raise ValueError(message)
        if not self.reason and (self.grade in NEEDS_REASON or self.source == ASSUMED):
            message = "a reason, since the figure is assumed or derived"
            raise ValueError(message)
        if (self.source == ASSUMED) != (self.grade == ASSUMED):
            message = "source and grade both 'assumed', or neither"
            raise ValueError(message)
        return self

    @property
    def figure_name(self) -> str:
        """Table and keys, dotted."""
        raise NotImplementedError

    def figure(self) -> Figure:
        """Return the line as a figure."""
        return Figure(
            name=self.figure_name,
            value=self.value,
            unit=self.unit,
            low=self.value if self.low is None else self.low,
            high=self.value if self.high is None else self.high,
            year=self.year,
            source=self.source,
            grade=self.grade,
            reason=self.reason,
            inputs=tuple(each for each in self.inputs.split(";") if each),
        )


class WorldRow(Row):
    """A bundled world: which goods it holds and the year they describe."""

    table = "worlds"
    world: str
    title: str
    base_year: int
    goods: str


class GoodRow(FigureRow):
    """A good and its reference price."""

    table = "goods"
    good: str
    name: str
    stage: str
    quantity_unit: str

    @property
    def figure_name(self) -> str:
        """``price.<good>``."""
        return f"price.{self.good}"


class BlocRow(Row):
    """A country's membership in a bloc."""

    table = "blocs"
    bloc: str
    country: str
    since: str
    until: str
    source: str


class RecipeRow(FigureRow):
    """Output or input per unit of an activity's level; an empty country means every country."""

    table = "recipes"
    kind: str
    country: str
    direction: Literal["output", "input"]
    good: str

    @property
    def figure_name(self) -> str:
        """``recipe.<kind>[.<country>].<good>``, with ``.input`` where re-export takes in what it puts out."""
        name = ".".join(each for each in ("recipe", self.kind, self.country, self.good) if each)
        return f"{name}.input" if self.direction == "input" and self.kind.endswith(self.good) else name


class ProductionRow(FigureRow):
    """Level of an activity in the reference year."""

    table = "production"
    kind: str
    country: str

    @property
    def figure_name(self) -> str:
        """``production.<kind>.<country>``."""
        return f"production.{self.kind}.{self.country}"


class FlowRow(FigureRow):
    """A lane of the reference year."""

    table = "flows"
    good: str
    exporter: str
    importer: str

    @property
    def figure_name(self) -> str:
        """``flow.<good>.<exporter>.<importer>``."""
        return f"flow.{self.good}.{self.exporter}.{self.importer}"


class UseRow(FigureRow):
    """Final demand of the reference year."""

    table = "uses"
    good: str
    country: str
    sector: str

    @property
    def figure_name(self) -> str:
        """``use.<good>.<country>.<sector>``."""
        return f"use.{self.good}.{self.country}.{self.sector}"


class TotalRow(FigureRow):
    """A sum or share that reconciliation has to keep (``of``, ``exporter``, ``importer``: names parted by ``;``)."""

    table = "totals"
    total: str
    measures: Literal["flow", "production", "production_share"]
    of: str
    exporter: str
    importer: str

    @property
    def figure_name(self) -> str:
        """``total.<name>``."""
        return f"total.{self.total}"


class StoreRow(Row):
    """A store; its cover is a parameter."""

    table = "stores"
    good: str
    country: str
    owner: Literal["industry", "state"]


class ProjectRow(FigureRow):
    """A plant announced or being built; the value is its size in the kind's level per year."""

    table = "projects"
    project: str
    kind: str
    country: str
    first_month: str = Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")
    probability: float = Field(ge=0, le=1)

    @property
    def figure_name(self) -> str:
        """``project.<name>``."""
        return f"project.{self.project}"


class ParameterRow(FigureRow):
    """A number of behaviour."""

    table = "parameters"
    name: str

    @property
    def figure_name(self) -> str:
        """The parameter's own dotted name."""
        return self.name


class EvidenceRow(FigureRow):
    """A figure as its publisher prints it, named as an input by those derived from it."""

    table = "evidence"
    name: str

    @property
    def figure_name(self) -> str:
        """``evidence.<name>``."""
        return f"evidence.{self.name}"


class CorrectionRow(FigureRow):
    """China's magnet exports to one country: what BACI has, and what is left as NdFeB (the value)."""

    table = "magnet_export_correction"
    importer: str
    baci_t: float
    baci_kusd: float
    unit_value_usd_per_kg: float
    ndfeb_share: float
    corrected_t: float

    @property
    def figure_name(self) -> str:
        """``magnet_export_correction.<importer>``."""
        return f"magnet_export_correction.{self.importer}"
