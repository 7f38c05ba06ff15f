from __future__ import annotations

import re

from tests.architecture.repository import PACKAGE, ROOT, fenced_blocks, project


def shell_lines() -> list[str]:
    """Return the lines of every fenced block of the README."""
    return [line for _, _, text in fenced_blocks(ROOT / "README.md") for line in text.splitlines()]


def first_line_with(word: str) -> str:
    return next(line for line in shell_lines() if word in line)


def test_the_readme_sets_up_in_exactly_two_commands():
    installing = [line for line in shell_lines() if "pip install" in line]
    assert installing == [first_line_with("chokepoint run"), first_line_with("pytest")]


def test_the_first_command_goes_from_nothing_to_an_answer():
    steps = first_line_with("chokepoint run").split(" && ")
    assert steps[0] == "python -m venv .venv"
    assert steps[1] == ".venv/bin/pip install -c constraints.txt -e ."
    assert re.fullmatch(r"\.venv/bin/chokepoint run [a-z0-9-]+( --out [\w/.-]+)?", steps[2])
    assert len(steps) == 3


def test_the_first_command_runs_a_scenario_that_ships():
    scenario = first_line_with("chokepoint run").partition("chokepoint run ")[2].split()[0]
    assert (PACKAGE / "data" / "scenarios" / f"{scenario}.yaml").is_file()


def test_the_second_command_passes_the_tests():
    expected = '.venv/bin/pip install -c constraints.txt -e ".[dev]" && .venv/bin/python -m pytest -q'
    assert first_line_with("pytest") == expected


def test_what_the_commands_name_is_what_the_project_offers():
    assert project()["scripts"] == {"chokepoint": "chokepoint.cli:main"}
    assert set(project()["optional-dependencies"]) >= {"dev"}
    assert (ROOT / "constraints.txt").is_file()
