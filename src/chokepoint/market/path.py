"""The way a step leads: how far it may go, and how far along it the dual still falls."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from chokepoint.market.compiled import inner, part
from chokepoint.market.direction import pushed_out
from chokepoint.market.pieces import dot
from chokepoint.market.settle import lanes_rule
from chokepoint.market.state import evaluate, paid_price

if TYPE_CHECKING:
    from chokepoint.market.arrays import Booleans, Net, Terms, Vector
    from chokepoint.market.state import Work

LINE_TRIALS = 40
LEAST_BRACKET = 1e-9
SNAP = 1e-3
REACH = 3.0
FALL = 0.9
RISE = 2.0
OVERSHOOT = 0.3


class Path(NamedTuple):
    """Where a step starts and where it leads: ex-works prices, and attractions (delivered prices unless ``ruled``)."""

    price: Vector
    move: Vector
    attraction: Vector
    attraction_move: Vector
    ruled: Booleans


def new_path(unknowns: int, buyers: int) -> Path:
    """Allocate a path."""
    return Path(np.empty(unknowns), np.empty(unknowns), np.empty(buyers), np.empty(buyers), np.empty(buyers, np.bool_))


@inner
def longest_share(price: Vector, step: Vector, share: float) -> float:
    """Return the largest share of a step that lets no price fall below a tenth or rise beyond threefold plus one.

    One share for all prices: frictions may be tiny, and only prices that move together keep lanes alive.
    """
    for node in range(price.size):
        if step[node] < 0.0 and price[node] > SNAP:
            share = min(share, -FALL * price[node] / step[node])
        elif step[node] > 0.0:
            share = min(share, (RISE * price[node] + 1.0) / step[node])
    return share


@inner
def shortened(price: Vector, step: Vector, share: float, move: Vector) -> None:
    """Fill the moves for a share of a step; a price the step would carry below zero from nearly nothing is zeroed.

    At zero it may stay (free disposal) or be freed again.
    """
    for node in range(price.size):
        move[node] = share * step[node]
        if price[node] + move[node] < 0.0:
            move[node] = -price[node]


@inner
def attraction_moves(net: Net, work: Work, path: Path, delivered_move: Vector) -> None:
    """Fill how each buyer's attraction ``R = P + rho`` moves: ``dR = (Q dP - n sum u dp) / d``, ``n`` nested.

    Where lanes do not rule a buyer's price, the delivered price itself moves; so it does at zero, for what is held
    there must stay there to the last digit.
    """
    for buyer in range(delivered_move.size):
        path.ruled[buyer] = work.delivered[buyer] > 0.0 and lanes_rule(work, buyer)
        path.attraction_move[buyer] = delivered_move[buyer]
        path.attraction[buyer] = work.delivered[buyer]
        if path.ruled[buyer]:
            path.attraction[buyer] = work.attraction[buyer]
            depth = work.arrived[buyer] - work.pull_slope[buyer] * work.nested[buyer]
            pushed = work.nested[buyer] * pushed_out(net, work, path.move, buyer)
            path.attraction_move[buyer] = (work.arrived[buyer] * delivered_move[buyer] - pushed) / depth


@inner
def share_within_reach(net: Net, terms: Terms, work: Work, path: Path) -> float:
    """Return the share of a move that changes no busy lane's exponent by more than ``REACH``.

    A lane at its cap may first lose its rent; a lane that carries next to nothing may fall as it likes.
    """
    share = 1.0
    for lane in range(net.lane_seller.size):
        buyer = net.lane_buyer[lane]
        theta = terms.theta[buyer]
        growth = (path.attraction_move[buyer] - paid_price(net, path.move, lane)) / theta
        if abs(growth) <= REACH or work.flow[lane] <= 0.0 or not path.ruled[buyer]:
            continue
        # How far the lane's flow is from what matters to its buyer, as an exponent.
        depth = math.log(SNAP * terms.buyer_scale[buyer] / work.flow[lane])
        if growth > 0.0 and work.interior[lane] > 0.0:
            share = min(share, (REACH + max(0.0, depth)) / growth)
        elif growth < 0.0 and depth < 0.0:
            share = min(share, (REACH + work.rent[lane] / theta) / -growth)
    return float(share)


@part
def go(net: Net, terms: Terms, work: Work, path: Path, share: float) -> float:
    """Put the prices at a share of the path and return the dual's derivative along it there.

    A change of volume meets so little friction that flows answer the delivered price violently, the attraction
    mildly; so where lanes rule, the step is taken in the attraction.
    """
    for node in range(work.price.size):
        work.price[node] = max(0.0, path.price[node] + share * path.move[node])
    for buyer in range(work.delivered.size):
        work.attraction[buyer] = path.attraction[buyer] + share * path.attraction_move[buyer]
        work.ruled[buyer] = path.ruled[buyer]
        if not path.ruled[buyer]:
            work.delivered[buyer] = max(0.0, work.attraction[buyer])
    evaluate(net, terms, work)
    slope = dot(work.over, path.move)
    for buyer in range(work.delivered.size):
        pace = path.attraction_move[buyer]
        if path.ruled[buyer] and work.arrived[buyer] > 0.0:
            grown = work.pull_slope[buyer] * pace - pushed_out(net, work, path.move, buyer)
            pace -= work.nested[buyer] * grown / work.arrived[buyer]
        if work.delivered[buyer] > 0.0 or pace > 0.0:
            slope += work.short[buyer] * pace
    return slope


@part
def line_search(net: Net, terms: Terms, work: Work, path: Path, start_slope: float, share: float) -> float:
    """Find how far to go: the whole move, or, once it overshoots, near the lowest point along it.

    Derivatives of the dual along the path are compared, not values: they stay reliable down to rounding, and
    a bracket on their sign closes on the kinks where lanes reach their caps.

    Returns:
        The share of the move taken, 0 if none was acceptable.
    """
    slack = -OVERSHOOT * start_slope
    low, low_slope, high, high_slope = 0.0, start_slope, math.inf, math.inf
    is_last = False
    for trial in range(LINE_TRIALS + 1):
        slope = go(net, terms, work, path, share)
        is_low = math.isfinite(slope) and slope <= slack
        if is_last or (is_low and (high == math.inf or slope >= -slack)):
            break
        if is_low:
            low, low_slope = share, slope
        else:
            high, high_slope = share, slope
        is_last = trial == LINE_TRIALS - 1 or high - low <= LEAST_BRACKET * high
        aim = -low_slope / (high_slope - low_slope) if math.isfinite(high_slope) and trial % 3 < 2 else 0.5  # noqa: PLR2004
        share = low if is_last else low + (high - low) * min(max(aim, 0.05), 0.95)
    return share
