"""The kinds of measure a state can take; a new kind is one frozen class with one method."""

from chokepoint.instruments.bans_quotas_duties import Ban, Duty, Quota
from chokepoint.instruments.closure import Closure
from chokepoint.instruments.conditions import Conditions, Instrument, free_conditions, free_trade
from chokepoint.instruments.licence import Licence, Relief
from chokepoint.instruments.precaution import Precaution

__all__ = [
    "Ban",
    "Closure",
    "Conditions",
    "Duty",
    "Instrument",
    "Licence",
    "Precaution",
    "Quota",
    "Relief",
    "free_conditions",
    "free_trade",
]
