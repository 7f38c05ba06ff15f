"""How buyers, makers and stores of the four goods answer, and how the US licences are handed out."""

from __future__ import annotations

from math import exp, log1p

from world_2024.figures import Cells, assumed, derived

from us_controls_2024.evidence import ethane_tonnes, inputs, published

ETHYLENE_USD_PER_T = 880.0
ETHYLENE_PER_ETHANE = 0.80
FREIGHT_AND_CRACKING_USD_PER_T = 180.0
NAPHTHA_PENALTY_USD_PER_T = 275.0

SELLER_UTILISATION = 0.8

# name: value, unit, low, high, reason
NUMBERS = {
    "supply_elasticity.accelerator_making.CHN": (
        0.3, "1", 0.1, 0.8, "one foundry at 7 nm and short of memory; a plant takes years"),
    "utilisation.accelerator_making.CHN": (0.85, "share", 0.6, 0.95, "Huawei was said to sell all it could make"),
    "supply_elasticity.design_software_making.CHN": (
        0.3, "1", 0.1, 0.8, "copies cost nothing, but tools for small nodes take years and engineers for support bind"),
    "utilisation.design_software_making.CHN": (
        0.7, "share", 0.5, 0.85, "what Chinese tools can already do for more users within a year"),
    "supply_elasticity.engine_making": (0.3, "1", 0.1, 0.8, "castings and forgings were short in 2024"),
    "utilisation.engine_making": (0.9, "share", 0.8, 0.97, "deliveries fell short of orders in 2024"),
    "supply_elasticity.ethane_recovery": (
        0.7, "1", 0.3, 1.5, "gas plants leave ethane in the gas when it pays no more than fuel; it did in 2024"),
    "supply_elasticity.ethane_recovery.CHN": (0.1, "1", 0.02, 0.3, "tied to gas fields and their own crackers"),
    "utilisation.ethane_recovery": (0.85, "share", 0.7, 0.95, "plants can recover more than they do"),
    "utilisation.naphtha_for_ethane": (
        0.02, "share", 0.01, 0.05, "idle naphtha crackers could stand in for a third of the imports (a tenth to two)"),
    "demand_elasticity.ai_accelerator": (
        0.3,
        "1",
        0.1,
        0.8,
        "a purchase can wait and smaller models need fewer chips; nothing was measured",
    ),
    "demand_elasticity.chip_design_software": (
        0.1,
        "1",
        0.03,
        0.3,
        "two percent of what chip design earns, and no design without it; low end of inputs within a year (methods H1)",
    ),
    "demand_elasticity.narrowbody_engine.aircraft_making": (
        0.05, "1", 0.02, 0.2, "two engines an aircraft and none other certified; the CJ-1000A was not ready"),
    "demand_elasticity.narrowbody_engine.aircraft_and_spares": (
        1.0, "1", 0.4, 2.0, "years of backlog and a shortage of spares take an engine that is free"),
    "demand_elasticity.ethane": (0.15, "1", 0.05, 0.5, "crackers built for ethane run on little else"),
    "choke_price.ai_accelerator": (
        3.0, "relative price", 1.5, 6.0, ("computing sold over the life of a chip is a few times its price, power and "
        "buildings paid; banned grades were said to fetch up to twice the price in China")),
    "choke_price.chip_design_software": (
        10.0, "relative price", 4.0, 25.0, ("China's chip design earned about 90 bn USD in 2024 (industry association, from "
        "memory), 40 times its software; value added is some 30 percent of it")),
    "choke_price.narrowbody_engine": (
        3.0, "relative price", 2.0, 5.0, ("an aircraft of 50 to 60 million USD over two engines of 7, less the other parts "
        "that need not be bought")),
    "stock_cover.ai_accelerator": (
        3.0, "months", 1.0, 6.0, "Chinese buyers were said to have ordered ahead; no owner publishes stocks"),
    "stock_cover.chip_design_software": (
        9.0, "months", 3.0, 18.0, ("keys of about three years run on until they lapse, half their term left on average; "
        "support and new seats stop at once")),
    "stock_cover.ethane": (
        1.5, "months", 0.8, 2.2, "tanks at the terminals for two to three weeks and a month's ships on the water"),
    "stock_cover.ethane.USA": (1.0, "months", 0.7, 1.3, "about 70 million barrels in caverns (EIA, from memory)"),
    "switch_elasticity.ai_accelerator": (
        1.0,
        "1",
        0.4,
        2.5,
        "models must be ported to another maker's software; some work runs on either",
    ),
    "switch_elasticity.chip_design_software": (
        0.3,
        "1",
        0.1,
        0.8,
        "a tool is qualified for each process; no full Chinese flow exists for small nodes",
    ),
    "switch_elasticity.ethane": (
        0.3,
        "1",
        0.1,
        0.8,
        "no other exporter: two firms' terminals, ships built for one route and one cargo",
    ),
    "switch_elasticity.narrowbody_engine": (1.0, "1", 0.5, 2.0, "the two halves of one engine come from two countries"),
    "idle_cost.chips_through_third_countries": (
        0.5, "relative price", 0.2, 1.0, "reported premiums on chips brought in against the rule"),
    "utilisation.chips_through_third_countries": (
        0.05, "share", 0.02, 0.2, "smuggling was said to reach a billion USD a quarter once the H20 was stopped"),
    "licence.already_cleared.ethane": (
        0.1, "share", 0.0, 0.3, "ships loaded or cleared before the letters; the same range as graphite in 2023"),
    "licence.resumption_approval_per_month.ai_accelerator": (
        0.02, "share/month", 0.0, 0.3, ("no H20 was sold to China in the quarter to July 2025, hardly any in the next (from "
        "memory), and China told its firms not to buy; what was approved is not published")),
    "licence.affiliates_share.chip_design_software": (
        0.1, "share", 0.02, 0.3, "part of China's design houses owned half or more by listed firms; nobody counted"),
}  # fmt: skip


