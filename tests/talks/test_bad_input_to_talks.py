"""What a talks file may not say about time, firms and fronts, and what is said where nothing can be judged."""

from dataclasses import replace

import numpy as np
import pytest

from chokepoint.answer.talks.answer import answer_talks, bundled_talks, judge_all, open_talks, worlds_of
from chokepoint.answer.talks.asked import levels_named
from chokepoint.answer.talks.named import check_names
from chokepoint.answer.talks.part import part_of
from chokepoint.answer.talks.sentences import talks_text
from chokepoint.errors import ConvergenceError, DataError
from tests.talks.strelsau import issue, security, talks, worlds
from tests.talks.test_fronts import ASKED, DEPOSIT, market
from tests.talks.test_reading_talks import measures, problems  # noqa: F401  # a fixture

DATES = (
    "renegotiate:\n  - {month: 2025-12, reason: r}\n  - {month: 2025-10, reason: r}\n  - {month: 2026-06, reason: r}\n"
)
ACTORS = "actors:\n  smiths: {title: smiths, party: CHE, uses: [vehicles]}\n  idlers: {title: idlers, party: USA}\n"


def said(_text):
    pass


def test_dates_out_of_order_or_beyond_the_months_and_idle_firms_are_refused(tmp_path, measures):  # noqa: F811
    found = problems(tmp_path, measures, ("historical:\n", f"{DATES}{ACTORS}historical:\n"))
    expected = "expected months in rising order, after 2025-06 and up to 2026-05, the last month that counts"
    assert [each.split(";")[0] for each in found] == [
        "103:27 actors.smiths.party: found 'CHE'",
        "100:6 renegotiate.1.month: found '2025-10'",
        "101:6 renegotiate.2.month: found '2026-06'",
        "104:3 actors.idlers: found an actor that uses and makes nothing",
    ]
    assert all(expected in each for each in found[1:3])


AGAIN = """\
  - party: CHN
    issue: licences
    level: kept
    value: 1.0
    low: 0.0
    high: 2.0
    dated: 2025-06-01
    source: assumed
    grade: assumed
    reason: another guess
tolerance: {value: 0, low: -0.1, high: 0.1, reason: a guess}
"""


def test_a_value_said_twice_and_ranges_below_zero_where_nothing_can_be_are_refused(tmp_path, measures):  # noqa: F811
    found = problems(
        tmp_path,
        measures,
        (
            "principal: the chairman\n    principal_weight: {value: 1, low: 0.5",
            "principal: c\n    principal_weight: {value: 1, low: -2",
        ),
        ("{value: 2, low: 1, high: 4", "{value: 2, low: -1, high: 4"),
        ("historical:\n", f"{AGAIN}historical:\n"),
    )
    zero = "; expected a range from 0 or above; raise 'low'"
    assert found == [
        (
            "98:5 values.1: found what CHN puts on 'licences' at 'kept' a second time; "
            "expected one value, that of values.0; delete one of the two"
        ),
        f"15:5 parties.CHN.principal_weight: found a range from -2{zero}",
        f"10:1 verification_months: found a range from -1{zero}",
        f"108:1 tolerance: found a range from -0.1{zero}",
    ]


def test_names_the_worlds_do_not_hold_are_refused_before_anything_is_simulated(tmp_path):
    (path,) = bundled_talks().values()
    text = path.read_text(encoding="utf-8")
    wrong = (
        ("contract: us_ukraine_fund", "contract: us_ukrain_fund"),
        ("builder: USA\n", "builder: IND\n"),
        ("rivals: [CHN, EU27]", "rivals: [CHN, IND]"),
        ("uses: [vehicles, vehicle_parts]", "uses: [vehicles, vehicle_part]"),
        ("makes: [ethane_recovery]", "makes: [ethane_recoverie]"),
    )
    for before, after in wrong:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    changed = tmp_path / "table.yaml"
    changed.write_text(text, encoding="utf-8")
    record = open_talks(changed)
    with pytest.raises(DataError) as raised:
        check_names(record, worlds_of(record), changed)
    found = [str(each) for each in raised.value.problems]
    assert [each.split(": found ")[0].split(" ", 1)[1] for each in found] == [
        "actors.us-car-makers.uses.1",
        "actors.us-gas-producers.makes.0",
        "fronts.contract",
        "fronts.builder",
        "fronts.rivals.1",
    ]
    lines = [int(each.split(":")[1]) for each in found]
    for line, (_, after) in zip(lines, (wrong[3], wrong[4], wrong[0], wrong[1], wrong[2]), strict=True):
        assert text.splitlines()[line - 1].strip().startswith(after.split(":")[0])
    assert "did you mean 'vehicle_parts'" in found[0]
    assert "did you mean 'us_ukraine_fund'?" in found[2]


