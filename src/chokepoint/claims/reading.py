"""Read an article: claims with span, source, kind, date, figures and verdict, each verdict with what it rests on."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from chokepoint.claims.acts import Act, Teller, Told, read_acts
from chokepoint.claims.circulating import Circulating, read_circulating, repeated
from chokepoint.claims.clauses import main_clause
from chokepoint.claims.conditions import condition_of
from chokepoint.claims.deed_words import Lexicon, read_lexicon
from chokepoint.claims.deeds import Deed, DeedReader
from chokepoint.claims.figures import of_article
from chokepoint.claims.gazetteer import Gazetteer, read_gazetteer
from chokepoint.claims.kinds import kind_of, voice_of
from chokepoint.claims.naming import Finder
from chokepoint.claims.occasions import carried, occasion
from chokepoint.claims.sentences import split
from chokepoint.claims.shelf import Record, shelf_of
from chokepoint.claims.speech import Attributor
from chokepoint.claims.stance import is_hedged, polarity_of
from chokepoint.claims.tracking import Tracker
from chokepoint.claims.worded import WordedRows, worded_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from chokepoint.claims.judging import Judgement
    from chokepoint.claims.names import Name
    from chokepoint.claims.quantities import Quantity
    from chokepoint.claims.sentences import Sentence
    from chokepoint.claims.sources import Source
    from chokepoint.claims.text import Article
    from chokepoint.facts import Facts

Item = TypeVar("Item")
BORNE_OUT = ("supported", "outdated", "other_stage")
CHECKED = ("supported", "near", "contradicted", "outdated", "other_stage")


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """What one sentence states, and what the figures say to it.

    Args:
        start, end: characters of the article.
        text: the sentence, unchanged.
        kind: ``fact``, ``figure``, ``quotation``, ``conditional``, ``interpretation``, ``forecast`` or ``opinion``.
        speaker, chain: who vouches, as of :class:`chokepoint.claims.sources.Source`.
        event_date: ISO, as exact as told; None where nothing is.
        polarity: ``positive`` or ``negative``.
        is_hedged: whether it holds back.
        condition, promise: of an offer or a threat; empty otherwise.
        verdict: one of eight.
        judgement: what the verdict on a figure rests on; None where no figure was judged.
        judged: the figure judged.
        act: the act on record that it tells; None where there is none.
        why: what decided, in words.
        deeds: what it tells that a state does to trade.
        circulating: the often-repeated claim it repeats; None where there is none.
    """

    start: int
    end: int
    text: str
    kind: str
    speaker: str | None
    chain: tuple[str, ...]
    event_date: str | None
    polarity: str
    is_hedged: bool
    condition: str
    promise: str
    verdict: str
    judgement: Judgement | None
    judged: Quantity | None
    act: Act | None
    why: str
    deeds: tuple[Deed, ...] = ()
    circulating: Circulating | None = None

    @property
    def told_act(self) -> Act | None:
        """Return the act on record that it tells as it was; None where it tells it otherwise, or of another year."""
        if self.act is None or self.verdict != "supported":
            return None
        years = {day[:4] for day in (self.act.date, self.act.end, *self.act.days) if day}
        return self.act if not self.event_date or self.event_date[:4] in years else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """An article read.

    Args:
        article: its text and what was set aside.
        published: ISO day.
        claims, names, quantities: in order of the text.
    """

    article: Article
    published: str
    claims: tuple[Claim, ...]
    names: tuple[Name, ...]
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Library:
    """What an article is read against: names, figures, acts, the words of deeds, often-repeated claims."""

    gazetteer: Gazetteer
    shelf: Mapping[str, Sequence[Record]]
    rows: WordedRows
    acts: tuple[Act, ...]
    lexicon: Lexicon
    circulating: tuple[Circulating, ...]


def open_library(facts: Facts) -> Library:
    """Open the bundled records beside a bundle of facts."""
    shelf = shelf_of(facts)
    return Library(
        gazetteer=read_gazetteer(), shelf=shelf, rows=worded_rows(shelf), acts=read_acts(), lexicon=read_lexicon(),
        circulating=read_circulating(),
    )  # fmt: skip


class _Reader:
    """Carry what one sentence leaves to the next: topic, records used, speaker."""

    def __init__(self, library: Library, published: str, named: Mapping[str, int]) -> None:
        self.library, self.published = library, published
        self.tracker = Tracker(library.shelf, library.rows, published, named)
        self.day, self.paragraph = "", -1
        self.teller = Teller(
            acts=library.acts,
            published=published,
            states={key: each.country for key, each in library.gazetteer.entries.items() if each.kind != "place"},
        )

    def claim(self, sentence: Sentence, names: Sequence[Name], quantities: Sequence[Quantity], source: Source) -> Claim:
        """Return the claim of one sentence."""
        text, before = sentence.text, self.tracker.topic
        day = occasion(text, source, self.published, before.period.value)
        condition, promise = condition_of(text, source) or ("", "")
        kind = (
            "conditional"
            if condition
            else kind_of(sentence, source, quantities, names, published=self.published, has_date=day is not None)
        )
        judgement, judged = self.tracker.judged(sentence, names, quantities)
        if kind == "forecast":
            self.tracker.topic = replace(self.tracker.topic, period=before.period)
        polarity = polarity_of(source, is_conditional=bool(condition))
        act = self.teller.told(sentence, names, quantities, is_denied=polarity == "negative")
        verdict, why = self._verdict(kind, judgement, act)
        kind = self._told_kind(kind, source, verdict, act)
        by_figure = verdict in CHECKED and judgement is not None and judgement.verdict == verdict
        voice = voice_of(kind, source)
        return Claim(
            start=sentence.start, end=sentence.end, text=text, kind=kind, speaker=source.speaker if source.chain else voice,
            chain=source.chain or ((voice,) if voice else ()),
            event_date=self._when(sentence, source, kind, day),
            polarity=polarity, is_hedged=is_hedged(source), condition=condition, promise=promise, verdict=verdict,
            judgement=judgement if by_figure else None, judged=judged if by_figure else None,
            act=act.act if act and verdict in CHECKED and not by_figure else None, why=why,
        )  # fmt: skip

    def _told_kind(self, kind: str, source: Source, verdict: str, act: Told | None) -> str:
        """Return ``fact`` for an act on record that is told as a forecast or in words of somebody's own."""
        is_act = act is not None and verdict in CHECKED and not source.is_direct
        return "fact" if is_act and kind in {"forecast", "quotation"} else kind

    def _when(self, sentence: Sentence, source: Source, kind: str, day: str | None) -> str | None:
        """Return when it happened: as told, else the time the article is in; never a time that only records know."""
        last = self.day if sentence.paragraph == self.paragraph else ""
        topic = self.tracker.topic.period.value if kind == "figure" else ""
        self.paragraph = sentence.paragraph
        found = day or carried(source, main_clause(source.content), kind, topic or last, self.published)
        if kind in {"fact", "figure"} and found:
            self.day = found
        return found

    def _verdict(self, kind: str, judgement: Judgement | None, found: Told | None) -> tuple[str, str]:
        strong = found is not None and found.is_sure
        if kind == "conditional":
            return "not_checkable", "an offer or a consequence: nothing on record yet"
        if kind == "forecast" and not (found is not None and _is_announced(found)):
            return "forecast", "not yet"
        if kind in {"opinion", "interpretation"}:
            return "opinion", "a judgement, not a fact"
        if found is not None and _is_by_its_terms(found, judgement):
            return found.verdict, found.why
        if judgement is not None and judgement.verdict in CHECKED:
            return judgement.verdict, "by the figures on record"
        if found is not None and found.numbers == "other" and found.verdict == "supported" and not found.is_certain:
            return "not_checkable", "the act on record has no such figure"
        if found is not None and (kind != "quotation" or strong):
            return found.verdict, found.why
        return "not_checkable", "no figure or act on record speaks to it"


