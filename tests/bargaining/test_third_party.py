"""The owner of a deposit and two bidders: coalitions whose outsiders reply best, by hand and by brute force."""

from itertools import product

import numpy as np
import pytest

from chokepoint.bargaining.exclusion import best_damages, buy_signatures, cheapest_signatures, exclude_entrant
from chokepoint.bargaining.third_party import BOUGHT_OFF, CARRIED_OUT, OFFERED, third_party, yearly_gain
from chokepoint.bargaining.third_party_tables import SHAPLEY, contract_rows, offers_of, third_party_tables
from chokepoint.exposure import DepositMarket
from chokepoint.solutions.coalitions import members

NAMES = ("Moravia", "Sylvania", "Ruritania")
# To nobody, Sylvania, Ruritania, both; for owner, Sylvania, Ruritania. Ruritania would rather see it in the ground.
BY_HAND = np.array([[[0.0, 0.0, 0.0], [2.0, 10.0, -6.0], [1.0, -3.0, 1.0], [1.5, 4.0, -2.0]]])


def game(gain=BY_HAND, stop=CARRIED_OUT):
    return third_party(NAMES, 30, stop, gain)


def test_coalitions_are_worth_what_they_reach_when_outsiders_reply_best():
    worth = game().worth[0]
    # Alone the owner may find nobody who takes; a bidder alone may face the other having it, or refuse nothing.
    assert worth[0b001] == 0.0
    assert worth[0b010] == -3.0
    assert worth[0b100] == -6.0
    assert worth[0b011] == 12.0
    # Owner and Ruritania sell to it or to nobody; both together for Ruritania's sake choose 2 over 0.
    assert worth[0b101] == 2.0
    # Without the owner the bidders can count on nothing: where both leave it, it may as well offer it to nobody.
    assert worth[0b110] == 0.0
    assert worth[0b111] == 6.0


def is_settled(table, profile, inside):
    """Say whether neither a coalition, moving as one, nor anybody outside, moving alone, could raise its own payoff."""
    actions = [range(size) for size in table.shape[1:]]

    def best(movers):
        moves = product(*(actions[party] if party in movers else (profile[party],) for party in range(3)))
        return max(sum(table[(party, *move)] for party in movers) for move in moves)

    movers = [inside, *({outsider} for outsider in set(range(3)) - inside)]
    return all(sum(table[(party, *profile)] for party in each) >= best(each) for each in movers)


def by_brute_force(gain):
    """Return the worth of each coalition by listing every standoff (coalition,)."""
    table = third_party(NAMES, 30, CARRIED_OUT, gain[None]).payoff[0]
    found = np.zeros(8)
    for coalition in range(1, 8):
        inside = set(np.flatnonzero(members(3)[coalition]).tolist())
        settled = [profile for profile in product(*map(range, table.shape[1:])) if is_settled(table, profile, inside)]
        found[coalition] = min(sum(table[(party, *profile)] for party in inside) for profile in settled)
    return found


@pytest.mark.parametrize("seed", range(5))
def test_worths_are_those_of_every_standoff_listed(seed):
    gain = np.random.default_rng(seed).normal(size=(4, 3))
    gain[0] = 0.0
    np.testing.assert_allclose(game(gain[None]).worth[0], by_brute_force(gain), atol=1e-12)


def market(chance_free=1.0):
    """Return a market of one case: trade and stop, nobody and each and both."""
    allocations = ((), ("CHE",), ("RUR",), ("CHE", "RUR"))
    payoff = np.zeros((1, 2, 4, 2))
    payoff[0, 1] = [[-100.0, -10.0], [-60.0, -10.0], [-110.0, -8.0], [-80.0, -9.0]]
    payoff[0, 0] = chance_free * np.array([[0.0, 0.0], [1.0, -2.0], [-1.0, 3.0], [0.0, 1.0]])
    owner = np.array([[[0.0, 5.0, 4.0, 4.5], [0.0, 9.0, 4.0, 6.0]]])
    return DepositMarket(
        allocations=allocations, parties=("CHE", "RUR"), payoff=payoff, owner=owner, arrives=np.array([1.0, 3.0])
    )


