"""N-1 coverage in 2035, as the International Energy Agency printed it and as far as its published tables allow.

Printed (Global Critical Minerals Outlook 2025, stated policies, as reported): graphite and rare earths 35 to 40 %,
nickel below 55 %, lithium and cobalt 65 %. Its tables give refining by country and demand of the world; demand inside
the largest supplier is missing. So the value cannot be reproduced: what is tested is which bounds the tables leave.
"""

from __future__ import annotations

import pytest

from chokepoint.exposure.indices import coverage_bounds, demand_behind
from chokepoint.sources.iea_gcmo import load_demand, load_supply
from tests.data.shared import SHARED, needs_shared, rows

OTHERS = "Rest of world"
# mineral: (printed low, printed high), (lower bound, bound without net imports of the first), first
TABLE = {
    "Lithium": ((0.65, 0.65), (0.258, 0.435), "China"),
    "Cobalt": ((0.65, 0.65), (0.240, 1.062), "China"),
    "Nickel": ((0.0, 0.55), (0.464, 0.772), "Indonesia"),
    "Rare Earth Elements": ((0.35, 0.40), (0.200, 0.523), "China"),
}


def refining_and_demand(mineral: str):
    """Return refining by country, that of all others, and demand. Others are the printed total less the named.

    The row of the others is not used: for nickel it holds Canada a second time, for graphite Germany.
    """
    table = SHARED / "data" / "iea_supply_by_country_2024_2040.csv"
    supply = {
        each.country: each.kilotonnes
        for each in load_supply(table, mineral, 2035)
        if each.of == "refining" and each.country != OTHERS
    }
    (total,) = (
        float(row["2035"])
        for row in rows(table)
        if (row["mineral"], row["stage"], row["country"]) == (mineral, "refining", "Total")
    )
    sectors = load_demand(SHARED / "data" / "iea_demand_by_sector_2024_2050.csv", mineral, 2035, "STEPS")
    return supply, total - sum(supply.values()), sum(each.kilotonnes for each in sectors)


@needs_shared
@pytest.mark.parametrize("mineral", TABLE)
def test_the_printed_coverage_lies_within_what_the_tables_allow(mineral):
    (low, high), (least, most), first = TABLE[mineral]
    supply, rest, demand = refining_and_demand(mineral)
    bounds = coverage_bounds(supply, demand, rest=rest)
    assert bounds.reason == f"demand of {first} is not published"
    assert (bounds.low, bounds.high) == (pytest.approx(least, abs=5e-4), pytest.approx(most, abs=5e-4))
    assert high >= bounds.low
    for printed in (low, high):
        if printed >= bounds.low:
            assert 0.0 <= demand_behind(supply, demand, printed, rest=rest) < demand


@needs_shared
@pytest.mark.parametrize(("mineral", "country"), [("Nickel", "Canada"), ("Graphite", "Germany")])
def test_the_agency_counts_a_country_among_the_others_again(mineral, country):
    table = load_supply(SHARED / "data" / "iea_supply_by_country_2024_2040.csv", mineral, 2035)
    refining = {each.country: each.kilotonnes for each in table if each.of == "refining"}
    _, rest, _ = refining_and_demand(mineral)
    assert refining[OTHERS] - rest == pytest.approx(refining[country], rel=1e-9)


@needs_shared
def test_the_printed_coverage_of_lithium_means_that_china_buys_more_than_it_refines():
    supply, rest, demand = refining_and_demand("Lithium")
    implied = demand_behind(supply, demand, 0.65, rest=rest)
    assert implied == pytest.approx(418.7, abs=0.1)
    assert implied > supply["China"]


@needs_shared
def test_graphite_cannot_be_compared_since_demand_counts_synthetic_graphite_and_refining_does_not_meet_it():
    supply, rest, demand = refining_and_demand("Graphite")
    assert demand > 2 * (sum(supply.values()) + rest)
    assert coverage_bounds(supply, demand, rest=rest).low == pytest.approx(0.063, abs=5e-4)
    assert demand_behind(supply, demand, 0.40, rest=rest) / demand == pytest.approx(0.842, abs=5e-4)
