from __future__ import annotations

import json
import subprocess
import sys
import time

from tests.architecture.repository import PROGRAMS

HELP_SECONDS = 0.5
# Each of these costs a tenth of a second or more to import, and --help needs none of them.
SLOW_TO_IMPORT = [
    "numpy",
    "numba",
    "duckdb",
    "pydantic",
    "openpyxl",
    "jinja2",
    "rich",
    "ruamel",
    "anyascii",
    "rapidfuzz",
    "scipy",
    "pandas",
]
REPORT_MODULES = """
import json, sys
sys.argv = ["chokepoint", "--help"]
from chokepoint.cli import main
try:
    main()
except SystemExit:
    pass
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def seconds_of_help() -> float:
    """Return how long ``chokepoint --help`` takes, as a person would start it."""
    start = time.perf_counter()
    result = subprocess.run([PROGRAMS / "chokepoint", "--help"], capture_output=True, check=True, text=True)
    elapsed = time.perf_counter() - start
    assert "Usage: chokepoint" in result.stdout
    return elapsed


def test_help_answers_in_under_half_a_second():
    # The best of five: a busy machine can slow one start, and no machine can speed one up.
    assert min(seconds_of_help() for _ in range(5)) < HELP_SECONDS


def test_help_imports_nothing_slow():
    result = subprocess.run([sys.executable, "-c", REPORT_MODULES], capture_output=True, check=True, text=True)
    modules = json.loads(result.stdout.splitlines()[-1])
    assert "chokepoint" in modules
    assert [name for name in SLOW_TO_IMPORT if name in modules] == []
