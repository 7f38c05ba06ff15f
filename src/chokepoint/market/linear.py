"""One solved case as linear in its prices: the Hessian of the dual at the solution, on chosen sides of its kinks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from chokepoint.market.pieces import PRICE_FLOOR

if TYPE_CHECKING:
    from chokepoint.market.arrays import Booleans, Clearing, Matrix, Net, Terms, Vector

AT_KINK = 1e-8
NO_CURVATURE = 1e-13
CONTRADICTED = 1e-9


class Place(NamedTuple):
    """One solved case and its slopes, before the sides of kinks are chosen.

    ``paid`` is 1 where a lane pays a seller and its load where it pays a group, ``into`` 1 where it ends at a buyer;
    ``recipe`` holds amounts by
    activity and unknown (sellers, groups, buyers). ``pull`` is ``q / theta``, ``gap`` the log of what a lane wants over
    its cap, ``ready`` what of a closed lane would flow per unit of cap. ``low``, ``high`` are what takers give up per
    rise of the price, on either side. ``slack`` is the gradient of the dual at the price ``x``.
    """

    net: Net
    terms: Terms
    paid: Matrix
    into: Matrix
    recipe: Matrix
    x: Vector
    slack: Vector
    flow: Vector
    pull: Vector
    gap: Vector
    ready: Vector
    worth: Vector
    usual: Vector
    reference: Vector
    arrived: Vector
    level_slope: Vector
    share: Vector
    profit: Vector
    taken: Vector
    low: Vector
    high: Vector


class Sides(NamedTuple):
    """On which side of each kink a change leads, or which side holds where there is none.

    ``bound``: the lane's cap binds. ``below``, ``above``: the buyer's volume meets friction, from ``F°`` or from ``F``.
    ``rising``: the taker answers as to a higher price. ``held``: the price stays at zero.
    """

    bound: Booleans
    below: Booleans
    above: Booleans
    rising: Booleans
    held: Booleans


def take_place(net: Net, terms: Terms, clearing: Clearing, case: int) -> Place:
    """Return the slopes of one case at its solution; ``terms`` without the case axis."""
    lanes, sellers = np.arange(net.lane_seller.size), net.sellers + net.groups
    buyer, delivered, flow = net.lane_buyer, clearing.delivered[case], clearing.flow[case]
    paid, into = np.zeros((lanes.size, sellers + delivered.size)), np.zeros((delivered.size, lanes.size))
    paid[lanes, net.lane_seller], into[buyer, lanes] = 1.0, 1.0
    licensed = net.lane_group >= 0
    paid[lanes[licensed], net.sellers + net.lane_group[licensed]] = net.lane_load[licensed]
    activity = np.repeat(np.arange(terms.capacity.size), np.diff(net.entry_start))
    recipe = np.zeros((terms.capacity.size, sellers + delivered.size))
    np.add.at(recipe, (activity, net.entry_node + np.where(net.entry_amount > 0.0, 0, sellers)), net.entry_amount)
    x = np.concatenate([clearing.ex_works[case], clearing.premium[case], delivered])
    usual, reference, arrived = into @ np.minimum(terms.flow, terms.cap), into @ terms.flow, into @ flow
    near, has = np.clip(arrived, usual, reference), arrived > 0.0
    rho = (terms.theta - terms.theta_volume) * np.log(np.where(has, arrived, 1.0) / np.where(has, near, 1.0))
    worth = (delivered + rho)[buyer] - paid @ x - terms.wedge
    friction = np.where(has, terms.theta, terms.theta_volume)[buyer]
    is_open = (terms.cap > 0.0) & (terms.flow > 0.0)
    log_usual = np.log(np.where(is_open, np.minimum(terms.flow, terms.cap), 1.0))
    gap = log_usual + worth / terms.theta[buyer] - np.log(np.where(is_open, terms.cap, 1.0))
    ratio = (recipe @ x - terms.midpoint) / terms.spread
    share = np.exp(-np.logaddexp(0.0, -ratio))
    low, high = take_slopes(net, terms, delivered)
    supply = np.concatenate([np.zeros(net.sellers), terms.quota, terms.opening])
    slack = supply + recipe.T @ clearing.level[case] - paid.T @ flow
    slack[sellers:] += arrived - np.bincount(net.taker_buyer, clearing.taken[case], delivered.size)
    return Place(
        net=net,
        terms=terms,
        paid=paid,
        into=into,
        recipe=recipe,
        x=x,
        slack=slack,
        flow=flow,
        pull=flow / terms.theta[buyer],
        gap=np.where(is_open, gap, np.inf),
        ready=np.where(terms.flow > 0.0, np.exp(np.minimum(worth / friction, 0.0)), 0.0),
        worth=worth,
        usual=usual,
        reference=reference,
        arrived=arrived,
        level_slope=terms.capacity * share * np.exp(-np.logaddexp(0.0, ratio)) / terms.spread,
        share=share,
        profit=terms.spread * np.logaddexp(0.0, ratio),
        taken=np.where(delivered[net.taker_buyer] < terms.end * (1.0 - AT_KINK), clearing.taken[case], 0.0),
        low=low,
        high=high,
    )


def take_slopes(net: Net, terms: Terms, delivered: Vector) -> tuple[Vector, Vector]:
    """Return minus the slope of what takers take, as the price falls and as it rises from where it is."""
    price = delivered[net.taker_buyer]
    steep = terms.base * terms.kink**-terms.exponent / (terms.end - terms.kink)
    smooth = terms.exponent * terms.base * np.maximum(price, PRICE_FLOOR) ** (-terms.exponent - 1.0)
    edges = np.stack([np.full(price.size, PRICE_FLOOR), terms.kink, terms.end])
    pieces = np.stack([np.zeros(price.size), smooth, steep, np.zeros(price.size)])
    sides = [
        np.take_along_axis(pieces, (price >= edges * (1.0 + shift)).sum(axis=0)[None], 0)[0]
        for shift in (AT_KINK, -AT_KINK)
    ]
    return sides[0], sides[1]


def scales(place: Place) -> Vector:
    """Return the reference throughput of sellers, licence groups and buyers."""
    return np.concatenate([np.abs(place.paid).T[: -place.arrived.size] @ place.terms.flow, place.terms.buyer_scale])


class Linear(NamedTuple):
    """The month as linear in its prices, for one choice of sides: Hessian, pulls, attractions and takers' slopes."""

    hessian: Matrix
    pull: Vector
    crowding: Vector
    attraction: Matrix
    taking: Vector


