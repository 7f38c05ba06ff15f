"""Time at the table in Strelsau: levels set anew at a date, stores that run out, and swaps that enforce themselves."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from chokepoint.answer.talks.answer import answer_talks
from chokepoint.answer.talks.falling_due import play, threats_chosen, threats_left
from chokepoint.answer.talks.levels import yearly
from chokepoint.answer.talks.paths import ended, moved, paths_of, set_anew, spans, weights
from chokepoint.answer.talks.recorded import read_grids, read_paths
from chokepoint.answer.talks.sentences import talks_text
from chokepoint.answer.talks.tables import talk_tables
from chokepoint.records.talks import RenegotiationRecord
from chokepoint.tables import write_tables
from tests.ruritania import world
from tests.simulation.acts import act
from tests.talks.strelsau import GOODS, plain, talks, worlds
from tests.talks.test_home_and_beliefs_in_strelsau import ACTORS

DATES = (RenegotiationRecord(month="1894-05", reason="two months"), RenegotiationRecord(month="1894-07", reason="four"))


def said(_text):
    pass


def stocked(*goods):
    """Return a world whose buyers keep two months of cover, learn to do without, and change suppliers slowly."""
    return world(
        dict.fromkeys(goods, 1.0),
        [(good, *GOODS[good]) for good in goods],
        [(f"{good}_making", GOODS[good][0], GOODS[good][2], {good: 1.0}) for good in goods],
        [(good, GOODS[good][1], "homes", GOODS[good][2]) for good in goods],
        [(good, GOODS[good][1], "industry") for good in goods],
        choke_price=5.0,
        choke_width=0.1,
        stock_cover=2.0,
        demand_adaptation=0.8,
        discount_rate=0.06,
    )


def stocked_worlds():
    return {"north": stocked("fenwickite"), "south": stocked("lamp"), "both": stocked("fenwickite", "lamp")}


@pytest.fixture(scope="module")
def dated():
    record = talks(renegotiate=DATES, actors=ACTORS, tolerance=plain("tolerance", 0.02), draws=1)
    return answer_talks(record, stocked_worlds(), said)


def test_levels_that_are_set_again_at_a_date_pay_what_they_would_have_paid(dated):
    for grid in dated.grids:
        for each in (path for path in dated.paths if path.chain == grid.chain):
            span = spans(dated.talks)[1 + [fixed.month for fixed in DATES].index(each.month)]
            weight = weights(dated.talks, float(grid.discount[0]))[slice(*span)]
            simulated = np.einsum("mpx,m->xp", grid.payoff[0][slice(*span)], weight)
            for point in range(len(each.levels)):
                np.testing.assert_allclose(each.payoff[point, point], simulated[point], rtol=1e-7, atol=1e-7)


def test_stretches_between_dates_make_up_the_whole_horizon(dated):
    found = spans(dated.talks)
    assert found == [(0, 2), (2, 4), (4, 6)]
    grid = dated.grids[0]
    weight = weights(dated.talks, float(grid.discount[0]))
    parts = sum(np.einsum("mpx,m->px", grid.payoff[0][slice(*span)], weight[slice(*span)]) for span in found)
    np.testing.assert_allclose(parts, yearly(grid.payoff[:1], grid.discount[:1])[0], rtol=1e-12)


def test_a_ban_after_months_of_trade_costs_less_at_first_than_one_that_has_lasted(dated):
    first = next(each for each in dated.paths if each.chain == "north" and each.month == "1894-05")
    banned, free = first.levels.index(("banned",)), first.levels.index(("free",))
    buyer = 1
    # Whoever held a full store on the eve loses less in the next two months than whoever had run it down.
    assert first.payoff[free, banned, buyer] > first.payoff[banned, banned, buyer]
    # And a store that is empty is refilled, which is not free: trade after a ban brings less than trade throughout.
    assert first.payoff[banned, free, buyer] < first.payoff[free, free, buyer]


def test_dates_are_solved_backwards_and_told(dated):
    found = dated.views[0].clock.dated
    assert [at.month for at in found.after_deal] == ["1894-03", "1894-05", "1894-07"]
    np.testing.assert_array_equal(found.after_deal[0].chosen, found.chosen)
    text = talks_text(dated)
    assert "if what is agreed falls due in May 1894 and July 1894, the first talks most often end in" in text
    assert "Were the first talks to fail, those of May 1894 would most often end in" in text


@pytest.fixture(scope="module")
def lasting():
    """Return talks whose lamps are released until the last date, ten months on, though only six months are weighed."""
    first, second = DATES
    later = RenegotiationRecord(month="1894-11", reason="lamps for eight months")
    dates = (replace(first, issues=("fenwickite",)), replace(second, issues=("fenwickite",)), later)
    return answer_talks(talks(renegotiate=dates, dated_months=10, draws=1), stocked_worlds(), said)


def test_dates_beyond_the_months_that_count_are_solved_over_a_horizon_of_their_own(lasting):
    found = lasting.views[0].clock.dated
    assert spans(lasting.talks) == [(0, 2), (2, 4), (4, 8), (8, 10)]
    assert [at.month for at in found.waiting] == ["1894-03", "1894-05", "1894-07", "1894-11"]
    for each in lasting.paths:
        span = spans(lasting.talks)[1 + [fixed.month for fixed in lasting.talks.renegotiate].index(each.month)]
        # What runs on untouched pays what setting it again would: neither level runs out by itself.
        np.testing.assert_allclose(each.kept, each.payoff[[0, 1], [0, 1]], rtol=1e-7, atol=1e-7)
        assert span[1] <= lasting.talks.horizon
    weight = weights(lasting.talks, float(lasting.grids[0].discount[0]))
    assert weight.size == 10


def test_what_was_released_for_longer_cannot_be_taken_back_at_an_earlier_date(lasting):
    payoffs = lasting.views[0].judgement.payoffs
    rows = threats_left(lasting.talks, payoffs, ("fenwickite",))
    levels = payoffs.combinations[rows]
    banned, free = 0, 1
    for held, (_, lamp) in enumerate(payoffs.combinations):
        # Ruritania may set its ore as it likes; Sylvania keeps lamps it has released, and is free where it has not.
        np.testing.assert_array_equal(levels[held, :, :, 0], [[banned, banned], [free, free]])
        expected = [free, free] if lamp == free else [banned, free]
        np.testing.assert_array_equal(levels[held, :, :, 1], [expected, expected])
    np.testing.assert_array_equal(
        threats_left(lasting.talks, payoffs, ("fenwickite", "lamp")),
        np.broadcast_to(threats_chosen(lasting.talks, payoffs), rows.shape),
    )


def test_a_side_whose_release_alone_falls_due_holds_at_least_the_leverage_it_would_have_if_both_did(lasting):
    record, judgement = lasting.talks, lasting.views[0].judgement
    payoff = np.random.default_rng(5).normal(size=(40, 2, 4))
    alone, both = (
        play(record, judgement, threats_left(record, judgement.payoffs, due), payoff).leverage
        for due in (("fenwickite",), ("fenwickite", "lamp"))
    )
    # Whatever was held, the other's threats can only be fewer.
    assert (alone >= both - 1e-12).all()
    assert (alone > both + 1e-6).any()


def test_the_table_of_dates_names_what_falls_due_and_whom_waiting_helps(lasting):
    table = next(each for each in talk_tables(lasting) if each.name == "talk_dates")
    names = [column.name for column in table.columns]
    rows = [dict(zip(names, row, strict=True)) for row in table.rows]
    waiting = [row for row in rows if row["way"] == "talks fail at every date"]
    assert [row["due"] for row in waiting] == ["fenwickite, lamp", "fenwickite", "fenwickite", "fenwickite, lamp"]
    assert {row["waiting_helps"] for row in waiting[:-1]} <= {"RUR", "SYL"}
    assert waiting[-1]["waiting_helps"] is None
    assert all(row["first_loses_usd_per_year"] >= -1e-9 for row in waiting)
    assert "Where agreements fall due, letting the date pass helps" in talks_text(lasting)


def test_stores_run_out_under_the_threats_of_both_and_the_month_is_named(dated):
    clock = dated.views[0].clock
    stores = {(each.party, each.good): each for each in clock.runs_out}
    assert set(stores) == {("SYL", "fenwickite"), ("RUR", "lamp")}
    grid = next(each for each in dated.grids if each.chain == "north")
    banned = grid.levels.index(("banned",))
    np.testing.assert_array_equal(stores["SYL", "fenwickite"].months, grid.empty_after[:, 1, 0, banned])
    assert 1 <= stores["SYL", "fenwickite"].middle <= dated.talks.months
    assert np.isinf(grid.empty_after[:, 1, 0, grid.levels.index(("free",))]).all()


def test_threats_are_read_off_the_combinations(dated):
    payoffs = dated.views[0].judgement.payoffs
    rows = threats_chosen(dated.talks, payoffs)
    for first in range(2):
        for second in range(2):
            np.testing.assert_array_equal(payoffs.combinations[rows[first, second]], [first, second])


def test_without_dates_nothing_is_simulated_for_them():
    record = talks(draws=0)
    assert paths_of(worlds()["north"], record, record.views[0], "north") == ()


def test_everything_new_is_read_back_from_a_run_to_the_last_bit(dated, tmp_path):
    write_tables(talk_tables(dated), tmp_path / "tables")
    for written, read in zip(dated.grids, read_grids(tmp_path, dated.talks), strict=True):
        for name in ("actor_gain", "empty_after", "swing"):
            np.testing.assert_array_equal(getattr(read, name), getattr(written, name))
        assert (read.goods, read.swings) == (written.goods, written.swings)
    for written, read in zip(dated.paths, read_paths(tmp_path, dated.talks), strict=True):
        np.testing.assert_array_equal(read.payoff, written.payoff)
        np.testing.assert_array_equal(read.kept, written.kept)
        assert (read.month, read.chain, read.levels, read.issues) == (
            written.month,
            written.chain,
            written.levels,
            written.issues,
        )


def test_a_pooled_package_is_at_least_as_tempting_as_its_hardest_swap_alone_is_worth(dated):
    pooling = dated.views[0].pooling
    # One issue each: the only swap is the whole package.
    assert len(pooling.alone) == 1
    np.testing.assert_array_equal(pooling.alone[0].patience, pooling.pooled.patience)
    np.testing.assert_array_equal(pooling.alone[0].is_kept, pooling.pooled.is_kept)
    assert 0.0 < pooling.patience < 1.0


def test_acts_of_a_level_begin_on_the_day_it_is_set_and_end_on_the_eve_of_the_next():
    history = (act("RUR/old", effective=dt.date(2025, 1, 1)), act("RUR/kept", effective=dt.date(2025, 1, 1)))
    held = (act("RUR/old", effective=dt.date(2025, 3, 11)),)
    then = (act("RUR/new", effective=dt.date(2025, 3, 11), ends=dt.date(2025, 9, 11)),)
    day = dt.date(2025, 8, 1)
    acts = {(each.id, each.effective): each for each in set_anew(history, held, then, day, 5)}
    assert acts["RUR/old", day].ends is None
    assert acts["RUR/kept", dt.date(2025, 1, 1)].ends is None
    assert acts["RUR/old", dt.date(2025, 3, 11)].ends == dt.date(2025, 7, 31)
    assert acts["RUR/new", day].ends == dt.date(2026, 2, 11)
    assert moved(replace(then[0], effective=dt.date(2025, 5, 31)), 9, day).effective == dt.date(2026, 2, 28)
    assert ended(then[0], dt.date(2025, 12, 1)).ends == dt.date(2025, 9, 11)
