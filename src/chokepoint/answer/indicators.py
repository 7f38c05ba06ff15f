"""``chokepoint indicators``: what is asked, resolved to codes; what is found, as rows for tables and machines."""

from __future__ import annotations

import csv
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from chokepoint import bundle
from chokepoint.countries import Countries
from chokepoint.errors import DataError, Problem, did_you_mean
from chokepoint.exposure.indicator import Indicator
from chokepoint.exposure.of_country import of_country
from chokepoint.exposure.of_world import of_world
from chokepoint.exposure.over_time import over_time
from chokepoint.exposure.picture import picture_of
from chokepoint.exposure.place import Elasticity
from chokepoint.facts import Trading
from chokepoint.facts.breaks import jumps

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chokepoint.exposure.indicator import Result
    from chokepoint.exposure.of_country import Answer
    from chokepoint.exposure.over_time import Point
    from chokepoint.exposure.picture import Picture
    from chokepoint.facts import Facts
    from chokepoint.store import Store
    from chokepoint.world import World

LATEST = 2024
"""The last year for which output, trade and governance are all bundled; a store may hold later ones."""
FIRST = 2018
"""The first year of trade with quantities for every code."""
ELASTICITY = "switch_elasticity"


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """Whose indicators, of what and when.

    Args:
        facts: the bundle's and the user's own.
        country: code, or the name of a bloc; home: its code, or its members.
        minerals: codes; None for all. stage: None for all. year: of the figures.
        elasticity: between origins.
        trade: reads one code of one year, and keeps what the user's store changed.
    """

    facts: Facts
    country: str
    home: frozenset[str]
    minerals: tuple[str, ...] | None
    stage: str | None
    year: int
    elasticity: Elasticity
    trade: Trading

    @property
    def picture(self) -> Picture:
        """What the indicators are computed from."""
        return picture_of(self.facts, self.year, minerals=self.minerals, trade=self.trade)


def ask(
    country: str,
    minerals: Sequence[str],
    *,
    stage: str | None,
    year: int | None,
    facts: Facts,
    store: Store | None = None,
) -> Question:
    """Resolve what a user typed.

    Args:
        country: any known spelling of a country, or a bloc (``EU27``).
        minerals: any known spellings; none for all.
        stage: of a chain; None for all. year: None for the last that is fully covered.
        facts: the bundle's, a user's own among them.
        store: publishers' files the user brought in; None and an empty store leave the bundle's trade as it is.

    Raises:
        DataError: every word that means nothing known, with the nearest that do.
    """
    asked = year or latest(store)
    name, home, problems = _home(country, asked)
    codes: list[str] = []
    for text in minerals:
        code = facts.resolve(text)
        if code is None:
            remedy = facts.suggest(text)
            problems.append(Problem(where="--mineral", found=f"'{text}'", expected="a known mineral", remedy=remedy))
        else:
            codes.append(code)
    stages = {each for mineral in facts.minerals.values() for each in mineral.stages}
    if stage is not None and stage not in stages:
        remedy = did_you_mean(stage, stages)
        problems.append(Problem(where="--stage", found=f"'{stage}'", expected="a stage of a chain", remedy=remedy))
    if problems:
        raise DataError(problems)
    return Question(
        facts=facts,
        country=name,
        home=home,
        minerals=tuple(codes) if minerals else None,
        stage=stage,
        year=asked,
        elasticity=elasticity(),
        trade=Trading(store=store),
    )


def latest(store: Store | None) -> int:
    """Return the last year that is fully covered: of the bundle, or a later one whose whole trade a store holds."""
    return max((LATEST, *(store.years() if store else ())))


def answers(question: Question, picture: Picture | None = None) -> tuple[Answer, ...]:
    """Return every indicator asked for: a value or a reason each."""
    return of_country(
        picture or question.picture,
        question.country,
        question.home,
        elasticity=question.elasticity,
        minerals=question.minerals,
        stage=question.stage,
    )


def in_world(
    name: str, country: str, goods: Sequence[str], worlds: Iterable[World] | None = None
) -> tuple[tuple[Answer, ...], ...]:
    """Return the indicators of a country over the goods of a bundled world, once for each of its draws.

    Args:
        name: of the world; country: any spelling, or a bloc; goods: codes, none for all.
        worlds: draws of it; left out, the world itself.

    Raises:
        DataError: a world, country or good that is not known.
    """
    world = bundle.load(name)
    called, home, problems = _home(country, world.base_year)
    known = [good.code for good in world.goods]
    for code in goods:
        if code not in known:
            remedy = did_you_mean(code, known)
            problems.append(Problem(where="--mineral", found=f"'{code}'", expected=f"a good of {name}", remedy=remedy))
    if problems:
        raise DataError(problems)
    drawn = (world,) if worlds is None else worlds
    return tuple(of_world(each, called, home, goods=goods or None) for each in drawn)


def by_year(question: Question) -> tuple[Point, ...]:
    """Return every indicator asked for in every year there are figures up to the one asked for."""
    pictures = [replace(question, year=year).picture for year in range(FIRST, question.year + 1)]
    return over_time(pictures, lambda picture: answers(question, picture), jumps())


def elasticity() -> Elasticity:
    """Return the elasticity between origins of the bundled parameters, with its range."""
    table = bundle.data_folder() / "parameters.csv"
    for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()):
        if row["name"] == ELASTICITY:
            return Elasticity(value=float(row["value"]), low=float(row["low"]), high=float(row["high"]))
    message = f"parameters.csv: no {ELASTICITY}"
    raise LookupError(message)


def row_of(answer: Answer) -> dict[str, object]:
    """Return an answer as plain values; a missing one has no value but a reason, and bounds where there are any."""
    return {
        "indicator": answer.indicator,
        "mineral": answer.mineral,
        "stage": answer.stage,
        "country": answer.country,
        "year": answer.year,
        **result_row(answer.result),
        "years": list(answer.years),
        "sources": list(answer.sources),
        "revisions": list(answer.revisions),
    }


def result_row(result: Result) -> dict[str, object]:
    """Return a result as plain values."""
    if isinstance(result, Indicator):
        return {
            "value": result.value,
            "unit": result.unit,
            "low": result.low,
            "high": result.high,
            "parts": [asdict(part) for part in result.parts],
            "note": result.note,
            "reason": "",
        }
    return {
        "value": None,
        "unit": "",
        "low": result.low,
        "high": result.high,
        "parts": [],
        "note": "",
        "reason": result.reason,
    }


def _home(text: str, year: int) -> tuple[str, frozenset[str], list[Problem]]:
    """Return the code of a country, or the name and members of a bloc in a year."""
    table = bundle.data_folder() / "blocs.csv"
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    blocs = {row["bloc"] for row in rows}
    if text in blocs:
        members = (
            row["country"]
            for row in rows
            if row["bloc"] == text
            and (row["since"] or "0")[:4] <= str(year)
            and (not row["until"] or row["until"][:4] > str(year))
        )
        return text, frozenset(members), []
    countries = Countries.read()
    code = countries.resolve(text)
    if code is not None:
        return code, frozenset({code}), []
    expected = f"a country, or one of the blocs {', '.join(sorted(blocs))}"
    remedy = countries.suggest(text)
    return text, frozenset(), [Problem(where="COUNTRY", found=f"'{text}'", expected=expected, remedy=remedy)]
