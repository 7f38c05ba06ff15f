"""A draft scenario from the acts an article tells: measures of the bundle, in force on the day it was published."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from chokepoint.claims.text import refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chokepoint.claims.reading import Reading

MEASURES: Mapping[str, tuple[str, ...]] = {
    "chn_seven": ("CHN/2025-04-04-seven-elements", "CHN/2025-04-04-magnets"),
    "chn_april": ("CHN/2025-04-04-seven-elements", "CHN/2025-04-04-magnets"),
    "london": ("CHN/2025-04-04-seven-elements", "CHN/2025-04-04-magnets", "CHN/2025-06-11-london-framework"),
    "wsj_six": ("CHN/2025-04-04-seven-elements", "CHN/2025-04-04-magnets", "CHN/2025-06-11-london-framework"),
    "mofcom_confirms": (
        "CHN/2025-04-04-seven-elements",
        "CHN/2025-04-04-magnets",
        "CHN/2025-06-11-london-framework",
    ),
    "chn_october": ("CHN/2025-10-09-five-more-elements", "CHN/2025-10-09-foreign-made-magnets"),
    "chn_extraterritorial": ("CHN/2025-10-09-foreign-made-magnets",),
    "chn_october_suspended": (
        "CHN/2025-10-09-five-more-elements",
        "CHN/2025-10-09-foreign-made-magnets",
        "CHN/2025-11-07-suspension",
    ),
}
"""Measures of the bundled world of rare earths that an act on record, by the beginning of its key, stands for."""
WORLD, SINCE = "rare-earths-2024", "2025-04-04"


def measures_told(readings: Sequence[Reading]) -> list[str]:
    """Return the bundled measures that the acts of the articles stand for, in the order of their dates."""
    keys = {claim.act.key for reading in readings for claim in reading.claims if claim.act is not None}
    found = {name for key in keys for start, names in MEASURES.items() if key.startswith(start) for name in names}
    return sorted(found, key=lambda each: each.partition("/")[2])


def draft(readings: Sequence[Reading], published: str) -> str:
    """Return a scenario file of what the articles tell.

    Raises:
        DataError: no sentence tells an act that the world can be put under.
    """
    names = measures_told(readings)
    data = resources.files("chokepoint") / "data" / "measures"
    names = [each for each in names if data.joinpath(f"{each}.yaml").is_file()]
    if not names:
        msg = "--scenario"
        raise refused(
            msg, "no act of the bundled world in the article", "an act such as the controls of 4 April 2025",
            "write a scenario of your own (docs/how-to/own-scenario.md)",
        )  # fmt: skip
    as_of = max(published, SINCE)
    lines = [
        "# Draft made from what an article tells; check dates and measures before use.",
        "name: draft-from-article",
        f"world: {WORLD}",
        "title: Measures that an article tells of",
        "question: What do the measures told in the article cost whom?",
        f"as_of: {as_of}",
        "start: 2025-01",
        "months: 18",
        "draws: 16",
        "seed: 20250610",
        "branches:",
        "  as-told:",
        "    title: The measures the article tells of",
        "    measures:",
        *(f"      - {each}" for each in names),
    ]
    return "\n".join(lines) + "\n"
