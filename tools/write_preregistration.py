"""Write down forecasts of the episodes still open (``data/preregistered/``), dated, and the page that shows them.

    python tools/write_preregistration.py --draws 512

Forecasts whose month has begun are left as they were. ``--page`` writes the page anew and forecasts nothing.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from chokepoint.answer.preregistration import TABLE, forecasts_on_file, open_records, save, write_down
from chokepoint.answer.preregistration_text import page

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "src" / "chokepoint" / "data"
PAGE = ROOT / "docs" / "science" / "preregistration.md"


def main() -> None:
    """Forecast, write the table, write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=512, help="cases to draw for each episode")
    parser.add_argument("--page", action="store_true", help="write the page only")
    chosen = parser.parse_args()
    records = open_records()
    kept = forecasts_on_file(DATA) if (DATA / TABLE).is_file() else ()
    if not chosen.page:
        day = dt.datetime.now(tz=dt.UTC).date().isoformat()
        rows = write_down(records.values(), day, chosen.draws, kept, lambda said: print(said, file=sys.stderr))
        save(rows, DATA / TABLE)
    PAGE.write_text(page(forecasts_on_file(DATA), records), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
