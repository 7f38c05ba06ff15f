"""The four goods: what is made, shipped, used and kept, in thousand USD, engines and tonnes a year."""

from __future__ import annotations

from world_2024.figures import Cells, assumed, derived

from us_controls_2024.evidence import ethane_per_year, ethane_tonnes, inputs, published

GOODS = ("ai_accelerator", "chip_design_software", "narrowbody_engine", "ethane")
KUSD_PER_BUSD = 1e6
UNIT = {"ai_accelerator": "kUSD", "chip_design_software": "kUSD", "narrowbody_engine": "engine", "ethane": "t"}
SIEMENS_BUSD, SIEMENS_IN_CHINA = 2.0, 0.14
ENGINES_PER_AIRCRAFT = 2
CF34_WORTH = 0.4
"""Price of a CF34 over that of a LEAP."""


def goods() -> list[dict[str, object]]:
    """Return the goods and their reference prices."""
    thousand = "by definition: the good is counted in thousand USD of 2024"
    list_price = published("narrowbody_engine.list_value") * 1e9 / published("narrowbody_engine.ordered")
    ethane = published("ethane.price") / 100 / ethane_tonnes(1, "gal")
    prices = {
        "ai_accelerator": assumed(1_000, "USD/kUSD", 1_000, 1_000, thousand),
        "chip_design_software": assumed(1_000, "USD/kUSD", 1_000, 1_000, thousand),
        "narrowbody_engine": derived(
            list_price * 0.5,
            "USD/engine",
            "cfm_orders_2020",
            f"list value {list_price / 1e6:.1f} million USD an engine, half of it paid (assumed, 0.35 to 0.7: airlines "
            "are said to pay about half of the list)",
            low=list_price * 0.35,
            high=list_price * 0.7,
            inputs=inputs("narrowbody_engine.list_value", "narrowbody_engine.ordered"),
        ),
        "ethane": derived(
            ethane,
            "USD/t",
            "argus_ethane_2025",
            "Mont Belvieu 19.02 cents a gallon over the density of the liquid; terminal fees and freight stay outside",
            inputs=inputs("ethane.price", "ethane.relative_density"),
        ),
    }
    named = {
        "ai_accelerator": ("AI accelerators of the grade sold to China", "chips"),
        "chip_design_software": ("Chip design software licensed in China", "chip design"),
        "narrowbody_engine": ("Narrow-body engines (LEAP, CF34)", "engines"),
        "ethane": ("Ethane", "feedstock"),
    }
    return [
        cells.row(good=good, name=named[good][0], stage=named[good][1], quantity_unit=UNIT[good])
        for good, cells in prices.items()
    ]


def accelerators() -> dict[tuple[str, str], Cells]:
    """Return lanes of AI accelerators of the grades sold to China by (exporter, importer)."""
    low, high = (published(f"ai_accelerator.h20_revenue_{end}") * KUSD_PER_BUSD for end in ("low", "high"))
    china = (low + high) / 2
    share = published("ai_accelerator.nvidia_share_in_china")
    return {
        ("USA", "CHN"): Cells(
            value=china,
            unit="kUSD/yr",
            source="h20_estimates_2025",
            grade="B",
            low=low,
            high=high,
            reason="middle of the analysts' range for the H20; made in Taiwan for an American seller, to whom it counts",
            inputs=inputs("ai_accelerator.h20_revenue_low", "ai_accelerator.h20_revenue_high"),
        ),
        ("USA", "ROW"): assumed(
            1e5,
            "kUSD/yr",
            2e4,
            5e5,
            "others had better grades to choose from; 0.65 bn USD went to one customer outside China in the quarter after "
            "the stop, so there is an outlet, and a small one",
            inputs=inputs("ai_accelerator.h20_sold_elsewhere"),
        ),
        ("CHN", "CHN"): derived(
            china / share * (1 - share) * 0.9,
            "kUSD/yr",
            "bernstein_2025",
            "Nvidia's 66 percent leaves 34 to others; nine tenths of it Chinese makers (Huawei first), the rest AMD "
            "and Intel (assumed)",
            low=3e6,
            high=8e6,
            inputs=inputs("ai_accelerator.nvidia_share_in_china", "ai_accelerator.h20_revenue_low"),
        ),
        ("ROW", "CHN"): assumed(
            5e5,
            "kUSD/yr",
            1e5,
            2e6,
            "chips that reach China through third countries; press reports of 2025 speak of about a billion in a "
            "quarter, nothing was counted for 2024",
        ),
    }


