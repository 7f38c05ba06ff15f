from __future__ import annotations

import re
import sys
from importlib import metadata

from ruamel.yaml import YAML

import chokepoint
from tests.architecture.repository import (
    ROOT,
    committed_files,
    imported_packages,
    project,
    requirement_name,
    shown,
    source_modules,
)

DEFAULT_INSTALL = {
    "anyascii",
    "click",
    "duckdb",
    "jinja2",
    "numba",
    "numpy",
    "openpyxl",
    "pydantic",
    "rapidfuzz",
    "ruamel-yaml",
}
IMPORTED_AS = {"ruamel-yaml": "ruamel"}
# Part of a package above and installed by it, always.
BROUGHT_ALONG = {"pydantic_core": "pydantic", "markupsafe": "jinja2"}
# Imported where it is asked for, with a message that names the extra.
EXTRAS = {
    "src/chokepoint/answer/ensemble/cluster.py": {"distributed"},
    "src/chokepoint/claims/asking.py": {"httpx"},
    "src/chokepoint/claims/extraction.py": {"pypdf", "trafilatura"},
}
COPYLEFT = re.compile(r"\b(?:A|L)?GPL|GNU (?:Affero |Lesser |Library )?General Public", re.IGNORECASE)


def default_requirements() -> set[str]:
    """Return the packages a default install asks for."""
    return {requirement_name(line) for line in project()["dependencies"]}


def everything_asked_for() -> set[str]:
    """Return the default requirements and those of every extra."""
    extras = project()["optional-dependencies"].values()
    return default_requirements() | {requirement_name(line) for lines in extras for line in lines}


def licence_of(package: str) -> str:
    """Return what a package declares about its licence, short fields only."""
    about = metadata.metadata(package)
    classifiers = [line for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    return " ".join([about.get("License-Expression") or "", *classifiers])


def test_a_default_install_asks_for_these_packages_and_no_others():
    assert default_requirements() == DEFAULT_INSTALL


def test_the_source_imports_what_a_default_install_brings_and_nothing_else():
    brought = {IMPORTED_AS.get(name, name) for name in DEFAULT_INSTALL} | set(BROUGHT_ALONG)
    allowed = brought | {"chokepoint"} | set(sys.stdlib_module_names)
    stray = {
        shown(path): imported_packages(path) - allowed - EXTRAS.get(shown(path), set()) for path in source_modules()
    }
    assert {name: packages for name, packages in stray.items() if packages} == {}


def test_every_package_of_a_default_install_is_used():
    used = set[str]().union(*(imported_packages(path) for path in source_modules()))
    assert {name for name in DEFAULT_INSTALL if IMPORTED_AS.get(name, name) not in used} == set()


def test_the_constraints_pin_everything_the_project_asks_for():
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert everything_asked_for() - {requirement_name(line) for line in lines} == set()


def test_no_dependency_is_copyleft():
    found = {name: licence_of(name) for name in everything_asked_for()}
    assert {name: licence for name, licence in found.items() if COPYLEFT.search(licence)} == {}


def test_version_licence_and_name_are_the_same_everywhere():
    citation = YAML(typ="safe").load(ROOT / "CITATION.cff")
    assert citation["cff-version"] == "1.2.0"
    assert citation["version"] == project()["version"] == chokepoint.__version__
    assert citation["license"] == project()["license"] == "Apache-2.0"
    assert citation["title"].startswith(project()["name"])
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")[:200]


def test_the_changelog_has_a_place_for_the_next_entry():
    headings = re.findall(r"^## \[?([^\]\n]+)\]?", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)
    assert headings[0] == "Unreleased"


def test_the_pages_a_newcomer_looks_for_are_there():
    names = {shown(path) for path in committed_files()}
    wanted = {"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "CITATION.cff", "LICENSE", ".ci/run"}
    assert wanted - names == set()
