"""From the rows of a world to the world: its balances closed and put into arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from chokepoint.planned import Ground, plan
from chokepoint.reconcile import Total, Unknown, reconcile
from chokepoint.records.rows import investment_figure
from chokepoint.records.tables import figures_of
from chokepoint.units import MONTHS_PER_YEAR
from chokepoint.world import Activities, Good, Lanes, Stores, Uses, World

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chokepoint.countries import Countries
    from chokepoint.provenance import Figure
    from chokepoint.records.rows import (
        FlowRow,
        ProductionRow,
        ProjectRow,
        RecipeRow,
        StoreRow,
        TotalRow,
        UseRow,
    )
    from chokepoint.records.tables import Tables
    from chokepoint.world import Floats, Integers

REST = "ROW"
WEIGHT = {"A": 100.0, "B": 30.0, "B-": 10.0, "C": 5.0, "derived": 3.0, "assumed": 1.0}
"""How hard a figure is to move when the balances are closed, by grade; what must not move at all is in totals.csv."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sketch:
    """The rows of one world, before its balances hold and with quantities per year.

    Args:
        goods: codes in chain order; countries: codes, the rest of the world last.
        flows, production, uses, stores, projects: its rows.
        recipes: goods and amounts per level of each production row.
        totals: what must be kept.
    """

    goods: tuple[str, ...]
    countries: tuple[str, ...]
    flows: tuple[FlowRow, ...]
    production: tuple[ProductionRow, ...]
    uses: tuple[UseRow, ...]
    stores: tuple[StoreRow, ...]
    projects: tuple[ProjectRow, ...]
    recipes: tuple[tuple[tuple[str, float], ...], ...]
    totals: tuple[Total, ...]

    def good(self, codes: Iterable[str]) -> Integers:
        """Return positions of goods."""
        return np.array([self.goods.index(code) for code in codes], np.int64)

    def country(self, codes: Iterable[str]) -> Integers:
        """Return positions of countries."""
        return np.array([self.countries.index(code) for code in codes], np.int64)


def assemble(tables: Tables, name: str, crosswalk: Countries) -> World:
    """Close the balances of a world of some tables and put it into arrays.

    Args:
        tables: all rows; name: of one of their worlds; crosswalk: names of countries.

    Raises:
        DataError: balances that cannot be closed, each named.
    """
    described = next(row for row in tables.worlds if row.world == name)
    sketch = sketch_of(tables, described.goods.split(";"), crosswalk.by_iso3)
    values, movements = reconcile(unknowns(sketch), sketch.totals)
    per_month = values / MONTHS_PER_YEAR
    flows, levels = len(sketch.flows), len(sketch.flows) + len(sketch.production)
    figures = _figures(tables, sketch)
    lanes = Lanes(
        good=sketch.good(row.good for row in sketch.flows),
        exporter=sketch.country(row.exporter for row in sketch.flows),
        importer=sketch.country(row.importer for row in sketch.flows),
        flow_per_month=per_month[:flows],
    )
    ground = Ground(sketch.goods, sketch.countries, lanes, _activities(sketch, per_month[flows:levels]))
    recipes = [_recipe(tables.recipes, row.kind, row.country) for row in sketch.projects]
    (lanes, activities), projects = plan(ground, sketch.projects, recipes)
    return World(
        name=described.world,
        base_year=described.base_year,
        goods=_goods(tables, sketch),
        countries=sketch.countries,
        country_names=tuple(crosswalk.name(code) for code in sketch.countries),
        blocs=_blocs(tables, sketch, described.base_year),
        lanes=lanes,
        activities=activities,
        uses=Uses(
            good=sketch.good(row.good for row in sketch.uses),
            country=sketch.country(row.country for row in sketch.uses),
            sector=tuple(row.sector for row in sketch.uses),
            demand_per_month=per_month[levels:],
        ),
        stores=Stores(
            good=sketch.good(row.good for row in sketch.stores),
            country=sketch.country(row.country for row in sketch.stores),
            owner=tuple(row.owner for row in sketch.stores),
        ),
        projects=projects,
        parameters={row.name: figures[row.name] for row in tables.parameters if row.name in figures}
        | {each.name: each for row in sketch.projects for each in row.figures},
        figures=figures,
        movements=movements,
    )


def sketch_of(tables: Tables, goods: Sequence[str], crosswalk: Iterable[str]) -> Sketch:
    """Pick what the tables say about some goods.

    Args:
        tables: all rows.
        goods: the world's goods in chain order.
        crosswalk: country codes in the order wanted.
    """
    recipes = [row for row in tables.recipes if row.good in goods]
    kinds = {row.kind for row in recipes}
    production = tuple(row for row in tables.production if row.kind in kinds)
    flows = tuple(row for row in tables.flows if row.good in goods)
    uses = tuple(row for row in tables.uses if row.good in goods)
    seen = {row.exporter for row in flows} | {row.importer for row in flows}
    seen |= {row.country for row in (*production, *uses)}
    named = tuple(code for code in crosswalk if code in seen and code != REST)
    words = {*goods, *kinds}
    totals = (_total(row) for row in tables.totals)
    return Sketch(
        goods=tuple(goods),
        countries=(*named, REST) if REST in seen else named,
        flows=flows,
        production=production,
        uses=uses,
        stores=tuple(row for row in tables.stores if row.good in goods and row.country in seen),
        projects=tuple(row for row in tables.projects if row.kind in kinds and row.country in seen),
        recipes=tuple(_recipe(recipes, row.kind, row.country) for row in production),
        totals=tuple(total for total in totals if total.words & words),
    )


