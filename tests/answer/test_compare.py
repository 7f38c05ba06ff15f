from __future__ import annotations

import csv
import datetime as dt
import json
from dataclasses import replace

import numpy as np
import pytest

from chokepoint import bundle
from chokepoint.answer.causes import attribute, attribute_in_full
from chokepoint.answer.compare import compare
from chokepoint.answer.compare_text import compare_text
from chokepoint.answer.losses import losses_table
from chokepoint.answer.record import record_of
from chokepoint.answer.run import answer, open_scenario
from chokepoint.answer.why import explain
from chokepoint.errors import DataError
from chokepoint.records.measure import MeasureRecord, QuotaTerms
from chokepoint.records.scenario import BranchRecord, OverrideRecord, ScenarioRecord
from tests.ruritania import two_countries


def quota(tonnes):
    """Return a quota of so many tonnes a month on all that leaves Ruritania."""
    return MeasureRecord(
        id="RUR/1894-01-01-quota",
        file="-",
        title="Quota",
        actor="RUR",
        reference="Decree 1",
        announced=dt.date(1894, 1, 1),
        effective=dt.date(1894, 1, 1),
        ends=None,
        outcome_of_end=None,
        source="assumed",
        grade="assumed",
        note="",
        targets=("world",),
        goods=("fenwickite",),
        instrument="quota",
        terms=QuotaTerms(tonnes_per_month=tonnes),
    )


def scenario(tonnes=60.0, months=1, choke=None, name="capped"):
    overrides = () if choke is None else (OverrideRecord(name="choke_price", value=choke, low=choke, high=choke),)
    branch = BranchRecord(
        name=name,
        title="Capped",
        as_of=dt.date(1894, 12, 31),
        measures=(quota(tonnes),),
        parameters=(),
        note="",
    )
    return ScenarioRecord(
        name="fiction",
        file="-",
        title="Fiction",
        question="What if?",
        as_of=dt.date(1894, 12, 31),
        start="1894-01",
        report_from="1894-01",
        months=months,
        draws=0,
        seed=1,
        parameters=overrides,
        branches=(branch,),
    )


def changes(rows, party="SYL"):
    return {row.cause: row.change_usd for row in rows if row.party == party}


def worth_lost(choke, width=0.01):
    """Return what 100 - 60 units were worth: the area under z = 100 P^-0.2 up to the choke, then a straight line."""
    kink = 100.0 * choke**-0.2
    curve = 25.0 * ((100.0 / kink) ** 4 - 1.0)
    end = choke * (1.0 + width)
    return curve + end * (kink - 60.0) - 0.5 * (end - choke) * (kink**2 - 60.0**2) / kink


def test_a_higher_choke_price_is_charged_to_the_parameters_by_hand():
    world = two_countries(choke_price=5.0)
    rows = attribute((world, scenario()), (world, scenario(choke=10.0)))
    # Flow, price in Ruritania and rents stay; only the forty units forgone were worth more.
    assert changes(rows) == {"parameters": pytest.approx(worth_lost(10.0) - worth_lost(5.0), rel=1e-6)}
    assert changes(rows, "RUR") == {"parameters": pytest.approx(0.0, abs=1e-6)}
    assert worth_lost(10.0) - worth_lost(5.0) == pytest.approx(35.67, abs=0.01)


def test_the_steps_add_up_and_keep_their_order():
    world = two_countries(choke_price=5.0)
    rows = attribute((world, scenario()), (world, scenario(tonnes=80.0, months=2, choke=10.0)))
    found = changes(rows)
    assert list(found) == ["parameters", "measures and dates", "months, draws and seed"]
    assert found["measures and dates"] < 0.0
    # A second month costs what the first did: no stocks, no adaptation, no discount.
    month = answer(world, scenario(tonnes=80.0, choke=10.0)).branches[0].stakes.loss[0, :, 1].sum()
    before = answer(world, scenario()).branches[0].stakes.loss[0, :, 1].sum()
    assert found["months, draws and seed"] == pytest.approx(month, rel=1e-6)
    assert sum(found.values()) == pytest.approx(2 * month - before, rel=1e-6)


def test_a_larger_trade_is_charged_to_the_world():
    world = two_countries(choke_price=5.0)
    larger = replace(
        world,
        lanes=replace(world.lanes, flow_per_month=world.lanes.flow_per_month * 2),
        activities=replace(world.activities, level_per_month=world.activities.level_per_month * 2),
        uses=replace(world.uses, demand_per_month=world.uses.demand_per_month * 2),
    )
    found = changes(attribute((world, scenario()), (larger, scenario(tonnes=120.0))))
    assert list(found) == ["measures and dates", "world figures"]
    # All quantities twice as large: the loss is twice as large.
    loss = answer(world, scenario()).branches[0].stakes.loss[0, :, 1].sum()
    assert sum(found.values()) == pytest.approx(loss, rel=1e-6)


