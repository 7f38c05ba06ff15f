"""Score what a reader finds in an article against the gold answers: records in, rates out; SCHEMA.md gives both."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

Record = Mapping[str, Any]
STRANGER = "stranger"
PLACE = "place"
NAMED = frozenset({"person", "office", "ministry", "company", "outlet"})
VERDICTS = (
    "supported",
    "near",
    "contradicted",
    "outdated",
    "other_stage",
    "not_checkable",
    "opinion",
    "forecast",
)
ON_EVIDENCE = frozenset({"supported", "near", "contradicted", "outdated", "other_stage"})
SAME_VALUE = 0.005
NORMAL_95 = 1.959963984540054


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """Hits out of a total, with the 95 % interval of Wilson (1927)."""

    hits: int = 0
    total: int = 0

    @property
    def share(self) -> float:
        """Return hits over total; nothing tried is no rate."""
        return self.hits / self.total if self.total else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Return the Wilson score interval: (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) / (1 + z²/n)."""
        if not self.total:
            return 0.0, 1.0
        count, squared = self.total, NORMAL_95**2
        middle = self.share + squared / (2 * count)
        reach = NORMAL_95 * math.sqrt(self.share * (1 - self.share) / count + squared / (4 * count * count))
        return max(0.0, (middle - reach) / (1 + squared / count)), min(1.0, (middle + reach) / (1 + squared / count))

    def __add__(self, other: Rate) -> Rate:
        return Rate(hits=self.hits + other.hits, total=self.total + other.total)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.hits}/{self.total} = {100 * self.share:.1f} % [{100 * low:.1f}, {100 * high:.1f}]"


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """Every rate of one article or of many."""

    people: Rate = field(default_factory=Rate)
    offices: Rate = field(default_factory=Rate)
    organisations: Rate = field(default_factory=Rate)
    places_and_goods: Rate = field(default_factory=Rate)
    ambiguous: Rate = field(default_factory=Rate)
    strangers_resolved: Rate = field(default_factory=Rate)
    unknown_places_taken_for_known_ones: Rate = field(default_factory=Rate)
    figure_recall: Rate = field(default_factory=Rate)
    figure_precision: Rate = field(default_factory=Rate)
    attribution: Rate = field(default_factory=Rate)
    kinds: Rate = field(default_factory=Rate)
    event_dates: Rate = field(default_factory=Rate)
    hedges: Rate = field(default_factory=Rate)
    polarity: Rate = field(default_factory=Rate)
    without_evidence: Rate = field(default_factory=Rate)
    verdicts: Mapping[str, Rate] = field(default_factory=lambda: dict.fromkeys(VERDICTS, Rate()))

    def __add__(self, other: Score) -> Score:
        verdicts = {name: self.verdicts[name] + other.verdicts[name] for name in VERDICTS}
        rates = {name: getattr(self, name) + getattr(other, name) for name in RATES}
        return Score(**rates, verdicts=verdicts)


RATES = tuple(name for name in Score.__dataclass_fields__ if name != "verdicts")


def shared(one: Record, other: Record) -> int:
    """Count the characters two spans have in common."""
    return max(0, min(one["end"], other["end"]) - max(one["start"], other["start"]))


def likeness(one: Record, other: Record) -> float:
    """Return the characters in common over the characters in either span."""
    both = shared(one, other)
    return both / (one["end"] - one["start"] + other["end"] - other["start"] - both) if both else 0.0


def best(span: Record, found: Iterable[Record]) -> Record | None:
    """Return the found span most like the wanted one, or None where none overlaps."""
    near = [(likeness(span, one), -number, one) for number, one in enumerate(found) if shared(span, one)]
    return max(near, key=lambda row: row[:2])[2] if near else None


