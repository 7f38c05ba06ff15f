"""How well a sentence fits an act on record, and which of the slots it names speak against it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from chokepoint.claims.terms import Compared, compared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.acts import Act
    from chokepoint.claims.telling import Telling

NEWS, WEEK = 12, 7
"""Days for which an act is news; days that a weekday may be off."""
LEAST = 4.0
"""Score from which on a sentence tells an act."""
HEAVY = frozenset(
    {
        "license",
        "ban",
        "quota",
        "tariff",
        "list",
        "suspend",
        "lift",
        "sign",
        "ratify",
        "lead",
        "grant",
        "award",
        "shut",
        "meet",
        "complain",
    }
)
KIN = {
    "license": frozenset({"effect", "license", "ban", "limit", "suspend", "lift", "allow"}), "ban": frozenset({"effect", "ban", "license", "suspend", "lift", "stop"}), "quota": frozenset({"effect", "quota", "limit", "ban", "lift", "allow"}),
    "list": frozenset({"effect", "list", "license", "suspend", "lift", "cover"}), "tariff": frozenset({"effect", "tariff", "suspend", "lift"}), "check": frozenset({"effect", "check", "suspend", "lift", "license"}),
    "suspend": frozenset({"suspend", "lift"}), "lift": frozenset({"lift", "allow", "suspend"}), "allow": frozenset({"allow", "lift", "grant"}), "lead": frozenset({"lead", "meet", "attend"}),
    "meet": frozenset({"meet", "lead", "attend"}), "rule": frozenset({"rule", "report", "follow"}), "agree": frozenset({"agree", "confirm", "sign", "say"}), "attend": frozenset({"attend", "meet", "lead"}),
}  # fmt: skip
"""Deeds whose words may tell an act too: a measure is also told by its end."""
OF_FIRMS = frozenset({"award", "shut", "stop", "invest"})
"""Deeds in which firms take part."""
ENDING = frozenset({"suspend", "lift"})
"""Deeds that end another."""
SORTS = frozenset({"license", "ban", "quota", "tariff", "list", "check"})
"""Sorts of measures."""
TOGETHER = frozenset({"meet", "sign", "call", "quarrel", "lead", "attend", "agree"})
"""Deeds of several who come together."""
GATHERING = frozenset({"meet", "lead", "attend"})
LISTED, KINDS = 3, frozenset({"rare_earths", "magnets", "technology"})
"""Goods in common from which on a sentence gives a list; words for whole kinds of goods."""
LIGHT_RARE = frozenset({"neodymium", "praseodymium", "lanthanum", "cerium"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Fit:
    """An act that a sentence fits.

    Args:
        act: on record.
        score: by how much.
        against: slots that speak against it.
        numbers: how many terms of it are met and missed.
        is_anchored: whether it can be no other act: by its day, its name, or its goods and deed.
    """

    act: Act
    score: float
    against: frozenset[str]
    numbers: Compared = field(default_factory=Compared)
    is_anchored: bool = True


def best_fit(telling: Telling, acts: Sequence[Act], published: str, last: str) -> Fit | None:
    """Return the act that a sentence fits best, or None where it fits none well enough."""
    tells = _TELLS.search(telling.low) is not None
    fits = [fit for act in acts if (fit := _fit(telling, act, published, last, tells=tells)) is not None]
    good = [each for each in fits if each.score >= LEAST]
    return max(
        good,
        key=lambda each: (
            each.score - 0.7 * len(each.against - {"number"}) - _is_past(telling, each.act, published),
            each.act.kind == "measure",
        ),
        default=None,
    )


def _is_past(telling: Telling, act: Act, published: str) -> float:
    """Weigh against a measure that is over, where a sentence says that something holds."""
    return 0.8 if telling.is_lasting and act.kind == "measure" and act.end and act.end <= published else 0.0


def _fit(telling: Telling, act: Act, published: str, last: str, *, tells: bool) -> Fit | None:
    """Add up what agrees; nothing to go by is no fit."""
    numbers = compared(telling.quantities, act.terms, telling.low, telling.offset)
    deed = _deed(telling, act)
    is_by_number = (
        numbers.is_telling and deed > 0 and (not act.persons or act.kind == "measure" or act.persons & telling.people)
    )
    goes_on = numbers.met > 0 and act.key == last
    called = max(_called(telling, act), 1.2 if is_by_number or goes_on else 0.0)
    if not deed and not called:
        return None
    day, day_against = _days(telling, act, published)
    goods, goods_against = _goods(telling, act)
    people, people_against = _people(telling, act)
    states, state_against = _states(telling, act)
    places = _places(telling, act)
    if telling.goods and not act.goods and not (people or states > 0 or places > 0 or day > 1):
        return None
    is_bare = not (goods or called or people or places > 0) and day <= 1
    if not day and not places > 0 and not tells:
        return None
    if is_bare or (act.deed in GATHERING and not _is_gathered(people, states, places, day, called)):
        return None
    score = deed + called + day + goods + people + states + places + _besides(telling, act, published, last)
    marks = {
        "day": day_against,
        "goods": goods_against,
        "actor": people_against or state_against,
        "number": numbers.missed > 0,
    }
    against = frozenset(name for name, mark in marks.items() if mark) | _parties(telling, act)
    if ("place" in against and day <= 1) or ("person" in against and day <= 1 and places <= 0):
        return None
    return Fit(
        act=act,
        score=score - (1.0 if state_against else 0.0) + _by_numbers(numbers),
        against=against,
        numbers=numbers,
        is_anchored=day > 1 or called > 0 or places > 1 or (goods > 1 and deed > 1) or (people > 1 and deed > 1),
    )


def _by_numbers(numbers: Compared) -> float:
    """Weigh the numbers met: a rate or a duration alone tells little."""
    if not numbers.met or numbers.missed:
        return 0.0
    return 1.5 if numbers.is_telling else 0.6


def _parties(telling: Telling, act: Act) -> frozenset[str]:
    """Return the parties of a sentence that are none of the act's."""
    found: set[str] = set()
    parties = telling.parties
    if parties.agents and act.actors and not parties.agents & act.actors and act.kind != "term":
        found.add("actor")
    aimed = parties.targets - act.actors
    if aimed and act.targets and "WLD" not in act.targets and not aimed & act.targets and act.kind != "term":
        found.add("target")
    leads = parties.leader or parties.firm
    if leads and act.chief and leads != act.chief:
        found.add("actor")
    if act.deed in TOGETHER and any(pair & act.persons and pair - act.persons for pair in parties.pairs):
        found.add("person")
    is_another_firm = bool(parties.firms and act.persons) and not parties.firms & act.persons
    if is_another_firm and act.deed in OF_FIRMS:
        found.add("actor")
    if act.places and parties.towns and not act.places & (parties.towns | telling.places):
        found.add("place")
    return frozenset(found)


