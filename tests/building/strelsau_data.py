"""A data folder with one more mineral, put there by rows alone: florizel, mined in Ruritania, refined in Sylvania."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from chokepoint.bundle import data_folder

FICTION = "1894,assumed,assumed,fiction,"
ROWS = {
    "countries.csv": ["RUR,,,,Ruritania,", "SYL,,,,Sylvania,", "FRE,,,,Freedonia,", "GFW,,,,Grand Fenwick,"],
    "facts/production.csv": [
        "florizel,mining,production,RUR,1894,1000,t/yr,contained,,,usgs_mcs2026,A,",
        "florizel,mining,production,SYL,1894,80,t/yr,contained,,,usgs_mcs2026,A,",
        "florizel,mining,production,SYL,1894,100,t/yr,contained,,,usgs_mcs2025,B-,an older edition",
        "florizel,mining,production,WLD,1894,1100,t/yr,contained,,,usgs_mcs2026,A,",
    ],
    "chains/goods.csv": [
        f"florizel_ore,Florizel ore,florizel,mining,t,concentrate,,1000,USD/t,500,1500,{FICTION}",
        f"florizel_metal,Florizel,florizel,refining,t,minor_metal,Strelsau exchange,3000,USD/t,2000,4000,{FICTION}",
        f"florizel_thread,Florizel thread,florizel,spinning,t,minor_metal,,9000,USD/t,8000,10000,{FICTION}",
    ],
    "chains/codes.csv": [
        f"florizel_ore,189401,,1890,1899,,,weight,0.5,t/t,0.4,0.6,{FICTION}",
        f"florizel_metal,189402,,1890,1899,,,weight,1,t/t,0.9,1,{FICTION}",
    ],
    "chains/counts.csv": [f"florizel_metal,,GFW,60,t/yr,60,60,{FICTION}"],
    "chains/steps.csv": [
        f"florizel_mining,florizel_ore,mining,,mine,1,t/t,1,1,{FICTION}",
        f"florizel_refining,florizel_metal,refining,,refinery,1,share,0.7,1,{FICTION}",
        f"florizel_spinning,florizel_thread,spinning,,refinery,1,share,0.7,1,{FICTION}",
    ],
    "chains/recipes.csv": [
        f"florizel_refining,,input,florizel_ore,1.25,t/t,1.1,1.4,{FICTION}",
        f"florizel_spinning,,input,florizel_metal,1.1,t/t,1.05,1.4,{FICTION}",
    ],
    "chains/sectors.csv": [
        f"florizel_ore,other,1,share,0.5,1,{FICTION}",
        f"florizel_metal,electronics,0.75,share,0.6,0.9,{FICTION}",
        f"florizel_metal,other,0.25,share,0.1,0.4,{FICTION}",
        f"florizel_thread,other,1,share,0.5,1,{FICTION}",
    ],
}
TRADE = {
    "189401": ["1894,RUR,SYL,500,1000", "1894,SYL,RUR,9,20", "1894,FRE,SYL,10,20"],
    "189402": [
        "1894,SYL,FRE,600,200",
        "1894,SYL,GFW,150,50",
        "1894,FRE,GFW,80,20",
        "1894,RUR,GFW,60,",
        "1894,RUR,FRE,300,100",
    ],
}


def florizel_folder(place: Path) -> Path:
    """Copy the bundled tables and add the rows; facts and trade hold florizel only."""
    home = Path(str(data_folder()))
    folder = Path(shutil.copytree(home, place / "data", ignore=shutil.ignore_patterns("trade", "facts", "scenarios")))
    (folder / "facts").mkdir()
    (folder / "trade").mkdir()
    with (home / "facts" / "production.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    (folder / "facts" / "production.csv").write_text(",".join(header) + "\n", encoding="utf-8")
    with (home / "minerals.csv").open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    florizel = {"mineral": "florizel", "name": "Florizel", "stages": "mining;refining"}
    register = [",".join(columns), ",".join(florizel.get(column, "") for column in columns), ""]
    (folder / "minerals.csv").write_text("\n".join(register), encoding="utf-8")
    for name, lines in ROWS.items():
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8") + "\n".join(lines) + "\n", encoding="utf-8")
    index = ["hs6,year,file,revision,source,note"]
    for code, lines in TRADE.items():
        (folder / "trade" / f"{code}.csv").write_text("\n".join(["year,exporter,importer,kusd,t", *lines, ""]))
        index.append(f"{code},1894,{code}.csv,HS92,baci_202601,")
    (folder / "trade" / "index.csv").write_text("\n".join([*index, ""]), encoding="utf-8")
    return folder
