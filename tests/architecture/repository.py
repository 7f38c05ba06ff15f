"""Where things lie in the repository, and how its files are listed and read."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
PACKAGE = SOURCE / "chokepoint"
PROGRAMS = Path(sys.executable).parent
"""Folder of the console scripts that belong to the running interpreter."""


@cache
def committed_files() -> tuple[Path, ...]:
    """List every file git tracks, and every new one it would track."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    paths = (ROOT / name for name in sorted(set(listing.split("\0"))) if name)
    return tuple(path for path in paths if path.is_file())


def committed(*suffixes: str) -> list[Path]:
    """List the committed files that end in one of the suffixes."""
    return [path for path in committed_files() if path.suffix in suffixes]


def source_modules() -> list[Path]:
    """List the Python files of the package."""
    return [path for path in committed(".py") if path.is_relative_to(PACKAGE)]


@cache
def parsed(path: Path) -> ast.Module:
    """Parse a Python file once; a mistake in it is reported under its name."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=shown(path))


def shown(path: Path) -> str:
    """Return a path as a person would name it, from the top of the repository."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


@cache
def project() -> dict[str, Any]:
    """Read the ``project`` table of pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def requirement_name(requirement: str) -> str:
    """Return the package a requirement names, spelt as registries compare it."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, f"not a requirement: {requirement!r}"
    return re.sub(r"[-_.]+", "-", found.group()).lower()


def imported_packages(path: Path) -> set[str]:
    """Return the top-level packages a Python file imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def fenced_blocks(path: Path) -> list[tuple[int, str, str]]:
    """Return the fenced blocks of a Markdown file as (first line, language, text)."""
    blocks: list[tuple[int, str, str]] = []
    opened: tuple[int, str, list[str]] | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.startswith("```"):
            if opened:
                opened[2].append(line)
        elif opened:
            blocks.append((opened[0], opened[1], "\n".join(opened[2]) + "\n"))
            opened = None
        else:
            opened = (number + 1, line[3:].strip(), [])
    assert opened is None, f"{shown(path)}: a fenced block is never closed"
    return blocks