def test_a_deposit_must_lie_in_the_world_and_give_what_its_bidders_can_use(tmp_path):
    (path,) = bundled_talks().values()
    text = path.read_text(encoding="utf-8")

    def named(changed):
        record = open_talks(changed)
        check_names(record, worlds_of(record), changed)

    def refused(*changes):
        changed = tmp_path / "table.yaml"
        wrong = text
        for before, after in changes:
            assert wrong.count(before) == 1, before
            wrong = wrong.replace(before, after)
        changed.write_text(wrong, encoding="utf-8")
        with pytest.raises(DataError) as raised:
            named(changed)
        return [str(each).split(" ", 1)[1] for each in raised.value.problems]

    kind, place, rivals = "kind: mine_light", "stands_in: ROW", "rivals: [CHN, EU27]"
    found = refused((kind, "kind: mine_ligt"), (place, "stands_in: UKR"), (rivals, "rivals: [CHN, USA]"))
    assert len(found) == 3, found
    assert found[0].startswith("fronts.rivals.1: found 'USA', who builds; expected somebody else than the builder")
    assert found[1].startswith("fronts.deposit.kind: found 'mine_ligt'; expected an activity of rare-earths-2024")
    assert found[1].endswith("did you mean 'mine_light'?")
    assert found[2].startswith("fronts.deposit.stands_in: found 'UKR'; expected a country of rare-earths-2024")
    scale = "      value: 0.5\n      low: 0.2\n      high: 0.9\n"
    found = refused((scale, scale.replace("0.9", "1.5")))
    assert found == [
        "fronts.deposit.least_scale: found a range up to 1.5; expected a share of the output, at most 1; lower 'high'"
    ]


def test_a_bidder_whose_plants_use_nothing_of_what_a_deposit_gives_is_refused():
    world = replace(market(), blocs={"LEAGUE": ("FRE",)})
    record = talks(fronts=replace(ASKED, contract="", deposit=DEPOSIT))
    everywhere = dict.fromkeys(("north", "south", "both"), world)
    (path,) = bundled_talks().values()
    with pytest.raises(DataError) as raised:
        check_names(record, everywhere, path)
    (found,) = (str(each).split(" ", 1)[1] for each in raised.value.problems)
    assert found.startswith(
        "fronts.deposit.kind: found 'mine', of whose output LEAGUE takes nothing; expected a kind that"
    )
    assert found.endswith("; name another kind, or take LEAGUE out of the bidders")


def test_dates_may_reach_beyond_the_months_only_as_far_as_they_are_told_and_name_issues_that_are_there(
    tmp_path,
    measures,  # noqa: F811
):
    dates = (
        "dated_months: {months}\nrenegotiate:\n  - {{month: 2025-08, reason: r}}\n"
        "  - {{month: 2026-10, reason: r, issues: [licenses]}}\n"
    )
    found = problems(tmp_path, measures, ("historical:\n", dates.format(months=18) + "historical:\n"))
    assert [each.split(" ", 1)[1] for each in found] == [
        "renegotiate.1.issues: found 'licenses'; expected the name of an issue of these talks; did you mean 'licences'?"
    ]
    found = problems(tmp_path, measures, ("historical:\n", dates.format(months=6) + "historical:\n"))
    assert found[0].split(" ", 1)[1].startswith("dated_months: found 6, less than the 12 'months'")
    assert "up to 2025-11, the last month that counts" in found[1]


