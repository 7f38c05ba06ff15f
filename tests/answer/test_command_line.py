"""What a person meets at the command line: wrong input is listed, the exit code says so, nothing is written."""

from __future__ import annotations

import json
import sys

import pytest

from chokepoint.cli import commands, main

SCENARIO = """\
name: wrong
title: Wrong
question: What if?
as_of: 2025-04-04
start: 2025-01
months: 6
draws: 1
seed: 1
branches:
  one:
    title: One
    measures:
      - id: CHN/wrong
        title: A quota
        actor: CHN
        reference: none
        announced: 2025-04-04
        effective: 2025-04-04
        ends: {ends}
        source: {source}
        grade: assumed
        note: an example
        targets: [world]
        instrument: quota
        goods: [{good}]
        tonnes_per_month: {cap}
"""
RIGHT = {"ends": "2025-12-01", "source": "assumed", "good": "dysprosium_oxide", "cap": 4}
HEADINGS = "name,good,home,monthly_need,unit,suppliers,stock,months_to_replace,value_of_output_usd_per_unit"
LINE = "A,ndfeb_magnet,{home},{need},t,CHN 1,9,12,1100000"


def called(monkeypatch, *arguments):
    """Run the program and return its exit code."""
    monkeypatch.setattr(sys, "argv", ["chokepoint", *map(str, arguments)])
    with pytest.raises(SystemExit) as leaving:
        main()
    return leaving.value.code


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"good": "dysprosium_oxid"}, "wrong.yaml:25:17 * found 'dysprosium_oxid'; * did you mean 'dysprosium_oxide'"),
        ({"ends": "2025-03-01"}, "wrong.yaml:19:9 * found '2025-03-01'; expected a day not before it begins"),
        ({"cap": -4}, "wrong.yaml:26:9 * found '-4'; expected a number, 0 or more"),
        ({"cap": "four"}, "wrong.yaml:26:9 * found 'four'; expected a number"),
        ({"source": "''"}, "wrong.yaml:20:9 * found ''; expected text; fill it in"),
    ],
)
def test_a_wrong_scenario_is_answered_with_the_line_and_the_remedy(tmp_path, monkeypatch, capsys, change, said):
    path = tmp_path / "wrong.yaml"
    path.write_text(SCENARIO.format(**RIGHT | change), encoding="utf-8")
    assert called(monkeypatch, "run", path, "--out", tmp_path / "out") == 2
    where, *rest = said.split(" * ")
    error = capsys.readouterr().err
    assert error.startswith("1 problem; nothing was written:\n  1. ")
    assert all(part in error for part in (where, *rest))
    assert [each.name for each in tmp_path.iterdir()] == ["wrong.yaml"]


def test_all_that_is_wrong_with_a_scenario_is_numbered_at_once(tmp_path, monkeypatch, capsys):
    path = tmp_path / "wrong.yaml"
    path.write_text(SCENARIO.format(ends="2025-03-01", source="''", good="magnets", cap=-4), encoding="utf-8")
    assert called(monkeypatch, "run", path, "--out", tmp_path / "out") == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "4 problems; nothing was written:"
    assert [line.split(".")[0].strip() for line in lines[1:]] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{HEADINGS.replace('monthly_need', 'monthly_needs')}\n{LINE}", "did you mean it by 'monthly_needs'?"),
        (f"{HEADINGS}\n{LINE.replace('{need}', 'many')}", "mine.csv:2 column monthly_need: found 'many'"),
        (
            f"{HEADINGS}\n" + "\n".join(LINE.replace("{home}", name) for name in ("Germany", "DE", "DEU")),
            "found one country under different names: 'Germany', 'DE', 'DEU'; expected one spelling",
        ),
    ],
)
def test_a_wrong_position_file_is_answered_with_the_line_and_the_remedy(tmp_path, monkeypatch, capsys, text, said):
    path = tmp_path / "mine.csv"
    path.write_text(text.format(home="DEU", need=3) + "\n", encoding="utf-8")
    assert called(monkeypatch, "exposure", "--position", path, "--out", tmp_path / "out") == 2
    assert said in capsys.readouterr().err
    assert [each.name for each in tmp_path.iterdir()] == ["mine.csv"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "londn-2025"], "did you mean 'london-2025'?"),
        (["why", "licence.handling_day"], "did you mean 'licence.handling_days'"),
        (["why", "wibble"], "use one of: choke_price, choke_width"),
        (["compare", "{here}", "{here}"], "found no run.json; expected the folder of a run"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(tmp_path, monkeypatch, capsys, arguments, said):
    monkeypatch.chdir(tmp_path)
    assert called(monkeypatch, *(each.format(here=tmp_path) for each in arguments)) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_every_command_can_answer_in_json():
    grouped = commands.commands.items()
    inside = [pair for _, group in grouped for pair in getattr(group, "commands", {}).items()]
    alone = [(name, command) for name, command in grouped if not hasattr(command, "commands")]
    for name, command in (*alone, *inside):
        assert "--json" in {option for parameter in command.params for option in parameter.opts}, name


@pytest.mark.parametrize("arguments", [["scenarios"], ["example"], ["why", "licence"], ["why", "loss.USA"]])
def test_json_is_all_that_stands_on_standard_output(monkeypatch, capsys, arguments):
    assert called(monkeypatch, *arguments, "--json") == 0
    assert json.loads(capsys.readouterr().out)
