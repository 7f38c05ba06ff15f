"""Who else could deliver: the exporter whose shipments to a country suffer least."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.exposure.deliveries import REST
from chokepoint.records.position import Supplier

if TYPE_CHECKING:
    from chokepoint.exposure.deliveries import DeliveryRatio
    from chokepoint.records.position import PositionLine
    from chokepoint.world import World


def second_source(
    line: PositionLine, ratio: DeliveryRatio, world: World, share: float
) -> tuple[str | None, PositionLine | None]:
    """Return the best other exporter, and the line with that exporter covering a share of its need.

    The user's own choice (``replacement_country``) comes first. Otherwise it is, among the countries that already
    ship the good there and sell abroad at least what the share asks for, the one that keeps most of its deliveries on
    average over cases and months; the larger lane where two keep as much. Deliveries above the usual count as usual.
    The rest of the world is no address and never chosen. Everybody else's share shrinks in proportion.

    Args:
        line: a line of the position.
        ratio: the simulated deliveries.
        world: the reference world.
        share: what the second source covers of the need (0 to 1).

    Returns:
        The country and the changed line, or None twice when nobody qualifies.
    """
    country = line.replacement_country or _best(line, ratio, world, share * line.need_t_per_month)
    if country is None:
        return None, None
    kept = tuple(replace(each, share=each.share * (1.0 - share)) for each in line.suppliers)
    return country, replace(line, suppliers=(*kept, Supplier(country=country, share=share)))


def _best(line: PositionLine, ratio: DeliveryRatio, world: World, least: float) -> str | None:
    lanes, good = world.lanes, world.good_index(line.good)
    home = line.home if line.home in world.countries else REST
    if home not in world.countries:
        return None
    there, ships = world.country_index(home), lanes.flow_per_month > 0.0
    of_good = (lanes.good == good) & ships
    known = {each.country for each in line.suppliers} | {REST}
    found: list[tuple[float, float, str]] = []
    for number in np.flatnonzero(of_good & (lanes.importer == there)):
        exporter = int(lanes.exporter[number])
        name = world.countries[exporter]
        abroad = of_good & (lanes.exporter == exporter) & ((lanes.importer != exporter) | (lanes.importer == there))
        if name in known or float(lanes.flow_per_month[abroad].sum()) < least:
            continue
        kept = float(np.minimum(ratio(line.good, name, line.home), 1.0).mean())
        found.append((kept, float(lanes.flow_per_month[number]), name))
    return max(found)[2] if found else None
