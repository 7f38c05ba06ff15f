"""Magnets: who makes them, who ships them to whom, and how BACI's pattern becomes NdFeB tonnes.

BACI 850511 counts every metal magnet. A flow's NdFeB part is read off its unit value ``v``,

    share = (v - v_other) / (v_ndfeb - v_other), between 0 and 1 ,

and China's corrected tonnes are scaled to the total that its customs count, its exports to the US kept apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from world_2024.figures import Cells, assumed, derived
from world_2024.places import CARRIED, REST, carried

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.sources.baci import Flow

T = "t/yr"
CUSTOMS_TOTAL, CUSTOMS_USD_BN = 58_152.0, 2.86
CUSTOMS_US = 7_444.0
NDFEB_USD_PER_KG = 49.0
OTHER_USD_PER_KG, OTHER_LOW, OTHER_HIGH = 5.0, 3.0, 9.0
CHINA_SHARE = 0.94
MAKERS = {"JPN": 10_500, "VNM": 1_900, "DEU": 800, "THA": 400, "KOR": 400, "FIN": 350, "USA": 300, "SVN": 120}
"""Output outside China by judgement (t a year); it adds to the 6 percent that the Agency leaves to others."""
LARGEST_EXPORT_SHARE = 0.9
SMALLEST_LANE = 0.001
"""Lanes below this part of all traded magnets go to the rest of the world unless their buyer has no larger one."""

MINERS_ONLY = ("MMR", "LAO")

Pairs = dict[tuple[str, str], float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """China's exports to one country: BACI, and what is left as NdFeB (t)."""

    importer: str
    baci_t: float
    baci_kusd: float
    share: float
    corrected: float
    scaled: float
    low: float
    high: float


def share_of(flow: Flow, other: float = OTHER_USD_PER_KG) -> float:
    """Return the NdFeB part of a flow (0 to 1)."""
    return min(1.0, max(0.0, (flow.usd_per_kg - other) / (NDFEB_USD_PER_KG - other)))


def corrections(flows: tuple[Flow, ...]) -> list[Correction]:
    """Correct China's exports to every country and scale them to the customs total."""
    china = [each for each in flows if each.exporter == "CHN" and each.tonnes]
    by_bound = {bound: _scaled(china, bound) for bound in (OTHER_LOW, OTHER_USD_PER_KG, OTHER_HIGH)}
    lines: list[Correction] = []
    for number, each in enumerate(china):
        scaled = [values[number] for values in by_bound.values()]
        tonnes = each.tonnes or 0.0
        lines.append(
            Correction(
                importer=each.importer,
                baci_t=tonnes,
                baci_kusd=each.value_kusd,
                share=share_of(each),
                corrected=tonnes * share_of(each),
                scaled=by_bound[OTHER_USD_PER_KG][number],
                low=min(scaled),
                high=max(scaled),
            )
        )
    return sorted(lines, key=lambda line: -line.scaled)


def _scaled(china: list[Flow], other: float) -> list[float]:
    corrected = [(each.tonnes or 0.0) * share_of(each, other) for each in china]
    elsewhere = sum(value for each, value in zip(china, corrected, strict=True) if each.importer != "USA")
    factor = (CUSTOMS_TOTAL - CUSTOMS_US) / elsewhere
    return [
        CUSTOMS_US if each.importer == "USA" else value * factor for each, value in zip(china, corrected, strict=True)
    ]


def correction_rows(lines: list[Correction]) -> list[dict[str, object]]:
    """Return the table that shows BACI beside the corrected tonnes."""
    rows: list[dict[str, object]] = []
    for line in (each for each in lines if each.scaled > 0):
        anchored = line.importer == "USA"
        cells = derived(
            line.scaled,
            T,
            "chinese_customs_2024" if anchored else "baci_202601",
            "kept at what customs reported" if anchored else "BACI tonnes times share, scaled to the customs total",
            low=line.low,
            high=line.high,
            inputs=(
                ("evidence.customs.magnets.USA.2025.t",)
                if anchored
                else (
                    f"evidence.baci.850511.CHN.{line.importer}.t",
                    f"evidence.baci.850511.CHN.{line.importer}.kusd",
                    "evidence.customs.magnets.t",
                )
            ),
        )
        rows.append(
            cells.row(
                importer=line.importer,
                baci_t=f"{line.baci_t:.1f}",
                baci_kusd=f"{line.baci_kusd:.0f}",
                unit_value_usd_per_kg=f"{line.baci_kusd / line.baci_t:.2f}",
                ndfeb_share=f"{line.share:.3f}",
                corrected_t=f"{line.corrected:.1f}",
            )
        )
    return rows


