"""Write the data dictionary (``docs/reference/data-dictionary.md``) after a change to the tables or their models."""

from __future__ import annotations

from pathlib import Path

from chokepoint.records.dictionary import data_dictionary

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "data-dictionary.md"

if __name__ == "__main__":
    PAGE.write_text(data_dictionary(ROOT / "src" / "chokepoint" / "data"), encoding="utf-8", newline="\n")
