import re

import pytest

from chokepoint.answer.talks.answer import bundled_talks, open_talks
from chokepoint.errors import DataError
from chokepoint.records.measure import read_measures
from chokepoint.records.talks import read_talks, security_name
from tests.position.atlas import VOCABULARY
from tests.position.test_reading_measures import LICENCE, LICENCE_ID, put

WORLDS = ("rare-earths-2024", "london-2024")
TALKS = f"""\
name: my-table
title: A table of my own
question: Who lets go?
before: 2025-04
start: 2025-06
months: 12
draws: 4
seed: 1
joint_world: rare-earths-2024
verification_months: {{value: 2, low: 1, high: 4, reason: a guess}}
parties:
  CHN:
    negotiators: ministers
    principal: the chairman
    principal_weight: {{value: 1, low: 0.5, high: 2, reason: a guess}}
  USA:
    negotiators: secretaries
    principal: the president
    principal_weight: {{value: 1, low: 0.5, high: 2, reason: a guess}}
views:
  now:
    title: As known now
    as_of: 2025-06-09
chains:
  magnets:
    world: rare-earths-2024
    history: [{LICENCE_ID}]
issues:
  licences:
    title: Licences
    owner: CHN
    chain: magnets
    without_a_deal: kept
    levels:
      stop:
        title: none at all
        is_threat: true
        measures:
          - id: CHN/stop
            title: A stop, supposed
            actor: CHN
            reference: none
            announced: 2025-06-09
            effective: 2025-06-11
            source: assumed
            grade: assumed
            targets: [USA]
            goods: [ndfeb_magnet]
            instrument: ban
      kept:
        title: as they are
      freed:
        title: withdrawn
        measures:
          - id: CHN/freed
            title: The licences withdrawn, supposed
            actor: CHN
            reference: none
            announced: 2025-06-09
            effective: 2025-06-11
            source: assumed
            grade: assumed
            instrument: suspension
            suspends: [{LICENCE_ID}]
  sales:
    title: Sales of magnets
    owner: USA
    chain: magnets
    without_a_deal: stopped
    levels:
      stopped:
        title: nothing sold
        measures:
          - id: USA/stop
            title: A stop the other way, supposed
            actor: USA
            reference: none
            announced: 2025-06-09
            effective: 2025-06-11
            source: assumed
            grade: assumed
            targets: [CHN]
            goods: [ndfeb_magnet]
            instrument: ban
      sold:
        title: sold as before
values:
  - party: CHN
    issue: licences
    level: kept
    value: 1.0e+9
    low: 0.5e+9
    high: 2.0e+9
    dated: 2025-04-04
    source: assumed
    grade: assumed
    reason: a guess
historical:
  licences: freed
  sales: sold
"""


@pytest.fixture
def measures(tmp_path):
    put(tmp_path / "measures", CHN__2025_04_04_seven_elements=LICENCE)
    return read_measures(tmp_path / "measures", VOCABULARY)


def read(tmp_path, measures, *changes):
    """Read the talks after some changes of their text, each of which must be found once."""
    text = TALKS
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    path = tmp_path / "table.yaml"
    path.write_text(text, encoding="utf-8")
    return read_talks(path, VOCABULARY, measures, WORLDS)


def problems(tmp_path, measures, *changes):
    with pytest.raises(DataError) as raised:
        read(tmp_path, measures, *changes)
    return [str(problem).removeprefix("table.yaml:") for problem in raised.value.problems]


def test_talks_are_read_with_the_measures_of_their_levels(tmp_path, measures):
    talks = read(tmp_path, measures)
    licences, sales = talks.issues
    assert [level.name for level in licences.levels] == ["stop", "kept", "freed"]
    assert [level.is_threat for level in licences.levels] == [True, False, False]
    assert licences.levels[2].measures[0].changes == (LICENCE_ID,)
    assert (sales.owner, sales.levels[1].measures) == ("USA", ())
    assert talks.chain("magnets").history == (measures[LICENCE_ID],)
    value = talks.values[security_name("CHN", "licences", "kept")]
    assert (value.low, value.value, value.high, value.unit, value.year) == (5e8, 1e9, 2e9, "USD/yr", 2025)


def test_the_bundled_talks_are_read():
    (path,) = bundled_talks().values()
    talks = open_talks(path)
    assert [party.code for party in talks.parties] == ["USA", "CHN"]
    assert set(talks.historical) == {issue.name for issue in talks.issues}