def trade(flows: tuple[Flow, ...], china: list[Correction], output: Mapping[str, float]) -> Pairs:
    """Return all trade in NdFeB between carried countries (t a year), both grades together.

    Args:
        flows: BACI 850511.
        china: the corrected exports of China.
        output: magnets made by country outside China.
    """
    pairs: Pairs = {}
    for line in china:
        buyer = _place(line.importer)
        pairs["CHN", buyer] = pairs.get(("CHN", buyer), 0.0) + line.scaled
    others = _others(flows)
    _net_transit(others, output)
    for maker, made in output.items():
        sent = sum(value for (a, _), value in others.items() if a == maker)
        factor = min(1.0, LARGEST_EXPORT_SHARE * made / sent) if sent else 0.0
        pairs |= {(a, b): value * factor for (a, b), value in others.items() if a == maker}
    return _gathered(pairs)


def _place(iso3: str) -> str:
    """Return the country, or the rest of the world for those carried only because they mine."""
    return REST if iso3 in MINERS_ONLY else carried(iso3)


def _others(flows: tuple[Flow, ...]) -> Pairs:
    """Return corrected trade outside China's exports."""
    pairs: Pairs = {}
    for each in flows:
        pair = (_place(each.exporter), _place(each.importer))
        if each.exporter != "CHN" and pair[0] != pair[1] and each.tonnes:
            pairs[pair] = pairs.get(pair, 0.0) + each.tonnes * share_of(each)
    return pairs


def _net_transit(pairs: Pairs, output: Mapping[str, float]) -> None:
    """Follow what a country without magnet works sends on to where it came from outside China, and drop round trips."""
    for hub in [code for code in (*CARRIED, REST) if code not in output and code != "CHN"]:
        arriving = {a: value for (a, b), value in pairs.items() if b == hub}
        leaving = {b: value for (a, b), value in pairs.items() if a == hub}
        total, sent = sum(arriving.values()), sum(leaving.values())
        if not (total and sent):
            continue
        passed = min(sent, LARGEST_EXPORT_SHARE * total)
        for origin, came in arriving.items():
            pairs[origin, hub] = came * (1 - passed / total)
            for buyer, left in leaving.items():
                if buyer != origin:
                    onward = passed * (came / total) * (left / sent)
                    pairs[origin, buyer] = pairs.get((origin, buyer), 0.0) + onward
        for buyer in leaving:
            del pairs[hub, buyer]


def _gathered(pairs: Pairs) -> Pairs:
    """Send lanes that do not matter to the rest of the world; China's stay."""
    traded = sum(pairs.values())
    largest: dict[str, float] = {}
    for (_, buyer), value in pairs.items():
        largest[buyer] = max(largest.get(buyer, 0.0), value)
    kept: Pairs = {}
    for (seller, buyer), value in pairs.items():
        keep = seller == "CHN" or value >= SMALLEST_LANE * traded or value == largest[buyer]
        place = (seller, buyer if keep else REST)
        kept[place] = kept.get(place, 0.0) + value
    return {pair: value for pair, value in kept.items() if value > 0}


def world_output(ndpr_for_magnets: float, heavy_share: float, recipe: Mapping[tuple[str, str], float]) -> float:
    """Return all magnets made (t a year), from the NdPr left for them.

    Args:
        ndpr_for_magnets: t oxide a year.
        heavy_share: of all magnets made (0 to 1).
        recipe: t NdPr oxide per t of magnet, by (kind, country or empty).
    """

    def per_magnet(country: str) -> float:
        light, heavy = recipe["magnet_making", country], recipe["magnet_making_heavy", country]
        return light * (1 - heavy_share) + heavy * heavy_share

    return ndpr_for_magnets / (CHINA_SHARE * per_magnet("CHN") + (1 - CHINA_SHARE) * per_magnet(""))


def heavy_price(dysprosium_kg: float, terbium_kg: float, prices: Mapping[str, float], heavy_share: float) -> Cells:
    """Return the price of magnets without Dy and Tb (USD/t), from the customs mean and the premium of the others."""
    mean = CUSTOMS_USD_BN * 1e9 / CUSTOMS_TOTAL
    premium = dysprosium_kg * prices["dysprosium_oxide"] + terbium_kg * prices["terbium_oxide"]
    return derived(
        mean - heavy_share * premium,
        "USD/t",
        "chinese_customs_2024",
        f"customs mean {mean:,.0f} USD/t (2.86 bn USD over 58,152 t) less the heavy premium on {heavy_share:.0%} of it",
        spread=0.1,
        inputs=("evidence.customs.magnets.t", "evidence.customs.magnets.busd", "licence.share_controlled"),
    )


def assumed_output(tonnes: float) -> Cells:
    """Return magnet output outside China."""
    return assumed(
        tonnes,
        T,
        tonnes * 0.6,
        tonnes * 1.6,
        "no table of makers was found: 6 percent of the world (the Agency leaves 94 to China), split by oxide arrivals "
        "and magnets exported",
    )
