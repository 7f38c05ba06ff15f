"""What a Newton step aims at: the imbalances as they are or, far from balance, in logs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from chokepoint.market.compiled import inner

if TYPE_CHECKING:
    from chokepoint.market.arrays import Net, Terms
    from chokepoint.market.state import Work
    from chokepoint.market.system import System

LEAST_STRETCH, MOST_STRETCH = 1e-4, 1e4
NEGLIGIBLE = 1e-3


@inner
def log_stretch(supply: float, demand: float, supply_slope: float, demand_slope: float) -> float:
    """Return by how much a step on two near-exponential curves should be stretched.

    Newton's step on ``supply - demand`` is ``(s - d) / (s' + d')``; if both are exponentials, the exact one is
    ``ln(s / d) / (s'/s + d'/d)``. Near balance the two agree, so quadratic convergence is kept.
    """
    if supply <= 0.0 or demand <= 0.0 or supply_slope + demand_slope <= 0.0:
        return 1.0
    gap = supply - demand
    if abs(gap) <= NEGLIGIBLE * demand:
        return 1.0
    slope = supply_slope / supply + demand_slope / demand
    stretch = math.log(supply / demand) / slope * (supply_slope + demand_slope) / gap
    return min(max(stretch, LEAST_STRETCH), MOST_STRETCH)


@inner
def sum_slopes(net: Net, work: Work, system: System) -> None:
    """Fill how shipments and output of sellers, and inputs at buyers, answer prices."""
    system.pulled[:] = 0.0
    system.answering[:] = 0.0
    system.eating[:] = 0.0
    for lane in range(net.lane_seller.size):
        system.pulled[net.lane_seller[lane]] += work.interior[lane]
    for activity in range(work.level.size):
        for entry in range(net.entry_start[activity], net.entry_start[activity + 1]):
            bent = work.level_slope[activity] * net.entry_amount[entry] ** 2
            if net.entry_amount[entry] > 0.0:
                system.answering[net.entry_node[entry]] += bent
            else:
                system.eating[net.entry_node[entry]] += bent


@inner
def aim(net: Net, terms: Terms, work: Work, system: System, in_logs: int) -> None:
    """Fill the right-hand sides: minus the imbalances, stretched where they are taken in logs."""
    sum_slopes(net, work, system)
    for node in range(work.price.size):
        system.step[node] = -work.over[node]
        if in_logs and node < net.sellers:
            shipped = work.shipped[node]
            stretch = log_stretch(shipped + work.over[node], shipped, system.answering[node], system.pulled[node])
            system.step[node] *= stretch
    for buyer in range(work.delivered.size):
        system.delivered_step[buyer] = -work.short[buyer]
        if in_logs:
            supply = work.arrived[buyer] + terms.opening[buyer]
            depth = work.arrived[buyer] - work.pull_slope[buyer] * work.nested[buyer]
            rising = work.pull_slope[buyer] * work.arrived[buyer] / depth if depth > 0.0 else 0.0
            falling = work.take_slope[buyer] + system.eating[buyer]
            system.delivered_step[buyer] *= log_stretch(supply, supply - work.short[buyer], rising, falling)
