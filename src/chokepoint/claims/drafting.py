"""A draft scenario from the acts an article tells: what was done, and beside it what was only threatened or offered."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import TYPE_CHECKING

from chokepoint.claims.deeds import DONE, EASES, RESTRICTS, SAID
from chokepoint.claims.simulated import of_act, of_good
from chokepoint.claims.text import refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chokepoint.claims.acts import Act
    from chokepoint.claims.deeds import Deed
    from chokepoint.claims.reading import Claim, Reading
    from chokepoint.claims.simulated import Simulated
    from chokepoint.errors import DataError

FIRST_MONTH, MONTHS, DRAWS, SEED = "2025-01", 18, 16, 20250610
STATE = 3
"""Letters of a state's code."""
_RELIEF = re.compile(r"suspension|framework|lifted|eas(?:ed|ing)|postpone")
"""Bundled measures that ease others."""
RECENT_DAYS = 366
"""Days before publication up to which an act is news, and not history."""
_SUBORDINATE = re.compile(
    r"\b(?:when|after|before|since|until|because|as|while|although|though|who|which|that|whose|where|once|if|unless|whether|following|had)\b",
    re.IGNORECASE,
)
_TELLS_THAT = re.compile(
    r"\b(?:said|says|say|announced|announces|confirmed|confirms|reported|reports|told|showed|shows|disclosed|added)\s(?:\w+\s){0,3}?that\b|\b(?:that|as|after|before)\s+(?:of|day|week|month)\b",
    re.IGNORECASE,
)
"""What takes a deed out of the main clause, and what only passes it on."""
LICENCE = "share: 1.0|handling_days: licence.handling_days|approval_per_month: licence.approval_per_month|already_cleared: licence.already_cleared"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Entry:
    """A measure of a branch: the id of a bundled one, or one written out, with the world it belongs to."""

    world: str
    id: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Idea:
    """Something only said: a measure it would be, or the easing of measures already told."""

    claim: Claim
    deed: Deed
    entry: _Entry | None


def draft(readings: Sequence[Reading], published: str, table: Sequence[Simulated]) -> str:
    """Return a scenario file of what the articles tell.

    The branch ``as-told`` holds what was done: measures of the bundle, and others written out as the article tells them, marked as
    assumed. Each offer and threat has a branch of its own whose title says that it was not done. The world is the one that
    holds most of what was done; what it does not hold stands in comments.

    Args:
        readings: the articles.
        published: ISO day of the last.
        table: what can be simulated.

    Raises:
        DataError: nothing told can be put into a bundled world.
    """
    done = list({(each.world, each.id): each for each in _done(readings, published, table)}.values())
    ideas = list(_said(readings, published, table))
    worlds = Counter(each.world for each in done) or Counter(each.entry.world for each in ideas if each.entry)
    if not worlds:
        raise _without_measure()
    world = worlds.most_common(1)[0][0]
    told = [each for each in done if each.world == world]
    branches = _branch("as-told", "What the article tells as done", told, "") if told else []
    number = 0
    for idea in ideas:
        entries = _entries(idea, told, world)
        if entries:
            number += 1
            word = "Offered" if idea.deed.effect == EASES else "Threatened"
            condition = f" if: {idea.claim.condition}" if idea.claim.condition else ""
            title = f"{word}, not done: {idea.deed.text}{condition}"
            branches += _branch(
                f"said-{number}", title, [*told, *entries], f"Only said in the article, never done: {idea.claim.text}"
            )
    if not branches:
        raise _without_measure()
    lines = [*_head(world, published), "branches:", *branches]
    return "\n".join([*lines, *_left_out(readings, done, world, table)]) + "\n"


def _without_measure() -> DataError:
    """Return the error for articles of which no scenario can be drafted."""
    return refused(
        "--scenario", "no act on goods of a bundled world in the article", "an act such as the controls of 4 April 2025",
        "write a scenario of your own (docs/how-to/own-scenario.md)",
    )  # fmt: skip


