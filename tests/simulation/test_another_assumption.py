"""Another stock, date, handling time or behaviour changes the answer in the direction stated here beforehand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from chokepoint.scenario import apply
from chokepoint.simulation import run, wire
from chokepoint.stakes import weigh
from tests.ruritania import chain, with_parameters
from tests.simulation.acts import LICENCE, act, branch
from tests.simulation.trade import conditions, months, settings_of

SPAN = months(8)


def weighed(world, *measures):
    """Return the run of a branch of measures, and its stakes."""
    settings = settings_of(world)
    schedule = apply(world, branch(*measures), settings)
    wiring = wire(world, schedule.groups)
    outcome, _ = run(world, wiring, settings, SPAN, schedule.conditions)
    still = conditions(world, 1, len(schedule.groups))
    without, _ = run(world, wiring, settings, SPAN, lambda _: still)
    assert outcome.is_solved.all()
    return outcome, weigh(outcome, without)


def unserved(outcome, country="SYL"):
    """Return what a country's uses went without over all months."""
    mine = outcome.world.uses.country == outcome.world.country_index(country)
    return (outcome.world.uses.demand_per_month - outcome.use[0])[:, mine].sum()


def loss(stakes, country="SYL"):
    return stakes.loss[0, :, stakes.world.country_index(country)].sum()


def licensed(**changes):
    return act("RUR/licence", replace(LICENCE, **changes))


@pytest.mark.parametrize(("cover", "more"), [(0.5, 1.5), (1.0, 3.0)])
def test_a_larger_stock_leaves_less_unserved_and_costs_its_owner_less(cover, more):
    (small, small_stakes), (large, large_stakes) = (
        weighed(with_parameters(chain(), stock_cover__magnet__SYL=each), licensed()) for each in (cover, more)
    )
    assert unserved(large) < unserved(small)
    assert loss(large_stakes) < loss(small_stakes)


def test_a_larger_stock_puts_off_the_month_in_which_the_price_has_risen_by_half():
    def months_before(cover):
        outcome, _ = weighed(with_parameters(chain(), stock_cover__magnet__SYL=cover), licensed())
        dear = outcome.delivered[0, :, outcome.wiring.lane_buyer[9]] > 1.5
        assert dear.any()
        return int(dear.argmax())

    assert months_before(0.5) < months_before(3.0)


def test_a_longer_handling_time_leaves_more_unserved_and_costs_more():
    (short, short_stakes), (long, long_stakes) = (
        weighed(chain(), licensed(handling_days=days)) for days in (20.0, 80.0)
    )
    assert unserved(long) > unserved(short)
    assert loss(long_stakes) > loss(short_stakes)


def test_quicker_approvals_cost_less():
    slow, quick = (weighed(chain(), licensed(approval_per_month=share))[1] for share in (0.05, 0.5))
    assert loss(quick) < loss(slow)


def test_a_larger_share_already_cleared_leaves_less_unserved():
    none, some = (weighed(chain(), licensed(already_cleared=share))[0] for share in (0.0, 0.8))
    assert unserved(some) < unserved(none)


def test_a_later_date_leaves_less_unserved_within_the_same_months():
    early, late = (weighed(chain(), replace(licensed(), effective=dt.date(2025, month, 1)))[0] for month in (2, 5))
    assert unserved(late) < unserved(early)
    assert np.abs(late.delivered[0, :4] - 1.0).max() <= 1e-12
    assert early.delivered[0, :4].max() > 1.1


def test_an_earlier_end_leaves_less_unserved():
    lasting, ended = (weighed(chain(), replace(licensed(), ends=day))[0] for day in (None, dt.date(2025, 4, 30)))
    assert unserved(ended) < unserved(lasting)


def test_a_smaller_share_under_control_costs_less():
    whole, part = (weighed(chain(), licensed(share=share))[1] for share in (1.0, 0.5))
    assert loss(part) < loss(whole)


def test_easier_switching_of_origin_leaves_less_unserved():
    hard, easy = (weighed(chain(switch_elasticity=sigma), licensed(share=0.5))[0] for sigma in (0.5, 8.0))
    assert unserved(easy) < unserved(hard)


def test_a_country_that_is_no_target_can_gain_as_a_supplier():
    _, stakes = weighed(chain(), replace(licensed(), targets=("SYL",)))
    assert loss(stakes, "SYL") > 0.0
    assert stakes.shortage.shape == (1, 8, 4)
