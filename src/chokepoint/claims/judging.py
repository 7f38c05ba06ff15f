"""A stated figure against the figures on record: supported, near, another stage, another year, or contradicted.

Every record of the same unit is asked how well it fits the topic. What the sentence says binds: a record of another mineral, country or
measure than the one named is out; one of another stage or time is set aside as such. What is only carried over leans: it costs a record
of another kind something, no more. The records that fit best are the right ones. The first of these rules that applies decides:

1. supported by, else near, a right figure; or supported by one that only a carried slot speaks against;
2. other_stage, outdated: supported by a figure set aside for its stage or its time, the closer one first;
3. contradicted: a right figure is on record;
4. figures that no measure, stage and country describe are judged by their words (:mod:`chokepoint.claims.worded`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chokepoint.claims.shelf import per_tonne
from chokepoint.claims.timeliness import LASTING, YEAR, is_too_late, may_contradict
from chokepoint.claims.tolerance import compare

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.claims.quantities import Quantity
    from chokepoint.claims.shelf import Record
    from chokepoint.claims.slots import Slot, Topic

OUTPUT = frozenset({"share", "production", "reserves", "capacity"})
FLOWS = frozenset({"exports", "imports", "import_share"})
TELLING, MANY, SAME = 3, 4, 0.001
"""Digits from which on a figure is of another time though none of its own is on record; digits from which on, and distance up to which, two figures agree by no chance."""
REVISED = 0.25
"""Distance up to which a number that its publisher revised is near."""
BEST, FITTING, LOOSE, APART, SURELY = 0.6, 2.0, 2.6, 1.6, 0.7
"""Penalties: how far from the best a right record may be, how bad the best itself, a merely supporting one, one of another stage or time."""
_RANK = {"supported": 0, "near": 1, "contradicted": 2}


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """A verdict with what it rests on.

    Args:
        verdict: as above, or ``not_checkable``.
        evidence: the figures used.
        apart: how far the stated figure is from the nearest of the right ones, as a share of it.
        right: the figure that should stand there, where another does.
        is_revised: whether the publisher changed the number in an edition after the article.
    """

    verdict: str
    evidence: tuple[Record, ...] = ()
    apart: float = 0.0
    right: Record | None = None
    is_revised: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class _Fit:
    """A record with what speaks against it.

    Args:
        record: the record.
        penalty: what carried slots and unnamed particulars cost it.
        other: ``stage`` or ``time`` where a named slot sets it aside.
        verdict, apart: of the stated figure against it.
    """

    record: Record
    penalty: float
    other: str
    verdict: str
    apart: float


def judge(stated: Quantity, topic: Topic, shelf: Mapping[str, Sequence[Record]], published: str) -> Judgement:
    """Judge a stated figure that is about a topic by measure, stage, country and time."""
    unit, factor = per_tonne(stated.unit)
    fits: list[_Fit] = []
    minerals = (topic.mineral.value, *(() if topic.mineral.is_named else topic.minerals))
    if not any(minerals) and topic.measure.value in {"quota", "imports"}:
        minerals = tuple(shelf)
    for mineral in ("",) if topic.measure.value == "tariff" else dict.fromkeys(filter(None, minerals)):
        for record in shelf.get(mineral, ()):
            if is_too_late(record, published):
                continue
            if (record.unit == unit or {record.unit, unit} == {"t", "t/year"}) and record.measure not in {
                "model",
                "change",
            }:
                penalty, other = _fit(record, topic, published)
                if penalty < LOOSE + 1:
                    verdict, apart = compare(
                        stated.low * factor, stated.high * factor, stated.comparison, _span(record)
                    )
                    fits.append(_Fit(record=record, penalty=penalty, other=other, verdict=verdict, apart=apart))
    return _revised(_decide(fits, stated, topic, published), topic, published)


def _revised(found: Judgement, topic: Topic, published: str) -> Judgement:
    """Lower "contradicted" where the publisher credited changed its own number in an edition after publication."""
    record = found.right
    if found.verdict != "contradicted" or record is None or not topic.publisher.value:
        return found
    edition = re.search(r"(\d{4})$", record.source)
    if not record.source.startswith(topic.publisher.value) or edition is None or edition[1] <= published[:YEAR]:
        return found
    return replace(found, verdict="near" if found.apart <= REVISED else "outdated", is_revised=True)


def _span(record: Record) -> tuple[float, float]:
    """Return the ends of a record; of a change in percent its size."""
    low, high = (abs(record.low), abs(record.high)) if record.unit == "%" else (record.low, record.high)
    return min(low, high), max(low, high)


def _decide(fits: Sequence[_Fit], stated: Quantity, topic: Topic, published: str) -> Judgement:
    """Apply the rules in their order."""
    held = [each for each in fits if not each.other]
    right = _right(held)
    if right and right[0].verdict == "supported":
        return _judgement("supported", right[0])
    loose = _loose(held) or _coincidence(fits, stated, topic)
    if loose is not None and not (
        right and right[0].verdict == "near" and not loose.other and right[0].penalty < SURELY
    ):
        return _judgement("supported", loose)
    if right and right[0].verdict == "near":
        return _judgement("near", right[0])
    known = [each for each in right if may_contradict(each.record, topic, published)]
    return _astray(fits, stated, topic, known, published)


def _astray(fits: Sequence[_Fit], stated: Quantity, topic: Topic, right: Sequence[_Fit], published: str) -> Judgement:
    """Judge a figure that no right record bears out: of another stage or time, else contradicted."""
    elsewhere = _elsewhere(fits, stated, published) if right or topic.period.is_named else None
    if elsewhere is None:
        return _judgement("contradicted", right[0]) if right and _is_sure(topic) else Judgement(verdict="not_checkable")
    if not right and elsewhere.other == "time" and digits_of(stated.low) < TELLING:
        return Judgement(verdict="not_checkable")
    nearest = right[0].record if right else None
    evidence = (elsewhere.record, *([nearest] if nearest else []))
    verdict = "other_stage" if elsewhere.other == "stage" else "outdated"
    return Judgement(verdict=verdict, evidence=evidence, apart=right[0].apart if right else 0.0, right=nearest)


def _right(held: Sequence[_Fit]) -> list[_Fit]:
    """Return the records that fit best, those that agree most first; none where even the best fits badly."""
    best = min((each.penalty for each in held), default=LOOSE)
    close = [each for each in held if each.penalty <= best + BEST and best <= FITTING]
    return sorted(close, key=lambda each: (_RANK[each.verdict], each.apart))


def _loose(held: Sequence[_Fit]) -> _Fit | None:
    """Return the best record that supports a figure though carried slots speak against it."""
    agreeing = [each for each in held if each.penalty <= LOOSE and each.verdict == "supported"]
    return min(agreeing, key=lambda each: (each.penalty, each.apart), default=None)


def _is_sure(topic: Topic) -> bool:
    """Say whether a sentence tells what its figure is of, so that another figure on record contradicts it."""
    if topic.measure.value in {"share", "net_import_reliance", "import_share"}:
        return topic.mineral.is_named or topic.stage.is_named or topic.measure.value != "share"
    return bool(topic.mineral.value or topic.measure.value == "tariff") and bool(topic.measure.value)


def _judgement(verdict: str, fit: _Fit) -> Judgement:
    return Judgement(
        verdict=verdict, evidence=(fit.record,), apart=fit.apart, right=None if verdict == "supported" else fit.record
    )


def digits_of(value: float) -> int:
    """Count the digits of a number up to the last that is not zero: 18,470 has four."""
    return len(f"{value:.6g}".replace(".", "").replace("-", "").strip("0")) if value else 0


def _coincidence(fits: Sequence[_Fit], stated: Quantity, topic: Topic) -> _Fit | None:
    """Return the record of a time the sentence does not name that a figure of four digits and more is exactly."""
    if topic.period.is_named or topic.is_now or digits_of(stated.low) < MANY:
        return None
    exact = [each for each in fits if each.other == "time" and each.apart <= SAME and each.penalty <= APART]
    return min(exact, key=lambda each: (each.penalty, each.apart), default=None)


def _elsewhere(fits: Sequence[_Fit], stated: Quantity, published: str) -> _Fit | None:
    """Return the figure of another stage or time that the stated one is, the closest first."""
    close = [
        each
        for each in fits
        if each.other
        and each.penalty <= APART
        and each.verdict == "supported"
        and not (each.other == "time" and len(each.record.period) == YEAR and each.record.period >= published[:YEAR])
        and (stated.comparison in {"=", "~"} or each.apart < BEST / 20)
    ]
    return min(
        close, key=lambda each: (round(each.apart, 2), each.other != "stage", each.penalty, each.apart), default=None
    )


def _fit(record: Record, topic: Topic, published: str) -> tuple[float, str]:
    """Return what a record costs, and what sets it aside."""
    cost, other = _by_measure(record, topic)
    cost += _by_mineral(record, topic)
    stage_cost, stage_other = _by_stage(record, topic)
    time_cost, time_other = _by_time(record, topic, published)
    cost += (
        stage_cost
        + time_cost
        + _by_country(record, topic)
        + _by_partner(record, topic)
        + _by_publisher(record, topic)
        + _by_detail(record, topic)
    )
    if time_other and (other or stage_other):
        cost += 0.5 if topic.period.is_named else 0.0
    return cost, other or stage_other or time_other


OUT = 99.0
"""The cost that no record survives."""


def _by_mineral(record: Record, topic: Topic) -> float:
    if record.mineral == topic.mineral.value or record.measure == "tariff":
        return 0.0
    places = [each for each in topic.minerals if each != topic.mineral.value]
    if not topic.mineral.value and not places:
        return 0.5
    return 1.5 + 0.5 * places.index(record.mineral) if record.mineral in places else OUT


def _by_measure(record: Record, topic: Topic) -> tuple[float, str]:
    wanted = topic.measure
    if record.measure == wanted.value:
        return 0.0, ""
    if len(topic.period.value) > YEAR and wanted.value == "production" and record.measure == "exports":
        return 0.6, ""
    if {record.measure, wanted.value} <= OUTPUT - {"share"}:
        return 0.0, "stage"
    if {record.measure, wanted.value} <= {
        "production",
        "other",
        "quota",
        "stock",
        "new_supply",
        "resource",
    } and wanted.value:
        return (2.0, "") if wanted.is_named else (1.0, "")
    if wanted.is_named or not wanted.value:
        return (OUT, "") if wanted.value else (1.0, "")
    return 2.0, ""


def _by_stage(record: Record, topic: Topic) -> tuple[float, str]:
    """A stage named sets others aside; one carried over only leans; prices and flows have none."""
    if record.measure not in OUTPUT or not record.stage or record.stage == topic.stage.value:
        return 0.0, ""
    if topic.stage.is_named:
        return 0.0, "stage"
    if topic.stage.value:
        return 1.2, ""
    return (0.8 if record.stage in {"reserves", "capacity"} else 0.0), ""


def _by_country(record: Record, topic: Topic) -> float:
    """A country named or carried as the subject binds; where none is known the world's figure, and China's exports, are meant."""
    wanted = topic.country
    if record.measure == "price":
        return _by_market(record, wanted)
    if record.country == wanted.value and record.country:
        return 0.0
    if record.measure == "imports" and not wanted.is_named and topic.partner.is_named:
        return 0.8
    is_chinese_export = record.measure == "exports" and record.country == "CHN"
    if not wanted.value:
        return 0.6 if record.country in {"WLD", ""} or is_chinese_export or record.measure == "import_share" else OUT
    return 0.8 if is_chinese_export and not wanted.is_named else OUT


def _by_market(record: Record, wanted: Slot) -> float:
    """Prices: inside China and outside are two markets; a price of no market fits everywhere outside."""
    if record.country == wanted.value:
        return 0.0
    if not wanted.value:
        return 0.2
    if {wanted.value, record.country} & {"CHN", "EUU"} and record.country in {"CHN", "EUU"} | (
        {"", "USA", "WLD"} if wanted.value == "CHN" else set()
    ):
        return OUT if wanted.is_named and {wanted.value, record.country} == {"CHN", "EUU"} else 1.0
    return 0.5


def _by_partner(record: Record, topic: Topic) -> float:
    if record.measure not in FLOWS:
        return 0.0
    wanted = topic.partner
    if record.partner == wanted.value or (not record.partner and wanted.value in {"", "WLD"}):
        return 0.0
    if wanted.is_named or not wanted.value:
        return OUT if wanted.value else 0.0 if record.partner == "WLD" else 1.0
    return 1.0 if record.partner in {"WLD", ""} else OUT


DETAILS = frozenset(
    {"flake", "spheri", "sponge", "oxide", "hydrox", "sulpha", "heavy", "light", "concen", "triox", "synthe", "metal"}
)
"""Stems that tell one form of a mineral from another."""


def _by_detail(record: Record, topic: Topic) -> float:
    """A form of the mineral named in the sentence costs the records of another form."""
    named = DETAILS & topic.words
    if not named:
        return 0.0
    held = {each for each in DETAILS if each in record.about.lower()}
    return 1.2 if held and not named & held else 0.0 if held else 0.3


def _by_publisher(record: Record, topic: Topic) -> float:
    wanted = topic.publisher
    if not wanted.value or record.source.startswith(wanted.value) or wanted.value.upper() in record.about:
        return 0.0
    return 0.7 if wanted.is_named else 0.2


def _by_time(record: Record, topic: Topic, published: str) -> tuple[float, str]:
    """A time named sets others aside; where none is, the one carried over and the newest both will do."""
    wanted, held = topic.period, record.period
    if topic.half and held[YEAR + 1 :] in {"H1", "H2"} - {topic.half}:
        return OUT, ""
    if topic.is_partial and len(held) == YEAR and record.measure not in LASTING:
        return OUT, ""
    free = _free_of_time(record, topic, published)
    if free is not None:
        return free, ""
    if topic.is_now and not wanted.is_named:
        return _unnamed_time(record, topic, published)
    if wanted.value and same_period(wanted.value, held):
        return 0.0, ""
    if wanted.is_named and min(len(wanted.value), len(held)) > YEAR and wanted.value[:7] != held[:7]:
        return 0.0, "time"
    if wanted.value and record.measure not in {"exports", "imports"} and _of_year(wanted.value, held):
        return (0.2 if len(wanted.value) == YEAR else 0.4), ""
    return (0.0, "time") if wanted.is_named else _unnamed_time(record, topic, published)


def _free_of_time(record: Record, topic: Topic, published: str) -> float | None:
    """Return what a record costs that is of no single time, or whose time the publisher's study is; None for others."""
    wanted, held = topic.period, record.period
    if record.measure in LASTING and (not wanted.is_named or not _of_year(wanted.value, held)):
        return 0.1 if held[:YEAR] >= str(int(published[:YEAR]) - 3) else 0.6
    if record.measure == "tariff" and (not wanted.is_named or (_of_year(wanted.value, held) and wanted.value <= held)):
        return 0.3
    is_study = topic.publisher.value == "eu_crm" and record.source.startswith("eu_crm")
    return 0.0 if is_study and not wanted.is_named else None


def _unnamed_time(record: Record, topic: Topic, published: str) -> tuple[float, str]:
    year = record.period[:YEAR]
    newest = year.isdigit() and 0 <= int(published[:YEAR]) - int(year) <= 2
    if record.measure in {"exports", "imports"}:
        return (1.0 if not topic.period.value else 1.5, "") if newest and not topic.is_now else (0.0, "time")
    if newest:
        age = max(0, int(published[:YEAR]) - 1 - int(year))
        return 1.2 * age + (0.3 if topic.period.value and not topic.is_present else 0.0), ""
    return 0.0, "time"


def _of_year(stated: str, held: str) -> bool:
    return bool(stated) and stated[:YEAR] == held[:YEAR]


def same_period(stated: str, held: str) -> bool:
    """Say whether two periods may be one: equal, or a day within its month."""
    if stated == held:
        return True
    if len(stated) == 10 or len(held) == 10:
        return (stated[:7] == held[:7]) if min(len(stated), len(held)) >= 7 else False
    return False