def test_what_no_line_can_mean_is_listed_at_once_each_at_its_place(tmp_path, measures):
    found = problems(
        tmp_path,
        measures,
        ("start: 2025-06", "start: 2025-13"),
        ("as_of: 2025-06-09", "as_of: 2025-06-31"),
        (f"history: [{LICENCE_ID}]", "history: [CHN/2025-04-04-seven-element]"),
        ("targets: [USA]\n            goods: [ndfeb_magnet]", "targets: [USA]\n            goods: [ndfeb_magnets]"),
        ("is_threat: true", "is_threat: maybe"),
        ("low: 0.5e+9", "low: 1.5e+9"),
        ("    title: Sales of magnets\n", ""),
        ("[CHN/2025-04-04-seven-elements]\n  sales", "[CHN/nothing]\n  sales"),
    )
    assert sorted(found) == sorted(
        [
            "5:1 start: found '2025-13'; expected a month, year-month; write it like 2025-04",
            "23:5 views.now.as_of: found '2025-06-31'; expected a date, year-month-day; write it like 2025-04-04",
            (
                "27:15 chains.magnets.history.0: found 'CHN/2025-04-04-seven-element'; "
                "expected the id of a measure that is known; did you mean 'CHN/2025-04-04-seven-elements'?"
            ),
            (
                "37:9 issues.licences.levels.stop.is_threat: found 'maybe'; expected true or false; "
                "write true or false, without quotation marks"
            ),
            (
                "48:21 issues.licences.levels.stop.measures.0.goods.0: found 'ndfeb_magnets'; "
                "expected the code of a good that is known; did you mean 'ndfeb_magnet'?"
            ),
            (
                "64:24 issues.licences.levels.freed.measures.0.suspends.0: found 'CHN/nothing'; expected the id of a "
                f"measure that is known; use one of: {LICENCE_ID}, CHN/freed, CHN/stop, USA/stop"
            ),
            "65:3 issues.sales: found no 'title'; expected a line 'title: ...'; add it",
            (
                "87:5 values.0: found 'key: value' lines; expected low, value and high in rising order; "
                "correct one of low 1.5e+09, value 1e+09, high 2e+09"
            ),
        ]
    )


def test_names_that_lead_nowhere_are_listed_at_once_each_at_its_place(tmp_path, measures):
    found = problems(
        tmp_path,
        measures,
        ("joint_world: rare-earths-2024", "joint_world: rare-earth-2024"),
        ("    world: rare-earths-2024", "    world: iron-2024"),
        ("owner: USA\n    chain: magnets", "owner: USB\n    chain: magnet"),
        ("without_a_deal: kept", "without_a_deal: keep"),
        ("party: CHN\n    issue: licences\n    level: kept", "party: JPN\n    issue: licences\n    level: free"),
        ("  licences: freed\n", ""),
    )
    assert found == [
        (
            "9:1 joint_world: found 'rare-earth-2024'; expected the name of a bundled world; "
            "did you mean 'rare-earths-2024'?"
        ),
        (
            "26:5 chains.magnets.world: found 'iron-2024'; expected the name of a bundled world; "
            "did you mean 'london-2024'?"
        ),
        (
            "33:5 issues.licences.without_a_deal: found 'keep'; expected the name of a level of this issue; "
            "did you mean 'kept'?"
        ),
        "67:5 issues.sales.owner: found 'USB'; expected the name of a party of these talks; did you mean 'USA'?",
        "68:5 issues.sales.chain: found 'magnet'; expected the name of a chain of these talks; did you mean 'magnets'?",
        "88:5 values.0.party: found 'JPN'; expected the name of a party of these talks; use one of: CHN, USA",
        "90:5 values.0.level: found 'free'; expected the name of a level of it; did you mean 'freed'?",
        "98:1 historical: found no 'licences'; expected a level for every issue; add it",
    ]


def test_levels_that_do_nothing_and_issues_that_contradict_each_other_are_refused(tmp_path, measures):
    found = problems(
        tmp_path,
        measures,
        ("before: 2025-04", "before: 2025-07"),
        ("title: as they are\n", "title: as they are\n        is_threat: true\n      same:\n        title: the same\n"),
        ("id: USA/stop", "id: CHN/stop"),
        (f"history: [{LICENCE_ID}]", "history: []"),
        ("licences: freed", "licences: stop"),
    )
    assert found == [
        (
            "102:3 historical.licences: found 'stop', only a threat; expected a level that both sides could agree on; "
            "name another level"
        ),
        (
            "5:1 start: found '2025-06', before the first month simulated, 2025-07; expected a month not before it; "
            "correct 'start' or 'before'"
        ),
        (
            "50:7 issues.licences.levels.kept: found the level without a deal, marked as a threat; "
            "expected a level that is no threat; delete the line is_threat"
        ),
        (
            "53:7 issues.licences.levels.same: found a level that names no measure; expected measures of its own "
            "on every level but the one on which things stay as they are; name a measure, or delete the level"
        ),
        (
            "58:13 issues.licences.levels.freed.measures.0: found a measure that changes none in force; "
            f"expected one of {LICENCE_ID} in the history of the chain; add it there"
        ),
        (
            "68:3 issues.sales: found 'CHN/stop', which the issue 'licences' decides as well; expected issues that "
            "do not contradict each other: each act decided by one of them; make one issue of the two, with a level "
            "for each combination"
        ),
    ]


def test_the_list_is_numbered_and_says_that_nothing_was_written(tmp_path, measures):
    with pytest.raises(DataError) as raised:
        read(tmp_path, measures, ("owner: CHN", "owner: CHE"), ("without_a_deal: kept", "without_a_deal: keep"))
    first, *rest = str(raised.value).splitlines()
    assert first == "2 problems; nothing was written:"
    assert [re.match(r"  \d\. table\.yaml:\d+:\d+ issues\.licences\.", line) is not None for line in rest] == [True] * 2
