"""Figures of a whole article: units carried over from a neighbour, prices completed by what the article prices."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chokepoint.claims.numerals import custom_of
from chokepoint.claims.quantities import BARE, Quantity, find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.sentences import Sentence

_PRICED = re.compile(r"\b(?:pric\w*|costs?|costed|fetch\w*|worth|quot\w*|paid|pays?|traded?|trades|sells?|sold at|average[ds]?|peak\w*|dearer|cheaper|attends|passed|at\s+\d+|it was|lay|went for|sees?|asks?|asking|bids?|offered at|stood at|stands at|floor|expects? [\d.]+ dollars)\b", re.IGNORECASE)  # fmt: skip
_PER_WEIGHT = re.compile(
    r"\b(?:a|per|the|each|every)\s+(?:(?P<mtu>metric[ -]ton(?:ne)?[ -]unit|mtu|dmtu|unit)|(?P<kg>kilogram\w*|kilo|kg)|(?P<t>(?:metric\s+)?ton(?:ne)?)|(?P<lb>pound|lb|book))\b(?!s)",
    re.IGNORECASE,
)
_SPENT = re.compile(
    r"\b(?:invest\w*|fund\w*|fines?|fined|fees?|tickets?|beer|wages?|salar\w+|budget\w*|loans?|grants?|aid|bill|revenue|sales|losses|profits?|shares?|capital|deal|contracts?)\b",
    re.IGNORECASE,
)
CUSTOMARY = {
    "nickel": "t", "copper": "t", "lithium": "t", "aluminium": "t", "zinc": "t", "tin": "t", "magnesium": "t", "manganese": "t", "lead": "t", "graphite": "t", "bauxite": "t",
    "cobalt": "lb", "antimony": "lb", "bismuth": "lb", "molybdenum": "lb", "uranium": "lb", "tungsten": "mtu",
    "gallium": "kg", "germanium": "kg", "dysprosium": "kg", "terbium": "kg", "neodymium": "kg", "praseodymium": "kg", "indium": "kg", "titanium": "kg", "holmium": "kg", "samarium": "kg",
    "yttrium": "kg", "scandium": "kg", "tellurium": "kg", "tantalum": "kg", "lanthanum": "kg", "cerium": "kg", "europium": "kg", "palladium": "oz", "platinum": "oz",
}  # fmt: skip
"""Weight that a mineral is customarily priced by."""
_MINERAL = re.compile(r"\b(" + "|".join(CUSTOMARY) + r")\b", re.IGNORECASE)
CARRIED = frozenset({"t", "t/year", "bbl/d", "bbl", "%", "index", "aircraft", "pp"})
TIMES = frozenset({"minutes", "hours", "days", "weeks", "months", "years"})
NEVER_CARRIED = frozenset({"clock", "rank", "celsius", "times", "none"})
DEAREST_POUND = 5000.0
FAR = 20.0
"""A bare amount of money more than this factor from the last price is no price."""
SMALL = 1e6
"""No price per weight is as high as this."""
BEHIND, EARLIER = 3, 6
"""Sentences, and figures, back that a unit may be carried from."""
_INDEX_AFTER = re.compile(
    r"\s+(?:of\s+(?:the\s+|its\s+|their\s+|that\s+of\s+)?(?:year before|previous|prior|level|(?:19|20)\d\d|last year|a year (?:ago|before|earlier)|month before|January|earlier|usual|normal|average|first|pre)|as much as)"
)
_INDEX_BEFORE = re.compile(r"\b(?:to|at|only|stood at|was|were|just)\s*$")
_RATE = re.compile(
    r"\b(?:plan\w*|capacit\w+|quotas?|limit\w*|caps?|capped|ceiling|allow\w*|may|could|would|aims?|targets?|from\s+20\d\d|adds?|build\w*|will)\b",
    re.IGNORECASE,
)
_YEARLY = re.compile(
    r"\b(?:yearly|annual|each\s+(?:of\s+the\s+\w+\s+\w+\s+)?years?|every year|per year|a year)\b", re.IGNORECASE
)
_DIGS = re.compile(
    r"\b(?:min(?:es|ed)|digs?|dug|smelts?|smelted|yields?|yielded|produc(?:es|ed)|makes?|made|refines?|refined)\b",
    re.IGNORECASE,
)
_CHANGED_TO = re.compile(r"^[^.;:]{0,40}\b(?:to|until|against|versus|and|or|from|up from|down from)\s*$")


_AND_DID = re.compile(r"\b(?:and|but)\s+\w+\s*$")
_OF_THEM = re.compile(r"\s+of\s+(?:them|these|those|which|whom)\b")
TENTHS, WHOLE = 1000.0, 100.0
"""Below the first a number may count some of several; above the second it is no share."""
SCALED = 1e4
"""From this scale on a bare number is an amount, and no share."""


@dataclass(slots=True, kw_only=True)
class _Before:
    """What goes on from sentence to sentence: the last figure with a unit, the last price, the last mineral, with their sentences."""

    carried: tuple[int, Quantity] | None = None
    price: tuple[int, Quantity] | None = None
    mineral: str = ""


def of_article(text: str, sentences: Sequence[Sentence]) -> list[Quantity]:
    """Return every figure of an article, in order."""
    custom = custom_of(text)
    done: list[Quantity] = []
    before = _Before()
    for place, sentence in enumerate(sentences):
        named = _MINERAL.findall(sentence.text)
        before.mineral = named[0].lower() if named else before.mineral
        found = _points(sentence.text, sentence.start, find(sentence.text, custom, sentence.start))
        found = _rates(sentence.text, found)
        found = _prices(sentence, found, before, place)
        found = _index(sentence, before.carried, found)
        near = before.carried[1] if before.carried and place - before.carried[0] <= 2 else None
        settled = _carried(sentence, found, near, done[-EARLIER:])
        _remember(before, place, settled)
        done += settled
    return done


def _remember(before: _Before, place: int, settled: Sequence[Quantity]) -> None:
    for each in settled:
        if is_price(each.unit):
            before.price = (place, each)
        if each.unit in CARRIED | TIMES or "/" in each.unit:
            before.carried = (place, each)


def is_price(unit: str) -> bool:
    """Say whether a unit is money per weight."""
    return "/" in unit and unit[:3].isupper() and not unit.endswith("/year")


_POINTS = re.compile(r"\s+points?\b")


def _points(text: str, start: int, found: list[Quantity]) -> list[Quantity]:
    """Read "points" beside a percentage as percentage points."""
    if not any(each.unit == "%" for each in found):
        return found
    return [
        replace(each, unit="pp") if each.unit in {"count", ""} and _POINTS.match(text[each.end - start :]) else each
        for each in found
    ]


def _rates(text: str, found: list[Quantity]) -> list[Quantity]:
    """Tell a year's tonnes from a yearly rate: what is mined "a year" is the tonnes of a year, what may be made or sold is a rate."""
    settled: list[Quantity] = []
    for each in found:
        allowed = _RATE.search(text) is not None and _DIGS.search(text) is None
        if each.unit == "t/year" and _DIGS.search(text):
            settled.append(replace(each, unit="t"))
        elif (
            each.unit == "t"
            and allowed
            and _YEARLY.search(text)
            and re.search(r"\b(?:capacit\w+|quotas?|limit\w*|cap|ceiling)\b", text)
        ):
            settled.append(replace(each, unit="t/year"))
        else:
            settled.append(each)
    return settled