def parameters() -> list[dict[str, object]]:
    """Return the parameters of the four goods."""
    lines = {name: assumed(value, unit, low, high, why) for name, (value, unit, low, high, why) in NUMBERS.items()}
    price = published("ethane.price") / 100 / ethane_tonnes(1, "gal")
    worth = (ETHYLENE_PER_ETHANE * ETHYLENE_USD_PER_T - FREIGHT_AND_CRACKING_USD_PER_T) / price
    stand_in = ETHYLENE_PER_ETHANE * NAPHTHA_PENALTY_USD_PER_T / price
    lines["choke_price.ethane"] = assumed(
        worth, "relative price", 2.0, 5.0,
        f"{ETHYLENE_PER_ETHANE} t of ethylene at {ETHYLENE_USD_PER_T:.0f} USD/t less {FREIGHT_AND_CRACKING_USD_PER_T:.0f} "
        f"USD of freight and cracking, over ethane at {price:.0f} USD/t; margins in Asia were thin, hence the low end",
        inputs=("price.ethane",),
    )  # fmt: skip
    lines["idle_cost.naphtha_for_ethane"] = assumed(
        stand_in, "relative price", 0.8, 2.5,
        f"ethylene from naphtha costs about {NAPHTHA_PENALTY_USD_PER_T:.0f} USD/t more than from US ethane, over ethane "
        f"at {price:.0f} USD/t",
        inputs=("price.ethane",),
    )  # fmt: skip
    lines |= _sellers()
    lines["stock_cover.narrowbody_engine"] = Cells(
        value=2.5 * 7 / 30.4, unit="months", source="comac_parts_2025", grade="B", low=2 * 7 / 30.4, high=1.5, year=2025,
        reason="parts for two to three weeks, to the middle of June 2025; engines in hand may last longer",
    )  # fmt: skip
    return [cells.row(name=name) for name, cells in sorted(lines.items())]


def _profit_lost(elasticity: float) -> float:
    """Return the profit over revenue that a seller loses whose price falls from 1 to 0 (docs/science/market.md).

    ``b/u [ln(1 + e^((1-m)/b)) - ln(1 + e^(-m/b))]`` with utilisation ``u``, ``b = (1-u)/eta``, ``m = 1 - b logit(u)``.
    """
    spread = (1 - SELLER_UTILISATION) / elasticity
    odds = SELLER_UTILISATION / (1 - SELLER_UTILISATION)
    return spread / SELLER_UTILISATION * (log1p(odds) - log1p(odds * exp(-1 / spread)))


def _elasticity(margin: float) -> float:
    """Return the supply elasticity at which a seller whose sales stop loses this margin on them."""
    low, high = 0.01, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _profit_lost(middle) > margin else (low, middle)
    return low


def _sellers() -> dict[str, Cells]:
    """Return the supply of American sellers whose product has hardly another buyer, from their margins."""
    software = published("chip_design_software.synopsys_gross_profit") / published(
        "chip_design_software.synopsys_revenue"
    )
    how = "so that a seller without another buyer loses its gross margin on sales that stop: "
    fixed = "by definition: it enters the loss of sales only together with the supply elasticity"
    used = assumed(SELLER_UTILISATION, "share", SELLER_UTILISATION, SELLER_UTILISATION, fixed)
    return {
        "supply_elasticity.accelerator_making.USA": assumed(
            _elasticity(0.6), "1", _elasticity(0.75), _elasticity(0.45),
            how + "0.6 for the H20 (0.45 to 0.75; Nvidia's whole is about 0.75, the H20 was said to earn less)",
        ),
        "supply_elasticity.design_software_making.USA": derived(
            _elasticity(software), "1", "synopsys_fy2024", how + f"{software:.2f} at Synopsys (0.65 to 0.95)",
            low=_elasticity(0.95), high=_elasticity(0.65),
            inputs=inputs("chip_design_software.synopsys_gross_profit", "chip_design_software.synopsys_revenue"),
        ),
        "utilisation.accelerator_making.USA": used,
        "utilisation.design_software_making.USA": used,
    }  # fmt: skip