def _total(row: TotalRow) -> Total:
    return Total(
        name=row.total,
        family="flow" if row.measures == "flow" else "production",
        words=frozenset(row.of.split(";")),
        country=row.exporter,
        partner=row.importer,
        amount=row.value,
        is_share=row.measures == "production_share",
    )


def unknowns(sketch: Sketch) -> list[Unknown]:
    """Return the figures that may move: lanes, then activity levels, then uses."""
    lanes = [_unknown(row, "flow", row.good, row.exporter, partner=row.importer) for row in sketch.flows]
    levels = [
        _unknown(row, "production", row.kind, row.country, recipe=recipe)
        for row, recipe in zip(sketch.production, sketch.recipes, strict=True)
    ]
    return [*lanes, *levels, *(_unknown(row, "use", row.good, row.country) for row in sketch.uses)]


def _unknown(
    row: FlowRow | ProductionRow | UseRow,
    family: Literal["flow", "production", "use"],
    word: str,
    country: str,
    *,
    partner: str = "",
    recipe: tuple[tuple[str, float], ...] = (),
) -> Unknown:
    return Unknown(
        figure=row.figure_name,
        value=row.value,
        unit=row.unit,
        grade=row.grade,
        weight=WEIGHT[row.grade],
        family=family,
        word=word,
        country=country,
        partner=partner,
        recipe=recipe,
    )


def _recipe(recipes: Sequence[RecipeRow], kind: str, country: str) -> tuple[tuple[str, float], ...]:
    """Return the recipe of a kind in a country; a line for the country beats the line for all."""
    chosen: dict[tuple[str, str], float] = {}
    for place in ("", country):
        chosen |= {(row.good, row.direction): row.value for row in recipes if (row.kind, row.country) == (kind, place)}
    return tuple((good, amount if way == "output" else -amount) for (good, way), amount in chosen.items() if amount)


def _figures(tables: Tables, sketch: Sketch) -> dict[str, Figure]:
    """Return the figures that bear on a world.

    A figure that names a good or a kind of activity of other worlds does not, nor does evidence that hangs together
    with such figures only. Everything else does.
    """
    every = figures_of(tables)
    held = {*sketch.goods, *(row.kind for row in tables.recipes if row.good in sketch.goods)}
    foreign = ({row.good for row in tables.goods} | {row.kind for row in tables.recipes}) - held
    others = {name for name in every if foreign & set(name.split("."))}
    others |= {row.name for row in tables.parameters if row.scope == "chain"}
    others |= {row.figure_name for row in tables.totals if foreign & set(row.of.split(";"))}
    built = [row for row in tables.projects if row.kind in foreign]
    others |= {each.name for row in built for each in (*row.figures, *investment_figure(row))}
    loose = {row.figure_name for row in (*tables.evidence, *tables.corrections)}
    # A sketched world keeps the shared parameters but not all the tables they were derived from.
    links = {name: set(figure.inputs) & every.keys() for name, figure in every.items()}
    either_way = {name: set(inputs) for name, inputs in links.items()}
    for name, inputs in links.items():
        for each in inputs & loose:
            either_way[each].add(name)
    claimed = _reached(others, {name: either_way[name] & loose for name in every})
    own = _reached(set(every) - others - loose, links)
    return {name: figure for name, figure in every.items() if name in own or name not in claimed}


def _reached(names: Iterable[str], links: Mapping[str, set[str]]) -> set[str]:
    """Return some names and all that they lead to."""
    found: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= links[name] - found
    return found


def _goods(tables: Tables, sketch: Sketch) -> tuple[Good, ...]:
    rows = {row.good: row for row in tables.goods}
    return tuple(
        Good(
            code=code,
            name=rows[code].name,
            stage=rows[code].stage,
            unit=rows[code].quantity_unit,
            price_usd_per_unit=rows[code].value,
        )
        for code in sketch.goods
    )


def _blocs(tables: Tables, sketch: Sketch, year: int) -> dict[str, tuple[str, ...]]:
    """Return the countries of each bloc that belonged to it through the whole year."""
    members: dict[str, set[str]] = {}
    for row in tables.blocs:
        if row.since <= f"{year}-01-01" and (not row.until or row.until > f"{year}-12-31"):
            members.setdefault(row.bloc, set()).add(row.country)
    return {bloc: tuple(code for code in sketch.countries if code in codes) for bloc, codes in members.items()}


def _activities(sketch: Sketch, level_per_month: Floats) -> Activities:
    entries = [(number, good, amount) for number, recipe in enumerate(sketch.recipes) for good, amount in recipe]
    return Activities(
        kind=tuple(row.kind for row in sketch.production),
        country=sketch.country(row.country for row in sketch.production),
        level_per_month=level_per_month,
        entry_activity=np.array([number for number, _, _ in entries], np.int64),
        entry_good=sketch.good(good for _, good, _ in entries),
        entry_amount=np.array([amount for _, _, amount in entries], np.float64),
    )
