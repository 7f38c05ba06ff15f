"""The transport problem without friction as a linear programme for HiGHS."""

from __future__ import annotations

import time
from typing import NamedTuple

import numpy as np
from scipy import optimize, sparse

from tests.oracles.linear_markets import CHOKE


class Cheapest(NamedTuple):
    """The least cost, its flows (from, to), what stays unserved at the choke price, and seconds in the solver."""

    cost: float
    flow: np.ndarray
    unserved: float
    seconds: float


def whole_costs(costs, places):
    """Return the cost of making and shipping one more unit (from, to)."""
    return costs + np.array([each.cost for each in places])[:, None]


def cheapest(costs, cap, places):
    """Return the cheapest way to make, ship, or leave unserved what is demanded."""
    ends = np.argwhere(np.isfinite(costs))
    lanes, users = len(ends), [number for number, each in enumerate(places) if each.fixed > 0.0]
    position = np.full(len(places), -1)
    position[users] = np.arange(len(users))
    ones, lane = np.ones(lanes), np.arange(lanes)
    shipped_from = sparse.csr_matrix((ones, (ends[:, 0], lane)), (len(places), lanes + len(users)))
    shipped_to = sparse.csr_matrix((ones, (position[ends[:, 1]], lane)), (len(users), lanes))
    price = np.concatenate([whole_costs(costs, places)[tuple(ends.T)], np.full(len(users), CHOKE)])
    most = np.concatenate([cap[tuple(ends.T)], np.full(len(users), np.inf)])
    start = time.perf_counter()
    found = optimize.linprog(
        price,
        A_ub=shipped_from,
        b_ub=[each.endowment for each in places],
        A_eq=sparse.hstack([shipped_to, sparse.eye(len(users))]),
        b_eq=[places[user].fixed for user in users],
        bounds=np.column_stack([np.zeros(price.size), most]),
        method="highs",
    )
    seconds = time.perf_counter() - start
    flow = np.zeros_like(costs)
    flow[tuple(ends.T)] = found.x[:lanes]
    return Cheapest(found.fun, flow, found.x[lanes:].sum(), seconds)