_TELLS = re.compile(
    r"\b(?:go|goes|went|will|put|puts|plac\w+|impos\w+|introduc\w+|announc\w+|adopt\w+|ask\w*|extend\w*|licens\w+|bann\w+|bars?|barred|forb\w+|prohibit\w*|stopp?\w*|halt\w*|need\w*|requir\w+|in force|suspend\w*|lift\w*|allow\w*"
    r"|may|must|under|free|gone|end\w*|scrapp?\w*|remain\w*|stay\w*|stands?|still|took|takes?|cover\w*|includ\w*|sign\w*|met|meet|meets|sat|led|leads?|head\w*|gave|gives?|given|got|grant\w*|receiv\w*|cut|cuts|set|sets"
    r"|drop\w*|end|told|tell|withdr\w+|paus\w*|postpon\w*|agree\w*|reach\w*|confirm\w*|ratif\w*|vot\w+|award\w*|promis\w+|pledg\w*|threat\w*|hold\w*|held|keep\w*|kept|lost|won|wins?|report\w*|rul\w+|ran|shut|shuts"
    r"|fell|left|leaves?|flew|testif\w*|wrote|writ\w+|was|were|is|are|has|have|had|pays?|paid|repay\w*|capped|limit\w*|last\w*|lodg\w*|follow\w*|name\w*|profit\w*|reserv\w+|consist\w*|compris\w*|amount\w*|approv\w*|block\w*|turn\w*)\b|[а-яіїє一-鿿]"
)
"""Verbs by which a sentence tells something; names alone tell nothing."""


def _places(telling: Telling, act: Act) -> float:
    """A place in common counts, one carried over by half; another place speaks against what happened elsewhere."""
    if not act.places:
        return 0.0
    if act.places & telling.places:
        return 1.5
    towns = frozenset(each for each in telling.where if each.islower())
    if act.places & towns:
        return 0.8
    is_elsewhere = towns and act.kind == "event" and (telling.places & towns or act.deed != "sign")
    return -2.0 if is_elsewhere else 0.0


def _called(telling: Telling, act: Act) -> float:
    """Weigh the longest name of an act that the sentence uses."""
    longest = max((len(phrase.split()) for phrase in act.called if phrase in telling.main), default=0)
    return min(2.4, 1.0 + 0.7 * longest) if longest else 0.0


def _besides(telling: Telling, act: Act, published: str, last: str) -> float:
    """Weigh words in common, news, and going on about the act just told."""
    words = min(3.0, 0.5 * len(telling.words & act.words))
    freed = 1.5 if act.deed == "license" and telling.is_final else 0.0
    recent = 0.6 if _near_day(act, published, NEWS) else 0.0
    goes_on = (1.6 if telling.low.startswith(_GOING_ON) else 0.8) if act.key == last else 0.0
    return words + freed + recent + goes_on


_GOING_ON = (
    "the ban",
    "the rule",
    "the stop",
    "the control",
    "the licen",
    "it ",
    "they ",
    "these ",
    "the measure",
    "the suspension",
    "the pause",
)


