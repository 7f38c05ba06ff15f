"""What prices and volumes do without any control, which the interval of an outcome has to hold as well.

The months of the model stand still unless something happens; real ones do not. A forecast of what will be *reported*
is therefore the simulated ratio times an ordinary variation: for a price ``h`` months after its base a lognormal factor
of the standard deviation ``a sqrt(h)`` (a random walk), for a volume over ``n`` months one of ``b / sqrt(n)``, both on
the logarithm to base 2. The two numbers were measured on months without controls (``ordinary_variation``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chokepoint.dates import Month

if TYPE_CHECKING:
    from chokepoint.records.episode_schema import Reading
    from chokepoint.settings import Settings

TRADED = frozenset({"exports", "imports"})
RATIOS = frozenset({"mean", "highest", "lowest"})


def vary(values: np.ndarray, reading: Reading, settings: Settings, start: str, seed: list[int]) -> np.ndarray:
    """Return a reading as it might be reported: each case times a draw of the ordinary variation.

    Args:
        values: ratio per case; the first one, the central case, is left as it is. Months are left alone, too.
        reading: what was read; settings: holds the two numbers; start: first month simulated, the base of a reading
            without one; seed: of the draws.
    """
    if reading.take not in RATIOS:
        return values
    spread = spread_of(reading, settings, start)
    drawn = np.random.default_rng(seed).standard_normal(values.size)
    drawn[0] = 0.0
    return values * 2.0 ** (spread * drawn)


def spread_of(reading: Reading, settings: Settings, start: str) -> np.ndarray:
    """Return the standard deviation of the ordinary variation of a reading, log2 per case."""
    length = 1 + months_between(*reading.months)
    if reading.of in TRADED:
        parts = 1.0 / length + (0.0 if reading.over is None else 1.0 / (1 + months_between(*reading.over)))
        return settings.of("ordinary_variation.volume") * np.sqrt(parts)
    first, last = (start, start) if reading.over is None else reading.over
    ahead = months_between(first, reading.months[0]) + 0.5 * (length - 1 - months_between(first, last))
    return settings.of("ordinary_variation.price") * np.sqrt(max(ahead, 0.0))


def months_between(first: str, last: str) -> int:
    """Count the months from one ``YYYY-MM`` to another."""
    return Month.read(first).until(Month.read(last))
