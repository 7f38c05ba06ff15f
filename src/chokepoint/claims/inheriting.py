"""What a sentence may take over from the ones before: nothing where it has a subject of its own that no record is of."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from chokepoint.claims.slots import NOTHING, Slot, Topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chokepoint.claims.names import Name
    from chokepoint.claims.sentences import Sentence

_OTHER_SUBJECTS = re.compile(
    r"\b(?:(?:its|his|their|the|company|firm|group|[A-Z][\w.&]+['’]s)\s+(?:shares|stock)\s+(?:price|fell|rose|lost|gained|jumped|dropped|closed|slid|sank|slump\w*|climbed|tumbled|plunged|were|was|ended)"
    r"|sh?ares\s+(?:in|of)\s+(?:the\s+(?:company|firm)|[A-Z])\w*|shares\s+(?:fell|rose|lost|gained|jumped|dropped|closed|slid|sank|slump\w*|climbed|tumbled|plunged|down|up|of\s+the\s+company)"
    r"|(?:stock|share|equity)\s+(?:market|price|index|exchange\s+index)s?|\w*\s+index|indices|indexes|benchmark\s+(?:index|yield)|exchange\s+rate|(?:rouble|ruble|yuan|renminbi|yen|won|euro|pound|franc|dollar)s?\s+(?:to|against|strengthened|weakened|fell|rose|lost|gained)"
    r"|(?:short|long|net|trading)\s+positions?|turnover|revenues?|net\s+(?:profit|loss|income)|profits?|earnings|market\s+(?:value|capitali[sz]ation)|dividends?|bonds?|yields?|inflation|gdp|gross\s+domestic"
    r"|smuggl\w+|contraband|affiliates?|ownership|stake|reserves\s+(?=\d)|workers|employees|workforce|headcount|staff|jobs|votes?|voters|seats|semiconductors?|wafers?|chips?|neon|soybeans?|wheat|corn|poultry|pork|beef|crude|basket)\b",
    re.IGNORECASE,
)
"""Things that have figures of their own beside the mineral an article is about."""
_GOES_ON = re.compile(
    r"\b(?:it|its|they|them|their|this|that|these|those|the\s+(?:same|latter|former|rest|remainder|other|others|total|figure|figures|number|half|month|year)|one|ones|ore|ores|metals?|materials?|elements?|minerals?|oxides?|concentrates?|"
    r"output|production|supply|supplies|exports?|imports?|shipments?|deliver\w+|sales|prices?|quotas?|reserves?|capacity|stocks?|stockpiles?|share|world\w*|global\w*|total|all|mines?|mined|mining|dug|digs?|refin\w+|smelt\w+|"
    r"magnets?|tonnes?|tons|kilo\w*|kg|pounds?|licen[cs]\w+|tariffs?|dut(?:y|ies)|europe\w*|rotterdam|abroad|home|tables?|stud(?:y|ies)|edition|survey|chart|memo|grade|ours|his|hers)\b|[а-яіїє\u4e00-\u9fff]",
    re.IGNORECASE,
)
"""Words by which a sentence goes on about the mineral before, or about its trade."""
_MAKES = r"(?:\s+(?:group|corp\w*|inc|ltd|plc|limited|co|said|says|which|that|it|had|has|have|also|itself|alone))*[.,]?(?:\s+which\s[^,]{1,60},)?\s+(?:said\s+(?:that\s+)?it\s+)?(?:had\s+|has\s+|have\s+)?(?:made|makes?|produced|produces|mined|mines|sold|sells|dug|refined|shipped|ships|employs|holds|held|reserves)\b"
_FIRM_MAKES = re.compile(_MAKES, re.IGNORECASE)
_PLANS = re.compile(
    r"\b(?:intend(?:s|ed)?|plan(?:s|ned)?|want(?:s|ed)?|hop(?:es?|ed)|aim(?:s|ed)?|expects?|is|are)\s+(?:also\s+)?to\s+(?:\w+\s+)?(?:produce|make|mine|build|process|refine|dig|recycle|depend|supply|separate|add|reach|sell|ship|cover)\b",
    re.IGNORECASE,
)
PLAN = "plan"
"""Measure of what somebody means to make: no output of any year."""


_CONTENTS = re.compile(
    r"\W*(?:each|every|an?|one|the\s+average)\s+[\w-]+(?:\s+[\w-]+)?\s+(?:contains?|needs?|uses?|carries|weighs?|holds?|has|requires?|takes?)\b",
    re.IGNORECASE,
)
"""What a thing holds is no output of a country."""


def is_about_another(text: str, clause: str) -> bool:
    """Say whether the clause of a figure has a subject of its own: shares, a currency, revenue, workers, another good, what a thing holds."""
    return (
        _CONTENTS.match(text) is not None
        or _OTHER_SUBJECTS.search(clause) is not None
        or (_OTHER_SUBJECTS.search(text) is not None and _GOES_ON.search(clause) is None)
    )


def goes_on(text: str, names: Sequence[Name]) -> bool:
    """Say whether a sentence that names no mineral goes on about the one before: by a pronoun, a word of its trade, a country, a bare figure."""
    return (
        _GOES_ON.search(text) is not None
        or any(each.kind in {"mineral", "good", "place"} and each.key for each in names)
        or len(text.split()) < BARE_WORDS
    )


BARE_WORDS = 8
"""A sentence shorter than this has no room for a subject of its own."""


def is_planned(clause: str) -> bool:
    """Say whether a figure is what somebody means to make."""
    return _PLANS.search(clause) is not None


def maker_of(sentence: Sentence, names: Sequence[Name], at: int) -> str:
    """Return the company whose own making, selling or holding a figure is; empty where none is."""
    return next(
        (
            each.key or "stranger"
            for each in reversed(names)
            if each.kind == "company"
            and each.end <= sentence.start + at
            and _FIRM_MAKES.match(sentence.text[each.end - sentence.start : at])
        ),
        "",
    )


_DUTIES = frozenset({"tariff", "duty", "duties", "levy", "levies", "custom"})


def cut_off(topic: Topic) -> Topic:
    """Return a topic without what was only carried over."""
    kept = {
        name: slot if slot.is_named else NOTHING
        for name, slot in (
            ("mineral", topic.mineral), ("measure", topic.measure), ("stage", topic.stage), ("country", topic.country), ("partner", topic.partner),
        )
    }  # fmt: skip
    if topic.measure.value == "tariff" and not _DUTIES & topic.words:
        kept["measure"] = NOTHING
    return replace(topic, minerals=(), around=frozenset(), is_apart=True, **kept)


def plan_of(topic: Topic) -> Topic:
    """Return a topic whose measure is a plan."""
    return replace(topic, measure=Slot(value=PLAN, is_named=True))
