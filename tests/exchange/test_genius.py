"""GENIUS domains: written and read back, solved as our own problems are, and refused in words where they are broken."""

from __future__ import annotations

import json
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chokepoint.bargaining import all_packages, compose, pose, settle
from chokepoint.cli import main
from chokepoint.errors import DataError
from chokepoint.exchange import genius_files, read_genius, solve_domain, space_of
from chokepoint.solutions import RULES
from tests.bargaining.table import ISSUES, PARTIES, random_payoff

SEEDS = st.integers(0, 2**32 - 1)

DOMAIN = """<negotiation_template>
 <utility_space number_of_issues="2">
  <objective description="" etype="objective" index="0" name="Strelsau" type="objective">
   <issue etype="discrete" index="1" name="ore" type="discrete" vtype="discrete">
    <item index="1" value="held"/>
    <item index="2" value="free"/>
   </issue>
   <issue etype="discrete" index="2" name="lamps" type="discrete" vtype="discrete">
    <item index="1" value="few"/>
    <item index="2" value="many"/>
   </issue>
  </objective>
 </utility_space>
</negotiation_template>
"""
PROFILE = """<utility_space number_of_issues="2">
 <objective etype="objective" index="0" name="Strelsau" type="objective">
  <weight index="1" value="0.6"/>
  <weight index="2" value="0.4"/>
  <issue etype="discrete" index="1" name="ore" type="discrete" vtype="discrete">
   <item index="1" value="held" evaluation="1"/>
   <item index="2" value="free" evaluation="4"/>
  </issue>
  <issue etype="discrete" index="2" name="lamps" type="discrete" vtype="discrete">
   <item index="1" value="few" evaluation="1.0"/>
   <item index="2" value="many" evaluation="0.5"/>
  </issue>
 </objective>
 <reservation value="0.3"/>
</utility_space>
"""


def written(folder, domain=DOMAIN, *profiles):
    texts = {"domain.xml": domain} | {f"side{at}.xml": text for at, text in enumerate(profiles, start=1)}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "domain.xml", [folder / name for name in list(texts)[1:]]


def refused(folder, domain=DOMAIN, *profiles):
    with pytest.raises(DataError) as caught:
        read_genius(*written(folder, domain, *profiles))
    return caught.value.problems


def test_evaluations_above_one_are_divided_by_the_greatest_of_their_issue_as_genius_does(tmp_path):
    space = read_genius(*written(tmp_path, DOMAIN, PROFILE, PROFILE))
    assert space.parties == ("side1", "side2")
    assert space.levels == (("held", "free"), ("few", "many"))
    assert [worth[0].tolist() for worth in space.worth] == [[0.6 / 4, 0.6], [0.4, 0.2]]
    assert space.reservation.tolist() == [0.3, 0.3]


def test_objectives_within_objectives_weigh_by_both_weights(tmp_path):
    start, end = PROFILE.index("  <issue etype"), PROFILE.index(" </objective>")
    inner = PROFILE[start:end]
    head = (
        ' <objective index="0" name="all">\n  <weight index="3" value="0.5"/>\n  <objective index="3" name="goods">\n'
    )
    weights = '  <weight index="1" value="0.6"/>\n  <weight index="2" value="0.4"/>\n'
    nested = f"<utility_space>\n{head}{weights}{inner}  </objective>\n </objective>\n</utility_space>\n"
    space = read_genius(*written(tmp_path, DOMAIN, nested, PROFILE))
    assert space.worth[0].tolist() == [[0.075, 0.3], [0.15, 0.6]]
    assert space.reservation.tolist() == [0.0, 0.3]


def space_by_hand(seed):
    """Draw payoffs that add up over chains, the last two issues touching each other."""
    rng = np.random.default_rng(seed)
    packages = all_packages(ISSUES)
    alone = compose(packages, [rng.normal(size=(1, 2, len(each.levels))) for each in ISSUES])
    touching = rng.normal(size=(1, 2, 2, 2))
    payoff = (alone + touching[:, :, packages[:, 1], packages[:, 2]]) * 1e9
    return pose(
        parties=PARTIES, issues=ISSUES, payoff=payoff, no_deal=payoff.min(axis=2) + rng.normal(size=(1, 2)) * 1e9
    )


@settings(max_examples=40)
@given(seed=SEEDS)
def test_a_problem_written_and_read_back_holds_the_same_money(seed, tmp_path_factory):
    folder = tmp_path_factory.mktemp("genius")
    problem = space_by_hand(seed)
    space, low, unit = space_of(problem)
    assert space.issues == ("licences", "software + engines")
    for name, text in genius_files(space, "table").items():
        (folder / name).write_text(text, encoding="utf-8")
    back = read_genius(folder / "table-domain.xml", [folder / "table-profile1.xml", folder / "table-profile2.xml"])
    assert back.issues == space.issues
    assert back.levels == space.levels
    assert low + unit * back.reservation == pytest.approx(problem.disagreement[0])
    money = [
        low + unit * sum(worth[:, level] for worth, level in zip(back.worth, levels, strict=True))
        for levels in product(*[range(worth.shape[1]) for worth in back.worth])
    ]
    assert pytest.approx(problem.payoff[0], rel=1e-12, abs=1e-3) == np.array(money).T
    for worth in back.worth:
        assert worth.min() >= 0.0
    assert sum(worth.max(axis=1) for worth in back.worth) == pytest.approx([1.0, 1.0])


