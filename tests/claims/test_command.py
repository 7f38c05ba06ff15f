"""The reader called from outside: as a module, and on input that is no article."""

from __future__ import annotations

import csv
import subprocess
import sys
from typing import TYPE_CHECKING

from click.testing import CliRunner

from chokepoint.cli import commands

if TYPE_CHECKING:
    from pathlib import Path


def test_the_package_runs_as_a_module():
    shown = subprocess.run([sys.executable, "-m", "chokepoint", "--help"], capture_output=True, text=True, check=True)
    assert shown.stdout.startswith("Usage: python -m chokepoint")
    assert "\n  read " in shown.stdout


def test_marks_of_direction_and_control_are_written_out_on_a_terminal(tmp_path: Path):
    file = tmp_path / "article.txt"
    file.write_text(
        "China mined \u202e000,072\u202c tonnes\x1b[2J of ore. Nobody in Strelsau was surprised by it.",
        encoding="utf-8",
    )
    shown = CliRunner().invoke(commands, ["read", str(file), "--date", "2025-06-12"])
    assert r"China mined \u202e000,072\u202c tonnes\u001b[2J of ore." in shown.output
    assert "\u202e" not in shown.output


def test_the_tables_hold_every_sentence_with_speaker_verdict_and_evidence(tmp_path: Path):
    file = tmp_path / "article.txt"
    file.write_text("China mined 270,000 tonnes of rare earths in 2024, a miner said. It was a fine year.", "utf-8")
    shown = CliRunner().invoke(commands, ["read", str(file), "--date", "2025-06-12", "--out", str(tmp_path / "out")])
    assert shown.exit_code == 0, shown.output
    (table,) = (tmp_path / "out").rglob("claims.csv")
    one, other = csv.DictReader(table.read_text("utf-8").splitlines())
    assert (one["verdict"], one["speaker"], one["stated"]) == ("supported", "stranger:a miner", "270,000 tonnes")
    assert "270,000 t" in one["evidence"]
    assert (other["text"], other["evidence"]) == ("It was a fine year.", "")