def test_a_stop_that_is_carried_out_weighs_its_year_by_its_chance():
    found = yearly_gain(market(), ("CHE", "RUR"), np.array([0.25]), is_bought_off=False)
    assert found.shape == (1, len(OFFERED), 3)
    np.testing.assert_allclose(found[0, 1], [0.75 * 5.0 + 0.25 * 9.0, 0.75 + 0.25 * 40.0, -1.5])
    np.testing.assert_allclose(found[0, 0], 0.0)


def test_a_stop_that_is_bought_off_moves_half_of_what_it_would_do_from_one_to_the_other():
    found = yearly_gain(market(0.0), ("CHE", "RUR"), np.array([1.0]), is_bought_off=True)
    # Sylvania would lose 40 less in a stop, Ruritania as much as before: leverage moves by 20, and nothing is lost.
    np.testing.assert_allclose(found[0, 1, 1:], [20.0, -20.0])
    assert found[0, 1, 0] == 5.0


def test_every_division_that_is_blocked_names_the_coalition_and_what_it_would_gain():
    tables = {table.name: table for table in third_party_tables([game(), game(stop=BOUGHT_OFF)], [])}
    names = [column.name for column in tables["third_party_blocked"].columns]
    rows = [dict(zip(names, row, strict=True)) for row in tables["third_party_blocked"].rows]
    mine = {row["coalition"]: row["gains_usd"] for row in rows if (row["offer"], row["stop"]) == (SHAPLEY, CARRIED_OUT)}
    shares, worth = offers_of(game())[SHAPLEY][0], game().worth[0]
    assert mine == {"Moravia + Sylvania": pytest.approx(worth[0b011] - shares[0] - shares[1])}
    assert {row["coalition"] for row in rows} <= {game().coalition(number) for number in range(1, 8)}


def test_contracts_are_signed_only_where_the_payer_gains_more_than_is_asked():
    rows = {(row.contract, row.pays): row for row in contract_rows(game())}
    kept = rows["left in the ground", "Ruritania"]
    # Alone the owner sells to Sylvania for 2; Ruritania loses 6 by that, and all together 6 are lost with it.
    assert (kept.asked_usd, kept.gained_usd, kept.worth_it, kept.wasteful) == (2.0, 6.0, 1.0, 1.0)
    assert rows["left in the ground", "Sylvania"].worth_it == 0.0
    tied = rows["exclusive dealing", "Sylvania"]
    assert tied.worth_it == float(tied.gained_usd > tied.asked_usd)


def test_damages_over_draws_are_the_contract_of_aghion_and_bolton():
    costs = (np.arange(2000) + 0.5) / 2000
    for cost in (0.3, 0.5, 0.8):
        found, known = best_damages(cost - costs, np.zeros(costs.size)), exclude_entrant(1.0, cost)
        assert found.entry == pytest.approx(known.entry, abs=1e-3)
        assert found.gained.mean() == pytest.approx(known.profit - known.profit_without, abs=1e-3)
        # Of those shut out every one could have served the buyer for less.
        assert (costs[found.shut_out] < cost).all()


def test_damages_never_leave_those_who_set_them_worse_off_and_may_keep_everybody_out():
    found = best_damages(np.array([1.0, 2.0]), np.array([5.0, 5.0]))
    assert (found.entry, found.entry_without) == (0.0, 1.0)
    np.testing.assert_allclose(found.gained, [5.0, 5.0])


def test_signatures_of_buyers_alike_cost_what_segal_and_whinston_say():
    known = buy_signatures(10, 4, 1.0, 1.0)
    found = cheapest_signatures(np.ones((1, 10)), np.full(10, 0.1), 0.4)
    assert found.tolist() == [known.at_once]


def test_buyers_who_lose_nothing_sign_for_nothing():
    assert cheapest_signatures(np.array([[0.0, 7.0]]), np.array([0.8, 0.2]), 0.5).tolist() == [0.0]
