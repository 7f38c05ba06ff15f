"""Bring a year of world trade of 11 million flows into the store, ask it, and trace every product through re-exports.

    python benchmarks/store.py [FOLDER]

The file is generated in BACI's layout (226 countries, 5,000 products, quantities missing in 5 % of the flows) into FOLDER,
a temporary one if left out, and kept there for the next run. Each step is timed in a process of its own, three times;
the least wall and processor time are printed with the largest memory.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import numpy as np

from chokepoint.exposure.trade_origins import trade_origins
from chokepoint.sources.wording import country_codes
from chokepoint.store import add, open_store

FLOWS, PRODUCTS, MISSING = 11_000_000, 5_000, 0.05
FILE = "BACI_HS17_Y2024_V202601.csv"
REPEATS = 3
WANTED = {"ingest": (20.0, 1.5), "again": (2.0, None), "ten codes": (0.1, None), "look through": (30.0, None)}
"""Seconds and gigabytes each step may take."""


def generate(path: Path) -> None:
    """Write a year of flows; the sizes of countries and of flows are as uneven as in real trade."""
    numbers = np.array(sorted(int(code) for code in country_codes("baci")))
    countries = numbers.size
    draw = np.random.default_rng(20241)
    weight = draw.pareto(1.2, countries) + 0.05
    keys = np.empty(0, np.int64)
    while keys.size < FLOWS:
        count = int((FLOWS - keys.size) * 1.6) + 100_000
        seller = draw.choice(countries, count, p=0.5 * weight / weight.sum() + 0.5 / countries)
        buyer, product = draw.integers(0, countries, count), draw.integers(0, PRODUCTS, count)
        apart = seller != buyer
        keys = np.unique(np.concatenate([keys, ((seller * countries + buyer) * PRODUCTS + product)[apart]]))
    keys = np.sort(draw.choice(keys, FLOWS, replace=False))
    value = np.round(np.exp(draw.normal(3, 2.5, FLOWS)), 3)
    quantity = np.ma.array(np.round(value * np.exp(draw.normal(-1, 1, FLOWS)), 3), mask=draw.random(FLOWS) < MISSING)
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        columns = {
            "i": numbers[keys // (countries * PRODUCTS)],
            "j": numbers[keys // PRODUCTS % countries],
            "k": 10_110 + (keys % PRODUCTS) * 197,
            "v": value,
            "q": quantity,
        }
        connection.register("flows", columns)
        lines = "SELECT 2024 AS t, i, j, lpad(k::VARCHAR, 6, '0') AS k, v, coalesce(q::VARCHAR, '           NA') AS q FROM flows"
        connection.execute(f"COPY ({lines}) TO '{path}' (HEADER, DELIMITER ',')")


def ingest(file: Path, store: Path) -> str:
    """Bring the file into the store."""
    return f"{sum(each.dataset.rows for each in add(file, store, lambda _: None))} rows"


def ten_codes(_: Path, store: Path) -> str:
    """Ask for the flows of ten codes in the year."""
    codes = [f"{10_110 + number * 197:06d}" for number in range(0, PRODUCTS, PRODUCTS // 10)]
    return f"{open_store(store).trade(codes, 2024).kusd.size} flows"


def look_through(_: Path, store: Path) -> str:
    """Trace every product."""
    buyers = products = 0
    for block in open_store(store).blocks(2024):
        for each in trade_origins(block.code, block.exporter, block.importer, block.kusd):
            products += 1
            buyers = max(buyers, each.buyer.size)
    return f"{products} products, {buyers} countries"


STEPS = {"ingest": ingest, "again": ingest, "ten codes": ten_codes, "look through": look_through}


def measure(name: str, file: Path, store: Path) -> None:
    """Time one step in this process and print it as JSON."""
    # What is imported late is imported before the clock starts: a session asks many times.
    if name != "ingest":
        ten_codes(file, store)
    start, before = time.perf_counter(), time.process_time()
    said = STEPS[name](file, store)
    wall, processor = time.perf_counter() - start, time.process_time() - before
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(json.dumps({"wall_s": wall, "processor_s": processor, "memory_gb": memory, "said": said}))


def main() -> None:
    """Generate the file if need be, and time every step."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    file, store = folder / FILE, folder / "store"
    if not file.is_file():
        # Apart, so that the memory it takes is not counted as that of the steps.
        subprocess.run([sys.executable, __file__, "generate", file, store], check=True)  # noqa: S603
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; {FILE}: {file.stat().st_size / 1e6:.0f} MB")
    for name, (seconds, gigabytes) in WANTED.items():
        runs = []
        for _ in range(REPEATS):
            if name == "ingest":
                subprocess.run(["rm", "-rf", store], check=True)  # noqa: S603, S607
            command = [sys.executable, __file__, name, file, store]
            runs.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))  # noqa: S603
        wall, processor = (min(run[each] for run in runs) for each in ("wall_s", "processor_s"))
        memory = max(run["memory_gb"] for run in runs)
        limit = f"at most {seconds:g} s" + (f" and {gigabytes:g} GB" if gigabytes else "")
        print(f"{name}: {wall:.3f} s, processor {processor:.3f} s, {memory:.2f} GB; {runs[0]['said']} ({limit})")


if __name__ == "__main__":
    if sys.argv[1:2] == ["generate"]:
        generate(Path(sys.argv[2]))
    elif len(sys.argv) > 3:
        measure(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
