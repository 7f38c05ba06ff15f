"""China's ban of December 2024 in a world that is built when it is asked for."""

from __future__ import annotations

import numpy as np
import pytest

from chokepoint.answer.run import answer
from chokepoint.cli.opening import chosen

BAN, SUSPENDED = "known-on-3-december", "suspended"
BEFORE, AFTER = 10, 12  # October and December 2025


@pytest.fixture(scope="module")
def run():
    world, scenario = chosen("gallium-ban-2024")
    return answer(world, scenario, draws=0)


def lanes_into(run, good, country):
    lanes = run.world.lanes
    mine = (lanes.good == run.world.good_index(good)) & (lanes.exporter == run.world.country_index("CHN"))
    return mine & (lanes.importer == run.world.country_index(country))


def test_every_month_is_solved_and_the_books_close(run):
    for branch in run.branches:
        assert branch.is_solved.all()
        assert branch.stakes.identity_gap.max() < 1e-9


@pytest.mark.parametrize("good", ["gallium_metal", "germanium_metal", "antimony_metal"])
def test_the_ban_stops_what_china_sends_to_the_united_states_until_it_is_suspended(run, good):
    mine = lanes_into(run, good, "USA")
    banned, suspended = (run.branch(name).outcome.flow[0][:, mine].sum(axis=1) for name in (BAN, SUSPENDED))
    assert banned[1:].max() <= 1e-9
    assert suspended[1:BEFORE].max() <= 1e-9
    assert suspended[AFTER:].min() > 0.0


def test_the_united_states_lose_and_lose_less_once_it_is_suspended(run):
    at = run.world.country_index("USA")
    banned, suspended = (float(np.sum(run.branch(name).stakes.loss[0][:, at])) for name in (BAN, SUSPENDED))
    assert 0.0 < suspended < banned


def test_germanium_outside_china_goes_where_it_is_paid_most(run):
    outcome = run.branch(BAN).outcome
    lanes = run.world.lanes
    mine = (lanes.good == run.world.good_index("germanium_metal")) & (lanes.importer == run.world.country_index("USA"))
    mine &= lanes.exporter == run.world.country_index("CAN")
    assert outcome.flow[0][-1, mine].sum() > run.world.lanes.flow_per_month[mine].sum()
