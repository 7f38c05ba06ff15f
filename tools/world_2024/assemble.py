"""All tables put together and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from us_controls_2024 import tables as other_side

from chokepoint.sources.usgs_mcs import value_of
from world_2024 import behaviour, chain, evidence, lanes, magnets, outcomes, oxides, places, scopes, sectors, writing
from world_2024.figures import Cells, derived
from world_2024.recipes import recipes as recipes_of

if TYPE_CHECKING:
    from pathlib import Path

    from world_2024.lanes import MagnetTables
    from world_2024.shared import Shared

WORLD = "rare-earths-2024"
GOODS = {
    "ree_concentrate_light": ("Light rare-earth concentrate (bastnaesite, monazite)", "mining", "t REO"),
    "ree_concentrate_heavy": ("Heavy rare-earth concentrate (ionic clay)", "mining", "t REO"),
    "ndpr_oxide": ("Neodymium-praseodymium oxide", "separation", "t"),
    "dysprosium_oxide": ("Dysprosium oxide", "separation", "t"),
    "terbium_oxide": ("Terbium oxide", "separation", "t"),
    "ndfeb_magnet": ("NdFeB magnets without dysprosium or terbium", "magnets", "t"),
    "ndfeb_magnet_heavy": ("NdFeB magnets with dysprosium or terbium", "magnets", "t"),
}
OXIDE_PRICES = {
    "ndpr_oxide": ("United States", "Price, average, dollars per kilogram: Neodymium-praseodymium"),
    "dysprosium_oxide": ("United States", "Price, average, dollars per kilogram: Dysprosium oxide"),
    "terbium_oxide": ("United States", "Price, average, dollars per kilogram: Terbium oxide"),
}
MAGNET_SHARE_GUESS = 0.46
TITLES = {
    "worlds.csv": "Bundled worlds: which goods each holds",
    "goods.csv": "Goods and their reference prices",
    "countries.csv": "Crosswalk of country codes and spellings",
    "blocs.csv": "Membership of blocs with dates",
    "recipes.csv": "Outputs and inputs per unit of an activity's level",
    "production.csv": "Activity levels of the reference year",
    "uses.csv": "Final demand by good, country and sector",
    "totals.csv": "Sums and shares that reconciliation keeps",
    "stores.csv": "Stores; their cover is a parameter",
    "projects.csv": "Plants announced or being built",
    "deposits.csv": "Deposits of a third country as reported; no tonnage of rare earths is public",
    "contracts.csv": "Contracts over a third country's deposits",
    "parameters.csv": "Numbers of behaviour",
    "evidence.csv": "Figures as the publishers print them, which derived figures name",
    "disagreements.csv": "Where sources disagree, and which figure was taken",
    "magnet_export_correction.csv": "China's magnet exports: BACI 850511 and the NdFeB part",
    "outcomes/china_magnet_exports.csv": "China's monthly magnet exports as reported afterwards",
    "outcomes/prices.csv": "Dysprosium and terbium quotes",
    "examples/position.csv": "A filled-in position of an invented motor maker",
    "episodes/misses.csv": "How far forecasts of past episodes missed, log2 outside the 80 percent interval",
    "published_orders.csv": "Published orders of minerals by loss, to read beside our own",
}


def build(shared: Shared, out: Path) -> list[str]:
    """Build and write every table.

    Args:
        shared: the publishers' files.
        out: the data folder.

    Returns:
        One line per table written.
    """
    prices = {good: _price(shared, good) for good in OXIDE_PRICES}
    first = recipes_of(0.0216, 0.0029)
    production = chain.mines(shared) | chain.separation(shared, first)
    supply = chain.Chain(production=production, recipes=first)
    world_magnets = magnets.world_output(_left(supply, "ndpr_oxide"), MAGNET_SHARE_GUESS, _ndpr_recipe(first))
    output = _output(world_magnets)
    china = magnets.corrections(shared.magnets)
    tables = lanes.build(
        magnets.trade(shared.magnets, china, {code: made for code, made in output.items() if code != "CHN"}),
        output,
        sectors.world_shares(shared),
        frozenset((each.exporter, each.importer) for each in shared.magnets if evidence.is_kept(each)),
    )
    heavy_made = sum(cells.value for (kind, _), cells in tables.levels.items() if kind == "magnet_making_heavy")
    recipes = recipes_of(_left(supply, "dysprosium_oxide") / heavy_made, _left(supply, "terbium_oxide") / heavy_made)
    production |= lanes.thrift(tables.levels)
    flows = chain.concentrates(shared) | oxides.ndpr_lanes(shared, supply) | tables.lanes
    flows |= oxides.heavy_oxide_lanes(_needs(tables, recipes), supply)
    recipes |= lanes.reexports(flows, production)
    uses = oxides.other_uses() | tables.uses
    written = {
        "worlds.csv": [
            {"world": WORLD, "title": "Rare earths and magnets, 2024", "base_year": 2024, "goods": ";".join(GOODS)}
        ],
        "goods.csv": _goods(prices, tables, recipes, shared),
        "countries.csv": places.crosswalk(shared.codes),
        "blocs.csv": places.blocs(),
        "recipes.csv": [
            cells.row(kind=kind, country=country, direction=direction, good=good)
            for (kind, country, direction, good), cells in sorted(recipes.items())
        ],
        "production.csv": [
            cells.row(kind=kind, country=country) for (kind, country), cells in sorted(production.items())
        ],
        **_flow_tables(flows),
        "uses.csv": [
            cells.row(good=good, country=country, sector=sector)
            for (good, country, sector), cells in sorted(uses.items())
            if cells.value > 0
        ],
        "totals.csv": _totals(production),
        "stores.csv": _stores(uses, production),
        "parameters.csv": behaviour.parameters(tables.heavy_share_of_exports),
        "evidence.csv": evidence.rows(shared),
        "disagreements.csv": outcomes.disagreements(shared),
        "magnet_export_correction.csv": magnets.correction_rows(china),
        "outcomes/china_magnet_exports.csv": outcomes.magnet_exports(),
        "outcomes/prices.csv": outcomes.prices(shared),
    }
    for name, lines in other_side.additions(";".join(GOODS)).items():
        written[name] = [*written.get(name, ()), *lines]
    written["parameters.csv"] = [*scopes.scoped(written), *scopes.kept_by_hand(out)]
    for name, lines in written.items():
        writing.write(out, name, lines)
    return [f"{name}: {len(lines)} lines" for name, lines in written.items()]


def titles(out: Path) -> dict[str, str]:
    """Return what each table holds, by its path in the data folder."""
    lanes = {f"flows/{each.name}": "Lanes of one good" for each in sorted((out / "flows").glob("*.csv"))}
    return (
        TITLES
        | lanes
        | {f"chains/{name}.csv": title for name, title in writing.CHAINS.items()}
        | writing.CLAIMS
        | writing.FORECASTS
    )


def _left(supply: chain.Chain, good: str) -> float:
    """Return what magnets can take of an oxide: all output less other uses."""
    countries = {country for _, country in supply.production}
    other = sum(cells.value for (each, _, _), cells in oxides.other_uses().items() if each == good)
    return sum(supply.supply(good, country) for country in countries) - other


def _ndpr_recipe(recipes: dict[tuple[str, str, str, str], Cells]) -> dict[tuple[str, str], float]:
    return {
        (kind, country): cells.value
        for (kind, country, way, good), cells in recipes.items()
        if way == "input" and good == "ndpr_oxide"
    }


def _output(world: float) -> dict[str, float]:
    """Return magnets made by country: China's share, the rest as the makers stand to each other."""
    abroad = (1 - magnets.CHINA_SHARE) * world
    total = sum(magnets.MAKERS.values())
    return {"CHN": magnets.CHINA_SHARE * world} | {code: made * abroad / total for code, made in magnets.MAKERS.items()}