def realigned(found: Record, text: str) -> Record:
    """Move the spans of a prediction made on its own ``text`` onto the expected text, where the two differ."""
    own = found.get("text", text)
    if own == text:
        return found
    blocks = SequenceMatcher(None, own, text, autojunk=False).get_matching_blocks()

    def moved(place: int) -> int:
        block = max((block for block in blocks if block.a <= place), key=lambda block: block.a, default=blocks[0])
        return block.b + min(max(place - block.a, 0), block.size)

    def spans(name: str) -> list[Record]:
        return [{**one, "start": moved(one["start"]), "end": moved(one["end"] - 1) + 1} for one in found.get(name, ())]

    return {**found, "text": text, **{name: spans(name) for name in ("names", "figures", "claims")}}


def right_name(wanted: Record, found: Record | None) -> bool:
    """Say whether the first answer is the wanted key; for an office, its holder at the date will do."""
    return found is not None and found.get("key") in {wanted["key"], wanted.get("holder", wanted["key"])}


def falsely_resolved(stranger: Record, found: Sequence[Record]) -> bool:
    """Say whether a stranger was taken for a person, office, authority, company or outlet on record.

    A place or a good inside the stranger's name ("Bismuth House") is no mistake; taking the whole for one is, except an
    unknown place for a known place, which :func:`taken_for_place` counts.
    """
    for one in _known(stranger, found):
        if one.get("kind") in NAMED or (_is_whole(stranger, one) and not _are_places(stranger, one)):
            return True
    return False


def taken_for_place(stranger: Record, found: Sequence[Record]) -> bool:
    """Say whether the whole name of an unknown place was taken for a place on record."""
    return any(_is_whole(stranger, one) and _are_places(stranger, one) for one in _known(stranger, found))


def _known(stranger: Record, found: Sequence[Record]) -> list[Record]:
    return [one for one in found if shared(stranger, one) and one.get("key") not in {None, STRANGER}]


def _is_whole(stranger: Record, one: Record) -> bool:
    return one["start"] <= stranger["start"] and stranger["end"] <= one["end"]


def _are_places(stranger: Record, one: Record) -> bool:
    return stranger.get("kind") == one.get("kind") == PLACE


def score_names(gold: Record, found: Record) -> dict[str, Rate]:
    """Score the names by kind, the ambiguous ones by their candidates, the strangers by who was put in their place."""
    tally: dict[str, list[bool]] = {
        name: [] for name in ("people", "offices", "organisations", "places_and_goods", "ambiguous")
    }
    group = {"person": "people", "office": "offices", "place": "places_and_goods", "mineral": "places_and_goods"}
    group |= {"good": "places_and_goods"}
    strangers: list[bool] = []
    places: list[bool] = []
    for wanted in gold["names"]:
        answer = best(wanted, found.get("names", ()))
        if wanted["key"] == STRANGER:
            strangers.append(falsely_resolved(wanted, found.get("names", ())))
            places += [taken_for_place(wanted, found.get("names", ()))] if wanted["kind"] == PLACE else []
        elif wanted["key"] is None:
            named = set(answer.get("candidates", ())) if answer else set[str]()
            tally["ambiguous"].append(set(wanted["candidates"]) <= named)
        else:
            tally[group.get(wanted["kind"], "organisations")].append(right_name(wanted, answer))
    rates = {name: Rate(hits=sum(hits), total=len(hits)) for name, hits in tally.items()}
    return {
        **rates,
        "strangers_resolved": Rate(hits=sum(strangers), total=len(strangers)),
        "unknown_places_taken_for_known_ones": Rate(hits=sum(places), total=len(places)),
    }


def same_value(one: float, other: float) -> bool:
    """Say whether two values differ by half a percent at most."""
    return abs(one - other) <= SAME_VALUE * max(abs(one), abs(other))


def right_figure(wanted: Record, found: Record) -> bool:
    """Say whether span, value and unit agree."""
    ends = ("low", "high")
    return (
        bool(shared(wanted, found))
        and wanted["unit"] == found["unit"]
        and all(same_value(wanted[end], found[end]) for end in ends)
    )


