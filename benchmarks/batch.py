"""Print what a batch costs as worlds grow: countries, goods, lanes, months, cases; and the two worlds of the targets.

Run ``python benchmarks/batch.py``. Worlds are generated, so they can be of any size; times depend on the machine.
"""

from __future__ import annotations

import os
import platform
import resource
import time
from dataclasses import replace

import numba
import numpy as np

from chokepoint.dates import Month
from chokepoint.instruments import Conditions, free_trade
from chokepoint.market import Clearing, Net, Terms, clear
from chokepoint.provenance import Figure
from chokepoint.settings import Settings
from chokepoint.simulation import run, wire
from chokepoint.simulation.behaviour import behave
from chokepoint.simulation.months import begin, terms_of
from chokepoint.world import NO_PROJECTS, Activities, Good, Lanes, Stores, Uses, World

REPEATS = 15
KEPT = ("ex_works", "delivered", "use", "stock")
YIELD = 0.5
BEHAVIOUR = {
    "switch_elasticity": 4.0,
    "volume_ratio": 50.0,
    "supply_elasticity": 0.5,
    "utilisation": 0.85,
    "demand_elasticity": 0.2,
    "choke_price": 10.0,
    "choke_width": 0.1,
    "stock_cover": 2.0,
    "stock_curvature": 1.0,
    "stock_release": 0.5,
    "refill_months": 4.0,
    "supplier_adaptation": 0.7,
    "supplier_adaptation_half_life": 0.0,
    "demand_adaptation_half_life": 0.0,
    "demand_adaptation": 0.8,
    "rent_share": 0.2,
    "discount_rate": 0.03,
}


def flows_of(countries: int, goods: int, lanes: int, seed: int) -> np.ndarray:
    """Draw reference flows (good, exporter, importer): at home in every country, and on random lanes up to a number.

    Each good but the last also feeds the next at home, so that every balance holds.
    """
    chance = np.random.default_rng(seed)
    flow = np.zeros((goods, countries, countries))
    abroad = np.flatnonzero(~np.eye(countries, dtype=bool))
    for good in reversed(range(goods)):
        taken = chance.choice(abroad, min(max(lanes - countries, 0), abroad.size), replace=False)
        flow[good].flat[taken] = chance.lognormal(0.0, 1.0, taken.size)
        flow[good] += np.diag(chance.lognormal(0.0, 1.0, countries))
        if good + 1 < goods:
            flow[good] += np.diag(YIELD * flow[good + 1].sum(axis=1))
    return flow


def world_of(countries: int, goods: int, lanes: int, seed: int = 0) -> World:
    """Generate a world: one chain of goods, each made in every country, used and stored in every country."""
    flow = flows_of(countries, goods, lanes, seed)
    good, exporter, importer = np.nonzero(flow)
    made, arrived = flow.sum(axis=2), flow.sum(axis=1)
    used = arrived.copy()
    used[:-1] -= YIELD * made[1:]
    makers = np.arange(goods * countries)
    place, stage = makers % countries, makers // countries
    fed = makers[stage > 0]
    figures = {
        name: Figure(name=name, value=value, unit="1", low=value, high=value, year=2024, source="assumed",
                     grade="assumed", reason="generated")
        for name, value in BEHAVIOUR.items()
    }  # fmt: skip
    return World(
        name="generated",
        base_year=2024,
        goods=tuple(Good(code=f"g{n}", name=f"g{n}", stage="one", unit="t", price_usd_per_unit=1.0) for n in range(goods)),
        countries=tuple(f"C{number:03d}" for number in range(countries)),
        country_names=tuple(f"C{number:03d}" for number in range(countries)),
        blocs={},
        lanes=Lanes(good=good, exporter=exporter, importer=importer, flow_per_month=flow[good, exporter, importer]),
        activities=Activities(
            kind=tuple(f"make{each}" for each in stage),
            country=place,
            level_per_month=made.ravel(),
            entry_activity=np.concatenate([makers, fed]),
            entry_good=np.concatenate([stage, stage[stage > 0] - 1]),
            entry_amount=np.concatenate([np.ones(makers.size), np.full(fed.size, -YIELD)]),
        ),
        uses=Uses(good=stage, country=place, sector=("all",) * makers.size, demand_per_month=used.ravel()),
        stores=Stores(good=stage, country=place, owner=("industry",) * makers.size),
        projects=NO_PROJECTS,
        parameters=figures,
        figures=dict(figures),
        movements=(),
    )  # fmt: skip


