from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chokepoint.stakes import keep_books, weigh
from tests.properties.worlds import single_goods
from tests.ruritania import chain, two_countries, with_parameters
from tests.simulation.trade import delivered, ex_works, lane, losses, simulate

SHARES = np.linspace(1.1, 0.0, 12)  # ever tighter caps, one per case
ROUNDING = 1e-7


def tightened(world):
    """Cap Ruritania's exports to Sylvania, which only buys, ever tighter; one case per share."""
    cap = np.full((SHARES.size, world.lanes.good.size), np.inf)
    cap[:, lane(world, "fenwickite", "RUR", "SYL")] = SHARES
    outcome = simulate(world, cases=SHARES.size, cap_share=cap)
    assert outcome.is_solved.all()
    return outcome


@given(single_goods())
@settings(max_examples=40)
def test_tightening_a_cap_never_lowers_the_price_abroad(world):
    price = delivered(tightened(world), "fenwickite", "SYL")[:, 0]
    assert (np.diff(price) >= -ROUNDING * price[1:]).all()
    assert price[-1] > price[0]


@given(single_goods())
@settings(max_examples=40)
def test_tightening_a_cap_never_raises_the_consumer_surplus_abroad(world):
    outcome = tightened(world)
    used = int(np.flatnonzero(world.uses.country == world.country_index("SYL"))[0])
    surplus = outcome.use_surplus[:, 0, used]
    assert (np.diff(surplus) <= ROUNDING * np.abs(surplus[0])).all()


@given(single_goods())
@settings(max_examples=40)
def test_tightening_a_cap_never_raises_welfare_abroad_when_the_exporter_takes_the_rent(world):
    outcome = tightened(with_parameters(world, rent_share=1.0))
    payoff = keep_books(outcome).payoff[:, 0, world.country_index("SYL")]
    assert (np.diff(payoff) <= ROUNDING * np.abs(payoff).max()).all()


@given(single_goods())
@settings(max_examples=40)
def test_tightening_a_cap_never_raises_the_price_at_home(world):
    price = ex_works(tightened(world), "fenwickite", "RUR")[:, 0]
    assert (np.diff(price) <= ROUNDING).all()


@pytest.mark.parametrize(("share", "sign"), [(0.0, -1.0), (1.0, 1.0)])
def test_who_gains_by_a_mild_cap_depends_on_who_takes_the_rent(share, sign):
    world = two_countries(rent_share=share)
    stakes = weigh(simulate(world, cap_share=[0.95]), simulate(world))
    assert sign * losses(stakes, "SYL").item() > 0.0
    assert sign * losses(stakes, "RUR").item() < 0.0


def test_a_cap_above_what_is_shipped_changes_nothing():
    world = two_countries()
    outcome = simulate(world, cap_share=[1.0 + 1e-6])
    assert outcome.flow.item() == pytest.approx(100.0, rel=1e-12)
    assert outcome.rent.item() == 0.0


@given(st.floats(0.0, 0.9))
@settings(max_examples=20)
def test_a_cap_on_magnets_raises_their_price_abroad_more_than_at_home(share):
    cap = np.where(np.isin(np.arange(14), (9, 10, 11)), share, np.inf)
    outcome = simulate(chain(), cap_share=cap)
    abroad = delivered(outcome, "magnet", "GFW").item()
    assert abroad > 1.0
    assert delivered(outcome, "magnet", "RUR").item() < abroad