def _needs(tables: MagnetTables, recipes: dict[tuple[str, str, str, str], Cells]) -> dict[str, dict[str, float]]:
    needs: dict[str, dict[str, float]] = {}
    for good in ("dysprosium_oxide", "terbium_oxide"):
        per_magnet = recipes["magnet_making_heavy", "", "input", good].value
        need = {
            country: cells.value * per_magnet
            for (kind, country), cells in tables.levels.items()
            if kind == "magnet_making_heavy"
        }
        for (each, country, _), cells in oxides.other_uses().items():
            if each == good:
                need[country] = need.get(country, 0.0) + cells.value
        # Where metal is made on order some oxide lands that nobody there uses; it is what re-export starts from.
        needs[good] = need
    return needs


def _price(shared: Shared, good: str) -> Cells:
    country, item = OXIDE_PRICES[good]
    per_kg = value_of(shared.usgs, country=country, item=item, year=2024)
    return Cells(
        value=per_kg * 1_000,
        unit="USD/t",
        source="usgs_mcs2026",
        grade="A",
        reason=f"annual mean, free on board: {per_kg:g} USD/kg",
    )


def _goods(
    prices: dict[str, Cells],
    tables: MagnetTables,
    recipes: dict[tuple[str, str, str, str], Cells],
    shared: Shared,
) -> list[dict[str, object]]:
    per_tonne = {good: cells.value for good, cells in prices.items()}
    dysprosium = recipes["magnet_making_heavy", "", "input", "dysprosium_oxide"].value
    terbium = recipes["magnet_making_heavy", "", "input", "terbium_oxide"].value
    light = magnets.heavy_price(dysprosium, terbium, per_tonne, tables.heavy_share_of_exports)
    premium = dysprosium * per_tonne["dysprosium_oxide"] + terbium * per_tonne["terbium_oxide"]
    myanmar = next(each for each in shared.compounds if (each.exporter, each.importer) == ("MMR", "CHN"))
    lynas = next(each for each in shared.metals if (each.exporter, each.importer) == ("AUS", "MYS"))
    found = prices | {
        "ree_concentrate_light": derived(
            lynas.value_kusd * 1_000 / chain.FEED_MYS,
            "USD/t",
            "baci_202601",
            f"BACI 280530 AUS-MYS {lynas.value_kusd:,.0f} thousand USD over {chain.FEED_MYS:,.0f} t REO; a price "
            "inside one firm",
            low=3_500,
            high=8_500,
            inputs=("evidence.baci.280530.AUS.MYS.kusd", "flow.ree_concentrate_light.AUS.MYS"),
        ),
        "ree_concentrate_heavy": derived(
            myanmar.usd_per_kg * 1_000 / 0.75,
            "USD/t",
            "baci_202601",
            f"BACI 284690 MMR-CHN {myanmar.usd_per_kg:.2f} USD/kg of product at 0.75 t REO per t (assumed, "
            "0.61 to 0.92)",
            low=20_000,
            high=28_500,
            inputs=("evidence.baci.284690.MMR.CHN.t", "evidence.baci.284690.MMR.CHN.kusd"),
        ),
        "ndfeb_magnet": light,
        "ndfeb_magnet_heavy": derived(
            light.value + premium,
            "USD/t",
            "usgs_mcs2026",
            f"magnets without, plus {dysprosium * 1000:.1f} kg Dy and {terbium * 1000:.2f} kg Tb oxide per t at their "
            "prices",
            spread=0.12,
            inputs=("price.ndfeb_magnet", "price.dysprosium_oxide", "price.terbium_oxide"),
        ),
    }
    return [
        found[good].row(good=good, name=name, stage=stage, quantity_unit=unit)
        for good, (name, stage, unit) in GOODS.items()
    ]


