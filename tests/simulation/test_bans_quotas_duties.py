from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from chokepoint.dates import Month
from chokepoint.instruments import Ban, Duty, Quota, free_conditions
from chokepoint.stakes import delivered_paid, weigh
from chokepoint.stakes.books import identity_gap, keep_books, prices_gap
from tests.ruritania import chain, two_countries, world
from tests.simulation.trade import caps, delivered, ex_works, lane, losses, simulate

EXPORTS = np.array([9, 10, 11])  # magnets from Ruritania in chain()
ALL = np.array([True])


def applied(instrument, month, groups=0):
    return instrument.apply(free_conditions(1, 1, 1, 1, groups), month)


@pytest.mark.parametrize(
    ("month", "cap"),
    [
        (Month(2025, 3), np.inf),
        (Month(2025, 4), 0.5),
        (Month(2025, 5), 0.0),
        (Month(2025, 6), 0.8),
        (Month(2025, 7), np.inf),
    ],
)
def test_a_ban_closes_a_lane_for_its_days_in_force(month, cap):
    ban = Ban(lanes=ALL, effective=dt.date(2025, 4, 16), ends=dt.date(2025, 6, 6))
    assert applied(ban, month).cap_share.item() == pytest.approx(cap)


@pytest.mark.parametrize(("month", "cap"), [(Month(2025, 4), 0.0), (Month(2025, 5), 0.0), (Month(2025, 6), np.inf)])
def test_a_suspension_opens_a_banned_lane_for_its_days(month, cap):
    ban = Ban(
        lanes=ALL,
        effective=dt.date(2025, 1, 1),
        ends=None,
        suspended=((dt.date(2025, 6, 1), dt.date(2025, 6, 30)),),
    )
    assert applied(ban, month).cap_share.item() == pytest.approx(cap)
    assert not ban.is_applied(dt.date(2025, 6, 30))
    assert ban.is_applied(dt.date(2025, 7, 1))


def test_a_ban_leaves_other_lanes_open():
    ban = Ban(lanes=np.array([True, False]), effective=dt.date(2025, 1, 1), ends=None)
    assert ban.apply(free_conditions(1, 2, 1, 1, 0), Month(2030, 1)).cap_share.tolist() == [[0.0, np.inf]]


def test_a_duty_is_levied_for_its_days_in_force_and_adds_to_others():
    duty = Duty(lanes=ALL, rate=np.array([0.2]), effective=dt.date(2025, 4, 16), ends=None)
    once = applied(duty, Month(2025, 4))
    assert once.duty.item() == pytest.approx(0.1)
    assert duty.apply(once, Month(2025, 5)).duty.item() == pytest.approx(0.3)
    assert applied(duty, Month(2025, 3)).duty.item() == 0.0


def test_a_quota_counts_the_days_before_it_as_free():
    quota = Quota(group=0, quota_share=np.array([0.4]), effective=dt.date(2025, 4, 16), ends=None)
    assert applied(quota, Month(2025, 3), 1).quota_share.item() == np.inf
    assert applied(quota, Month(2025, 4), 1).quota_share.item() == pytest.approx(0.7)
    assert applied(quota, Month(2025, 5), 1).quota_share.item() == pytest.approx(0.4)


def quota_run(share, **changes):
    return simulate(chain(**changes), groups=(EXPORTS,), quota_share=[share])


def test_a_quota_is_used_to_the_last_tonne_and_no_further():
    outcome = quota_run(0.5)
    assert outcome.is_solved.all()
    assert outcome.flow[0, 0, EXPORTS].sum() == pytest.approx(15.0, rel=1e-8)


def test_a_quota_above_trade_is_worth_nothing():
    outcome = quota_run(1.01)
    assert outcome.premium.item() == pytest.approx(0.0, abs=1e-9)
    assert outcome.flow[0, 0] == pytest.approx(outcome.world.lanes.flow_per_month, rel=1e-8)


def test_all_importers_under_one_quota_pay_the_same_premium():
    # Each lane obeys q = f exp((P + rho - p - nu) / theta) with rho = (theta - theta_V) ln(Q / F): solved for nu here.
    outcome = quota_run(0.5)
    wiring, behaviour = outcome.wiring, outcome.behaviour
    flow, base = outcome.flow[0, 0], outcome.world.lanes.flow_per_month
    premiums = []
    for row in EXPORTS:
        into = wiring.lane_buyer == wiring.lane_buyer[row]
        grown = np.log(flow[into].sum() / base[into].sum())
        theta, volume = behaviour.theta[0, 3], behaviour.theta_volume[0, 3]
        price = outcome.delivered[0, 0, wiring.lane_buyer[row]] - outcome.ex_works[0, 0, wiring.lane_seller[row]]
        premiums.append(price + (theta - volume) * grown - theta * np.log(flow[row] / base[row]))
    assert premiums == pytest.approx([outcome.premium.item()] * 3, rel=1e-7)
    assert outcome.premium.item() > 0.1


