"""Judge the figures of an article in order, and carry what one sentence leaves to the next."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from chokepoint.claims.changes import judge_change, judge_rank
from chokepoint.claims.judging import Judgement, judge
from chokepoint.claims.moments import mentions, period_of
from chokepoint.claims.slots import Slot, Topic
from chokepoint.claims.topics import remembered, topic_of, words_of
from chokepoint.claims.worded import STRUCTURED, WordedRows, judge_by_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.claims.names import Name
    from chokepoint.claims.quantities import Quantity
    from chokepoint.claims.sentences import Sentence
    from chokepoint.claims.shelf import Record

SEVERITY = {"contradicted": 0, "other_stage": 1, "outdated": 2, "near": 3, "supported": 4, "not_checkable": 5}
UNMEASURED = frozenset(
    {"count", "clock", "rank", "celsius", "date", "days", "weeks", "months", "years", "hours", "minutes"}
)
"""Units that leave the topic as it is."""
NEVER_JUDGED = frozenset({"clock", "celsius"})
WORDED = frozenset({"approval", "export_share", "money", "dependence", ""})
RECENT, BEHIND, MAIN = 4, 2, 2


def _verdict_of(
    found: Sequence[tuple[Judgement, Quantity]], sentence: Sentence
) -> tuple[Judgement | None, Quantity | None]:
    """Return the verdict of the worst main figure; a rank, a figure of comparison or an earlier one speaks only where no main figure has a record."""
    checked = [each for each in found if each[0].verdict != "not_checkable"]
    agreed = [
        judgement.evidence[0]
        for judgement, quantity in checked
        if judgement.verdict == "supported" and quantity.unit not in {"rank", "times"}
    ]
    main = [(_with_own_time(each[0], agreed), each[1]) for each in checked if not _is_beside(each[1], sentence)]
    kept = [each for each in main or checked if not agreed or _outweighs(each[0], agreed)]
    kept = kept or [each for each in checked if each[0].verdict == "supported"] or checked
    return min(kept or found, key=lambda each: SEVERITY[each[0].verdict], default=(None, None))


def _is_beside(quantity: Quantity, sentence: Sentence) -> bool:
    """Say whether a figure stands beside the main one: a rank, what it is compared with, what it was before."""
    lead = sentence.text[: quantity.start - sentence.start]
    return quantity.unit in {"rank", "times"} or _BESIDE.search(lead) is not None


_BESIDE = re.compile(
    r"(?:\b(?:against|versus|vs\.?|compared\s+(?:with|to)|(?:up|down)\s+from|from|out\s+of|after|instead\s+of|rather\s+than|than)\s+(?:an?\s+|the\s+|only\s+|about\s+|some\s+)?|\ba\s+year\s+(?:ago|earlier|before)\s+(?:it\s+)?(?:was|had\s+been|stood\s+at)\s+)$",
    re.IGNORECASE,
)


def _with_own_time(judgement: Judgement, agreed: Sequence[Record]) -> Judgement:
    """Return a figure as supported that was set against the time of another: "rose to 6,150 tonnes from 5,473 in October"."""
    is_mixed = judgement.verdict == "outdated" and judgement.right is not None and judgement.right in agreed
    return (
        replace(judgement, verdict="supported", evidence=judgement.evidence[:1], right=None) if is_mixed else judgement
    )


def _outweighs(judgement: Judgement, agreed: Sequence[Record]) -> bool:
    """Say whether a verdict counts beside a figure that is borne out.

    What differs from the very record that bears out the other is of something else; so is, as far as can be told, what is of another measure.
    """
    if judgement.verdict in {"supported", "other_stage"}:
        return judgement.verdict == "supported" or judgement.evidence[0] not in agreed
    if judgement.verdict == "near" or any(record in agreed for record in judgement.evidence):
        return False
    kinds = {(each.measure, each.mineral, each.unit) for each in agreed}
    first = judgement.evidence[0]
    return len(judgement.evidence) == 1 and (first.measure, first.mineral, first.unit) in kinds


class Tracker:
    """Carry topic, records used and words from sentence to sentence; ``named`` counts how often the article names each mineral."""

    def __init__(
        self, shelf: Mapping[str, Sequence[Record]], rows: WordedRows, published: str, named: Mapping[str, int]
    ) -> None:
        self.shelf, self.rows, self.published, self._named = shelf, rows, published, named
        self.topic = Topic(minerals=tuple(sorted(named, key=lambda each: -named[each])[:MAIN]))
        self._recent: list[Record] = []
        self._words: list[frozenset[str]] = []

    def judged(
        self, sentence: Sentence, names: Sequence[Name], quantities: Sequence[Quantity]
    ) -> tuple[Judgement | None, Quantity | None]:
        """Judge every figure of a sentence and return the verdict that is the sentence's, with its figure."""
        before = self.topic
        self.topic = replace(
            before, around=frozenset().union(*self._words[-BEHIND:]), said=frozenset().union(*self._words)
        )
        found: list[tuple[Judgement, Quantity]] = []
        for each in quantities:
            if each.unit not in NEVER_JUDGED:
                judgement = self._one(sentence, each, names, before)
                used = judgement.right or next(iter(judgement.evidence), None)
                self._recent += [used] if used is not None else []
                found.append((judgement, each))
        if all(each.unit in UNMEASURED for _, each in found):
            self._go_on(sentence, names)
        self._words.append(words_of(sentence.text))
        return _verdict_of(found, sentence)

    def _one(self, sentence: Sentence, quantity: Quantity, names: Sequence[Name], before: Topic) -> Judgement:
        """Judge one figure; the topic goes on to the next."""
        topic = topic_of(sentence, quantity, names, self.topic, self.published)
        if quantity.unit == "rank":
            return judge_rank(quantity, topic, self.shelf, self.published)
        if topic.is_change or quantity.unit in {"times", "pp", "index"}:
            direct = judge(quantity, topic, self.shelf, self.published) if quantity.unit == "index" else None
            return (
                direct
                if direct and direct.verdict in {"supported", "near"}
                else self._change(sentence, quantity, topic)
            )
        judgement = self._by_slots_then_words(quantity, topic)
        if quantity.unit not in UNMEASURED:
            is_earlier = re.search(r"\b[Aa] year (?:earlier|before|ago)\b", sentence.text) is not None
            if not topic.is_apart:
                self.topic = replace(topic, period=before.period) if is_earlier else topic
        return judgement

    def _by_slots_then_words(self, quantity: Quantity, topic: Topic) -> Judgement:
        """Judge by slots where measure and mineral describe the figure, by words where they do not or find nothing true."""
        is_worded = topic.measure.value in WORDED or quantity.unit in UNMEASURED
        found = Judgement(verdict="not_checkable") if is_worded else judge(quantity, topic, self.shelf, self.published)
        if found.verdict in {"supported", "near", "other_stage"} and not is_worded:
            return found
        worded = judge_by_words(
            quantity, topic, self.rows, self.published, only_unstructured=topic.measure.value in STRUCTURED
        )
        if worded is None or (found.verdict != "not_checkable" and worded.verdict != "supported"):
            return found
        return worded

    def _change(self, sentence: Sentence, quantity: Quantity, topic: Topic) -> Judgement:
        named = frozenset(period for _, period in mentions(sentence.text, self.published, self.topic.period.value))
        found = judge_change(quantity, self._recent[-RECENT:], self.shelf, topic, named)
        if found.verdict == "supported":
            return found
        worded = judge_by_words(quantity, topic, self.rows, self.published, only_unstructured=False)
        return (
            worded
            if worded is not None and (worded.verdict == "supported" or found.verdict == "not_checkable")
            else found
        )

    def _go_on(self, sentence: Sentence, names: Sequence[Name]) -> None:
        """Take mineral and time from a sentence that states no figure of its own."""
        things = [each.key for each in names if each.kind in {"mineral", "good"} and each.key]
        if things:
            minerals = self.topic.minerals
            for each in sorted(things, key=lambda one: self._named.get(one or "", 0)):
                minerals = remembered(each or "", minerals)
            keeps = self.topic.mineral.value and (sentence.is_heading or self.topic.mineral.value in things)
            mineral = (
                self.topic.mineral
                if keeps
                else Slot(value=max(reversed(things), key=lambda one: self._named.get(one or "", 0)) or "")
            )
            self.topic = replace(self.topic, mineral=mineral, minerals=minerals)
        places = {
            each.key
            for each in names
            if each.kind == "place" and each.key and len(each.key) == len("CHN") and each.key.isupper()
        }
        if len(places) == 1 and not sentence.is_heading:
            self.topic = replace(self.topic, country=Slot(value=places.pop()))
        if mentions(sentence.text, self.published):
            period = period_of(sentence.text, len(sentence.text), self.published, self.topic.period.value)
            self.topic = replace(self.topic, period=Slot(value=period))
