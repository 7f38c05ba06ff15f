"""Figures of a whole article: units carried over from a neighbour, prices completed by what the article prices."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from chokepoint.claims.numerals import custom_of
from chokepoint.claims.quantities import Quantity, find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.sentences import Sentence

_PRICE_WORDS = re.compile(r"\b(?:pric\w*|costs?|costed|fetch\w*|worth|quot\w*|paid|pays?|traded?|trades|sells?|average[ds]?|peak\w*|dearer|attends|passed|at\s+\d+|it was|lay|went for)\b", re.IGNORECASE)  # fmt: skip
_PER_MASS = re.compile(r"\b(?:a|per|the)\s+(?P<kg>kilogram\w*|kilo|kg)\b|\b(?:a|per|the)\s+(?P<t>tonne|ton)\b|\b(?:a|per|the)\s+(?P<lb>pound|lb|book)\b", re.IGNORECASE)  # fmt: skip
CUSTOMARY = {
    "nickel": "t", "copper": "t", "lithium": "t", "aluminium": "t", "zinc": "t", "tin": "t", "magnesium": "t", "manganese": "t",
    "cobalt": "lb", "antimony": "lb", "bismuth": "lb", "molybdenum": "lb",
    "gallium": "kg", "germanium": "kg", "dysprosium": "kg", "terbium": "kg", "neodymium": "kg", "indium": "kg", "titanium": "kg", "holmium": "kg", "samarium": "kg",
}  # fmt: skip
"""Weight that a mineral is customarily priced by."""
MASS_RATE = {"t", "t/year", "bbl/d", "bbl"}
CARRIED = MASS_RATE | {"%", "count", "index", "aircraft"}
DEAREST_POUND = 5000.0
FAR = 20.0
"""A bare amount of money more than this factor from the last price is no price."""
BEHIND = 3
"""Sentences back that a unit may be carried from."""


def of_article(text: str, sentences: Sequence[Sentence]) -> list[Quantity]:
    """Return every figure of an article, in order."""
    custom = custom_of(text)
    done: list[Quantity] = []
    last: tuple[int, Quantity] | None = None
    price: tuple[int, Quantity] | None = None
    for place, sentence in enumerate(sentences):
        found = find(sentence.text, custom, sentence.start)
        found = _index(
            sentence, last, _prices(sentence, found, price[1] if price and place - price[0] <= 4 * BEHIND else None)
        )
        near = last[1] if last and place - last[0] <= BEHIND else None
        is_close = last is not None and place - last[0] <= 1
        settled = _carried(found, near if is_close else None, done[-4:])
        for each in settled:
            if "/" in each.unit and each.unit[:3].isupper() and not each.unit.endswith("/year"):
                price = (place, each)
            if each.unit in CARRIED - {"count"} or "/" in each.unit:
                last = (place, each)
        done += settled
    return done


def _prices(sentence: Sentence, found: list[Quantity], last: Quantity | None) -> list[Quantity]:
    """Turn money into a price where the sentence prices a weight, or goes on about one."""
    settled: list[Quantity] = []
    for each in found:
        is_money = len(each.unit) == 3 and each.unit.isupper() and each.high < 1e6
        weight = _weight(sentence.text, each, last) if is_money else ""
        settled.append(replace(each, unit=f"{each.unit}/{weight}") if weight else each)
    return settled


def _weight(text: str, money: Quantity, last: Quantity | None) -> str:
    """Return the weight that an amount of money is for: named beside it, as before, or as the mineral is priced."""
    mineral = next((each for each in CUSTOMARY if each in text.lower()), "")
    per, is_priced = _PER_MASS.search(text), _PRICE_WORDS.search(text) is not None
    if per and (is_priced or mineral):
        return next(name for name, found in per.groupdict().items() if found)
    known = last.unit.partition("/")[2] if last else ""
    near = last is not None and last.unit.startswith(money.unit) and 1 / FAR < money.high / max(last.high, 1e-9) < FAR
    if near and (is_priced or not re.search(r"[A-Z]\w+", text[1:])):
        return known
    if mineral and is_priced:
        return "t" if CUSTOMARY[mineral] == "lb" and money.high > DEAREST_POUND else CUSTOMARY[mineral]
    return known if is_priced and money.unit in {"CNY", "JPY"} else ""


def _index(sentence: Sentence, last: tuple[int, Quantity] | None, found: list[Quantity]) -> list[Quantity]:
    """Read "fell to 65 percent of the year before" as an index with the earlier value at one hundred."""
    settled: list[Quantity] = []
    for each in found:
        before = sentence.text[: each.start - sentence.start]
        after = sentence.text[each.end - sentence.start :]
        is_index = re.search(r"\b(?:to|at|only|stood at|was|were)\s*$", before) and re.match(
            r"\s+of\s+(?:the\s+|its\s+|their\s+)?(?:year before|previous|level|(?:19|20)\d\d|last year|a year|month before|January|earlier|usual|normal|average|first)",
            after,
        )
        goes_on = last is not None and last[1].unit == "index" and re.search(r"\b(?:at|to)\s*$", before)
        settled.append(replace(each, unit="index") if each.unit == "%" and (is_index or goes_on) else each)
    return settled


def _carried(found: list[Quantity], before: Quantity | None, money: Sequence[Quantity]) -> list[Quantity]:
    """Give bare numbers the unit of their neighbour in the sentence, else of the one before; drop those that have none."""
    settled: list[Quantity] = []
    for place, each in enumerate(found):
        if each.unit:
            settled += [each] if each.unit != "none" else []
        elif re.search(r"illion|\bbn|\bmn", each.text):
            amounts = [one for one in (*money, *settled) if one.unit.isupper() and "/" not in one.unit]
            settled += [replace(each, unit=amounts[-1].unit)] if amounts else []
        else:
            neighbour = _neighbour(settled, found[place + 1 :]) or before
            if neighbour is not None:
                factor = _factor(neighbour, each)
                settled.append(replace(each, unit=neighbour.unit, low=each.low * factor, high=each.high * factor))
    return settled


def _neighbour(earlier: Sequence[Quantity], later: Sequence[Quantity]) -> Quantity | None:
    """Return the figure of the same sentence that a bare number takes its unit from: an earlier one before a later."""
    ahead = [one for one in earlier if (one.unit in CARRIED and not one.in_words) or "/" in one.unit]
    if ahead:
        return ahead[-1]
    behind = [one for one in later if one.unit in CARRIED or "/" in one.unit or one.unit.isupper()]
    return behind[0] if behind and behind[0].unit != "count" else None


def _factor(neighbour: Quantity, each: Quantity) -> float:
    """Return the scale a bare number shares with its neighbour ("4.5 billion ... 5.5")."""
    spelt = re.search(r"(?:million|billion|bn|mn|万|億|亿|만|Mio|Mrd)", neighbour.text)
    if spelt and each.high < 1000 and neighbour.high >= 1e4:
        return {"million": 1e6, "mn": 1e6, "Mio": 1e6, "billion": 1e9, "bn": 1e9, "Mrd": 1e9}.get(spelt.group(), 1e4)
    return 1.0
