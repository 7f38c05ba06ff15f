import math

import pytest

from chokepoint.exposure import (
    concentration,
    concentration_tables,
    dependence,
    look_through,
    look_through_table,
    origin_shares,
    supply_shares,
)
from chokepoint.exposure.of_world import of_world
from tests.position.small_world import CHAIN, build


def row(rows, **wanted):
    (found,) = [each for each in rows if all(getattr(each, key) == value for key, value in wanted.items())]
    return found


def test_the_concentration_of_a_stage_counts_what_is_made_not_what_is_sold_on():
    magnets = row(concentration(CHAIN), good="magnet")
    assert (magnets.production_per_month, magnets.producers) == (100.0, 2)
    assert magnets.hhi_of_production == pytest.approx(0.5)
    mining = row(concentration(CHAIN), good="concentrate")
    assert mining.hhi_of_production == pytest.approx(0.6**2 + 0.4**2)
    assert (mining.first_producer, mining.first_producer_share) == ("A", 0.6)
    assert (mining.first_exporter, mining.first_exporter_share, mining.exports_per_month) == ("B", 1.0, 30.0)


def test_exports_count_what_is_sold_on():
    magnets = row(supply_shares(CHAIN), good="magnet", country="C")
    assert (magnets.production_per_month, magnets.exports_per_month) == (50.0, 10.0)
    assert magnets.share_of_exports == pytest.approx(10 / 35)


def test_reliance_on_imports_is_net_imports_over_the_need():
    magnets = row(dependence(CHAIN), good="magnet", country="C")
    assert magnets.need_per_month == 65.0
    assert magnets.import_reliance == pytest.approx((25 - 10) / 65)
    assert (magnets.first_supplier, magnets.first_supplier_share) == ("C", pytest.approx(45 / 70))
    assert magnets.hhi_of_supply == pytest.approx((25 / 70) ** 2 + (45 / 70) ** 2)
    assert magnets.hhi_of_imports == 1.0
    assert row(dependence(CHAIN), good="oxide", country="C").import_reliance == 1.0
    assert row(dependence(CHAIN), good="oxide", country="A").import_reliance == 0.0


def test_a_country_that_needs_nothing_of_a_good_is_left_out():
    assert not [
        each for each in dependence(CHAIN) if each.country == "ROW" or (each.good, each.country) == ("oxide", "B")
    ]


def test_looked_through_the_chain_the_shares_are_those_worked_out_by_hand():
    magnets = [each for each in look_through(CHAIN) if (each.good, each.country) == ("magnet", "C")]
    made = {(each.stage, each.origin): each.share for each in magnets}
    # Of C's 70 magnets 25 are A's; of the 55 it offers 5 were bought: b = (25 + 45 * 5 b / 55) / 70.
    assert made["magnets", "A"] == pytest.approx(11 / 29)
    # Its own 50 hold oxide of A (40) and B (10): b = (25 + 45 * (40 + 5 b) / 55) / 70.
    assert made["separation", "A"] == pytest.approx(127 / 145)
    assert made["separation", "B"] == pytest.approx(18 / 145)
    # A third of the concentrate behind A's oxide was mined in B, and all behind B's.
    assert made["mining", "A"] == pytest.approx(127 / 145 * 2 / 3)
    assert made["mining", "B"] == pytest.approx(18 / 145 + 127 / 145 / 3)


def test_shares_by_origin_sum_to_one_or_to_nothing():
    for stage in ("mining", "separation", "magnets"):
        sums = origin_shares(CHAIN, stage).sum(axis=2)
        assert ((abs(sums - 1.0) < 1e-12) | (sums == 0.0)).all()
    assert origin_shares(CHAIN, "magnets")[0].sum() == 0.0


def test_goods_made_together_share_what_went_into_them_by_value():
    recipe = {"ore": (0.0, -1.0), "dear": (0.5, 0.0), "cheap": (0.5, 0.0)}
    goods = {
        "ore": ("mining", 1.0),
        "dear": ("separation", 3.0),
        "cheap": ("separation", 1.0),
        "magnet": ("magnets", 9.0),
    }
    world = build(
        goods,
        ["A", "B", "C"],
        lanes=[
            ("ore", "A", "A", 2.0),
            ("ore", "B", "B", 2.0),
            ("dear", "A", "C", 1.0),
            ("cheap", "B", "C", 1.0),
            ("magnet", "C", "C", 1.0),
        ],
        activities=[
            ("mine", "A", 2.0, {"ore": (1.0, 0.0)}),
            ("mine", "B", 2.0, {"ore": (1.0, 0.0)}),
            ("separation", "A", 2.0, recipe),
            ("separation", "B", 2.0, recipe),
            ("magnet_making", "C", 1.0, {"dear": (0.0, -1.0), "cheap": (0.0, -1.0), "magnet": (1.0, 0.0)}),
        ],
        uses=[("magnet", "C", 1.0)],
    )
    # One of dear holds 3/2 of ore, one of cheap 1/2.
    assert origin_shares(world, "mining")[3, 2].tolist() == pytest.approx([0.75, 0.25, 0.0])
    assert origin_shares(world, "separation")[3, 2].tolist() == pytest.approx([0.75, 0.25, 0.0])


def test_the_rows_can_be_narrowed_to_goods_and_to_large_origins():
    rows = look_through(CHAIN, goods=["magnet"], least_share=0.2)
    assert {each.good for each in rows} == {"magnet"}
    assert min(each.share for each in rows) >= 0.2


def test_the_indicators_come_as_tables_with_units():
    tables = (*concentration_tables(CHAIN), look_through_table(CHAIN))
    assert [table.name for table in tables] == ["concentration", "supply_shares", "dependence", "look_through"]
    units = {column.name: column.unit for column in tables[2].columns}
    assert (units["import_reliance"], units["hhi_of_supply"]) == ("share", "1")


def test_the_indicators_of_a_world_are_those_of_its_balances():
    found = {each.indicator: each.result for each in of_world(CHAIN, "C", {"C"}, goods=["magnet"])}
    assert found["hhi"].value == pytest.approx(0.5)
    assert found["net_import_reliance"].value == pytest.approx((25 - 10) / 65)
    assert found["import_top_1"].part("A") == 1.0
    # A makes as much as C and comes first; it needs 25 of the 100, and C's 50 are left for the other 75.
    assert found["n_minus_1"].value == pytest.approx(50 / 75)
    assert found["look_through_separation"].part("B") == pytest.approx(18 / 145)
    for each in found.values():
        assert math.fsum(part.value for part in each.parts) == each.value


def test_a_bloc_in_a_world_weighs_its_members_by_what_they_need():
    both = {each.indicator: each.result for each in of_world(CHAIN, "AC", {"A", "C"}, goods=["magnet"])}
    alone = {
        code: {each.indicator: each.result for each in of_world(CHAIN, code, {code}, goods=["magnet"])} for code in "AC"
    }
    need = {"A": 25.0, "C": 65.0}
    expected = sum(need[code] * alone[code]["look_through_mining"].part("B") for code in need) / 90.0
    assert both["look_through_mining"].part("B") == pytest.approx(expected, rel=1e-12)
    assert both["net_import_reliance"].value < 0.0


def test_a_country_a_world_does_not_tell_apart_has_reasons_and_no_values():
    found = {each.indicator: each.result for each in of_world(CHAIN, "ATL", {"ATL"}, goods=["magnet"])}
    assert "not told apart" in found["net_import_reliance"].reason
    assert found["look_through_mining"].reason
    assert found["hhi"].value == pytest.approx(0.5)
