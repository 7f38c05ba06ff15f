"""The steps behind a result: which table holds it, by which equation, fed by which figures."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.answer.enters import governing
from chokepoint.answer.parties import parties_of
from chokepoint.dates import Month
from chokepoint.errors import DataError, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from chokepoint.backtest import Episode
    from chokepoint.provenance import Figure
    from chokepoint.records.measure import MeasureRecord
    from chokepoint.world import World

COMPONENTS = ("total", "shortage", "rent", "switching")
ALL = "ALL"
PATTERNS = {
    "loss": "loss.PARTY[.COMPONENT]",
    "exports": "exports.DESTINATION[.YYYY-MM]",
    "price": "price.GOOD.COUNTRY[.YYYY-MM]",
}
STEPS: Mapping[str, tuple[str, ...]] = {
    "loss": (
        "Table losses.csv, built in chokepoint.answer.losses from chokepoint.stakes.weigh.",
        "loss = payoff without the measures - payoff with them, month by month, discounted to the first month.",
        (
            "It splits exactly into shortage (use forgone, stocks run down, output not made, at the prices of the run "
            "without), rent (licence rents and changed prices, which others gain) and switching (friction of changed "
            "origins and volumes)."
        ),
        "The table gives the median over the solved cases and the 80 % interval.",
    ),
    "exports": (
        "Table exports_fan.csv, built in chokepoint.backtest.",
        (
            "Exports to a destination = sum of the simulated flows on its lanes, the domestic one left out; the "
            "licences cap a lane at its free part plus what is released: cap = f (1 - share + share * released)."
        ),
        (
            "While applications wait out the handling time nothing but the share already cleared is released; then a "
            "share of the waiting applications is approved each month."
        ),
        "The table gives the median over the solved cases, the 80 % interval, and what was reported where it was.",
    ),
    "price": (
        "Table prices.csv, built in chokepoint.answer.markets from the market cleared month by month.",
        (
            "Marginal price: the delivered price P at which arrivals + stock drawn = uses + inputs, times the "
            "reference price of the good."
        ),
        (
            "Paid price: sum q (p + w + rent_share mu) / sum q over the lanes into the country, with p the price at "
            "the seller, w added trade costs, mu the rent of a capped lane."
        ),
        "The table gives medians over the solved cases and the 80 % interval of the marginal price.",
    ),
}
TABLES = {"loss": "losses", "exports": "exports_fan", "price": "prices"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Lane:
    """A lane by its codes."""

    good: str
    exporter: str
    importer: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """The name of a result, taken apart.

    Args:
        kind: loss, exports or price.
        keys: columns of its table and the values they must have.
    """

    kind: str
    keys: Mapping[str, str]


def result_of(world: World, name: str) -> Result | None:
    """Take the name of a result apart.

    Returns:
        None if the name does not look like one.

    Raises:
        DataError: it does, but names a party, good, country, component or month that is not known.
    """
    kind, *parts = name.split(".")
    shapes = {
        "loss": ("party", "component"),
        "exports": ("destination", "month"),
        "price": ("good", "country", "month"),
    }
    least = {"loss": 1, "exports": 1, "price": 2}
    if kind not in shapes or not least[kind] <= len(parts) <= len(shapes[kind]):
        return None
    keys = dict(zip(shapes[kind], parts, strict=False))
    parties = parties_of(world).codes
    known = {
        "party": parties,
        "component": COMPONENTS,
        "destination": (ALL, *parties),
        "good": tuple(good.code for good in world.goods),
        "country": world.countries,
    }
    problems = [
        Problem(
            where=name,
            found=f"'{word}'",
            expected=f"a {key}, as in {PATTERNS[kind]}",
            remedy=did_you_mean(word, known[key]),
        )
        for key, word in keys.items()
        if key in known and word not in known[key]
    ]
    problems += [_no_month(name, keys["month"], kind)] if "month" in keys and not _is_month(keys["month"]) else []
    if problems:
        raise DataError(problems)
    return Result(kind=kind, keys=keys)


def _is_month(text: str) -> bool:
    try:
        Month.read(text)
    except ValueError:
        return False
    return True


def _no_month(name: str, word: str, kind: str) -> Problem:
    return Problem(
        where=name, found=f"'{word}'", expected=f"a month, as in {PATTERNS[kind]}", remedy="write it like 2025-05"
    )


def table_rows(folder: Path, result: Result) -> list[dict[str, str]]:
    """Return the rows of a run's own table that hold a result; none if the table lacks it or is not there."""
    path = folder / "tables" / f"{TABLES[result.kind]}.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if all(row.get(k) == v for k, v in result.keys.items())]


