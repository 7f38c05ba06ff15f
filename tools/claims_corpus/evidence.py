"""Turn a short word of a draft, ``p26/rare_earths/CHN/2024``, into a figure read from the publishers' files.

A figure keeps where it stands (file, columns, row), so that a test can look it up again.
"""

from __future__ import annotations

from claims_corpus.shelf import Fact, Shelf, divided, grown, mcs25, usgs
from claims_corpus.small_tables import READERS

STATISTICS = {"p26": "Production", "r26": "Reserves", "c26": "Capacity", "price": "Price", "nir": "Net import reliance"}
SHARES = {"s26": "Production", "rs26": "Reserves"}


def look_up(shelf: Shelf, word: str) -> Fact:
    """Read what one word of a draft points to.

    Raises:
        LookupError: where the files hold no such figure, or several.
    """
    kind, *rest = word.split("/")
    if kind in STATISTICS:
        mineral, country, year, *detail = rest
        detail = detail or (["Compounds"] if kind == "nir" and mineral == "rare_earths" else [])
        found = usgs(shelf, STATISTICS[kind], mineral, country, year, *(part.replace("_", " ") for part in detail))
    elif kind in SHARES:
        mineral, country, year = rest
        top, whole = (usgs(shelf, SHARES[kind], mineral, place, year) for place in (country, "WLD"))
        found = divided(top, whole)
    elif kind == "y26":
        mineral, country, before, after = rest
        found = grown(*(usgs(shelf, "Production", mineral, country, year) for year in (before, after)))
    elif kind == "m25":
        found = mcs25(shelf, *rest)
    elif kind == "s25":
        found = divided(mcs25(shelf, *rest), mcs25(shelf, rest[0], "WLD", rest[2]))
    else:
        found = READERS[kind](shelf, *rest)
    return {"key": word, **found}
