import json
from dataclasses import replace

import numpy as np
import pytest

from chokepoint.answer.talks.answer import answer_talks, judge_all
from chokepoint.answer.talks.levels import grids
from chokepoint.answer.talks.linkage import linkage_sentence
from chokepoint.answer.talks.part import talks_record
from chokepoint.answer.talks.recorded import judge_again, read_grids
from chokepoint.answer.talks.tables import package_rows, release, talk_tables
from chokepoint.answer.talks.told import Told
from chokepoint.errors import DataError
from chokepoint.tables import write_tables
from chokepoint.uncertainty import interval
from tests.talks.strelsau import VALUES, security, talks, worlds

MONTH_OF_BOTH = {"fenwickite": "free", "lamp": "free"}


def said(_text):
    pass


@pytest.fixture(scope="module")
def answer():
    return answer_talks(talks(), worlds(), said)


def payoff_by_name(view):
    payoffs = view.judgement.payoffs
    names = [issue.name for issue in payoffs.issues]
    return {
        frozenset(zip(names, payoffs.name(number).split(" / "), strict=True)): payoffs.payoff[:, :, number]
        for number in range(len(payoffs.combinations))
    }


def test_every_combination_of_levels_is_a_package_and_pays_both(answer):
    judgement = answer.views[0].judgement
    assert [judgement.payoffs.name(int(each)) for each in judgement.packages] == [
        "banned / banned",
        "banned / free",
        "free / banned",
        "free / free",
    ]
    assert judgement.payoffs.payoff.shape == (2001, 2, 4)


def test_a_release_is_worth_something_to_the_other_side(answer):
    view = answer.views[0]
    moved = release(view, answer.talks, answer.talks.issues[0], "free")
    assert (moved[:, 1] > 0.0).all()
    # Without any ban nobody loses anything: what is left of the payoff is the security value of the other issue.
    free = view.judgement.payoffs.market[:, :, view.judgement.payoffs.at(MONTH_OF_BOTH)]
    np.testing.assert_allclose(free, 0.0, atol=1e-9)


def test_chains_that_share_no_use_may_be_simulated_apart(answer):
    assert answer.views[0].composition.combinations.size == 2
    assert answer.views[0].composition.error < 1e-9


def test_the_deal_is_never_worse_for_a_party_than_its_threats(answer):
    for agreement in answer.views[0].judgement.agreements.values():
        gains = agreement.gains[agreement.choice.is_deal]
        assert (gains >= 0.0).all()
        assert gains.size


def test_leverage_changes_sign_when_the_parties_change_places(answer):
    mirrored = judge_all(
        replace(answer.talks, parties=answer.talks.parties[::-1]), answer.background, mirror(answer.grids)
    )
    np.testing.assert_allclose(mirrored.views[0].judgement.leverage, -answer.views[0].judgement.leverage, atol=1e-9)
    here, there = payoff_by_name(answer.views[0]), payoff_by_name(mirrored.views[0])
    for name, payoff in here.items():
        np.testing.assert_allclose(there[name][:, ::-1], payoff, atol=1e-9)


def mirror(found):
    return [replace(grid, payoff=grid.payoff[:, :, ::-1], licence_rent=grid.licence_rent[:, :, ::-1]) for grid in found]


def test_the_order_of_issues_changes_nothing(answer):
    turned = judge_all(replace(answer.talks, issues=answer.talks.issues[::-1]), answer.background, answer.grids)
    here, there = payoff_by_name(answer.views[0]), payoff_by_name(turned.views[0])
    for name, payoff in here.items():
        np.testing.assert_array_equal(there[name], payoff)
    np.testing.assert_allclose(turned.views[0].judgement.leverage, answer.views[0].judgement.leverage, rtol=1e-12)


def test_money_in_another_unit_rescales_the_answer():
    figures = [replace(v, value=1e3 * v.value, low=1e3 * v.low, high=1e3 * v.high) for v in VALUES]
    small = answer_talks(talks(draws=1), worlds(), said).views[0].judgement
    large = answer_talks(talks(draws=1, values={v.name: v for v in figures}), worlds(1e3), said).views[0].judgement
    np.testing.assert_allclose(large.payoffs.payoff, 1e3 * small.payoffs.payoff, rtol=1e-9, atol=1e-6)
    np.testing.assert_array_equal(large.agreements["nash"].choice.first, small.agreements["nash"].choice.first)


def test_only_other_security_values_need_no_new_simulation(answer):
    dearer = {value.name: replace(value, value=3000.0, high=6000.0) for value in VALUES}
    again = judge_all(replace(answer.talks, values=dearer), answer.background, answer.grids).views[0]
    before = answer.views[0].judgement
    both = before.position(MONTH_OF_BOTH)
    assert again.judgement.share_chosen("nash")[both] < before.share_chosen("nash")[both]
    assert again.composition is None


def test_a_longer_stand_off_moves_leverage_by_month(answer):
    judgement = answer.views[0].judgement
    assert judgement.leverage_by_month.shape == (2001, 6)
    # Ruritania holds the larger good, so it is ahead in the central case.
    assert judgement.leverage[0] > 0.0


