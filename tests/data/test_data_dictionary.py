from __future__ import annotations

import json

from chokepoint.records.dictionary import MODELS, data_dictionary
from chokepoint.records.outcomes import ExportRow
from chokepoint.records.rows import FigureRow, Row
from tests.data.shared import DATA, ROOT

PAGE = ROOT / "docs" / "reference" / "data-dictionary.md"


def test_the_data_dictionary_is_the_one_the_tables_and_models_make():
    written = PAGE.read_text("utf-8")
    assert written == data_dictionary(DATA), "write it again: python tools/write_dictionary.py"


def test_the_data_dictionary_names_every_table_and_column():
    page = PAGE.read_text("utf-8")
    for each in json.loads((DATA / "datapackage.json").read_text("utf-8"))["resources"]:
        folder = each["path"].rpartition("/")[0]
        assert f"## {each['path']}" in page or f"## {folder}/ (" in page
        assert [field["name"] for field in each["schema"]["fields"] if f"| `{field['name']}` |" not in page] == []


def test_every_row_model_describes_a_bundled_table():
    paths = {each["path"] for each in json.loads((DATA / "datapackage.json").read_text("utf-8"))["resources"]}
    tables = {path.partition("/")[0].removesuffix(".csv") for path in paths} | {
        path.removesuffix(".csv") for path in paths
    }
    assert {model.table for model in MODELS} <= tables


def test_every_row_model_is_in_the_dictionary():
    def below(model):
        return {model}.union(*(below(each) for each in model.__subclasses__()))

    assert ExportRow in MODELS
    assert below(Row) - {Row, FigureRow} == set(MODELS)
