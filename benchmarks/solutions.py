"""The rules over large tables, beside a plain NumPy sort-and-scan and, where they are installed, NegMAS and Gambit.

NegMAS and Gambit are copyleft and no dependency of this project: install them in an environment of their own, and run
this file there with ``PYTHONPATH=src``. Times are the least processor time of several runs, in one process and one thread.
"""

import os
import platform
import sys
import tempfile
import time
import tracemalloc
import warnings
from functools import partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from chokepoint.bargaining import Issue, Level, choose_threats, pose, unilateral
from chokepoint.exchange import extensive_form, genius_files, read_genius, solve_domain, space_of, strategic_form
from chokepoint.solutions import RULES, survey

MILLION = 1_000_000
POINTS = ("nash", "kalai_smorodinsky", "egalitarian")
ASKED = [RULES[name] for name in POINTS]


def tables(seed=0):
    """Return gains by name: two parties at random, two strictly opposed, three at random, three strictly opposed."""
    rng = np.random.default_rng(seed)
    angle = rng.uniform(0.0, np.pi / 2.0, MILLION)
    sphere = np.abs(rng.normal(size=(3, MILLION // 10)))
    return {
        "two parties, 1,000,000 at random": rng.random((2, MILLION)),
        "two parties, 1,000,000 strictly opposed": np.stack([np.cos(angle), np.sin(angle)]),
        "two parties, 1,000,000 on a grid of 100 x 100": rng.integers(1, 101, size=(2, MILLION)) / 100.0,
        "three parties, 100,000 at random": rng.random((3, MILLION // 10)),
        "three parties, 100,000 strictly opposed": sphere / np.sqrt((sphere**2).sum(axis=0)),
    }


def least(call, times=5):
    """Return the least processor time of several calls, in seconds, and the last result."""
    spent = []
    for _ in range(times):
        start = time.process_time()
        found = call()
        spent.append(time.process_time() - start)
    return min(spent), found


def sort_and_scan(gains, order=None):
    """Find the efficient packages of two parties and three points, as one would write it down: sort, scan, score."""
    order = np.lexsort((-gains[1], -gains[0])) if order is None else order
    second = gains[1, order]
    record = np.empty(order.size, dtype=bool)
    record[0] = True
    record[1:] = second[1:] > np.maximum.accumulate(second)[:-1]
    # What brings both just what the record before it brings is efficient as well.
    place = np.maximum.accumulate(np.where(record, np.arange(order.size), 0))
    first = gains[0, order]
    record |= (second == second[place]) & (first == first[place])
    efficient = order[record]
    points = gains[:, efficient]
    best = points.max(axis=1, keepdims=True)
    scores = {
        "nash": points.prod(axis=0),
        "kalai_smorodinsky": (points / best).min(axis=0),
        "egalitarian": points.min(axis=0),
    }
    return efficient, {name: int(efficient[np.argmax(score)]) for name, score in scores.items()}


def sort_by_one(gains):
    """Do the same with one fast sort, which may lose or keep too many packages that bring the first party the same."""
    return sort_and_scan(gains, np.argsort(-gains[0]))


def part_times():
    """Print our times, those of a plain sort-and-scan, and whether the answers are the same."""
    for name, gains in tables().items():
        ours, found = least(partial(survey, gains, ASKED))
        line = f"{name}: ours {1e3 * ours:.0f} ms, {found.efficient.size:,} efficient"
        if len(gains) == 2:
            plain, (efficient, chosen) = least(partial(sort_and_scan, gains))
            faster, (other, _) = least(partial(sort_by_one, gains))
            same = np.array_equal(np.sort(efficient), found.efficient)
            level = all(np.array_equal(gains[:, chosen[each]], gains[:, found.chosen[each]]) for each in POINTS)
            line += f"; plain sort-and-scan {1e3 * plain:.0f} ms ({plain / ours:.1f} times ours), same set {same}, same gains {level}"
            line += f"; with one sort {1e3 * faster:.0f} ms ({faster / ours:.1f} times), same set {np.array_equal(np.sort(other), found.efficient)}"
        print(line)


def part_memory():
    """Print the peak of memory while a table is surveyed, as its size doubles."""
    rng = np.random.default_rng(1)
    for parties, sizes in ((2, (250_000, 500_000, MILLION, 2 * MILLION)), (3, (50_000, 100_000, 200_000))):
        for size in sizes:
            gains = np.abs(rng.normal(size=(parties, size)))
            gains /= np.sqrt((gains**2).sum(axis=0))  # all on the frontier: the most there can be to keep
            tracemalloc.start()
            survey(gains, ASKED)
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            print(f"{parties} parties, {size:>9,} packages: {peak / 1e6:6.1f} MB, {peak / size:.0f} bytes a package")


def part_units():
    """Print how far the answers move when payoffs are counted in other units: 1e-9 is the most allowed."""
    rng = np.random.default_rng(2)
    for name, gains in tables().items():
        plain, moved, same = survey(gains, RULES.values()), 0.0, True
        for _ in range(5):
            apart = np.exp(rng.uniform(-20.0, 20.0, size=(len(gains), 1)))
            other = survey(gains * apart, [RULES["nash"], RULES["kalai_smorodinsky"]])
            alike = survey(gains * apart[0], [RULES["egalitarian"], RULES["utilitarian"]])
            same &= np.array_equal(other.efficient, plain.efficient)
            for each, package in (other.chosen | alike.chosen).items():
                moved = max(moved, np.abs(gains[:, package] / gains[:, plain.chosen[each]] - 1.0).max())
        print(f"{name}: efficient set unchanged {same}, chosen gains moved by at most {moved:.0e}")


def negmas_points(operations, gains):
    """Take NegMAS's own path on a table: the frontier, then its three points on it; packages by rule."""
    points = np.ascontiguousarray(gains.T)
    indices = operations.pareto_frontier_active(points)
    frontier = [tuple(map(float, points[index])) for index in indices]
    ranges = [(0.0, float(each.max())) for each in gains]
    silent = [SimpleNamespace(reserved_value=0.0) for _ in gains]
    calls = {
        "nash": operations.nash_points,
        "kalai_smorodinsky": operations.ks_points,
        "egalitarian": operations.kalai_points,
    }
    return indices, {name: int(indices[call(silent, frontier, ranges=ranges)[0][1]]) for name, call in calls.items()}


def part_negmas():
    """Print NegMAS's times on the same tables, and on how many small tables each point is the same."""
    try:
        operations = import_module("negmas.preferences.ops")
    except ImportError:
        print("NegMAS is not installed: nothing is compared with it")
        return
    warnings.simplefilter("ignore")
    for name, gains in tables().items():
        # It compares package by package: where nothing dominates, time grows with the square. There, a part of the table.
        size = 20_000 if "opposed" in name else gains.shape[1]
        part = np.ascontiguousarray(gains[:, :size])
        ours, found = least(partial(survey, part, ASKED))
        theirs, (indices, chosen) = least(partial(negmas_points, operations, part), 3 if size > 20_000 else 1)
        same = np.array_equal(np.sort(indices), found.efficient)
        print(
            f"{name}, {size:,} of them: NegMAS {theirs:.2f} s, ours {1e3 * ours:.1f} ms ({theirs / ours:.0f} times), same set {same}"
        )
    rng = np.random.default_rng(3)
    for parties in (2, 3):
        equal = dict.fromkeys(POINTS, 0)
        higher = 0
        for _ in range(300):
            gains = rng.random((parties, 1000))
            found, (_, chosen) = survey(gains, ASKED), negmas_points(operations, gains)
            for name in POINTS:
                equal[name] += found.chosen[name] == chosen[name]
            shares = [
                (gains[:, package] / gains.max(axis=1)).min()
                for package in (found.chosen[POINTS[1]], chosen[POINTS[1]])
            ]
            higher += shares[0] > shares[1]
        print(
            f"{parties} parties, 300 tables of 1,000: same package {equal}; smaller share higher by our Kalai-Smorodinsky in {higher}"
        )
    domain_beside_negmas()


def small_problem(seed=4):
    """Pose a problem of four issues, two of which touch, that is written for the other programs."""
    rng = np.random.default_rng(seed)
    owners = ("Ruritania", "Sylvania")
    ladder = tuple(Level(name=name, title=name) for name in ("held", "eased", "free"))
    issues = [Issue(name=f"issue{at}", title=f"Issue {at}", owner=owners[at % 2], levels=ladder) for at in range(4)]
    levels = np.indices((3,) * 4).reshape(4, -1)
    payoff = (
        sum(rng.normal(size=(2, 3))[:, row] for row in levels) + rng.normal(size=(2, 3, 3))[:, levels[0], levels[1]]
    )
    return issues, pose(parties=owners, issues=issues, payoff=1e9 * payoff[None])


def domain_beside_negmas():
    """Let NegMAS read a domain we wrote and find its points; print how far its utilities and points are from ours."""
    inout = import_module("negmas.inout")
    utilities = import_module("negmas.preferences").UtilityFunction
    operations = import_module("negmas.preferences.ops")
    space, _, _ = space_of(small_problem()[1])
    with tempfile.TemporaryDirectory() as folder:
        for name, text in genius_files(space, "small").items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        domain, profiles = Path(folder) / "small-domain.xml", [Path(folder) / f"small-profile{at}.xml" for at in (1, 2)]
        solved = solve_domain(read_genius(domain, profiles))
        loaded = inout.load_genius_domain(domain)
        theirs = [utilities.from_genius(path, issues=loaded.issues)[0] for path in profiles]
        apart = 0.0
        for outcome in loaded.outcome_space.enumerate():
            at = [space.levels[issue].index(level) for issue, level in enumerate(outcome)]
            ours = sum(worth[:, level] for worth, level in zip(space.worth, at, strict=True))
            apart = max(apart, np.abs(ours - [float(each(outcome)) for each in theirs]).max())
        frontier, _ = operations.pareto_frontier(theirs, issues=loaded.issues)
        (point, _), *_ = operations.nash_points(theirs, frontier, issues=loaded.issues)
        print(
            f"domain written by us, read by NegMAS: {space.packages} packages, utilities apart {apart:.0e}, Nash point apart {np.abs(solved.utilities['nash'] - point).max():.0e}"
        )


def part_gambit():
    """Let Gambit read the games we write: the value of the standoff, and what counting back an offer finds."""
    try:
        gambit = import_module("pygambit")
    except ImportError:
        print("Gambit (pygambit) is not installed: nothing is compared with it")
        return
    issues, problem = small_problem()
    threats = unilateral(issues, problem.parties, problem.packages, problem.payoff)
    value = choose_threats(threats.payoff).value[0]
    with tempfile.TemporaryDirectory() as folder:
        strategic, extensive = Path(folder) / "standoff.nfg", Path(folder) / "offer.efg"
        strategic.write_text(strategic_form("standoff", problem.parties, threats), encoding="utf-8")
        tables = [each.astype(float) for each in gambit.read_nfg(str(strategic)).to_arrays(dtype=float)]
        written = max(np.abs(1e9 * table - threats.payoff[0, party]).max() for party, table in enumerate(tables))
        apart = tables[0] - tables[1]
        zero_sum = gambit.Game.from_arrays(apart, -apart)
        theirs = 1e9 * float(
            gambit.nash.lp_solve(zero_sum, rational=False).equilibria[0].payoff(next(iter(zero_sum.players)))
        )
        print(
            f"standoff: payoffs read back apart {written:.0e}, v apart {abs(theirs - value) / abs(value):.0e} of {value:.3g} USD"
        )
        # The second party's answers to every offer are as many as subsets of packages: a table of eight.
        few = pose(
            parties=problem.parties,
            issues=issues[:2],
            packages=problem.packages[::9, :2][:8],
            payoff=problem.payoff[:, :, ::9][:, :, :8],
            no_deal=problem.disagreement,
        )
        extensive.write_text(extensive_form("offer", few), encoding="utf-8")
        offer = gambit.read_efg(str(extensive))
        first = next(iter(offer.players))
        most = max(1e9 * float(each.payoff(first)) for each in gambit.nash.enumpure_solve(offer).equilibria)
        best = np.where(few.gains[0, 1] > 0.0, few.payoff[0, 0], -np.inf).max()
        best = max(best, few.disagreement[0, 0])
        print(
            f"offer: {len(offer.outcomes)} outcomes read; the most the first gets in Gambit's pure equilibria is apart from counting back by {abs(most - best) / abs(best):.0e}"
        )


PARTS = {"times": part_times, "memory": part_memory, "units": part_units, "negmas": part_negmas, "gambit": part_gambit}


def installed(name):
    """Return a package's version, or a dash."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"


def main():
    """Run the named parts, or all of them."""
    packages = ", ".join(f"{each} {installed(each)}" for each in ("numpy", "negmas", "pygambit"))
    print(f"Python {platform.python_version()}, {packages}")
    print(f"{platform.platform()}, {platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    for name in sys.argv[1:] or PARTS:
        print(f"--- {name}", flush=True)
        PARTS[name]()


if __name__ == "__main__":
    main()