@settings(max_examples=40)
@given(seed=SEEDS)
def test_rules_that_know_no_units_choose_the_same_package_there_and_back(seed, tmp_path_factory):
    folder = tmp_path_factory.mktemp("genius")
    problem = space_by_hand(seed)
    space, low, unit = space_of(problem)
    for name, text in genius_files(space, "table").items():
        (folder / name).write_text(text, encoding="utf-8")
    back = read_genius(folder / "table-domain.xml", [folder / "table-profile1.xml", folder / "table-profile2.xml"])
    solved = solve_domain(back)
    for name in ("nash", "kalai_smorodinsky"):
        agreed = settle(problem, RULES[name])
        assert (name in solved.packages) == bool(agreed.choice.is_deal[0])
        if name in solved.packages:
            money = low + unit * solved.utilities[name] - problem.disagreement[0]
            assert money == pytest.approx(agreed.gains[0], rel=1e-9, abs=1.0)
        mixed = settle(problem, RULES[name], lotteries=True)
        assert (name in solved.divided) == bool(mixed.choice.is_deal[0])
        if name in solved.divided:
            money = low + unit * solved.divided_utilities[name] - problem.disagreement[0]
            assert money == pytest.approx(mixed.gains[0], rel=1e-7, abs=10.0)


def test_issues_that_touch_in_every_way_become_one():
    problem = pose(parties=PARTIES, issues=ISSUES, payoff=random_payoff(3))
    space, _, _ = space_of(problem)
    assert space.issues == ("licences + software + engines",)
    assert space.packages == 12


def test_a_table_with_holes_is_not_written_as_if_it_were_whole():
    packages = all_packages(ISSUES)[:-1]
    payoff = random_payoff(3)[:, :, :-1]
    problem = pose(parties=PARTIES, issues=ISSUES, payoff=payoff, packages=packages, no_deal=np.zeros((4, 2)))
    with pytest.raises(DataError, match="11 of 12 combinations"):
        space_of(problem)


def flat(name, reservation):
    return PROFILE.replace('value="0.3"', f'value="{reservation}"').replace("Strelsau", name)


def test_no_deal_is_an_answer_with_a_reason_and_the_nearest_change(tmp_path):
    hard = read_genius(*written(tmp_path, DOMAIN, flat("one", 1.2), flat("two", 0.3)))
    solved = solve_domain(hard)
    assert solved.packages == {}
    assert solved.divided == {}
    assert (
        solved.no_deal
        == "side1 gains from no package; 'ore: free; lamps: few' would open if it were worth 0.2 higher to side1"
    )


def test_opposed_reservations_leave_no_package_and_say_so(tmp_path):
    mirrored = PROFILE.replace('"held" evaluation="1"', '"held" evaluation="9"').replace(
        '"few" evaluation="1.0"', '"few" evaluation="0.1"'
    )
    space = read_genius(*written(tmp_path, DOMAIN, PROFILE.replace("0.3", "0.9"), mirrored.replace("0.3", "0.7")))
    solved = solve_domain(space)
    assert solved.packages == {}
    assert solved.no_deal.startswith("no package is as good as no deal for everybody; '")
    assert "would open if it were worth" in solved.no_deal


def test_more_packages_than_can_be_listed_are_divided(tmp_path):
    issues, items = range(1, 41), ("a", "b", "c")
    body = "".join(
        f'<issue index="{at}" name="i{at}" type="discrete">'
        + "".join(f'<item value="{each}"/>' for each in items)
        + "</issue>"
        for at in issues
    )
    domain = (
        f"<negotiation_template><utility_space><objective>{body}</objective></utility_space></negotiation_template>"
    )

    def profile(seed):
        drawn = np.random.default_rng(seed).uniform(size=(40, 3))
        rows = "".join(
            f'<weight index="{at}" value="0.025"/><issue index="{at}" name="i{at}" type="discrete">'
            + "".join(f'<item value="{each}" evaluation="{drawn[at - 1, place]}"/>' for place, each in enumerate(items))
            + "</issue>"
            for at in issues
        )
        return f"<utility_space><objective>{rows}</objective></utility_space>"

    solved = solve_domain(read_genius(*written(tmp_path, domain, profile(1), profile(2))))
    assert solved.efficient is None
    assert solved.packages == {}
    first, second = solved.divided_utilities["egalitarian"]
    assert first == pytest.approx(second)
    assert solved.no_deal == ""


def test_three_parties_are_surveyed(tmp_path):
    space = read_genius(*written(tmp_path, DOMAIN, PROFILE, PROFILE, PROFILE))
    solved = solve_domain(space)
    assert solved.packages["nash"] == (1, 0)
    assert solved.divided == {}


