"""Deals that fall due: the last date first, against a recursion that plays every path out."""

import numpy as np
import pytest

from chokepoint.bargaining import (
    Issue,
    Level,
    Played,
    all_packages,
    follow,
    most_by_tying,
    pose,
    solve_backwards,
)
from chokepoint.solutions import RULES

LEVELS = tuple(Level(name=name, title=name) for name in ("kept", "freed"))
ISSUES = (
    Issue(name="ore", title="ore", owner="RUR", levels=LEVELS),
    Issue(name="lamps", title="lamps", owner="SYL", levels=LEVELS),
)
COMBINATIONS = all_packages(ISSUES)
STATES = len(COMBINATIONS)


def play(payoff):
    """Play games (case, party, combination): Nash's rule over what both threaten."""
    problem = pose(parties=("RUR", "SYL"), issues=ISSUES, payoff=payoff)
    choice = RULES["nash"].over_packages(problem.gains)
    agreed = payoff[np.arange(len(payoff)), :, choice.first]
    stand = problem.standoff
    threatened = 2 * stand.first.argmax(axis=1) + stand.second.argmax(axis=1)
    return Played(
        chosen=choice.first,
        threatened=threatened,
        value=np.where(choice.is_deal[:, None], agreed, problem.disagreement),
        leverage=stand.leverage,
        waited=stand.disagreement,
    )


def by_recursion(stretches, date, held):
    """Return the value (party,) of the game at a date after something was held, one case, by playing every path."""
    if date == len(stretches):
        return np.zeros(2)
    flow = stretches[date][0, held]
    ahead = np.stack([by_recursion(stretches, date + 1, then) for then in range(STATES)], axis=1)
    return play((flow + ahead)[None]).value[0]


def random_stretches(seed, dates=2):
    chooser = np.random.default_rng(seed)
    shapes = [(1, 1, 2, STATES), *[(1, STATES, 2, STATES)] * dates]
    return [chooser.normal(size=shape) for shape in shapes]


@pytest.mark.parametrize("seed", range(6))
def test_the_last_date_is_solved_first_and_every_path_agrees(seed):
    stretches = random_stretches(seed)
    games = solve_backwards(stretches, [play] * len(stretches))
    np.testing.assert_allclose(games[0].value[0], by_recursion(stretches, 0, 0), rtol=1e-12)
    for held in range(STATES):
        np.testing.assert_allclose(games[1].value[held], by_recursion(stretches, 1, held), rtol=1e-12)


def test_a_date_at_which_the_past_is_forgotten_changes_no_choice():
    first, later = random_stretches(3, dates=1)
    forgotten = np.broadcast_to(later[:, :1], later.shape)
    games = solve_backwards([first, forgotten], [play, play])
    alone = play(first[:, 0])
    # Whatever was held, the same game follows: its value is added to every package and every threat alike.
    assert games[0].chosen[0] == alone.chosen[0]
    np.testing.assert_allclose(games[0].value, alone.value + games[1].value[:1], rtol=1e-12)
    ahead = 0.5 * (games[1].value[0, 0] - games[1].value[0, 1])
    np.testing.assert_allclose(games[0].leverage, alone.leverage + ahead, rtol=1e-9)


def test_what_is_held_leads_to_its_own_game_at_the_date():
    cases = [random_stretches(seed) for seed in (1, 2)]
    games = solve_backwards([np.concatenate(each) for each in zip(*cases, strict=True)], [play] * 3)
    for agree in (True, False):
        way = follow(games, STATES, fails_at=() if agree else (0,))
        at, held = way[0]
        np.testing.assert_array_equal(at, [0, 1])
        expected = games[0].chosen if agree else games[0].threatened
        np.testing.assert_array_equal(held, np.where(expected < 0, games[0].threatened, expected))
        np.testing.assert_array_equal(way[1][0], np.arange(2) * STATES + held)


def test_a_party_can_bind_itself_to_its_best_package_that_the_other_signs():
    gains = np.array([[[5.0, 3.0, 1.0], [-1.0, 1.0, 4.0]]])
    least, package = most_by_tying(gains)
    np.testing.assert_array_equal(least, [[3.0, 4.0]])
    np.testing.assert_array_equal(package, [[1, 2]])
