from __future__ import annotations

import re

import pytest

from tests.architecture.repository import ROOT, committed_files, shown

# Spelt so that this file does not match itself.
INDEX_ADDRESS = re.compile(
    r"pypi[.]org|pythonhosted[.]org|registry[.]npmjs|registry[.]yarnpkg|deb[.]debian[.]org"
    r"|(?:https?|file)://\S+/simple(?:/|\b)|--(?:extra-)?index-url[= ]|--trusted-host"
)
MACHINE_PATH = re.compile(r"(?<![\w.~})\]-])/(?:work|root|Users|tmp/\w+|home/\w+|opt/pypi)(?:/|\b)(?!\s*/)")
LARGEST_FILE_BYTES = 4_000_000
SELF = "tests/architecture/test_committed_files.py"


def lines_matching(pattern: re.Pattern[str]) -> list[str]:
    """Return every committed line the pattern matches, with file and number."""
    found: list[str] = []
    for path in committed_files():
        if shown(path) == SELF:
            continue
        text = path.read_bytes().decode("utf-8", errors="ignore")
        if not pattern.search(text):
            continue
        numbered = enumerate(text.splitlines(), start=1)
        found += [f"{shown(path)}:{number}: {line.strip()[:120]}" for number, line in numbered if pattern.search(line)]
    return found


def test_no_committed_file_holds_the_address_of_a_package_index():
    assert lines_matching(INDEX_ADDRESS) == []


def test_no_committed_file_holds_the_path_of_somebodys_machine():
    assert lines_matching(MACHINE_PATH) == []


@pytest.mark.parametrize(
    "line", ["--index-url https://mirror.example/x", "https://mirror.example/pypi/simple/numpy", "registry.npmjs.org"]
)
def test_index_addresses_are_recognised(line: str):
    assert INDEX_ADDRESS.search(line)


@pytest.mark.parametrize("line", ["see /work/main", 'open("/root/x")', "/home/ada/data", "cd /tmp/spec"])
def test_machine_paths_are_recognised(line: str):
    assert MACHINE_PATH.search(line)


@pytest.mark.parametrize("line", ["https://example.org/work/report.pdf", "t/yr", "../home/data", "work/unit"])
def test_addresses_on_the_web_and_relative_paths_are_no_machine_paths(line: str):
    assert not MACHINE_PATH.search(line)


def test_no_committed_file_is_huge():
    assert [shown(path) for path in committed_files() if path.stat().st_size > LARGEST_FILE_BYTES] == []


def test_what_tools_and_runs_leave_behind_is_not_committed():
    leftovers = re.compile(r"(^|/)(__pycache__|node_modules|out|\.venv|uv\.lock)(/|$)|\.py[co]$|\.nb[ic]$")
    assert [shown(path) for path in committed_files() if leftovers.search(shown(path))] == []


def test_constraints_name_exact_versions_and_nothing_else():
    allowed = re.compile(r"[a-z0-9][a-z0-9.-]*(\[[a-z,]+\])?==[0-9][0-9A-Za-z.]*( ; .+)?")
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not allowed.fullmatch(line)] == []
