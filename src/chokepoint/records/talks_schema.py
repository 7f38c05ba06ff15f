"""The schema of a talks file: who sits at the table, what each could release, and what it is worth to keep it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from chokepoint.records.measure_schema import Day, GradeName, SourceKey, Target, Text
from chokepoint.records.scenario_schema import Entry, Month, Override, ParameterName, Range, Slug, Whole


class Party(BaseModel):
    """One side: who negotiates, and who must say yes at home."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    negotiators: Text
    principal: Text
    principal_weight: Range
    """How much heavier security weighs with the principal than with the negotiators."""


class View(BaseModel):
    """What is known when the packages are judged."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Text
    as_of: Day
    parameters: dict[ParameterName, Override] = Field(default_factory=dict)
    note: str = ""


class Chain(BaseModel):
    """Goods that clear together, and the acts in force when talks begin."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    world: Text
    history: tuple[Entry, ...] = ()


class Level(BaseModel):
    """One rung of an issue: what is done on it, on top of the acts in force."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Text
    measures: tuple[Entry, ...] = ()
    is_threat: Annotated[bool, Field(strict=True)] = False
    """Whether it is only a threat, in no package."""


class Issue(BaseModel):
    """Something one side could release: its levels, from the hardest to the softest."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Text
    owner: Text
    chain: Slug
    without_a_deal: Slug
    levels: Annotated[dict[Slug, Level], Field(min_length=2)]


class SecurityValue(Range):
    """What a party gains a year, beside the market, while an issue stands on a level [USD per year]."""

    party: Text
    issue: Slug
    level: Slug
    source: SourceKey
    grade: GradeName
    dated: Day


class Actor(BaseModel):
    """Somebody who is heard at home: firms that use, or make, what the measures bear on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Text
    party: Text
    uses: tuple[Text, ...] = ()
    """End uses of the worlds, such as ``vehicles``."""
    makes: tuple[Text, ...] = ()
    """Kinds of activity of the worlds, such as ``magnet_making``."""


class Renegotiation(BaseModel):
    """A month from which what was agreed falls due."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    month: Month
    reason: Text
    issues: tuple[Slug, ...] = ()
    """What falls due; all issues if none is named. What was released on others cannot be taken back at this date."""


class Deposit(BaseModel):
    """A third country's deposit, put into the simulated market as a plant."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    owner: Text
    """Whose it is, for people."""
    title: Text
    unknown: Text
    """What is not known of it, as a sentence."""
    kind: Text
    """Kind of activity, such as ``mine_light``; its output is the parameter ``second_front.output``."""
    stands_in: Target
    """Country of the world it is counted with."""
    least_scale: Range
    """Part of its output that must find buyers who are free to buy, or it is not opened."""


class Fronts(BaseModel):
    """The second front and the circle: whose chain is waited for, and whose deposits are bid for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    controller: Target
    chain: Slug
    contract: Text = ""
    """Name of a contract of the tables; none if empty."""
    first: Month
    draws: Annotated[Whole, Field(ge=1)]
    builder: Target
    rivals: Annotated[tuple[Target, ...], Field(min_length=1)]
    deposit: Deposit | None = None


class Talks(BaseModel):
    """Linked bargaining over what two sides could release."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Slug
    title: Text
    question: Text
    before: Month
    start: Month
    months: Annotated[Whole, Field(ge=1, le=240)]
    draws: Annotated[Whole, Field(ge=1)]
    seed: Annotated[Whole, Field(ge=0)]
    joint_world: Text
    parameters: dict[ParameterName, Override] = Field(default_factory=dict)
    verification_months: Range
    parties: Annotated[dict[Target, Party], Field(min_length=2, max_length=2)]
    views: Annotated[dict[Slug, View], Field(min_length=1)]
    chains: Annotated[dict[Slug, Chain], Field(min_length=1)]
    issues: Annotated[dict[Slug, Issue], Field(min_length=1)]
    values: tuple[SecurityValue, ...] = ()
    historical: dict[Slug, Slug] = Field(default_factory=dict)
    tolerance: Range | None = None
    """Loss an actor bears before it objects, as a share of what it spends on, or earns from, the goods of the talks."""
    actors: dict[Slug, Actor] = Field(default_factory=dict)
    renegotiate: Annotated[tuple[Renegotiation, ...], Field(max_length=4)] = ()
    dated_months: Annotated[Whole, Field(ge=1, le=240)] | None = None
    """Months over which dates are solved backwards; those of ``months`` if not given."""
    fronts: Fronts | None = None


TALKS: TypeAdapter[Talks] = TypeAdapter(Talks)
