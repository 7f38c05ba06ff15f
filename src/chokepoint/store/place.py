"""Where a user's own data lies on this computer."""

from __future__ import annotations

import os
import sys
from pathlib import Path

VARIABLE = "CHOKEPOINT_DATA"
"""Environment variable that names another folder."""


def data_folder() -> Path:
    """Return the folder for a user's data: named by ``CHOKEPOINT_DATA``, or where the system keeps such things."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    if sys.platform == "win32":  # pragma: no cover
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "chokepoint"
    if sys.platform == "darwin":  # pragma: no cover
        return Path.home() / "Library" / "Application Support" / "chokepoint"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "chokepoint"


def store_folder() -> Path:
    """Return the folder of the store."""
    return data_folder() / "store"


def download_folder() -> Path:
    """Return the folder downloads go to."""
    return data_folder() / "downloads"
