r"""Where a good comes from through the whole chain: who mined and who separated what a country's magnets hold.

For one stage ``s``, let ``e[g,i,c]`` be the dollars (at reference prices) of goods of that stage, made in country
``c``, that one unit of good ``g`` sold by country ``i`` embodies, and ``b[g,j,c]`` the same for what country ``j``
buys. With shipments ``q``, levels ``x``, recipes ``a`` (outputs positive) and reference prices ``pbar``::

    b[g,j,c] = sum_i  q[g,i,j] / sum_i' q[g,i',j]  *  e[g,i,c]
    e[g,i,c] = sum_k  x_k a_kg / sum_k' x_k' a_k'g  *  v[k,g,c]        over the activities k of country i that make g
    v[k,g,c] = pbar_g if c = i else 0                                  when g is of stage s and k is no re-export
    v[k,g,c] = pbar_g / sum_h pbar_h a_kh+  *  sum_h a_kh- b[h,i,c]    otherwise

A plant that makes several goods shares what went into it over them by value. Re-export is passed through: a magnet
bought and sold on keeps the origin it had. Both lines are linear, so ``e = M e + d`` is solved once for all origins.
The share of country ``c`` in what country ``j`` buys is ``b[g,j,c] / sum_c b[g,j,c]``; what embodies nothing of the
stage (recycled metal has not been mined) does not count in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.exposure.balances import balances, is_reexport
from chokepoint.tables import tabulate

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from chokepoint.tables import Table
    from chokepoint.world import World


@dataclass(frozen=True, kw_only=True, slots=True)
class OriginShare:
    """How much of a stage of the chain behind a country's supply of a good stands in one country of origin."""

    good: str
    country: str = field(metadata={"note": "who buys the good"})
    stage: str = field(metadata={"note": "the stage looked back to"})
    origin: str = field(metadata={"note": "where that stage was done"})
    share: float = field(metadata={"unit": "share", "note": "by value at reference prices, through all stages between"})


def look_through(
    world: World, *, goods: Collection[str] | None = None, least_share: float = 0.0
) -> tuple[OriginShare, ...]:
    """Return the origin of each country's supply, for every stage up the chain.

    Args:
        world: the reference world.
        goods: codes of the goods to look at; None takes all.
        least_share: origins with a smaller share (0 to 1) are left out of the rows, though not of the sums.

    Returns:
        Rows in the order of goods, stages and countries, largest origins first.
    """
    stages = list(dict.fromkeys(good.stage for good in world.goods))
    shares = {stage: origin_shares(world, stage) for stage in stages}
    rows: list[OriginShare] = []
    for g, good in enumerate(world.goods):
        if goods is not None and good.code not in goods:
            continue
        for stage in stages:
            for c, country in enumerate(world.countries):
                here = shares[stage][g, c]
                order = sorted(range(len(here)), key=lambda o, here=here: (-here[o], world.countries[o]))
                rows += [
                    OriginShare(
                        good=good.code,
                        country=country,
                        stage=stage,
                        origin=world.countries[o],
                        share=float(here[o]),
                    )
                    for o in order
                    if here[o] > 0.0 and here[o] >= least_share
                ]
    return tuple(rows)


def look_through_table(world: World, *, goods: Collection[str] | None = None, least_share: float = 0.0) -> Table:
    """Return :func:`look_through` as a table, ready to be written."""
    rows = look_through(world, goods=goods, least_share=least_share)
    return tabulate("look_through", "Where supply comes from through the chain", rows, OriginShare)


def origin_shares(world: World, stage: str) -> NDArray[np.float64]:
    """Return who did a stage of the chain behind what each country buys.

    Args:
        world: the reference world.
        stage: a stage of the goods (``separation``).

    Returns:
        Shares (0 to 1) by good, buying country and country of origin; they sum to 1 over the origins, or are all 0
        where nothing of the stage is embodied.
    """
    n_goods, n_countries = len(world.goods), len(world.countries)
    flow = balances(world).flow
    arrivals = flow.sum(axis=1)
    mix = np.divide(flow, arrivals[:, None, :], out=np.zeros_like(flow), where=arrivals[:, None, :] > 0.0)
    made, pass_on, begin = _makers(world, stage)
    # Sellers are stacked as good x country; a maker's inputs come from the sellers its country buys from.
    size = n_goods * n_countries
    chain = np.zeros((n_goods, n_countries, n_goods, n_countries))
    direct = np.zeros((n_goods, n_countries, n_countries))
    for i in range(n_countries):
        weight = np.divide(1.0, made[:, i], out=np.zeros(n_goods), where=made[:, i] > 0.0)
        chain[:, i] = np.einsum("gh,hs->ghs", pass_on[i] * weight[:, None], mix[:, :, i])
        direct[:, i, i] = begin[:, i] * weight
    identity = np.eye(size)
    embodied = np.linalg.solve(identity - chain.reshape(size, size), direct.reshape(size, n_countries))
    bought = np.einsum("gij,gic->gjc", mix, embodied.reshape(n_goods, n_countries, n_countries))
    total = bought.sum(axis=2, keepdims=True)
    return np.divide(bought, total, out=np.zeros_like(bought), where=total > 0.0)


def _makers(world: World, stage: str) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return output [good, country], inputs passed on [country, output, input] and value begun [good, country]."""
    prices = np.array([good.price_usd_per_unit for good in world.goods])
    of_stage = np.array([good.stage == stage for good in world.goods])
    n_goods, n_countries = len(world.goods), len(world.countries)
    activities, reexport = world.activities, is_reexport(world)
    # Outputs and inputs are kept apart: a re-export has the same good on both sides, and would cancel out.
    outputs, inputs = np.zeros((len(activities.kind), n_goods)), np.zeros((len(activities.kind), n_goods))
    entries = (activities.entry_activity, activities.entry_good)
    np.add.at(outputs, entries, np.maximum(activities.entry_amount, 0.0))
    np.add.at(inputs, entries, np.maximum(-activities.entry_amount, 0.0))
    output, begin = np.zeros((n_goods, n_countries)), np.zeros((n_goods, n_countries))
    passed = np.zeros((n_countries, n_goods, n_goods))
    for k, (i, level) in enumerate(zip(activities.country, activities.level_per_month, strict=True)):
        made, used = outputs[k], inputs[k]
        begins = of_stage & (not reexport[k])
        output[:, i] += level * made
        begin[:, i] += np.where(begins, level * made * prices, 0.0)
        value = float(made @ prices)
        if value > 0.0:
            goes_on = np.where(begins, 0.0, level * made * prices / value)
            passed[i] += np.outer(goes_on, used)
    return output, passed, begin
