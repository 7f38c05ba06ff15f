"""Build the bundle of facts and the tables of the world of 2024 from the publishers' files.

    python tools/build_tables.py ../shared/data

Numbers that stand in those files are read from them; all others stand in ``tools/world_2024`` with their reason.
Running it again writes the same bytes.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from facts import assemble as facts
from world_2024 import assemble, shared, writing

BY_HAND = (
    "examples/position.csv",
    "projects.csv",
    "deposits.csv",
    "contracts.csv",
    "minerals.csv",
    "mineral_codes.csv",
    "corrections.csv",
    "published_orders.csv",
    "references.bib",
    "parameters.csv",
    "episodes/misses.csv",
    *(f"chains/{name}.csv" for name in writing.CHAINS),
    *writing.CLAIMS,
    *writing.FORECASTS,
)
DATA = Path(__file__).resolve().parents[1] / "src" / "chokepoint" / "data"


def main() -> None:
    """Read, build, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="folder of the publishers' files")
    parser.add_argument("--out", type=Path, default=DATA, help="data folder to write (default: the package's)")
    chosen = parser.parse_args()
    for name in BY_HAND:
        copy = chosen.out / name
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(DATA / name, copy)
    said = assemble.build(shared.read(chosen.shared), chosen.out)
    for line in (*said, *facts.build(chosen.shared, chosen.out)):
        print(line)
    writing.package(chosen.out, assemble.titles(chosen.out) | facts.titles(chosen.out))


if __name__ == "__main__":
    main()
