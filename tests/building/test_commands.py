"""The commands on worlds: what is written, what is refused, and that a built world runs."""

from __future__ import annotations

import csv
import json
import sys

import pytest

from chokepoint import bundle
from chokepoint.cli import main

SCENARIO = """\
name: my-ban
world: {world}
title: A ban of my own
question: What if?
as_of: 2025-06-30
start: 2025-01
months: 3
draws: 1
seed: 1
branches:
  ban:
    title: A ban
    measures:
      - id: CHN/mine
        title: A ban on magnesium for Japan
        actor: CHN
        reference: none
        announced: 2025-01-01
        effective: 2025-02-01
        source: assumed
        grade: assumed
        note: an example
        targets: [JPN]
        instrument: ban
        goods: [magnesium_metal]
"""
OWN = """\
mineral,measure,country,year,value,unit,source,stage,grade,basis
magnesium,production,CHN,2024,900000,t/yr,My own ledger,smelting,B,primary metal
"""


def called(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["chokepoint", *map(str, arguments)])
    with pytest.raises(SystemExit) as leaving:
        main()
    return leaving.value.code


def test_a_world_of_ones_own_is_written_named_in_a_scenario_and_run(monkeypatch, capsys, tmp_path):
    (tmp_path / "own.csv").write_text(OWN, encoding="utf-8")
    chosen = ("--goods", "magnesium", "--out", tmp_path / "mine", "--figures", tmp_path / "own.csv")
    assert called(monkeypatch, "world", "build", *chosen) == 0
    written = capsys.readouterr()
    assert "replaces 953000 t/yr from usgs_mcs2026" in written.err
    assert "Handed on without being made there" in written.out
    table = (tmp_path / "mine" / "tables" / "movements.csv").read_text("utf-8")
    assert len(list(csv.DictReader(table.splitlines()))) == len(bundle.load(str(tmp_path / "mine")).movements) > 0
    (tmp_path / "my.yaml").write_text(SCENARIO.format(world="mine"), encoding="utf-8")
    assert called(monkeypatch, "run", tmp_path / "my.yaml", "--out", tmp_path / "out", "--draws", 0) == 0
    assert "Japan" in capsys.readouterr().out
    record = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    assert record["world"]["name"] == str(tmp_path / "mine")
    assert called(monkeypatch, "why", "production.magnesium_smelting.CHN", "--run", tmp_path / "out") == 0
    assert "My own ledger" in capsys.readouterr().out


def test_json_holds_every_movement_and_what_was_handed_on(monkeypatch, capsys):
    assert called(monkeypatch, "world", "build", "--goods", "magnesium", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["goods"] == ["magnesium_metal"]
    assert {"figure", "before", "after", "unit", "reason"} == set(told["movements"][0])
    assert {row["good"] for row in told["passed_on"]} == {"magnesium_metal"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--goods", "galium"), "found 'galium'; expected a chain or one of its goods; did you mean 'gallium'"),
        (("--goods", "magnesium", "--year", "1999"), "no trade under 810411 in 1999; the bundle holds it for 2002"),
        (("--goods", "magnesium", "--year", "2015"), "no figure of who makes it in 2015"),
    ],
)
def test_what_cannot_be_built_is_said_and_nothing_written(monkeypatch, capsys, tmp_path, arguments, said):
    assert called(monkeypatch, "world", "build", *arguments, "--out", tmp_path / "mine") == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "mine").exists()


def test_a_folder_with_files_of_others_is_not_replaced(monkeypatch, capsys, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear all", encoding="utf-8")
    assert called(monkeypatch, "world", "build", "--goods", "magnesium", "--out", tmp_path / "mine") == 2
    assert "letter.txt" in capsys.readouterr().err
    assert [each.name for each in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_worlds_and_chains_are_listed_and_one_is_shown(monkeypatch, capsys):
    assert called(monkeypatch, "world", "list") == 0
    listed = capsys.readouterr().out
    assert "gallium-germanium-2024: Gallium and germanium, 2024" in listed
    assert "  antimony: antimony_ore, antimony_metal" in listed
    assert called(monkeypatch, "world", "show", "gallium-germanium-2024") == 0
    shown = capsys.readouterr().out
    assert "gallium_metal (Gallium, refining): 848 t a year" in shown
    assert "largest users who buy abroad, and where most of what they use is made: KOR" in shown
    assert called(monkeypatch, "world", "show", "galium") == 2
    assert "found no world 'galium'" in capsys.readouterr().err