def test_the_rent_of_a_quota_goes_to_whom_the_rent_share_says():
    world = chain()
    nobody, everybody = (
        weigh(quota_run(0.5, rent_share=share), simulate(chain(rent_share=share), groups=(EXPORTS,)))
        for share in (0.0, 1.0)
    )
    outcome = quota_run(0.5)
    price = 20.0
    rent = outcome.premium.item() * price * outcome.flow[0, 0, EXPORTS]
    assert losses(nobody, "RUR") - losses(everybody, "RUR") == pytest.approx(rent.sum(), rel=1e-8)
    for row, importer in zip(EXPORTS, world.lanes.importer[EXPORTS], strict=True):
        taken = everybody.loss[0, 0, importer] - nobody.loss[0, 0, importer]
        assert taken == pytest.approx(outcome.premium.item() * price * outcome.flow[0, 0, row], rel=1e-8)


def test_the_importer_pays_the_duty_to_itself():
    world = two_countries()
    outcome = simulate(world, duty=[0.1])
    stakes = weigh(outcome, simulate(world))
    apart = delivered(outcome, "fenwickite", "SYL") - ex_works(outcome, "fenwickite", "RUR")
    friction = 0.02 * np.log(outcome.flow.item() / 100.0)
    assert apart.item() == pytest.approx(0.1 + friction, abs=1e-9)
    # A small triangle is lost in all, while the exporter loses by its lower price and the importer gains by it.
    assert 0.0 < stakes.loss.sum() < 0.1 * (100.0 - outcome.flow.item())
    assert losses(stakes, "RUR").item() > 0.0 > losses(stakes, "SYL").item()


def test_the_paid_price_holds_the_duty():
    world = two_countries()
    _, paid = delivered_paid(simulate(world, duty=[0.1]))
    assert paid.item() == pytest.approx(simulate(world, duty=[0.1]).ex_works.item() + 0.1, rel=1e-12)


def test_a_ban_on_one_lane_stops_that_lane():
    world = chain()
    row = lane(world, "magnet", "RUR", "SYL")
    outcome = simulate(world, cap_share=np.where(np.arange(14) == row, 0.0, np.inf))
    assert outcome.flow[0, 0, row] == 0.0
    assert delivered(outcome, "magnet", "SYL").item() > 1.3
    assert ex_works(outcome, "magnet", "RUR").item() < 1.0


@pytest.mark.parametrize("cover", [0.0, 0.1, 2.0])
def test_a_chain_capped_at_two_stages_at_once_is_solved_in_every_month(cover):
    market = chain(stock_cover=cover)
    held = caps(market, magnet__RUR__SYL=0.5, magnet__RUR__FRE=0.7, ruritanium__RUR__FRE=0.3)
    outcome = simulate(market, 6, cap_share=held)
    assert outcome.is_solved.all()
    assert outcome.residual.max() <= 1e-9


def two_oxides():
    """Ruritania ships a cheap and a dear oxide to Sylvania, 80 and 20 a month, and uses as much of each at home."""
    goods = {"cheap": 1.0, "dear": 50.0}
    amounts = {"cheap": 80.0, "dear": 20.0}
    return world(
        goods,
        [(good, "RUR", there, amounts[good]) for good in goods for there in ("RUR", "SYL")],
        [("mine_" + good, "RUR", 2.0 * amounts[good], {good: 1.0}) for good in goods],
        [(good, there, "lamps", amounts[good]) for good in goods for there in ("RUR", "SYL")],
    )


def test_a_quota_over_goods_counts_tonnes_and_lifts_the_cheap_good_further():
    of = two_oxides()
    exports = np.flatnonzero(of.lanes.exporter != of.lanes.importer)
    outcome = simulate(of, groups=[exports], quota_share=[[0.6]])
    assert outcome.is_solved.all()
    assert outcome.flow[0, 0, exports].sum() == pytest.approx(0.6 * 100.0, rel=1e-9)
    prices = {}
    for number, good in enumerate(of.goods):
        wiring = outcome.wiring
        seller = np.flatnonzero((wiring.seller_good == number) & (wiring.seller_country == of.country_index("RUR")))[0]
        buyer = np.flatnonzero((wiring.buyer_good == number) & (wiring.buyer_country == of.country_index("SYL")))[0]
        prices[good.code] = (outcome.ex_works[0, 0, seller], outcome.delivered[0, 0, buyer])
    # The licence costs the same per tonne, so that the cheap good stands further above its price at home.
    gaps = {
        good: (outside - inside) * of.goods[n].price_usd_per_unit
        for n, (good, (inside, outside)) in enumerate(prices.items())
    }
    assert prices["cheap"][1] / prices["cheap"][0] > 2.0 * prices["dear"][1] / prices["dear"][0]
    assert gaps["cheap"] == pytest.approx(gaps["dear"], rel=0.2)


def test_the_books_close_under_a_quota_in_tonnes_over_goods_of_unlike_price():
    of = two_oxides()
    exports = np.flatnonzero(of.lanes.exporter != of.lanes.importer)
    outcome = simulate(of, 3, groups=[exports], quota_share=[[0.6]], values={"rent_share": 0.5})
    books = keep_books(outcome)
    assert identity_gap(outcome, books).max() < 1e-9
    assert prices_gap(outcome).max() < 1e-9
