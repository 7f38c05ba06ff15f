"""The reader called from outside: as a module, and on input that is no article."""

from __future__ import annotations

import subprocess
import sys


def test_the_package_runs_as_a_module():
    shown = subprocess.run([sys.executable, "-m", "chokepoint", "--help"], capture_output=True, text=True, check=True)
    assert shown.stdout.startswith("Usage: python -m chokepoint")
    assert "\n  read " in shown.stdout
