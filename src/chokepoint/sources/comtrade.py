"""UN Comtrade: trade as each reporter declared it, from the API (CSV or JSON) or the site's download.

One flow comes in several lines, split by second partner, customs procedure and mode of transport, with or without
the line that sums them. Where the sum is there it is taken and the parts left; where it is not, the parts are added.
Re-exports (RX) and re-imports (RM) are inside X and M. Export values are free on board, import values with insurance
and freight, so the two sides of one flow differ and both are kept. Taiwan is "Other Asia, nes" (S19, code 490).
"""

from __future__ import annotations

from chokepoint.sources.publisher import Layout, Publisher, ReadTrade
from chokepoint.sources.wording import FORMER, country_codes

REVISIONS = {"H0": "HS92", "H1": "HS96", "H2": "HS02", "H3": "HS07", "H4": "HS12", "H5": "HS17", "H6": "HS22"}
TAIWAN = {"S19": "TWN"}

NOBODY = ("W00", "WLD", "_X", "X1", "X2", "XX", "A49", "A59", "A79", "E19", "E29", "F19", "F49", "F97", "O19", "R91")
"""The world, areas not elsewhere specified, bunkers, free zones."""

COLUMNS = (
    "refYear",
    "reporterISO",
    "flowCode",
    "partnerISO",
    "classificationCode",
    "cmdCode",
    "primaryValue",
    "netWgt",
)
SPLITS = (
    "coalesce(partner2Code, '0') IN ('0', '')",
    "coalesce(customsCode, 'C00') IN ('C00', '')",
    "coalesce(motCode, '0') IN ('0', '')",
)
DOCUMENTED = (
    "UN Comtrade API, data/v1/get: typeCode, freqCode, refPeriodId, refYear, refMonth, period, reporterCode, "
    "reporterISO, reporterDesc, flowCode, flowDesc, partnerCode, partnerISO, partnerDesc, partner2Code, partner2ISO, "
    "partner2Desc, classificationCode, ..., cmdCode, ..., customsCode, ..., mosCode, motCode, ..., netWgt, ..., "
    "primaryValue, ..."
)


def countries() -> dict[str, str]:
    """Return the ISO codes by themselves: Comtrade spells them out, but for Taiwan."""
    return country_codes("iso3") | {code: code for code in FORMER} | TAIWAN


def _read(month: str, splits: tuple[str, ...]) -> ReadTrade:
    revision = " ".join(f"WHEN '{code}' THEN '{ours}'" for code, ours in REVISIONS.items())
    return ReadTrade(
        types={"refYear": "SMALLINT", "primaryValue": "DOUBLE"},
        countries=countries,
        year="refYear",
        month=month,
        exporter="CASE flowCode WHEN 'X' THEN reporterISO ELSE partnerISO END",
        importer="CASE flowCode WHEN 'X' THEN partnerISO ELSE reporterISO END",
        code="cmdCode",
        kusd="primaryValue / 1e3",
        quantity="netWgt",
        tonnes_per_unit=1e-3,
        side="CASE flowCode WHEN 'X' THEN 'exporter' ELSE 'importer' END",
        revision=f"CASE classificationCode {revision} ELSE classificationCode END",
        where="flowCode IN ('X', 'M') AND cmdCode <> 'TOTAL'",
        totals=NOBODY,
        splits=splits,
    )


PUBLISHER = Publisher(
    key="comtrade",
    title="United Nations Statistics Division, UN Comtrade",
    licence="UN Comtrade terms of use: free to use, not to be passed on in bulk",
    reference="un_comtrade",
    may_bundle=False,
    layouts=(
        Layout(
            name="Comtrade API, CSV or JSON, with splits",
            columns=(*COLUMNS, "freqCode", "refMonth", "partner2Code", "customsCode", "motCode"),
            read=_read("CASE freqCode WHEN 'M' THEN refMonth::TINYINT ELSE 0 END", SPLITS),
            documented=DOCUMENTED,
        ),
        Layout(
            name="Comtrade, years, without splits",
            columns=COLUMNS,
            read=_read("0", ()),
            seen="comtrade_china_imports_2846_1993_2024.csv, an extract of the API's answer",
        ),
    ),
    note="as each side declared it; a flow has two sides, and they differ",
)
