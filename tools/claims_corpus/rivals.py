"""Find other figures on record that a stated figure agrees with: of another year, or of another stage.

A sentence called contradicted must agree with none of them; one called outdated may be of another stage too.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from claims_corpus import evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims_corpus.shelf import Fact, Shelf

STAGED = {
    "lithium": "Lithium",
    "cobalt": "Cobalt",
    "nickel": "Nickel",
    "graphite": "Graphite",
    "copper": "Copper",
    "rare_earths": "Rare Earth Elements",
}
BGS = {"CHN": "CN", "IDN": "ID", "USA": "US"}
IEA = {
    "CHN": "China",
    "IDN": "Indonesia",
    "AUS": "Australia",
    "CHL": "Chile",
    "USA": "United States",
    "COD": "Democratic Republic of Congo",
}
DETAILS = (
    "",
    "metal",
    "dioxide",
    "Flake",
    "spot",
    "LME",
    "Western",
    "European",
    "metric_ton",
    "pound",
    "Neodymium_oxide",
)


YEARS = ("2021", "2022", "2023", "2024", "2025")


def words(mineral: str, country: str) -> Iterator[str]:
    """Yield every word under which the files may hold a figure of the mineral in the country."""
    here = f"{mineral}/{country}"
    yield from (f"{kind}/{here}/{year}" for kind, year in product(("p26", "s26"), ("2024", "2025")))
    yield from (f"{kind}/{here}/2025" for kind in ("r26", "rs26", "c26"))
    yield from (f"{kind}/{here}/{year}" for kind, year in product(("m25", "s25"), ("2023", "2024", "reserves")))
    yield from (f"price/{mineral}/USA/{year}/{detail}".rstrip("/") for year, detail in product(YEARS, DETAILS))
    yield from (f"nir/{mineral}/USA/{year}" for year in YEARS)
    yield from more_words(mineral, country)


def more_words(mineral: str, country: str) -> Iterator[str]:
    """Yield the words that only some minerals or countries have."""
    if mineral == "copper":
        yield from words("copper_refined", country)
    if mineral == "rare_earths":
        yield from (f"{kind}/{country}/{year}" for kind, year in product(("myb", "smyb"), range(2018, 2023)))
    if mineral in STAGED and country in IEA:
        for stage in ("mining", "refining"):
            yield f"iea/{STAGED[mineral]}/{stage}/{IEA[country]}".replace(" ", "_")
    if country in BGS:
        yield from (f"bgs/{mineral}/{BGS[country]}/{year}" for year in range(2000, 2025))
    if country == "CHN":
        yield f"eu/{mineral}/CHN"


@cache
def facts(shelf: Shelf, mineral: str, country: str) -> list[Fact]:
    """Read every figure on record for the mineral in the country."""
    found: list[Fact] = []
    for word in words(mineral, country):
        try:
            found.append(evidence.look_up(shelf, word))
        except (LookupError, ValueError, StopIteration):
            continue
    return found


def place_of(word: str) -> tuple[str, str] | None:
    """Read mineral and country out of an evidence word, where it has them."""
    kind, *rest = word.split("/")
    if kind in {"p26", "s26", "r26", "rs26", "c26", "m25", "s25", "price", "nir"}:
        return rest[0].removesuffix("_refined"), rest[1]
    return ("rare_earths", rest[0]) if kind in {"myb", "smyb"} else None
