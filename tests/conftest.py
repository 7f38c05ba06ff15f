"""What every test runs under: the same examples every time in CI, fresh ones on a laptop."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings

# No test sees the store of whoever runs it.
os.environ["CHOKEPOINT_DATA"] = str(Path(tempfile.gettempdir()) / "chokepoint-tests-have-no-store")

# A first call may compile a kernel for seconds; a limit per example would measure the compiler.
settings.register_profile("laptop", deadline=None, print_blob=True)
settings.register_profile(
    "ci", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "laptop")
