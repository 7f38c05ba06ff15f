import datetime as dt
import json
from pathlib import Path

import pytest

import chokepoint
from chokepoint.errors import DataError
from chokepoint.records.measure import BanTerms, MeasureRecord, read_measures
from chokepoint.records.scenario import OverrideRecord, read_scenario, world_named_in
from chokepoint.records.schemas import schemas, write_schemas
from tests.position.atlas import VOCABULARY
from tests.position.test_reading_measures import LICENCE, LICENCE_ID, put

SCENARIO = f"""\
name: my-case
title: A case of my own
question: What if?
as_of: 2025-06-01
start: 2025-04
months: 24
draws: 64
seed: 1
branches:
  nothing:
    title: No measure
    measures: []
  licences:
    title: Licences
    measures: [{LICENCE_ID}]
"""
BAN = LICENCE.split("instrument")[0] + "instrument: ban\n"


@pytest.fixture
def measures(tmp_path):
    put(tmp_path / "measures", CHN__2025_04_04_seven_elements=LICENCE)
    return read_measures(tmp_path / "measures", VOCABULARY)


def read(tmp_path, measures, text=SCENARIO):
    path = tmp_path / "mine" / "case.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return read_scenario(path, VOCABULARY, measures)


def problems(tmp_path, measures, text):
    with pytest.raises(DataError) as raised:
        read(tmp_path, measures, text)
    return [str(problem).removeprefix("case.yaml:") for problem in raised.value.problems]


def test_a_scenario_plays_in_the_world_of_rare_earths_unless_it_names_another(tmp_path, measures):
    assert read(tmp_path, measures).world == "rare-earths-2024"
    named = SCENARIO.replace("name: my-case", "name: my-case\nworld: us-controls-2024")
    assert read(tmp_path, measures, named).world == "us-controls-2024"
    assert world_named_in(tmp_path / "mine" / "case.yaml") == "us-controls-2024"


def test_talks_are_bundled_ones_or_a_file_beside_the_scenario(tmp_path, measures):
    named = SCENARIO.replace("name: my-case", "name: my-case\ntalks: table.yaml")
    assert read(tmp_path, measures).talks == ""
    assert read(tmp_path, measures, named).talks == "table.yaml"
    (tmp_path / "mine" / "table.yaml").touch()
    assert read(tmp_path, measures, named).talks == str(tmp_path / "mine" / "table.yaml")


def test_a_scenario_is_read_with_the_measures_of_its_branches(tmp_path, measures):
    scenario = read(tmp_path, measures)
    assert (scenario.name, scenario.start, scenario.months, scenario.draws, scenario.seed) == (
        "my-case",
        "2025-04",
        24,
        64,
        1,
    )
    assert [branch.name for branch in scenario.branches] == ["nothing", "licences"]
    assert scenario.branches[1].measures == (measures[LICENCE_ID],)
    assert scenario.branches[1].as_of == dt.date(2025, 6, 1)


def test_a_branch_may_know_more_than_the_others(tmp_path, measures):
    text = SCENARIO.replace("title: Licences", "title: Licences\n    as_of: 2026-01-01")
    assert [branch.as_of.year for branch in read(tmp_path, measures, text).branches] == [2025, 2026]


def test_parameters_are_set_for_all_branches_or_for_one_with_or_without_a_range(tmp_path, measures):
    text = SCENARIO.replace("seed: 1", "seed: 1\nparameters: {licence.handling_days: 30}") + (
        "    parameters:\n      stock_cover.ndpr_oxide.DEU: {value: 2, low: 1, high: 3, reason: we counted}\n"
    )
    scenario = read(tmp_path, measures, text)
    assert scenario.parameters == (OverrideRecord(name="licence.handling_days", value=30.0, low=30.0, high=30.0),)
    assert scenario.branches[1].parameters == (
        OverrideRecord(name="stock_cover.ndpr_oxide.DEU", value=2.0, low=1.0, high=3.0, reason="we counted"),
    )


def test_a_measure_of_ones_own_lies_beside_the_scenario_or_stands_in_it(tmp_path, measures):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "ban.yaml").write_text(BAN)
    inline = "".join(f"        {line}\n" for line in BAN.splitlines())
    text = SCENARIO.replace(f"[{LICENCE_ID}]", "") + f"      - ban.yaml\n      -\n{inline}"
    own, written = read(tmp_path, measures, text).branches[1].measures
    assert isinstance(own, MeasureRecord)
    assert (own.id, own.file, own.terms) == ("ban", "ban.yaml", BanTerms())
    assert (written.id, written.file, written.terms) == ("licences/2", "case.yaml", BanTerms())


def test_a_measure_written_out_may_stand_for_one_of_the_bundle(tmp_path, measures):
    inline = "".join(f"        {line}\n" for line in f"id: {LICENCE_ID}\n{BAN}".splitlines())
    text = SCENARIO.replace(f"[{LICENCE_ID}]", "") + f"      -\n{inline}"
    (measure,) = read(tmp_path, measures, text).branches[1].measures
    assert (measure.id, measure.instrument) == (LICENCE_ID, "ban")