def _is_gathered(people: float, states: float, places: float, day: float, called: float) -> bool:
    """Say whether a meeting is told by who met, or by a side with its place or day."""
    return bool(people) or day > 1 or (states > 0 and bool(places or day)) or (places > 1 and called > 0)


def _deed(telling: Telling, act: Act) -> float:
    """Weigh the deed; a measure of another sort speaks against it."""
    if act.deed in ENDING & telling.deeds:
        return 2.4
    if act.deed in telling.deeds:
        return 1.6 if act.deed in HEAVY else 1.1
    if act.deed in SORTS and telling.deeds & SORTS and not act.goods & telling.goods:
        return -1.0
    return 0.9 if KIN.get(act.deed, frozenset()) & telling.deeds else 0.0


def _goods(telling: Telling, act: Act) -> tuple[float, bool]:
    """Goods in common count; a good named that a list on record lacks speaks against it."""
    if not act.goods:
        return (-1.5 if telling.goods and act.deed in SORTS | ENDING else 0.0), False
    common = act.goods & telling.goods
    if act.deed == "cover" and telling.goods & LIGHT_RARE and not telling.is_denied:
        return 1.5, True
    if len(common) >= LISTED and telling.goods - act.goods - KINDS and act.kind != "event" and not telling.is_denied:
        return 1.6, True
    if common:
        return 1.6 + 0.4 * min(3, len(common) - 1), False
    if telling.goods:
        return -3.0, act.chief in telling.people
    return _carried_goods(telling, act), False


def _carried_goods(telling: Telling, act: Act) -> float:
    """Goods of the sentences before count less; other goods speak against what happened once."""
    if not telling.carried:
        return 0.0
    if act.goods & telling.carried:
        return 1.6 if act.kind == "measure" else 0.9
    return -2.5 if act.kind == "event" else 0.0


def _people(telling: Telling, act: Act) -> tuple[float, bool]:
    """People in common count; a leader named who is not the one on record speaks against it."""
    common = act.persons & telling.people
    if common:
        return min(3.0, 1.1 * len(common)), False
    is_led = (
        act.deed in {"lead", "sign"}
        and {"lead", "sign"} & telling.deeds
        and telling.subject.islower()
        and telling.subject
        and act.actors & telling.states
    )
    return (1.0, True) if is_led else (0.0, False)


def _states(telling: Telling, act: Act) -> tuple[float, bool]:
    """States in common count; a subject that is none of the actors speaks against it."""
    if not telling.states or not act.actors:
        return 0.0, False
    common = act.actors & telling.states
    score = 0.7 * min(2, len(common)) + (0.5 if act.targets & telling.states else 0.0)
    wrong = (
        len(telling.subject) == 3
        and telling.subject.isupper()
        and telling.subject not in act.actors | act.targets
        and act.kind == "measure"
    )
    return (score, False) if common else (-0.8, wrong)


def _days(telling: Telling, act: Act, published: str) -> tuple[float, bool]:
    """Days in common count; a day named that is none of the act's speaks against it."""
    held = set(act.days) | act.earlier
    if _is_of_another_time(telling, act):
        return -2.5, True
    if telling.days & held or telling.told_day in held or _without_year(telling, held):
        return 2.0, False
    named = {day for day in telling.days if any(day[:4] == other[:4] for other in held)}
    full = [day for day in held if len(day) == 10]
    if named and full:
        return (0.4 if any(day[:7] == other[:7] for day in named for other in full) else -0.4), True
    if telling.months & {day[:7] for day in held}:
        return 1.2, False
    if telling.told_day and telling.told_day not in telling.days and _apart(telling.told_day, published) <= WEEK:
        return (1.0 if any(_apart(telling.told_day, day) <= 2 for day in full) else -0.8), False
    return 0.0, False


def _is_of_another_time(telling: Telling, act: Act) -> bool:
    """Say whether what ends something is told to have happened before it did, or what was done in another year."""
    if act.deed in ENDING and telling.happened and max(telling.happened) < act.date:
        return True
    months = {day[:7] for day in act.days}
    if act.deed in TOGETHER and telling.months and not telling.months & months and any(len(day) == 7 for day in months):
        return True
    years = {day[:4] for day in (*act.days, *act.earlier, act.date, act.end, act.until)}
    is_bare_month = act.kind == "event" and not telling.days
    told = telling.years or (frozenset(month[:4] for month in telling.months) if is_bare_month else frozenset())
    return bool(told) and act.kind != "term" and not telling.is_lasting and not told & years


def _without_year(telling: Telling, held: set[str]) -> bool:
    """Say whether a day named without its year is one of the act's ("until 27 November")."""
    bare = {day[5:] for day in telling.days if day[:4] not in telling.low}
    return any(day[5:] in bare for day in held if len(day) == 10)


def _near_day(act: Act, published: str, days: int) -> bool:
    return any(len(day) == 10 and _apart(day, published) <= days for day in act.days)


def _apart(one: str, other: str) -> int:
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
