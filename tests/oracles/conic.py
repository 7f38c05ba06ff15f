"""One month's market as a conic programme for Clarabel, in two formulations; it shares no code with the engine.

Everything is divided by its reference: flows by theirs, levels by capacities, balances by what passes in the
reference, the objective by turnover. Lanes whose cap, quota or reference flow is zero are left out.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import NamedTuple

import clarabel
import numpy as np
from scipy import sparse

FORMULATIONS = ("attraction", "shares")
LEAST_UNIT = 0.1
STEPS = (0.99, 0.9, 0.7)  # of the way to the edge of the cones, at most; the first is Clarabel's own
OUT_OF_REACH = 1e-13  # a tolerance that it misses after coming as near as it can
LOOSEST = 1e-8  # its own tolerance: what it cannot solve to that it has not solved
ROUND_UP = 1.01
LEAST_PRICE = 0.01  # below it a use takes no more


class Answer(NamedTuple):
    """What Clarabel found: its status, seconds in the solver, flow per lane, total surplus.

    ``error`` is what it reports itself: the largest of its relative gap and its two residuals.
    """

    status: str
    seconds: float
    flow: np.ndarray
    surplus: float
    error: float


@dataclass(slots=True)
class Programme:
    """``minimise cost'x`` with affine rows in cones, built row by row.

    Args:
        cost: per variable; constant: what is added to the minimum.
        entries: (row, variable, coefficient); right: constant of each row; cones: in the order of the rows.
    """

    cost: list = field(default_factory=list)
    constant: float = 0.0
    entries: list = field(default_factory=list)
    right: list = field(default_factory=list)
    cones: list = field(default_factory=list)

    def variable(self, cost=0.0):
        self.cost.append(cost)
        return len(self.cost) - 1

    def put(self, cone, *rows):
        """Let rows ``(constant, {variable: coefficient})`` together lie in a cone."""
        for constant, parts in rows:
            self.entries.extend((len(self.right), place, -value) for place, value in parts.items())
            self.right.append(constant)
        self.cones.append(cone)

    def at_least_zero(self, *rows):
        self.put(clarabel.NonnegativeConeT(len(rows)), *rows)

    def entropy(self, weight, above, below=(1.0, {})):
        """Add ``weight * x ln(x / y)`` for affine ``x`` and ``y`` to what is minimised."""
        self.put(clarabel.ExponentialConeT(), (0.0, {self.variable(weight): -1.0}), above, below)

    def solve(self, turnover, tolerance, step):
        """Minimise the objective divided by turnover; return the solution, what was minimised, and the time.

        The time is that of the processor in the solver alone, or of the clock where Clarabel itself counts less.
        """
        row, place, value = zip(*self.entries, strict=True)
        settings = clarabel.DefaultSettings()
        settings.verbose = False
        settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = tolerance
        settings.max_step_fraction = step
        settings.max_iter = 500
        # Its default regularisation stops a third of these short of their last digits.
        settings.static_regularization_constant = 1e-12
        settings.iterative_refinement_max_iter = 50
        settings.iterative_refinement_reltol = settings.iterative_refinement_abstol = 1e-14
        solver = clarabel.DefaultSolver(
            sparse.csc_matrix((len(self.cost), len(self.cost))),
            np.array(self.cost) / turnover,
            sparse.csc_matrix((value, (row, place)), shape=(len(self.right), len(self.cost))),
            np.array(self.right),
            self.cones,
            settings,
        )
        start = time.process_time()
        solution = solver.solve()
        seconds = min(time.process_time() - start, solution.solve_time)
        return solution, solution.obj_val * turnover + self.constant, seconds


class Alive(NamedTuple):
    """Which lanes, activities and takers can be anything but zero."""

    lane: np.ndarray
    activity: np.ndarray
    taker: np.ndarray


def alive(net, terms):
    """Find what a ban leaves nothing to do: goods that nobody can make, buyers whom nothing can reach.

    Without this the programme has no inner point, and its prices no bound.
    """
    quota = np.append(terms.quota, np.inf)[net.lane_group]
    lane = (np.minimum(terms.flow, terms.cap) > 0.0) & (quota > 0.0)
    activity = terms.capacity > 0.0
    entry = np.repeat(np.arange(activity.size), np.diff(net.entry_start))
    gives = net.entry_amount > 0.0
    while True:
        reached = np.bincount(net.lane_buyer, lane, terms.opening.size) + terms.opening > 0.0
        cut = entry[~gives & ~reached[np.where(gives, 0, net.entry_node)]]
        working = activity.copy()
        working[cut] = False
        made = np.bincount(net.entry_node[gives], working[entry[gives]], net.sellers) > 0.0
        carrying = lane & made[net.lane_seller]
        if (working == activity).all() and (carrying == lane).all():
            return Alive(lane, activity, (terms.base > 0.0) & reached[net.taker_buyer])
        lane, activity = carrying, working


def first_units(net, terms):
    """Return the unit each lane's flow is counted in: its reference, or a part of its ends' where that is tiny."""
    ends = np.minimum(terms.seller_scale[net.lane_seller], terms.buyer_scale[net.lane_buyer])
    return np.maximum(terms.flow, LEAST_UNIT * ends)


class Inflow(NamedTuple):
    """The open lanes into one buyer: their variables ``s = q / unit``, ``f°``, ``F°``, ``F`` and the frictions."""

    place: np.ndarray
    unit: np.ndarray
    usual: np.ndarray
    open: float
    reference: float
    theta: float
    thin: float


def add_lanes(program, net, terms, unit, may_carry, formulation):
    """Add the cost of all lanes, ``w q`` and that of switching; return the variable ``q / unit`` of each open lane.

    Switching costs ``theta sum KL(q | f°) - (theta - theta_V) G(Q)`` with ``G = KL(Q | F°)`` below ``F°``, 0 up
    to ``F``, ``KL(Q | F)`` beyond.
    """
    scaled = {}
    usual = np.minimum(terms.flow, terms.cap)
    for buyer in range(net.buyer_lane.size - 1):
        lanes = np.arange(net.buyer_lane[buyer], net.buyer_lane[buyer + 1])
        mine = lanes[may_carry[lanes]]
        theta = terms.theta[buyer]
        if not mine.size:
            program.constant += terms.theta_volume[buyer] * usual[lanes].sum()
            continue
        for lane in mine:
            scaled[lane] = program.variable((terms.wedge[lane] - theta) * unit[lane])
            if np.isfinite(terms.cap[lane]):
                program.at_least_zero((1.0, {scaled[lane]: -unit[lane] / terms.cap[lane]}))
        inflow = Inflow(
            place=np.array([scaled[lane] for lane in mine]),
            unit=unit[mine],
            usual=usual[mine],
            open=usual[lanes].sum(),  # a quota shared by several lanes is not in it
            reference=terms.flow[lanes].sum(),
            theta=theta,
            thin=terms.theta_volume[buyer],
        )
        program.constant += theta * inflow.open
        (by_attraction if formulation == "attraction" else by_shares)(program, inflow)
    return scaled


def by_attraction(program, inflow):
    """Add ``theta sum q ln(q / (l f°)) + theta k max(F° (t - 1), F (t - 1))`` with ``t >= l^(1/k)``.

    ``k = 1 - theta_V / theta``, and the least over the common factor ``l`` is ``theta sum q ln(q / f°)`` less
    ``(theta - theta_V) G(Q)``. The factor is counted in that of the units, so that every cone is of size 1.
    """
    nested = 1.0 - inflow.thin / inflow.theta
    volume = inflow.unit.sum()
    growth = volume / inflow.open
    factor = (1.0, {})
    if nested > 0.0:
        common, power, height = program.variable(), program.variable(), program.variable()
        factor = (0.0, {common: 1.0})
        program.put(clarabel.PowerConeT(nested), (0.0, {power: 1.0}), (1.0, {}), factor)
        program.cost[height] = inflow.theta * nested * volume
        for slope in (1.0, inflow.reference / inflow.open):
            program.at_least_zero((slope / growth, {height: 1.0, power: -slope}))
    else:
        growth = 1.0
    for place, unit, usual in zip(inflow.place, inflow.unit, inflow.usual, strict=True):
        program.entropy(inflow.theta * unit, (0.0, {place: 1.0}), factor)
        program.cost[place] += inflow.theta * unit * (np.log(unit / usual) - nested * np.log(growth))


def by_shares(program, inflow):
    """Add ``theta sum q ln((q / f°) / (Q / F°))``, then the cost of volume in three pieces.

    The last unit costs ``theta_V ln(Q / F°)`` below ``F°``, ``theta ln(Q / F°)`` up to ``F``, and beyond it
    ``theta_V ln(Q / F) + theta ln(F / F°)``.
    """
    theta, thin = inflow.theta, inflow.thin
    volume = inflow.unit.sum()
    total = dict(zip(inflow.place, inflow.unit / volume, strict=True))
    for place, unit, usual in zip(inflow.place, inflow.unit, inflow.usual, strict=True):
        program.entropy(theta * unit, (0.0, {place: 1.0}), (0.0, total))
        program.cost[place] += theta * unit * (1.0 + np.log(unit * inflow.open / (usual * volume)))
    step = np.log(inflow.reference / inflow.open)
    pieces = [(thin, 0.0, inflow.open, 0.0), (thin, inflow.reference, np.inf, theta * step)]
    if step > 0.0:
        pieces.insert(1, (theta, inflow.open, inflow.reference, 0.0))
    else:
        pieces = [(thin, 0.0, np.inf, 0.0)]
    program.constant -= (theta - thin) * inflow.open
    parts = dict(total)
    for friction, least, most, slope in pieces:
        # friction (y ln(y / start) - y) + slope y for y = least .. most, in units of the buyer's volume
        start = inflow.reference if least == inflow.reference else inflow.open
        piece = program.variable()
        program.at_least_zero((-least / volume, {piece: 1.0}))
        if np.isfinite(most):
            program.at_least_zero((most / volume, {piece: -1.0}))
        program.entropy(friction * volume, (0.0, {piece: 1.0}))
        program.cost[piece] += volume * (friction * (np.log(volume / start) - 1.0) + slope)
        program.constant -= cost_at(friction, least, start, slope) if least > 0.0 else 0.0
        parts[piece] = -1.0
        parts["least"] = parts.get("least", 0.0) + least / volume
    program.put(clarabel.ZeroConeT(1), (parts.pop("least"), parts))


def cost_at(friction, volume, start, slope):
    """Return ``friction (y ln(y / start) - y) + slope y``."""
    return volume * (friction * (np.log(volume / start) - 1.0) + slope)


def add_activities(program, terms, working):
    """Add ``m x + b K (s ln s + (1 - s) ln(1 - s))`` with ``s = x / K``; return the variable ``s`` of each."""
    share = {}
    for activity in np.flatnonzero(working):
        capacity = terms.capacity[activity]
        each = share[activity] = program.variable(terms.midpoint[activity] * capacity)
        program.entropy(terms.spread[activity] * capacity, (0.0, {each: 1.0}))
        program.entropy(terms.spread[activity] * capacity, (1.0, {each: -1.0}))
    return share


def add_takers(program, terms, taking):
    """Add minus the worth of what is taken; return, by taker, ``(variable, size, shift)`` of its two parts.

    First, up to the choke quantity, a worth that falls linearly per unit; beyond it a power, until it is free.
    """
    parts = {}
    for taker in np.flatnonzero(taking):
        base, exponent, kink, end = (each[taker] for each in (terms.base, terms.exponent, terms.kink, terms.end))
        # Worth full (end s - (end - kink) s^2 / 2), 0 <= s <= 1.
        full = base * kink**-exponent
        first, square = program.variable(-end * full), program.variable(0.5 * (end - kink) * full)
        program.at_least_zero((0.0, {first: 1.0}), (1.0, {first: -1.0}))
        program.put(clarabel.SecondOrderConeT(3), (1.0, {square: 1.0}), (-1.0, {square: 1.0}), (0.0, {first: 2.0}))
        # Worth base times the integral of y^(-1 / exponent) from the choke quantity.
        least, most = kink**-exponent, LEAST_PRICE**-exponent
        beyond = program.variable()
        program.at_least_zero((-least, {beyond: 1.0}), (most, {beyond: -1.0}))
        add_power(program, base, exponent, least, beyond)
        parts[taker] = [(first, full, 0.0), (beyond, base, least)]
    return parts


def add_power(program, base, exponent, least, beyond):
    """Add minus ``base`` times the integral of ``y^(-1 / exponent)`` from ``least`` to a variable."""
    power = 1.0 - 1.0 / exponent
    if abs(power) < 1e-9:
        height = program.variable(-base)
        program.put(clarabel.ExponentialConeT(), (0.0, {height: 1.0}), (1.0, {}), (0.0, {beyond: 1.0}))
        program.constant += base * np.log(least)
    elif power > 0.0:  # y^power >= h
        height = program.variable(-base / power)
        program.put(clarabel.PowerConeT(power), (0.0, {beyond: 1.0}), (1.0, {}), (0.0, {height: 1.0}))
        program.constant += base / power * least**power
    else:  # h >= y^power, in units of its greatest value, by way of a logarithm: the power may be far below -1
        height, log = program.variable(-base / power * least**power), program.variable()
        program.put(clarabel.ExponentialConeT(), (0.0, {log: 1.0}), (1.0, {}), (0.0, {beyond: 1.0 / least}))
        program.put(clarabel.ExponentialConeT(), (0.0, {log: power}), (1.0, {}), (0.0, {height: 1.0}))
        program.constant += base / power * least**power


def add_balances(program, net, terms, unit, scaled, share, parts):
    """Let no seller ship more than is made, no buyer take more than arrives, no group exceed its quota."""
    over = [(0.0, {}) for _ in range(net.sellers)]
    over += [(quota, {}) for quota in terms.quota]
    short = [(opening, {}) for opening in terms.opening]
    for lane, place in scaled.items():
        over[net.lane_seller[lane]][1][place] = -unit[lane]
        short[net.lane_buyer[lane]][1][place] = unit[lane]
        if net.lane_group[lane] >= 0:
            over[net.sellers + net.lane_group[lane]][1][place] = -net.lane_load[lane] * unit[lane]
    for activity, place in share.items():
        for entry in range(net.entry_start[activity], net.entry_start[activity + 1]):
            rows = over if net.entry_amount[entry] > 0 else short
            rows[net.entry_node[entry]][1][place] = net.entry_amount[entry] * terms.capacity[activity]
    for taker, pieces in parts.items():
        node = net.taker_buyer[taker]
        for place, size, shift in pieces:
            short[node] = (short[node][0] + size * shift, short[node][1] | {place: -size})
    for right, row in over + short:
        if row:
            scale = max(right, *map(abs, row.values()))
            program.at_least_zero((right / scale, {place: value / scale for place, value in row.items()}))


def as_programme(net, terms, unit, formulation):
    """Build the programme of one case; return it with the variable of each open lane."""
    program = Programme()
    live = alive(net, terms)
    scaled = add_lanes(program, net, terms, unit, live.lane, formulation)
    share = add_activities(program, terms, live.activity)
    parts = add_takers(program, terms, live.taker)
    add_balances(program, net, terms, unit, scaled, share, parts)
    return program, scaled


class Question(NamedTuple):
    """One case as a programme in one formulation, and what reads its solution."""

    program: Programme
    scaled: dict
    unit: np.ndarray
    turnover: float

    def ask(self, tolerance, step=STEPS[0]):
        """Let Clarabel solve it."""
        solution, least, seconds = self.program.solve(self.turnover, tolerance, step)
        flow = np.zeros(self.unit.size)
        for lane, place in self.scaled.items():
            flow[lane] = solution.x[place] * self.unit[lane]
        primal, dual = solution.obj_val, solution.obj_val_dual
        gap = abs(primal - dual) / max(1.0, min(abs(primal), abs(dual)))
        error = max(gap, solution.r_prim, solution.r_dual)
        return Answer(str(solution.status), seconds, flow, -least, error)


def question(net, terms, case=0, formulation=FORMULATIONS[0]):
    """Put one case as a programme."""
    alone = type(terms)(*(each[case] for each in terms))
    unit = first_units(net, alone)
    program, scaled = as_programme(net, alone, unit, formulation)
    return Question(program, scaled, unit, alone.buyer_scale.sum())


def ask_clarabel(net, terms, case=0, formulation=FORMULATIONS[0], tolerance=LOOSEST):
    """Give one case to Clarabel in one formulation."""
    return question(net, terms, case, formulation).ask(tolerance)


def nearest_of_clarabel(net, terms, case=0, formulation=FORMULATIONS[0]):
    """Return the answer that is nearest by Clarabel's own account, over its longest steps.

    It is first asked for more than it can reach, which says how near it comes, and then for just that. The choice
    looks at nothing but what Clarabel reports.
    """
    asked = question(net, terms, case, formulation)
    reached = [(asked.ask(OUT_OF_REACH, step).error, step) for step in STEPS]
    error, step = min(reached)
    return asked.ask(min(ROUND_UP * error, LOOSEST), step)


def best_of_clarabel(net, terms, case=0):
    """Return the nearest answer by Clarabel's own account over both formulations, and its formulation."""
    answers = [(nearest_of_clarabel(net, terms, case, each), each) for each in FORMULATIONS]
    return min(answers, key=lambda each: (each[0].status != "Solved", each[0].error))
