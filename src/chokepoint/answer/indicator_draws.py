"""Indicators over joint draws of what is not known: medians, 80 % intervals, and the figure each hangs on most.

Drawn are figures of output inside the range that their publisher gives and other publishers span, and the elasticity
between origins inside its assumed range. Trade and governance come without a range, so they stand as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

import numpy as np

from chokepoint.answer.indicators import ELASTICITY, answers, in_world
from chokepoint.answer.world_draws import SEED, drawn_worlds
from chokepoint.exposure.indicator import Indicator
from chokepoint.provenance import ASSUMED, Figure
from chokepoint.tables import Column, Table
from chokepoint.uncertainty import interval, latin, ranks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chokepoint.answer.indicators import Question
    from chokepoint.exposure.of_country import Answer
    from chokepoint.exposure.picture import Picture, Supply
    from chokepoint.exposure.place import Elasticity
    from chokepoint.facts import Facts
    from chokepoint.sources.fact import Fact
    from chokepoint.tables import Cell

Key = tuple[str, str, str]
"""Mineral, stage and indicator."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Spread:
    """An indicator over the draws."""

    mineral: str
    stage: str
    indicator: str
    low: float = field(metadata={"note": "one draw in ten is below"})
    median: float
    high: float = field(metadata={"note": "one draw in ten is above"})
    without: float = field(metadata={"unit": "share", "note": "draws in which there is no number, or no bound"})
    hangs_on: str = field(
        metadata={"note": "the figure it moves with most; empty where nothing it rests on has a range"}
    )
    rank_correlation: float | None = field(metadata={"note": "with that figure"})


def spreads(question: Question, draws: int) -> dict[Key, Spread]:
    """Return the spread of every indicator asked for that has a value.

    Args:
        question: what is asked; draws: how many.
    """
    picture = question.picture
    figures = {**ranges_of(picture), ELASTICITY: _elasticity(question.elasticity)}
    values = latin(figures, draws, SEED)
    found: dict[Key, list[float]] = {}
    for case in range(1, draws + 1):
        drawn = {name: float(each[case]) for name, each in values.items()}
        for each in answers(at_elasticity(question, drawn[ELASTICITY]), with_output(picture, drawn)):
            value = each.result.value if isinstance(each.result, Indicator) else np.nan
            found.setdefault((each.mineral, each.stage, each.indicator), []).append(value)
    names = {name: each[1:] for name, each in values.items()}
    return {key: spread(key, np.array(each), names) for key, each in found.items() if np.isfinite(each).any()}


def spreads_in_world(name: str, country: str, goods: Sequence[str], draws: int) -> dict[Key, Spread]:
    """Return the same over the goods of a bundled world, whose own figures are drawn and reconciled anew.

    Args:
        name: of the world; country: any spelling, or a bloc; goods: codes, none for all; draws: how many.
    """
    worlds = tuple(drawn_worlds(name, draws, SEED))
    found: dict[Key, list[float]] = {}
    for answered in in_world(name, country, goods, (each.world for each in worlds)):
        for each in answered:
            value = each.result.value if isinstance(each.result, Indicator) else np.nan
            found.setdefault((each.mineral, each.stage, each.indicator), []).append(value)
    names = {
        figure: np.array([each.figures[figure] for each in worlds]) for figure in (worlds[0].figures if worlds else ())
    }
    return {key: spread(key, np.array(each), names) for key, each in found.items() if np.isfinite(each).any()}


def spread(key: Key, values: np.ndarray, drawn: Mapping[str, np.ndarray]) -> Spread:
    """Return median and interval of an indicator's values, and the drawn figure they move with most.

    Args:
        key: of the indicator; values: one a draw, not a number where there is none; drawn: figures by name.
    """
    known = np.isfinite(values)
    low, middle, high = (float(each) for each in interval(values[known]))
    name, strength = _strongest(values[known], {each: numbers[known] for each, numbers in drawn.items()})
    return Spread(
        mineral=key[0],
        stage=key[1],
        indicator=key[2],
        low=low,
        median=middle,
        high=high,
        without=float((~known).mean()),
        hangs_on=name,
        rank_correlation=strength,
    )


def _strongest(values: np.ndarray, drawn: Mapping[str, np.ndarray]) -> tuple[str, float | None]:
    # Rounding in the last places is no spread.
    if values.size < 3 or np.ptp(values) <= 1e-12 * np.abs(values).max():  # noqa: PLR2004
        return "", None
    target = ranks(values)
    strengths = {
        name: float(np.corrcoef(ranks(each), target)[0, 1]) for name, each in drawn.items() if np.ptp(each) > 0.0
    }
    name = max(strengths, key=lambda each: abs(strengths[each]))
    return name, strengths[name]


def ranges_of(picture: Picture) -> dict[str, Figure]:
    """Return the figures of output that have a range: their publisher's own, and what other publishers say."""
    found: dict[str, Figure] = {}
    for (mineral, stage), supply in picture.supply.items():
        if isinstance(supply, str):
            continue
        chosen = picture.facts.production(mineral, stage, supply.year)
        for country in supply.amounts:
            figure = _ranged(chosen[country], picture.facts)
            if figure.high > figure.low:
                found[figure.name] = figure
    return found


def _ranged(fact: Fact, facts: Facts) -> Figure:
    """Return a figure with a range that spans every publisher who counts the same thing."""
    figure = fact.figure()
    told = [
        each.value
        for each in facts.of(
            mineral=fact.mineral, measure=fact.measure, stage=fact.stage, country=fact.country, year=fact.year
        )
        if each.value is not None and (each.basis, each.unit) == (fact.basis, fact.unit)
    ]
    return replace(figure, low=min(figure.low, *told), high=max(figure.high, *told))


