"""Figures that no measure, stage and country describe, judged by the words of their rows: money, approvals, tariffs, durations, counts.

Each word of a row weighs the more the fewer rows have it. The words of the sentence count in full, those of the sentences before by half.
A row is met when enough of its weight is; a figure that then agrees is supported, one that does not is contradicted only where the
sentence itself meets most of the row.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chokepoint.claims.inheriting import PLAN
from chokepoint.claims.judging import Judgement, digits_of, same_period
from chokepoint.claims.offices import ADJECTIVES
from chokepoint.claims.shelf import REPORTED, per_tonne
from chokepoint.claims.timeliness import is_later
from chokepoint.claims.tolerance import compare
from chokepoint.claims.topics import words_of
from chokepoint.sources.fact import WORLD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.claims.quantities import Quantity
    from chokepoint.claims.shelf import Record
    from chokepoint.claims.slots import Topic

STRUCTURED = frozenset({"share", "price", "exports", "imports"})
LESS = {0: 0.0, 1: 0.0, 2: 0.3, 3: 1.0}
"""How much less weight a figure of so many digits needs: the longer, the less likely it agrees by chance."""
ENOUGH, SURE, AROUND = 3.2, 5.5, 0.5
"""Weight that must be met: for a figure that agrees, for one that does not; and what a word of the sentences before counts."""
TALKED_AROUND = {
    "durati": frozenset({"held", "lasted", "stood", "took", "takes", "halt", "stop", "stoppe", "within", "shut", "idle", "closed"}),
    "approv": frozenset({"grante", "approv", "licenc", "got", "reques"}), "revenu": frozenset({"earns", "earned", "sales", "revenu", "share"}),
    "tariff": frozenset({"tariff", "duty", "duties", "levy", "cut", "custom"}), "invest": frozenset({"invest", "spend", "needs", "would"}),
    "stock": frozenset({"stock", "stocks", "stockp", "cover", "store"}), "delive": frozenset({"delive", "hand", "plan", "planne"}),
    "depend": frozenset({"depend", "buys", "buy", "gets", "relies", "supply", "suppli"}), "grade": frozenset({"grade", "grades"}),
}  # fmt: skip
"""Words that say in a sentence what one word says in a row."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WordedRows:
    """Reported rows by unit, each with its words, what each word weighs, and whose names a row's words hold (a company's, a fund's)."""

    by_unit: Mapping[str, tuple[tuple[Record, frozenset[str]], ...]]
    weights: Mapping[str, float]
    owners: Mapping[str, frozenset[str]]


def worded_rows(shelf: Mapping[str, Sequence[Record]]) -> WordedRows:
    """Return the reported rows that words tell apart."""
    rows = [each for held in shelf.values() for each in held if each.source == REPORTED]
    words = [(each, words_of(re.sub(r"\((?=[^)]*$).*", "", each.about))) for each in rows]
    counts = Counter(word for _, found in words for word in found)
    weights = {word: max(0.4, math.log(len(rows) / (1 + count)) - 1.5) for word, count in counts.items()}
    by_unit: dict[str, list[tuple[Record, frozenset[str]]]] = {}
    for each, found in words:
        by_unit.setdefault(each.unit, []).append((each, found))
    return WordedRows(
        by_unit={unit: tuple(held) for unit, held in by_unit.items()}, weights=weights, owners=_owners(rows)
    )


def _owners(rows: Sequence[Record]) -> Mapping[str, frozenset[str]]:
    """Return the stems of the companies that a row is of: words with a capital that no row writes small and that are no country's."""
    small = {word for each in rows for word in re.findall(r"\b[a-z]{3,}", each.about)}
    found: dict[str, frozenset[str]] = {}
    for each in rows:
        first = re.sub(r"\(.*", "", each.about.split(";")[0])
        names = {word.lower() for word in re.findall(r"\b[A-Z][a-z]{3,}\b", first)}
        own = {word[:6] for word in names if word not in small and word not in ADJECTIVES and word not in _NO_OWNERS}
        if own and each.country + each.partner:
            found[each.about] = frozenset(own)
    return found