def conditions_of(world: World, cases: int, month: int, seed: int = 1) -> Conditions:
    """Cap the exports of the first country case by case, tighter for six months, then ever looser."""
    chance = np.random.default_rng(seed)
    free = free_trade(world, cases)
    strength = chance.random((cases, len(world.goods))) * (1.0 - abs(month - 6) / 18.0)
    held = np.flatnonzero((world.lanes.exporter == 0) & (world.lanes.importer != 0))
    share = free.cap_share.copy()
    share[:, held] = 1.0 - strength[:, world.lanes.good[held]]
    return replace(free, cap_share=share)


def month_of(world: World, cases: int, month: int) -> tuple[Net, Terms]:
    """Return one month's terms of a world at rest before it."""
    wiring = wire(world)
    behaviour = behave(world, wiring, Settings(world, {}, cases))
    memory, conditions = begin(world, behaviour), conditions_of(world, cases, month)
    base = np.tile(world.lanes.flow_per_month, (cases, 1))
    return wiring.net, terms_of(world, wiring, behaviour, memory, conditions, base)[0]


def timed(net: Net, terms: Terms, start: Clearing | None, threads: int) -> tuple[float, Clearing]:
    """Return the shortest of several clearings in seconds of processor time, and the last one."""
    times: list[float] = []
    found = clear(net, terms, start, threads)
    for _ in range(REPEATS):
        begun = time.process_time()
        clear(net, terms, start, threads)
        times.append(time.process_time() - begun)
    return min(times), found


def one_size(name: str, countries: int, goods: int, lanes: int, cases: int = 8) -> None:
    """Print a cold and a warm clearing, on one thread, of a generated world."""
    world = world_of(countries, goods, lanes)
    net, first = month_of(world, cases, 2)
    _, second = month_of(world, cases, 3)
    cold_time, cold = timed(net, first, None, 1)
    warm_time, warm = timed(net, second, cold, 1)
    rest_time, _ = timed(net, second, warm, 1)
    per_case = [1e3 * each / cases for each in (cold_time, warm_time, rest_time)]
    print(
        f"{name:<34} lanes {net.lane_seller.size:6d}  cold {per_case[0]:8.3f} ms ({cold.steps.mean():4.1f} steps)"
        f"  warm {per_case[1]:8.3f} ms ({warm.steps.mean():4.1f})  at rest {per_case[2]:7.3f} ms"
        f"  solved {int(cold.is_solved.sum() + warm.is_solved.sum())}/{2 * cases}"
    )


def batch(cases: int, months: int) -> None:
    """Print time, steps and peak memory of many months of many cases of 6 goods and 40 countries."""
    world = world_of(40, 6, 400)
    wiring = wire(world)
    span = tuple(Month(2025, 1).plus(number) for number in range(months))
    begun, worked = time.perf_counter(), time.process_time()
    outcome, _ = run(
        world,
        wiring,
        Settings(world, {}, cases),
        span,
        lambda month: conditions_of(world, cases, Month(2025, 1).until(month)),
        keep=KEPT,
    )
    took, work = time.perf_counter() - begun, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"{cases} cases x {months} months: {took:.1f} s ({work:.1f} s of processor time), {1e3 * took / (cases * months):.2f} ms per clearing, steps"
        f" {outcome.steps.mean():.1f} (most {outcome.steps.max()}), solved {outcome.is_solved.mean():.4f}, peak {peak:.2f} GB"
    )


def main() -> None:
    """Print the report."""
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, Numba {numba.__version__}")
    print(f"{platform.platform()}, {platform.machine()}, {os.cpu_count()} processors")
    clear(*month_of(world_of(2, 1, 4), 1, 1))
    for countries in (10, 20, 50, 100, 200):
        one_size(f"{countries} countries, 1 good, all lanes", countries, 1, countries**2, 2)
    for goods in (1, 2, 4, 6, 12):
        one_size(f"40 countries, {goods} goods", 40, goods, 400)
    for lanes in (100, 200, 400, 800, 1600):
        one_size(f"40 countries, 6 goods, {lanes} lanes", 40, 6, lanes)
    for cases, months in ((100, 24), (200, 24), (200, 48), (1000, 24)):
        batch(cases, months)


if __name__ == "__main__":
    main()
