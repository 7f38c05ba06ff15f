"""The bundled tables as a Frictionless data package: another reader than ours finds them sound."""

from __future__ import annotations

import json
import shutil

import frictionless
import pytest

from tests.data.shared import DATA


def package_of(folder, wanted):
    """Write a package of some bundled tables into an empty folder and return its description."""
    described = json.loads((DATA / "datapackage.json").read_text("utf-8"))
    described["resources"] = [each for each in described["resources"] if wanted(each["path"])]
    for each in described["resources"]:
        (folder / each["path"]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(DATA / each["path"], folder / each["path"])
    package = folder / "datapackage.json"
    package.write_text(json.dumps(described), encoding="utf-8")
    return package


def errors_of(package) -> list[str]:
    report = frictionless.validate(str(package))
    assert report.stats["tasks"] == len(json.loads(package.read_text("utf-8"))["resources"])
    return [*(each.message for each in report.errors), *(each.message for task in report.tasks for each in task.errors)]


def test_the_bundle_without_trade_validates_as_a_data_package(tmp_path):
    assert errors_of(package_of(tmp_path, lambda path: not path.startswith(("trade/", "flows/")))) == []


@pytest.mark.slow
def test_the_whole_bundle_validates_as_a_data_package():
    assert errors_of(DATA / "datapackage.json") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("value,unit", "worth,unit"), (",2024,iea_commentary_2025", ",in 2024,iea_commentary_2025")],
    ids=["a column", "a year"],
)
def test_a_table_that_does_not_fit_its_description_is_found(tmp_path, old, new):
    package = package_of(tmp_path, lambda path: path == "production.csv")
    assert errors_of(package) == []
    table = tmp_path / "production.csv"
    text = table.read_text("utf-8")
    assert old in text
    table.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert errors_of(package) != []
