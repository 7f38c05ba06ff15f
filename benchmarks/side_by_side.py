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

from benchmarks.clearing import CAPS, month_under_caps
from chokepoint import bundle
from chokepoint.market import clear
from tests.oracles.conic import FORMULATIONS, ask_clarabel
from tests.oracles.draws import outcomes_of
from tests.oracles.linear_markets import CHOKE, month, random_transport, with_fixed_margins
from tests.oracles.linear_programme import cheapest, whole_costs
from tests.oracles.markets import random_market

REPEATS = 5
FAMILIAR = 1e-8  # the tolerance Clarabel has by default
CLOSE = 1e-4  # to the least cost, relative
MOST_ROUNDS = 1_000_000
SEEDS = (19, 121, 163, 147)  # of drawn markets


def shortest(call, repeats=REPEATS):
    """Return the least of several times in seconds, and what came of it."""
    times, result = [], call()
    for _ in range(repeats):
        start = time.perf_counter()
        result = call()
        times.append(time.perf_counter() - start)
    return min(times), result


def beside_clarabel(name, net, terms, before):
    """Print one market: Clarabel's solver time alone, in its better formulation, against ours from cold and warm."""
    cold, ours = shortest(partial(clear, net, terms, threads=1))
    warm = shortest(partial(clear, net, terms, before, threads=1))[0]
    answers = {
        (formulation, tolerance): min(
            (ask_clarabel(net, terms, 0, formulation, tolerance) for _ in range(3)), key=lambda each: each.seconds
        )
        for formulation in FORMULATIONS
        for tolerance in (FAMILIAR, 1e-11)
    }
    statuses = " ".join(f"{form} {at:.0e}: {each.status};" for (form, at), each in answers.items())
    print(
        f"{name}: {net.lane_seller.size} lanes, ours {'solved' if ours.is_solved.all() else 'NOT SOLVED'}; {statuses}"
    )
    for tolerance in (FAMILIAR, 1e-11):
        solved = [each for (_, at), each in answers.items() if at == tolerance and each.status == "Solved"]
        if not solved:
            print(f"  at {tolerance:.0e}: Clarabel solved neither formulation")
            continue
        best = min(solved, key=lambda each: each.seconds)
        usual = terms.buyer_scale[0][net.lane_buyer]
        flow = np.max(np.abs(ours.flow[0] - best.flow) / usual)
        worth = abs(ours.value[0] - best.surplus) / abs(best.surplus)
        print(
            f"  at {tolerance:.0e}: Clarabel {1e3 * best.seconds:8.2f} ms; ours cold {1e3 * cold:7.3f} ms"
            f" ({best.seconds / cold:5.0f} times), warm {1e3 * warm:7.3f} ms ({best.seconds / warm:5.0f} times);"
            f" residual {ours.residual[0]:.0e}; apart: flows {flow:.0e}, surplus {worth:.0e}"
        )


def part_clarabel():
    """Compare with Clarabel on the bundled world under three caps, and on drawn worlds."""
    world = bundle.load()
    net, months = month_under_caps(world, 1)
    before = clear(net, months[0]._replace(cap=np.full_like(months[0].cap, np.inf)))
    for cap, terms in zip(CAPS, months, strict=True):
        beside_clarabel(f"bundled world, a cap of {cap}", net, terms, before)
        before = clear(net, terms, before)
    for threads in (1, 2):
        net, batch = month_under_caps(world, 256)
        first = clear(net, batch[0])
        for name, start in (("cold", None), ("warm", first)):
            seconds, found = shortest(partial(clear, net, batch[1], start, threads), 3)
            print(
                f"bundled world, 256 cases, {threads} threads, {name}: {1e3 * seconds / 256:.3f} ms a clearing,"
                f" solved {found.is_solved.sum()}"
            )
    for seed in SEEDS:
        market = random_market(seed)
        milder = market.terms._replace(cap=np.maximum(market.terms.cap, 0.5 * market.terms.flow))
        name = f"drawn world of {len(market.world.countries)} countries"
        beside_clarabel(name, market.net, market.terms, clear(market.net, milder))


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
