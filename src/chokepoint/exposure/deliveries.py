"""How much of what a supplier used to ship to a country still arrives, case by case and month by month."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from chokepoint.world import World

DeliveryRatio = Callable[[str, str, str], NDArray[np.float64]]
"""Good, exporter and home -> ratio [case, month] of the lane's flow to its flow without the measure."""

REST = "ROW"
LEAST_FLOW = 1e-9
"""A lane with less than this share of its reference flow left without the measure says nothing about the measure."""


def delivery_ratio(world: World, flow: NDArray[np.float64], flow_without: NDArray[np.float64]) -> DeliveryRatio:
    """Return the deliveries of a simulated branch against the run without the measure, lane by lane.

    Args:
        world: the reference world; a country it does not name is part of its rest of the world.
        flow: simulated flows [case, month, lane], in the order of ``world.lanes``.
        flow_without: the same cases and months without the measure.

    Returns:
        A function of good, exporter and home that gives ratios [case, month]; 1 where there is no such lane.

    Raises:
        ValueError: the two runs differ in cases, months or lanes.
    """
    if flow.shape != flow_without.shape:
        message = f"the two runs differ: {flow.shape} against {flow_without.shape} cases, months and lanes"
        raise ValueError(message)
    goods = [good.code for good in world.goods]
    names = world.countries
    lanes = {
        (goods[good], names[exporter], names[importer]): number
        for number, (good, exporter, importer) in enumerate(
            zip(world.lanes.good, world.lanes.exporter, world.lanes.importer, strict=True)
        )
    }

    def ratio(good: str, exporter: str, home: str) -> NDArray[np.float64]:
        key = (good, exporter if exporter in names else REST, home if home in names else REST)
        lane = lanes.get(key)
        nothing = np.ones(flow.shape[:2])
        if lane is None:
            return nothing
        least = LEAST_FLOW * float(world.lanes.flow_per_month[lane])
        usual = flow_without[:, :, lane]
        return np.divide(flow[:, :, lane], usual, out=nothing, where=usual > least)

    return ratio