def _done(readings: Iterable[Reading], published: str, table: Sequence[Simulated]) -> Iterator[_Entry]:
    """Yield the measures told as done, those of the bundle in the order of their dates."""
    rows = [
        row
        for reading in readings
        for claim in reading.claims
        if claim.told_act is not None
        and (row := of_act(claim.told_act.key, table)) is not None
        and not _is_over(claim, claim.told_act, row, published)
    ]
    bundled = {(row.world, name) for row in rows for name in row.entries if _is_bundled(name)}
    yield from (
        _Entry(world=world, id=name) for world, name in sorted(bundled, key=lambda each: each[1].partition("/")[2])
    )
    covered = {(row.actor, row.world) for row in rows}
    for reading in readings:
        for claim in reading.claims:
            for deed in claim.deeds:
                entry = _written_out(claim, deed, published, table) if _is_told(claim, deed, published) else None
                if entry is not None and (deed.actor, entry.world) not in covered:
                    yield entry


def _is_over(claim: Claim, act: Act, row: Simulated, published: str) -> bool:
    """Say whether an act on record is only recalled, or over on the day with nothing bundled that stands for its end."""
    own = [each for each in claim.deeds if each.actor == row.actor and each.mood == DONE]
    years = re.findall(r"\b(?:19|20)\d\d\b", claim.text)
    if (years and act.date[:4] not in years) or (own and all(_is_aside(claim, each) for each in own)):
        return True
    is_ended = bool(act.end) and act.end <= published
    return not any("suspension" in each for each in row.entries) and (
        is_ended or any(each.effect == EASES for each in own)
    )


def _is_told(claim: Claim, deed: Deed, published: str) -> bool:
    """Say whether a sentence tells a restriction as news: done, in its main clause, and not long ago.

    What stands behind "when", "after" or "which" is history or a mark of time; a denial, a rumour and a view tell no act.
    """
    is_act = deed.mood == DONE and deed.effect == RESTRICTS and not deed.is_standing
    if (
        not is_act
        or claim.polarity == "negative"
        or claim.is_hedged
        or claim.kind in {"opinion", "forecast", "conditional"}
    ):
        return False
    return not _is_aside(claim, deed) and _day_of(claim, published) != ""


def _is_aside(claim: Claim, deed: Deed) -> bool:
    """Say whether a deed stands in a subordinate clause."""
    before = claim.text[: max(0, deed.start - claim.start)] + deed.text.partition(deed.verb)[0]
    clause = re.split(r"[;:]|,\s(?:and|but)\b", _TELLS_THAT.sub("", before))[-1]
    return _SUBORDINATE.search(clause.rpartition(",")[2]) is not None


def _day_of(claim: Claim, published: str) -> str:
    """Return the day an act is told of: of the month its first, of nothing the day of publication; empty where it is not news."""
    told = claim.event_date or (claim.told_act.date if claim.told_act else "")
    day = f"{told}-01" if re.fullmatch(r"\d{4}-\d\d", told) else told or published
    years = [int(each) for each in re.findall(r"\b(?:19|20)\d\d\b", claim.text)]
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        return ""
    age = (date.fromisoformat(published) - date.fromisoformat(day)).days
    is_history = bool(years) and max(years) < date.fromisoformat(published).year - 1
    return "" if age > RECENT_DAYS or is_history else day


def _is_bundled(name: str) -> bool:
    return (resources.files("chokepoint") / "data" / "measures" / f"{name}.yaml").is_file()


def _said(readings: Iterable[Reading], published: str, table: Sequence[Simulated]) -> Iterator[_Idea]:
    """Yield what is only threatened or offered."""
    for reading in readings:
        for claim in reading.claims:
            for deed in claim.deeds:
                if deed.mood == SAID:
                    yield _Idea(claim=claim, deed=deed, entry=_written_out(claim, deed, published, table))