def linearise(place: Place, sides: Sides) -> Linear:
    """Return the Hessian of the dual, and ``dR = (Q dP - n sum u dp) / (Q - n U)`` for the attractions."""
    net, terms, first = place.net, place.terms, place.net.sellers + place.net.groups
    pull = np.where(sides.bound, 0.0, place.pull)
    stiff = np.where(sides.below | sides.above, terms.theta - terms.theta_volume, 0.0)
    total = np.where(place.arrived > 0.0, place.arrived, 1.0)
    pulled = place.into @ pull
    pushed = place.into @ (pull[:, None] * place.paid)
    crowding = stiff / (total - stiff * pulled)
    attraction = -crowding[:, None] * pushed
    buyers = np.arange(total.size)
    attraction[buyers, first + buyers] += total / (total - stiff * pulled)
    taking = np.where(sides.rising, place.high, place.low)
    hessian = place.recipe.T @ (place.level_slope[:, None] * place.recipe)
    hessian += place.paid.T @ (pull[:, None] * place.paid) - pushed.T @ attraction
    hessian[first:] += pulled[:, None] * attraction - pushed
    hessian[first + buyers, first + buyers] += np.bincount(net.taker_buyer, taking, total.size)
    return Linear(hessian, pull, crowding, attraction, taking)


def solve(matrix: Matrix, right: Vector) -> tuple[Vector, Booleans] | None:
    """Solve a symmetric system by the least step, and say which unknowns it decides; None where nothing solves it.

    Scaled to a unit diagonal; eigenvalues below 1e-13 of the largest count as zero.
    """
    scale = np.sqrt(np.maximum(np.diag(matrix), np.finfo(np.float64).tiny))
    scale[np.diag(matrix) <= 0.0] = 1.0
    values, vectors = np.linalg.eigh(matrix / np.outer(scale, scale))
    parts = vectors.T @ (right / scale)
    flat = values <= NO_CURVATURE * max(1.0, float(values.max(initial=0.0)))
    if np.abs(parts[flat]).max(initial=0.0) > CONTRADICTED * np.abs(parts).max(initial=0.0):
        return None
    step = vectors @ np.where(flat, 0.0, parts / np.where(flat, 1.0, values)) / scale
    return step, np.abs(vectors[:, flat]).max(axis=1, initial=0.0) <= AT_KINK
