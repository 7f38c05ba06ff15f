"""What it costs whom: books that close, losses by country and component, the two prices."""

from chokepoint.stakes.books import Books, identity_gap, keep_books, prices_gap
from chokepoint.stakes.weigh import Stakes, delivered_paid, weigh

__all__ = ["Books", "Stakes", "delivered_paid", "identity_gap", "keep_books", "prices_gap", "weigh"]