def with_output(picture: Picture, drawn: Mapping[str, float]) -> Picture:
    """Return a picture with output as drawn; what no figure was drawn for stays."""
    return replace(picture, supply={place: _with(place, each, drawn) for place, each in picture.supply.items()})


def _with(place: tuple[str, str], supply: Supply | str, drawn: Mapping[str, float]) -> Supply | str:
    if isinstance(supply, str):
        return supply
    names = {country: f"production.{place[0]}.{place[1]}.{country}.{supply.year}" for country in supply.amounts}
    return replace(
        supply, amounts={country: drawn.get(names[country], amount) for country, amount in supply.amounts.items()}
    )


def at_elasticity(question: Question, value: float) -> Question:
    """Return a question with the elasticity between origins at a drawn value."""
    return replace(question, elasticity=replace(question.elasticity, value=value))


def _elasticity(assumed: Elasticity) -> Figure:
    return Figure(
        name=ELASTICITY,
        value=assumed.value,
        unit="1",
        low=assumed.low,
        high=assumed.high,
        year=2024,
        source=ASSUMED,
        grade=ASSUMED,
        reason="between origins, as parameters.csv says",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class PowerSpread:
    """What a supplier's power is over the range of the elasticity, times what is shown; None where it has no bound."""

    low: float | None
    median: float | None
    high: float | None
    without: float


def power_spread(elasticity: Elasticity, draws: int) -> PowerSpread:
    """Return by what every static power is to be multiplied over the draws of the elasticity.

    Power is in proportion to ``1 / (sigma - 1)``; at 1 and below it has no bound.

    Args:
        elasticity: between origins; draws: how many.
    """
    values = latin({ELASTICITY: _elasticity(elasticity)}, draws, SEED)[ELASTICITY][1:]
    bounded = values > 1.0
    factor = np.where(bounded, (elasticity.value - 1.0) / np.where(bounded, values - 1.0, 1.0), np.inf)
    ends = np.quantile(factor, [0.1, 0.5, 0.9], method="inverted_cdf")
    low, middle, high = (float(each) if np.isfinite(each) else None for each in ends)
    return PowerSpread(low=low, median=middle, high=high, without=float((~bounded).mean()))


FACTS = ("output (between its publishers) and of the elasticity", "trade, governance and published numbers")
WORLD = ("the world's own figures, reconciled anew each time", "figures of one publisher without a range of their own")


def lines(found: Iterable[Spread], asked: Sequence[Answer], draws: int, words: tuple[str, str] = FACTS) -> list[str]:
    """Return the spreads as lines of text, in the order of what was asked.

    Args:
        found: the spreads; asked: the answers; draws: how many; words: what was drawn, and what was not.
    """
    of, bare = words
    by_key = {(each.mineral, each.stage, each.indicator): each for each in found}
    said = [
        "",
        f"Over {draws} draws of {of}: median (80 % interval).",
        f"What is not listed moved in no draw: {bare} come without a range.",
    ]
    for answer in asked:
        each = by_key.get((answer.mineral, answer.stage, answer.indicator))
        if each is None or not each.hangs_on:
            continue
        without = f"; no number in {each.without:.0%} of draws" if each.without > 0.0 else ""
        said.append(
            f"  {each.mineral} {each.stage} {each.indicator}: {each.median:.4g} ({each.low:.4g} to {each.high:.4g})"
            f"{without}; hangs most on {each.hangs_on} ({each.rank_correlation:+.2f})"
        )
    return said


def power_line(power: PowerSpread, draws: int) -> str:
    """Return what the range of the elasticity makes of every power shown."""
    low, middle, high = (
        "no bound" if each is None else f"{each:.2g}" for each in (power.low, power.median, power.high)
    )
    return (
        f"\nOver {draws} draws of the elasticity every power is {middle} ({low} to {high}) times what is shown, "
        f"80 % interval; in {power.without:.0%} of draws it has no bound. Shares and imports come without a range.\n"
    )


def table_of(rows: Iterable[Mapping[str, object]]) -> Table:
    """Return answers and their spreads as a table, one line each; a missing value stays empty and has a reason."""
    columns = (
        *(Column(name=name) for name in ("indicator", "mineral", "stage", "country")),
        Column(name="year"),
        Column(name="value"),
        Column(name="unit"),
        Column(name="low", note="once what is not known about the inputs is counted"),
        Column(name="high", note="once what is not known about the inputs is counted"),
        Column(name="drawn_low", note="one draw in ten is below; empty without draws"),
        Column(name="drawn_median"),
        Column(name="drawn_high", note="one draw in ten is above; empty without draws"),
        Column(name="hangs_on", note="the drawn figure it moves with most"),
        Column(name="reason", note="why there is no value"),
    )
    lines_of_table: list[tuple[Cell, ...]] = []
    for row in rows:
        drawn = cast("Mapping[str, object]", row.get("drawn", {}))
        cells = [row["indicator"], row["mineral"], row["stage"], row["country"], row["year"], row["value"], row["unit"]]
        cells += [row["low"], row["high"], drawn.get("low"), drawn.get("median"), drawn.get("high")]
        lines_of_table.append(tuple(cast("list[Cell]", [*cells, drawn.get("hangs_on", ""), row["reason"]])))
    return Table(name="indicators", title="Indicators", columns=columns, rows=tuple(lines_of_table))
