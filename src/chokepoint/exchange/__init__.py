"""Problems in the formats of the field: Gambit's games out, GENIUS and NegMAS domains in and out."""

from chokepoint.exchange.gambit import extensive_form, strategic_form
from chokepoint.exchange.genius import GeniusSpace, genius_files, space_of
from chokepoint.exchange.genius_reading import read_genius
from chokepoint.exchange.solve import SolvedDomain, solve_domain

__all__ = [
    "GeniusSpace",
    "SolvedDomain",
    "extensive_form",
    "genius_files",
    "read_genius",
    "solve_domain",
    "space_of",
    "strategic_form",
]
