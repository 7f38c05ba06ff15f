"""Print what loading the facts and computing the indicators of a country over all minerals costs, in CPU time.

Run ``python benchmarks/indicators.py``; each time is the shortest of seven.
"""

from __future__ import annotations

import platform
import time

from chokepoint.answer.indicators import LATEST, elasticity
from chokepoint.exposure.of_country import of_country
from chokepoint.exposure.picture import picture_of
from chokepoint.exposure.squeeze import grips, joint
from chokepoint.facts import load_facts

REPEATS = 7


def shortest(work) -> float:
    """Return the shortest CPU time of several runs, in milliseconds."""
    found = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return 1e3 * min(found)


def main() -> None:
    """Time each step once the one before it is done."""
    facts = load_facts()
    picture = picture_of(facts, LATEST)
    sigma = elasticity()
    answers = of_country(picture, "JPN", {"JPN"}, elasticity=sigma)
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}")
    print(f"{len(facts.minerals)} minerals, {len(facts.facts)} facts, {len(answers)} indicators of one country")
    print(f"load the facts                        {shortest(load_facts):7.1f} ms")
    print(f"put a year together, trade read       {shortest(lambda: picture_of(facts, LATEST)):7.1f} ms")
    for code in ("JPN", "USA", "CHN"):
        spent = shortest(lambda code=code: of_country(picture, code, {code}, elasticity=sigma))
        print(f"all indicators of {code}, all minerals  {spent:7.1f} ms")
    spent = shortest(lambda: joint(grips(picture, "CHN", {"CHN"}, elasticity=sigma)))
    print(f"whom China holds, all minerals        {spent:7.1f} ms")


if __name__ == "__main__":
    main()
