"""Reading a domain of GENIUS: everything wrong with its files said at once, with file and line."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.errors import DataError, Problem, did_you_mean
from chokepoint.exchange.genius import GeniusSpace
from chokepoint.exchange.markup import read_markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from chokepoint.exchange.markup import Element

WHOLE = 1.0


def read_genius(domain: Path, profiles: Sequence[Path]) -> GeniusSpace:
    """Read a domain and a profile per party, as GENIUS weighs them.

    Utility is the sum over issues of weight times evaluation. Where an evaluation of an issue exceeds 1, GENIUS
    divides all of that issue by the greatest; NegMAS does not. Without a reservation value no deal brings 0; a
    discount factor is left aside, for no time passes here.

    Args:
        domain: the domain file; profiles: one file per party.

    Raises:
        DataError: everything wrong with the files, numbered.
    """
    root = read_markup(domain)
    problems: list[Problem] = []
    levels = _levels(root, domain.name, problems)
    if problems:
        raise DataError(problems)
    found = [_worth(read_markup(path), path.name, levels, problems) for path in profiles]
    if problems:
        raise DataError(problems)
    return GeniusSpace(
        parties=_names(profiles),
        issues=tuple(levels),
        levels=tuple(tuple(each) for each in levels.values()),
        worth=tuple(np.array([worth[issue] for worth, _ in found]) for issue in levels),
        reservation=np.array([reservation for _, reservation in found]),
    )


def _names(profiles: Sequence[Path]) -> tuple[str, ...]:
    """Return the profiles' names, told apart where two are the same."""
    stems = [path.stem for path in profiles]
    return tuple(stem if stems.count(stem) == 1 else f"{stem} {place}" for place, stem in enumerate(stems, start=1))


def _objective(root: Element) -> Element | None:
    """Return the outermost objective, wherever the file keeps it."""
    for element in (root, *root.all("utility_space")):
        for child in element.all("objective"):
            return child
    return None


def _issues(objective: Element, factor: float, weights: dict[str, float] | None) -> Iterator[tuple[Element, float]]:
    """Yield issues with the product of the weights on the way down; weights by index stand beside what they weigh."""
    own = {each.attributes.get("index", ""): _float(each.attributes.get("value")) for each in objective.all("weight")}
    for child in objective.children:
        weight = factor * own.get(child.attributes.get("index", ""), math.nan) if weights is not None else factor
        if child.tag == "issue":
            yield child, weight
        elif child.tag == "objective":
            yield from _issues(child, weight, weights)


def _float(text: str | None) -> float:
    """Return a finite number, or not a number."""
    try:
        value = float(text or "")
    except ValueError:
        return math.nan
    return value if math.isfinite(value) else math.nan


def _levels(root: Element, file: str, problems: list[Problem]) -> dict[str, list[str]]:
    """Return the values of each issue of a domain, in order."""
    objective = _objective(root)
    levels: dict[str, list[str]] = {}
    found = list(_issues(objective, WHOLE, None)) if objective else []
    for issue, _ in found:
        name = issue.attributes.get("name", "")
        where = f"{file}:{issue.line} issue {name}".rstrip()
        if not name or name in levels:
            remedy = "give every issue a name of its own"
            problems.append(
                Problem(
                    where=where, found="no name" if not name else "a second one", expected="one name", remedy=remedy
                )
            )
        kind = issue.attributes.get("type", issue.attributes.get("etype", "discrete"))
        if kind != "discrete":
            expected, remedy = "a discrete issue", "list the values that could be agreed as items"
            problems.append(Problem(where=where, found=f"an issue of type {kind}", expected=expected, remedy=remedy))
            continue
        levels[name] = _item_values(issue, where, problems)
    if not found:
        expected, remedy = (
            "negotiation_template, utility_space, objective, issue",
            "give the domain file first, then profiles",
        )
        problems.append(
            Problem(where=f"{file}:{root.line}", found=f"a {root.tag} without issues", expected=expected, remedy=remedy)
        )
    return levels


def _item_values(issue: Element, where: str, problems: list[Problem]) -> list[str]:
    """Return the values of an issue of a domain."""
    values = [item.attributes.get("value", "") for item in issue.all("item")]
    if not values or "" in values or len(set(values)) < len(values):
        twice = [value for value, count in Counter(values).items() if count > 1]
        what = f"'{twice[0]}' twice" if twice else "an item without value" if values else "no item"
        problems.append(
            Problem(where=where, found=what, expected="items with values that differ", remedy="name each value once")
        )
    return values


def _worth(
    root: Element, file: str, levels: dict[str, list[str]], problems: list[Problem]
) -> tuple[dict[str, list[float]], float]:
    """Return what each level of each issue adds to the utility of a profile, and the reservation value."""
    worth: dict[str, list[float]] = {}
    objective = _objective(root)
    for issue, weight in _issues(objective, WHOLE, {}) if objective else ():
        name = issue.attributes.get("name", "")
        where = f"{file}:{issue.line} issue {name}".rstrip()
        if name not in levels:
            problems.append(
                Problem(
                    where=where,
                    found="an issue the domain does not have",
                    expected="its issues",
                    remedy=did_you_mean(name, levels),
                )
            )
            continue
        if not weight >= 0.0:
            expected, remedy = (
                "a weight of at least 0 for its index",
                "add <weight index=... value=...> beside the issue",
            )
            problems.append(
                Problem(
                    where=where,
                    found="no weight" if math.isnan(weight) else f"a weight of {weight:g}",
                    expected=expected,
                    remedy=remedy,
                )
            )
        worth[name] = _evaluations(issue, file, levels[name], weight, problems)
    for name in levels.keys() - worth.keys():
        remedy = "weigh every issue of the domain; a weight of 0 says that it does not matter"
        problems.append(
            Problem(
                where=f"{file}:{root.line}",
                found=f"no issue {name}",
                expected="every issue of the domain",
                remedy=remedy,
            )
        )
    reservation = 0.0
    for each in root.all("reservation"):
        reservation = _float(each.attributes.get("value"))
        if math.isnan(reservation):
            found = f"a reservation of {each.attributes.get('value')}"
            problems.append(
                Problem(
                    where=f"{file}:{each.line}",
                    found=found,
                    expected="a finite number",
                    remedy="write the utility of no deal",
                )
            )
    return worth, reservation


def _evaluations(issue: Element, file: str, values: list[str], weight: float, problems: list[Problem]) -> list[float]:
    """Return weight times evaluation of each value, in the domain's order."""
    found: dict[str, float] = {}
    for item in issue.all("item"):
        value, text = item.attributes.get("value", ""), item.attributes.get("evaluation")
        where = f"{file}:{item.line} item {value}".rstrip()
        if value not in values:
            problems.append(
                Problem(
                    where=where,
                    found="a value the domain does not have",
                    expected="its values",
                    remedy=did_you_mean(value, values),
                )
            )
        found[value] = _float(text)
        if not found[value] >= 0.0:
            shown = "no evaluation" if text is None else f"an evaluation of {text}"
            problems.append(
                Problem(
                    where=where, found=shown, expected="a number of at least 0", remedy="say what the value is worth"
                )
            )
    for value in values:
        if value not in found:
            where = f"{file}:{issue.line} issue {issue.attributes.get('name', '')}"
            problems.append(
                Problem(
                    where=where,
                    found=f"no item {value}",
                    expected="every value of the domain",
                    remedy="say what it is worth",
                )
            )
    greatest = max(found.values(), default=0.0)
    return [weight * found.get(value, 0.0) / max(WHOLE, greatest) for value in values]