def software() -> dict[tuple[str, str], Cells]:
    """Return lanes of chip design software licensed to users in China by (exporter, importer).

    A licence is written out to one customer and cannot be sold on, so sales elsewhere are another market, priced apart.
    """
    names = "synopsys", "cadence"
    revenue = [published(f"chip_design_software.{name}_revenue") for name in names]
    share = [published(f"chip_design_software.{name}_share_in_china") for name in names]
    china = sum(all_ * part for all_, part in zip(revenue, share, strict=True)) + SIEMENS_IN_CHINA * SIEMENS_BUSD
    three = published("chip_design_software.three_suppliers_share")
    printed = inputs(
        *(f"chip_design_software.{name}_{what}" for name in names for what in ("revenue", "share_in_china"))
    )
    return {
        ("USA", "CHN"): derived(
            china * KUSD_PER_BUSD,
            "kUSD/yr",
            "eda_letters_2025",
            "16 percent of Synopsys, 12 of Cadence, 14 (assumed) of 2.0 bn USD (assumed, 1.5 to 2.5) of Siemens EDA, "
            "German-owned but written in Oregon and so counted as American; design blocks licensed with the tools are inside",
            spread=0.08,
            inputs=printed,
        ),
        ("CHN", "CHN"): derived(
            china / three * (1 - three) * KUSD_PER_BUSD,
            "kUSD/yr",
            "eda_letters_2025",
            "three suppliers hold about 80 percent of China's market; the rest is put down to Chinese firms",
            low=2.5e5,
            high=6e5,
            inputs=inputs("chip_design_software.three_suppliers_share"),
        ),
    }


def engines() -> dict[tuple[str, str], Cells]:
    """Return lanes of engines by (exporter, importer): half of every engine is American, half French (ROW)."""
    now = ENGINES_PER_AIRCRAFT * published("narrowbody_engine.c919_deliveries")
    plan = ENGINES_PER_AIRCRAFT * published("narrowbody_engine.c919_target")
    regional = ENGINES_PER_AIRCRAFT * published("narrowbody_engine.c909_deliveries") * CF34_WORTH
    mean = (now * plan) ** 0.5
    elsewhere = published("narrowbody_engine.leap_deliveries") - mean
    parted = "CFM is owned half by GE and half by Safran, so half of each lane is put in the US and half in ROW"
    for_china = (
        f"C919: geometric mean of {now:.0f} engines on the aircraft of 2024 and {plan:.0f} for the 75 planned for 2025; "
        f"C909: {regional:.0f}, its CF34 counted at {CF34_WORTH} of a LEAP (assumed); {parted}; the CF34 is GE's alone"
    )
    ours = inputs(
        "narrowbody_engine.c919_deliveries", "narrowbody_engine.c919_target", "narrowbody_engine.c909_deliveries"
    )
    others = "deliveries of 2024 less China; Boeing and spares in the US take 40 percent (assumed, 30 to 50); " + parted
    all_ = inputs("narrowbody_engine.leap_deliveries")
    lanes: dict[tuple[str, str], Cells] = {}
    for maker, mine in (("USA", mean / 2 + regional), ("ROW", mean / 2)):
        lanes[maker, "CHN"] = derived(
            mine,
            "engine/yr",
            "c919_targets_2025",
            for_china,
            low=mine * 0.5,
            high=mine * 1.8,
            inputs=ours,
        )
        for buyer, share in (("USA", 0.4), ("ROW", 0.6)):
            lanes[maker, buyer] = derived(
                elsewhere * share / 2, "engine/yr", "safran_fy2024", others, spread=0.25, inputs=all_
            )
    return lanes


def ethane() -> dict[tuple[str, str], Cells]:
    """Return lanes of ethane by (exporter, importer)."""
    exports, china = (published(f"ethane.us_exports{where}") * 1e3 for where in ("", "_china"))
    density = inputs("ethane.relative_density")
    return {
        ("USA", "CHN"): derived(
            ethane_per_year(china), "t/yr", "eia_ethane_2025", "227 thousand barrels a day",
            inputs=(*inputs("ethane.us_exports_china"), *density),
        ),
        ("USA", "ROW"): derived(
            ethane_per_year(exports - china), "t/yr", "eia_ethane_2024", "492 thousand barrels a day less China's 227",
            inputs=(*inputs("ethane.us_exports", "ethane.us_exports_china"), *density),
        ),
        ("USA", "USA"): derived(
            ethane_per_year(published("ethane.us_use") * 1e6), "t/yr", "eia_ethane_2024",
            "2.33 million barrels a day of product supplied", inputs=(*inputs("ethane.us_use"), *density),
        ),
        ("CHN", "CHN"): assumed(
            1.5e6, "t/yr", 8e5, 2.2e6,
            "crackers at the Changqing and Tarim gas fields, from memory, and 30,000 t that naphtha crackers stand in for",
        ),
    }  # fmt: skip
