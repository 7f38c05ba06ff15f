from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import numpy as np

from chokepoint.answer.overturn import enters_months
from chokepoint.answer.run import bundled_scenarios, open_scenario, parameters_of
from chokepoint.bundle import load
from chokepoint.dates import Month


def test_a_branch_does_not_know_a_project_announced_after_its_date():
    world = load()
    scenario = open_scenario(world, bundled_scenarios()["london-2025"])
    branch = replace(scenario.branches[0], as_of=dt.date(2025, 4, 4))
    known = parameters_of(world, scenario, branch)
    later = parameters_of(world, scenario, replace(branch, as_of=dt.date(2026, 6, 30)))
    assert known["project_chance.mp_10x"].value == known["project_chance.mp_10x"].high == 0.0
    assert known["project_chance.mp_fort_worth"].value > 0.0
    assert later["project_chance.mp_10x"] == world.parameters["project_chance.mp_10x"]


def test_an_answer_does_not_hang_on_a_project_due_after_its_months_nor_on_a_later_question():
    starts = {"project_start.soon": np.array([2026.0, 2030.0]), "project_start.late": np.array([2027.0, 2029.0])}
    branch = SimpleNamespace(
        settings=SimpleNamespace(values=starts), outcome=SimpleNamespace(months=(Month(2025, 1), Month(2026, 12)))
    )
    assert enters_months("project_size.soon", branch)
    assert enters_months("stock_cover.magnet", branch)
    assert not enters_months("project_size.late", branch)
    assert not enters_months("project_chance.late", branch)
    assert not enters_months("lead_time.mining", branch)
    assert not enters_months("second_front.output", branch)