def test_all_problems_of_a_scenario_are_found_at_once_each_at_its_place(tmp_path, measures):
    text = """\
name: My Case
titel: T
question: 5
as_of: 2025-02-30
start: 2025-14
months: 300
draws: 0
seed: 1.5
parameters:
  licence.handling_day: 30
  stock_cover.ndpr_oxid: 3
  licence.handling_days: "30"
branches:
  first:
    title: First
    measures: [CHN/2025-04-04-seven-element, ban.yaml, 5]
    parameters: {stock_cover: {value: 4, low: 1, high: 3}}
"""
    assert sorted(problems(tmp_path, measures, text)) == sorted(
        [
            (
                "1:1 name: found 'My Case'; expected small letters, digits and hyphens; "
                "write it like snapback-2026; it becomes a folder name"
            ),
            "1:1: found no 'title'; expected a line 'title: ...'; add it",
            (
                "2:1 titel: found an unknown key 'titel'; expected only keys that mean something here; "
                "did you mean 'title'?"
            ),
            "3:1 question: found '5'; expected text; put it in quotation marks",
            "4:1 as_of: found '2025-02-30'; expected a date, year-month-day; write it like 2025-04-04",
            "5:1 start: found '2025-14'; expected a month, year-month; write it like 2025-04",
            "6:1 months: found '300'; expected less than or equal to 240; correct it",
            "7:1 draws: found '0'; expected greater than or equal to 1; correct it",
            "8:1 seed: found '1.5'; expected a whole number; write digits only, without quotation marks",
            (
                "10:3 parameters.licence.handling_day: found 'licence.handling_day'; "
                "expected the name of a parameter that is known; did you mean 'licence.handling_days'?"
            ),
            (
                "11:3 parameters.stock_cover.ndpr_oxid: found 'stock_cover.ndpr_oxid'; "
                "expected the name of a parameter that is known; did you mean 'ndpr_oxide' or 'dysprosium_oxide'?"
            ),
            (
                "12:3 parameters.licence.handling_days: found '30'; expected a number; "
                "write digits without quotation marks, with a point for decimals"
            ),
            (
                "16:16 branches.first.measures.0: found 'CHN/2025-04-04-seven-element'; "
                "expected the id of a measure that is known; did you mean 'CHN/2025-04-04-seven-elements'?"
            ),
            (
                "16:46 branches.first.measures.1: found 'ban.yaml', which is not there; expected a measure file, "
                "its path counted from the folder of the scenario; check the path; it was looked for as "
                f"{tmp_path / 'mine' / 'ban.yaml'}"
            ),
            "16:56 branches.first.measures.2: found '5'; expected 'key: value' lines; indent them below this line",
            (
                "17:18 branches.first.parameters.stock_cover: found 'key: value' lines; "
                "expected low, value and high in rising order; correct one of low 1, value 4, high 3"
            ),
        ]
    )


def test_a_problem_in_a_measure_file_of_ones_own_is_named_with_that_file(tmp_path, measures):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "ban.yaml").write_text(BAN.replace("grade: A", "grade: Z"))
    text = SCENARIO.replace(LICENCE_ID, "ban.yaml")
    assert problems(tmp_path, measures, text) == [
        "ban.yaml:8:1 grade: found 'Z'; expected one of A, B, B-, C, derived, assumed; see docs/reference/grades.md"
    ]


def test_a_suspension_of_nothing_in_the_branch_is_refused_rather_than_ignored(tmp_path, measures):
    pause = LICENCE.split("targets")[0] + f"instrument: suspension\nsuspends: [{LICENCE_ID}]\n"
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "pause.yaml").write_text(pause)
    text = SCENARIO.replace(f"[{LICENCE_ID}]", "[pause.yaml]")
    assert problems(tmp_path, measures, text) == [
        (
            "15:16 branches.licences.measures.0: found 'pause', which changes measures that this branch does not hold; "
            f"expected at least one of {LICENCE_ID} in the same branch; add it, or delete this line"
        )
    ]
    kept = text.replace("[pause.yaml]", f"[{LICENCE_ID}, pause.yaml]")
    assert len(read(tmp_path, measures, kept).branches[1].measures) == 2


def test_a_measure_twice_in_a_branch_is_refused(tmp_path, measures):
    text = SCENARIO.replace(f"[{LICENCE_ID}]", f"[{LICENCE_ID}, {LICENCE_ID}]")
    assert problems(tmp_path, measures, text) == [
        (
            f"15:47 branches.licences.measures.1: found '{LICENCE_ID}' twice; expected each measure once; "
            "delete one of them"
        )
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "found an empty file; expected lines 'key: value'"),
        ("- a\n", "found something else than 'key: value' lines"),
        ("branches: 5\n", "found '5'; expected 'key: value' lines"),
        ("branches: {}\n", "expected at least one entry"),
        ("a: \x01\n", "expected YAML"),
    ],
)
def test_a_file_that_is_no_scenario_says_so(tmp_path, measures, text, message):
    assert any(message in problem for problem in problems(tmp_path, measures, text))


def test_a_scenario_that_is_not_there_or_not_utf_8_is_named(tmp_path, measures):
    with pytest.raises(DataError, match=r"nowhere.yaml: found no such file or directory"):
        read_scenario(tmp_path / "nowhere.yaml", VOCABULARY, measures)
    (tmp_path / "latin.yaml").write_bytes(b"title: caf\xe9\n")
    with pytest.raises(DataError, match=r"latin.yaml: found a byte \(0xe9\) that is not UTF-8"):
        read_scenario(tmp_path / "latin.yaml", VOCABULARY, measures)


def test_the_schemas_that_ship_for_editors_are_current(tmp_path):
    shipped = Path(chokepoint.__file__).parent / "data" / "schemas"
    for name, text in schemas().items():
        assert (shipped / name).read_text(encoding="utf-8") == text, (
            "write them again with records.schemas.write_schemas"
        )
    write_schemas(tmp_path)
    assert json.loads((tmp_path / "measure.json").read_text())["title"] == "A measure: one dated act of a state"


def test_a_world_written_as_a_path_is_refused_with_the_place_where_a_folder_belongs(tmp_path, measures):
    said = problems(tmp_path, measures, "name: my-case\nworld: ./mine\n")
    assert any("a folder beside the scenario file named in small letters, digits and hyphens" in each for each in said)
