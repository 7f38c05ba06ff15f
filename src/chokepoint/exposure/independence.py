"""The circle: how long stores last, and when capacity outside one country would meet the need of the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.dates import Month
from chokepoint.simulation import behave, wire
from chokepoint.simulation.building import build_up
from chokepoint.tables import Table, tabulate
from chokepoint.uncertainty import interval
from chokepoint.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chokepoint.settings import Settings
    from chokepoint.simulation.behaviour import Matrix, Vector
    from chokepoint.world import Floats, World

OTHERS = "outside"
LAST_YEAR = 2045
"""Later than every project of the bundle at its latest."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cover:
    """Months a party's stores of a good would last if nothing arrived."""

    party: str = field(metadata={"note": "country, bloc, or all outside the controlling country"})
    good: str
    months_low: float = field(metadata={"unit": "months", "note": "10 % quantile"})
    months: float = field(metadata={"unit": "months", "note": "median"})
    months_high: float = field(metadata={"unit": "months", "note": "90 % quantile"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Independence:
    """When capacity outside the controlling country meets a party's need of the base year at one stage.

    A year is missing where not even that part of the draws gets there by the last year looked at.
    """

    party: str = field(metadata={"note": "whose need"})
    stage: str = field(metadata={"note": "mining: the good contained in what is mined"})
    good: str = field(metadata={"note": "the last stage is counted as a whole"})
    claim: str = field(metadata={"note": "own: plants of the party; first: every plant outside, serving it first"})
    need_t_per_year: float = field(metadata={"unit": "t", "note": "in uses and in what makes them, base year"})
    met_now: float = field(metadata={"unit": "share", "note": "capacity in the first year over need, median"})
    met_last: float = field(metadata={"unit": "share", "note": "the same in the last year"})
    year_early: int | None = field(metadata={"note": "10 % of draws are there by then"})
    year: int | None = field(metadata={"note": "half of draws are there by then"})
    year_late: int | None = field(metadata={"note": "90 % of draws are there by then"})
    reached: float = field(metadata={"unit": "share", "note": "draws that are there by the last year"})
    decided_now_early: float = field(metadata={"note": "first output of plants decided in the first year, 10 %"})
    decided_now_late: float = field(metadata={"note": "the same, 90 %; ramp not counted"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """A project as the tables give it."""

    project: str
    kind: str
    country: str
    size_per_year: float = field(metadata={"note": "capacity in the next column's unit"})
    unit: str
    start_early: float = field(metadata={"unit": "year", "note": "first month, as a year with its fraction"})
    start: float = field(metadata={"unit": "year"})
    start_late: float = field(metadata={"unit": "year"})
    chance: float = field(metadata={"unit": "share", "note": "that it is built; judgement from its state"})
    investment_musd: float | None = field(metadata={"unit": "million USD", "note": "where sourced"})
    source: str = field(metadata={"note": "of the size"})
    grade: str
    state: str


def parties_outside(world: World, controller: str) -> dict[str, tuple[str, ...]]:
    """Return whose independence is asked: each bloc, the great makers and users alone, all outside together."""
    named = {"USA": ("USA",), "JPN+KOR": ("JPN", "KOR")}
    groups = {**world.blocs, **named, OTHERS: tuple(code for code in world.countries if code != controller)}
    return {name: kept for name, codes in groups.items() if (kept := tuple(c for c in codes if c in world.countries))}


def cover(world: World, settings: Settings, parties: Mapping[str, Iterable[str]]) -> tuple[Cover, ...]:
    """Return months of cover: stores over what arrives in a month of the base year.

    Args:
        world: the world; settings: values per case; parties: countries by party.
    """
    target = behave(world, wire(world), settings).target
    rows: list[Cover] = []
    for party, codes in parties.items():
        inside = np.isin(world.countries, list(codes))
        for number, good in enumerate(world.goods):
            mine = (world.stores.good == number) & inside[world.stores.country]
            into = (world.lanes.good == number) & inside[world.lanes.importer]
            arrives = float(world.lanes.flow_per_month[into].sum())
            if arrives > 0.0:
                low, middle, high = interval(target[:, mine].sum(axis=1) / arrives)
                rows.append(
                    Cover(
                        party=party,
                        good=good.code,
                        months_low=float(low),
                        months=float(middle),
                        months_high=float(high),
                    )
                )
    return tuple(rows)


def recipes_outside(world: World, controller: str) -> tuple[np.ndarray, np.ndarray]:
    """Return how goods are made outside a country: inputs, and joint outputs, per unit.

    Args:
        world: the world; controller: the country whose own recipes do not count.

    Returns:
        ``input[h, g]``: units of g taken per unit of h made, where h is the dearest output of its activity;
        ``contained[g, c]``: units of c that come out of a unit of g. Means over activities; re-export, which makes
        nothing, and makers idle in the base year by their cost are left out.
    """
    goods, acts = len(world.goods), world.activities
    price = np.array([good.price_usd_per_unit for good in world.goods])
    takes, gives = np.zeros((goods, goods, 2)), np.zeros((goods, goods, 2))
    for number in makers(world, controller):
        mine = acts.entry_activity == number
        column = np.zeros(goods)
        np.add.at(column, acts.entry_good[mine], acts.entry_amount[mine])
        first = int(np.argmax(np.maximum(column, 0.0) * price))
        for other in np.flatnonzero(column < 0.0):
            takes[first, other] += (-column[other] / column[first], 1.0)
            for out in np.flatnonzero(column > 0.0):
                gives[other, out] += (column[out] / -column[other], 1.0)
    inputs, contained = (each[:, :, 0] / np.maximum(each[:, :, 1], 1.0) for each in (takes, gives))
    return inputs, contained


def makers(world: World, controller: str) -> list[int]:
    """Return the activities outside a country that make something in the base year or are planned."""
    acts = world.activities
    return [
        number
        for number, (kind, country) in enumerate(zip(acts.kind, acts.country.tolist(), strict=True))
        if world.countries[country] != controller and f"idle_cost.{kind}" not in world.parameters
    ]


def needs(world: World, controller: str, codes: Iterable[str]) -> Floats:
    """Return what the uses of some countries need of every good, wherever it is made today (per month).

    Uses need magnets, these need oxides: ``need_g = use_g + sum_h need_h input[h, g]``, down to the goods that are
    made of raw ones. What is raw itself is counted by its content (see :func:`capacities`).
    """
    inputs, _ = recipes_outside(world, controller)
    mine = np.isin(world.countries, list(codes))[world.uses.country]
    direct = np.bincount(world.uses.good[mine], world.uses.demand_per_month[mine], len(world.goods)).astype(np.float64)
    need: Floats = direct
    for _ in world.goods:
        need = direct + need @ inputs
    return need


def raw(world: World) -> np.ndarray:
    """Say which goods are raw: those of the first stage of the chain."""
    return np.array([good.stage == world.goods[0].stage for good in world.goods])


def capacities(world: World, controller: str, codes: Iterable[str], capacity: Matrix) -> tuple[Matrix, Matrix]:
    """Return what plants and mines of some countries can make of every good (case, good) per month.

    Args:
        world: the world; controller: left out; codes: countries; capacity: level per month (case, activity).

    Returns:
        Goods made, and goods contained in what is mined at the yield of plants outside.
    """
    acts = world.activities
    _, contained = recipes_outside(world, controller)
    counted = np.zeros(len(acts.kind), bool)
    counted[makers(world, controller)] = True
    counted &= np.isin(world.countries, list(codes))[acts.country]
    out = (acts.entry_amount > 0.0) & counted[acts.entry_activity]
    made = np.zeros((capacity.shape[0], len(world.goods)))
    for entry in np.flatnonzero(out):
        made[:, acts.entry_good[entry]] += capacity[:, acts.entry_activity[entry]] * acts.entry_amount[entry]
    return made, (made * raw(world)) @ contained


def independence(world: World, settings: Settings, controller: str, first_year: int) -> tuple[Independence, ...]:
    """Return for every party, stage and good when capacity outside a country meets its need.

    Capacity is what stands in January of a year, the projects of each case included; need is that of the base
    year. A case with chances between 0 and 1 (the central one) holds expected capacity. Stages are counted each by
    itself: the chain is independent when its last stage is.

    Args:
        world: the world; settings: values per case; controller: the country to be independent of.
        first_year: where to begin; the search ends in ``LAST_YEAR``.
    """
    usual = behave(world, wire(world), settings).capacity
    building = build_up(world, settings)
    years = list(range(first_year, LAST_YEAR + 1))
    capacity = [usual + building.at(Month(year, 1))[0] for year in years]
    parties = parties_outside(world, controller)
    rows: list[Independence] = []
    for party, codes in parties.items():
        need = needs(world, controller, codes)
        for claim, owners in {"own": codes, "first": parties[OTHERS]}.items():
            if party == OTHERS and claim == "own":
                continue
            both = [capacities(world, controller, owners, each) for each in capacity]
            made, mined = (np.stack([each[part] for each in both], axis=1) for part in (0, 1))
            for stage, label, goods, had in steps(world, controller, made, mined):
                wanted = float(need[goods].sum())
                if wanted > 0.0:
                    decided = years[0] + settings.of("lead_time", stage)
                    rows.append(_row((party, stage, label, claim), wanted, had / wanted, years, decided))
    return tuple(rows)


def steps(
    world: World, controller: str, made: np.ndarray, mined: np.ndarray
) -> list[tuple[str, str, np.ndarray, Matrix]]:
    """Return the steps of a chain: stage, label, positions of the goods, what can be had of them (case, year).

    What is mined is counted by each good it holds; what is made in between good by good; the last stage as a whole,
    for a plant that makes one grade can make the others.
    """
    _, contained = recipes_outside(world, controller)
    first, last = world.goods[0].stage, world.goods[-1].stage
    held = np.flatnonzero((contained[raw(world)] > 0.0).any(axis=0) & ~raw(world))
    between = [number for number, good in enumerate(world.goods) if good.stage not in {first, last}]
    final = np.flatnonzero([good.stage == last for good in world.goods])
    return [
        *((first, world.goods[each].code, np.array([each]), mined[:, :, each]) for each in held),
        *((world.goods[each].stage, world.goods[each].code, np.array([each]), made[:, :, each]) for each in between),
        (last, f"all {last}", final, made[:, :, final].sum(axis=2)),
    ]


def _row(
    labels: tuple[str, str, str, str], need: float, met: Matrix, years: list[int], decided: Vector
) -> Independence:
    """Turn shares of need met (case, year) into a row."""
    party, stage, good, claim = labels
    there = met >= 1.0
    first = np.where(there.any(axis=1), np.argmax(there, axis=1), len(years)).astype(np.float64)
    early, middle, late = (float(each) for each in np.quantile(first, [0.1, 0.5, 0.9], method="inverted_cdf"))
    year_of = [*years, None]
    decided_early, _, decided_late = interval(decided)
    return Independence(
        party=party,
        stage=stage,
        good=good,
        claim=claim,
        need_t_per_year=need * MONTHS_PER_YEAR,
        met_now=float(np.median(met[:, 0])),
        met_last=float(np.median(met[:, -1])),
        year_early=year_of[int(early)],
        year=year_of[int(middle)],
        year_late=year_of[int(late)],
        reached=float(there.any(axis=1).mean()),
        decided_now_early=float(decided_early),
        decided_now_late=float(decided_late),
    )


def independence_tables(world: World, settings: Settings, controller: str, first_year: int) -> tuple[Table, ...]:
    """Return months of cover, years to independence and the projects behind them, ready to be written."""
    return (
        tabulate(
            "months_of_cover",
            "How long stores last",
            cover(world, settings, parties_outside(world, controller)),
            Cover,
        ),
        tabulate(
            "years_to_independence",
            "When capacity outside would meet the need of the base year",
            independence(world, settings, controller, first_year),
            Independence,
        ),
        tabulate("projects", "Plants to come", planned(world), Planned),
    )


def planned(world: World) -> tuple[Planned, ...]:
    """Return the projects of a world with their ranges and sources."""
    acts, projects = world.activities, world.projects
    rows: list[Planned] = []
    for name, activity in zip(projects.name, projects.activity.tolist(), strict=True):
        size, start, chance = (world.parameters[f"project_{part}.{name}"] for part in ("size", "start", "chance"))
        cost = world.figures.get(f"project_investment.{name}")
        rows.append(
            Planned(
                project=name,
                kind=acts.kind[activity],
                country=world.countries[int(acts.country[activity])],
                size_per_year=size.value,
                unit=size.unit,
                start_early=start.low,
                start=start.value,
                start_late=start.high,
                chance=chance.value,
                investment_musd=cost.value if cost else None,
                source=size.source,
                grade=size.grade,
                state=chance.reason,
            )
        )
    return tuple(rows)