BOMB = '<?xml version="1.0"?>\n<!DOCTYPE bomb [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<bomb>&b;</bomb>'
FETCH = '<!DOCTYPE x SYSTEM "file:///etc/passwd"><negotiation_template/>'


@pytest.mark.parametrize(("text", "line"), [(BOMB, 2), (FETCH, 1)])
def test_a_document_type_is_refused_before_an_entity_can_expand(tmp_path, text, line):
    (problem,) = refused(tmp_path, text, PROFILE, PROFILE)
    assert problem.where == f"domain.xml:{line}"
    assert problem.found == "a document type declaration"


def test_elements_without_end_are_refused_before_they_fill_the_stack(tmp_path):
    (problem,) = refused(tmp_path, "<a>" * 100_000, PROFILE, PROFILE)
    assert problem.found == "elements more than 100 deep"


@pytest.mark.parametrize(
    ("text", "where", "found"),
    [
        (DOMAIN.replace("</objective>", ""), "domain.xml:13:4", "mismatched tag"),
        ("", "domain.xml:1:1", "no element found"),
        ("not xml", "domain.xml:1:1", "syntax error"),
        (PROFILE.replace("issue", "thing"), "domain.xml:1", "a utility_space without issues"),
        (DOMAIN.replace('name="lamps"', 'name="ore"'), "domain.xml:8 issue ore", "a second one"),
        (DOMAIN.replace('value="many"', 'value="few"'), "domain.xml:8 issue lamps", "'few' twice"),
        (DOMAIN.replace('type="discrete"', 'type="real"', 2), "domain.xml:4 issue ore", "an issue of type real"),
    ],
)
def test_what_is_wrong_with_a_domain_is_said_with_its_line(tmp_path, text, where, found):
    problem = refused(tmp_path, text, PROFILE, PROFILE)[0]
    assert problem.where == where
    assert problem.found == found
    assert problem.remedy


@pytest.mark.parametrize(
    ("text", "where", "found"),
    [
        (PROFILE.replace('  <weight index="2" value="0.4"/>\n', ""), "side2.xml:8 issue lamps", "no weight"),
        (PROFILE.replace('value="0.4"', 'value="-1"'), "side2.xml:9 issue lamps", "a weight of -1"),
        (PROFILE.replace('"lamps"', '"lamp"'), "side2.xml:9 issue lamp", "an issue the domain does not have"),
        (PROFILE.replace('"many"', '"most"'), "side2.xml:11 item most", "a value the domain does not have"),
        (PROFILE.replace(' evaluation="4"', ""), "side2.xml:7 item free", "no evaluation"),
        (PROFILE.replace('"0.5"', '"half"'), "side2.xml:11 item many", "an evaluation of half"),
        (PROFILE.replace('"0.5"', '"inf"'), "side2.xml:11 item many", "an evaluation of inf"),
        (PROFILE.replace('"0.3"', '"nan"'), "side2.xml:14", "a reservation of nan"),
        (DOMAIN, "side2.xml:4 issue ore", "no weight"),
    ],
)
def test_what_is_wrong_with_a_profile_is_said_with_its_line(tmp_path, text, where, found):
    problem = refused(tmp_path, DOMAIN, PROFILE, text)[0]
    assert problem.where == where
    assert problem.found == found
    assert problem.remedy


def test_everything_wrong_in_both_profiles_is_said_at_once_and_numbered(tmp_path):
    broken = PROFILE.replace('"many"', '"most"')
    with pytest.raises(DataError) as caught:
        read_genius(*written(tmp_path, DOMAIN, broken, broken))
    assert str(caught.value).startswith("4 problems; nothing was written:\n  1. side1.xml:11 item most")
    assert [problem.where.partition(":")[0] for problem in caught.value.problems] == ["side1.xml"] * 2 + [
        "side2.xml"
    ] * 2


def test_a_missing_file_and_a_huge_one_are_refused(tmp_path, monkeypatch):
    domain, profiles = written(tmp_path, DOMAIN, PROFILE)
    with pytest.raises(DataError, match="no such file"):
        read_genius(domain, [*profiles, tmp_path / "gone.xml"])
    monkeypatch.setattr("chokepoint.exchange.markup.LARGEST", 100)
    with pytest.raises(DataError, match="at most 0 MB"):
        read_genius(domain, profiles)


def test_a_solved_domain_is_printed_for_people_and_for_machines(tmp_path, monkeypatch, capsys):
    domain, profiles = written(tmp_path, DOMAIN, PROFILE, PROFILE)

    def printed(*options):
        monkeypatch.setattr("sys.argv", ["chokepoint", "bargain", "solve", str(domain), *map(str, profiles), *options])
        with pytest.raises(SystemExit) as left:
            main()
        return left.value.code, capsys.readouterr()

    code, shown = printed()
    assert code == 0
    assert "nash: ore: free; lamps: few (1, 1)" in shown.out
    record = json.loads(printed("--json")[1].out)
    assert record["rules"]["nash"] == {"levels": {"ore": "free", "lamps": "few"}, "utilities": [1.0, 1.0]}
    profiles.pop()
    code, shown = printed()
    assert code == 2
    assert "1. PROFILES: found 1; expected two or three files" in shown.err
