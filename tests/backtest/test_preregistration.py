from __future__ import annotations

import json
from math import comb

import numpy as np
import pytest
from click.testing import CliRunner

from chokepoint.answer.preregistration import forecasts_on_file, judge, open_records, save, write_down
from chokepoint.answer.preregistration_text import most_misses, page
from chokepoint.cli import commands
from chokepoint.dates import Month
from chokepoint.errors import DataError
from tests.data.shared import DATA, ROOT

FILES = DATA / "preregistered"
DECEMBER = "{reading: metal-december"


@pytest.fixture(scope="module")
def records():
    return open_records()


def copied(tmp_path, name, before, after):
    text = (FILES / f"{name}.yaml").read_text("utf-8")
    assert before in text
    (tmp_path / f"{name}.yaml").write_text(text.replace(before, after, 1), encoding="utf-8")
    return tmp_path


def test_every_open_question_has_one_forecast_that_was_written_before_its_month(records):
    rows = forecasts_on_file()
    asked = [(name, each.reading) for name, record in records.items() for each in record.targets]
    asked += [(name, each.says) for name, record in records.items() for each in record.calls]
    assert sorted((row.episode, row.forecast) for row in rows) == sorted(asked)
    for row in rows:
        assert row.written[:7] < row.due
        assert row.known_on <= row.written
        assert row.solved > 0.9 * row.draws
        if row.kind == "target":
            assert 0.0 < row.low < row.median < row.high
            assert row.miss == f"below {row.low:.2f} or above {row.high:.2f}"
        else:
            assert 0.0 <= row.share_of_draws <= 1.0


def test_the_page_is_the_one_that_table_and_episodes_make(records):
    written = (ROOT / "docs" / "science" / "preregistration.md").read_text("utf-8")
    assert written == page(forecasts_on_file(), records), "write it again: tools/write_preregistration.py --page"


def test_open_episodes_read_months_they_simulate_and_know_no_outcome(records):
    for record in records.values():
        first = Month.read(record.start)
        span = {str(first.plus(number)) for number in range(record.months)}
        for reading in record.readings.values():
            assert set(reading.months) | set(reading.over or ()) <= span
        for act in record.measures:
            assert act.announced <= record.known_on


def test_the_same_day_draws_and_seed_write_the_same_forecasts_and_a_saved_table_reads_back(records, tmp_path):
    nickel = [records["nickel-quota-2026"]]
    first, again = (write_down(nickel, "2026-11-23", 4) for _ in range(2))
    assert first == again
    (tmp_path / "preregistered").mkdir()
    save(first, tmp_path / "preregistered" / "forecasts.csv")
    back = forecasts_on_file(tmp_path)
    assert [row.forecast for row in back] == [row.forecast for row in first]
    assert [row.median for row in back if row.median] == pytest.approx(
        [row.median for row in first if row.median], rel=1e-5
    )


def test_a_forecast_whose_month_has_begun_is_never_written_anew(records):
    nickel = [records["nickel-quota-2026"]]
    before = write_down(nickel, "2026-11-23", 4)
    later = write_down(nickel, "2027-01-05", 6, kept=before)
    kept = {row.forecast: row.written for row in later}
    assert kept["metal-december"] == "2026-11-23"
    assert kept["metal-june-2027"] == "2027-01-05"


def test_outcomes_filled_in_later_are_scored_against_what_was_written_down(tmp_path):
    folder = copied(tmp_path, "nickel-quota-2026", DECEMBER, f"{DECEMBER}, actual: 4")
    row = next(each for each in forecasts_on_file() if each.forecast == "metal-december")
    judged = judge(forecasts_on_file(), open_records(folder))
    assert [(each.forecast, each.came, each.is_miss) for each in judged] == [("metal-december", 4.0, True)]
    low, middle, high = np.log2([row.low, row.median, row.high])
    assert judged[0].error_log2 == pytest.approx(2.0 - middle)
    assert judged[0].interval_score_log2 == pytest.approx(
        (0.5 * (2.0 - middle) + 0.1 * (high - low) + 2.0 - high) / 1.5
    )
    assert judged[0].blind_interval_score_log2 > 0.0


@pytest.mark.parametrize("came", [True, False])
def test_a_statement_is_missed_when_it_turns_out_otherwise_than_most_draws_say(tmp_path, came):
    said = f"grade: A, came: {str(came).lower()}, due: 2027-01}}\nnote"
    judged = judge(
        forecasts_on_file(),
        open_records(copied(tmp_path, "nickel-quota-2026", "grade: A, due: 2027-01}\nnote", said)),
    )
    row = next(each for each in forecasts_on_file() if each.episode == "nickel-quota-2026" and each.kind == "statement")
    assert [each.is_miss for each in judged] == [came != (row.share_of_draws > 0.5)]


def test_the_command_shows_what_is_open_and_scores_what_is_filled_in(tmp_path):
    shown = CliRunner().invoke(commands, ["preregistered"])
    assert shown.exit_code == 0
    assert "No outcome is filled in yet." in shown.output
    assert "open until 2027-01" in shown.output
    folder = copied(tmp_path, "nickel-quota-2026", DECEMBER, f"{DECEMBER}, actual: 4")
    scored = CliRunner().invoke(commands, ["preregistered", "--outcomes", str(folder)])
    assert "came 4: MISS" in scored.output
    assert "1 of 1 missed; interval score over the blind guess's" in scored.output
    said = json.loads(CliRunner().invoke(commands, ["preregistered", "--json"]).output)
    assert len(said["forecasts"]) == len(forecasts_on_file())
    assert said["judged"] == []


def test_a_folder_without_episodes_is_refused(tmp_path):
    with pytest.raises(DataError, match="found no episode; expected episode files"):
        open_records(tmp_path)


def test_an_open_episode_of_ones_own_is_forecast_by_the_backtest_and_not_scored():
    done = CliRunner().invoke(
        commands, ["backtest", "palladium-2022", "--episode", str(FILES / "nickel-quota-2026.yaml"), "--draws", "2"]
    )
    assert done.exit_code == 0, done.output
    assert "open until 2027-01" in done.output


def test_more_misses_than_allowed_are_rare_for_right_intervals():
    for ratios in (1, 5, 27, 40):
        most = most_misses(ratios)
        chance = [comb(ratios, k) * 0.2**k * 0.8 ** (ratios - k) for k in range(ratios + 1)]
        assert sum(chance[most + 1 :]) < 0.1
        assert most == 0 or sum(chance[most:]) >= 0.1
