"""Who depends on whom, and what that means for a position of one's own."""

from chokepoint.exposure.assumptions import Assumptions
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
    "SupplyShare",
    "concentration",
    "concentration_tables",
    "delivery_ratio",
    "dependence",
    "look_through",
    "look_through_table",
    "origin_shares",
    "position_dates",
    "position_table",
    "stop_days",
    "supply_shares",
]
