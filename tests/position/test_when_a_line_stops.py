import datetime as dt

import numpy as np
import pytest

from chokepoint.exposure import Assumptions, delivery_ratio, position_dates, position_table, stop_days
from chokepoint.exposure.position_dates import break_even
from chokepoint.exposure.second_source import second_source
from chokepoint.provenance import Figure
from chokepoint.records.position import Position, PositionLine, Supplier
from tests.position.small_world import CHAIN

MONTHS_30 = np.full(6, 30.0)
LINE = PositionLine(
    line=2,
    name="Works",
    good="magnet",
    home="C",
    need_t_per_month=10.0,
    stock_t=12.0,
    suppliers=(Supplier(country="A", share=1.0),),
    months_to_replace=2.5,
    value_of_output_usd_per_t=1000.0,
    unit="t",
)
POSITION = Position(file="mine.csv", lines=(LINE,))


def stop(*ratios, stock=12.0, replace=np.inf, noticed=0.0):
    return stop_days(
        need=10.0,
        stock=stock,
        ratios=np.array(ratios)[:, :, None],
        shares=np.array([1.0]),
        months_to_replace=replace,
        days=MONTHS_30,
        noticed_share=noticed,
    )


def by_exporter(**ratios):
    """Return deliveries that are the given ratios [case][month] by exporter, 1 for all others."""
    shape = np.array(next(iter(ratios.values()))).shape
    return lambda _good, exporter, _home: np.array(ratios.get(exporter, np.ones(shape)), dtype=np.float64)


def test_full_deliveries_never_stop_a_line():
    short = stop([1.0] * 6, stock=0.0)
    assert (short.stop_day.tolist(), short.missing.tolist()) == ([np.inf], [0.0])


def test_a_stock_of_one_and_a_fifth_months_without_deliveries_lasts_thirty_six_days():
    short = stop([0.0] * 6)
    assert short.stop_day[0] == pytest.approx(36.0)
    assert short.missing[0] == pytest.approx(60.0 - 12.0)


def test_a_stock_runs_down_by_what_does_not_arrive_and_stops_within_the_month():
    # 8 a month are missing from the second month on: 12 last one and a half months, to day 30 + 45.
    short = stop([1.0] + [0.2] * 5)
    assert short.stop_day[0] == pytest.approx(75.0)
    assert short.missing[0] == pytest.approx(5 * 8.0 - 12.0)


def test_a_replacement_ends_the_shortage_in_the_middle_of_a_month():
    # Short from day 30, replaced 2.5 months later: 8 + 8 + 4 are missing, 12 of them in store.
    short = stop([1.0] + [0.2] * 5, replace=2.5)
    assert short.stop_day[0] == pytest.approx(75.0)
    assert short.missing[0] == pytest.approx(8.0)


def test_a_replacement_in_time_prevents_the_stop():
    short = stop([1.0] + [0.2] * 5, replace=1.5)
    assert (short.stop_day[0], short.missing[0]) == (np.inf, 0.0)


def test_a_line_without_stock_stops_on_the_first_day_of_the_shortage():
    assert stop([1.0, 1.0, 0.5, 1.0, 1.0, 1.0], stock=0.0).stop_day[0] == pytest.approx(60.0)


def test_what_arrives_above_the_need_refills_the_stock_up_to_what_it_was():
    # Down by 8 to 4, then up by 10 but not above 12; the last three months then miss 3 x 5 - 12.
    short = stop([0.2, 2.0, 1.0, 0.5, 0.5, 0.5])
    assert short.missing[0] == pytest.approx(3.0)


def test_a_gap_too_small_to_notice_is_lost_but_stops_nothing_and_starts_no_search():
    short = stop([0.995, 0.995, 0.0, 0.0, 0.0, 0.0], stock=0.0, replace=1.0, noticed=0.01)
    assert short.stop_day[0] == pytest.approx(60.0)
    assert short.missing[0] == pytest.approx(0.05 + 0.05 + 10.0)


def test_many_cases_at_once_are_the_same_as_one_by_one():
    random = np.random.default_rng(5)
    ratios = random.uniform(0.0, 1.3, size=(50, 6))
    together = stop(*ratios, replace=3.3, noticed=0.01)
    for case, ratio in enumerate(ratios):
        alone = stop(ratio, replace=3.3, noticed=0.01)
        assert alone.stop_day[0] == together.stop_day[case]
        assert alone.missing[0] == together.missing[case]


