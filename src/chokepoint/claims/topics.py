"""What a stated figure is about: mineral, measure, stage, whose, to whom, when; what is left out goes on from before.

Every slot knows whether the sentence fills it or whether it is carried over: what a sentence says binds, what it leaves out only leans.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from chokepoint.claims.inheriting import cut_off, goes_on, is_about_another, is_planned, maker_of, plan_of
from chokepoint.claims.offices import ADJECTIVES
from chokepoint.claims.owners import Flow, flow_of, owner_of, places_of
from chokepoint.claims.periods import PART_OF_YEAR, half_of, period_slot
from chokepoint.claims.rows import bundled_rows
from chokepoint.claims.slots import NOTHING, Slot, Topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.names import Name
    from chokepoint.claims.quantities import Quantity
    from chokepoint.claims.sentences import Sentence


KEPT = 6
"""Minerals remembered."""
SHARED = frozenset({"tariff", "approval", "import_share", "export_share", "net_import_reliance"})
"""Measures in percent that are no share of output."""
FLOWS = frozenset({"exports", "imports"})
STOCKS = frozenset({"reserves", "capacity"})
_CHANGE_AFTER = re.compile(
    r"\s*(?:less|more|fewer|below|above|lower|higher|down|up|drop|fall|rise|increase|decline|cut|dearer|cheaper|from the|on the year|year[- ]on[- ]year)\b"
)
_CHANGE_BEFORE = re.compile(
    r"\b(?:f[ae]ll(?:en|ing|s)?|dropp?(?:ed|ing|s)?|r(?:i|o)se[sn]?|rising|declin\w+|increas\w+|decreas\w+|down|up|cut|lost|grew|gr[oe]w(?:n|s|ing)?|jump\w*|plung\w+|slump\w*|shr[aiu]nk\w*|climb\w*|soar\w*|gain\w*|slid\w*|sank|tumbl\w+|shed|reduced|mounted)\s+(?:of|by|to\s+the\s+tune\s+of)?\s*(?:about\s|some\s|only\s|nearly\s|over\s|more\s+than\s|a\s+further\s|another\s)?$",
    re.IGNORECASE,
)
_CHANGE_OF = re.compile(
    r"\b(?:a|the|that|this)\s+(?:\w+\s+)?(?:fall|drop|rise|decline|increase|jump|plunge|gain|loss|cut|slump|change|growth)\s+(?:was\s+|is\s+)?(?:of\s+)?(?:about\s|some\s)?$",
    re.IGNORECASE,
)
_FROM_TO = re.compile(r"\b(?:from|to)\s*$")
_NOW = re.compile(r"\b(?:now|today|currently|these days|at present|still|nowadays|at the moment)\b", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:was|were|had|went|came|fell|rose|dug|made|gave|took|sold|sent|held|stood|did|got|bought|produced|\w{3,}ed)\b"
)
PUBLISHERS = (
    ("usgs", r"\bUSGS\b|\b(?:U\.?S\.?|American|United States)\s+Geological\s+Survey\b|\bAmerican (?:survey|summaries)\b"), ("iea", r"\bIEA\b|\bInternational Energy Agency\b|\benergy agency\b"),
    ("eu_crm", r"\b(?:commission|European|EU|Brussels)\W+(?:\w+\W+){0,3}study\b|\bstudy of 2023\b"), ("bgs", r"\bBritish (?:Geological )?[Ss]urvey\b|\bBGS\b"), ("adamas", r"\bAdamas\b"),
)  # fmt: skip


@cache
def _rules(slot: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the words that fill a slot, by value."""
    rows = [row for row in bundled_rows("claims/topics.csv") if row["slot"] == slot]
    return tuple((row["means"], _pattern(row["words"])) for row in rows)


def _pattern(words: str) -> re.Pattern[str]:
    parts = (re.escape(word.strip()).replace(r"\*", r"\w*").replace(r"\ ", r"[\s-]+") for word in words.split(";"))
    return re.compile(rf"\b(?:{'|'.join(parts)})\b", re.IGNORECASE)


