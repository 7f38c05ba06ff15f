"""The bundled tables as a Frictionless data package: another reader than ours finds them sound."""

from __future__ import annotations

import json
import shutil

import frictionless
import pytest

from tests.data.shared import DATA


def errors_of(package) -> list[str]:
    report = frictionless.validate(str(package))
    assert report.stats["tasks"] > 0
    return [*(each.message for each in report.errors), *(each.message for task in report.tasks for each in task.errors)]


def test_the_bundle_validates_as_a_data_package():
    described = json.loads((DATA / "datapackage.json").read_text("utf-8"))
    report = frictionless.validate(str(DATA / "datapackage.json"))
    assert report.stats["tasks"] == len(described["resources"])
    assert errors_of(DATA / "datapackage.json") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("value,unit", "worth,unit"), (",2024,iea_commentary_2025", ",in 2024,iea_commentary_2025")],
    ids=["a column", "a year"],
)
def test_a_table_that_does_not_fit_its_description_is_found(tmp_path, old, new):
    folder = shutil.copytree(DATA, tmp_path / "data")
    table = folder / "production.csv"
    text = table.read_text("utf-8")
    assert old in text
    table.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert errors_of(folder / "datapackage.json") != []
