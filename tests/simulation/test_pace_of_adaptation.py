from __future__ import annotations

import numpy as np
import pytest

from tests.ruritania import two_countries, world
from tests.simulation.trade import go_on, months, settings_of, simulate


def test_with_no_half_life_the_whole_way_is_gone_in_a_month():
    outcome = simulate(two_countries(demand_adaptation=0.5), 2, wedge=[0.5])
    need, used = 100.0, outcome.use[0, 0, 0]
    assert outcome.reference_use[0, 1, 0] == pytest.approx(need**0.5 * used**0.5)


@pytest.mark.parametrize("half_life", [6.0, 18.0])
def test_users_go_half_of_the_way_in_their_half_life(half_life):
    # Supply and price are fixed by a wedge on a flat supply, so the path is that of one equation.
    of = two_countries(
        demand_adaptation=0.7, demand_adaptation_half_life=half_life, supply_elasticity=1e4, utilisation=0.5
    )
    path = np.log(simulate(of, 240, wedge=[0.5]).use[0, :, 0] / 100.0)
    whole = path[-1] - path[0]
    gone = (path[int(half_life)] - path[0]) / whole
    assert gone == pytest.approx(0.5, abs=0.02)


def test_the_long_run_does_not_depend_on_the_pace():
    ends = [
        simulate(two_countries(demand_adaptation=0.6, demand_adaptation_half_life=pace), 300, wedge=[0.3]).use[0, -1, 0]
        for pace in (0.0, 10.0, 25.0)
    ]
    assert ends == pytest.approx([ends[0]] * 3, rel=1e-4)


def test_suppliers_too_follow_at_their_own_pace():
    def switching(pace):
        of = world(
            {"ore": 1.0},
            [("ore", "RUR", "SYL", 50.0), ("ore", "FRE", "SYL", 50.0)],
            [("mine", "RUR", 50.0, {"ore": 1.0}), ("mine", "FRE", 50.0, {"ore": 1.0})],
            [("ore", "SYL", "lamps", 100.0)],
            supplier_adaptation=0.5,
            supplier_adaptation_half_life=pace,
            supply_elasticity=1e3,
        )
        terms = {"wedge": [[0.2, 0.0]]}
        outcome, _ = go_on(of, months(36), settings_of(of), lambda _: terms)
        return outcome.flow[0, :, 0]

    quick, slow = switching(0.0), switching(24.0)
    assert quick[0] == pytest.approx(slow[0])
    assert quick[6] < slow[6]
    assert slow[35] < slow[12] < slow[3]
