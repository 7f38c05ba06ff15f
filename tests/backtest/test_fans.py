from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from chokepoint import bundle
from chokepoint.backtest.fans import Episode, FanMonth, backtest, exports_fan, marks, naive_forecast, score_fan
from chokepoint.dates import Month
from chokepoint.errors import DataError
from chokepoint.instruments import free_conditions
from chokepoint.records.outcomes import reported_exports
from chokepoint.settings import Settings
from chokepoint.simulation import run, wire
from tests.ruritania import chain

FIRST = Month(1894, 1)
REPORTED = {
    "ALL": {FIRST: 40.0, FIRST.plus(1): None, FIRST.plus(2): 15.0, FIRST.plus(3): None},
    "SYL": {FIRST: None, FIRST.plus(1): None, FIRST.plus(2): 7.5, FIRST.plus(3): 30.0},
}
EPISODE = Episode(
    exporter="RUR", goods=("magnet",), destinations=("ALL", "SYL", "LEAGUE"), control=FIRST.plus(2), reported=REPORTED
)


def quiet_outcome(cases=3, months=4):
    """Return the chain of Ruritania left alone: every month is the reference month."""
    world = chain()
    settings = Settings(world, {}, cases)
    still = free_conditions(cases, world.lanes.good.size, world.stores.good.size, len(world.activities.kind), 0)
    outcome, _ = run(world, wire(world), settings, tuple(map(FIRST.plus, range(months))), lambda _: still)
    return outcome


def scaled(outcome, *factors):
    """Return the outcome with the flows of each case multiplied by a factor."""
    return replace(outcome, flow=outcome.flow * np.array(factors)[:, None, None])


def test_exports_leave_the_domestic_lane_out_and_a_bloc_adds_up_its_members():
    fan = exports_fan(EPISODE, "still", quiet_outcome(), np.ones(3, bool))
    by_destination = {each.destination: each.median_t for each in fan}
    # Ruritania keeps 10 magnets and ships 15 to Sylvania, 10 to Freedonia, 5 to Grand Fenwick.
    assert by_destination == pytest.approx({"ALL": 30.0, "SYL": 15.0, "LEAGUE": 25.0})


def test_the_fan_runs_from_the_tenth_to_the_ninetieth_percentile_of_solved_cases_only():
    outcome = scaled(quiet_outcome(), 1.0, 2.0, 1000.0)
    first = exports_fan(EPISODE, "loud", outcome, np.array([True, True, False]))[0]
    assert (first.low_t, first.median_t, first.high_t) == pytest.approx((33.0, 45.0, 57.0))


def test_without_a_solved_case_the_fan_is_missing_and_nothing_is_scored():
    fan = exports_fan(EPISODE, "lost", quiet_outcome(), np.zeros(3, bool))
    assert fan[0].median_t is None
    assert {score.months for score in score_fan(EPISODE, fan)} == {0}


def test_the_naive_forecast_is_the_mean_before_the_control_else_the_level_of_the_world():
    assert naive_forecast(chain(), EPISODE) == pytest.approx({"ALL": 40.0, "SYL": 15.0, "LEAGUE": 25.0})


def test_unpublished_months_stay_blank():
    fan = exports_fan(EPISODE, "still", quiet_outcome(), np.ones(3, bool))
    assert [each.reported_t for each in fan if each.destination == "ALL"] == [40.0, None, 15.0, None]
    assert [each.reported_t for each in fan if each.destination == "LEAGUE"] == [None] * 4


def test_marks_by_hand():
    # Interval 0 to 2 around 1: y = 1 inside, y = 3 one above, y = -1 one below.
    low, middle, high = np.zeros(3), np.ones(3), np.full(3, 2.0)
    error, weighted, inside, width = marks(low, middle, high, np.array([1.0, 3.0, -1.0]))
    assert error.tolist() == [0.0, 2.0, 2.0]
    # Half the error, a tenth of width 2 plus ten times what was missed, over 1.5.
    assert weighted == pytest.approx([0.2 / 1.5, (1.0 + 1.2) / 1.5, (1.0 + 1.2) / 1.5])
    assert inside.tolist() == [1.0, 0.0, 0.0]
    assert width.tolist() == [2.0, 2.0, 2.0]


def test_a_point_forecast_scores_its_mean_error():
    point = np.array([1.0, 5.0])
    error, weighted, _, _ = marks(point, point, point, np.array([2.0, 2.0]))
    assert weighted == pytest.approx(error)


def month(destination, when, low, median, high, reported, naive):
    return FanMonth(
        branch="b",
        destination=destination,
        month=str(when),
        low_t=low,
        median_t=median,
        high_t=high,
        reported_t=reported,
        naive_t=naive,
    )


