from __future__ import annotations

import datetime as dt
from dataclasses import replace

from chokepoint.answer.run import bundled_scenarios, open_scenario, parameters_of
from chokepoint.bundle import load


def test_a_branch_does_not_know_a_project_announced_after_its_date():
    world = load()
    scenario = open_scenario(world, bundled_scenarios()["london-2025"])
    branch = replace(scenario.branches[0], as_of=dt.date(2025, 4, 4))
    known = parameters_of(world, scenario, branch)
    later = parameters_of(world, scenario, replace(branch, as_of=dt.date(2026, 6, 30)))
    assert known["project_chance.mp_10x"].value == known["project_chance.mp_10x"].high == 0.0
    assert known["project_chance.mp_fort_worth"].value > 0.0
    assert later["project_chance.mp_10x"] == world.parameters["project_chance.mp_10x"]
