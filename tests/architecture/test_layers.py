from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.architecture.repository import PROGRAMS, ROOT, SOURCE, imported_packages, shown, source_modules

if TYPE_CHECKING:
    from pathlib import Path

# Each is allowed under these paths of the package only; an empty tuple allows it nowhere.
CONFINED = {
    "pydantic": ("src/chokepoint/records.py", "src/chokepoint/records/"),
    "pandas": (),
    "scipy": (),
    "yaml": (),
    "requests": (),
    "httpx": ("src/chokepoint/claims/asking.py",),
}


def check_layers(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the import contract in a folder, on the package that lies there."""
    environment = os.environ | {"PYTHONPATH": str(folder / "src")}
    command = [PROGRAMS / "lint-imports", "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, text=True)


def test_every_module_imports_only_from_the_layers_below():
    result = check_layers(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_an_import_from_above_breaks_the_contract(tmp_path: Path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(SOURCE, tmp_path / "src", ignore=shutil.ignore_patterns("data", "__pycache__"))
    lowest = tmp_path / "src/chokepoint/units.py"
    lowest.write_text(lowest.read_text("utf-8") + "\nimport chokepoint.world\n", encoding="utf-8")
    result = check_layers(tmp_path)
    assert result.returncode != 0
    assert "chokepoint.units -> chokepoint.world" in result.stdout


@pytest.mark.parametrize(("package", "places"), CONFINED.items())
def test_a_confined_package_is_imported_only_in_its_place(package: str, places: tuple[str, ...]):
    importers = [shown(path) for path in source_modules() if package in imported_packages(path)]
    assert [name for name in importers if not name.startswith(places)] == []
