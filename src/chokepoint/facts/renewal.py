"""Figures of the user's store beside the bundled ones: a newer edition goes first, another publisher last."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chokepoint.facts.trade import Trade
    from chokepoint.sources.fact import Fact

UNSAID, DERIVED = "contained", "derived"
EDITION = re.compile(r"(?P<family>.*?)_?(?P<edition>\d{4,6})")


@dataclass(frozen=True, kw_only=True, slots=True)
class Renewed:
    """The bundled figures with those of the store.

    Args:
        facts: newer editions of bundled publishers, then the bundle, then what else the store holds.
        changes: one line for each bundled figure that a newer edition states otherwise, and one for each such edition.
        stored: source and mineral of the statements taken from the store.
        shared: those of them that the bundle has statements of too.
    """

    facts: tuple[Fact, ...]
    stored: frozenset[tuple[str, str]]
    shared: frozenset[tuple[str, str]]
    changes: tuple[str, ...]


def renew(bundled: Sequence[Fact], stored: Iterable[Fact]) -> Renewed:
    """Put the statements of the store beside the bundled ones.

    Args:
        bundled: best publisher and newest edition first.
        stored: from :meth:`chokepoint.store.Store.facts`.

    Returns:
        All of them in the order they are asked in; with nothing in the store, the bundled ones as they are.
    """
    newest: dict[str, int] = {}
    for each in bundled:
        family, edition = split_edition(each.source)
        newest[family] = max(newest.get(family, 0), edition)
    said = {(each.source, *_subject(each)) for each in bundled}
    weighed = _weights(bundled)
    newer: list[Fact] = []
    others: list[Fact] = []
    for each in stored:
        family, edition = split_edition(each.source)
        same = _weighed_as_before(each, weighed.get((family, each.mineral, each.stage, each.measure), frozenset()))
        if edition > newest.get(family, edition):
            newer.append(same)
        elif (each.source, *_subject(each)) not in said:
            others.append(same)
    newer.sort(key=lambda each: -split_edition(each.source)[1])
    taken = frozenset((each.source, each.mineral) for each in (*newer, *others))
    return Renewed(
        facts=(*newer, *bundled, *others),
        changes=_changes(bundled, newer),
        stored=taken,
        shared=taken & {(each.source, each.mineral) for each in bundled},
    )


def _weights(bundled: Iterable[Fact]) -> dict[tuple[str, ...], frozenset[str]]:
    """Return how each publisher weighs a measure of a mineral at a stage, over all its editions; sums are no one's."""
    found: dict[tuple[str, ...], frozenset[str]] = {}
    for each in bundled:
        key = (split_edition(each.source)[0], each.mineral, each.stage, each.measure)
        found[key] = found.get(key, frozenset()) | ({each.basis, DERIVED} if each.grade == DERIVED else {each.basis})
    return found


def _weighed_as_before(fact: Fact, weights: frozenset[str]) -> Fact:
    """Return a fact in the words for its weight that the bundle has, where a loader only says "contained".

    A publisher weighs one thing alike in all its editions; where the bundle knows several weights, or adds
    figures up, nothing is assumed.
    """
    return replace(fact, basis=next(iter(weights))) if fact.basis == UNSAID and len(weights) == 1 else fact


def split_edition(source: str) -> tuple[str, int]:
    """Return a source without its edition, and the edition as a number; 0 where it has none.

    Example:
        >>> split_edition("usgs_mcs2026"), split_edition("baci_202601"), split_edition("usgs_ds140")
        (('usgs_mcs', 2026), ('baci', 202601), ('usgs_ds140', 0))
    """
    found = EDITION.fullmatch(source)
    return (found["family"], int(found["edition"])) if found else (source, 0)


def _changes(bundled: Iterable[Fact], newer: Iterable[Fact]) -> tuple[str, ...]:
    before: dict[tuple[str, ...], Fact] = {}
    for each in bundled:
        before.setdefault((split_edition(each.source)[0], *_subject(each)), each)
    lines: list[str] = []
    counted: dict[str, list[int]] = {}
    for each in newer:
        old = before.get((split_edition(each.source)[0], *_subject(each)))
        count = counted.setdefault(each.source, [0, 0])
        count[0] += old is None
        if old is not None and old.value != each.value:
            count[1] += 1
            lines.append(f"{each.name}: {_shown(each)} in {each.source} of your store, {_shown(old)} in {old.source}")
    heads = [
        f"{source} of your store goes before the bundle: {new} figures it lacks, {changed} it states otherwise"
        for source, (new, changed) in counted.items()
    ]
    return (*heads, *lines)


def _subject(fact: Fact) -> tuple[str, ...]:
    return (fact.mineral, fact.stage, fact.measure, fact.country, str(fact.year), fact.unit)


def _shown(fact: Fact) -> str:
    return f"{fact.value:g} {fact.unit}" if fact.value is not None else "no number"


def trade_change(bundled: Trade, stored: Trade) -> str:
    """Say in a line how the trade of the store differs from the bundled."""
    before, now = float(np.sum(bundled.kusd)), float(np.sum(stored.kusd))
    by = f"{now / before - 1:+.1%} in value" if before else "none in the bundle"
    return (
        f"{stored.code} in {stored.year}: {stored.source} of your store, {len(stored.kusd)} flows, {by} against "
        f"{bundled.source} in the bundle"
    )