def score_figures(gold: Record, found: Record) -> dict[str, Rate]:
    """Score recall and precision; calendar dates and bare number words count for neither."""
    spare = list(found.get("figures", ()))
    hits = 0
    for wanted in gold["figures"]:
        match = next((one for one in spare if right_figure(wanted, one)), None)
        if match is not None:
            spare.remove(match)
            hits += 1
    loose = gold.get("optional_figures", ())
    wrong = [one for one in spare if one["unit"] != "date" and not counted_loose(one, loose, gold["figures"])]
    recall, precision = Rate(hits=hits, total=len(gold["figures"])), Rate(hits=hits, total=hits + len(wrong))
    return {"figure_recall": recall, "figure_precision": precision}


def counted_loose(found: Record, loose: Iterable[Record], wanted: Iterable[Record]) -> bool:
    """Say whether a figure stands on a bare number word and on no figure that was asked for."""
    return any(shared(found, one) for one in loose) and not any(shared(found, one) for one in wanted)


def plain(speaker: str | None) -> str | None:
    """Return a speaker without article, case and punctuation, so that "A Broker" is "a broker"."""
    if speaker is None or not speaker.startswith(STRANGER + ":"):
        return speaker
    words = re.findall(r"\w+", speaker.partition(":")[2].casefold())
    return STRANGER + ":" + " ".join(word for word in words if word not in {"a", "an", "the"})


def right_attribution(wanted: Record, found: Record | None) -> bool:
    """Say whether the speaker and every step of the chain agree."""
    if found is None or plain(found.get("speaker")) != plain(wanted["speaker"]):
        return False
    return [plain(step) for step in found.get("chain", ())] == [plain(step) for step in wanted["chain"]]


def score_claims(gold: Record, found: Record) -> dict[str, Any]:
    """Score attribution, kind, date, hedging, polarity and verdict of claims, and verdicts that rest on nothing."""
    pairs = [(wanted, best(wanted, found.get("claims", ()))) for wanted in gold["claims"]]

    def agreeing(name: str, chosen: list[tuple[Record, Record | None]]) -> Rate:
        hits = sum(answer is not None and answer.get(name) == wanted[name] for wanted, answer in chosen)
        return Rate(hits=hits, total=len(chosen))

    def verdict(name: str) -> Rate:
        chosen = [(wanted, answer) for wanted, answer in pairs if wanted["verdict"] == name]
        hits = sum(
            answer is not None and answer.get("verdict") in {name, *wanted.get("also_right", ())}
            for wanted, answer in chosen
        )
        return Rate(hits=hits, total=len(chosen))

    judged = [one for one in found.get("claims", ()) if one.get("verdict") in ON_EVIDENCE]
    return {
        "attribution": Rate(hits=sum(right_attribution(*pair) for pair in pairs), total=len(pairs)),
        "kinds": agreeing("kind", pairs),
        "event_dates": agreeing("event_date", [pair for pair in pairs if pair[0]["event_date"]]),
        "hedges": agreeing("hedged", pairs),
        "polarity": agreeing("polarity", pairs),
        "without_evidence": Rate(hits=sum(not one.get("evidence") for one in judged), total=len(judged)),
        "verdicts": {name: verdict(name) for name in VERDICTS},
    }


def score(gold: Record, found: Record, text: str) -> Score:
    """Score one article: ``text`` is the expected main text the gold spans count in."""
    moved = realigned(found, text)
    return Score(**score_names(gold, moved), **score_figures(gold, moved), **score_claims(gold, moved))


def total(scores: Iterable[Score]) -> Score:
    """Add the scores of many articles."""
    return sum(scores, Score())


def report(scored: Score) -> str:
    """Write every rate with its interval, one a line."""
    lines = [f"{name.replace('_', ' '):<20} {getattr(scored, name)}" for name in RATES]
    return "\n".join([*lines, *(f"verdict {name:<12} {scored.verdicts[name]}" for name in VERDICTS)])
