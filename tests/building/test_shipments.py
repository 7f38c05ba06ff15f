from __future__ import annotations

import math

import numpy as np
import pytest

from chokepoint.building.shipments import in_mixed_code, under_codes, weighed
from chokepoint.facts import Trade
from chokepoint.records.chain_rows import CodeRow, MixedCodeRow

PLACES = {"RUR": 0, "SYL": 1, "FRE": 2}
ASSUMED = {"unit": "t/t", "year": 1894, "source": "assumed", "grade": "assumed", "reason": "fiction"}


def trade(*flows: tuple[str, str, float, float]) -> Trade:
    exporter, importer, kusd, tonnes = zip(*flows, strict=True)
    return Trade(
        code="123456",
        year=1894,
        exporter=np.array(exporter),
        importer=np.array(importer),
        kusd=np.array(kusd),
        t=np.array(tonnes),
        source="fiction",
        revision="HS92",
        note="",
    )


def code(**changes: object) -> CodeRow:
    row = {"good": "florizel", "code": "123456", "exporter": "", "first_year": 1890, "last_year": 1899}
    bounds = {"least_usd_per_kg": "", "most_usd_per_kg": "", "by": "weight", "value": 0.5, "low": 0.4, "high": 0.6}
    return CodeRow.model_validate(row | bounds | ASSUMED | changes)


def counted(rows, *flows, price=1000.0):
    return under_codes(rows, {"123456": weighed(trade(*flows))}, PLACES, price)


def test_a_missing_weight_is_the_value_over_the_exporters_middle_unit_value():
    found = weighed(
        trade(
            ("RUR", "SYL", 10.0, 1.0),
            ("RUR", "FRE", 30.0, 1.0),
            ("RUR", "SYL", 40.0, math.nan),
            ("SYL", "FRE", 1.0, 1.0),
        )
    )
    assert [each.tonnes for each in found] == [1.0, 1.0, 2.0, 1.0]
    assert [each.is_put_in for each in found] == [False, False, True, False]


def test_a_weight_put_in_has_a_wider_range():
    found = counted([code()], ("RUR", "SYL", 10.0, 1.0), ("RUR", "FRE", 10.0, math.nan))
    assert found.sent[0].tolist() == [0.0, 0.5, 0.5]
    assert found.low[0] == pytest.approx([0.0, 0.4, 0.2])
    assert found.high[0] == pytest.approx([0.0, 0.6, 1.2])


def test_unit_values_part_two_grades_under_one_code():
    cheap, dear = code(most_usd_per_kg=5.0), code(least_usd_per_kg=5.0, value=1.0, high=1.0, low=0.9)
    flows = ("RUR", "SYL", 40.0, 10.0), ("RUR", "FRE", 60.0, 10.0)
    assert counted([cheap], *flows).sent[0].tolist() == [0.0, 5.0, 0.0]
    assert counted([dear], *flows).sent[0].tolist() == [0.0, 0.0, 10.0]


def test_an_exporters_own_line_beats_the_line_for_all():
    found = counted(
        [code(), code(exporter="RUR", value=0.1, low=0.1)], ("RUR", "FRE", 1.0, 10.0), ("SYL", "FRE", 1.0, 10.0)
    )
    assert found.sent[:, 2].tolist() == [1.0, 5.0, 0.0]


def test_a_code_counted_by_value_asks_the_price_not_the_weight():
    assert counted([code(by="value", value=1.0, high=1.0, low=0.5)], ("RUR", "SYL", 7.0, 999.0)).sent[0, 1] == 7.0


def test_a_mixed_code_lays_a_part_of_output_over_the_partners_of_the_code():
    row = {"good": "florizel", "code": "123456", "exporter": "", "first_year": 1890, "last_year": 1899, "value": 0.2}
    rows = [MixedCodeRow.model_validate(row | ASSUMED | {"low": 0.1, "high": 0.5})]
    flows = {"123456": weighed(trade(("RUR", "SYL", 30.0, 1.0), ("RUR", "FRE", 10.0, 1.0), ("FRE", "SYL", 99.0, 1.0)))}
    made, most = np.array([100.0, 0.0, 0.0]), np.array([1e9, 1e9, 1e9])
    found = in_mixed_code(rows, flows, PLACES, made, most)
    assert found.sent.tolist() == [[0.0, 15.0, 5.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    assert found.high[0] == pytest.approx([0.0, 37.5, 12.5])
    assert in_mixed_code(rows, flows, PLACES, made, np.array([4.0, 0.0, 0.0])).sent[0].tolist() == [0.0, 3.0, 1.0]


def test_where_nobody_reports_a_weight_the_good_is_counted_from_value_over_price():
    found = counted([code()], ("RUR", "SYL", 7.0, math.nan), price=2000.0)
    assert found.sent[0].tolist() == [0.0, 3.5, 0.0]
    assert found.high[0, 1] == pytest.approx(3.5 * 1.2 * 2.0)
    assert not counted([code(least_usd_per_kg=5.0)], ("RUR", "SYL", 7.0, math.nan)).sent.any()
