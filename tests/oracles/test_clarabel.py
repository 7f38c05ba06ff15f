"""The cleared month against solvers that know nothing of it: the same convex programme given to Clarabel."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest

from chokepoint.market import Net, Terms, clear

clarabel = pytest.importorskip("clarabel", reason="Clarabel is not installed (chokepoint[dev])")
sparse = pytest.importorskip("scipy.sparse", reason="SciPy is not installed (chokepoint[dev])")
optimize = pytest.importorskip("scipy.optimize", reason="SciPy is not installed (chokepoint[dev])")

pytestmark = pytest.mark.oracle
FLOWS, OBJECTIVE = 1e-4, 1e-6
GOODS = 3  # ore; two oxides made jointly from it


class Case(NamedTuple):
    """A random small world in the kernel's arrays."""

    net: Net
    terms: Terms


def positions(country, codes):
    """Return where each code's run starts for countries 0 .. count - 1."""
    return np.searchsorted(codes, np.arange(country + 1)).astype(np.int64)


def random_case(seed: int) -> Case:
    """Draw a world: mines, separation into two oxides, re-export, uses, stores, caps (some zero)."""
    rng = np.random.default_rng(seed)
    countries = int(rng.integers(2, 7))
    sellers, buyers = GOODS * countries, GOODS * countries
    # A node's number is country * GOODS + good, on both sides; every country buys and sells every good.
    lane_buyer = np.repeat(np.arange(buyers), countries)
    lane_seller = np.tile(np.arange(countries), buyers) * GOODS + lane_buyer % GOODS
    flow = rng.lognormal(0.0, 1.0, lane_buyer.size) * (rng.random(lane_buyer.size) < 0.8)
    flow[lane_seller == lane_buyer] += 1.0
    cap = np.where(rng.random(flow.size) < 0.4, flow * rng.choice([0.0, 0.1, 0.5, 0.9, 1.2], flow.size), np.inf)
    recipes = [
        [(-1, 0, 0.0), (1, 0, 1.0)],  # mine: no input
        [(-1, 0, 1.0), (1, 1, 0.8), (1, 2, 0.5)],  # joint production
        [(-1, 1, 1.0), (1, 1, 1.0)],  # re-export
    ]
    entries = [
        [(sign * amount, country * GOODS + good) for sign, good, amount in recipe if amount]
        for country in range(countries)
        for recipe in recipes
    ]
    activities = len(entries)
    start = np.concatenate([[0], np.cumsum([len(each) for each in entries])]).astype(np.int64)
    amount = np.array([value for each in entries for value, _ in each])
    node = np.array([place for each in entries for _, place in each], np.int64)
    net = Net(
        sellers=sellers,
        groups=0,
        lane_seller=lane_seller.astype(np.int64),
        lane_buyer=lane_buyer.astype(np.int64),
        lane_group=np.full(flow.size, -1, np.int64),
        buyer_lane=positions(buyers, lane_buyer),
        block_buyer=np.arange(countries + 1, dtype=np.int64) * GOODS,
        block_activity=np.arange(countries + 1, dtype=np.int64) * len(recipes),
        block_taker=np.arange(countries + 1, dtype=np.int64) * GOODS * 2,
        entry_start=start,
        entry_node=node,
        entry_amount=amount,
        taker_buyer=np.repeat(np.arange(buyers), 2).astype(np.int64),
    )
    takers = 2 * buyers
    theta = rng.uniform(0.3, 1.5, buyers)
    kink = rng.uniform(3.0, 8.0, takers)
    seller_scale = np.maximum(np.bincount(lane_seller, flow, sellers), 0.1)
    buyer_scale = np.maximum(np.bincount(lane_buyer, flow, buyers), 0.1)
    is_store = np.tile([False, True], buyers)
    terms = Terms(
        flow=flow,
        cap=cap,
        wedge=rng.uniform(-0.1, 0.4, flow.size),
        theta=theta,
        theta_volume=theta / rng.choice([1.0, 2.0, 10.0, 50.0]),
        capacity=np.tile([8.0, 6.0, 0.5], countries) * rng.uniform(0.5, 2.0, activities),
        midpoint=np.tile([0.6, 0.1, 0.3], countries),
        spread=np.tile([0.3, 0.2, 0.15], countries) * rng.uniform(0.5, 2.0, activities),
        base=buyer_scale[np.arange(takers) // 2] * np.where(is_store, rng.choice([0.0, 1.0], takers), 1.0),
        exponent=np.where(is_store, 1.0, rng.uniform(0.2, 0.9, takers)),
        kink=kink,
        end=kink * rng.uniform(1.1, 1.6, takers),
        opening=buyer_scale * rng.choice([0.0, 0.5], buyers),
        quota=np.zeros(0),
        seller_scale=seller_scale,
        buyer_scale=buyer_scale,
    )
    return Case(net, Terms(*(np.ascontiguousarray(each, float)[None] for each in terms)))


class Programme:
    """A conic programme built row by row: ``minimise q'x`` with ``b - A x`` in a product of cones."""

    def __init__(self):
        self.count, self.cost, self.rows, self.right, self.cones = 0, {}, [], [], []

    def variable(self, cost=0.0):
        self.count += 1
        self.cost[self.count - 1] = cost
        return self.count - 1

    def put(self, cone, *rows):
        """Add rows ``(constant, {variable: coefficient})`` that together lie in a cone."""
        for constant, parts in rows:
            self.rows.append({place: -value for place, value in parts.items()})
            self.right.append(constant)
        self.cones.append(cone)

    def relative_entropy(self, weight, above, below):
        """Add ``weight * x ln(x / y)`` for affine ``x`` and ``y`` to what is minimised."""
        height = self.variable(weight)
        self.put(clarabel.ExponentialConeT(), (0.0, {height: -1.0}), above, below)

    def solve(self):
        entries = [(row, place, value) for row, parts in enumerate(self.rows) for place, value in parts.items()]
        row, place, value = zip(*entries, strict=True)
        shape = (len(self.rows), self.count)
        settings = clarabel.DefaultSettings()
        settings.verbose = False
        solution = clarabel.DefaultSolver(
            sparse.csc_matrix((self.count, self.count)),
            np.array([self.cost[number] for number in range(self.count)]),
            sparse.csc_matrix((value, (row, place)), shape=shape),
            np.array(self.right),
            self.cones,
            settings,
        ).solve()
        assert str(solution.status) == "Solved"
        return np.array(solution.x), solution.obj_val


def add_lanes(program, net, terms, reference):
    """Add ``w q + theta sum KL(q | f) - (theta - theta_V) G(Q)`` per buyer; return the variable of each open lane.

    ``terms.flow`` is what the caps leave of the reference flow, ``F°`` its sum, ``reference`` is ``F``. With the
    convex conjugate of ``G``, ``max(F° (e^L - 1), F (e^L - 1))``, and ``k = (theta - theta_V) / theta``, minus
    ``(theta - theta_V) G(Q)`` is the least over ``l = e^(k L)`` of ``theta k max(F° (t - 1), F (t - 1)) - theta Q
    ln l`` for ``t >= l^(1 / k)``: a power cone, and relative entropies against ``l f``.
    """
    scaled, constant = {}, 0.0
    for buyer in range(net.buyer_lane.size - 1):
        lanes = range(net.buyer_lane[buyer], net.buyer_lane[buyer + 1])
        theta = terms.theta[buyer]
        nested = 1.0 - terms.theta_volume[buyer] / theta
        mine = [lane for lane in lanes if terms.flow[lane] > 0.0]
        if not mine:
            continue
        usual = sum(terms.flow[lane] for lane in mine)
        constant += theta * usual
        factor = (1.0, {})
        if nested > 0.0:
            common, power = program.variable(), program.variable()
            height = program.variable(theta * nested * usual)
            program.put(clarabel.PowerConeT(nested), (0.0, {power: 1.0}), (1.0, {}), (0.0, {common: 1.0}))
            for slope in (1.0, reference[buyer] / usual):
                program.put(clarabel.NonnegativeConeT(1), (slope, {height: 1.0, power: -slope}))
            factor = (0.0, {common: 1.0})
        for lane in mine:
            scaled[lane] = program.variable((terms.wedge[lane] - theta) * terms.flow[lane])
            if np.isfinite(terms.cap[lane]):
                program.put(clarabel.NonnegativeConeT(1), (terms.cap[lane] / terms.flow[lane], {scaled[lane]: -1.0}))
            program.relative_entropy(theta * terms.flow[lane], (0.0, {scaled[lane]: 1.0}), factor)
    return scaled, constant


def add_activities(program, terms):
    """Add ``m x + b K (s ln s + (1 - s) ln(1 - s))`` with ``s = x / K``; return the variable ``s`` of each."""
    share = []
    for capacity, midpoint, spread in zip(terms.capacity, terms.midpoint, terms.spread, strict=True):
        each = program.variable(midpoint * capacity)
        program.relative_entropy(spread * capacity, (0.0, {each: 1.0}), (1.0, {}))
        program.relative_entropy(spread * capacity, (1.0, {each: -1.0}), (1.0, {}))
        share.append(each)
    return share


def add_takers(program, terms):
    """Add minus the worth of what is taken: linear up to the choke quantity, a power beyond, free above 1 / 0.01."""
    parts = {}
    for taker, base in enumerate(terms.base):
        if base <= 0.0:
            continue
        exponent, kink, end = terms.exponent[taker], terms.kink[taker], terms.end[taker]
        full = base * kink**-exponent
        # Linear part: worth full (end s - (end - kink) s^2 / 2), 0 <= s <= 1.
        kinked, square = program.variable(-end * full), program.variable(0.5 * (end - kink) * full)
        program.put(clarabel.NonnegativeConeT(2), (0.0, {kinked: 1.0}), (1.0, {kinked: -1.0}))
        program.put(
            clarabel.SecondOrderConeT(3),
            (1.0, {square: 1.0}),
            (-1.0, {square: 1.0}),
            (0.0, {kinked: 2.0}),
        )
        # Beyond: worth base * integral of y^(-1/exponent) from full / base to y, at most where it is free.
        least, most = full / base, 0.01**-exponent
        beyond = program.variable()
        program.put(clarabel.NonnegativeConeT(2), (-least, {beyond: 1.0}), (most, {beyond: -1.0}))
        add_power(program, base, exponent, least, beyond)
        parts[taker] = [(kinked, full, 0.0), (beyond, base, least)]
    return parts


def add_power(program, base, exponent, least, beyond):
    """Add minus ``base`` times the integral of ``y^(-1/exponent)`` from ``least``: a power or an exponential cone."""
    power = 1.0 - 1.0 / exponent
    if abs(power) < 1e-9:
        height = program.variable(-base)
        program.put(clarabel.ExponentialConeT(), (0.0, {height: 1.0}), (1.0, {}), (0.0, {beyond: 1.0}))
        program.constant += base * np.log(least)
        return
    # exponent < 1: minus the integral is (y^power - least^power) / -power, a convex falling power.
    height = program.variable(base / -power)
    weight = 1.0 / (1.0 - power)
    program.put(clarabel.PowerConeT(weight), (0.0, {height: 1.0}), (0.0, {beyond: 1.0}), (1.0, {}))
    program.constant -= base / -power * least**power


def as_programme(case: Case):
    """Give one month to Clarabel; return flows and the total surplus."""
    net, terms = case.net, Terms(*(each[0] for each in case.terms))
    reference = np.bincount(net.lane_buyer, terms.flow, net.buyer_lane.size - 1)
    terms = terms._replace(flow=np.minimum(terms.flow, terms.cap))
    program = Programme()
    program.constant = 0.0
    scaled, constant = add_lanes(program, net, terms, reference)
    share = add_activities(program, terms)
    parts = add_takers(program, terms)
    over = [(0.0, {}) for _ in range(net.sellers)]
    short = [(opening, {}) for opening in terms.opening]
    for lane, place in scaled.items():
        over[net.lane_seller[lane]][1][place] = -terms.flow[lane]
        short[net.lane_buyer[lane]][1][place] = terms.flow[lane]
    for activity, place in enumerate(share):
        for entry in range(net.entry_start[activity], net.entry_start[activity + 1]):
            rows = over if net.entry_amount[entry] > 0 else short
            rows[net.entry_node[entry]][1][place] = net.entry_amount[entry] * terms.capacity[activity]
    for taker, pieces in parts.items():
        for place, size, shift in pieces:
            constant_part, row = short[net.taker_buyer[taker]]
            row[place] = -size
            short[net.taker_buyer[taker]] = (constant_part + size * shift, row)
    for node, (right, row) in enumerate(over):
        program.put(clarabel.NonnegativeConeT(1), scaled_row(right, row, terms.seller_scale[node]))
    for node, (right, row) in enumerate(short):
        program.put(clarabel.NonnegativeConeT(1), scaled_row(right, row, terms.buyer_scale[node]))
    found, value = program.solve()
    flow = np.zeros(terms.flow.size)
    for lane, place in scaled.items():
        flow[lane] = found[place] * terms.flow[lane]
    return flow, -(value + constant + program.constant)


def scaled_row(right, row, scale):
    return right / scale, {place: value / scale for place, value in row.items()}


@pytest.mark.parametrize("seed", range(16))
def test_flows_and_surplus_are_those_of_a_general_convex_solver(seed):
    case = random_case(seed)
    cleared = clear(case.net, case.terms)
    assert cleared.is_solved.all()
    flow, surplus = as_programme(case)
    reference = case.terms.buyer_scale[0][case.net.lane_buyer]
    assert np.max(np.abs(cleared.flow[0] - flow) / reference) < FLOWS
    assert cleared.value[0] == pytest.approx(surplus, rel=OBJECTIVE)


@pytest.mark.parametrize("cap", [np.inf, 95.0, 60.0, 30.0])
def test_two_countries_meet_at_the_root_of_one_equation(cap):
    """Ruritania ships 100 to Sylvania: logistic supply (utilisation 0.8, elasticity 1), demand 100 P^-0.2."""
    one = np.array([[1.0]])
    net = Net(
        sellers=1,
        groups=0,
        lane_seller=np.zeros(1, np.int64),
        lane_buyer=np.zeros(1, np.int64),
        lane_group=np.full(1, -1),
        buyer_lane=np.array([0, 1]),
        block_buyer=np.array([0, 0, 1]),
        block_activity=np.array([0, 1, 1]),
        block_taker=np.array([0, 0, 1]),
        entry_start=np.array([0, 1]),
        entry_node=np.zeros(1, np.int64),
        entry_amount=np.ones(1),
        taker_buyer=np.zeros(1, np.int64),
    )
    logit, spread, wedge, theta, thin = np.log(4.0), 0.2, 0.3, 1.0, 0.02
    terms = Terms(
        flow=100.0 * one,
        cap=cap * one,
        wedge=wedge * one,
        theta=theta * one,
        theta_volume=thin * one,
        capacity=125.0 * one,
        midpoint=(1.0 - spread * logit) * one,
        spread=spread * one,
        base=100.0 * one,
        exponent=0.2 * one,
        kink=1e5 * one,
        end=1.01e5 * one,
        opening=0.0 * one,
        quota=np.zeros((1, 0)),
        seller_scale=100.0 * one,
        buyer_scale=100.0 * one,
    )
    cleared = clear(net, terms)

    def inside(quantity):
        return 1.0 + spread * (np.log(quantity / (125.0 - quantity)) - logit)

    def gap(quantity):
        return (quantity / 100.0) ** -5.0 - inside(quantity) - wedge - thin * np.log(quantity / 100.0)

    free = optimize.brentq(gap, 1.0, 124.0, xtol=1e-13)
    quantity = min(cap, free)
    assert cleared.flow[0, 0] == pytest.approx(quantity, rel=1e-8)
    assert cleared.ex_works[0, 0] == pytest.approx(inside(quantity), rel=1e-8)
    assert cleared.delivered[0, 0] == pytest.approx((quantity / 100.0) ** -5.0, rel=1e-7)
