"""The bundle of facts: what publishers say of each mineral, with source, grade and range; missing with a reason."""

from chokepoint.facts.bundle import Facts, gather
from chokepoint.facts.mineral import Mineral, TradeCode
from chokepoint.facts.missing import REST
from chokepoint.facts.own import with_own
from chokepoint.facts.reading import load_facts
from chokepoint.facts.trade import Trade, Trading, read_trade
from chokepoint.sources.fact import COLUMNS

__all__ = [
    "COLUMNS",
    "REST",
    "Facts",
    "Mineral",
    "Trade",
    "TradeCode",
    "Trading",
    "gather",
    "load_facts",
    "read_trade",
    "with_own",
]