def topic_of(sentence: Sentence, quantity: Quantity, names: Sequence[Name], before: Topic, published: str) -> Topic:
    """Return what a figure is about, slots that the sentence leaves out taken from the topic before."""
    text, at = sentence.text, quantity.start - sentence.start
    begin, end = clause_of(text, at, quantity.end - sentence.start)
    clause = text[begin:end]
    shown = [each for each in names if sentence.start <= each.start < sentence.end]
    mineral = _mineral(shown, quantity, sentence, begin, before)
    changed = bool(mineral.is_named and before.mineral.value and mineral.value != before.mineral.value)
    stage = _slot("stage", clause, at - begin, text, at)
    measure = _measure(quantity.unit, stage.value, clause, text, before)
    is_change = quantity.unit == "%" and _is_change(text, at, quantity.end - sentence.start)
    if is_change:
        measure = Slot(value=_moved(clause, text), is_named=True)
    known = "rank" if quantity.unit == "rank" else measure.value or before.measure.value
    flow = _whose(shown, sentence, quantity, known, before)
    period = period_slot(text, at, published, before, known, changed=changed)
    maker = maker_of(sentence, shown, at)
    topic = Topic(
        mineral=mineral, minerals=() if _ALL_MINERALS.search(text) and not mineral.is_named else remembered(mineral.value, before.minerals), measure=measure if measure.value else Slot(value=_carried_measure(quantity.unit, before.measure.value)),
        stage=stage if stage.value else Slot(value=_carried_stage(measure.value, mineral.value, before, changed=changed)), country=Slot(value=maker, is_named=True) if maker else flow.owner, partner=flow.other, period=period,
        publisher=_publisher(text, before), is_change=is_change, is_now=_NOW.search(text) is not None, is_present=_PAST.search(clause) is None,
        is_partial=PART_OF_YEAR.search(text) is not None and len(period.value) in {0, 4},
        half=half_of(clause), words=words_of(text), around=before.around, said=before.said,
    )  # fmt: skip
    if is_planned(text[:at]) and topic.measure.value in {
        "production",
        "share",
        "net_import_reliance",
        "dependence",
        "",
    }:
        topic = plan_of(topic)
    return _bounded(topic, quantity.unit, text, clause, shown)


def _bounded(topic: Topic, unit: str, text: str, clause: str, shown: Sequence[Name]) -> Topic:
    """Cut off what a sentence with a subject of its own cannot take over."""
    is_own = is_about_another(text, clause) and not any(each.kind == "mineral" and each.key for each in shown)
    is_loose = unit == "%" and not goes_on(text, shown)
    return cut_off(topic) if is_own or is_loose else topic


def _carried_measure(unit: str, before: str) -> str:
    """Return the measure carried over, as far as a figure of this unit can have it."""
    if unit not in {"t", "t/year", "bbl", "bbl/d"}:
        return before
    if before == "share":
        return "production" if unit == "t" else ""
    return before if before in {*FLOWS, *STOCKS, "production", "quota", "stock"} else ""


def remembered(mineral: str, before: tuple[str, ...]) -> tuple[str, ...]:
    """Return the minerals named, newest first."""
    return tuple(dict.fromkeys(filter(None, (mineral, *before))))[:KEPT]


def _moved(clause: str, text: str) -> str:
    """Return the measure that a change is of, where a word tells it."""
    for part in (clause, text):
        found = next((value for value, pattern in _rules("measure") if value in _MOVABLE and pattern.search(part)), "")
        if found:
            return found
    return ""


_MOVABLE = frozenset({"quota", "imports", "exports", "price", "production", "stock"})


_ALL_MINERALS = re.compile(
    r"\b(?:critical|strategic|raw)\s+(?:raw\s+)?(?:materials?|minerals?|metals?)\b", re.IGNORECASE
)


def _is_change(text: str, at: int, end: int) -> bool:
    """Say whether a share is by how much something moved, not where it stands."""
    lead = text[:at]
    if _FROM_TO.search(lead):
        return False
    return bool(
        _CHANGE_AFTER.match(text[end:])
        or _CHANGE_BEFORE.search(lead + " ")
        or _CHANGE_BEFORE.search(lead)
        or _CHANGE_OF.search(lead)
        or lead.endswith(("+", "-", "−"))
    )


def _publisher(text: str, before: Topic) -> Slot:
    found = next((name for name, pattern in PUBLISHERS if re.search(pattern, text)), "")
    if found:
        return Slot(value=found, is_named=True)
    goes_on = re.match(r"(?:It|The (?:study|report|survey|table|same)|For \w+ (?:it|the study)|Its)\b", text)
    return Slot(value=before.publisher.value) if goes_on or before.publisher.is_named is False else NOTHING


def _carried_stage(measure: str, mineral: str, before: Topic, *, changed: bool) -> str:
    if mineral == "magnets":
        return "magnets"
    parted = (
        measure
        and before.measure.value
        and measure != before.measure.value
        and not {measure, before.measure.value} <= {"share", "production"}
    )
    return "" if changed or parted else before.stage.value


