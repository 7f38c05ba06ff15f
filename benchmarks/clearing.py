"""Print how long one clearing of the bundled world takes: cold and warm, one case and many.

Run ``python benchmarks/clearing.py``. Times depend on the machine, which is printed with them.
"""

from __future__ import annotations

import os
import platform
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numba
import numpy as np

import chokepoint
from chokepoint import bundle
from chokepoint.instruments import free_trade
from chokepoint.market import Terms, clear, is_compiled
from chokepoint.settings import Settings
from chokepoint.simulation import wire
from chokepoint.simulation.behaviour import behave
from chokepoint.simulation.months import begin, terms_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from chokepoint.market import Clearing, Net
    from chokepoint.world import World

CAPS = (0.9, 0.5, 0.2)
REPEATS = 5


def month_under_caps(
    world: World, cases: int, of: str = "ndfeb_magnet_heavy", caps: tuple[float, ...] = CAPS
) -> tuple[Net, list[Terms]]:
    """Return the net and, for each cap, a month in which China's exports of one good are capped."""
    wiring = wire(world)
    settings = Settings(world, {}, cases)
    behaviour = behave(world, wiring, settings)
    lanes = world.lanes
    good = [good.code for good in world.goods].index(of)
    china = world.country_index("CHN")
    held = (lanes.good == good) & (lanes.exporter == china) & (lanes.importer != china)
    free = free_trade(world, cases)
    months, base = [], np.tile(lanes.flow_per_month, (cases, 1))
    for cap in caps:
        share = free.cap_share.copy()
        share[:, held] = cap * np.linspace(0.8, 1.2, cases)[:, None]
        held_back = replace(free, cap_share=share)
        months.append(terms_of(world, wiring, behaviour, begin(world, behaviour), held_back, base)[0])
    return wiring.net, months


def timed(call: Callable[[], Clearing]) -> tuple[float, Clearing]:
    """Return the shortest of several runs in seconds, and the last result."""
    result, best = call(), np.inf
    for _ in range(REPEATS):
        start = time.perf_counter()
        result = call()
        best = min(best, time.perf_counter() - start)
    return best, result


def report(name: str, seconds: float, clearing: Clearing, threads: int) -> None:
    """Print one line."""
    cases = clearing.steps.size
    print(
        f"{name:<28} {1e3 * seconds:9.2f} ms {1e3 * seconds / cases:9.3f} ms/case-month"
        f"  steps {clearing.steps.mean():5.1f} (most {clearing.steps.max()})"
        f"  threads {threads}  solved {int(clearing.is_solved.sum())}/{cases}"
    )


def main() -> None:
    """Print the report."""
    print(
        f"chokepoint {getattr(chokepoint, '__version__', '?')}, Python {platform.python_version()}, "
        f"NumPy {np.__version__}, Numba {numba.__version__}"
    )
    print(f"{platform.platform()}, {platform.machine()}, {os.cpu_count()} processors")
    world = bundle.load()
    net, months = month_under_caps(world, 1)
    ready = is_compiled()
    start = time.process_time()
    clear(net, months[0])
    print(f"first call ({'kernels on disk' if ready else 'compiling'}): {time.process_time() - start:.1f} s of CPU")
    print(f"{net.sellers} sellers, {net.buyer_lane.size - 1} buyers, {net.lane_seller.size} lanes")
    for cases in (1, 64):
        net, months = month_under_caps(world, cases)
        for threads in sorted({1, min(os.cpu_count() or 1, cases)}):
            cold_run, cold = timed(lambda: clear(net, months[1], threads=threads))  # noqa: B023 - called at once
            report(f"{cases} cases, cold", cold_run, cold, threads)
            start_from = clear(net, months[0])
            warm_run, warm = timed(lambda: clear(net, months[1], start_from, threads))  # noqa: B023 - called at once
            report(f"{cases} cases, warm", warm_run, warm, threads)


if __name__ == "__main__":
    main()
