"""Every figure on record in one shape, so that a stated figure meets its like: publishers' facts and reported figures."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chokepoint.claims.rows import bundled_rows
from chokepoint.sources.fact import WORLD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chokepoint.facts import Facts
    from chokepoint.sources.fact import Fact

T_PER_LB = 0.00045359237
PER_TONNE = {"mtu": 100.0, "kg": 1000.0, "lb": 1.0 / T_PER_LB, "t": 1.0, "oz": 1e6 / 31.1034768}
STAGES = {"smelting": "refining", "separation": "refining", "mining": "mining", "refining": "refining"}
REPORTED = "press_reports_2026"
"""Key of the reference under which figures reported by press and agencies stand; each row names its outlet."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """A figure on record.

    Args:
        measure: ``production``, ``share``, ``exports``, ``price`` ...
        mineral: its code, or the good's.
        stage: ``mining``, ``refining``, ``magnets``, ``reserves``, ``capacity``; may be empty.
        country: whose figure; ``WLD`` for the world.
        partner: the other end of a flow; ``WLD`` for all; may be empty.
        period: ISO year, month or day, or as printed (``2025-H1``).
        low, high: in ``unit``; prices per weight are kept per tonne.
        unit: as in :mod:`chokepoint.claims.measures`.
        source: key of ``references.bib``.
        grade: of the source.
        about: the words of the row.
    """

    measure: str
    mineral: str
    stage: str
    country: str
    partner: str
    period: str
    low: float
    high: float
    unit: str
    source: str
    grade: str
    about: str = ""

    @property
    def name(self) -> str:
        """Return measure, mineral, stage, country, partner and period, dotted."""
        parts = (
            self.measure,
            self.mineral,
            self.stage,
            self.country,
            self.partner if self.partner != WORLD else "",
            self.period,
        )
        return ".".join(each for each in parts if each)


def per_tonne(unit: str) -> tuple[str, float]:
    """Return the unit a price is compared in, and the factor to it; other units stay."""
    money, _, weight = unit.partition("/")
    return (f"{money}/t", PER_TONNE[weight]) if weight in PER_TONNE and money.isupper() else (unit, 1.0)


def _of_fact(fact: Fact) -> Record | None:
    if fact.value is None or not fact.mineral:
        return None
    low, high = (fact.value if each is None else each for each in (fact.low, fact.high))
    unit, factor = per_tonne(fact.unit)
    unit, factor = {"t/yr": ("t", 1.0), "share": ("%", 100.0)}.get(unit, (unit, factor))
    record = Record(
        measure={"production_share": "share"}.get(fact.measure, fact.measure), mineral=fact.mineral, stage=STAGES.get(fact.stage, fact.stage), country=fact.country,
        partner="", period=str(fact.year), low=low * factor, high=high * factor, unit=unit, source=fact.source, grade=fact.grade, about=fact.basis,
    )  # fmt: skip
    if fact.measure in {"reserves", "capacity"}:
        return replace(record, stage=fact.measure)
    if fact.measure == "import_share":
        return replace(record, country="USA", partner=fact.country)
    return _priced(record, fact) if fact.measure == "price" else record


def _priced(record: Record, fact: Fact) -> Record:
    """Return a price with its market, that of a single rare earth under its own name."""
    market = "EUU" if "Europe" in fact.basis else "USA" if "U.S." in fact.basis else ""
    single = re.split(r"[\s,]", fact.basis.lower())[0] if fact.mineral == "rare_earths" else fact.mineral
    return replace(record, country=market, mineral=single)


def _shares(records: Iterable[Record]) -> list[Record]:
    """Derive each country's share of the world from one publisher's tonnes: 100 country / world."""
    rows = [each for each in records if each.measure in {"production", "reserves"} and each.unit == "t"]
    world = {
        (each.measure, each.mineral, each.stage, each.period, each.source, each.about): each
        for each in rows
        if each.country == WORLD
    }
    loose = {key[:-1]: each for key, each in world.items()}
    found: list[Record] = []
    for each in rows:
        key = (each.measure, each.mineral, each.stage, each.period, each.source, each.about)
        whole = world.get(key) or loose.get(key[:-1])
        if whole is None or each.country == WORLD or whole.high <= 0:
            continue
        found.append(Record(
            measure="share", mineral=each.mineral, stage=each.stage, country=each.country, partner=WORLD, period=each.period, low=100 * each.low / whole.high,
            high=100 * each.high / max(whole.low, 1e-12), unit="%", source=each.source, grade="derived", about=f"{each.measure} of {each.country} over the world's",
        ))  # fmt: skip
    return found


def read_reported() -> list[Record]:
    """Read the figures that press and agencies report."""
    found: list[Record] = []
    for row in bundled_rows("claims/reported.csv"):
        unit, factor = per_tonne(row["unit"])
        found.append(Record(
            measure=row["measure"], mineral=row["mineral"], stage=row["stage"], country=row["country"], partner=row["partner"], period=row["period"].rstrip("e"),
            low=float(row["low"]) * factor, high=float(row["high"]) * factor, unit=unit, source=REPORTED, grade=row["grade"], about=f"{row['about']} ({row['said']})",
        ))  # fmt: skip
    return found


def shelf_of(facts: Facts) -> Mapping[str, tuple[Record, ...]]:
    """Return every figure by mineral; those of no mineral under an empty name."""
    own = [made for each in facts.facts if (made := _of_fact(each)) is not None]
    by_mineral: dict[str, list[Record]] = {}
    for each in [*read_reported(), *own, *_shares(own)]:
        by_mineral.setdefault(each.mineral, []).append(each)
    return {mineral: tuple(each) for mineral, each in by_mineral.items()}
