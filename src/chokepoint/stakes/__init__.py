"""What it costs whom: books that close, losses by country and component, the two prices."""

from chokepoint.stakes.books import Books, identity_gap, keep_books, prices_gap
from chokepoint.stakes.by_actor import activities_of, gains_of, turnover_of, uses_of
from chokepoint.stakes.weigh import Stakes, delivered_paid, weigh

__all__ = [
    "Books",
    "Stakes",
    "activities_of",
    "delivered_paid",
    "gains_of",
    "identity_gap",
    "keep_books",
    "prices_gap",
    "turnover_of",
    "uses_of",
    "weigh",
]
