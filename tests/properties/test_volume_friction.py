"""What a control on one origin does to the others: the volume term alone must never make them fall."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties.worlds import chains, magnet_caps
from tests.ruritania import COUNTRIES, world
from tests.simulation.trade import delivered, lane, shipped, simulate

ROUNDING = 1e-7
SHARES = np.linspace(1.0, 0.0, 11)  # ever tighter caps, one per case


def makers(share, **changes):
    """Return three makers of one good and Sylvania, which makes none and holds a store; Ruritania sells ``share``."""
    flows = {"RUR": 100.0 * share, "FRE": 60.0 * (1.0 - share), "GFW": 40.0 * (1.0 - share)}
    return world(
        {"fenwickite": 1.0},
        [("fenwickite", maker, "SYL", flow) for maker, flow in flows.items()],
        [("mine", maker, flow, {"fenwickite": 1.0}) for maker, flow in flows.items()],
        [("fenwickite", "SYL", "lamps", 100.0)],
        [("fenwickite", "SYL", "industry")],
        **({"choke_price": 50.0} | changes),
    )


BEHAVIOUR = st.fixed_dictionaries(
    {
        "switch_elasticity": st.floats(0.5, 10.0),
        "volume_ratio": st.floats(1.0, 60.0),
        "supply_elasticity": st.floats(0.1, 5.0),
        "demand_elasticity": st.floats(0.05, 2.0),
        "stock_cover": st.one_of(st.just(0.0), st.floats(0.1, 6.0)),
        "stock_curvature": st.floats(0.3, 3.0),
    }
)


@given(st.floats(0.05, 0.95), BEHAVIOUR)
@settings(max_examples=60)
def test_the_tighter_one_origin_is_capped_the_more_comes_through_the_others(share, behaviour):
    market = makers(share, **behaviour)
    cap = np.full((SHARES.size, 3), np.inf)
    cap[:, 0] = SHARES
    outcome = simulate(market, cases=SHARES.size, cap_share=cap)
    assert outcome.is_solved.all()
    for maker in ("FRE", "GFW"):
        flow = shipped(outcome, "fenwickite", maker, "SYL")[:, 0]
        assert (np.diff(flow) >= -ROUNDING * flow[:-1]).all()


@given(st.floats(0.05, 0.95), st.floats(0.0, 1.0), st.floats(0.0, 1.0), BEHAVIOUR)
@settings(max_examples=60)
def test_what_one_origin_may_no_longer_send_never_lowers_another_that_is_free(share, first, second, behaviour):
    outcome = simulate(makers(share, **behaviour), cap_share=[first, second, np.inf])
    assert outcome.is_solved.all()
    usual = 40.0 * (1.0 - share)
    assert shipped(outcome, "fenwickite", "GFW", "SYL").item() >= usual * (1.0 - ROUNDING)


@given(chains(), magnet_caps())
@settings(max_examples=60)
def test_a_licence_is_worth_the_gap_between_the_prices_it_joins(drawn, cap):
    outcome = simulate(drawn, cap_share=cap)
    base = outcome.world.lanes.flow_per_month
    for row in np.flatnonzero(cap < 1.0):
        importer = outcome.world.lanes.importer[row]
        into = (outcome.world.lanes.good == outcome.world.lanes.good[row]) & (outcome.world.lanes.importer == importer)
        usual, arrived = np.minimum(base, cap * base)[into].sum(), outcome.flow[0, 0, into].sum()
        if usual * (1.0 + ROUNDING) < arrived < base[into].sum() * (1.0 - ROUNDING):
            node = outcome.wiring.lane_seller[row]
            gap = delivered(outcome, "magnet", COUNTRIES[importer]).item() - outcome.ex_works[0, 0, node]
            assert outcome.rent[0, 0, row] == pytest.approx(max(gap, 0.0), abs=ROUNDING * (1.0 + abs(gap)))


@given(st.floats(0.0, 1.0), BEHAVIOUR)
@settings(max_examples=30)
def test_a_cap_on_all_origins_alike_is_no_switching(share, behaviour):
    market = makers(0.5, **(behaviour | {"stock_cover": 0.0, "demand_elasticity": 0.1}))
    outcome = simulate(market, cap_share=np.full(3, share))
    assert outcome.is_solved.all()
    origin = [lane(market, "fenwickite", maker, "SYL") for maker in ("RUR", "FRE", "GFW")]
    base = market.lanes.flow_per_month
    assert outcome.flow[0, 0, origin] == pytest.approx(share * base[origin], rel=1e-9)
    assert outcome.switching.item() == pytest.approx(0.0, abs=1e-6)
