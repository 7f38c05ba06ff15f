"""Print, in one run, how this engine and the solvers a user would pick instead do on the same problems.

Run ``python -m benchmarks.side_by_side`` from the root of the repository. Each part runs in a process of its own,
one thread a solver; a part may also be named: ``clarabel``, ``sinkhorn``, ``limit``, ``draws``.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
import warnings
from functools import partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

import numpy as np

from benchmarks.clearing import month_under_caps
from chokepoint import bundle
from chokepoint.market import clear
from tests.oracles.conic import FORMULATIONS, question
from tests.oracles.draws import outcomes_of
from tests.oracles.linear_markets import CHOKE, month, random_transport, with_fixed_margins
from tests.oracles.linear_programme import cheapest, whole_costs
from tests.oracles.markets import random_market

REPEATS = 5
ROUNDS = 3
HELD_TO = (1e-8, 1e-11)  # the first is the tolerance Clarabel has by default
CONTROLLED = ("ndpr_oxide", "dysprosium_oxide", "ndfeb_magnet", "ndfeb_magnet_heavy")  # out of China
SHARES = (0.9, 0.5, 0.2, 0.0)  # of the reference; the last is a ban
CLOSE = 1e-4  # to the least cost, relative
MOST_ROUNDS = 1_000_000
SEEDS = (19, 121, 163, 147)  # of drawn markets


def shortest(call, repeats=REPEATS, clock=time.perf_counter):
    """Return the least of several times in seconds, and what came of it."""
    times, result = [], call()
    for _ in range(repeats):
        start = clock()
        result = call()
        times.append(clock() - start)
    return min(times), result


def beside_clarabel(name, net, terms, before):
    """Print one market: Clarabel's solver time alone, in its quicker formulation, against ours from cold and warm.

    All are timed in turns, in time of the processor, and each counts with its shortest time. Returns how many times ours the other takes, by
    tolerance: from cold, from warm.
    """
    asked = {each: question(net, terms, 0, each) for each in FORMULATIONS}
    cold, warm, best, ours = np.inf, np.inf, {}, None
    for _ in range(ROUNDS):
        for tolerance in HELD_TO:
            for formulation, each in asked.items():
                answer = each.ask(tolerance)
                if answer.status == "Solved":
                    best[tolerance] = min(
                        best.get(tolerance, (answer, formulation)),
                        (answer, formulation),
                        key=lambda found: found[0].seconds,
                    )
        seconds, ours = shortest(partial(clear, net, terms, threads=1), 10 * REPEATS, time.process_time)
        cold = min(cold, seconds)
        seconds, _ = shortest(partial(clear, net, terms, before, threads=1), 10 * REPEATS, time.process_time)
        warm = min(warm, seconds)
    print(f"{name}: {net.lane_seller.size} lanes, ours {'solved' if ours.is_solved.all() else 'NOT SOLVED'}")
    times = {}
    for tolerance in HELD_TO:
        if tolerance not in best:
            print(f"  at {tolerance:.0e}: Clarabel solved neither formulation")
            continue
        answer, formulation = best[tolerance]
        usual = terms.buyer_scale[0][net.lane_buyer]
        flow = np.max(np.abs(ours.flow[0] - answer.flow) / usual)
        worth = abs(ours.value[0] - answer.surplus) / abs(answer.surplus)
        times[tolerance] = answer.seconds / cold, answer.seconds / warm
        print(
            f"  at {tolerance:.0e}: Clarabel {1e3 * answer.seconds:8.2f} ms ({formulation}); ours cold"
            f" {1e3 * cold:7.3f} ms ({times[tolerance][0]:5.0f} times), warm {1e3 * warm:7.3f} ms"
            f" ({times[tolerance][1]:5.0f} times); residual {ours.residual[0]:.0e}; apart: flows {flow:.0e},"
            f" surplus {worth:.0e}"
        )
    return times


def part_clarabel():
    """Compare with Clarabel on the bundled world under every named control, and on drawn worlds."""
    world = bundle.load()
    found = []
    for good in CONTROLLED:
        net, months = month_under_caps(world, 1, good, SHARES)
        before = clear(net, months[0]._replace(cap=np.full_like(months[0].cap, np.inf)))
        for cap, terms in zip(SHARES, months, strict=True):
            found.append(beside_clarabel(f"bundled world, {good} capped at {cap}", net, terms, before))
            before = clear(net, terms, before)
    for tolerance in HELD_TO:
        ratios = np.array([each[tolerance] for each in found if tolerance in each])
        print(
            f"bundled world, {len(ratios)} of {len(found)} controls, Clarabel at {tolerance:.0e}: cold least"
            f" {ratios[:, 0].min():.0f}, median {np.median(ratios[:, 0]):.0f} times; warm least"
            f" {ratios[:, 1].min():.0f}, median {np.median(ratios[:, 1]):.0f} times"
        )
    part_batch(world)
    for seed in SEEDS:
        market = random_market(seed)
        milder = market.terms._replace(cap=np.maximum(market.terms.cap, 0.5 * market.terms.flow))
        name = f"drawn world of {len(market.world.countries)} countries"
        beside_clarabel(name, market.net, market.terms, clear(market.net, milder))


def part_batch(world):
    """Print what a clearing of the bundled world costs in a batch."""
    net, batch = month_under_caps(world, 256)
    first = clear(net, batch[0])
    for threads in (1, 2):
        for name, start in (("cold", None), ("warm", first)):
            seconds, found = shortest(partial(clear, net, batch[1], start, threads))
            worked, _ = shortest(partial(clear, net, batch[1], start, threads), clock=time.process_time)
            print(
                f"bundled world, 256 cases, {threads} threads, {name}: {1e3 * seconds / 256:.3f} ms a clearing,"
                f" {1e3 * worked / 256:.3f} ms of processor time, solved {found.is_solved.sum()}"
            )


def fixed_margins(seed, makers, users, sigma):
    """Return a market with fixed margins, and what POT needs for the same problem."""
    costs, _, places, flow = random_transport(seed, makers, users)
    places = with_fixed_margins(places)
    wiring, terms, ends = month(costs, places, flow, theta=1.0 / sigma)
    supply = np.array([each.endowment for each in places[:makers]])
    demand = np.array([each.fixed for each in places[makers:-1]])
    ground = costs[:makers, makers:] - np.log(flow[:makers, makers:]) / sigma
    margins = supply, np.append(demand, supply.sum() - demand.sum())
    return wiring.net, terms, ends, ground, margins


def sinkhorn(margins, ground, sigma, error, method):
    """Run POT down to a marginal error; return the plan and how many rounds it took."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # POT looks for tensor packages, and says where it ran out of rounds
        optimal_transport = import_module("ot")
        plan, log = optimal_transport.sinkhorn(
            *margins, ground, 1.0 / sigma, method=method, stopThr=error, numItermax=MOST_ROUNDS, log=True
        )
    return plan, log.get("niter", len(log["err"]))