def test_scores_by_hand_per_destination_and_overall():
    fan = (
        month("ALL", FIRST, 1.0, 1.0, 1.0, 64.0, 32.0),  # before the control: not scored
        month("ALL", FIRST.plus(2), 8.0, 16.0, 32.0, 8.0, 32.0),  # model one off, at the edge; naive two off
        month("SYL", FIRST.plus(2), 8.0, 16.0, 32.0, 16.0, 32.0),  # model right; naive one off
        month("SYL", FIRST.plus(3), 8.0, 16.0, 16.0, 64.0, 32.0),  # model two off and two above; naive one off
        month("SYL", FIRST.plus(4), 8.0, 16.0, 16.0, None, 32.0),  # not published
    )
    scores = {(each.destination, each.forecast): each for each in score_fan(EPISODE, fan)}
    assert scores["ALL", "model"].error_log2 == pytest.approx(1.0)
    assert scores["ALL", "model"].coverage == 1.0
    assert scores["SYL", "model"].error_log2 == pytest.approx(1.0)
    assert scores["SYL", "model"].coverage == 0.5
    assert scores["SYL", "model"].width_log2 == pytest.approx(1.5)
    # March: error 0, width 2; April: error 2, width 1, missed by 2.
    assert scores["SYL", "model"].interval_score_log2 == pytest.approx((0.2 / 1.5 + 3.1 / 1.5) / 2)
    assert scores["SYL", "naive"].error_log2 == pytest.approx(1.0)
    assert scores["SYL", "naive"].interval_score_log2 == pytest.approx(1.0)
    assert scores["SYL", "naive"].coverage is None
    assert scores["LEAGUE", "model"].months == 0
    assert scores["LEAGUE", "model"].error_log2 is None
    assert scores["overall", "model"].months == 3
    assert scores["overall", "model"].error_log2 == pytest.approx(1.0)
    assert scores["overall", "naive"].error_log2 == pytest.approx(4.0 / 3.0)


def test_a_forecast_of_nothing_scores_as_a_thousandth_of_the_naive_one():
    fan = (month("ALL", FIRST.plus(2), 0.0, 0.0, 0.0, 32.0, 32.0),)
    assert score_fan(EPISODE, fan)[0].error_log2 == pytest.approx(math.log2(1000.0))


def test_a_backtest_returns_both_tables_branch_by_branch():
    outcome = quiet_outcome()
    fan, scores = backtest(EPISODE, [("one", outcome, np.ones(3, bool)), ("two", outcome, np.ones(3, bool))])
    names = [column.name for column in fan.columns]
    assert (fan.name, scores.name) == ("exports_fan", "scores")
    assert names == ["branch", "destination", "month", "low_t", "median_t", "high_t", "reported_t", "naive_t"]
    assert len(fan.rows) == 2 * 3 * 4
    assert len(scores.rows) == 2 * 4 * 2
    # A still world says 30 to all where 15 was reported: a factor of 2; the naive 40 is log2(40 / 15) off.
    assert scores.rows[0][:5] == ("one", "ALL", "model", 1, pytest.approx(1.0))
    assert scores.rows[1][:5] == ("one", "ALL", "naive", 1, pytest.approx(math.log2(40 / 15)))


def test_the_bundled_outcomes_leave_unpublished_months_blank_and_give_the_naive_forecast():
    reported = reported_exports(bundle.data_folder(), "china_magnet_exports")
    assert list(reported) == ["ALL", "USA", "DEU", "JPN"]
    assert reported["USA"][Month(2025, 4)] is None
    assert reported["ALL"][Month(2025, 5)] == 1238.0
    magnets = ("ndfeb_magnet", "ndfeb_magnet_heavy")
    episode = Episode(
        exporter="CHN", goods=magnets, destinations=tuple(reported), control=Month(2025, 4), reported=reported
    )
    naive = naive_forecast(bundle.load(), episode)
    assert naive["ALL"] == pytest.approx((6357 + 3587 + 5323) / 3)
    assert naive["USA"] == 585.0


def test_every_problem_of_a_table_of_outcomes_is_named(tmp_path):
    header = "month,destination,value,unit,low,high,year,source,grade,reason,inputs"
    lines = [
        header,
        "1894-13,SYL,1,t,,,1894,almanac,B,,",
        "1894-02,SYL,,t,,,1894,almanac,B,,",
        "1894-03,SYL,3,t,,,1894,alamnac,B,,",
        "1894-04,SYL,4,t,,,1894,almanac,B,,",
        "1894-04,SYL,4,t,,,1894,almanac,B,,",
    ]
    (tmp_path / "outcomes").mkdir()
    (tmp_path / "outcomes" / "magnets.csv").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "references.bib").write_text("@misc{almanac,\n title = {Almanac}\n}\n", encoding="utf-8")
    with pytest.raises(DataError) as raised:
        reported_exports(tmp_path, "magnets")
    said = [str(problem) for problem in raised.value.problems]
    assert said[0].startswith("outcomes/magnets.csv:2 column month: found '1894-13'")
    assert "a reason, since the month is blank or its figure derived" in said[1]
    assert said[2].startswith("outcomes/magnets.csv:4 column source: found 'alamnac'")
    assert "did you mean 'almanac'?" in said[2]
    assert said[3].startswith("outcomes/magnets.csv:6: found SYL 1894-04 again")