def test_more_stock_or_an_earlier_replacement_never_makes_a_line_miss_more():
    ratios = np.random.default_rng(6).uniform(0.0, 1.3, size=(200, 6))
    base = stop(*ratios, replace=3.0)
    for better in (stop(*ratios, stock=22.0, replace=3.0), stop(*ratios, replace=2.0)):
        assert (better.missing <= base.missing + 1e-12).all()
        assert (better.stop_day >= base.stop_day - 1e-12).all()


def test_suppliers_make_up_for_each_other_by_their_shares():
    short = stop_days(
        need=10.0,
        stock=0.0,
        ratios=np.array([[[0.5, 2.0], [0.5, 1.0]]]),
        shares=np.array([0.6, 0.4]),
        months_to_replace=np.inf,
        days=np.array([31.0, 30.0]),
    )
    # 0.6 x 0.5 + 0.4 x 2 = 1.1 covers the first month; 0.3 + 0.4 = 0.7 leaves 3 missing in the second.
    assert short.stop_day[0] == pytest.approx(31.0)
    assert short.missing[0] == pytest.approx(3.0)


def test_a_position_gets_dates_losses_and_remedies_for_each_branch():
    deliveries = {"none": by_exporter(A=[[1.0] * 6] * 4), "licences": by_exporter(A=[[1.0] + [0.2] * 5] * 4)}
    none, licences = position_dates(
        POSITION, deliveries, world=CHAIN, start="2025-04", assumptions=dict.fromkeys(deliveries, Assumptions())
    )
    assert (none.branch, none.chance_of_a_stop, none.median_stop, none.value_lost_usd) == ("none", 0.0, None, 0.0)
    assert (none.break_even_chance, none.pays_to_stock) == (None, False)
    assert licences.chance_of_a_stop == 1.0
    # May has 31 days: half of June after it, with 12 t for 8 t a month.
    assert licences.earliest_stop == licences.median_stop == licences.latest_stop == dt.date(2025, 6, 16)
    assert licences.value_lost_usd == pytest.approx(8_000.0)
    assert licences.months_of_cover == pytest.approx(1.2)
    # With 22 t in store nothing of the 20 t is missing; at 100 USD/t, 10 % a year, half a year: 50 USD.
    assert licences.month_of_stock_saves_usd == pytest.approx(8_000.0)
    assert licences.month_of_stock_costs_usd == pytest.approx(0.10 * 10 * 100 * 0.5)
    assert licences.break_even_chance == pytest.approx(50 / 8_000)
    assert licences.pays_to_stock
    # A replacement after 1.5 months leaves 12 t missing, all in store.
    assert licences.month_sooner_saves_usd == pytest.approx(8_000.0)
    # C itself covers a fifth: 6.4 a month for 2.5 months are 16, of which 12 in store.
    assert (licences.second_source, licences.second_source_saves_usd) == ("C", pytest.approx(4_000.0))


def test_the_range_of_dates_holds_four_cases_in_five_and_a_case_that_never_stops_is_latest():
    ratios = [[0.0] * 6] * 2 + [[1.0] + [0.0] * 5] * 5 + [[1.0] * 6] * 3
    deliveries = {"licences": by_exporter(A=ratios)}
    (row,) = position_dates(
        POSITION, deliveries, world=CHAIN, start="2025-04", assumptions=dict.fromkeys(deliveries, Assumptions())
    )
    assert row.chance_of_a_stop == pytest.approx(0.7)
    # 12 t last 1.2 months: six days into May (a fifth of 31 days), or six days into June.
    assert (row.earliest_stop, row.median_stop, row.latest_stop) == (dt.date(2025, 5, 7), dt.date(2025, 6, 7), None)
    assert row.value_lost_low_usd == 0.0