def feeding(
    world: World, result: Result, measures: Iterable[MeasureRecord], episode: Episode | None = None
) -> list[Figure]:
    """Return the figures a result rests on most directly: terms of the measures, lanes by value, what governs them.

    Everything else acts through the clearing of all markets together; these are the nearest, not the only ones.

    Args:
        world: the world.
        result: what is asked for.
        measures: the acts whose terms count.
        episode: whose exports the table ``exports_fan`` holds; it narrows the lanes of an export.
    """
    codes = [good.code for good in world.goods]
    places = places_of(world, result)
    lanes = lanes_of(world, result, episode)
    goods = list(dict.fromkeys(lane.good for lane in lanes))
    touching = [measure for measure in measures if not measure.goods or set(measure.goods) & set(goods)]
    names = [f"flow.{lane.good}.{lane.exporter}.{lane.importer}" for lane in lanes]
    names += [f"price.{good}" for good in goods]
    uses = zip(world.uses.good, world.uses.country, world.uses.sector, strict=True)
    used = {(codes[int(g)], sector): None for g, c, sector in uses if world.countries[int(c)] in places}
    asked: list[tuple[str, ...]] = [("switch_elasticity", good) for good in goods]
    asked += [(head, *use) for use in used if use[0] in goods for head in ("demand_elasticity", "choke_price")]
    asked += [("stock_cover", good, place) for good in goods for place in places]
    asked += [("rent_share",)] if result.kind != "exports" else []
    asked += [("discount_rate",)] if result.kind == "loss" else []
    nearest = (world.figures[name] for name in names if name in world.figures)
    return [*governing(world, terms_of(touching)), *nearest, *governing(world, asked)]


def terms_of(measures: Iterable[MeasureRecord]) -> list[tuple[str, ...]]:
    """Return the parameters that measures take their terms from."""
    terms = [getattr(each.terms, field) for each in measures for field in type(each.terms).__dataclass_fields__]
    return [tuple(term.split(".")) for term in terms if isinstance(term, str)]


def places_of(world: World, result: Result) -> tuple[str, ...]:
    """Return the countries a result speaks of."""
    place = next(result.keys[key] for key in ("party", "destination", "country") if key in result.keys)
    named = world.countries if place == ALL else world.blocs.get(place, (place,))
    return tuple(code for code in world.countries if code in named)


def lanes_of(world: World, result: Result, episode: Episode | None = None) -> list[Lane]:
    """Return the lanes across a border that a result speaks of, the most valuable first."""
    places, lanes = places_of(world, result), world.lanes
    found: list[tuple[float, Lane]] = []
    for good, exporter, importer, flow in zip(
        lanes.good, lanes.exporter, lanes.importer, lanes.flow_per_month, strict=True
    ):
        traded = world.goods[int(good)]
        lane = Lane(good=traded.code, exporter=world.countries[int(exporter)], importer=world.countries[int(importer)])
        if exporter != importer and _concerns(lane, result, places, episode):
            found.append((float(flow) * traded.price_usd_per_unit, lane))
    return [lane for _, lane in sorted(found, key=lambda each: -each[0])]


def _concerns(lane: Lane, result: Result, places: tuple[str, ...], episode: Episode | None) -> bool:
    if result.kind == "exports" and episode and (lane.exporter != episode.exporter or lane.good not in episode.goods):
        return False
    if result.keys.get("good", lane.good) != lane.good:
        return False
    # A loss comes from what a country sells as well as from what it buys.
    return lane.importer in places or (result.kind == "loss" and lane.exporter in places)
