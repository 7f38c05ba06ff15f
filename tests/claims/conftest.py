from __future__ import annotations

import pytest

from chokepoint.claims.reading import open_library
from chokepoint.facts import load_facts


@pytest.fixture(scope="session")
def library():
    return open_library(load_facts())
