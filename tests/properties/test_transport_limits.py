"""With its own margins held fixed, the market's flows are those of transport problems solved by other means."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from tests.properties.worlds import single_goods
from tests.ruritania import with_parameters
from tests.simulation.trade import simulate

MAKERS, USERS = ("RUR", "FRE"), ("RUR", "SYL", "FRE", "GFW")
WEDGES = st.lists(st.floats(-0.3, 0.3), min_size=6, max_size=6)


def table(world, values):
    """Lay lanes out as makers by users; 0 where there is no lane."""
    rows = [MAKERS.index(world.countries[each]) for each in world.lanes.exporter]
    columns = [USERS.index(world.countries[each]) for each in world.lanes.importer]
    laid = np.zeros((2, 4))
    laid[rows, columns] = values
    return laid


@given(single_goods(), WEDGES)
@settings(max_examples=30)
def test_flows_are_the_entropic_optimal_transport_between_their_own_margins(world, wedge):
    outcome = simulate(with_parameters(world, volume_ratio=1.0), wedge=wedge)
    assert outcome.is_solved.all()
    flow = table(world, outcome.flow[0, 0])
    fitted = table(world, world.lanes.flow_per_month * np.exp(-np.array(wedge) / outcome.behaviour.theta[0, 0]))
    for _ in range(2000):
        fitted *= (flow.sum(axis=1) / fitted.sum(axis=1))[:, None]
        fitted *= flow.sum(axis=0) / fitted.sum(axis=0)
    assert flow == pytest.approx(fitted, rel=1e-6, abs=1e-6)


@given(single_goods(), WEDGES)
@settings(max_examples=30)
def test_flows_cost_hardly_more_than_the_cheapest_transport_when_switching_is_easy(world, wedge):
    sigma = 500.0
    outcome = simulate(with_parameters(world, switch_elasticity=sigma, volume_ratio=1.0), wedge=wedge)
    assert outcome.is_solved.all()
    flow = outcome.flow[0, 0]
    gather = [world.lanes.exporter == each for each in np.unique(world.lanes.exporter)]
    gather += [world.lanes.importer == each for each in np.unique(world.lanes.importer)]
    margins = np.array(gather, float)
    cheapest = linprog(wedge, A_eq=margins, b_eq=margins @ flow, method="highs")
    # The entropy forgone is at most what any flow on these lanes can hold: theta q ln(q / f).
    base = world.lanes.flow_per_month
    most = np.maximum(flow, cheapest.x)
    slack = (most * np.abs(np.log(np.maximum(most, 1e-300) / base)) + most + base).sum() / sigma
    assert cheapest.fun - 1e-6 <= np.dot(wedge, flow) <= cheapest.fun + slack
