from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from chokepoint.cli import commands


def told(*words):
    result = CliRunner().invoke(commands, [str(word) for word in words], standalone_mode=False)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


def test_an_ensemble_is_planned_computed_gone_on_with_and_summarised(tmp_path):
    asked = ("ensemble", "gallium-ban-2024", "--draws", 6, "--chunk", 3, "--keep", "loss.USA", "--keep")
    asked += ("price.gallium_metal.USA",)
    plan = json.loads(told(*asked, "--plan", "--json"))
    assert (plan["cases"], plan["partitions"], plan["rows"]) == (7, 2, 7 * 2 * 2 * 18)
    assert plan["bytes"] > 0.0
    assert "disk: " in told(*asked, "--plan")
    folder = tmp_path / "many"
    first = json.loads(told(*asked, "--processes", 1, "--out", folder, "--json"))
    assert (first["computed"], first["found"]) == ([0, 1], [])
    (folder / "partition-000001.parquet").unlink()
    again = json.loads(told(*asked, "--processes", 1, "--out", folder, "--json"))
    assert (again["computed"], again["found"]) == ([1], [0])
    found = json.loads(told("ensemble", "summary", folder, "--json", "--out", tmp_path / "tables"))
    assert (found["present"], found["unsolved"]) == (2, {})
    losses = [row for row in found["rows"] if row["name"] == "loss.USA.total" and row["month"] == "all"]
    assert all(row["low"] <= row["median"] <= row["high"] and row["cases"] == 7 for row in losses)
    assert (tmp_path / "tables" / "ensemble.csv").is_file()
    text = told("ensemble", "summary", folder)
    assert "price.gallium_metal.USA" in text
    assert "2 of 2 partitions" in text


def test_without_a_folder_an_ensemble_is_wrong_use():
    with pytest.raises(Exception, match="--out FOLDER is needed"):
        told("ensemble", "gallium-ban-2024", "--draws", 1)


def test_what_an_answer_hangs_on_is_printed_and_given_as_json():
    asked = ("sensitivity", "gallium-ban-2024", "--samples", 2, "--of", "price.gallium_metal.USA")
    found = json.loads(told(*asked, "--json"))
    assert found["unit"] == "USD/t"
    assert found["cases"] == 2 * (len(found["assumptions"]) + 1) + 1 + 11 * len(found["tried_alone"])
    text = told(*asked)
    assert "in the central case" in text
    assert "mean size" in text
