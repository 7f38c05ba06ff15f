"""Everything the page and the terminal say, as plain records: the contract between a run and its report.

Numbers arrive here finished. The page draws them, the terminal prints them, neither adds anything.
``docs/reference/report-payload.md`` describes every field for people.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from chokepoint.report.exhibits import Chart
    from chokepoint.report.front import Hit, Leak, PricePair, Sentence
    from chokepoint.tables import Table

EXPECTED_SENTENCES = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Meta:
    """What was asked, of which picture, by which run.

    Args:
        title: the heading of the page.
        question: the question it answers, one sentence.
        scenario: name of the scenario.
        as_of: the day up to which measures are known, ``YYYY-MM-DD``.
        base_year: reference year of the picture.
        version: version of the program.
        world: name of the bundled picture.
        generated_from: identity of the run (a hash of its inputs).
        status_note: what the sources do not reach; shown as a banner, empty for none.
        branch: the branch the first screen speaks of; empty if there is only one.
    """

    title: str
    question: str
    scenario: str
    as_of: str
    base_year: int
    version: str
    world: str
    generated_from: str
    status_note: str = ""
    branch: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TableCounts:
    """How many cells of one table of the picture are sourced, derived and assumed."""

    table: str
    sourced: int
    derived: int
    assumed: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """What the whole picture rests on, in total and by table."""

    sourced: int
    derived: int
    assumed: int
    by_table: tuple[TableCounts, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Wrong:
    """One thing the model gets wrong: what, why, and the numbers that show it."""

    title: str
    text: str
    evidence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceNote:
    """A source and what it was used for.

    Args:
        key: how figures name it.
        text: author, title, where and when it appeared.
        licence: its terms, and how it was read.
        used_for: for what, and how often.
        link: its address, shown to be followed by hand; empty for none.
    """

    key: str
    text: str
    licence: str
    used_for: str
    link: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureNote:
    """A figure named in a ``why``: enough to answer "says who?" on the page itself.

    Args:
        name, value, unit, low, high, year, source, grade, reason: as in the figure.
        kind: sourced, derived or assumed.
        source_text: the source in words.
    """

    name: str
    value: float
    unit: str
    low: float
    high: float
    year: int
    source: str
    grade: str
    reason: str = ""
    kind: str = ""
    source_text: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Accounting:
    """Whether the books closed.

    Args:
        worst_residual: largest relative residual of any balance, case and month.
        worst_identity: largest relative gap of the accounting identity.
        unsolved_cases: cases that did not converge.
    """

    worst_residual: float
    worst_identity: float
    unsolved_cases: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Payload:
    """All that a report says.

    Args:
        meta: what was asked.
        answer: five sentences.
        price_pair: the paid beside the marginal price; None leaves the panel out.
        hits: those hit, in the order shown.
        leaks: third countries, in the order shown.
        tables: every table the page shows or draws from, by name.
        charts: the charts, in the order shown.
        coverage: counts of sourced, derived and assumed cells.
        wrong: one thing the model gets wrong.
        sources: the sources.
        limits: what the page cannot tell, one sentence each; the first says how far its intervals are to be believed.
        accounting: whether the books closed.
        disagreements, reconciliation, scores: names of tables, empty for none.
        names: names for people of the codes that stand in tables (``CHN``: China).
        figures: the figures named by the sentences' ``why``.
        said: sentences of further sections, by the section's key; more: those folded below them.

    Raises:
        ValueError: not five sentences; a chart, a slot or a row that does not fit its table.
    """

    meta: Meta
    answer: tuple[Sentence, ...]
    price_pair: PricePair | None
    hits: tuple[Hit, ...]
    leaks: tuple[Leak, ...]
    tables: Mapping[str, Table]
    charts: tuple[Chart, ...]
    coverage: Coverage
    wrong: Wrong
    sources: tuple[SourceNote, ...]
    limits: tuple[str, ...]
    accounting: Accounting
    disagreements: str = ""
    reconciliation: str = ""
    scores: str = ""
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    figures: tuple[FigureNote, ...] = ()
    said: Mapping[str, tuple[Sentence, ...]] = field(default_factory=dict[str, "tuple[Sentence, ...]"])
    more: Mapping[str, tuple[Sentence, ...]] = field(default_factory=dict[str, "tuple[Sentence, ...]"])

    def __post_init__(self) -> None:
        """Refuse a report that could not be drawn."""
        if len(self.answer) != EXPECTED_SENTENCES:
            message = f"the answer has {EXPECTED_SENTENCES} sentences, not {len(self.answer)}"
            raise ValueError(message)
        for slot in ("disagreements", "reconciliation", "scores"):
            name = cast("str", getattr(self, slot))
            if name and name not in self.tables:
                message = f"{slot}: no table is called {name!r}"
                raise ValueError(message)
        known = set[str]()
        for chart in self.charts:
            if chart.id in known:
                message = f"two charts are called {chart.id!r}"
                raise ValueError(message)
            known.add(chart.id)
            chart.check(self.tables)

    def to_json(self) -> str:
        """Return the payload as JSON text; numbers that are not finite become null."""
        return json.dumps(as_plain(self), allow_nan=False, ensure_ascii=False, separators=(",", ":"))


def as_plain(value: object) -> object:
    """Turn records into dictionaries and tuples into lists, and what is not a finite number into None."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: as_plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): as_plain(each) for key, each in cast("Mapping[object, object]", value).items()}
    if isinstance(value, (tuple, list)):
        return [as_plain(each) for each in cast("tuple[object, ...]", value)]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dt.date):
        return value.isoformat()
    return value