def _flow_tables(flows: dict[tuple[str, str, str], Cells]) -> dict[str, list[dict[str, object]]]:
    return {
        f"flows/{good}.csv": [
            cells.row(good=good, exporter=seller, importer=buyer)
            for (each, seller, buyer), cells in sorted(flows.items())
            if each == good and cells.value > 0
        ]
        for good in GOODS
    }


def _totals(production: dict[tuple[str, str], Cells]) -> list[dict[str, object]]:
    """Return what reconciliation keeps: mine output as the Survey prints it, customs, and China's share of magnets."""
    both = "ndfeb_magnet;ndfeb_magnet_heavy"
    customs = "chinese_customs_2024"
    lines = {
        ("china_mines", "production", "mine_light;mine_heavy", "CHN", ""): Cells(
            value=270_000,
            unit="t REO/yr",
            source="usgs_mcs2026",
            grade="B-",
            low=255_000,
            high=290_000,
            reason="production quota; undocumented output not counted",
        ),
        ("china_magnet_exports", "flow", both, "CHN", ""): Cells(
            value=magnets.CUSTOMS_TOTAL,
            unit="t/yr",
            source=customs,
            grade="B",
            reason="magnets and magnet alloys, 2.86 bn USD",
        ),
        ("china_magnet_exports_usa", "flow", both, "CHN", "USA"): Cells(
            value=magnets.CUSTOMS_US,
            unit="t/yr",
            source="chinese_customs_2025",
            grade="derived",
            reason="5,933 t in 2025 was 20.3 percent below 2024",
        ),
        (
            "china_magnet_share",
            "production_share",
            "magnet_making;magnet_making_heavy;thrifty_magnet_making",
            "CHN",
            "",
        ): Cells(
            value=magnets.CHINA_SHARE,
            unit="share",
            source="iea_commentary_2025",
            grade="B",
            low=0.90,
            high=0.95,
            reason="sintered magnets, the Agency as quoted by the press; oxide arrivals in Japan would allow 0.92",
        ),
    }
    for (kind, country), cells in production.items():
        if kind in {"mine_light", "mine_heavy"} and cells.grade in {"A", "B-"}:
            lines[f"mine_{country}", "production", kind, country, ""] = cells
    return [
        cells.row(total=name, measures=measures, of=of, exporter=seller, importer=buyer)
        for (name, measures, of, seller, buyer), cells in lines.items()
    ]


def _stores(
    uses: dict[tuple[str, str, str], Cells],
    production: dict[tuple[str, str], Cells],
) -> list[dict[str, object]]:
    order = [*places.CARRIED, places.REST]
    users = {good: {country for (each, country, _), c in uses.items() if each == good and c.value} for good in GOODS}
    makers = {country for (kind, country) in production if kind.startswith("magnet_making")}
    oxide_users = {good: [code for code in order if code in users[good] | makers] for good in behaviour.OXIDES}
    plants = {
        good: [code for code in order if (kind, code) in production]
        for good, kind in zip(behaviour.CONCENTRATES, ("separation_light", "separation_heavy"), strict=True)
    }
    return behaviour.stores([code for code in order if code in users["ndfeb_magnet"]], oxide_users, plants)