def test_assumptions_drawn_case_by_case_widen_what_rests_on_them_and_leave_the_rest():
    deliveries = {"licences": by_exporter(A=[[1.0] + [0.2] * 5] * 3)}
    drawn = Assumptions(
        carrying_cost_per_year=np.array([0.1, 0.05, 0.2]),
        second_source_share=np.array([0.2, 0.1, 0.4]),
        noticed_share=np.array([0.01, 0.0, 0.02]),
    )
    earned = []

    def hangs_on(branch, each):
        earned.append(each)
        return f"{branch}: the cost of holding"

    (row,) = position_dates(
        POSITION, deliveries, world=CHAIN, start="2025-04", assumptions={"licences": drawn}, hangs_on=hangs_on
    )
    assert row.value_lost_low_usd == row.value_lost_high_usd == pytest.approx(8_000.0)
    # 10 t a month at 100 USD for half a year are 500 USD; 10 % and 90 % of 25, 50 and 100 lie between the outer two.
    assert row.month_of_stock_costs_usd == pytest.approx(50.0)
    assert row.month_of_stock_costs_low_usd == pytest.approx(30.0)
    assert row.month_of_stock_costs_high_usd == pytest.approx(90.0)
    assert earned[0] == pytest.approx([7_950.0, 7_975.0, 7_900.0])
    assert (row.hangs_on, row.pays_in_share) == ("licences: the cost of holding", 1.0)
    # C covers a fifth, a tenth or two fifths: 16, 18 or 12 t are missing over 2.5 months, 12 of them in store.
    assert row.second_source_saves_median_usd == pytest.approx(4_000.0)
    assert row.second_source_saves_low_usd == pytest.approx(2_400.0)
    assert row.second_source_saves_high_usd == pytest.approx(7_200.0)


def test_stock_pays_from_the_chance_at_which_its_cost_is_what_it_saves():
    assert break_even(50.0, np.array([100.0, 300.0])) == pytest.approx(0.25)
    assert break_even(500.0, np.array([100.0, 300.0])) is None
    assert break_even(50.0, np.array([])) is None


def test_the_second_source_is_who_keeps_most_of_its_deliveries_and_is_large_enough():
    line = PositionLine(**{name: getattr(LINE, name) for name in LINE.__slots__} | {"good": "oxide"})
    country, changed = second_source(line, by_exporter(A=[[0.0]], B=[[0.9]]), CHAIN, 0.2)
    assert country == "B"
    assert changed.suppliers == (Supplier(country="A", share=0.8), Supplier(country="B", share=0.2))
    # B sells 10 a month in all, and half of a need of 30 would be 15.
    large = PositionLine(**{name: getattr(line, name) for name in line.__slots__} | {"need_t_per_month": 30.0})
    assert second_source(large, by_exporter(A=[[0.0]], B=[[0.9]]), CHAIN, 0.5) == (None, None)


def test_the_users_own_second_source_comes_first():
    line = PositionLine(**{name: getattr(LINE, name) for name in LINE.__slots__} | {"replacement_country": "NOR"})
    assert second_source(line, by_exporter(A=[[0.0]]), CHAIN, 0.2)[0] == "NOR"


def test_deliveries_are_flows_against_those_without_the_measure_and_one_where_there_is_no_lane():
    usual = np.broadcast_to(CHAIN.lanes.flow_per_month, (2, 3, len(CHAIN.lanes.flow_per_month))).copy()
    flow = usual.copy()
    flow[1, 2, 7] = 5.0
    usual[:, 0, 5] = 0.0
    ratio = delivery_ratio(CHAIN, flow, usual)
    assert ratio("magnet", "A", "C").tolist() == [[1.0, 1.0, 1.0], [1.0, 1.0, 0.2]]
    assert ratio("oxide", "B", "C")[0].tolist() == [1.0, 1.0, 1.0]
    assert (ratio("magnet", "B", "A") == 1.0).all()
    assert (ratio("magnet", "XYZ", "C") == 1.0).all()
    assert flow[1, 2, 7] == 5.0
    with pytest.raises(ValueError, match="the two runs differ"):
        delivery_ratio(CHAIN, flow[:1], usual)


def test_the_assumptions_are_read_from_the_parameters_of_the_world():
    parameters = {
        f"position.{name}": Figure(
            name=f"position.{name}",
            value=value,
            unit="share",
            low=value,
            high=value,
            year=2024,
            source="assumed",
            grade="assumed",
            reason="for the test",
        )
        for name, value in (("carrying_cost_per_year", 0.2), ("second_source_share", 0.3), ("noticed_share", 0.02))
    }
    assert Assumptions.of(parameters) == Assumptions(
        carrying_cost_per_year=0.2, second_source_share=0.3, noticed_share=0.02
    )
    with pytest.raises(KeyError):
        Assumptions.of({})


def test_the_rows_become_a_table_with_dates_and_units():
    deliveries = {"licences": by_exporter(A=[[0.0] * 6])}
    rows = position_dates(
        POSITION, deliveries, world=CHAIN, start="2025-04", assumptions=dict.fromkeys(deliveries, Assumptions())
    )
    table = position_table(rows)
    names = [column.name for column in table.columns]
    assert table.rows[0][names.index("median_stop")] == dt.date(2025, 5, 7)
    assert table.columns[names.index("value_lost_usd")].unit == "USD"