def _prices(sentence: Sentence, found: list[Quantity], before: _Before, place: int) -> list[Quantity]:
    """Turn money into a price where the sentence prices a weight, or goes on about one."""
    last = before.price[1] if before.price and place - before.price[0] <= 4 * BEHIND else None
    settled: list[Quantity] = []
    for each in found:
        is_money = len(each.unit) == 3 and each.unit.isupper() and each.high < SMALL and each.scale == 1.0
        weight = _weight(sentence.text, each, last, before.mineral) if is_money else ""
        last = replace(each, unit=f"{each.unit}/{weight}") if weight else last
        settled.append(replace(each, unit=f"{each.unit}/{weight}") if weight else each)
    return [_of_pair(sentence, one, other) for one, other in zip(settled, [*settled[1:], None], strict=False)]


def _of_pair(sentence: Sentence, one: Quantity, other: Quantity | None) -> Quantity:
    """Give money the weight of the price it is set against: "from $2,500 to $3,000 per tonne"."""
    if (
        other is None
        or other.unit == one.unit
        or not other.unit.startswith(f"{one.unit}/")
        or len(one.unit) != len("USD")
    ):
        return one
    between = sentence.text[one.end - sentence.start : other.start - sentence.start]
    return replace(one, unit=other.unit) if re.fullmatch(r"\s*(?:to|and|or|until|-|–)\s*", between) else one


def _weight(text: str, money: Quantity, last: Quantity | None, mineral: str) -> str:
    """Return the weight that an amount of money is for: named beside it, as before, or as the mineral is priced."""
    per, is_priced = _PER_WEIGHT.search(text), _PRICED.search(text) is not None
    if per and (is_priced or _MINERAL.search(text)):
        return next(name for name, found in per.groupdict().items() if found)
    known = last.unit.partition("/")[2] if last else ""
    near = last is not None and last.unit.startswith(money.unit) and 1 / FAR < money.high / max(last.high, 1e-9) < FAR
    if near and not _SPENT.search(text):
        return known
    if (
        mineral
        and is_priced
        and not _SPENT.search(text)
        and (_MINERAL.search(text) or re.search(r"\b(?:metal|oxide|hydroxide|ore|price\w*)\b", text))
    ):
        return "t" if CUSTOMARY[mineral] == "lb" and money.high > DEAREST_POUND else CUSTOMARY[mineral]
    return known if is_priced and money.unit in {"CNY", "JPY"} else ""


