from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from chokepoint.report.html import script_safe
from chokepoint.tables import Column, Table
from tests.browser.sample_payload import sample_payload


def test_the_payload_survives_json():
    read = json.loads(sample_payload().to_json())
    assert read["meta"]["title"] == "Ruritania's licences on heavy rare earths and magnets, 2025"
    assert len(read["answer"]) == 5
    assert read["tables"]["shares"]["rows"][0] == ["Mining, light", "RUR", 0.61]


def test_a_number_that_is_not_finite_is_written_as_missing():
    sample = sample_payload()
    table = Table(name="sample", title="gaps", columns=(Column(name="value"),), rows=((float("nan"),), (float("inf"),)))
    read = json.loads(replace(sample, tables={**sample.tables, "gaps": table}).to_json())
    assert read["tables"]["gaps"]["rows"] == [[None], [None]]


def test_no_text_breaks_out_of_a_script():
    text = json.dumps({"a": "</script><!-- &\u2028"}, ensure_ascii=False)
    safe = script_safe(text)
    assert not re.search("[<>&\u2028]", safe)
    assert json.loads(safe) == json.loads(text)


def test_the_answer_has_five_sentences():
    sample = sample_payload()
    with pytest.raises(ValueError, match="the answer has 5 sentences, not 4"):
        replace(sample, answer=sample.answer[:4])


def test_a_ragged_table_is_refused():
    with pytest.raises(ValueError, match="a row does not have 1 cells"):
        Table(name="sample", title="gaps", columns=(Column(name="value"),), rows=((1.0, 2.0),))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"table": "nowhere"}, "chart shares: no table is called 'nowhere'"),
        ({"kind": "pie"}, "chart shares: kind 'pie' is none of shares, fan, lines, stocks, losses, compare"),
        ({"encoding": {"stage": "stage", "country": "country"}}, "chart shares: .* lacks share"),
        (
            {"encoding": {"stage": "stage", "country": "country", "share": "share", "colour": "share"}},
            "chart shares: .* does not know colour",
        ),
        (
            {"encoding": {"stage": "stage", "country": "country", "share": "part"}},
            "chart shares: share is to be column 'part', which table 'shares' lacks",
        ),
        ({"id": "exports"}, "two charts are called 'exports'"),
    ],
)
def test_a_chart_that_cannot_be_drawn_is_refused(change, message):
    sample = sample_payload()
    with pytest.raises(ValueError, match=message):
        replace(sample, charts=(replace(sample.charts[0], **change), *sample.charts[1:]))


def test_a_slot_names_a_table_that_is_there():
    with pytest.raises(ValueError, match="scores: no table is called 'marks'"):
        replace(sample_payload(), scores="marks")