def test_drawn_changes_carry_their_interval_draw_by_draw_and_name_what_they_hang_on():
    world = two_countries(choke_price=5.0)
    asked = OverrideRecord(name="choke_price", value=5.0, low=3.0, high=9.0)
    first = replace(scenario(), parameters=(asked,))
    second = replace(scenario(tonnes=80.0), parameters=(asked,))
    rows, wholes = attribute_in_full((world, first), (world, second), draws=16)
    (step,) = (row for row in rows if row.party == "SYL")
    (whole,) = (row for row in wholes if row.party == "SYL")
    # A looser quota saves more, the dearer what it gives back: all of it hangs on the one number that is drawn.
    assert step.low_usd < step.change_usd < step.high_usd < 0.0
    assert (whole.low_usd, whole.high_usd) == (step.low_usd, step.high_usd)
    assert whole.share_up == 0.0
    assert "the price at which use stops is nearer 3 than 5" in whole.hangs_on
    losses = [answer(world, each, draws=16).branches[0].stakes.loss[:, :, 1].sum(axis=1) for each in (first, second)]
    assert [step.low_usd, step.high_usd] == pytest.approx(np.quantile(losses[1] - losses[0], [0.1, 0.9]).tolist())


def test_nothing_drawn_and_other_draws_leave_a_change_without_an_interval():
    world = two_countries(choke_price=5.0)
    rows, wholes = attribute_in_full((world, scenario()), (world, scenario(tonnes=80.0)), draws=0)
    assert {(row.low_usd, row.high_usd) for row in rows} == {(None, None)}
    assert wholes == ()
    one, other = replace(scenario(), draws=4), replace(scenario(tonnes=80.0), draws=4, seed=2)
    assert attribute_in_full((world, one), (world, other))[1] == ()


def test_two_equal_questions_have_no_causes():
    world = two_countries(choke_price=5.0)
    assert attribute((world, scenario()), (world, scenario())) == ()


def test_two_single_branches_are_compared_under_both_names():
    world = two_countries(choke_price=5.0)
    rows = attribute((world, scenario()), (world, scenario(tonnes=80.0, name="looser")))
    assert {row.branch for row in rows} == {"capped -> looser"}


def test_a_difference_in_draws_changes_nothing_when_none_are_drawn():
    world = two_countries(choke_price=5.0)
    assert attribute((world, scenario()), (world, replace(scenario(), seed=2, draws=8)), draws=0) == ()


def run_json(**changes):
    plain = {
        "scenario": "fiction",
        "scenario_text": "",
        "world": {"name": "ruritania", "fingerprint": "0"},
        "version": "0.1.0",
        "versions": {"numpy": "2"},
        "seed": 1,
        "draws": 0,
        "months": ["1894-01", "1894-02"],
        "inputs": {
            "choke_price": {"value": 5.0, "low": 3.0, "high": 9.0, "unit": "1", "source": "assumed"},
            "flow.ore.RUR.SYL": {"value": 100.0, "low": 100.0, "high": 100.0, "unit": "t/yr", "source": "almanac"},
        },
        "branches": {
            "capped": {
                "as_of": "1894-12-31",
                "measures": [{"id": "quota", "instrument": "quota", "effective": "1894-01-01", "ends": None}],
                "parameters": {},
            }
        },
    }
    return plain | changes


def put_run(folder, run, losses):
    (folder / "tables").mkdir(parents=True)
    (folder / "run.json").write_text(json.dumps(run), encoding="utf-8")
    with (folder / "tables" / "losses.csv").open("w", encoding="utf-8", newline="") as file:
        header = ["branch", "party", "component", "median_usd", "low_usd", "high_usd"]
        csv.writer(file).writerows([header, *(["capped", *row, 0, 0] for row in losses)])
    return folder


