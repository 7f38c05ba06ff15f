"""A stated figure against the figures on record: supported, near, another stage, another year, or contradicted.

The first of these rules that applies decides:

1. supported: within 1.5 %; or within 2.5 % and the record rounds to it; or in the record's range; or a range that meets
   it; or a bound that holds and is no further than a factor of 1.5 away;
2. near: within 10 %; within 20 % with "about" or when the record rounds to it;
3. other_stage, outdated: supported by the figure of another stage, or of another time, the closer one first;
4. contradicted: a figure of the same thing and time is on record, and is none of these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from chokepoint.claims.shelf import REPORTED, per_tonne
from chokepoint.claims.topics import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chokepoint.claims.quantities import Quantity
    from chokepoint.claims.shelf import Record
    from chokepoint.claims.topics import Topic

EXACT, ROUNDED, NEAR, NEAR_ABOUT, BOUND = 0.015, 0.025, 0.10, 0.20, 1.5
WORDED = frozenset({"approval", "tariff", "dependence", "export_share", "money", "quota"})
"""Measures told apart by the words of the row."""
STRUCTURED = frozenset({"share", "price"})
LEAST_WORDS = 3
RARE = frozenset({"bbl", "bbl/d", "JPY", "aircraft", "USD/year", "months", "t/year"})
"""Units so rare on record that fewer words tell their rows apart."""
LASTING = frozenset({"import_share", "dependence", "reserves"})
"""Measures that are of no single year."""
YEAR = 4
"""Characters of a year."""
_RANK = {"supported": 0, "near": 1, "contradicted": 2}


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """A verdict with what it rests on.

    Args:
        verdict: as above, or ``not_checkable``.
        evidence: the figures used.
        apart: how far the stated figure is from the nearest of the right ones, as a share of it.
        right: the figure that should stand there, where another does.
    """

    verdict: str
    evidence: tuple[Record, ...] = ()
    apart: float = 0.0
    right: Record | None = None


def rounds_to(stated: float, true: float) -> bool:
    """Say whether a figure, rounded to the last digit of the stated one that is not zero, is the stated one."""
    exponent = Decimal(repr(stated)).normalize().as_tuple().exponent
    step = 10.0 ** int(exponent)
    return abs(round(true / step) * step - stated) < step * 1e-6


def _apart(stated: float, true: float) -> float:
    return abs(stated - true) / abs(true) if true else abs(stated)


def _single(stated: float, true: float, *, about: bool) -> str:
    distance = _apart(stated, true)
    coarse = rounds_to(stated, true)
    if distance <= EXACT or (distance <= ROUNDED and coarse):
        return "supported"
    return "near" if distance <= (NEAR_ABOUT if about or coarse else NEAR) else "contradicted"


def compare(low: float, high: float, comparison: str, record: tuple[float, float]) -> tuple[str, float]:
    """Class a stated figure against one on record; return the class and how far apart they are."""
    least, most = record
    if comparison in {">", ">=", "<", "<="} and low == high:
        true = (least + most) / 2
        holds = true >= low if comparison[0] == ">" else true <= high
        factor = max(true / low, low / true) if true and low else 1.0
        if holds and (factor <= BOUND or low == 0):
            return "supported", _apart(low, true)
        return _single(low, true, about=False), _apart(low, true)
    if low < high:
        if low <= most and least <= high:
            return "supported", 0.0
        edge, nearest = (high, least) if high < least else (low, most)
        return _single(edge, nearest, about=comparison == "~"), _apart(edge, nearest)
    if least <= low <= most:
        return "supported", 0.0
    nearest = least if low < least else most
    return _single(low, nearest, about=comparison == "~"), _apart(low, nearest)


def same_period(stated: str, held: str) -> bool:
    """Say whether two periods may be one: equal, or a day within its month."""
    if stated == held:
        return True
    if len(stated) == 10 or len(held) == 10:
        return (stated[:7] == held[:7]) if min(len(stated), len(held)) >= 7 else False
    return False


def judge(stated: Quantity, topic: Topic, shelf: Mapping[str, Sequence[Record]], published: str) -> Judgement:
    """Judge a stated figure that is about a topic."""
    unit, factor = per_tonne(stated.unit)
    low, high = stated.low * factor, stated.high * factor
    like = [
        each
        for each in shelf.get(topic.mineral, ())
        if (each.unit == unit or (unit == "t" and each.unit == "t/year")) and each.measure not in {"model", "change"}
    ]
    if unit not in {"t", "%"} and "/" not in unit:
        like += [each for each in shelf.get("", ()) if each.unit == unit]
    if topic.measure == "tariff":
        like = [each for each in shelf.get("", ()) if each.measure == "tariff"]
    worded = topic.measure in WORDED or not topic.measure or unit not in {"t", "%", "index"} and "/" not in unit  # noqa: RUF021
    if worded:
        return judge_by_words(low, high, stated, unit, topic, shelf) or Judgement(verdict="not_checkable")
    found = _structured(low, high, stated, like, topic, published)
    if found.verdict in {"not_checkable", "contradicted"} and topic.measure == "share":
        by_words = judge_by_words(low, high, stated, unit, topic, shelf)
        if by_words is not None and by_words.verdict == "supported":
            return by_words
    return found


def _structured(
    low: float, high: float, stated: Quantity, like: Sequence[Record], topic: Topic, published: str
) -> Judgement:
    """Judge a figure whose measure, stage and country are known."""
    about = _about(like, topic)
    right = _at(about, topic, published)
    judged = sorted(
        ((*compare(low, high, stated.comparison, (each.low, each.high)), each) for each in right),
        key=lambda each: (_RANK[each[0]], each[1]),
    )
    if judged and judged[0][0] in {"supported", "near"}:
        verdict, apart, best = judged[0]
        return Judgement(verdict=verdict, evidence=(best,), apart=apart, right=None if verdict == "supported" else best)
    other = _other(low, high, stated, like, about, right, topic)
    if other is not None:
        verdict, evidence = other
        nearest = judged[0][2] if judged else None
        return Judgement(
            verdict=verdict,
            evidence=(evidence, *([nearest] if nearest else [])),
            apart=judged[0][1] if judged else 0.0,
            right=nearest,
        )
    if judged and topic.period_known_or_current(published):
        return Judgement(verdict="contradicted", evidence=(judged[0][2],), apart=judged[0][1], right=judged[0][2])
    return Judgement(verdict="not_checkable")


def judge_by_words(
    low: float, high: float, stated: Quantity, unit: str, topic: Topic, shelf: Mapping[str, Sequence[Record]]
) -> Judgement | None:
    """Judge a figure that no measure, stage and country describe, by the words it shares with a reported row."""
    least = LEAST_WORDS - (unit in RARE or topic.measure in {"tariff", "approval"})
    ranked = [
        (-shared, apart, _RANK[verdict], verdict, each)
        for each in _worded(shelf, unit)
        if (shared := _shared(topic, each)) >= least
        for verdict, apart in [compare(low, high, stated.comparison, (each.low, each.high))]
    ]
    return _best_worded(ranked, topic.period)


def _best_worded(ranked: Sequence[tuple[int, float, int, str, Record]], period: str) -> Judgement | None:
    """Return the judgement by the rows that share most words; a lone contradiction needs more of them."""
    if not ranked:
        return None
    top = min(each[0] for each in ranked)
    best = min((each for each in ranked if each[0] <= top + 1), key=lambda each: (each[2], each[0], each[1]))
    newer = [each for each in ranked if each[4].about == best[4].about and each[4].period > best[4].period]
    if newer and not period and best[3] == "supported" and all(each[3] == "contradicted" for each in newer):
        return Judgement(verdict="outdated", evidence=(best[4], newer[-1][4]), apart=newer[-1][1], right=newer[-1][4])
    if best[3] != "contradicted":
        return Judgement(
            verdict=best[3], evidence=(best[4],), apart=best[1], right=None if best[3] == "supported" else best[4]
        )
    elsewhere = next((each for each in ranked if each[3] == "supported"), None)
    if elsewhere is not None:
        return Judgement(verdict="outdated", evidence=(elsewhere[4], best[4]), apart=best[1], right=best[4])
    if -best[0] <= LEAST_WORDS:
        return None
    return Judgement(verdict="contradicted", evidence=(best[4],), apart=best[1], right=best[4])


def _worded(shelf: Mapping[str, Sequence[Record]], unit: str) -> list[Record]:
    """Return the reported rows of a unit that words tell apart."""
    rows = [each for held in shelf.values() for each in held if each.source == REPORTED and each.unit == unit]
    return [each for each in rows if each.measure not in STRUCTURED or unit == "%"]


def _shared(topic: Topic, record: Record) -> int:
    """Count what a figure and a row have in common: words, mineral, year and measure."""
    shared = len(topic.words & words_of(re.sub(r"\(.*", "", record.about)))
    shared += bool(record.mineral and topic.mineral == record.mineral)
    shared += bool(topic.period and record.period[:4] == topic.period[:4])
    return shared + bool(topic.measure and record.measure == topic.measure)


def _about(like: Iterable[Record], topic: Topic) -> list[Record]:
    """Return the records of the same measure, stage, country and partner; a slot that is not known fits."""
    found: list[Record] = []
    for each in like:
        if (
            topic.measure
            and each.measure != topic.measure
            and not (topic.measure == "production" and each.measure == "other")
        ):
            continue
        if (
            topic.stage
            and each.stage
            and each.stage != topic.stage
            and topic.measure not in {"price", "exports", "imports"}
        ):
            continue
        if (
            topic.country
            and each.country
            and each.country != topic.country
            and not (topic.measure == "price" and topic.country == "")
        ):
            if topic.measure != "price":
                continue
            if {topic.country, each.country} & {"EUU", "CHN"} and each.country not in {"WLD", "USA"}:
                continue
        if (
            topic.partner
            and each.partner
            and each.partner != topic.partner
            and topic.measure in {"exports", "imports", "import_share"}
        ):
            continue
        found.append(each)
    return found


def _at(about: Sequence[Record], topic: Topic, published: str) -> list[Record]:
    """Return the records of the time claimed; where none is claimed, the newest up to publication."""
    claimed = topic.period
    if topic.measure in LASTING and all(each.period[:4] != claimed[:4] for each in about):
        claimed = ""
    if claimed:
        return _of_time(about, claimed, topic.measure)
    held = [each for each in about if int(each.period[:4] or 0) <= int(published[:4]) + 1]
    newest = max((int(each.period[:4] or 0) for each in held), default=0)
    return [each for each in held if int(each.period[:4] or 0) >= newest - 1]


def _of_time(about: Sequence[Record], claimed: str, measure: str) -> list[Record]:
    """Return the records of a time; those of its year where there are none and the measure is no flow."""
    by_year = measure in {"price", "money"} and len(claimed) == YEAR
    exact = [each for each in about if same_period(claimed, each.period) or (by_year and each.period[:4] == claimed)]
    if exact or measure in {"exports", "imports"}:
        return exact
    return [each for each in about if each.period[:4] == claimed[:4]] if len(claimed) > YEAR else []


def _other(
    low: float, high: float, stated: Quantity, like: Sequence[Record], about: Sequence[Record], right: Sequence[Record], topic: Topic
) -> tuple[str, Record] | None:  # fmt: skip
    """Return the verdict of a figure of another time or stage that the stated one is, the closest first."""
    held = {id(each) for each in right}
    same = {id(each) for each in about}
    found: list[tuple[float, int, str, Record]] = []
    for each in like:
        if id(each) in held:
            continue
        verdict, apart = compare(
            low, high, "=" if stated.comparison == "~" else stated.comparison, (each.low, each.high)
        )
        if verdict != "supported" or stated.comparison in {">", "<", ">=", "<="} and apart > ROUNDED:  # noqa: RUF021
            continue
        if id(each) in same:
            found.append((apart, 1, "outdated", each))
        elif (
            each.country in {topic.country, ""}
            and topic.measure in {"share", "production", "reserves", "capacity"}
            and each.measure in {"share", "production", "reserves", "capacity"}
        ):
            found.append((apart, 0, "other_stage", each))
        elif (
            right
            and topic.measure == "share"
            and each.measure == "share"
            and each.stage != topic.stage
            and apart < EXACT
        ):
            found.append((apart + 0.01, 2, "other_stage", each))
        elif topic.measure == "exports" and each.measure == "exports" and each.period == topic.period:
            found.append((apart + 0.02, 3, "contradicted", each))
    if not found:
        return None
    _, _, verdict, record = min(found, key=lambda each: (round(each[0], 3), each[1]))
    return verdict, record


def judge_change(
    stated: Quantity,
    recent: Sequence[Record],
    shelf: Mapping[str, Sequence[Record]],
    named: frozenset[str] = frozenset(),
) -> Judgement:
    """Judge a change or a multiple against the records just used: 100 |1 - new / old|, or new / old."""
    found: list[tuple[int, float, str, tuple[Record, ...]]] = []
    for new in recent:
        for old in _peers(new, recent, shelf, named):
            base, value = sorted((old, new), key=lambda each: (each.period, each.high))
            if base.high > 0:
                ratio = value.low / base.high
                true = ratio if stated.unit == "times" else 100 * abs(1 - ratio)
                verdict, apart = compare(stated.low, stated.high, stated.comparison, (true, true))
                found.append((_RANK[verdict], apart, verdict, (value, base)))
    if not found:
        return Judgement(verdict="not_checkable")
    _, apart, verdict, evidence = min(found, key=lambda each: each[:2])
    return Judgement(
        verdict=verdict, evidence=evidence, apart=apart, right=None if verdict == "supported" else evidence[0]
    )


def _peers(
    new: Record, recent: Sequence[Record], shelf: Mapping[str, Sequence[Record]], named: frozenset[str]
) -> list[Record]:
    """Return what a figure may be set against: others just used, and the same a year apart."""
    peers = [each for each in recent if each is not new and each.unit == new.unit and each.mineral == new.mineral]
    same = (new.measure, new.unit, new.country, new.partner)
    alike = [
        each for each in shelf.get(new.mineral, ()) if (each.measure, each.unit, each.country, each.partner) == same
    ]
    return peers + [each for each in alike if _is_year_apart(each.period, new.period) or each.period in named]


def _is_year_apart(old: str, new: str) -> bool:
    """Say whether two periods are the same months a year apart."""
    dated = old[:YEAR].isdigit() and new[:YEAR].isdigit()
    return dated and old[YEAR:] == new[YEAR:] and abs(int(old[:YEAR]) - int(new[:YEAR])) == 1
