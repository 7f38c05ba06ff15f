"""The rows of the project's own tables, as data models: which columns a line has and what each cell must be."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from chokepoint.provenance import ASSUMED, GRADES, PROBABILITY, Figure

NEEDS_REASON = ("assumed", "derived")
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]


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
    """A plant announced or being built; the value is its capacity in the kind's level per year.

    ``buyers`` and ``feed`` name countries, parted by ``;``; empty where the plant sells and buys as its
    activity does already. ``timing`` says what the months rest on, ``status`` what the probability rests on.
    """

    table = "projects"
    project: str = Field(pattern=r"^[a-z0-9_]+$")
    kind: str
    country: str
    buyers: str
    feed: str
    announced: Month
    earliest: Month
    first_month: Month
    latest: Month
    timing: str = Field(min_length=1)
    probability: float = Field(ge=0, le=1)
    status: str = Field(min_length=1)
    investment_musd: float | None = Field(ge=0)

    @field_validator("investment_musd", mode="before")
    @classmethod
    def _not_known(cls, cell: object) -> object:
        return None if cell == "" else cell

    @model_validator(mode="after")
    def _months_in_order(self) -> ProjectRow:
        if not self.earliest <= self.first_month <= self.latest:
            message = f"earliest, first and latest month in this order, with {self.first_month}"
            raise ValueError(message)
        return self

    @property
    def figure_name(self) -> str:
        """``project_size.<name>``."""
        return f"project_size.{self.project}"

    @property
    def figures(self) -> tuple[Figure, Figure, Figure]:
        """Size, first month (in years) and chance, as parameters."""
        start = Figure(
            name=f"project_start.{self.project}",
            value=year_of(self.first_month),
            unit="year",
            low=year_of(self.earliest),
            high=year_of(self.latest),
            year=self.year,
            source=ASSUMED,
            grade=ASSUMED,
            reason=self.timing,
        )
        chance = Figure(
            name=f"project_chance.{self.project}",
            value=self.probability,
            unit=PROBABILITY,
            low=0.0,
            high=1.0,
            year=self.year,
            source=ASSUMED,
            grade=ASSUMED,
            reason=self.status,
        )
        return self.figure(), start, chance


def investment_figure(row: ProjectRow) -> tuple[Figure, ...]:
    """Return what a project costs, if a source says so."""
    if row.investment_musd is None:
        return ()
    amount = row.investment_musd
    return (
        replace(
            row.figure(),
            name=f"project_investment.{row.project}",
            value=amount,
            low=amount,
            high=amount,
            unit="million USD",
            inputs=(),
        ),
    )


def year_of(month: str) -> float:
    """Return a month ``YYYY-MM`` as a year with its fraction, at the month's beginning."""
    year, number = month.split("-")
    return int(year) + (int(number) - 1) / 12


class DepositRow(Row):
    """What is reported of a deposit; an empty value says that no number is public."""

    table = "deposits"
    deposit: str
    country: str
    place: str
    mineral: str
    measure: str
    value: float | None
    unit: str
    control: Literal["held", "occupied", "front line", "mixed", "not stated"]
    year: int
    source: str = Field(min_length=1)
    grade: Literal["B", "B-", "C"]
    reason: str = Field(min_length=1)

    @field_validator("value", mode="before")
    @classmethod
    def _not_public(cls, cell: object) -> object:
        return None if cell == "" else cell

    @model_validator(mode="after")
    def _a_number_has_a_unit(self) -> DepositRow:
        if (self.value is None) != (not self.unit):
            message = "value and unit both, or neither"
            raise ValueError(message)
        return self


class ContractRow(FigureRow):
    """A contract over deposits: who grants what to whom against what; the value is the money paid in so far."""

    table = "contracts"
    contract: str
    owner: str
    party: str
    excluded: str
    signed: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    in_force: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    grants: str
    against: str

    @property
    def figure_name(self) -> str:
        """``contract.<name>``."""
        return f"contract.{self.contract}"


class ParameterRow(FigureRow):
    """A number of behaviour, with what it holds for.

    ``scope`` says so: ``general`` for all that has no row of its own; ``stage``, ``good``, ``plant`` or ``use`` for the
    one its name ends in, in a country if that ends the name; ``class`` for all makers of a class, by which chains and
    sketches alike name theirs; ``chain`` for a class, plant, good or use of the chains, in worlds built from them.
    """

    table = "parameters"
    scope: Literal["general", "stage", "class", "chain", "good", "plant", "use"]
    name: str

    @property
    def figure_name(self) -> str:
        """The parameter's own dotted name."""
        return self.name

    @property
    def parts(self) -> tuple[str, str]:
        """What is stated, and of what: ``choke_price`` and ``steel``."""
        stated, _, of = self.name.partition(".")
        return stated, of


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