def test_what_two_runs_started_from_is_listed_by_cause(tmp_path):
    first = put_run(tmp_path / "a", run_json(), [("SYL", "total", 100e6), ("SYL", "rent", 7e6), ("RUR", "total", -2e6)])
    inputs = {
        "choke_price": {"value": 10.0, "low": 3.0, "high": 20.0, "unit": "1", "source": "assumed"},
        "flow.ore.RUR.SYL": {"value": 90.0, "low": 90.0, "high": 90.0, "unit": "t/yr", "source": "almanac"},
    }
    branch = {
        "as_of": "1894-12-31",
        "measures": [{"id": "quota", "instrument": "quota", "effective": "1894-02-01", "ends": "1894-06-30"}],
        "parameters": {"rent_share": 0.5},
    }
    changed = run_json(inputs=inputs, branches={"capped": branch}, seed=2, version="0.2.0")
    second = put_run(tmp_path / "b", changed, [("SYL", "total", 90e6), ("RUR", "total", 13e6)])
    told = compare(first, second)
    assert [(each.group, each.item, each.first, each.second) for each in told.differences] == [
        ("parameters", "choke_price", "5.0 1 (3.0 to 9.0), assumed", "10.0 1 (3.0 to 20.0), assumed"),
        ("parameters", "capped: rent_share", "-", "0.5"),
        ("measures and dates", "capped: quota", "quota from 1894-01-01", "quota from 1894-02-01 to 1894-06-30"),
        ("world figures", "flow.ore.RUR.SYL", "100.0 t/yr, almanac", "90.0 t/yr, almanac"),
        ("months, draws and seed", "seed", "1", "2"),
        ("version", "chokepoint", "0.1.0", "0.2.0"),
    ]
    assert [(row.party, row.change_usd) for row in told.losses] == [("RUR", 15e6), ("SYL", -10e6)]
    assert told.causes == ()
    assert told.notes == (
        "a did not record the text of its scenario, so it cannot be run again.",
        "b did not record the text of its scenario, so it cannot be run again.",
    )
    assert "  RUR          +15.0   (-2.0 to 13.0)\n" in compare_text(told)


def test_a_folder_that_is_no_run_is_refused(tmp_path):
    first = put_run(tmp_path / "a", run_json(), [])
    with pytest.raises(DataError) as raised:
        compare(first, tmp_path)
    assert "found no run.json; expected the folder of a run" in str(raised.value)
    assert "found no tables/losses.csv" in str(raised.value)


TEXT = """\
name: short
title: A short one
question: What if?
as_of: 2025-04-04
start: 2025-03
months: 3
draws: 8
seed: 1
branches:
  licences:
    title: Licences
    measures: [CHN/2025-04-04-seven-elements, CHN/2025-04-04-magnets]
"""


def put_answer(world, folder, text):
    """Run a scenario and write the parts of its folder that a comparison reads."""
    folder.mkdir()
    path = folder / "short.yaml"
    path.write_text(text, encoding="utf-8")
    run = answer(world, open_scenario(world, path), draws=0)
    (folder / "tables").mkdir()
    (folder / "run.json").write_text(json.dumps({**record_of(run), "scenario_text": text}), encoding="utf-8")
    table = losses_table(run)
    with (folder / "tables" / "losses.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[column.name for column in table.columns], *table.rows])
    return folder


def test_two_runs_of_the_bundle_are_explained_to_the_last_dollar(tmp_path):
    world = bundle.load()
    first = put_answer(world, tmp_path / "a", TEXT)
    longer = TEXT.replace("months: 3", "months: 4").replace(
        "seed: 1", "seed: 1\nparameters: {licence.handling_days: 75}"
    )
    second = put_answer(world, tmp_path / "b", longer)
    told = compare(first, second)
    assert told.notes == ()
    found = {row.cause: row.change_usd for row in told.causes if row.party == "USA"}
    change = next(row.change_usd for row in told.losses if row.party == "USA")
    assert list(found) == ["parameters", "months, draws and seed", "interaction or rounding"]
    assert change > 0.0
    assert sum(found.values()) == pytest.approx(change, rel=1e-12)
    assert abs(found["interaction or rounding"]) < 1e-6 * abs(change)
    assert "interaction or rounding" in told.text
    tables = {table.name: table for table in told.tables}
    assert len(tables["causes"].rows) == len(told.causes)
    assert [column.name for column in tables["causes"].columns][-2:] == ["low_usd", "high_usd"]
    assert explain("licence.handling_days", second).steps[-1] == "Branch licences set it to 75.0."
    assert [row["branch"] for row in explain("loss.USA.rent", second).rows] == ["licences"]


def test_branches_that_differ_in_a_licence_only_share_the_months_without_measures():
    world = two_countries(choke_price=5.0)
    asked = scenario()
    first = asked.branches[0]
    stricter = replace(first, name="stricter", measures=(quota(40.0),))
    costlier = replace(
        first, name="costlier", parameters=(OverrideRecord(name="choke_price", value=8.0, low=8.0, high=8.0),)
    )
    one, two, three = answer(world, replace(asked, branches=(first, stricter, costlier))).branches
    assert two.without.flow.base is one.without.flow.base
    assert three.without.flow.base is not one.without.flow.base
    assert (
        two.stakes.loss[0, :, 1].sum()
        == answer(world, replace(asked, branches=(stricter,))).branches[0].stakes.loss[0, :, 1].sum()
    )