def words_of(text: str) -> frozenset[str]:
    """Return the words that tell one figure from another, cut to their stems."""
    return frozenset(
        each[:6]
        for each in re.findall(r"[a-z][a-z]{3,}|[a-z]*\d[a-z\d]*|[a-z]{2}\b", text.lower())
        if not _DULL.fullmatch(each) and not re.fullmatch(r"\d+(?:st|nd|rd|th)?", each)
    )


_DULL = re.compile(
    r"percent|dollars?|billion|million|thousand|tonnes?|tons|about|their|were|have|that|with|from|than|year|years|months?|days?|weeks?|will|would|which|this|only|more|less|said|says|same|also|been|"
    r"[a-z]{2}|over|after|before|when|what|does|they|them|into|some|each|there|here|then|very|just|once|twice|first|second|january|february|march|april|june|july|august|september|october|november|december"
)


def clause_of(text: str, at: int, end: int) -> tuple[int, int]:
    """Return where the clause begins and ends that a figure stands in."""
    starts = [
        match.end()
        for match in re.finditer(
            r"[;:–—]\s|,\s(?:and|but|while|whereas|against|with|or)\s|,\s(?=[A-Z])|\s(?:and|while|whereas|but|against)\s",
            text[:at],
        )
    ]
    stop = re.search(r"[;–—]|,\s|\s(?:and|while|whereas|but|against)\s", text[end:])
    return (starts[-1] if starts else 0), (end + stop.start() if stop else len(text))


def _slot(name: str, clause: str, here: int, text: str, at: int) -> Slot:
    """Return the value whose word stands nearest to a figure in its clause, else in its part of the sentence."""
    start, stop = text.rfind(";", 0, at) + 1, text.find(";", at)
    part = text[start : stop if stop >= 0 else len(text)]
    value = _nearest(_rules(name), clause, here) or _nearest(_rules(name), part, at - start)
    return Slot(value=value, is_named=bool(value))


def _nearest(rules: tuple[tuple[str, re.Pattern[str]], ...], text: str, at: int) -> str:
    """Return the rule whose word stands nearest to a figure, those before it first; a longer word before a shorter one."""
    found = [
        (match.start() > at, abs(match.start() - at), -len(match.group()), value)
        for value, pattern in rules
        for match in pattern.finditer(text)
    ]
    return min(found, default=(False, 0, 0, ""))[3]


def _measure(unit: str, stage: str, clause: str, text: str, before: Topic) -> Slot:
    """Return what a figure measures, from its unit first and then from the words of its clause."""
    found = next((value for value, pattern in _rules("measure") if pattern.search(clause)), "")
    found = found or next((value for value, pattern in _rules("measure") if pattern.search(text)), "")
    if "/" in unit and unit[:3].isupper() and not unit.endswith("year"):
        return Slot(value="price", is_named=True)
    if unit == "%":
        return Slot(value=_of_percent(found, clause, text, stage, before), is_named=True)
    if unit == "t":
        value = _of_mass(found, stage, text)
        return Slot(value=value, is_named=bool(value))
    if unit in {"USD", "CNY", "JPY", "EUR", "GBP", "USD/year"}:
        return Slot(value="money", is_named=True)
    return Slot(value=found, is_named=bool(found)) if unit in {"t/year", "bbl/d", "index"} else NOTHING


_OF_IMPORTS = re.compile(
    r"\bof\s+(?:[\w'’-]+\s+){0,5}?(?:imports?|purchases)\b|\bbuys\s+abroad\b|\bof what (?:[\w'’]+\s+){1,4}(?:imports?|buys)\b|\bimports?\b[^.]*\b(?:came|come|comes|were|are) from\b|\bfrom China came\b",
    re.IGNORECASE,
)
_RELIES = re.compile(
    r"\b(?:depend\w*|relian\w+|reliant|rel(?:y|ies|ied))\b[^.]*|\bimports?\s+(?:cover\w*|all|nearly all|the whole)\b|\bimports?\s+(?:about\s+|some\s+)?[\d.]+\s*(?:percent|%|per cent)\s+of\s+(?:its|the|their)\b",
    re.IGNORECASE,
)


_AMERICAN = re.compile(r"\W*(?:And\s+|The\s+)?(?:America|United States|USA?|U\.S\.)\b")
_GETS = re.compile(r"\b(?:gets?|got|draws?|drew|buys?|bought|obtains?)\b[^.]*\bfrom\b", re.IGNORECASE)