def test_the_bundled_talks_name_what_their_worlds_hold():
    (path,) = bundled_talks().values()
    record = open_talks(path)
    worlds = worlds_of(record)
    check_names(record, worlds, path)
    nowhere = replace(record, fronts=replace(record.fronts, controller="ISL"))
    with pytest.raises(DataError, match=r"fronts.controller: found 'ISL'; expected a country of rare-earths-2024"):
        check_names(nowhere, worlds, path)


def test_a_package_asked_about_must_be_made_of_levels_that_can_be_agreed():
    given = issue("fenwickite", "north")
    threatened = replace(given, levels=(replace(given.levels[0], is_threat=True), given.levels[1]))
    record = talks(issues=(threatened, issue("lamp", "south")))
    assert levels_named(record, "fenwickite=free") == {"fenwickite": "free", "lamp": "banned"}
    with pytest.raises(DataError) as raised:
        levels_named(record, "fenwickite=banned, lamps=free, lamp")
    assert [str(each) for each in raised.value.problems] == [
        (
            "--package fenwickite=banned: found 'banned'; expected a level that both could agree on: free; "
            "use one of: free"
        ),
        (
            "--package lamps=free: found 'lamps'; expected issue=level, the issue one of fenwickite, lamp; "
            "did you mean 'lamp'?"
        ),
        "--package lamp: found ''; expected a level that both could agree on: banned, free; use one of: banned, free",
    ]


@pytest.fixture(scope="module")
def answer():
    return answer_talks(talks(draws=1), worlds(), said)


def test_payoffs_that_did_not_converge_are_said_in_words_and_never_judged(answer):
    unsolved = [replace(grid, is_solved=np.zeros_like(grid.is_solved)) for grid in answer.grids]
    with pytest.raises(ConvergenceError) as raised:
        judge_all(answer.talks, answer.background, unsolved)
    assert str(raised.value) == (
        "the talks as seen in 'now' have no payoffs: no case was solved at every level of every chain "
        "(north (2 of 2 cases), south (2 of 2 cases)); narrow the ranges that the talks file or the view sets, "
        "or leave out the harshest level"
    )


def test_a_case_that_did_not_converge_is_left_out(answer):
    broken = [
        replace(
            grid,
            payoff=np.where(np.arange(2)[:, None, None, None] == 1, np.nan, grid.payoff),
            is_solved=np.array([True, False]),
        )
        for grid in answer.grids
    ]
    judged = judge_all(answer.talks, answer.background, broken).views[0].judgement
    assert np.isfinite(judged.payoffs.payoff).all()


def test_where_no_case_has_a_deal_the_answer_is_the_reason_and_what_would_open_one(answer):
    values = [security("RUR", "fenwickite", 1e5, 1e5, 1e5), security("SYL", "lamp", 1e5, 1e5, 1e5)]
    record = talks(values={each.name: each for each in values}, historical={})
    again = judge_all(record, answer.background, answer.grids)
    text = talks_text(again)
    assert "As known now: No deal: every package better than no deal for Ruritania is worse for Sylvania; " in text
    assert "most often chooses" not in text
    assert "the package nearest to a deal" in text


def test_where_some_cases_have_no_deal_the_reason_stands_beside_their_share(answer):
    values = [security("RUR", "fenwickite", 50.0, 0.0, 1e5), security("SYL", "lamp", 20.0, 0.0, 1e5)]
    record = talks(values={each.name: each for each in values})
    again = judge_all(record, answer.background, answer.grids)
    nash = again.views[0].judgement.agreements["nash"]
    assert 0.0 < nash.choice.is_deal.mean() < 1.0
    reason = nash.impasse.reason.replace("RUR", "Ruritania").replace("SYL", "Sylvania")
    assert f"there is no deal, in the first of which {reason}." in talks_text(again)


def test_where_every_step_is_only_a_threat_no_chart_of_steps_is_drawn(answer):
    issues = [
        replace(each, without_a_deal="free", levels=(replace(each.levels[0], is_threat=True), each.levels[1]))
        for each in answer.talks.issues
    ]
    again = judge_all(replace(answer.talks, issues=tuple(issues)), answer.background, answer.grids)
    part = part_of(again)
    assert "talk_steps" not in {chart.table for chart in part.charts}
    assert all(table.rows for table in part.drawn)
