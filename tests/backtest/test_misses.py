from __future__ import annotations

import numpy as np
import pytest

from chokepoint.answer.episodes import DRAWS, SEED, bundled_episodes, bundled_misses, open_episode
from chokepoint.backtest.episodes import play
from chokepoint.backtest.misses import Miss, held_share, missed, read_misses, stated, widening, write_misses
from chokepoint.backtest.scores import target_scores
from tests.backtest.test_scores import played

# The bundled rare-earth world takes as long as all the sketches together.
SKETCHED = [name for name in bundled_episodes() if name != "magnets-2025"]


def misses_of(values, episode="other"):
    return [Miss(episode=episode, target=str(number), missed_log2=value) for number, value in enumerate(values)]


def test_an_outcome_outside_missed_by_its_distance_and_one_inside_by_less_than_nothing():
    assert missed(-1.0, 1.0, 3.0) == 2.0
    assert missed(-1.0, 1.0, -1.5) == 0.5
    assert missed(-1.0, 1.0, 0.75) == -0.25


@pytest.mark.parametrize(("count", "place"), [(4, 4), (9, 8), (24, 20), (26, 22)])
def test_the_widening_is_the_ceil_of_eight_tenths_of_n_plus_one_th_smallest_miss(count, place):
    values = np.random.default_rng(count).permutation(count).astype(float)
    assert widening(misses_of(values)) == place - 1


def test_widened_intervals_hold_at_least_eight_outcomes_in_ten_if_their_order_means_nothing():
    drawn = np.random.default_rng(1).standard_t(3, size=(4000, 27))
    held = [row[0] <= widening(misses_of(row[1:])) for row in drawn]
    assert 0.8 <= np.mean(held) <= 0.8 + 1.0 / 27 + 0.02


def test_an_episode_does_not_know_its_own_misses():
    known = [*misses_of([0.1, 0.2, 0.3]), *misses_of([9.0, 9.0, 9.0], "mine")]
    assert widening(known, "mine") == 0.3
    assert widening(known) == 9.0
    assert widening(misses_of([9.0], "mine"), "mine") == 0.0


def test_intervals_that_were_too_wide_are_narrowed_but_never_past_the_middle():
    assert stated((-1.0, 0.0, 2.0), 0.5) == (-1.5, 2.5)
    assert stated((-1.0, 0.0, 2.0), -0.5) == (-0.5, 1.5)
    assert stated((-1.0, 0.0, 2.0), -3.0) == (0.0, 0.0)


def test_the_stated_interval_is_scored_and_the_point_forecast_stays():
    record = played("a", [1.0, 2.0, 4.0], 8.0)
    outcomes = [("b", "price", 0.0), ("c", "price", 1.0), ("d", "price", 2.0)]
    alone = next(target_scores(record, outcomes))
    wider = next(target_scores(record, outcomes, misses_of([2.0, 2.0, 2.0, 2.0])))
    assert not alone.inside
    assert wider.inside
    assert wider.median == alone.median
    assert wider.high == pytest.approx(4.0 * alone.high)
    assert wider.width_log2 == pytest.approx(alone.width_log2 + 4.0)
    assert (wider.assumed_high, wider.missed_log2) == (alone.high, alone.missed_log2)


def test_misses_are_written_and_read(tmp_path):
    path = tmp_path / "misses.csv"
    write_misses(path, misses_of([0.25, -1.5]))
    assert read_misses(path) == tuple(misses_of([0.25, -1.5]))
    assert held_share(read_misses(path)) == 0.5


def test_every_bundled_target_has_its_miss():
    named = {(name, target.reading) for name in bundled_episodes() for target in open_episode(name).targets}
    assert {(miss.episode, miss.target) for miss in bundled_misses()} == named


@pytest.mark.parametrize("name", SKETCHED)
def test_the_misses_that_ship_are_those_of_the_parameters_that_ship(name):
    outcomes = [("x", family, 0.0) for family in ("price", "volume") for _ in range(3)]
    scored = target_scores(play(open_episode(name), draws=DRAWS, seed=SEED), outcomes)
    shipped = {miss.target: miss.missed_log2 for miss in bundled_misses() if miss.episode == name}
    # Run tools/write_misses.py where this fails.
    assert {row.target: row.missed_log2 for row in scored} == pytest.approx(shipped, abs=2e-3)
