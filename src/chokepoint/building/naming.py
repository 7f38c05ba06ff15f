"""Which countries stand under their own name, and how all others become the rest of the world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.facts import REST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chokepoint.building.balance import GoodFlow
    from chokepoint.building.origins import Matrix, Vector

LEAST_SHARE = 0.01
"""A country is named if it makes or takes this share of the world's amount of some good."""

LEAST_LANE = 1e-4
"""Lanes smaller than this share of a good's world flow are given to the importer's other suppliers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Naming:
    """The named countries, and how places fold onto them.

    Args:
        names: named countries, ``ROW`` last.
        fold: 1 where a place (row) belongs to a name (column).
    """

    names: tuple[str, ...]
    fold: Matrix

    def of(self, values: Vector) -> Vector:
        """Return a quantity by name."""
        return values @ self.fold

    def between(self, flows: Matrix) -> Matrix:
        """Return flows between names."""
        return self.fold.T @ flows @ self.fold


def naming(places: tuple[str, ...], flows: Iterable[GoodFlow]) -> Naming:
    """Name every country that counts for some good, and fold the others into ``ROW``.

    Args:
        places: every place, ``ROW`` last; flows: of all goods.
    """
    counts = np.zeros(len(places), bool)
    for each in flows:
        total = each.sent.sum()
        if total > 0.0:
            counts |= each.sent.sum(axis=1) >= LEAST_SHARE * total
            counts |= each.sent.sum(axis=0) >= LEAST_SHARE * total
    counts[-1] = False
    names = (*(place for place, is_named in zip(places, counts, strict=True) if is_named), REST)
    fold = np.zeros((len(places), len(names)))
    for number, place in enumerate(places):
        fold[number, names.index(place) if counts[number] else -1] = 1.0
    return Naming(names=names, fold=fold)


def without_trifles(sent: Matrix, need: Vector) -> Matrix:
    """Give lanes too small to matter to the importer's other suppliers.

    An importer whose arrivals are a trifle altogether drops out, unless plants there need the good.

    Args:
        sent: shipments between names; need: what plants take, by name.
    """
    least = LEAST_LANE * float(sent.sum())
    kept = np.where(sent >= least, sent, 0.0)
    largest = sent.argmax(axis=0), np.arange(sent.shape[1])
    kept[largest] = np.where(need > least, sent[largest], kept[largest])
    column = kept.sum(axis=0)
    return kept * np.where(column > 0.0, sent.sum(axis=0) / np.where(column > 0.0, column, 1.0), 0.0)[None, :]


def level_sums(made: Mapping[str, float], names: tuple[str, ...]) -> dict[str, float]:
    """Return output by name, what is not named under ``ROW``.

    Example:
        >>> level_sums({"AAA": 2.0, "BBB": 1.0, "CCC": 3.0}, ("AAA", "ROW"))
        {'AAA': 2.0, 'ROW': 4.0}
    """
    found: dict[str, float] = {}
    for country, value in made.items():
        name = country if country in names else REST
        found[name] = found.get(name, 0.0) + value
    return found
