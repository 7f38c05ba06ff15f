"""A third country's deposit in a simulated market: who has its output, and what that does to whom."""

from dataclasses import replace

import numpy as np
import pytest

from chokepoint.dates import Month
from chokepoint.errors import DataError
from chokepoint.exposure import deposit_market
from chokepoint.exposure.third_country import STOP, TRADE, Mine, buyers_of, with_mines
from tests.ruritania import world
from tests.simulation.trade import settings_of

STARTS = Month(1894, 1)
BIDDERS = {"RUR": ("RUR",), "SYL": ("SYL",)}
ALLOCATIONS = [("RUR",), ("SYL",), ("RUR", "SYL")]


def basin():
    """Ruritania mines most of the ore and feeds both works; Freedonia's mine is a small one, which Ruritania buys."""
    return world(
        {"ore": 1.0, "metal": 10.0},
        [
            ("ore", "RUR", "RUR", 60.0),
            ("ore", "RUR", "SYL", 30.0),
            ("ore", "FRE", "RUR", 2.0),
            ("metal", "RUR", "RUR", 31.0),
            ("metal", "SYL", "SYL", 15.0),
        ],
        [
            ("mine", "RUR", 90.0, {"ore": 1.0}),
            ("mine", "FRE", 2.0, {"ore": 1.0}),
            ("works", "RUR", 31.0, {"metal": 1.0, "ore": -2.0}),
            ("works", "SYL", 15.0, {"metal": 1.0, "ore": -2.0}),
        ],
        [("metal", "RUR", "homes", 31.0), ("metal", "SYL", "homes", 15.0)],
        choke_price=10.0,
        project_ramp=1.0,
        project_share=1.0,
    )


@pytest.fixture(scope="module")
def market():
    place = basin()
    output = np.array([0.0, 120.0])
    return deposit_market(place, settings_of(place, 2), ("mine", "FRE"), output, BIDDERS, ALLOCATIONS, ("RUR", STARTS))


def test_a_deposit_without_output_changes_nothing_whoever_has_it(market):
    for year in (TRADE, STOP):
        np.testing.assert_allclose(
            market.payoff[0, year], np.broadcast_to(market.payoff[0, year, :1], market.payoff[0, year].shape), atol=1e-6
        )
        np.testing.assert_allclose(market.owner[0, year], market.owner[0, year, 0], atol=1e-6)
    assert not market.payoff[:, :, 0].any()


def test_a_bidder_that_has_the_output_loses_less_in_a_stop_and_more_than_if_the_rival_has_it(market):
    mine, theirs = (market.payoff[1, STOP, market.at(each), 1] for each in ("SYL", "RUR"))
    assert mine > theirs
    assert mine > 0.0
    # Shared in peace it can be shipped where it is short: nearly as good as having it alone.
    assert market.payoff[1, STOP, market.at("SYL", "RUR"), 1] > theirs


def test_the_owner_gains_by_mining_most_where_the_ore_is_scarcest(market):
    sold = [market.owner[1, STOP, market.at(*each)] - market.owner[1, STOP, 0] for each in ALLOCATIONS]
    assert min(sold) > 0.0
    assert max(sold) == sold[1]


def test_who_takes_what_a_deposit_gives_is_read_off_plants_and_lanes():
    place = basin()
    assert buyers_of(place, "mine", ("RUR", "SYL", "FRE")) == ("RUR", "SYL")
    assert buyers_of(place, "works", ("RUR", "FRE")) == ("RUR",)


def test_mines_wait_beside_the_projects_that_were_there():
    place = basin()
    ready = with_mines(place, [Mine(project="deposit", kind="mine", country="FRE", buyers="SYL")])
    assert ready.projects.name == ("deposit",)
    assert ready.lanes.good.size == place.lanes.good.size + 1
    assert ready.lanes.flow_per_month[-1] == 0.0
    again = with_mines(ready, [Mine(project="second", kind="mine", country="SYL", buyers="SYL")])
    assert again.projects.name == ("deposit", "second")
    assert again.projects.lane_project.tolist() == [0, 1]


def test_a_deposit_that_nobody_could_use_is_refused():
    place = basin()
    with pytest.raises(DataError, match="nobody buys from FRE"):
        with_mines(replace(place), [Mine(project="deposit", kind="works", country="FRE", buyers="")])
