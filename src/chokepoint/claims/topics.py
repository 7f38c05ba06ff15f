"""What a stated figure is about: mineral, measure, stage, whose, to whom, when; what is left out goes on from before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.claims.moments import period_of
from chokepoint.claims.offices import ADJECTIVES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.names import Name
    from chokepoint.claims.quantities import Quantity
    from chokepoint.claims.sentences import Sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """What a figure is about; an empty slot is not known.

    Args:
        mineral, measure, stage, country, partner: as of a :class:`chokepoint.claims.shelf.Record`.
        period: ISO year, month or day.
        is_change: whether it is the change of something.
        words: words of the sentence, for figures that only their words tell apart.
    """

    mineral: str = ""
    measure: str = ""
    stage: str = ""
    country: str = ""
    partner: str = ""
    period: str = ""
    is_change: bool = False
    words: frozenset[str] = frozenset()

    def period_known_or_current(self, published: str) -> bool:
        """Say whether the figure is of a named time, or of the present."""
        return bool(self.measure and self.mineral) and (not self.period or self.period[:4] <= published[:4])


_STAGES = (
    ("reserves", r"\breserves?\b|\bdeposits? hold|\bin the ground\b"),
    ("capacity", r"\bcapacit\w+|\bcould (?:make|produce|mine|refine)\b|\bable to make\b"),
    ("mining", r"\bmin(?:es|ed|e|ing)\b|\brn?in(?:ed|ing)\b|\brnin\w+|\bdug\b|\bdigs?\b|\bdigging\b|\bmine output\b|\bore\b|\bpits?\b|\bhauled\b|\bdug up\b|\bextract\w*"),
    ("refining", r"\brefin\w+|\bseparat\w+|\bsmelt\w*|\bprocess(?:es|ed|ing)\b|\bbattery[ -]grade\b|\bprimary\b"),
    ("magnets", r"\bmagnet[ -]making\b|\bsintered\b|\bpermanent magnets?\b|\bat the magnet\b|\bmakes? .{0,20}magnets\b|\bmagnet (?:factories|output|production)\b"),
)  # fmt: skip
_MEASURES = (
    ("quota", r"\bquotas?\b"), ("tariff", r"\btariffs?\b|\bcustom duty\b|\bduties\b|\bduty\b|\blevy\b"), ("approval", r"\bapprov\w+|\bgranted\b|\brequests?\b"),
    ("import_share", r"\bof (?:the |its |US |American |them|the whole )?.{0,12}imports?\b|\bsource of\b|\bsends? .{0,12}of them\b|\bdraws\b"),
    ("export_share", r"\bof (?:all )?(?:American|US|the) .{0,10}exports\b"),
    ("dependence", r"\bg[eo]ts? .{0,24}(?:percent|%).{0,40}from\b|\bdepend\w*"),
    ("imports", r"\bimports? from\b|\bimported\b|\bimports (?:fell|rose|were|came)\b|\b(?:American|Japanese|US) imports\b"),
    ("exports", r"\bexport\w*|\bshipp?\w*|\bsold\b|\bsells\b|\bsent\b|\bsends\b|\bdelivered\b|\btook\b|\breceived\b|\bsales\b|\bwent\b|\bleft China\b|\bgone out\b|\bbought\b|\bbuyers?\b|\bgot only\b|\b출\b"),
    ("price", r"\bpric\w+|\bcosts?\b|\bfetch\w*|\bquot\w+|\bworth\b|\baveraged\b|\bpeaked\b"),
    ("production", r"\bproduc\w+|\boutput\b|\bmade\b|\bmakes?\b|\bcame to\b|\bturned out\b|\bgave\b|\bsmelted\b"),
)  # fmt: skip
SHARED = frozenset({"tariff", "approval", "import_share", "export_share", "dependence"})
"""Measures in percent that are no share of output."""
Place = tuple[int, int, str]
"""Where a place stands in a sentence, and its code."""
_ADJECTIVE = re.compile(
    r"\b(?:Chinese|American|Ukrainian|Russian|Japanese|Korean|British|German|Indonesian|Congolese|Australian)\b"
)
_EUROPE = re.compile(r"\b(?:in Europe|Europe['’]s|European)\b", re.IGNORECASE)
_ALL = re.compile(
    r"\b(?:all (?:buyers|destinations)|total|the world|abroad|outside|left China|in all|exports?|exported|sold)\b"
)
_TO = re.compile(
    r"(?:\b(?:to|for|in|into|toward|towards|shipped|sent|sold|gave|delivered to|sends)\s+(?:the\s+)?|^)$", re.IGNORECASE
)
_TAKES = re.compile(r"^(?:['’]s)?,?[^.]{0,40}?\b(?:took|received|gets?|got|bought|takes|buys|imported|obtained|had)\b")
_WHOLE_WORLD = re.compile(r"\b(?:world (?:mined|made|has|output|production|cobalt|tungsten|titanium|total|supply)|the world\b(?! (?:of|\d))|worldwide|globally|world in entire|all buyers|in total|rest of)\b|^World\b|\bthe world,", re.IGNORECASE)  # fmt: skip


def topic_of(sentence: Sentence, quantity: Quantity, names: Sequence[Name], before: Topic, published: str) -> Topic:
    """Return what a figure is about, slots that the sentence leaves out taken from the topic before."""
    text = sentence.text
    at = quantity.start - sentence.start
    clause = _clause(text, at)
    shown = [each for each in names if sentence.start <= each.start < sentence.end]
    mineral = _mineral(shown, quantity, text, sentence) or before.mineral
    changed = bool(mineral and before.mineral and mineral != before.mineral)
    unit = quantity.unit
    stage = _nearest(_STAGES, clause, clause.find(quantity.text)) or _nearest(_STAGES, text, at)
    measure = _measure(unit, stage, clause, text)
    is_change = unit == "%" and bool(re.match(r"\s*(?:less|more|fewer|below|above|lower|higher|down|up)\b", text[quantity.end - sentence.start :]) or re.search(r"\b(?:fall|fell|drop|dropped|rise|rose|decline|increase|down|up|cut|lost)\s+(?:of|by)?\s*(?:about\s|some\s|only\s)?$", text[:at] + " ")
                                     or (re.search(r"\b(?:a|the) (?:fall|drop|rise|decline|increase|jump|plunge) of\b", text)))  # fmt: skip
    country, partner = _ends(shown, quantity, text, sentence, measure or before.measure, before)
    carried = before.period[:4] if changed and before.measure in {"exports", "imports"} else before.period
    if measure and before.measure and measure != before.measure and measure in {"share", "production", "reserves"}:
        carried = carried[:4] if before.measure in {"share", "production", "reserves"} else ""
    period = period_of(text, at, published, carried)
    return Topic(
        mineral=mineral, measure=measure or ("" if changed and not before.measure else before.measure), stage=stage or _carried_stage(measure, mineral, before, changed=changed),
        country=country, partner=partner, period=period, is_change=is_change, words=words_of(text),
    )  # fmt: skip


def _carried_stage(measure: str, mineral: str, before: Topic, *, changed: bool) -> str:
    if mineral == "magnets":
        return "magnets"
    if changed or (
        measure
        and before.measure
        and measure != before.measure
        and not {measure, before.measure} <= {"share", "production"}
    ):
        return ""
    return before.stage


def words_of(text: str) -> frozenset[str]:
    """Return the words that tell one figure from another."""
    return frozenset(
        each[:6]
        for each in re.findall(r"[a-z][a-z]{3,}|[a-z]*\d[a-z\d]*", text.lower())
        if not re.fullmatch(
            r"percent|dollars?|billion|million|tonnes?|about|their|were|have|that|with|from|than|year|years|months?",
            each,
        )
    )


def _clause(text: str, at: int) -> str:
    """Return the clause that a figure stands in."""
    starts = [
        match.end() for match in re.finditer(r"[;:]\s|,\s(?:and|but|while|against)\s|\sand\s(?=[^,;]*$)", text[:at])
    ]
    begin = starts[-1] if starts else 0
    end = re.search(r"[;]|,\s(?:and|but|while)\s|\sand\s", text[at:])
    return text[begin : at + end.start() if end else len(text)]


def _first(rules: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for name, pattern in rules if re.search(pattern, text, re.IGNORECASE)), "")


def _nearest(rules: tuple[tuple[str, str], ...], text: str, at: int) -> str:
    """Return the rule whose word stands nearest to a figure, those before it first."""
    found = [
        (match.start() > at, abs(match.start() - at), name)
        for name, pattern in rules
        for match in re.finditer(pattern, text, re.IGNORECASE)
    ]
    return min(found, default=(False, 0, ""))[2]


def _measure(unit: str, stage: str, clause: str, text: str) -> str:
    """Return what a figure measures, from its unit first and then from the words of its clause."""
    found = _first(_MEASURES, clause) or _first(_MEASURES, text)
    if "/" in unit and unit[:3].isupper() and not unit.endswith("year"):
        return "price"
    if unit == "%":
        return found if found in SHARED else "share"
    if unit == "t":
        return _of_mass(found, stage, text)
    if unit in {"USD", "CNY", "JPY", "EUR", "GBP", "USD/year"}:
        return "money"
    return found if unit in {"t/year", "bbl/d", "index"} else ""


def _of_mass(found: str, stage: str, text: str) -> str:
    """Return what tonnes measure: reserves and capacity by their stage, else a flow or an output."""
    if stage in {"reserves", "capacity"}:
        return stage
    if found == "exports" and stage == "mining" and not re.search(r"export|shipp", text):
        return "production"
    if found in {"exports", "imports", "quota", "production"}:
        return found
    if stage in {"mining", "refining"}:
        return "production"
    return "exports" if re.search(r"\b(?:to|from \w+ to)\s+(?:the\s+)?[A-Z]", text) else ""


def _mineral(shown: Sequence[Name], quantity: Quantity, text: str, sentence: Sentence) -> str:
    """Return the mineral or good nearest before a figure, else after it; a compound word goes with its last part."""
    things = [each for each in shown if each.kind in {"mineral", "good"} and each.key]
    kept = [
        each for each in things
        if not (each.key == "magnets" and re.match(r"\s*(?:rare|REE)", text[each.end - sentence.start :]))
    ]  # fmt: skip
    if not kept:
        return ""
    before = [each for each in kept if each.end <= quantity.start]
    after = [each for each in kept if each.start >= quantity.start]
    between = text[quantity.end - sentence.start : after[0].start - sentence.start] if after else ""
    near_after = after and len(between) < 16 and not re.search(r"[,;]", between)
    chosen = after[0] if near_after or not before else before[-1]
    return chosen.key or ""


def _ends(
    shown: Sequence[Name], quantity: Quantity, text: str, sentence: Sentence, measure: str, before: Topic
) -> tuple[str, str]:
    """Return whose figure it is and the other end of a flow."""
    at = quantity.start - sentence.start
    places = [
        (each.start - sentence.start, each.end - sentence.start, each.key or "")
        for each in shown
        if each.kind == "place" and each.key and re.fullmatch(r"[A-Z]{3}", each.key)
    ]
    adjectives = [(match.start(), ADJECTIVES[match.group().lower()]) for match in _ADJECTIVE.finditer(text)]
    world = _WHOLE_WORLD.search(text[: at + 60]) is not None
    if measure == "imports":
        return _imported(places, adjectives, text, before)
    if measure == "exports":
        return exported(places, adjectives, text, at, before, is_world=world)
    if measure == "price" and (_EUROPE.search(text) or any(each.key == "rotterdam" for each in shown)):
        return "EUU", ""
    owners = sorted([(start, key) for start, _, key in places] + adjectives)
    if measure == "import_share":
        others = [key for _, key in owners if key != "USA"]
        return "USA", (others[-1] if others else before.partner)
    return _owner(owners, at, measure, before, is_world=world)


def _owner(
    owners: Sequence[tuple[int, str]], at: int, measure: str, before: Topic, *, is_world: bool
) -> tuple[str, str]:
    """Return whose figure it is: the one named last before it, else first after it, else as before."""
    ahead = [key for place, key in owners if place < at]
    behind = [key for place, key in owners if place >= at]
    if is_world and measure in {"production", "reserves"} and not ahead:
        return "WLD", ""
    country = next(iter([*reversed(ahead), *behind]), before.country)
    return country, before.partner if measure == before.measure and not owners else ""


def _imported(
    places: Sequence[Place], adjectives: Sequence[tuple[int, str]], text: str, before: Topic
) -> tuple[str, str]:
    """Return who imports, and from where."""
    origins = [key for start, _, key in places if re.search(r"\bfrom\s+(?:the\s+)?$", text[:start])]
    owners = [key for _, key in adjectives] + [key for _, _, key in places if key not in origins]
    return (owners[0] if owners else before.country), (origins[0] if origins else before.partner)


def exported(
    places: Sequence[Place], adjectives: Sequence[tuple[int, str]], text: str, at: int, before: Topic, *, is_world: bool
) -> tuple[str, str]:
    """Return who sends and who receives; nobody named receives for all the world."""
    sender, receiver = "", ""
    for start, end, key in places:
        is_to = start > 0 and _TO.search(text[:start]) is not None
        if is_to and receiver and start > at:
            continue
        if is_to or _is_taking(text[:start], text[end:]):
            receiver = key
        else:
            sender = sender or key
    sender = sender or next((key for _, key in adjectives), "") or before.country or "CHN"
    if not receiver:
        goes_on = before.measure == "exports" and not is_world and not _ALL.search(text)
        receiver = (before.partner if goes_on else "") or "WLD"
    if sender == receiver:
        sender = "USA" if receiver == "CHN" else "CHN"
    return sender, receiver


def _is_taking(lead: str, follow: str) -> bool:
    """Say whether a place receives: by a verb of taking after it, a number right after it, or a verb of giving before it."""
    if re.match(r"\s+(?:\d+|only)", follow) or re.search(r"\b(?:sold|shipped|sent|delivered)\s+(?:the\s+)?$", lead):
        return True
    return _TAKES.match(follow) is not None and not re.match(
        r"(?:['’]s)?\s+(?:had\s+)?(?:sold|sent|shipped|exported|delivered)", follow
    )
