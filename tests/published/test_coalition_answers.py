"""Published examples of coalitions, shares and exclusion (methods T-F6, T-F7, T-F8)."""

from __future__ import annotations

import numpy as np
import pytest

from chokepoint.bargaining.exclusion import buy_signatures, exclude_entrant, signatures_to_exclude
from chokepoint.bargaining.three_parties import shut_out
from chokepoint.solutions.coalitions import game_of, members
from chokepoint.solutions.nucleolus import nucleolus, prenucleolus
from chokepoint.solutions.shapley import shapley
from chokepoint.solutions.stable_shares import core

GROUPS = [(0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)]
FERGUSON = (-1, 0, 1, 3, 4, 2, 5)
UNCOHESIVE = (2, 6, 5, 15, 1, 18, 14)


def three(worths):
    """Write a game of three in the order 1, 2, 3, 12, 13, 23, 123."""
    return game_of(dict(zip(GROUPS, map(float, worths), strict=True)), 3)


def gloves(left, right):
    """Give a pair of gloves the worth 1; the first ``left`` parties hold a left one, the others a right one."""
    belongs = members(left + right)
    return np.minimum(belongs[:, :left].sum(axis=1), belongs[:, left:].sum(axis=1))[None].astype(float)


def claims(estate, owed):
    """Give a coalition of claimants what of an estate the others leave it."""
    return np.maximum(0.0, estate - (~members(len(owed)) * np.array(owed)).sum(axis=1))[None].astype(float)


def test_the_owner_of_the_only_left_glove_gets_two_thirds():
    assert shapley(gloves(1, 2))[0] == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_among_nine_right_gloves_the_only_left_one_gets_nine_tenths():
    assert shapley(gloves(1, 9))[0] == pytest.approx([9 / 10] + [1 / 90] * 9)


def test_competition_leaves_the_short_side_of_the_glove_market_everything_in_core_and_nucleolus():
    found = core(gloves(1, 2))
    assert found.least.tolist() == found.most.tolist() == [[1.0, 0.0, 0.0]]
    assert nucleolus(gloves(1, 2)).tolist() == [[1.0, 0.0, 0.0]]


def test_fergusons_game_has_its_nucleolus():
    assert nucleolus(three(FERGUSON))[0] == pytest.approx([8 / 3, 2 / 3, 5 / 3], rel=1e-15)


def test_a_game_in_which_parting_pays_has_its_nucleolus_and_another_prenucleolus():
    assert nucleolus(three(UNCOHESIVE)).tolist() == [[2.0, 7.0, 5.0]]
    assert prenucleolus(three(UNCOHESIVE)).tolist() == [[-1.0, 13.0, 2.0]]
    assert core(three(UNCOHESIVE)).missing.tolist() == [6.0]


@pytest.mark.parametrize(("estate", "shares"), [(100, [100 / 3] * 3), (200, [50, 75, 75]), (300, [50, 100, 150])])
def test_the_talmud_divides_an_estate_by_the_nucleolus(estate, shares):
    assert nucleolus(claims(estate, [100, 200, 300]))[0] == pytest.approx(shares)


def test_ibn_ezras_four_sons_get_shapleys_shares():
    sons = [120, 60, 40, 30]
    worth = np.where(members(4), sons, 0).max(axis=1)[None].astype(float)
    assert shapley(worth)[0] == pytest.approx([80 + 5 / 6, 20 + 5 / 6, 10 + 5 / 6, 7.5])


def test_a_deposits_owner_bound_to_one_bidder_falls_from_two_thirds_to_half():
    one_deposit = three([0, 0, 0, 1, 1, 0, 1])
    assert shapley(shut_out(one_deposit, 0, 2))[0] == pytest.approx([1 / 2, 1 / 2, 0.0])


def test_aghion_and_bolton_price_damages_entry_and_profit():
    contract = exclude_entrant(1.0, 0.5)
    assert (contract.price, contract.damages, contract.entry) == (3 / 4, 1 / 2, 1 / 4)
    assert (contract.profit, contract.profit_without) == (5 / 16, 1 / 4)


@pytest.mark.parametrize(("value", "cost"), [(1.0, 0.5), (1.0, 0.8), (1.4, 0.3)])
def test_no_other_contract_that_leaves_the_buyer_as_well_off_pays_the_incumbent_more(value, cost):
    best = exclude_entrant(value, cost)
    entry = np.linspace(0.0, 1.0, 1001)
    profit = (best.price - entry) * entry + (best.price - cost) * (1.0 - entry)
    assert profit.max() == pytest.approx(best.profit, abs=1e-6)
    assert entry[np.argmax(profit)] == pytest.approx(best.entry, abs=1e-3)
    assert best.profit >= best.profit_without


def test_rasmusen_ramseyer_and_wiley_eighty_six_of_a_hundred_exclude():
    assert signatures_to_exclude(100, 15) == 86


def test_too_few_buyers_exclude_by_themselves():
    assert signatures_to_exclude(10, 11) == 0
    assert buy_signatures(10, 11, 1.0, 5.0).at_once == 0.0


def cheapest_in_turn(buyers, missing, worth, loss):
    """Play the signing in turn as a game: the incumbent buys a signature only if exclusion still pays in the end."""
    if missing == 0:
        return 0.0
    if missing > buyers:
        return np.inf
    without = cheapest_in_turn(buyers - 1, missing, worth, loss)
    asks = 0.0 if without <= worth else loss
    return min(without, asks + cheapest_in_turn(buyers - 1, missing - 1, worth, loss))


@pytest.mark.parametrize("loss", [0.4, 1.0, 1.4, 1.6, 2.1, 3.1])
@pytest.mark.parametrize(("buyers", "needed"), [(3, 2), (5, 3), (6, 2), (7, 5)])
def test_signatures_asked_for_in_turn_cost_what_the_game_tree_says_and_never_more_than_at_once(buyers, needed, loss):
    found = buy_signatures(buyers, needed, 1.0, loss)
    assert found.one_by_one == pytest.approx(cheapest_in_turn(buyers, found.signatures, buyers * 1.0, loss))
    if np.isfinite(found.one_by_one):
        assert found.one_by_one <= found.at_once
    if found.pays and found.signatures < buyers:
        assert found.one_by_one == 0.0
