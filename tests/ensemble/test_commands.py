from __future__ import annotations

import json

import click
import pytest
from click.testing import CliRunner

from chokepoint.answer.ensemble.filling import Estimate
from chokepoint.answer.sensitivity.hangs import hangs_on
from chokepoint.answer.sensitivity.indices import morris
from chokepoint.cli import commands
from chokepoint.cli.ensembles import plan_text
from chokepoint.cli.sensitivity import hangs_text
from chokepoint.errors import DataError
from tests.ensemble.questions import asked


def told(*words):
    result = CliRunner().invoke(commands, [str(word) for word in words], standalone_mode=False)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


def test_an_ensemble_is_computed_gone_on_with_and_summarised(tmp_path):
    folder = tmp_path / "many"
    asked = ("ensemble", "gallium-ban-2024", "--draws", 4, "--chunk", 2, "--keep", "loss.USA")
    asked += ("--keep", "price.gallium_metal.USA", "--processes", 1, "--out", folder, "--json")
    first = json.loads(told(*asked))
    assert (first["computed"], first["found"]) == ([0, 1], [])
    (folder / "partition-000001.parquet").unlink()
    again = json.loads(told(*asked))
    assert (again["computed"], again["found"]) == ([1], [0])
    found = json.loads(told("ensemble", "summary", folder, "--json", "--out", tmp_path / "tables"))
    assert (found["present"], found["unsolved"]) == (2, {})
    losses = [row for row in found["rows"] if row["name"] == "loss.USA.total" and row["month"] == "all"]
    assert all(row["low"] <= row["median"] <= row["high"] and row["cases"] == 5 for row in losses)
    assert (tmp_path / "tables" / "ensemble.csv").is_file()
    text = told("ensemble", "summary", folder)
    assert "price.gallium_metal.USA" in text
    assert "2 of 2 partitions" in text


def test_without_a_folder_an_ensemble_is_wrong_use():
    with pytest.raises(click.UsageError, match="--out FOLDER is needed"):
        told("ensemble", "gallium-ban-2024", "--draws", 1)


def test_a_plan_says_how_much_disk_and_time():
    plan = Estimate(
        cases=1001,
        partitions=3,
        rows=5005,
        trial=32,
        seconds_per_case=0.5,
        processor_seconds_per_case=0.25,
        bytes_per_case=2e6,
        processes=2,
    )
    text = plan_text(plan, is_json=False)
    assert "1001 cases in 3 partitions" in text
    assert "disk: 2.00 GB (2000.0 kB a case)" in text
    assert "time: 4.2 min in 2 processes" in text
    assert "a case: 0.500 s in one process, 0.250 s of processor time" in text
    assert json.loads(plan_text(plan, is_json=True))["bytes"] == pytest.approx(2.002e9)


def test_what_an_answer_hangs_on_is_printed_strongest_first():
    hangs = hangs_on(asked(), morris, 4, lambda _: None)
    lines = hangs_text(hangs).splitlines()
    assert lines[0].startswith("loss.SYL.total, B, over all reported months: USD")
    sizes = [line for line in lines if "mean size" in line and line.startswith("  ")]
    assert len(sizes) == 4
    assert lines[-1] == f"{hangs.cases} cases simulated."


def test_a_branch_that_is_not_there_is_named_with_the_nearest_one():
    with pytest.raises(DataError, match="did you mean 'suspended'"):
        told("sensitivity", "gallium-ban-2024", "--branch", "suspend")
