"""Draws from the ranges of assumed numbers, and the medians and intervals of what follows from them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.provenance import ASSUMED, PROBABILITY, Figure
from chokepoint.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from chokepoint.records.scenario import OverrideRecord
    from chokepoint.world import World

LOW_SHARE, HIGH_SHARE = 0.1, 0.9
NOT_DRAWN = ("heavy_share", "discount_rate", "position", "project_share")


def quantile(figure: Figure, rank: np.ndarray) -> np.ndarray:
    """Return the value of a figure at ranks 0 to 1: its value is the median, its range the extremes.

    Between them the ranks run evenly, on a logarithmic scale where the whole range is positive.

    Example:
        >>> from chokepoint.provenance import Figure
        >>> each = Figure(
        ...     name="x",
        ...     value=2.0,
        ...     unit="1",
        ...     low=1.0,
        ...     high=4.0,
        ...     year=2024,
        ...     source="assumed",
        ...     grade="assumed",
        ...     reason="for show",
        ... )
        >>> quantile(each, np.array([0.0, 0.5, 1.0])).tolist()
        [1.0, 2.0, 4.0]
    """
    if figure.low > 0.0:
        ends = np.log([figure.low, figure.value, figure.high])
        return np.clip(np.exp(np.interp(rank, [0.0, 0.5, 1.0], ends)), figure.low, figure.high)
    return np.interp(rank, [0.0, 0.5, 1.0], [figure.low, figure.value, figure.high])


def parameters_known(world: World, as_of: date) -> dict[str, Figure]:
    """Return the world's parameters as known on a day: a project announced after it has no chance yet."""
    parameters = dict(world.parameters)
    for name, announced in zip(world.projects.name, world.projects.announced, strict=True):
        if announced > as_of.isoformat():
            chance = f"project_chance.{name}"
            parameters[chance] = replace(
                parameters[chance], value=0.0, high=0.0, reason=f"announced {announced}, after {as_of}"
            )
    return parameters


def overridden(known: Mapping[str, Figure], given: Iterable[OverrideRecord], year: int, name: str) -> dict[str, Figure]:
    """Return parameters with those a file sets in place of the known ones; later ones win.

    Args:
        known: figures by name; given: what the file sets.
        year: the year it speaks of; name: what the file is called, for the reason where it gives none.
    """
    parameters = dict(known)
    for override in given:
        before = known.get(override.name)
        parameters[override.name] = Figure(
            name=override.name,
            value=override.value,
            unit=before.unit if before else "1",
            low=override.low,
            high=override.high,
            year=year,
            source=ASSUMED,
            grade=ASSUMED,
            reason=override.reason or f"set by {name}",
        )
    return parameters


def drawn_names(figures: Mapping[str, Figure]) -> list[str]:
    """Return the parameters that have a range and enter the months (not the building of the world)."""
    return sorted(
        name for name, figure in figures.items() if figure.high > figure.low and not name.startswith(NOT_DRAWN)
    )


EVERY_CASE = slice(None)


def draw(world: World, figures: Mapping[str, Figure], draws: int, seed: int, cases: slice = EVERY_CASE) -> Settings:
    """Draw joint values of all parameters with a range: a Latin hypercube, case 0 the central values.

    Each parameter takes each of ``draws`` equal slices of its range once, in an order of its own that depends
    on the seed and the parameter's name only, so that adding a parameter leaves the others' draws alone. A
    probability is drawn as 1 with that chance and else 0; its central value is the probability itself, so that
    the central case holds the expected capacity of a project and no plant is there or not by a rounding.

    Args:
        world: whose parameters; figures: the parameters with the scenario's overrides, by name.
        draws: how many cases beside the central one.
        seed: where the drawing starts.
        cases: which of the cases to return; they are the same whichever others are asked for.

    Returns:
        Settings with ``draws + 1`` cases, or those asked for.
    """
    drawn = {name: figures[name] for name in drawn_names(figures)}
    values = latin(drawn, draws, seed, cases) if draws > 0 else {}
    return with_fixed(world, figures, values, len(range(*cases.indices(draws + 1))))


def with_fixed(world: World, figures: Mapping[str, Figure], values: Mapping[str, np.ndarray], cases: int) -> Settings:
    """Return settings of drawn values, and in every case what figures hold fixed at another value than the world's."""
    fixed = {
        name: np.full(cases, figure.value)
        for name, figure in figures.items()
        if name not in values and (name not in world.parameters or figure.value != world.parameters[name].value)
    }
    return Settings(world, {**values, **fixed}, cases)


def latin(figures: Mapping[str, Figure], draws: int, seed: int, cases: slice = EVERY_CASE) -> dict[str, np.ndarray]:
    """Draw joint values of figures by a Latin hypercube.

    Args:
        figures: by name; draws: how many cases beside the central one; seed: where the drawing starts.
        cases: which of them to return.

    Returns:
        Values by name (draws + 1,), the central ones first; or those asked for.
    """
    values: dict[str, np.ndarray] = {}
    for name, figure in figures.items():
        chooser = np.random.default_rng([seed, *name.encode()])
        rank = (chooser.permutation(draws) + chooser.random(draws)) / max(draws, 1)
        values[name] = np.concatenate([[figure.value], at_rank(figure, rank)])[cases]
    return values


def at_rank(figure: Figure, rank: np.ndarray) -> np.ndarray:
    """Return what is drawn of a figure at ranks 0 to 1; a probability comes true (1) or not (0)."""
    return (rank < figure.value).astype(float) if figure.unit == PROBABILITY else quantile(figure, rank)


def interval(values: np.ndarray, axis: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the 10 % quantile, the median and the 90 % quantile over cases."""
    low, middle, high = np.quantile(values, [LOW_SHARE, 0.5, HIGH_SHARE], axis=axis)
    return low, middle, high


def rank_correlations(settings: Settings, answer: np.ndarray) -> list[tuple[str, float]]:
    """Return Spearman's rank correlation of every drawn parameter with an answer, strongest first."""
    found: list[tuple[str, float]] = []
    target = ranks(answer)
    for name, values in settings.values.items():
        if np.ptp(values) > 0.0 and np.ptp(target) > 0.0:
            found.append((name, float(np.corrcoef(ranks(values), target)[0, 1])))
    return sorted(found, key=lambda each: (-abs(each[1]), each[0]))


def ranks(values: Sequence[float] | np.ndarray) -> np.ndarray:
    """Return ranks from 0, ties in order of appearance."""
    order = np.argsort(np.asarray(values), kind="stable")
    back = np.empty(order.size)
    back[order] = np.arange(order.size)
    return back
