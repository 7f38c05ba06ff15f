"""The frame of a sentence that may tell an act: deeds, goods, states, people, places, days, and how it puts them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from chokepoint.claims.moments import event_date, mentions
from chokepoint.claims.offices import ADJECTIVES
from chokepoint.claims.parties import CAPITALS, Parties, parties_of
from chokepoint.claims.rows import bundled_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.claims.names import Name
    from chokepoint.claims.quantities import Quantity
    from chokepoint.claims.sentences import Sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """What a sentence tells, as far as its words and names show.

    Args:
        low: the sentence in small letters.
        deeds: keys of ``deeds.csv`` whose words it uses.
        goods, states, people, places: of the names in it; ``people`` holds firms and authorities too.
        subject: state or person named before the first verb; empty where there is none.
        days: exact days it names.
        months: months it names.
        told_day: the day its weekday or "yesterday" means.
        is_denied: whether it denies.
        is_partly_denied: whether what is denied is another clause.
        is_lasting: whether it says that something holds on.
        is_final: whether it says that something is over for good.
        words: stems.
        carried: goods of the sentences before.
        where: towns and other places of the sentence, else of the sentences before.
        around: stems of the sentence before.
        parties: who does what toward whom.
        quantities, offset: its numbers, and where it begins in the article.
        main: the sentence in small letters without what gives only the time.
        years: the year, where it names one and no day or month.
        happened: exact days on which it says that something was done, not by which something is called.
    """

    low: str
    deeds: frozenset[str]
    goods: frozenset[str]
    states: frozenset[str]
    people: frozenset[str]
    places: frozenset[str]
    subject: str
    days: frozenset[str]
    months: frozenset[str]
    told_day: str
    is_denied: bool
    is_partly_denied: bool
    is_lasting: bool
    is_final: bool
    words: frozenset[str]
    carried: frozenset[str]
    where: frozenset[str]
    around: frozenset[str]
    parties: Parties = field(default_factory=Parties)
    quantities: tuple[Quantity, ...] = ()
    offset: int = 0
    happened: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()
    main: str = ""

    def is_adopting(self, deed: str) -> bool:
        """Say whether the sentence tells the taking of a measure, though a word of lifting stands in it too."""
        return deed in self.deeds and not _OVER.search(_HALTING.sub("halted ", self.low))


_LASTING = re.compile(
    r"\b(?:still|remains?|remained|stays?|stands|is in force|are in force|been in force|continues?|must|needs?|is needed|is required|are required|is banned|are banned|is barred|are barred|holds|kept|keeps|"
    r"have to|has to|to this day|limits|licenses|requires?|as before|unchanged)\b"
)
_FINAL = re.compile(
    r"\b(?:for good|for ever|forever|permanent\w*|once and for all|abolish\w*|scrapp\w*|free\b|freely|unrestricted|without (?:any |a )?licen\w+|no longer needs?|repeal\w*|never return)"
)
_OVER = re.compile(
    r"\b(?:lift\w*|relax\w*|eas(?:es?|ed|ing)|suspend\w*|gone|ended|scrapp\w*|abolish\w*|rescind\w*|withdr\w+|repeal\w*|(?:not|will|may) end\b|postpon\w*|paus\w*|free\b|freely)\b"
)
_PARTLY = re.compile(
    r"[;:]\s|,\s(?!(?:18|19|20)\d\d\b)|\b(?:while|but|whether|that is all|only)\b|\bno\s+(?:state|more|less|ban)\b|\bnot\s+(?:only|those|yet|been touched)\b|\bnobody\b"
)
_HAPPENED = re.compile(r"(?P<verb>\w*)\s(?:on\s(?:the\s)?)$")
_ATTRIBUTIVE = frozenset("announced imposed introduced adopted published issued dated taken placed put set".split())
_IN_YEAR = re.compile(r"(?<!than)(?<!as)(?<!like)(?<!from)\sin\s$")
_HALTING = re.compile(
    r"\b(?P<verb>suspend|paus)(?P<end>s|es|ed|ing)\s(?=(?:all |its |the |their )?(?:\w+ )?(?:exports?|shipments|sales|deliveries)\b)",
    re.IGNORECASE,
)
"""To suspend exports is to stop them, not to suspend a measure."""
_TIME = re.compile(
    r",?\s(?:after|before|following|since|despite)\s(?:the|an?|its|their|that|this|[A-Z]\w+['’]s)\s(?:\w+[\s-]){0,3}\w+(?=[,.;]|$)"
)
"""What gives only the time or the setting: "after the embargo"."""
_STEM = re.compile(r"[a-zа-яіїє]{4,}|[a-z]*\d[\w.]*")
_DULL = frozenset(
    "that with from have been were will would which this they them their than then when what where there about after before into over under also only more most some such said says wrote "
    "would could should china chinese united states america american other each year years month months days were under since".split()
)


def words_in(text: str) -> frozenset[str]:
    """Return the stems of a text that tell one thing from another."""
    return frozenset(each[:6] for each in _STEM.findall(text.lower()) if each not in _DULL)


@cache
def _deeds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = bundled_rows("claims/deeds.csv")
    return tuple((row["deed"], _pattern(row["words"])) for row in rows)


def _pattern(words: str) -> re.Pattern[str]:
    parts = (
        word.strip().replace("*", r"\w*").replace(" ", r"\s+(?:\w+\s+)?") for word in words.split(";") if word.strip()
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


def deeds_of(text: str) -> frozenset[str]:
    """Return the deeds whose words a sentence uses."""
    main = _HALTING.sub("halted ", _TIME.sub(" ", text))
    return frozenset(deed for deed, pattern in _deeds() if pattern.search(main))


def telling_of(
    sentence: Sentence,
    names: Sequence[Name],
    quantities: Sequence[Quantity],
    published: str,
    states: Mapping[str, str],
    before: Telling | None,
    *,
    is_denied: bool,
) -> Telling:
    """Read a sentence into its frame."""
    text = sentence.text
    low = text.lower()
    spans = mentions(text, published)
    periods = [period for _, period in spans]
    goods = _keys(names, {"mineral", "good"})
    people = _keys(names, {"person", "company", "ministry", "office", "outlet"}) | frozenset(
        each.holder for each in names if each.holder
    )
    places = _keys(names, {"place"})
    told_day = event_date(text, published, "") or ""
    return Telling(
        low=low,
        deeds=deeds_of(text),
        goods=goods,
        states=_states(low, places, people, states),
        people=people,
        places=places,
        subject=_subject(text, names),
        days=frozenset(each for each in periods if len(each) == 10),
        months=frozenset(each[:7] for each in periods if len(each) >= 7),
        told_day=told_day if len(told_day) == 10 else "",
        is_denied=is_denied,
        is_partly_denied=_PARTLY.search(low) is not None,
        is_lasting=_LASTING.search(low) is not None,
        is_final=_FINAL.search(low) is not None,
        words=words_in(text),
        carried=goods or (before.carried if before else frozenset()),
        where=_where(places, before),
        around=before.words if before else frozenset(),
        parties=parties_of(text, sentence.start, names, states),
        quantities=tuple(quantities),
        offset=sentence.start,
        main=_TIME.sub(" ", text).lower(),
        years=_only_year(spans, low),
        happened=frozenset(day for at, day in spans if len(day) == 10 and _is_happening(low[:at])),
    )


def _states(low: str, places: frozenset[str], people: frozenset[str], states: Mapping[str, str]) -> frozenset[str]:
    """Return the states named, those of the people named among them."""
    named = frozenset(each for each in places if len(each) == 3 and each.isupper())
    return named | _by_adjective(low) | frozenset(filter(None, (states.get(each, "") for each in people)))


def _where(places: frozenset[str], before: Telling | None) -> frozenset[str]:
    return frozenset(each for each in places if each.islower()) or (before.where if before else frozenset())


def _only_year(spans: Sequence[tuple[int, str]], low: str) -> frozenset[str]:
    """Return the year in which something was done, where it is all that is named of a time."""
    years = [period for at, period in spans if _IN_YEAR.search(low[:at])]
    return frozenset(years) if len(spans) == 1 and [len(each) for each in years] == [4] else frozenset()


def _is_happening(before: str) -> bool:
    """Say whether a day is when it happened ("on 3 May"), not what something is called by ("announced on 3 May")."""
    match = _HAPPENED.search(before)
    return match is not None and match["verb"] not in _ATTRIBUTIVE


def _keys(names: Sequence[Name], kinds: set[str]) -> frozenset[str]:
    """Return the records that the names of some kinds mean."""
    return frozenset(each.key for each in names if each.kind in kinds and each.key and each.key != "stranger")


def _by_adjective(low: str) -> frozenset[str]:
    words = set(re.findall(r"[a-z]+", low))
    capitals = {state for word, state in CAPITALS.items() if word in low}
    return frozenset({state for word, state in ADJECTIVES.items() if len(word) > 3 and word in words} | capitals)


def _subject(text: str, names: Sequence[Name]) -> str:
    """Return the person or state that a sentence begins with, or that "by" brings in."""
    agent = re.search(r"\b(?:led|headed|signed|chaired|banned|imposed|lifted|announced)\s+by\s+", text)
    ordered = sorted(
        (each for each in names if each.kind in {"person", "place", "office"} and each.key and each.key != "stranger"),
        key=lambda each: each.start,
    )
    if not ordered:
        return ""
    offset = ordered[0].start - text.find(ordered[0].text) if ordered[0].text in text else ordered[0].start
    if agent:
        after = [each for each in ordered if each.start - offset >= agent.end() - 1]
        return (after[0].key or "") if after else ""
    first = ordered[0]
    return (first.holder or first.key or "") if text.find(first.text) <= 30 else ""