def test_what_rests_on_assumption_is_a_fraction(answer):
    view = answer.views[0]
    # No flow of Ruritania has a sourced figure, so everything rests on assumption.
    assert set(np.unique(view.assumed)) <= {0.0, 1.0}
    assert view.assumed_leverage == pytest.approx(1.0)


def test_whoever_would_cheat_is_named_with_the_time_in_which_it_must_be_noticed(answer):
    conditional = answer.views[0].orders.conditional
    assert conditional.longest_lag.min() >= -1
    assert conditional.longest_lag.max() <= 6


def test_the_tables_hold_every_package_release_and_month(answer):
    tables = {table.name: table for table in talk_tables(answer)}
    assert len(tables["talk_packages"].rows) == 4
    assert len(tables["talk_releases"].rows) == 2
    assert len(tables["talk_leverage"].rows) == 6
    assert len(tables["talk_linkage"].rows) == 4 * 2  # rules, parties
    assert len(tables["talk_payoffs"].rows) == sum(grid.payoff.size for grid in answer.grids)
    row = next(package_rows(answer, answer.views[0]))
    gains = answer.views[0].judgement.problem.gains[:, 0, 0]
    assert row[2] == pytest.approx(float(interval(gains)[1]))


def test_a_ban_whose_lifting_costs_its_owner_is_lifted_only_in_exchange(answer):
    dearer = [security("RUR", "fenwickite", 1000.0, 1000.0, 1000.0), security("SYL", "lamp", 300.0, 300.0, 300.0)]
    again = judge_all(
        replace(answer.talks, values={each.name: each for each in dearer}), answer.background, answer.grids
    )
    (view,) = again.views
    for rule in ("nash", "kalai_smorodinsky"):
        found = view.linkage[rule]
        both = view.judgement.payoffs.at(MONTH_OF_BOTH)
        neither = view.judgement.payoffs.at(dict.fromkeys(MONTH_OF_BOTH, "banned"))
        payoff = view.judgement.payoffs.payoff
        assert not found.apart.any()
        np.testing.assert_allclose(found.gain, payoff[:, :, both] - payoff[:, :, neither])
    assert "alone, nothing is settled in 100 % of cases." in linkage_sentence(Told(answer=again), view).sentence


def test_the_months_before_the_talks_only_lead_up_to_them():
    found = grids(worlds(), talks(draws=1, months=2), said)
    assert found[0].payoff.shape[1] == 2


def test_what_was_simulated_is_read_back_from_a_run_to_the_last_bit(answer, tmp_path):
    write_tables(talk_tables(answer), tmp_path / "tables")
    for written, read in zip(answer.grids, read_grids(tmp_path, answer.talks), strict=True):
        np.testing.assert_array_equal(read.payoff, written.payoff)
        np.testing.assert_array_equal(read.licence_rent, written.licence_rent)
        np.testing.assert_array_equal(read.is_solved, written.is_solved)
        np.testing.assert_allclose(read.discount, written.discount, rtol=1e-15)
        assert (read.levels, read.issues) == (written.levels, written.issues)


def test_levels_that_were_not_simulated_cannot_be_judged_again(answer, tmp_path):
    write_tables(talk_tables(answer), tmp_path / "tables")
    longer = replace(answer.talks, months=7)
    with pytest.raises(DataError, match="change values only, or run the scenario again"):
        read_grids(tmp_path, longer)


def test_a_folder_without_talks_is_no_place_to_judge_them(tmp_path):
    with pytest.raises(DataError, match="run 'chokepoint run london-2025' first"):
        judge_again(tmp_path, None)


def test_a_folder_of_an_earlier_version_is_refused_with_what_to_do(answer, tmp_path):
    write_tables(talk_tables(answer), tmp_path / "tables")
    record, file = talks_record(answer), tmp_path / "run.json"
    background = {name: each for name, each in record["background"].items() if name != "turnover"}
    for talks_then, found in (
        (record | {"background": background}, "a record without 'turnover'"),
        ({name: each for name, each in record.items() if name != "text"}, "a record without text"),
        (record | {"background": background | {"turnover": {}, "rests_on": {}}}, "a record of another shape"),
    ):
        file.write_text(json.dumps({"talks": talks_then}), encoding="utf-8")
        with pytest.raises(DataError) as raised:
            judge_again(tmp_path, None)
        (problem,) = raised.value.problems
        assert (problem.where, problem.found) == (f"{file} talks", found)
        assert problem.remedy.startswith("run the scenario again: the folder is of an earlier version")
    file.write_text('{"talks":', encoding="utf-8")
    with pytest.raises(DataError, match=r"run.json:1: found no JSON"):
        judge_again(tmp_path, None)


@pytest.mark.parametrize("text", ["no table at all", ""])
def test_a_table_that_holds_other_columns_or_is_none_is_refused_with_what_to_do(answer, tmp_path, text):
    fewer = [replace(each, columns=each.columns[:-1], rows=[row[:-1] for row in each.rows]) for each in payoffs(answer)]
    write_tables(fewer, tmp_path / "tables")
    if text:
        (tmp_path / "tables/talk_payoffs.parquet").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"talk_payoffs.parquet: found other columns, or no table; .* run the scenario"):
        read_grids(tmp_path, answer.talks)


def payoffs(answer):
    return [table for table in talk_tables(answer) if table.name == "talk_payoffs"]