def _written_out(claim: Claim, deed: Deed, published: str, table: Sequence[Simulated]) -> _Entry | None:
    """Return a measure as a sentence tells it; None where its goods are in no bundled world."""
    rows = [row for key in deed.goods if (row := of_good(key, table)) is not None]
    if not rows:
        return None
    world = rows[0].world
    goods = [code for row in rows if row.world == world for code in row.entries]
    day = _day_of(claim, published) or published
    name = f"{deed.actor}/{day}-{re.sub(r'[^a-z0-9]+', '-', '-'.join(deed.goods).lower()).strip('-')}-as-told"
    is_licence = re.search(r"licen[cs]|permit", deed.text, re.IGNORECASE) is not None
    targets = f"[{deed.target}]" if len(deed.target) == STATE and deed.target.isupper() else "world"
    return _Entry(world=world, id=name, lines=(
        f"id: {name}", f"title: {_quoted('As told: ' + deed.text)}", f"actor: {deed.actor}", "reference: as told in the article; no legal text was read",
        f"announced: {min(day, published)}", f"effective: {day}", "source: assumed", "grade: assumed", f"note: {_quoted(claim.text)}", f"targets: {targets}",
        f"goods: [{', '.join(dict.fromkeys(goods))}]", *(["instrument: licence", *LICENCE.split("|")] if is_licence else ["instrument: ban"]),
    ))  # fmt: skip


def _entries(idea: _Idea, told: Sequence[_Entry], world: str) -> list[_Entry]:
    """Return what a branch for something only said adds: the measure threatened, or a suspension of those it would ease."""
    if idea.deed.effect == RESTRICTS:
        return [idea.entry] if idea.entry is not None and idea.entry.world == world else []
    eased = [each.id for each in told if each.id.startswith(idea.deed.actor)]
    if not eased or any(_RELIEF.search(each) for each in eased):  # what is offered may be the relief told beside it
        return []
    entry = idea.entry or _Entry(world=world, id=f"{idea.deed.actor}/as-told")
    name, lines = f"{entry.id}-eased", list(entry.lines)
    day = next((each for each in lines if each.startswith("effective: ")), "")
    if not day:
        return []
    kept = [
        each
        for each in lines
        if each.partition(":")[0]
        in {"title", "actor", "reference", "announced", "effective", "source", "grade", "note"}
    ]
    terms = ["instrument: suspension", f"suspends: [{', '.join(eased)}]"]
    return [_Entry(world=world, id=name, lines=(f"id: {name}", *kept, *terms))]


def _head(world: str, published: str) -> list[str]:
    start = min(FIRST_MONTH, published[:7])
    return [
        "# Draft made from what an article tells: a start, not a finding. Check dates, goods and measures before use.",
        "# Measures written out are as told, with assumed terms; branches named said-N hold what was only threatened or offered.",
        "name: draft-from-article", f"world: {world}", "title: Measures that an article tells of",
        "question: What do the measures told in the article cost whom?", f"as_of: {published}", f"start: {start}", f"months: {MONTHS}",
        f"draws: {DRAWS}", f"seed: {SEED}",
    ]  # fmt: skip


def _branch(name: str, title: str, entries: Sequence[_Entry], note: str) -> list[str]:
    lines = [f"  {name}:", f"    title: {_quoted(title)}"]
    lines += [f"    note: {_quoted(note)}"] if note else []
    lines.append("    measures:" if entries else "    measures: []")
    for each in entries:
        first, *rest = each.lines or (each.id,)
        lines += [f"      - {first}", *(f"        {line}" for line in rest)]
    return lines


def _left_out(
    readings: Iterable[Reading], done: Iterable[_Entry], world: str, table: Sequence[Simulated]
) -> Iterator[str]:
    """Yield comments on what the draft does not hold: agreements without a measure, acts of other worlds."""
    acts = {
        each.act.key: each.act
        for one in readings
        for each in one.claims
        if each.act is not None and each.verdict == "supported"
    }
    loose = [act for key, act in acts.items() if of_act(key, table) is None]
    other = [each for each in done if each.world != world]
    if loose or other:
        yield "# Told as well, and not in the branches:"
    yield from (
        f"# - {_plain(act.text)} ({_plain(act.reference)}): no measure of the bundle stands for it" for act in loose
    )
    yield from (f"# - {each.id}: in the world {each.world}" for each in other)


def _quoted(text: str) -> str:
    """Return a text as a YAML string on one line; what an article says can be nothing else."""
    return json.dumps(_plain(text))


def _plain(text: str) -> str:
    return " ".join(text.split())
