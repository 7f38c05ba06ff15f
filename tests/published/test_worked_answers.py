"""Answers worked by hand (section 9 of the model): every expected number is derived here, without the package."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.optimize import brentq

from chokepoint.stakes import weigh
from tests.ruritania import leak, two_countries, world
from tests.simulation.trade import delivered, ex_works, lane, losses, shipped, simulate

FENWICKITE = "fenwickite"
SPREAD = 0.2  # b = (1 - utilisation) / supply elasticity = (1 - 0.8) / 1


def logit(share):
    return math.log(share / (1.0 - share))


def mine_price(output):
    """Return the price at which a mine of reference 100 and capacity 125 makes an output."""
    return 1.0 - SPREAD * (logit(0.8) - logit(output / 125.0))


def demand_price(quantity):
    return (quantity / 100.0) ** (-1.0 / 0.2)


def capped(share, **changes):
    ruritania = two_countries(**changes)
    return simulate(ruritania, cap_share=[share])


def weighed(share, **changes):
    outcome = capped(share, **changes)
    return weigh(outcome, simulate(outcome.world))


def test_at_a_cap_of_sixty_the_mine_receives_0_7067():
    assert mine_price(60.0) == pytest.approx(0.7067, abs=5e-5)
    assert ex_works(capped(0.6), FENWICKITE, "RUR").item() == pytest.approx(mine_price(60.0), rel=1e-9)


def test_at_a_cap_of_sixty_without_a_choke_the_buyer_pays_12_86():
    assert demand_price(60.0) == pytest.approx(12.86, abs=5e-3)
    assert delivered(capped(0.6), FENWICKITE, "SYL").item() == pytest.approx(demand_price(60.0), rel=1e-9)


def test_a_sharp_choke_at_five_holds_the_price_at_five_and_cuts_the_use():
    outcome = capped(0.6, choke_price=5.0, choke_width=1e-6)
    demand_at_five = 100.0 * 5.0**-0.2
    assert demand_at_five == pytest.approx(72.5, abs=0.05)
    assert delivered(outcome, FENWICKITE, "SYL").item() == pytest.approx(5.0, abs=1e-5)
    assert outcome.use.item() == pytest.approx(60.0, rel=1e-9)


def test_a_mild_cap_whose_rent_the_importer_keeps_makes_the_importer_gain_3_745():
    saved = (1.0 - mine_price(95.0)) * 95.0
    # Worth of the last five units, the integral of (100 / z)^5, less what they cost at price 1.
    forgone = 25.0 * ((100.0 / 95.0) ** 4 - 1.0) - 5.0
    gain = saved - forgone  # the one lane carries all it may: nobody switches, so nobody meets friction
    assert gain == pytest.approx(3.745, abs=5e-4)
    assert forgone == pytest.approx(0.7, abs=0.01)
    assert -losses(weighed(0.95), "SYL").item() == pytest.approx(gain, rel=1e-8)


def test_the_same_cap_whose_rent_the_exporter_takes_costs_the_importer_its_consumer_surplus():
    forgone = 25.0 * ((100.0 / 95.0) ** 4 - 1.0) - 5.0
    loss = (demand_price(95.0) - 1.0) * 95.0 + forgone
    stakes = weighed(0.95, rent_share=1.0)
    assert losses(stakes, "SYL").item() == pytest.approx(loss, rel=1e-8)
    assert losses(stakes, "RUR").item() < 0.0


def test_a_mild_cap_whose_rent_the_importer_keeps_costs_the_exporter_the_whole_fall_of_its_price():
    # Producer surplus lost: the integral of output over the price from p to 1, K b ln((1 + e^..) / (1 + e^..)).
    top, low = logit(0.8), logit(0.76)
    profit = 125.0 * SPREAD * (math.log1p(math.exp(top)) - math.log1p(math.exp(low)))
    assert losses(weighed(0.95), "RUR").item() == pytest.approx(profit, rel=1e-8)


def detour(share, sigma, utilisation):
    """Solve the leak by hand: along the detour prices rise by its cost and by the friction of each lane.

    Of x units by way of Freedonia, Sylvania gets T = x + the capped direct flow, and with theta = 1 / sigma

        P_SYL = p_FRE + theta ln(x / 0.1)       (T lies between what the cap leaves and 100: no volume friction)
        P_FRE = p_RUR + theta_V ln(x / 0.1),    p_FRE - P_FRE = 0.5 + b logit(x / K)
    """
    direct = share * 99.9
    capacity = 0.1 / utilisation
    theta, theta_volume = 1.0 / sigma, 0.02 / sigma

    def beyond(level):
        total = direct + level
        cost = 0.5 - 0.5 / logit(utilisation) * logit(level / capacity)
        friction = (theta + theta_volume) * math.log(level / 0.1)
        return demand_price(total) - mine_price(total) - cost - friction

    level = brentq(beyond, 1e-9, min(capacity, 125.0 - direct) * (1.0 - 1e-12), xtol=1e-13)
    return level, direct + level


@pytest.mark.parametrize("sigma", [5.0, 200.0])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_goods_leak_through_a_third_country_as_first_order_conditions_say(share, sigma):
    outcome = simulate(leak(switch_elasticity=sigma), cap_share=[share, np.inf, np.inf])
    level, total = detour(share, sigma, 1e-4)
    assert outcome.is_solved.all()
    assert shipped(outcome, FENWICKITE, "FRE", "SYL").item() == pytest.approx(level, rel=1e-7)
    assert outcome.use.item() == pytest.approx(total, rel=1e-7)
    assert ex_works(outcome, FENWICKITE, "RUR").item() == pytest.approx(mine_price(total), rel=1e-7)
    assert delivered(outcome, FENWICKITE, "SYL").item() == pytest.approx(demand_price(total), rel=1e-7)


def flat_detour(share):
    """Cap the direct lane where reselling costs nearly 0.5 a unit: its capacity of 90 is half used."""
    return simulate(leak(utilisation__reexport_fenwickite=0.1 / 90.0), cap_share=[share, np.inf, np.inf])


def test_isoelastic_supply_gives_the_published_leak_of_93_1():
    total = brentq(lambda share: share**-5.0 - share - 0.5, 0.5, 1.0)
    assert total == pytest.approx(0.931, abs=5e-4)
    assert total + 0.5 == pytest.approx(1.431, abs=5e-4)


@pytest.mark.parametrize("share", [0.45, 0.5, 0.6])
def test_below_the_leak_a_cap_on_one_lane_is_worth_what_the_detour_costs(share):
    total = brentq(lambda quantity: demand_price(quantity) - mine_price(quantity) - 0.5, 50.0, 100.0)
    outcome = flat_detour(share)
    assert outcome.is_solved.all()
    assert outcome.use.item() == pytest.approx(total, rel=0.01)
    apart = delivered(outcome, FENWICKITE, "SYL") - ex_works(outcome, FENWICKITE, "RUR")
    assert apart.item() == pytest.approx(0.5, abs=0.05)
    assert outcome.rent[0, 0, 0] == pytest.approx(apart.item(), abs=1e-3)


def test_above_the_leak_the_detour_is_idle_and_the_cap_alone_sets_the_price():
    outcome = flat_detour(0.98)
    assert shipped(outcome, FENWICKITE, "FRE", "SYL").item() < 0.5
    assert delivered(outcome, FENWICKITE, "SYL").item() == pytest.approx(demand_price(98.0), rel=0.03)


def two_origins():
    """Two mines that hardly change their price, one buyer."""
    return world(
        {FENWICKITE: 1.0},
        [(FENWICKITE, "RUR", "SYL", 50.0), (FENWICKITE, "FRE", "SYL", 50.0)],
        [("mine", "RUR", 50.0, {FENWICKITE: 1.0}), ("mine", "FRE", 50.0, {FENWICKITE: 1.0})],
        [(FENWICKITE, "SYL", "lamps", 100.0)],
        switch_elasticity=2.0,
        utilisation=0.2,
        supply_elasticity=1000.0,
        supplier_adaptation=0.5,
    )


def effective_elasticity():
    """Return by month ``-ln(q_a / q_b)`` per unit by which origin a has become dearer than b."""
    ruritania = two_origins()
    outcome = simulate(ruritania, 24, wedge=[0.2, 0.0])
    flow = outcome.flow[0]
    price = outcome.ex_works[0]
    a, b = lane(ruritania, FENWICKITE, "RUR", "SYL"), lane(ruritania, FENWICKITE, "FRE", "SYL")
    dearer = 0.2 + price[:, outcome.wiring.lane_seller[a]] - price[:, outcome.wiring.lane_seller[b]]
    assert dearer == pytest.approx(0.2, abs=0.01)
    return -np.log(flow[:, a] / flow[:, b]) / dearer


def test_a_permanent_wedge_is_answered_with_elasticity_2_at_once():
    assert effective_elasticity()[0] == pytest.approx(2.0, abs=1e-9)


def test_a_permanent_wedge_is_answered_with_elasticity_4_after_24_months():
    assert effective_elasticity()[-1] == pytest.approx(4.0, abs=1e-5)


def test_adaptation_closes_half_of_its_way_in_each_half_life():
    # sigma (1 - rho^t) / (1 - rho): the half-life ln 0.5 / ln rho is one month at rho = 0.5.
    assert effective_elasticity()[:4] == pytest.approx([2.0, 3.0, 3.5, 3.75], rel=0.01)
