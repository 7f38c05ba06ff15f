"""The scripts that make the bundled tables, as modules."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING

from tests.data.shared import ROOT

if TYPE_CHECKING:
    from types import ModuleType


def tool(name: str) -> ModuleType:
    """Return a module of ``tools/`` by its dotted name (``facts.printed``)."""
    folder = str(ROOT / "tools")
    if folder not in sys.path:
        sys.path.insert(0, folder)
    return importlib.import_module(name)
