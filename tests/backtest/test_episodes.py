from __future__ import annotations

import csv
import json

import numpy as np
import pytest
from click.testing import CliRunner

from chokepoint.answer.episodes import bundled_episodes, open_episode
from chokepoint.backtest.episodes import figures_said, play, world_of
from chokepoint.cli import commands
from chokepoint.dates import Month
from chokepoint.errors import DataError
from chokepoint.records.references import read_references
from tests.data.shared import DATA

NAMES = list(bundled_episodes())
QUICK = [name for name in NAMES if name != "magnets-2025"]
SERIES = {"fastmarkets_cobalt_2026", "fastmarkets_magnesium_2022", "imf_pcps"}
"""Series of prices that run past the day, of which an episode reads what had been quoted by then."""

MINE = """
name: fenwick-1894
title: A ban
about: A ban of everything.
known_on: 1894-03-01
start: 1894-01
months: 6
world:
  year: 1893
  goods:
    fenwickite:
      name: Fenwickite
      stage: mining
      unit: t
      makers: mine
      price: {value: 100, unit: USD/t, year: 1893, source: a ledger, grade: B}
      made:
        CHN: {value: 1000, unit: t/yr, year: 1893, source: a ledger, grade: B}
      used:
        CHN: {value: 400, unit: t/yr, year: 1893, source: a ledger, grade: B}
        JPN: {value: 600, unit: t/yr, year: 1893, source: a ledger, grade: B}
measures:
  - title: The ban
    actor: CHN
    reference: Decree 1 of 1894
    announced: 1894-03-01
    effective: 1894-03-15
    source: a ledger
    grade: B
    targets: world
    goods: [fenwickite]
    instrument: ban
readings:
  price: {of: outside_price, goods: [fenwickite], country: JPN, months: [1894-04, 1894-06], take: highest}
  trade: {of: exports, goods: [fenwickite], country: CHN, months: [1894-04, 1894-04]}
targets:
  - {reading: price, actual: 5, source: a ledger, grade: B}
calls:
  - {says: Nothing leaves in April, reading: trade, below: 0.01, source: a ledger, grade: B}
"""


def written(tmp_path, text):
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", NAMES)
def test_every_bundled_episode_reads_only_months_it_simulates_and_says_who_says_so(name):
    record = open_episode(name)
    first = Month.read(record.start)
    span = {str(first.plus(number)) for number in range(record.months)}
    for reading in record.readings.values():
        assert set(reading.months) | set(reading.over or ()) <= span
    for each in (*record.targets, *record.calls):
        assert each.source != "assumed"
    assert record.targets
    assert record.known_on >= first.first_day


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_published_in_a_later_year_than_its_episode_is_marked_as_of_a_later_vintage(name):
    record = open_episode(name)
    if isinstance(record.world, str):
        assert record.later_vintage
        return
    known = read_references(DATA / "references.bib")
    published = {key: int(each.year) for key, each in known.items() if each.year and key not in SERIES}
    for called, said in figures_said(record.world):
        if published.get(said.source, 0) > record.known_on.year:
            assert said.later_vintage, f"{called} rests on {said.source}"


@pytest.mark.parametrize("name", NAMES)
def test_every_world_of_an_episode_closes(name):
    world = world_of(open_episode(name))
    into = world.lanes.flow_per_month
    assert (into >= 0.0).all()
    for g, good in enumerate(world.goods):
        made = world.activities.entry_amount * world.activities.level_per_month[world.activities.entry_activity]
        net = made[world.activities.entry_good == g].sum()
        used = world.uses.demand_per_month[world.uses.good == g].sum()
        assert net == pytest.approx(used, rel=1e-9, abs=1e-9 * np.abs(made).max()), good.code


@pytest.mark.parametrize("name", QUICK)
def test_every_sketched_episode_is_solved_in_all_its_draws(name):
    record = open_episode(name)
    played = play(record, draws=6, seed=1)
    assert (played.solved, played.drawn) == (6, 6)
    assert set(played.values) == set(record.readings)


def test_one_episode_of_ones_own_needs_nothing_but_a_file(tmp_path):
    done = CliRunner().invoke(
        commands, ["backtest", "palladium-2022", "--episode", str(written(tmp_path, MINE)), "--draws", "4", "--json"]
    )
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    mine = [row for row in said["forecast_calls"] if row["episode"] == "fenwick-1894"]
    assert [row["is_right"] for row in mine] == [True]
    target = next(row for row in said["forecast_targets"] if row["episode"] == "fenwick-1894")
    assert target["median"] > 1.0


@pytest.mark.parametrize(("before", "after", "found"), [
    ("reading: price, actual", "reading: prise, actual", "mine.yaml:37:6 targets.0.reading: found 'prise'; expected the name of a reading; did you mean 'price'?"),  # noqa: E501
    ("goods: [fenwickite], country: JPN", "goods: [fenwikite], country: JPN", "mine.yaml:34:38 readings.price.goods.0: found 'fenwikite'; expected a good of its world; did you mean 'fenwickite'?"),  # noqa: E501
    ("below: 0.01", "under: 0.01", "found an unknown key 'under'"),
    ("grade: B}\n      made", "grade: derived}\n      made", "expected a reason, since the number"),
])  # fmt: skip
def test_what_is_wrong_in_an_episode_file_is_said_with_its_line(tmp_path, before, after, found):
    assert before in MINE
    with pytest.raises(DataError) as error:
        open_episode(written(tmp_path, MINE.replace(before, after)))
    assert found in str(error.value)


def test_a_reading_the_months_cannot_answer_is_named(tmp_path):
    path = written(tmp_path, MINE.replace("months: [1894-04, 1894-04]", "months: [1895-04, 1895-04]"))
    done = CliRunner().invoke(commands, ["backtest", "palladium-2022", "--episode", str(path), "--draws", "2"])
    assert isinstance(done.exception, DataError)
    assert "reading trade: 1895-04 to 1895-04 is not within the months simulated" in str(done.exception)


def test_an_unknown_episode_is_answered_with_the_nearest():
    with pytest.raises(DataError, match="did you mean 'cobalt-2025'"):
        open_episode("cobalt-2024")


def test_every_scoring_adds_a_line_to_the_log_and_other_columns_are_refused(tmp_path):
    log = tmp_path / "log.csv"
    arguments = ["backtest", "palladium-2022", "--draws", "2", "--log", str(log)]
    for _ in range(2):
        assert CliRunner().invoke(commands, arguments).exit_code == 0
    with log.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 2
    assert len(rows[0]["parameters"]) == 12
    log.write_text("a,b\n", encoding="utf-8")
    done = CliRunner().invoke(commands, arguments)
    assert isinstance(done.exception, DataError)
    assert "found other columns" in str(done.exception)
