from __future__ import annotations

import pytest

from chokepoint.bundle import load


@pytest.fixture(scope="session")
def world():
    return load("rare-earths-2024")