def part_sinkhorn():
    """Compare with POT's Sinkhorn, stopped at the marginal error that we reach."""
    for count, sigma in ((10, 1.0), (10, 5.0), (40, 1.0), (40, 5.0), (100, 1.0), (100, 5.0)):
        net, terms, ends, ground, margins = fixed_margins(count, count, count, sigma)
        seconds, ours = shortest(partial(clear, net, terms, threads=1), 3)
        total = sum(margins[0])
        flow = np.zeros((count, count))
        for (maker, user), shipped in zip(ends, ours.flow[0], strict=True):
            flow[maker, user - count] = shipped / total
        margins = [each / total for each in margins]
        error = marginal_error(flow, margins)
        state = "solved" if ours.is_solved.all() else "NOT SOLVED"
        print(
            f"{count} x {count}, sigma {sigma:.0f}: ours {1e3 * seconds:8.2f} ms, marginal error {error:.0e}, {state}, {ours.steps[0]} steps"
        )
        for method in ("sinkhorn", "sinkhorn_log"):
            other, (plan, rounds) = shortest(partial(sinkhorn, margins, ground, sigma, max(error, 1e-15), method), 1)
            print(
                f"  POT {method:<13} {1e3 * other:9.2f} ms ({other / seconds:6.2f} times ours), marginal error"
                f" {marginal_error(plan, margins):.0e}, {rounds} rounds; plans apart {np.abs(plan - flow).max():.0e}"
            )


def marginal_error(plan, margins):
    """Return the Euclidean norm by which a plan misses its margins."""
    return np.linalg.norm(np.concatenate([plan.sum(axis=1) - margins[0], plan.sum(axis=0) - margins[1]]))


