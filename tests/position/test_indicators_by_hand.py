"""Exposure indicators on amounts that can be worked out on paper, and what holds for all of them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chokepoint.exposure.geopolitical_risk import geopolitical_risk, import_risk
from chokepoint.exposure.indicator import Indicator, Missing
from chokepoint.exposure.indices import (
    concentration_index,
    coverage_without_first,
    governance_index,
    hirschman_index,
    months_of_cover,
    net_import_reliance,
    top_share,
    weight_of_one,
    weight_of_ten,
)
from chokepoint.exposure.rank import beside
from chokepoint.exposure.static_power import Purchase, joint_power, power_by_member, static_power
from chokepoint.exposure.supply_risk_eu import Sourcing, economic_importance, supply_risk, supply_risk_of_stage

CODES = ("AUS", "CHN", "COD", "IDN", "RUS", "USA", "ZAF")
amounts = st.dictionaries(st.sampled_from(CODES), st.floats(1e-3, 1e9), min_size=1)
weights = st.fixed_dictionaries({code: st.floats(0.0, 10.0) for code in CODES})
HALF = {"CHN": 50.0, "AUS": 30.0, "USA": 20.0}


def taken_apart(found: Indicator | Missing) -> float:
    """Return the value, having seen that its parts add up to it and that it lies within its bounds."""
    assert isinstance(found, Indicator)
    assert math.fsum(part.value for part in found.parts) == found.value
    assert found.low <= found.value <= found.high
    return found.value


@given(amounts, weights, st.floats(0.0, 1e6))
def test_the_parts_of_every_indicator_add_up_to_it_exactly(made, weight, rest):
    concentration = concentration_index(made, rest=rest)
    total = math.fsum(made.values()) + rest
    assert taken_apart(concentration) == pytest.approx(sum((each / total) ** 2 for each in made.values()), rel=1e-12)
    by_hand = sum((made[code] / total) ** 2 * weight[code] for code in made)
    assert taken_apart(governance_index(made, weight, rest=rest)) == pytest.approx(by_hand, rel=1e-12)
    whole = sum(made.values())
    squares = sum((each / whole) ** 2 for each in made.values())
    assert taken_apart(hirschman_index(made)) == pytest.approx(100 * math.sqrt(squares), rel=1e-12)
    assert taken_apart(top_share(made, 3, rest=rest)) == pytest.approx(sum(sorted(made.values())[-3:]) / total)
    risk = import_risk(made, {code: each / 10 for code, each in weight.items()}, rest)
    taken_apart(risk)
    taken_apart(geopolitical_risk(concentration, risk))
    taken_apart(net_import_reliance(made, {}, rest))
    taken_apart(coverage_without_first(made, 2 * total, 0.0, rest=rest))
    taken_apart(months_of_cover(made, total))


@given(amounts, amounts, weights, st.floats(0.0, 1.0), st.floats(0.0, 0.9))
def test_the_parts_of_supply_risk_add_up_to_it_exactly(world, own, weight, reliance, recycling):
    sourcing = Sourcing(
        stage="refining", world=world, own=own, import_reliance=reliance, recycling=recycling, substitution=0.9
    )
    found = supply_risk_of_stage(sourcing, weight, {"CHN": 1.3})
    tied = {code: each * (1.3 if code == "CHN" else 1.0) for code, each in weight.items()}
    both = [sum((v / sum(each.values())) ** 2 * tied[code] for code, v in each.items()) for each in (world, own)]
    by_hand = (both[0] * reliance / 2 + both[1] * (1 - reliance / 2)) * (1 - recycling) * 0.9
    assert taken_apart(found) == pytest.approx(by_hand, rel=1e-12)
    assert supply_risk({"refining": found}) == found


def test_what_is_not_told_apart_widens_the_range_and_never_lowers_the_upper_end():
    found = concentration_index(HALF, rest=100.0)
    assert taken_apart(found) == pytest.approx(0.38 / 4)
    assert found.high == pytest.approx(0.38 / 4 + 0.25)
    first = top_share({"CHN": 30.0, "AUS": 20.0}, 1, rest=50.0)
    assert (taken_apart(first), first.high) == (pytest.approx(0.3), pytest.approx(0.5))


def test_a_country_without_a_governance_estimate_is_not_a_well_governed_one():
    found = governance_index(HALF, {"CHN": 6.0, "USA": 2.0})
    assert isinstance(found, Missing)
    assert "AUS" in found.reason
    known = 0.25 * 6.0 + 0.04 * 2.0
    assert (found.low, found.high) == (pytest.approx(known), pytest.approx(known + 0.9))
    risk = import_risk(HALF, {"CHN": 0.6, "USA": 0.2}, 0.0)
    assert isinstance(risk, Missing)
    assert (risk.low, risk.high) == (pytest.approx(0.34), pytest.approx(0.64))
    score = geopolitical_risk(concentration_index(HALF), risk)
    assert isinstance(score, Missing)
    assert score.high == pytest.approx(0.38 * 0.64)


def test_governance_is_weighed_on_fixed_bounds():
    assert [weight_of_ten(g) for g in (2.5, 0.0, -2.5, -3.1)] == [0.0, 5.0, 10.0, 10.0]
    assert [weight_of_one(g) for g in (2.5, 0.0, -2.5)] == [0.0, 0.5, 1.0]


def test_nothing_made_has_no_concentration_instead_of_none():
    for found in (concentration_index({}), governance_index({}, {}), hirschman_index({}), top_share({"CHN": 0.0}, 1)):
        assert isinstance(found, Missing)
        assert found.reason


def test_reliance_is_net_imports_over_what_is_used_and_negative_for_a_net_exporter():
    assert taken_apart(net_import_reliance({"CHN": 60.0}, {"DEU": 10.0}, 50.0)) == pytest.approx(0.5)
    seller = net_import_reliance({"CHN": 10.0}, {"CHN": 5.0, "DEU": 55.0}, 150.0)
    assert seller.value == pytest.approx(-0.5)
    assert seller.part("CHN") == pytest.approx(0.05)
    assert isinstance(net_import_reliance({}, {"CHN": 5.0}, 5.0), Missing)


def test_coverage_leaves_out_the_first_supplier_and_its_own_demand():
    found = coverage_without_first({"CHN": 70.0, "AUS": 20.0}, 100.0, 40.0, rest=10.0)
    assert taken_apart(found) == pytest.approx(0.5)
    assert (found.part("CHN"), found.part("AUS"), found.note) == (0.0, pytest.approx(1 / 3), "without CHN")
    assert isinstance(coverage_without_first({"CHN": 70.0}, 40.0, 40.0), Missing)


def test_a_joint_stop_is_more_than_its_members_stops_and_is_divided_by_their_shares():
    bought = Purchase(good="magnet", spending_share=0.05, elasticity=4.0, shares={"CHN": 0.6, "RUS": 0.3, "AUS": 0.1})
    alone = [taken_apart(static_power((bought,), code)) for code in ("CHN", "RUS")]
    together = taken_apart(joint_power((bought,), ("CHN", "RUS")))
    assert together > sum(alone)
    shares = power_by_member(bought, ("CHN", "RUS"))
    assert taken_apart(shares) == pytest.approx(together, rel=1e-15)
    assert shares.part("CHN") == pytest.approx(2 * shares.part("RUS"))


def test_a_supplier_of_everything_has_no_finite_power_and_that_is_said():
    bought = (
        Purchase(good="magnet", spending_share=0.05, elasticity=4.0, shares={"CHN": 1.0}),
        Purchase(good="oxide", spending_share=0.05, elasticity=4.0, shares={"CHN": 0.5}),
    )
    found = static_power(bought, "CHN")
    assert isinstance(found, Missing)
    assert "magnet" in found.reason
    assert found.low == pytest.approx(0.01155, abs=1e-5)


def test_the_stage_at_most_risk_decides_and_an_unknown_stage_is_never_a_safe_one():
    def stage(name, share, **changes):
        given = {"own": {}, "import_reliance": 1.0, "recycling": 0.0, "substitution": 1.0}
        supply = {"CHN": share, "AUS": 1 - share}
        return supply_risk_of_stage(Sourcing(stage=name, world=supply, **(given | changes)), changes.get("w", WEIGHTS))

    mining, refining = stage("mining", 0.5), stage("refining", 0.9)
    assert supply_risk({"mining": mining, "refining": refining}).note.startswith("refining")
    unknown = supply_risk_of_stage(
        Sourcing(
            stage="refining",
            world={"CHN": 0.9, "PRK": 0.1},
            own={},
            import_reliance=None,
            recycling=0.0,
            substitution=1.0,
        ),
        WEIGHTS,
    )
    found = supply_risk({"mining": mining, "refining": unknown})
    assert isinstance(found, Missing)
    assert "PRK" in found.reason
    assert found.low >= mining.value
    nowhere = supply_risk_of_stage(
        Sourcing(stage="refining", world={}, own={}, import_reliance=None, recycling=0.0, substitution=1.0), WEIGHTS
    )
    assert "not counted: refining" in supply_risk({"mining": mining, "refining": nowhere}).note


WEIGHTS = {"CHN": 5.0, "AUS": 1.0}


def test_importance_is_scaled_by_the_largest_sector_and_needs_every_sectors_value_added():
    found = economic_importance({"cars": 0.75, "drugs": 0.25}, {"cars": 200.0, "drugs": 100.0, "steel": 400.0}, 0.8)
    assert taken_apart(found) == pytest.approx((0.75 * 200 + 0.25 * 100) * 0.8 * 10 / 400)
    missing = economic_importance({"cars": 0.75, "drugs": 0.25}, {"cars": 200.0}, 0.8)
    assert isinstance(missing, Missing)
    assert "drugs" in missing.reason


def test_two_orders_are_compared_on_what_both_rank_and_the_rest_is_named():
    found = beside(("Sm", "Rh", "Lu", "Tb", "Dy"), {"Sm": 5.0, "Lu": 2.0, "Tb": 3.0, "Ga": 9.0})
    assert found.compared == ("Sm", "Lu", "Tb")
    assert (found.ours, found.missing) == ((1.0, 3.0, 2.0), ("Rh", "Dy"))
    assert found.correlation == pytest.approx(0.5)
    assert beside(("Sm", "Rh", "Lu"), {"Sm": 1.0, "Rh": 1.0, "Lu": 1.0}).correlation is None
    assert beside(("Sm", "Rh"), {"Sm": 1.0, "Rh": 2.0}).correlation is None
