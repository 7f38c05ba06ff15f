"""Files in publishers' layouts, invented for tests: no figure in them is anybody's.

Where a real file or an extract of one is beside the repository, tests read that one; these stand for layouts known from
documentation only, and for what goes wrong.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BACI = "BACI_HS17_Y2024_V202601.csv"
BACI_LINES = (
    "t,i,j,k,v,q\n2024,156,842,850511,100.5,2.5\n2024,156,490,850511,9.5,           NA\n2024,842,156,010121,7,1\n"
)

COMTRADE = (
    "typeCode,freqCode,refYear,refMonth,period,reporterISO,flowCode,partnerISO,partner2Code,classificationCode,cmdCode,"
    "customsCode,motCode,netWgt,primaryValue\n"
)


def comtrade_line(
    *,
    partner: str = "USA",
    flow: str = "X",
    second: str = "0",
    customs: str = "C00",
    mode: str = "0",
    usd: str = "1000",
) -> str:
    """Return one line of Comtrade's API as CSV, 2023, from China, 500 kg."""
    return f"C,A,2023,52,2023,CHN,{flow},{partner},{second},H6,850511,{customs},{mode},500,{usd}\n"


def _text(name: str, content: str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content.encode("cp1252") if name.startswith("mcs") else content.encode())
        return path

    return write


def _workbook(name: str, sheet: str, rows: list[list[object]]) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        book = Workbook()
        book.active.title = sheet
        for row in rows:
            book.active.append(row)
        book.save(folder / name)
        return folder / name

    return write


BY_LAYOUT: dict[str, Callable[[Path], Path]] = {
    "Comtrade API, CSV or JSON, with splits": _text("comtrade.csv", COMTRADE + comtrade_line()),
    "ds140-rare-earths-2020.xlsx": _workbook(
        "ds140-rare-earths-2020.xlsx",
        "Rare earths",
        [
            ["RARE EARTHS STATISTICS"],
            ["Year", "Production", "Imports", "World production"],
            [2019, 10, "W", 300],
            [2020, 20, 3, 400],
        ],
    ),
    "World Mining Data, production by country, one sheet for each mineral (XLSX)": _workbook(
        "6.4. Production_2026.xlsx",
        "Gallium",
        [["Gallium"], ["Country", 2023, 2024, "unit", "data source"], ["China", 5000, 6000, "kg", "e"]],
    ),
    "mcs2024-lithi_world.csv, alone or in world.zip": _text(
        "mcs2024-lithi_world.csv",
        "Source,Country,Type,Prod_t_2022,Prod_t_est_2023,Prod_notes,Reserves_t,Reserves_notes\n"
        'MCS2024,Chile,"Mine production, contained lithium",10,"1,200",,"9,300",Survey\u2019s own\n'
        'MCS2024,World total (rounded),"Mine production",20,W,,>30,\n',
    ),
    "API_NY.GDP.MKTP.CD_DS2_en_csv_v2.csv, alone or in its zip": _text(
        "API_NY.GDP.MKTP.CD_DS2_en_csv_v2.csv",
        '"Data Source","World Development Indicators",\n\n"Last Updated Date","2026-01-01",\n\n'
        '"Country Name","Country Code","Indicator Name","Indicator Code","2023","2024",\n'
        '"China","CHN","GDP (current US$)","NY.GDP.MKTP.CD","10","20.5",\n'
        '"Arab World","ARB","GDP (current US$)","NY.GDP.MKTP.CD","1","2",\n',
    ),
    **{
        f"{series}.csv": _text(
            f"{series}.csv", f"observation_date,{series}\n2024-01-01,100\n2024-02-01,300\n2024-03-01,.\n"
        )
        for series in ("PCOPPUSDM", "PALUMUSDM", "PIORECRUSDM", "PNICKUSDM", "PZINCUSDM", "PLEADUSDM", "PTINUSDM")
    },
}


def comtrade_json(folder: Path) -> Path:
    """Write the API's answer in JSON."""
    path = folder / "comtrade.json"
    line = dict(zip(COMTRADE.strip().split(","), comtrade_line().strip().split(","), strict=True))
    path.write_text(json.dumps({"elapsedTime": "0.1 secs", "count": 1, "data": [line | {"refYear": 2023}]}), "utf-8")
    return path