_NO_OWNERS = frozenset(
    "china japan europe germany korea congo indonesia ukraine russia australia taiwan malaysia myanmar vietnam philippine philippines rotterdam january february march april june july august september october november december shanghai west national defense thailand italy united strategic south".split()
)


def judge_by_words(
    stated: Quantity, topic: Topic, rows: WordedRows, published: str, *, only_unstructured: bool
) -> Judgement | None:
    """Judge a figure by the reported row whose words the sentence meets best; None where it meets none."""
    unit, factor = per_tonne(stated.unit)
    found: list[tuple[float, str, float, Record]] = []
    enough = ENOUGH - LESS.get(digits_of(stated.low), 1.6 if stated.low else 0.0)
    held = rows.by_unit.get(unit, ())
    if unit == "times":
        held = (
            *held,
            *(
                (replace(record, low=record.low / 100, high=record.high / 100, unit="times"), words)
                for record, words in rows.by_unit.get("index", ())
            ),
        )
    for record, words in held:
        if (only_unstructured and record.measure in STRUCTURED and record.mineral) or not _may_speak(
            record, topic, rows, published
        ):
            continue
        weight = _met(record, words, topic, rows.weights)
        if weight >= enough:
            low, high = sorted((abs(record.low), abs(record.high)))
            verdict, apart = compare(stated.low * factor, stated.high * factor, stated.comparison, (low, high))
            if weight < ENOUGH and verdict != "supported":
                continue
            found.append((weight, verdict, apart, record))
    own = [each for each in found if topic.mineral.is_named and not _is_of_none(each[3], topic)]
    best = _best(own or found, topic)
    return (
        None if best is not None and best.verdict in {"near", "contradicted"} and _is_of_another(best, topic) else best
    )


def _is_of_another(best: Judgement, topic: Topic) -> bool:
    """Say whether the row that contradicts is of another year than the one the sentence names, or of no mineral where it names one."""
    held = best.evidence[0].period[:4]
    if best.evidence[0].measure == "model":
        return True
    if not best.evidence[0].mineral and best.evidence[0].measure != "tariff" and _is_of_none(best.evidence[0], topic):
        return True
    return topic.period.is_named and held.isdigit() and held != topic.period.value[:4]


def _may_speak(record: Record, topic: Topic, rows: WordedRows, published: str) -> bool:
    """Say whether a row may speak to a sentence: not of a later time, of no other country or company, a forecast only to a forecast."""
    owners = rows.owners.get(record.about, frozenset())
    is_other = (
        topic.country.is_named
        and record.country not in {topic.country.value, WORLD, ""}
        and record.partner != topic.country.value
        and len(topic.country.value) == len("CHN")
        and record.measure in {"resource", "production", "reserves", "quota", "capacity", "stock"}
    )
    return not (
        is_later(record, published)
        or is_other
        or _depends_otherwise(record, topic)
        or _is_unsaid(record, topic)
        or (record.measure == "change" and record.unit == "%" and not topic.is_change)
        or (
            record.measure == "money"
            and not record.mineral
            and topic.country.is_named
            and len(topic.country.value) == len(record.country)
            and topic.country.value != record.country
        )
        or (owners and not owners & (topic.words | topic.said))
        or (topic.measure.value == PLAN and record.measure not in PLANNED)
        or (record.measure == "model" and not _EXPECTS & topic.words)
    )


def _depends_otherwise(record: Record, topic: Topic) -> bool:
    """Say whether a row of what somebody depends on is set against a share of the world, or against somebody else's."""
    named = topic.country.is_named and topic.country.value not in {record.country, "CHN", ""} and record.country
    return record.measure == "dependence" and bool(named or _WORLD & topic.words)


