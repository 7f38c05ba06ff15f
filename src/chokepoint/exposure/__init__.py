"""Who depends on whom, and what that means for a position of one's own."""

from chokepoint.exposure.assumptions import Assumptions
from chokepoint.exposure.complete_stop import YEARS, StopByYear, stop_by_year, stop_table
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
from chokepoint.exposure.indicator import Indicator, Missing, Part
from chokepoint.exposure.look_through import OriginShare, look_through, look_through_table, origin_shares
from chokepoint.exposure.of_country import Answer, of_country
from chokepoint.exposure.of_world import of_world
from chokepoint.exposure.over_time import over_time
from chokepoint.exposure.own_suppliers import own_suppliers
from chokepoint.exposure.picture import Picture, picture_of
from chokepoint.exposure.place import Elasticity
from chokepoint.exposure.position_dates import LineExposure, position_dates, position_table
from chokepoint.exposure.squeeze import grips, joint
from chokepoint.exposure.stop import Shortage, stop_days
from chokepoint.exposure.third_country import DepositMarket, deposit_market

__all__ = [
    "YEARS",
    "Answer",
    "Assumptions",
    "DeliveryRatio",
    "Dependence",
    "DepositMarket",
    "Elasticity",
    "Indicator",
    "LineExposure",
    "MarketConcentration",
    "Missing",
    "OriginShare",
    "Part",
    "Picture",
    "Shortage",
    "StopByYear",
    "SupplyShare",
    "concentration",
    "concentration_tables",
    "cover",
    "delivery_ratio",
    "dependence",
    "deposit_market",
    "grips",
    "independence",
    "independence_tables",
    "joint",
    "look_through",
    "look_through_table",
    "of_country",
    "of_world",
    "origin_shares",
    "over_time",
    "own_suppliers",
    "parties_outside",
    "picture_of",
    "position_dates",
    "position_table",
    "stop_by_year",
    "stop_days",
    "stop_table",
    "supply_shares",
]