def _is_by_its_terms(found: Told, judgement: Judgement | None) -> bool:
    """Say whether the numbers of an act decide over a figure: those met, and another one where the act is beyond doubt."""
    by_figure = judgement.verdict if judgement is not None else ""
    if found.numbers == "met" and found.verdict == "contradicted" and found.is_sure:
        return True
    if found.numbers == "met":
        return by_figure not in BORNE_OUT
    return found.numbers == "missed" and found.is_sure and by_figure not in CHECKED


def _is_announced(found: Told) -> bool:
    """Say whether what is told as to come is on record as announced, or on record with other numbers."""
    if found.verdict == "supported":
        return found.is_certain or found.numbers == "met"
    return found.verdict == "contradicted" and found.numbers == "missed" and found.is_sure


def read(
    article: Article, library: Library, published: str, cuts: Callable[[Sequence[Sentence]], list[Sentence]] = list
) -> Reading:
    """Read an article.

    Args:
        article: its text.
        library: what it is read against.
        published: ISO day of publication; relative dates and offices go by it.
        cuts: may part sentences further, where somebody proposed claims inside them.
    """
    sentences = cuts(split(article.text))
    finder = Finder(library.gazetteer, article.text, published)
    names = finder.run(sentences)
    quantities = of_article(article.text, sentences)
    attributor = Attributor(library.gazetteer, finder.strangers)
    reader = _Reader(
        library, published, Counter(each.key for each in names if each.kind in {"mineral", "good"} and each.key)
    )
    doing = DeedReader(library.lexicon, library.gazetteer)
    claims: list[Claim] = []
    name_starts, figure_starts = [each.start for each in names], [each.start for each in quantities]
    for sentence in sentences:
        mine, figures = _within(names, name_starts, sentence), _within(quantities, figure_starts, sentence)
        source = attributor.of(sentence, mine)
        claim = reader.claim(sentence, mine, figures, source)
        known = repeated(sentence, mine, figures, library.circulating, library.gazetteer, published)
        claims.append(replace(_cleared(claim, known), deeds=tuple(doing.deeds(sentence, mine)), circulating=known))
    return Reading(
        article=article, published=published, claims=tuple(claims), names=tuple(names), quantities=tuple(quantities)
    )


def _cleared(claim: Claim, known: Circulating | None) -> Claim:
    """Bring a verdict in line with what is on record about the claim a sentence repeats.

    Of some repeated claims nothing is on record: a figure that contradicts must be of something else. Of others it is on record that
    they are not so, and a sentence that affirms one cannot be borne out.
    """
    if known is None or claim.polarity == "negative":
        return claim
    if known.verdict == "not_checkable" and claim.verdict == "contradicted" and claim.judgement is not None:
        return replace(
            claim, verdict="not_checkable", judgement=None, judged=None, why="often repeated; nothing on record"
        )
    if known.verdict == "contradicted" and claim.verdict in {"supported", "near"}:
        return replace(claim, verdict="contradicted", why=known.on_record)
    return claim


def _within(items: Sequence[Item], starts: Sequence[int], sentence: Sentence) -> list[Item]:
    """Return what begins inside a sentence, from items in order."""
    return list(items[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)])