def _is_unsaid(record: Record, topic: Topic) -> bool:
    """Say whether a row is of a mineral that nobody has named so far."""
    if (
        not record.mineral
        or "_" in record.mineral
        or record.measure in {"approval", "duration"}
        or record.mineral in {topic.mineral.value, *topic.minerals}
    ):
        return False
    return record.mineral[:6] not in topic.words | topic.said


PLANNED = frozenset({"new_supply", "quota", "resource", "other", "model", "stock"})
"""Measures of rows that tell what is planned."""
_WORLD = frozenset({"world", "global"})
_EXPECTS = frozenset(
    {
        "foreca",
        "expect",
        "would",
        "could",
        "model",
        "estima",
        "scenar",
        "predic",
        "simula",
        "may",
        "might",
        "outloo",
        "reckon",
        "lose",
        "loss",
        "rise",
        "balanc",
        "next",
    }
)


def _met(record: Record, words: frozenset[str], topic: Topic, weights: Mapping[str, float]) -> float:
    """Return the weight of a row that a sentence and those before it meet; a mineral or time named otherwise rules it out."""
    if topic.mineral.is_named and record.mineral and record.mineral != topic.mineral.value:
        return 0.0
    here = sum(
        weights[word] for word in words if word in topic.words or TALKED_AROUND.get(word, frozenset()) & topic.words
    )
    if not here and not record.mineral:
        return 0.0
    before = sum(weights[word] for word in words if word in topic.around and word not in topic.words)
    met = here + AROUND * min(before, here + 1.0)
    if record.mineral and record.mineral == topic.mineral.value:
        met += 1.5 if topic.mineral.is_named else 0.8
    if topic.period.value and (
        same_period(topic.period.value, record.period) or topic.period.value[:4] == record.period[:4]
    ):
        met += 1.0 if topic.period.is_named else 0.4
    return met + _met_besides(record, topic)


def _met_besides(record: Record, topic: Topic) -> float:
    """Return what kind, country and way of speaking add."""
    met = 0.0
    if (record.measure == "change" and topic.is_change) or (
        record.measure == "duration" and TALKED_AROUND["durati"] & topic.words
    ):
        met += 1.0
    if record.country and record.country == topic.country.value and topic.country.is_named:
        met += 0.5
    return met


def _best(found: Sequence[tuple[float, str, float, Record]], topic: Topic) -> Judgement | None:
    """Return the judgement by the rows that fit best."""
    if not found:
        return None
    top = max(weight for weight, _, _, _ in found)
    right = sorted(
        (each for each in found if each[0] >= 0.8 * top), key=lambda each: (_ORDER[each[1]], -each[0], each[2])
    )
    weight, verdict, apart, record = right[0]
    newer = [each for each in found if each[3].about == record.about and each[3].period > record.period]
    if (
        verdict == "supported"
        and newer
        and not topic.period.is_named
        and all(each[1] == "contradicted" for each in newer)
        and (topic.is_now or topic.is_present)
    ):
        return Judgement(verdict="outdated", evidence=(record, newer[-1][3]), apart=newer[-1][2], right=newer[-1][3])
    if verdict == "supported" or (verdict == "near" and weight >= ENOUGH + 1):
        return Judgement(
            verdict=verdict, evidence=(record,), apart=apart, right=None if verdict == "supported" else record
        )
    elsewhere = next((each for each in found if each[1] == "supported" and each[3].about == record.about), None)
    if elsewhere is not None:
        return Judgement(verdict="outdated", evidence=(elsewhere[3], record), apart=apart, right=record)
    return Judgement(verdict="contradicted", evidence=(record,), apart=apart, right=record) if weight >= SURE else None


def _is_of_none(record: Record, topic: Topic) -> bool:
    """Say whether a row is of no mineral, in a sentence that names one, or has a subject of its own."""
    return topic.is_apart or (
        record.mineral != topic.mineral.value
        and topic.mineral.is_named
        and topic.mineral.value[:6] not in record.about.lower()
    )


_ORDER = {"supported": 0, "near": 1, "contradicted": 2}