def part_limit():
    """Compare with HiGHS and OR-Tools where friction vanishes: sigma doubles until cost is within 1e-4 of the least."""
    clear(*fixed_margins(0, 2, 2, 1.0)[:2])  # kernels are compiled or read from disk here, not in what is timed
    for count in (10, 20, 40, 80):
        costs, cap, places, flow = random_transport(count, count, count)
        best = min((cheapest(costs, cap, places) for _ in range(3)), key=lambda each: each.seconds)
        whole, demanded = whole_costs(costs, places), sum(each.fixed for each in places)
        spent, sigma, found, over = 0.0, 1.0, None, np.inf
        while over > CLOSE and (found is None or found.is_solved.all()):
            sigma *= 2.0
            soft = [each._replace(spread=1.0 / sigma) for each in places]
            wiring, terms, ends = month(costs, soft, flow, theta=1.0 / sigma, cap=cap)
            start = time.perf_counter()
            found = clear(wiring.net, terms, found, threads=1)
            spent += time.perf_counter() - start
            cost = sum(whole[end] * shipped for end, shipped in zip(ends, found.flow[0], strict=True))
            over = (cost + CHOKE * (demanded - found.taken.sum())) / best.cost - 1.0
        end = f"cost above the least {over:.0e}" if found.is_solved.all() else "NOT SOLVED there"
        print(
            f"{count} x {count}: HiGHS {1e3 * best.seconds:8.2f} ms; ours {1e3 * spent:8.2f} ms for all of the"
            f" {np.log2(sigma):.0f} doublings to sigma {sigma:.0f}, {end}; HiGHS takes {best.seconds / spent:.2f} times ours"
        )
        flow_of_or_tools(whole, places, best.cost)


def flow_of_or_tools(whole, places, least):
    """Print OR-Tools' minimum-cost flow on the same problem in whole units, if it is installed."""
    try:
        min_cost_flow = import_module("ortools.graph.python.min_cost_flow")
    except ImportError:
        print("  OR-Tools: not installed")
        return
    grain = 1e-6
    ends = np.argwhere(np.isfinite(whole))
    supply = np.array([int(each.endowment / grain) for each in places])
    demand = np.array([int(each.fixed / grain) for each in places])
    solver = min_cost_flow.SimpleMinCostFlow()
    sink = len(places)
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        np.r_[ends[:, 0], np.flatnonzero(supply)],
        np.r_[ends[:, 1], np.full(np.count_nonzero(supply), sink)],
        np.r_[np.full(len(ends), supply.sum()), supply[supply > 0]],
        np.r_[(whole[tuple(ends.T)] / grain).astype(np.int64), np.zeros(np.count_nonzero(supply), np.int64)],
    )
    solver.set_nodes_supplies(np.arange(sink + 1), np.r_[supply - demand, demand.sum() - supply.sum()])
    start = time.perf_counter()
    status = solver.solve()
    seconds = time.perf_counter() - start
    cost = (solver.flows(arcs[: len(ends)]) * whole[tuple(ends.T)]).sum() * grain
    print(f"  OR-Tools {1e3 * seconds:8.2f} ms, status {status.name}, cost above HiGHS {cost / least - 1.0:.0e}")


def part_draws():
    """Count how 10,000 draws over the whole ranges end, and how 200 compare with Clarabel."""
    done = outcomes_of(10_000)
    print(
        f"10,000 draws, {done.seconds:.0f} s: {dict(done.counts)}; solved ones: residual at most {done.worst_residual:.0e}, gap at most {done.worst_gap:.0e}, prices finite {done.solved_are_finite}; prices of all finite {done.all_are_finite}; {done.steps / 10_000:.1f} steps each"
    )


PARTS = {"clarabel": part_clarabel, "sinkhorn": part_sinkhorn, "limit": part_limit, "draws": part_draws}


def installed(name):
    """Return a package's version, or a dash."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"


def main():
    """Run the named parts here, or all of them, each in a process of its own."""
    if len(sys.argv) > 1:
        for name in sys.argv[1:]:
            PARTS[name]()
        return
    packages = ("numpy", "numba", "scipy", "clarabel", "pot", "ortools")
    print(f"Python {platform.python_version()}, " + ", ".join(f"{each} {installed(each)}" for each in packages))
    print(f"{platform.platform()}, {platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"), "1")
    for name in PARTS:
        print(f"--- {name}", flush=True)
        subprocess.run(  # noqa: S603 - this program
            [sys.executable, "-m", "benchmarks.side_by_side", name], env=os.environ | one_thread, check=False
        )


if __name__ == "__main__":
    main()
