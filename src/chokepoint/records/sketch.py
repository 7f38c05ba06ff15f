"""A world in few lines: who makes a good and who uses it, turned into the rows of the tables.

Of each good a sketch gives output and final use by country. The trade follows: output serves its own country first,
and what is left over goes abroad in proportion to what is lacking there, ``f[i,j] = x_i n_j / sum(n)`` with surplus
``x`` and need ``n``. Nobody's trade is like that; it is the least one can say that keeps every total.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chokepoint.records.rows import (
    FlowRow,
    GoodRow,
    ProductionRow,
    ProjectRow,
    RecipeRow,
    StoreRow,
    UseRow,
    WorldRow,
)
from chokepoint.records.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chokepoint.records.episode_schema import Good, Said, Sketch

SECTOR = "industry"
FIRST_AT_HOME = "output serves its own country first; the rest goes abroad in proportion to what is lacking there"
Figures = dict[str, object]


def tables_of(sketch: Sketch, name: str, title: str, bundled: Tables) -> tuple[Tables, WorldRow]:
    """Return the rows of a sketched world, with the parameters every world shares, and its line.

    Args:
        sketch: goods by code; name, title: of the world; bundled: the tables that ship, for their parameters.
    """
    goods = sketch.goods
    described = WorldRow(world=name, title=title, base_year=sketch.year, goods=";".join(goods))
    trade = {code: trade_of(sketch, code) for code in goods}
    tables = replace(
        bundled,
        worlds=(described,),
        goods=tuple(_good(code, good) for code, good in goods.items()),
        blocs=(),
        recipes=tuple(row for code, good in goods.items() for row in _recipes(code, good)),
        production=tuple(
            ProductionRow.model_validate({"kind": kind_of(code, good), "country": country} | _figures(made))
            for code, good in goods.items()
            for country, made in good.made.items()
        ),
        flows=tuple(_flow(sketch, code, lane, amount) for code in goods for lane, amount in trade[code].items()),
        uses=tuple(
            UseRow.model_validate({"good": code, "country": country, "sector": SECTOR} | _figures(used))
            for code, good in goods.items()
            for country, used in good.used.items()
        ),
        totals=(),
        stores=tuple(
            StoreRow.model_validate({"good": code, "country": country, "owner": "industry"})
            for code in goods
            for country in need_of(sketch, code)
        ),
        projects=tuple(row for code, good in goods.items() for row in _projects(code, good)),
    )
    return tables, described


def kind_of(code: str, good: Good) -> str:
    """Return the kind of the makers of a good: their class, then the good."""
    return f"{good.makers}.{code}"


def need_of(sketch: Sketch, code: str) -> dict[str, float]:
    """Return what every country takes of a good in a year: final use, and what its makers of other goods need."""
    need = {country: used.value for country, used in sketch.goods[code].used.items()}
    for other in sketch.goods.values():
        if code in other.needs:
            taken = other.needs[code]
            for country in taken.makers or other.made:
                need[country] = need.get(country, 0.0) + taken.amount.value * other.made[country].value
    return {country: amount for country, amount in need.items() if amount > 0.0}


def trade_of(sketch: Sketch, code: str) -> dict[tuple[str, str], float]:
    """Return the flows of a good by exporter and importer, in its unit per year (see the module)."""
    made = {country: said.value for country, said in sketch.goods[code].made.items() if said.value > 0.0}
    need = need_of(sketch, code)
    home = {country: min(made.get(country, 0.0), amount) for country, amount in need.items()}
    left = {country: amount - home.get(country, 0.0) for country, amount in made.items()}
    lack = {country: amount - home[country] for country, amount in need.items()}
    total = sum(lack.values())
    flows = {(country, country): amount for country, amount in home.items() if amount > 0.0}
    for exporter, surplus in left.items():
        for importer, amount in lack.items():
            if surplus > 0.0 and amount > 0.0:
                flows[exporter, importer] = surplus * amount / total
    return flows


def _figures(said: Said) -> Figures:
    return {
        "value": said.value,
        "unit": said.unit,
        "low": said.low,
        "high": said.high,
        "year": said.year,
        "source": said.source,
        "grade": said.grade,
        "reason": "; ".join(each for each in (said.where, said.reason) if each),
    }


def _good(code: str, good: Good) -> GoodRow:
    named = {"good": code, "name": good.name, "stage": good.stage, "quantity_unit": good.unit}
    return GoodRow.model_validate(named | _figures(good.price))


def _recipes(code: str, good: Good) -> Iterator[RecipeRow]:
    kind = kind_of(code, good)
    made: Figures = {"value": 1.0, "unit": "1", "year": good.price.year, "source": "assumed"}
    made |= {"grade": "assumed", "reason": "by definition: the level is counted in this good"}
    lines = [("output", code, "", made)]
    lines += [
        ("input", other, country, _figures(need.amount))
        for other, need in good.needs.items()
        for country in need.makers or ("",)
    ]
    for direction, each, country, figures in lines:
        yield RecipeRow.model_validate(
            {"kind": kind, "country": country, "direction": direction, "good": each, **figures}
        )


def _flow(sketch: Sketch, code: str, lane: tuple[str, str], amount: float) -> FlowRow:
    good = sketch.goods[code]
    return FlowRow.model_validate(
        {
            "good": code,
            "exporter": lane[0],
            "importer": lane[1],
            "value": amount,
            "unit": f"{good.unit}/yr",
            "year": sketch.year,
            "source": next(iter(good.made.values())).source,
            "grade": "derived",
            "reason": FIRST_AT_HOME,
        }
    )


def _projects(code: str, good: Good) -> Iterator[ProjectRow]:
    for name, project in good.projects.items():
        yield ProjectRow.model_validate(
            {
                "project": name.replace("-", "_"),
                "kind": kind_of(code, good),
                "country": project.country,
                "buyers": ";".join(each for each in good.used if each not in good.made or each == project.country),
                "feed": "",
                "announced": project.announced,
                "earliest": project.earliest,
                "first_month": project.first_month,
                "latest": project.latest,
                "timing": project.timing,
                "probability": project.probability,
                "status": project.status,
                "investment_musd": None,
                **_figures(project.capacity),
            }
        )
