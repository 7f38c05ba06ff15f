"""Facts on strelsium, an invented mineral of Ruritania, and its host zendite."""

from __future__ import annotations

from chokepoint.facts import Mineral, gather
from chokepoint.sources.fact import Fact

STRELSIUM = Mineral(
    code="strelsium",
    name="Strelsium",
    symbol="Sr2",
    aliases=("streletz ore",),
    stages=("mining", "refining"),
    hosts=("zendite",),
)
ZENDITE = Mineral(code="zendite", name="Zendite", symbol="Ze", aliases=(), stages=("mining",))
MINERALS = {each.code: each for each in (STRELSIUM, ZENDITE)}


def fact(country, value, **changed):
    """Return output of strelsium from the mine in 1894, changed in some fields."""
    fields = {
        "mineral": "strelsium",
        "stage": "mining",
        "measure": "production",
        "year": 1894,
        "unit": "t/yr",
        "basis": "contained",
        "low": None,
        "high": None,
        "source": "almanac",
        "grade": "A",
        "reason": "",
    }
    return Fact(country=country, value=value, **(fields | changed))


def bundle(*facts, own=()):
    """Put facts together."""
    return gather(MINERALS, facts, own)