def _of_percent(found: str, clause: str, text: str, stage: str, before: Topic) -> str:
    """Return what a percentage is a share of; where nothing says it, of what the one before was."""
    for part in (clause, text):
        if _OF_IMPORTS.search(part):
            return "import_share"
        if _GETS.search(part):
            return "import_share" if _AMERICAN.match(part) else "dependence"
        if _RELIES.search(part):
            return "net_import_reliance"
    if found in {"tariff", "approval", "export_share", "quota"}:
        return found
    goes_on = (
        before.measure.value in SHARED
        and not stage
        and not re.search(r"\bworld|\bglobal", text)
        and found not in {"production", "exports"}
    )
    return before.measure.value if goes_on else "share"


def _of_mass(found: str, stage: str, text: str) -> str:
    """Return what tonnes measure: reserves and capacity by their stage, else a flow or an output."""
    if stage in STOCKS:
        return stage
    if found == "exports" and stage == "mining" and not re.search(r"export|shipp|sold|sent", text):
        return "production"
    if found in {"exports", "imports", "quota", "production", "stock"}:
        return found
    if stage in {"mining", "refining", "magnets"}:
        return "production"
    return "exports" if re.search(r"\b(?:to|from \w+ to)\s+(?:the\s+)?[A-Z]", text) else ""


def _mineral(shown: Sequence[Name], quantity: Quantity, sentence: Sentence, begin: int, before: Topic) -> Slot:
    """Return the mineral or good of a figure's clause, else nearest before it, else after; a compound goes with its last part."""
    text = sentence.text
    things = [each for each in shown if each.kind in {"mineral", "good"} and each.key]
    kept = [
        each
        for each in things
        if not (
            each.key == "magnets" and re.match(r"\s*(?:rare|REE|output|factor|mak)", text[each.end - sentence.start :])
        )
    ]
    if not kept:
        return NOTHING if _ALL_MINERALS.search(text) else Slot(value=before.mineral.value)
    chosen = _beside(kept, quantity, sentence, begin)
    key = chosen.key or ""
    after = text[chosen.end - sentence.start :]
    return Slot(value="rare_earths" if _is_magnet_metal(key, after, text[begin:]) else key, is_named=True)


def _beside(kept: Sequence[Name], quantity: Quantity, sentence: Sentence, begin: int) -> Name:
    """Return the mineral nearest before a figure, or right behind it where its clause names none before."""
    ahead = [each for each in kept if each.end <= quantity.start]
    behind = [each for each in kept if each.start >= quantity.start]
    if not ahead or not behind:
        return ahead[-1] if ahead else behind[0]
    between = sentence.text[quantity.end - sentence.start : behind[0].start - sentence.start]
    is_inside = ahead[-1].start - sentence.start >= begin
    is_near = len(between) < 16 and not re.search(r"[,;]", between)
    is_own = not is_inside and len(between) < 48 and not re.search(r"[,;:]", between)
    return behind[0] if is_near or is_own else ahead[-1]


def _is_magnet_metal(key: str, after: str, clause: str) -> bool:
    """Say whether "magnet" stands for the rare earths of magnets: as an adjective, or with mining and separation."""
    return key == "magnets" and (_MAGNET_METALS.match(after) is not None or _DUG.search(clause) is not None)


_MAGNET_METALS = re.compile(r"\s*(?:elements?|metals?|minerals?|rare|REEs?|materials?)\b")
_DUG = re.compile(r"\b(?:separat\w+|min(?:es|ed|ing))\b")


def _whose(shown: Sequence[Name], sentence: Sentence, quantity: Quantity, measure: str, before: Topic) -> Flow:
    """Return whose figure it is and the other end of a flow."""
    text, at = sentence.text, quantity.start - sentence.start
    places = places_of(shown, sentence)
    adjectives = [(match.start(), ADJECTIVES[match.group().lower()]) for match in _ADJECTIVE.finditer(text)]
    carried = (before.country.value, before.partner.value)
    if measure in {*FLOWS, "import_share"}:
        is_same = before.measure.value == measure
        owner, other, named = flow_of(measure, places, adjectives, text, at, carried, is_same=is_same)
        return Flow(owner=Slot(value=owner, is_named=named[0]), other=Slot(value=other, is_named=named[1]))
    owner, is_named = owner_of(places, adjectives, text, at, measure, carried[0])
    return Flow(owner=Slot(value=owner, is_named=is_named), other=NOTHING)


_ADJECTIVE = re.compile(
    r"\b(?:"
    + "|".join(word.capitalize() for word in ADJECTIVES if len(word) > 3 and word not in {"federal", "america"})
    + r")\b"
)
