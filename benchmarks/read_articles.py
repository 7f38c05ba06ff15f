"""Score the news reader on both halves of its test corpus: totals with Wilson intervals, and seconds for 2,000 words.

Usage: python benchmarks/read_articles.py
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from chokepoint.claims.as_json import reading_json
from chokepoint.claims.reading import open_library, read
from chokepoint.claims.text import open_file, open_text
from chokepoint.facts import load_facts
from tests.claims.library import golds, main_text, text_path
from tests.claims.mangling import article
from tests.claims.scoring import report, score, total
from tests.claims.split import HELD_OUT, TUNE, part_of


def main() -> None:
    """Print totals; never an article or an answer of the half kept back."""
    library = open_library(load_facts())
    for part in (TUNE, HELD_OUT):
        chosen = [gold for gold in golds() if part_of(gold["slug"]) == part]
        found = total(
            score(gold, reading_json(read(open_file(text_path(gold)), library, gold["published"])), main_text(gold))
            for gold in chosen
        )
        print(f"{part}: {len(chosen)} articles\n{report(found)}\n")
    mangled = [article(seed) for seed in range(1, 31)]
    found = total(
        score(gold, reading_json(read(open_text("mangled", text), library, gold["published"])), text)
        for text, gold in mangled
    )
    print(f"names of the mangling generator, 30 seeds: people {found.people}, offices {found.offices}")
    text = " ".join(" ".join(main_text(gold) for gold in golds() if part_of(gold["slug"]) == TUNE).split(" ")[:2000])
    took: list[float] = []
    for _ in range(5):
        start = time.process_time()
        read(open_text("text", text), library, "2025-06-12")
        took.append(time.process_time() - start)
    print(f"2,000 words: {min(took):.2f} s of CPU (least of 5)")


if __name__ == "__main__":
    main()
