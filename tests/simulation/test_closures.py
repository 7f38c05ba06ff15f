from __future__ import annotations

from datetime import date

import numpy as np

from chokepoint.dates import Month
from chokepoint.instruments import Closure, free_conditions
from tests.ruritania import world
from tests.simulation.trade import simulate


def trading():
    """Ruritania mines for itself and for Sylvania, Freedonia mines a little for Sylvania."""
    return world(
        {"ruritanium": 1.0},
        [
            ("ruritanium", "RUR", "RUR", 50.0),
            ("ruritanium", "RUR", "SYL", 40.0),
            ("ruritanium", "FRE", "SYL", 10.0),
        ],
        [("mine", "RUR", 90.0, {"ruritanium": 1.0}), ("mine", "FRE", 10.0, {"ruritanium": 1.0})],
        [("ruritanium", "RUR", "industry", 50.0), ("ruritanium", "SYL", "industry", 50.0)],
    )


def price_in(outcome, country):
    at = outcome.world.country_index(country)
    return outcome.delivered[0, 0, outcome.wiring.buyer_country == at][0]


def test_a_closure_counts_the_days_it_is_in_force():
    shut = Closure(
        activities=np.array([True, False]), share=np.array([0.4]), effective=date(2025, 4, 16), ends=date(2025, 5, 31)
    )
    free = free_conditions(1, 1, 1, 2, 0)
    assert shut.apply(free, Month(2025, 3)) is free
    np.testing.assert_allclose(shut.apply(free, Month(2025, 4)).capacity_share, [[0.8, 1.0]])
    np.testing.assert_allclose(shut.apply(free, Month(2025, 5)).capacity_share, [[0.6, 1.0]])


def test_two_closures_shut_what_is_left():
    half = Closure(activities=np.array([True]), share=np.array([0.5]), effective=date(2025, 1, 1), ends=None)
    free = free_conditions(1, 1, 1, 1, 0)
    np.testing.assert_allclose(half.apply(half.apply(free, Month(2025, 1)), Month(2025, 1)).capacity_share, [[0.25]])


def test_a_control_on_production_raises_the_price_at_home_and_one_on_exports_lowers_it():
    closed = simulate(trading(), capacity_share=[0.6, 1.0])
    capped = simulate(trading(), cap_share=[np.inf, 0.3, np.inf])
    assert closed.is_solved.all()
    assert capped.is_solved.all()
    assert price_in(closed, "RUR") > 1.3
    assert price_in(capped, "RUR") < 1.0 < price_in(capped, "SYL")


def test_what_stays_open_makes_no_more_than_its_capacity():
    closed = simulate(trading(), capacity_share=[0.6, 1.0])
    assert closed.level[0, 0, 0] <= 0.6 * 90.0 / 0.8
    np.testing.assert_allclose(closed.capacity[0, 0], [0.6 * 90.0 / 0.8, 10.0 / 0.8])
