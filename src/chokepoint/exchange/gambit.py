"""Games as Gambit's text files: the standoff as a strategic form, one offer and its answer as an extensive form.

Payoffs are written in billions of USD, every digit kept: Gambit's solvers hold to absolute tolerances, and of games in
single dollars of this size they return profiles that are no equilibria.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chokepoint.bargaining import BargainingProblem, Threats

BILLION = 9  # decimal places


def strategic_form(title: str, parties: tuple[str, str], threats: Threats, case: int = 0) -> str:
    """Write what each pair of threats brings as an ``.nfg`` file: both sides choose at once.

    Args:
        title: of the game; parties: names of both.
        threats: of both sides with their payoffs; case: which one is written, 0 the central one.

    Returns:
        The file, payoffs in billions of USD, the first party's threat running fastest.
    """
    ladders = " ".join(_listed(side) for side in (threats.first, threats.second))
    payoff = threats.payoff[case]
    cells = [
        f"{_number(payoff[0, row, column])} {_number(payoff[1, row, column])}"
        for column in range(payoff.shape[2])
        for row in range(payoff.shape[1])
    ]
    return (
        f"NFG 1 R {_text(title)} {_listed(parties)} {{ {ladders} }}\n{_text('payoffs in billions of USD')}\n\n"
        + "\n".join([*cells, ""])
    )


def extensive_form(title: str, problem: BargainingProblem, case: int = 0) -> str:
    """Write one offer and its answer as an ``.efg`` file: the first party names a package, the second says yes or no.

    After a no both have what no deal brings. The second has seen the offer, so every answer is a subgame and counting
    back finds what the first can get at most by an offer that cannot be bargained over.

    Args:
        title: of the game; problem: its packages and no deal; case: which one is written, 0 the central one.

    Returns:
        The file, payoffs in billions of USD.
    """
    packages = [problem.words(number) for number in range(len(problem.packages))]
    lines = [
        f"EFG 2 R {_text(title)} {_listed(problem.parties)}",
        _text("payoffs in billions of USD; one offer, one answer"),
        "",
        f'p "" 1 1 "offer" {_listed(packages)} 0',
    ]
    no_deal = _payoffs(problem.disagreement[case])
    refused = len(packages) + 1
    for number, words in enumerate(packages):
        lines.append(f'p "" 2 {number + 1} {_text(words)} {{ "yes" "no" }} 0')
        lines.append(f't "" {number + 1} {_text(words)} {_payoffs(problem.payoff[case, :, number])}')
        lines.append(f't "" {refused} "no deal" {no_deal}')
    return "\n".join([*lines, ""])


def _listed(labels: Iterable[str]) -> str:
    """Return labels in braces."""
    return f"{{ {' '.join(_text(label) for label in labels)} }}"


def _text(label: str) -> str:
    """Return a label in quotation marks, on one line."""
    plain = " ".join(label.split()).replace("\\", "/").replace('"', '\\"')
    return f'"{plain}"'


def _number(value: float) -> str:
    """Return USD in billions to the last digit, without an exponent, which not every reader knows."""
    return format(Decimal(repr(float(value))).scaleb(-BILLION), "f")


def _payoffs(values: Iterable[float]) -> str:
    """Return the payoffs of an outcome."""
    return f"{{ {', '.join(_number(value) for value in values)} }}"