def _index(sentence: Sentence, last: tuple[int, Quantity] | None, found: list[Quantity]) -> list[Quantity]:
    """Read "fell to 65 percent of the year before" as an index with the earlier value at one hundred."""
    settled: list[Quantity] = []
    for each in found:
        before = sentence.text[: each.start - sentence.start]
        after = sentence.text[each.end - sentence.start :]
        is_index = _INDEX_BEFORE.search(before) and _INDEX_AFTER.match(after)
        goes_on = last is not None and last[1].unit == "index" and re.search(r"\b(?:at|to)\s*$", before)
        settled.append(replace(each, unit="index") if each.unit == "%" and (is_index or goes_on) else each)
    return settled


def _carried(
    sentence: Sentence, found: list[Quantity], before: Quantity | None, earlier: Sequence[Quantity]
) -> list[Quantity]:
    """Give bare numbers the unit of their neighbour in the sentence, else of the one before; drop those that have none."""
    settled: list[Quantity] = []
    for place, each in enumerate(found):
        if each.unit == BARE:
            settled += _of_bare(each, settled, before)
        elif each.unit:
            settled += [each] if each.unit != "none" else []
        elif each.high <= TENTHS and _OF_THEM.match(sentence.text[each.end - sentence.start :]):
            settled.append(replace(each, unit="count"))
        else:
            around = _neighbour(sentence, each, settled, found[place + 1 :])
            neighbour = _giver(sentence, each, around, before, [*earlier, *settled])
            if neighbour is not None and (each.scale < SCALED or neighbour.unit not in {"%", "pp", "times"}):
                factor = _factor(neighbour, each)
                settled.append(replace(each, unit=neighbour.unit, low=each.low * factor, high=each.high * factor))
    return settled


def _giver(
    sentence: Sentence, each: Quantity, around: Quantity | None, before: Quantity | None, earlier: Sequence[Quantity]
) -> Quantity | None:
    """Return the figure that gives a bare number its unit: a neighbour, else the one before; a mass for what no share can be."""
    if around is None and each.scale > 1:
        around = next((one for one in reversed(earlier) if one.unit.isupper() or one.unit == "t"), None)
    giver = around or (before if before is None or before.unit not in TIMES else None)
    if giver is not None and giver.unit in {"%", "pp"} and _is_no_share(sentence, each):
        return next((one for one in reversed(earlier) if one.unit in {"t", "t/year"}), None)
    return giver


def _is_no_share(sentence: Sentence, each: Quantity) -> bool:
    """Say whether a bare number is too large for a share; only a duty "from 145" is larger."""
    lead = sentence.text[: each.start - sentence.start]
    return each.high > WHOLE and (each.high >= TENTHS or not re.search(r"\b(?:from|to)\s*$", lead))


def _of_bare(each: Quantity, settled: Sequence[Quantity], before: Quantity | None) -> list[Quantity]:
    """Give a number word with nothing behind it the time of the figure before ("forty minutes ... gave ninety"), else count it."""
    last = settled[-1] if settled else before
    if last is not None and (last.unit in TIMES or (each.low == 0 and last.unit in CARRIED)):
        return [replace(each, unit=last.unit)]
    return [replace(each, unit="count")] if 2 <= each.low <= 10 else []


def _neighbour(
    sentence: Sentence, each: Quantity, earlier: Sequence[Quantity], later: Sequence[Quantity]
) -> Quantity | None:
    """Return the figure of the same sentence that a bare number takes its unit from: an earlier one before a later."""
    if earlier and earlier[-1].unit not in NEVER_CARRIED:
        between = sentence.text[earlier[-1].end - sentence.start : each.start - sentence.start]
        if _CHANGED_TO.match(between):
            return earlier[-1]
        if earlier[-1].unit == "count" and _AND_DID.search(between):
            return earlier[-1]
    ahead = [one for one in earlier if (one.unit in CARRIED and not one.in_words) or "/" in one.unit]
    if ahead:
        return ahead[-1]
    behind = [one for one in later if one.unit in CARRIED or "/" in one.unit or one.unit.isupper()]
    return behind[0] if behind else None


def _factor(neighbour: Quantity, each: Quantity) -> float:
    """Return the scale a bare number shares with its neighbour ("4.5 billion ... 5.5")."""
    shared = neighbour.scale > 1 and each.scale == 1.0 and each.high < 1000 and neighbour.high >= 1e4
    return neighbour.scale if shared else 1.0
