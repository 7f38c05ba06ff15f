from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chokepoint.settings import Settings
from chokepoint.uncertainty import draw, drawn_names, interval, quantile, rank_correlations
from tests.ruritania import chain, figure, with_parameters


def elastic(**values):
    return Settings(
        with_parameters(chain(), demand_elasticity__magnet=0.3, demand_elasticity__magnet__cars=0.5), values, 2
    )


def test_the_most_specific_name_wins():
    asked = elastic()
    assert asked.of("demand_elasticity", "magnet", "cars").tolist() == [0.5, 0.5]
    assert asked.of("demand_elasticity", "magnet", "lamps").tolist() == [0.3, 0.3]
    assert asked.of("demand_elasticity", "ore", "cars").tolist() == [0.2, 0.2]


def test_a_drawn_value_wins_over_the_worlds_own_of_the_same_name():
    asked = elastic(**{"demand_elasticity.magnet": np.array([0.1, 0.9])})
    assert asked.of("demand_elasticity", "magnet", "lamps").tolist() == [0.1, 0.9]


def test_a_drawn_value_of_a_shorter_name_does_not_win_over_a_longer_name_of_the_world():
    asked = elastic(demand_elasticity=np.array([0.1, 0.9]))
    assert asked.of("demand_elasticity", "magnet", "cars").tolist() == [0.5, 0.5]
    assert asked.of("demand_elasticity", "ore").tolist() == [0.1, 0.9]


def test_a_number_nobody_gives_is_named():
    with pytest.raises(KeyError, match=r"no parameter answers phlogiston\.magnet"):
        elastic().of("phlogiston", "magnet")


def test_several_numbers_stand_side_by_side():
    table = elastic().table([("demand_elasticity", "magnet", "cars"), ("demand_elasticity",)])
    assert table.tolist() == [[0.5, 0.2], [0.5, 0.2]]
    assert elastic().table([]).shape == (2, 0)


RANGED = {
    "demand_elasticity": figure("demand_elasticity", 0.2, 0.05, 0.5),
    "stock_cover": figure("stock_cover", 2.0, 0.0, 5.0),
    "choke_price": figure("choke_price", 20.0),
    "discount_rate": figure("discount_rate", 0.05, 0.02, 0.1),
}


def drawn(figures=RANGED, draws=16, seed=7):
    return draw(chain(), figures, draws, seed).values


def test_case_0_holds_the_central_values():
    assert drawn()["demand_elasticity"][0] == 0.2
    assert drawn()["stock_cover"][0] == 2.0


@given(st.integers(0, 10**6), st.integers(1, 40))
@settings(max_examples=30)
def test_draws_stay_within_their_range(seed, draws):
    for name in ("demand_elasticity", "stock_cover"):
        values = drawn(draws=draws, seed=seed)[name]
        assert values.shape == (draws + 1,)
        assert RANGED[name].low <= values.min() <= values.max() <= RANGED[name].high


@given(st.integers(0, 10**6))
@settings(max_examples=20)
def test_every_slice_of_a_range_is_drawn_once(seed):
    cover = drawn(seed=seed)["stock_cover"][1:]
    rank = np.interp(cover, [0.0, 2.0, 5.0], [0.0, 0.5, 1.0])
    assert sorted(np.floor(16.0 * rank).astype(int).tolist()) == list(range(16))


def test_another_parameter_leaves_the_draws_of_the_others_alone():
    more = drawn(RANGED | {"a_new_one": figure("a_new_one", 1.0, 0.5, 2.0)})
    assert more["demand_elasticity"].tolist() == drawn()["demand_elasticity"].tolist()
    assert np.ptp(more["a_new_one"]) > 0.5


def test_two_parameters_are_not_drawn_in_step():
    values = drawn(draws=64)
    assert abs(np.corrcoef(values["demand_elasticity"], values["stock_cover"])[0, 1]) < 0.5


def test_the_seed_alone_decides_the_draws():
    assert drawn()["stock_cover"].tolist() == drawn()["stock_cover"].tolist()
    assert drawn(seed=8)["stock_cover"].tolist() != drawn()["stock_cover"].tolist()


def test_what_has_no_range_or_shapes_the_answer_only_is_not_drawn():
    assert drawn_names(RANGED) == ["demand_elasticity", "stock_cover"]


def test_a_fixed_value_that_differs_from_the_worlds_is_held_in_every_case():
    assert "choke_price" not in drawn()
    held = drawn(RANGED | {"choke_price": figure("choke_price", 9.0)})
    assert held["choke_price"].tolist() == [9.0] * 17


def test_without_draws_only_the_central_case_is_left_with_the_scenarios_own_values():
    alone = draw(chain(), RANGED | {"stock_cover": figure("stock_cover", 3.0, 1.0, 4.0)}, 0, 7)
    assert alone.cases == 1
    assert alone.of("stock_cover").tolist() == [3.0]


def test_the_value_of_a_figure_is_the_median_of_its_draws():
    assert quantile(RANGED["stock_cover"], np.array([0.0, 0.25, 0.5, 0.75, 1.0])).tolist() == [0.0, 1.0, 2.0, 3.5, 5.0]


def test_an_interval_leaves_out_a_tenth_at_either_end():
    assert interval(np.arange(11.0)) == (1.0, 5.0, 9.0)


def test_the_parameter_an_answer_follows_is_named_first():
    drawn_settings = draw(chain(), RANGED, 32, 3)
    answer = -(drawn_settings.values["stock_cover"] ** 3)
    name, strength = rank_correlations(drawn_settings, answer)[0]
    assert (name, strength) == ("stock_cover", pytest.approx(-1.0))
