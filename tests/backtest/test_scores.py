from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from chokepoint.backtest.episodes import Played
from chokepoint.backtest.ordinary import spread_of, vary
from chokepoint.backtest.scores import score
from chokepoint.records.episode import EpisodeRecord
from chokepoint.records.episode_schema import Call, Reading, Target
from tests.ruritania import two_countries
from tests.simulation.trade import settings_of

PRICE = Reading.model_validate(
    {"of": "outside_price", "goods": ["x"], "country": "SYL", "months": ["2025-05", "2025-05"]}
)
VOLUME = Reading.model_validate({"of": "exports", "goods": ["x"], "country": "RUR", "months": ["2025-05", "2025-05"]})


def target(reading, actual):
    return Target(reading=reading, actual=actual, source="told", grade="B")


def played(name, drawn, actual, *, calls=(), later=(), family=PRICE):
    record = EpisodeRecord(
        name=name,
        title=name,
        about="",
        note="",
        file="",
        known_on=date(2025, 1, 1),
        start="2025-01",
        months=12,
        world="w",
        measures=(),
        parameters=(),
        readings={"price": family, "other": PRICE},
        targets=(target("price", actual),),
        calls=calls,
    )
    values = {"price": np.asarray(drawn, float), "other": np.ones(len(drawn))}
    return Played(
        record=record,
        known_on=record.known_on,
        values=values,
        reported=values,
        central={},
        solved=len(drawn),
        drawn=len(drawn),
        later=later,
        notes=(),
    )


def test_a_blind_guess_knows_the_other_episodes_and_not_its_own():
    card = score([played(name, [1.0, 1.0], actual) for name, actual in zip("abcd", (1.0, 2.0, 4.0, 8.0), strict=True)])
    blind = {row.episode: row.blind_error_log2 for row in card.targets}
    # The others of a are 2, 4 and 8, of which 4 is the middle; those of d are 1, 2 and 4.
    assert blind == pytest.approx({"a": 2.0, "b": 1.0, "c": 1.0, "d": 2.0})


def test_prices_and_volumes_are_guessed_apart_and_too_few_others_give_no_guess():
    prices = [played(name, [1.0, 1.0], 2.0) for name in "abcd"]
    card = score([*prices, played("v", [1.0, 1.0], 0.5, family=VOLUME)])
    assert {row.episode for row in card.targets} == set("abcd")


def test_a_forecast_that_knows_better_than_the_rest_scores_below_one():
    known = [
        played(name, [actual * 0.9, actual, actual * 1.1], actual)
        for name, actual in zip("abcd", (1, 2, 4, 8), strict=True)
    ]
    totals = {total.score: total for total in score(known).totals}
    assert totals["interval score over the blind guess's"].value < 0.2
    assert totals["mean error over the blind constant's"].value == pytest.approx(0.0)
    assert totals["share of outcomes inside the 80 % interval"].value == 1.0
    assert totals["rank correlation of forecast and outcome"].value == pytest.approx(1.0)


def test_whole_episodes_are_resampled_so_that_one_of_them_has_no_spread():
    totals = score(
        [played("a", [1.0, 3.0], 2.0)], [each.record for each in (played(n, [1.0], 4.0) for n in "bcd")]
    ).totals
    assert totals
    for total in totals:
        assert np.isnan(total.value) or total.low == pytest.approx(total.value) == pytest.approx(total.high)


def call(**bound):
    return Call(says="so it was", reading="price", source="told", grade="B", **bound)


@pytest.mark.parametrize(("bound", "right", "share"), [
    ({"above": 1.0}, True, 2 / 3),
    ({"below": 1.0}, False, 1 / 3),
    ({"below": "other"}, False, 1 / 3),
])  # fmt: skip
def test_a_call_is_right_when_the_median_says_so(bound, right, share):
    row = score([played("a", [0.5, 2.0, 3.0], 2.0, calls=(call(**bound),))]).calls[0]
    assert (row.is_right, row.share_of_draws) == (right, pytest.approx(share))


def test_a_month_that_never_came_makes_a_call_wrong():
    row = score([played("a", [np.nan, np.nan, 1.0], 2.0, calls=(call(below=5.0),))]).calls[0]
    assert row.share_of_draws == pytest.approx(1 / 3)
    never = score([played("a", [np.nan, np.nan], 2.0, calls=(call(below=5.0),))]).calls[0]
    assert (never.is_right, never.share_of_draws) == (False, 0.0)


def test_prices_wander_with_the_root_of_time_and_volumes_settle_over_months():
    settings = settings_of(
        two_countries(), 2, ordinary_variation__price=[0.1, 0.1], ordinary_variation__volume=[0.4, 0.4]
    )
    later = PRICE.model_copy(update={"months": ("2025-10", "2025-10")})
    year = VOLUME.model_copy(update={"months": ("2025-01", "2025-12")})
    assert spread_of(PRICE, settings, "2025-01") == pytest.approx(0.1 * 4**0.5)
    assert spread_of(later, settings, "2025-01") == pytest.approx(0.1 * 9**0.5)
    assert spread_of(VOLUME, settings, "2025-01") == pytest.approx(0.4)
    assert spread_of(year, settings, "2025-01") == pytest.approx(0.4 / 12**0.5)


def test_the_central_case_and_months_do_not_vary():
    settings = settings_of(
        two_countries(), 3, ordinary_variation__price=[0.1] * 3, ordinary_variation__volume=[0.4] * 3
    )
    values = np.array([2.0, 2.0, 2.0])
    varied = vary(values, PRICE, settings, "2025-01", [1])
    assert varied[0] == 2.0
    assert (varied[1:] != 2.0).all()
    when = PRICE.model_copy(update={"take": "month_of_highest"})
    assert vary(values, when, settings, "2025-01", [1]) is values


def test_scores_are_shown_with_and_without_episodes_that_rest_on_later_figures():
    past = [played(name, [1.0, 1.0], actual) for name, actual in zip("abc", (1.0, 2.0, 4.0), strict=True)]
    card = score([*past, played("d", [1.0, 1.0], 64.0, later=("x.price",))])
    with_it, without = ({each.score: each.value for each in rows} for rows in (card.totals, card.without_later))
    inside = "share of outcomes inside the 80 % interval"
    assert with_it[inside] == pytest.approx(0.25)
    assert without[inside] == pytest.approx(1 / 3)


def test_an_outcome_still_to_come_is_not_scored_and_a_statement_that_turned_out_wrong_counts_when_said_to_be():
    still = Target(reading="price", due="2027-03", source="told", grade="B")
    past = [played(name, [1.0, 1.0], actual) for name, actual in zip("abcd", (1.0, 2.0, 4.0, 8.0), strict=True)]
    calls = tuple(
        Call.model_validate(
            {"says": says, "reading": "price", "below": 1.5, "source": "told", "grade": "B", "due": "2027-03"} | said
        )
        for says, said in (("open", {}), ("true", {"came": True}), ("false", {"came": False}))
    )
    new = played("e", [1.0, 1.0], 1.0, calls=calls)
    new = replace(new, record=replace(new.record, targets=(still,)))
    card = score([*past, new])
    assert {row.episode for row in card.targets} == {"a", "b", "c", "d"}
    assert {row.says: row.is_right for row in card.calls} == {"true": True, "false": False}
