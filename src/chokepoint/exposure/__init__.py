"""Who depends on whom, and what that means for a position of one's own."""

from chokepoint.exposure.assumptions import Assumptions
from chokepoint.exposure.complete_stop import StopByYear, stop_by_year, stop_table
from chokepoint.exposure.concentration import (
    Dependence,
    MarketConcentration,
    SupplyShare,
    concentration,
    concentration_tables,
    dependence,
    supply_shares,
)
from chokepoint.exposure.deliveries import DeliveryRatio, delivery_ratio
from chokepoint.exposure.independence import cover, independence, independence_tables, parties_outside
from chokepoint.exposure.look_through import OriginShare, look_through, look_through_table, origin_shares
from chokepoint.exposure.position_dates import LineExposure, position_dates, position_table
from chokepoint.exposure.stop import Shortage, stop_days

__all__ = [
    "Assumptions",
    "DeliveryRatio",
    "Dependence",
    "LineExposure",
    "MarketConcentration",
    "OriginShare",
    "Shortage",
    "StopByYear",
    "SupplyShare",
    "concentration",
    "concentration_tables",
    "cover",
    "delivery_ratio",
    "dependence",
    "independence",
    "independence_tables",
    "look_through",
    "look_through_table",
    "origin_shares",
    "parties_outside",
    "position_dates",
    "position_table",
    "stop_by_year",
    "stop_days",
    "stop_table",
    "supply_shares",
]
