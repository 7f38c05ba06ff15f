from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from chokepoint.provenance import PROBABILITY
from chokepoint.uncertainty import draw
from chokepoint.world import Projects
from tests.ruritania import figure, two_countries, world
from tests.simulation.trade import buyer, delivered, go_on, lane, months, settings_of


def projected(market, activity, lanes, *, start=2025.25, chance=1.0, size=240.0, **changes):
    """Return a world with one project; ``lanes`` are (position, amount per unit of level)."""
    numbers = {
        "project_size.works": figure("project_size.works", size),
        "project_start.works": figure("project_start.works", start, changes.get("earliest"), changes.get("latest")),
        "project_chance.works": replace(figure("project_chance.works", chance, 0.0, 1.0), unit=PROBABILITY),
        "project_ramp": figure("project_ramp", changes.get("ramp", 1.0)),
        "project_share": figure("project_share", changes.get("share", 1.0)),
    }
    project = Projects(
        name=("works",),
        activity=np.array([activity], np.int64),
        announced=("2024-01",),
        lane_project=np.zeros(len(lanes), np.int64),
        lane=np.array([each[0] for each in lanes], np.int64),
        lane_amount=np.array([each[1] for each in lanes], float),
    )
    return replace(market, projects=project, parameters={**market.parameters, **numbers})


def own_mine(**changes):
    """Sylvania, which buys all its fenwickite from Ruritania, gets a mine of its own in April 2025."""
    market = world(
        {"fenwickite": 1.0},
        [("fenwickite", "RUR", "SYL", 100.0), ("fenwickite", "SYL", "SYL", 0.0)],
        [("mine", "RUR", 100.0, {"fenwickite": 1.0}), ("mine", "SYL", 0.0, {"fenwickite": 1.0})],
        [("fenwickite", "SYL", "lamps", 100.0)],
    )
    return projected(market, 1, [(1, 1.0)], **changes)


def ore_and_plant(**changes):
    """Sylvania plans a plant that would turn ore from Freedonia, where nobody mines yet, into metal."""
    market = world(
        {"ore": 1.0, "metal": 3.0},
        [("metal", "RUR", "SYL", 100.0), ("metal", "SYL", "SYL", 0.0), ("ore", "FRE", "SYL", 0.0)],
        [
            ("smelter", "RUR", 100.0, {"metal": 1.0}),
            ("plant", "SYL", 0.0, {"metal": 1.0, "ore": -1.0}),
            ("mine", "FRE", 0.0, {"ore": 1.0}),
        ],
        [("metal", "SYL", "lamps", 100.0)],
    )
    return projected(market, 1, [(1, 1.0), (2, 1.0)], **changes)


def simulated(market, count=8, cases=1, **values):
    outcome, _ = go_on(market, months(count), settings_of(market, cases, **values))
    assert outcome.is_solved.all()
    return outcome


def test_a_project_lowers_the_price_from_its_first_month_on_and_not_before():
    price = delivered(simulated(own_mine()), "fenwickite", "SYL")[0]
    assert np.abs(price[:3] - 1.0).max() <= 1e-9
    assert (price[3:] < 1.0 - 1e-3).all()


def test_a_plant_where_there_was_none_sells_once_it_stands():
    outcome = simulated(own_mine())
    at_home = outcome.flow[0, :, lane(outcome.world, "fenwickite", "SYL", "SYL")]
    assert (at_home[:3] == 0.0).all()
    assert (at_home[3:] > 5.0).all()


def test_a_bigger_project_lowers_the_price_more():
    small, large = (delivered(simulated(own_mine(size=size)), "fenwickite", "SYL")[0, -1] for size in (120.0, 480.0))
    assert large < small < 1.0


@pytest.mark.parametrize("changes", [{"chance": 0.0}, {"share": 0.0}, {"start": 2031.0}])
def test_a_project_that_is_not_built_changes_nothing(changes):
    outcome = simulated(own_mine(**changes))
    plain, _ = go_on(two_countries(), months(8), settings_of(two_countries()))
    assert np.array_equal(outcome.flow[:, :, 0], plain.flow[:, :, 0])
    assert np.array_equal(
        outcome.delivered[:, :, buyer(outcome, "fenwickite", "SYL")],
        plain.delivered[:, :, buyer(plain, "fenwickite", "SYL")],
    )


def test_a_plant_grows_evenly_over_its_ramp():
    outcome = simulated(own_mine(ramp=4.0))
    assert outcome.capacity[0, :, 1] == pytest.approx([0, 0, 0, 5, 10, 15, 20, 20])


def test_a_plant_whose_feed_comes_from_nowhere_waits():
    outcome = simulated(ore_and_plant())
    assert (outcome.capacity[0, :, 1] == 0.0).all()
    assert np.abs(delivered(outcome, "metal", "SYL") - 1.0).max() <= 1e-9


def test_a_plant_starts_when_the_mine_that_feeds_it_does():
    market = ore_and_plant(start=2025.0)
    both = market.projects
    market = replace(
        market,
        projects=replace(both, name=("works", "pit"), activity=np.array([1, 2]), announced=("2024-01",) * 2),
        parameters={
            **market.parameters,
            "project_size.pit": figure("project_size.pit", 240.0),
            "project_start.pit": figure("project_start.pit", 2025.0 + 4 / 12),
            "project_chance.pit": figure("project_chance.pit", 1.0),
        },
    )
    outcome = simulated(market)
    assert (outcome.capacity[0, :4, 1] == 0.0).all()
    assert (outcome.capacity[0, 4:, 1] == 20.0).all()
    assert (outcome.level[0, 4:, 1] > 1.0).all()


def test_restarting_while_a_project_ramps_up_equals_one_run():
    market = own_mine(ramp=4.0)
    still = settings_of(market, supplier_adaptation=0.5)
    whole, _ = go_on(market, months(8), still)
    begun, memory = go_on(market, months(5), still)
    rest, _ = go_on(market, months(3, 5), still, memory=memory)
    for name in ("flow", "delivered", "level", "value"):
        joined = np.concatenate([getattr(begun, name), getattr(rest, name)], axis=1)
        assert np.array_equal(joined, getattr(whole, name)), name


def test_each_case_has_its_own_project():
    market = own_mine()
    outcome = simulated(market, cases=3, project_chance__works=[0.0, 1.0, 0.5])
    assert outcome.capacity[:, -1, 1].tolist() == [0.0, 20.0, 10.0]


def test_draws_build_a_project_or_do_not_as_often_as_its_chance_says_and_leave_other_draws_alone():
    market = own_mine(chance=0.7, earliest=2025.0, latest=2027.0)
    drawn = draw(market, market.parameters, 200, 7)
    built = drawn.of("project_chance", "works")
    assert built[0] == 0.7
    assert set(built[1:]) == {0.0, 1.0}
    assert built[1:].mean() == pytest.approx(0.7)
    start = drawn.of("project_start", "works")
    assert start[1:].min() >= 2025.0
    assert start[1:].max() <= 2027.0
    surer = {**market.parameters, "project_chance.works": replace(market.parameters["project_chance.works"], value=0.2)}
    assert np.array_equal(draw(market, surer, 200, 7).of("project_start", "works"), start)
