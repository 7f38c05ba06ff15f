"""What would overturn an answer: the assumed number it hangs on most, and the side that would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.report import amounts
from chokepoint.settings import Settings
from chokepoint.uncertainty import rank_correlations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import numpy as np

    from chokepoint.answer.run import BranchRun
    from chokepoint.dates import Month
    from chokepoint.provenance import Figure

WORDS = {
    "choke_price": "the price at which use stops",
    "choke_width": "the spread of the prices at which use stops",
    "demand_adaptation": "how far users adapt in the long run",
    "demand_adaptation_half_life": "the pace at which users adapt",
    "demand_elasticity": "the price elasticity of use",
    "discount_rate": "the discount rate",
    "idle_cost": "the extra cost of what is idle",
    "licence.already_cleared": "the share of trade already cleared",
    "licence.approval_per_month": "the share of applications approved each month",
    "licence.extraterritorial_share": "the share of foreign-made magnets held for a Chinese licence",
    "licence.framework_approval_per_month": "the share approved each month under the London framework",
    "licence.handling_days": "the handling time of an application",
    "licence.holmium_share": "the share of other magnets that holds holmium",
    "licence.share_controlled": "the share of magnet exports under control",
    "refill_months": "the time in which stocks are refilled",
    "project_chance": "the chance that the plant is built",
    "project_size": "the size of the plant",
    "project_start": "the first output of the plant",
    "rent_share": "the exporters' share of the licence rents",
    "state_cover": "the state's usual stock",
    "stock_cover": "industry's usual stock",
    "stock_curvature": "the readiness to draw on stocks as prices rise",
    "stock_release": "the price at which stocks are drawn on for good",
    "position.carrying_cost_per_year": "the cost of holding stock",
    "position.noticed_share": "the shortfall that goes unnoticed",
    "position.second_source_share": "what a second source covers",
    "precaution_half_life": "how long fear of a control lasts",
    "precaution_months": "what buyers store ahead of a control",
    "supplier_adaptation": "how far suppliers adapt in the long run",
    "supplier_adaptation_half_life": "the pace at which suppliers adapt",
    "supply_elasticity": "the price elasticity of supply",
    "switch_elasticity": "the ease of changing origin",
    "utilisation": "the usual use of capacity",
    "volume_ratio": "the ease of changing volume over that of changing origin",
}
"""Parameters as they stand in a sentence, by the longest beginning of their names."""

SHARES = ("share", "share/month")
BEYOND_THE_MONTHS = frozenset({"lead_time", "second_front"})
"""Parameters of questions that no month answers: they have no part in a simulated loss."""


def in_a_sentence(name: str) -> str:
    """Return a good's name as it stands inside a sentence: no capital, unless it is a symbol.

    Example:
        >>> in_a_sentence("Dysprosium oxide"), in_a_sentence("NdFeB magnets")
        ('dysprosium oxide', 'NdFeB magnets')
    """
    first = name.split(maxsplit=1)[0]
    is_symbol = not name[1:2].islower() or any(letter.isupper() for letter in first[1:])
    return name if is_symbol else name[0].lower() + name[1:]


def plain_name(parameter: str, names: dict[str, str]) -> str:
    """Return a parameter's name as words.

    Args:
        parameter: its dotted name.
        names: words for the codes of goods and countries.

    Example:
        >>> plain_name("stock_cover.magnet.JPN", {"magnet": "magnets", "JPN": "Japan"})
        "industry's usual stock (magnets, Japan)"
    """
    parts = parameter.split(".")
    for length in range(len(parts), 0, -1):
        known = WORDS.get(".".join(parts[:length]))
        if known:
            about = ", ".join(names.get(part, part.replace("_", " ")) for part in parts[length:])
            return f"{known} ({about})" if about else known
    return parameter


def joined(first: float, word: str, second: float, unit: str) -> str:
    """Return two values of a parameter with a word between and their unit; shares read as percentages.

    Example:
        >>> joined(0.5, "to", 1.0, "share"), joined(2.5, "than", 1.0, "months"), joined(2.0, "to", 4.0, "1")
        ('50 % to 100 %', '2.5 than 1 months', '2 to 4')
    """
    if unit in SHARES:
        return f"{amounts.percent(first)} {word} {amounts.percent(second)}"
    return f"{amounts.number(first)} {word} {amounts.number(second)} {unit if unit != '1' else ''}".rstrip()


def enters_months(name: str, branch: BranchRun) -> bool:
    """Say whether a parameter can matter within a branch's months: later projects and later questions cannot."""
    starts = {each: float(values.min()) for each, values in branch.settings.values.items()}
    return can_matter(name, starts, branch.outcome.months[-1])


def can_matter(name: str, starts: Mapping[str, float], last: Month) -> bool:
    """Say whether a parameter can matter by a month.

    Args:
        name: of the parameter; starts: earliest value of every ``project_start.*``; last: the month.
    """
    head, _, rest = name.partition(".")
    if head in BEYOND_THE_MONTHS:
        return False
    is_due = starts.get(f"project_start.{rest}", last.year) < last.year + 1
    return is_due or not head.startswith("project_")


def _sides(
    branch: BranchRun, found: Iterable[tuple[str, float]], *, is_high: bool
) -> Iterator[tuple[str, float, Figure, float]]:
    """Yield each parameter with its strength, its figure and the end of its range that speaks against the answer.

    That end may be the middle value itself, as of a stock taken as empty: it then cannot change anything.
    """
    for name, strength in found:
        figure = branch.parameters[name]
        yield name, strength, figure, figure.low if (strength > 0) == is_high else figure.high


def weakest(
    branch: BranchRun, answer: np.ndarray, *, is_high: bool, cases: np.ndarray | None = None
) -> tuple[str, str]:
    """Return the drawn parameter the answer hangs on most, and a clause naming the side that would change it.

    Args:
        branch: whose draws.
        answer: values over its solved cases, or over those named.
        is_high: whether the sentence says that the answer is high; then a side that lowers it speaks against it.
        cases: which of its cases (case,), as truth values; left out, the solved ones.
    """
    settings = branch.settings
    kept = {
        name: each[branch.is_solved if cases is None else cases]
        for name, each in settings.values.items()
        if enters_months(name, branch)
    }
    found = rank_correlations(Settings(settings.world, kept, answer.size), answer)
    if not found:
        return "", "the inputs differ from those listed"
    name, strength, figure, side = next(
        (each for each in _sides(branch, found, is_high=is_high) if each[3] != each[2].value),
        next(_sides(branch, found, is_high=is_high)),
    )
    world = settings.world
    names = {good.code: in_a_sentence(good.name) for good in world.goods}
    names |= dict(zip(world.countries, world.country_names, strict=True))
    correlation = f"{strength:+.2f}".replace("-", amounts.MINUS)
    return name, (
        f"{plain_name(name, names)} is nearer {joined(side, 'than', figure.value, figure.unit)} "
        f"({figure.kind}, {joined(figure.low, 'to', figure.high, figure.unit)}; "
        f"rank correlation {correlation})"
    )
