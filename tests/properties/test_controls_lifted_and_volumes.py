from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from chokepoint.simulation import Memory
from tests.properties.worlds import chains
from tests.ruritania import chain, two_countries, world
from tests.simulation.trade import delivered, ex_works, go_on, lane, months, settings_of, shipped, simulate

EXPORTS = (9, 10, 11)  # magnets from Ruritania in chain()


def lifted(of, share, held, after):
    """Cap Ruritania's magnets for some months, then lift the cap; return the whole run."""
    cap = np.where(np.isin(np.arange(14), EXPORTS), share, np.inf)
    outcome, _ = go_on(
        of,
        months(held + after),
        settings_of(of),
        lambda when: {"cap_share": cap} if months(1)[0].until(when) < held else {},
    )
    assert outcome.is_solved.all()
    return outcome


@pytest.mark.parametrize("share", [0.0, 0.3])
@pytest.mark.parametrize("rho", [0.0, 0.5, 0.8])
def test_a_lifted_control_brings_flows_back(share, rho):
    outcome = lifted(chain(supplier_adaptation=rho, demand_adaptation=rho), share, 6, 48)
    base = outcome.world.lanes.flow_per_month
    assert outcome.flow[0, 5, 9] <= share * base[9] * (1.0 + 1e-9)
    assert outcome.flow[0, -1] == pytest.approx(base, rel=0.02)


def test_a_lifted_ban_brings_back_at_once_most_of_what_it_stopped():
    flow = shipped(lifted(chain(), 0.0, 6, 2), "magnet", "RUR", "GFW")[0]
    assert flow[5] == 0.0
    assert flow[6] > 4.0  # 5 before


def test_stores_are_refilled_once_the_control_is_lifted():
    outcome = lifted(chain(), 0.3, 4, 60)
    stock = outcome.stock[0, :, 0]
    assert stock[3] < 0.8 * outcome.behaviour.target[0, 0]
    assert stock[-1] == pytest.approx(outcome.behaviour.target[0, 0], rel=0.01)


@given(chains(), st.floats(0.0, 0.95))
@settings(max_examples=30)
def test_a_fall_of_demand_alone_parts_the_two_prices_by_no_more_than_the_volume_friction(drawn, share):
    # Ruritania's ore has a single origin and no cap: magnets are stopped further down, so its plants need less.
    cap = np.where(np.isin(np.arange(14), EXPORTS), share, np.inf)
    outcome = simulate(drawn, cap_share=cap)
    flow = shipped(outcome, "ore", "RUR", "RUR").item()
    assume(flow > 1e-6)
    apart = delivered(outcome, "ore", "RUR").item() - ex_works(outcome, "ore", "RUR").item()
    theta_volume = outcome.behaviour.theta_volume[0, 0]
    assert apart == pytest.approx(theta_volume * np.log(flow / 100.0), abs=1e-7)


def less_used(of, share, **changes):
    """Clear a month in which every use needs only a share of what it did."""
    ruritania = of(**changes)
    held = np.zeros((1, 0))
    need = share * ruritania.uses.demand_per_month[None, :]
    memory = Memory(drift=np.ones((1, ruritania.lanes.good.size)), use=need, stock=held, clearing=None)
    outcome, _ = go_on(ruritania, months(1), settings_of(ruritania), memory=memory)
    assert outcome.is_solved.all()
    return outcome


@given(st.floats(0.1, 2.0), st.floats(0.5, 5.0), st.floats(20.0, 60.0))
@settings(max_examples=40)
def test_when_half_is_needed_half_is_shipped_at_nearly_one_price(share, sigma, ratio):
    outcome = less_used(two_countries, share, switch_elasticity=sigma, volume_ratio=ratio)
    friction = np.log(outcome.flow.item() / 100.0) / (sigma * ratio)
    assert (outcome.delivered - outcome.ex_works).item() == pytest.approx(friction, abs=1e-8)


def test_a_volume_friction_above_any_price_leaves_goods_to_be_had_for_nothing():
    # theta_V = 0.5: to ship a tenth of the volume would take a price 1.15 lower abroad than at the mine.
    outcome = less_used(two_countries, 0.125, volume_ratio=2.0)
    assert outcome.delivered.item() == pytest.approx(0.0, abs=1e-9)
    price = brentq(
        lambda each: 100.0 * np.exp(-2.0 * each) - 125.0 / (1.0 + np.exp((0.7227411 - each) / 0.2)), 0.0, 1.0
    )
    assert outcome.ex_works.item() == pytest.approx(price, rel=1e-6)


@pytest.mark.parametrize("shut", [(9, 10), (10, 11), (9, 10, 11)])
def test_several_bans_at_once_are_solved_though_nobody_holds_a_store(shut):
    outcome = simulate(chain(stock_cover=0.0), cap_share=np.where(np.isin(np.arange(14), shut), 0.0, np.inf))
    assert outcome.is_solved.all()


def twins(**changes):
    """Return two equal makers and one buyer."""
    return world(
        {"fenwickite": 1.0},
        [("fenwickite", "RUR", "SYL", 50.0), ("fenwickite", "FRE", "SYL", 50.0)],
        [("mine", "RUR", 50.0, {"fenwickite": 1.0}), ("mine", "FRE", 50.0, {"fenwickite": 1.0})],
        [("fenwickite", "SYL", "lamps", 100.0)],
        **changes,
    )


@given(st.floats(0.1, 1.2), st.floats(20.0, 60.0))
@settings(max_examples=30)
def test_a_fall_of_demand_hits_equal_origins_equally_and_meets_the_volume_friction_only(share, ratio):
    outcome = less_used(twins, share, volume_ratio=ratio)
    first, second = (lane(outcome.world, "fenwickite", maker, "SYL") for maker in ("RUR", "FRE"))
    assert outcome.flow[0, 0, first] == pytest.approx(outcome.flow[0, 0, second], rel=1e-8)
    apart = outcome.delivered[0, 0, 0] - outcome.ex_works[0, 0]
    assert apart == pytest.approx(np.log(outcome.flow.sum() / 100.0) / ratio, abs=1e-8)
