"""What was reported afterwards (for scoring, never for setting a parameter), and where sources disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from world_2024.figures import FIGURE_COLUMNS, Cells

if TYPE_CHECKING:
    from world_2024.shared import Shared

MONTHS = [f"2025-{month:02d}" for month in range(1, 13)] + ["2026-01", "2026-02", "2026-03"]
REPORTED = {
    "ALL": dict(
        zip(
            MONTHS,
            [6357, 3587, 5323, 2626, 1238, 3188, 5577, 6146, 5774, 5473, 6150, 5952, 6023, 4740, 5238],
            strict=True,
        )
    ),
    "USA": {
        "2025-03": 585,
        "2025-05": 46,
        "2025-06": 353,
        "2025-07": 619,
        "2025-08": 590,
        "2025-09": 420,
        "2025-10": 656,
        "2025-11": 582,
        "2025-12": 564,
        "2026-03": 406,
    },
    "DEU": {"2025-07": 1116, "2025-08": 1346, "2025-09": 1288},
    "JPN": {"2025-07": 232, "2025-09": 228, "2025-10": 226, "2025-11": 305, "2025-12": 280},
}
DERIVED = {
    ("ALL", "2025-02"): "from totals of the quarter and neighbouring months",
    ("ALL", "2025-03"): "from totals of the quarter and neighbouring months",
    ("ALL", "2025-04"): "1,238 t in May was 52.9 percent below April",
    ("ALL", "2026-01"): "first quarter 16,001 t less February and March",
    ("ALL", "2026-02"): "first quarter 16,001 t less January and March",
    ("USA", "2025-03"): "406 t in March 2026 was 30.6 percent below",
}


def magnet_exports() -> list[dict[str, object]]:
    """Return China's monthly magnet exports; months nobody published are left blank."""
    lines: list[dict[str, object]] = []
    for destination, months in REPORTED.items():
        for month in MONTHS:
            keys = {"month": month, "destination": destination}
            if month not in months:
                blank = dict.fromkeys(FIGURE_COLUMNS, "")
                source = {"unit": "t", "year": month[:4], "source": "chinese_customs_2025", "grade": "B"}
                lines.append({**keys, **blank, **source, "reason": "not published in what was read"})
                continue
            why = DERIVED.get((destination, month), "")
            cells = Cells(
                value=months[month],
                unit="t",
                source="chinese_customs_2025",
                grade="derived" if why else "B",
                year=int(month[:4]),
                reason=why,
            )
            lines.append(cells.row(**keys))
    return lines


def prices(shared: Shared) -> list[dict[str, object]]:
    """Return quotes of Dy and Tb oxide in Europe and from China."""
    argus, benchmark = "argus_2025", "benchmark_2025"
    quotes = [
        ("dysprosium_oxide", "Europe", "2025-04-04", 280, 250, 310, argus),
        ("dysprosium_oxide", "Europe", "2025-05-01", 850, 700, 1_000, argus),
        ("dysprosium_oxide", "Europe", "2025-06-05", 750, 750, 750, argus),
        ("dysprosium_oxide", "Europe", "2025-07", 800, 800, 800, benchmark),
        ("terbium_oxide", "Europe", "2025-04-04", 965, 930, 1_000, argus),
        ("terbium_oxide", "Europe", "2025-05-01", 3_000, 2_000, 4_000, argus),
        ("terbium_oxide", "Europe", "2025-06-05", 2_850, 2_850, 2_850, argus),
        ("terbium_oxide", "Europe", "2025-07", 3_625, 3_625, 3_625, benchmark),
    ]
    lines = [
        Cells(value=value, unit="USD/kg", source=source, grade="B", low=low, high=high, year=2025).row(
            good=good, market=market, date=date
        )
        for good, market, date, value, low, high, source in quotes
    ]
    for commodity, good in (("Dysprosium", "dysprosium_oxide"), ("Terbium", "terbium_oxide")):
        for each in shared.usgs:
            if each.commodity == commodity and each.item.startswith("Price") and each.year >= 2023 and each.value:
                note = "annual mean, fob China; 2025 estimated by the Survey" if each.year == 2025 else "annual mean"
                cells = Cells(
                    value=each.value, unit="USD/kg", source="usgs_mcs2026", grade="A", year=each.year, reason=note
                )
                lines.append(cells.row(good=good, market="fob China", date=str(each.year)))
    return lines


def disagreements(shared: Shared) -> list[dict[str, object]]:
    """Return where sources disagree on mine output, each figure with whether it was chosen and why."""
    lines: list[dict[str, object]] = []
    for country, name, chosen, why in CHOICES:
        reported = [
            ("Mineral Commodity Summaries 2026", "usgs_mcs2026", "B-", _usgs(shared.usgs, name)),
            ("Mineral Commodity Summaries 2025", "usgs_mcs2025", "B-", _usgs(shared.usgs_before, name)),
            *_others(shared, country),
        ]
        for publisher, source, grade, value in reported:
            if value is None:
                continue
            taken = publisher == chosen
            reason = why if taken else ""
            if grade == "derived" and not taken:
                reason = DERIVED_HOW[source]
            cells = Cells(value=value, unit="t REO/yr", source=source, grade=grade, reason=reason)
            keys = {"item": "mine output 2024", "country": country, "publisher": publisher}
            lines.append(cells.row(**keys, chosen="yes" if taken else "no"))
    return [*lines, *_later_stages(shared)]


def _later_stages(shared: Shared) -> list[dict[str, object]]:
    """Return where sources disagree on refining and magnets."""
    baci = {each.importer: each.tonnes for each in shared.magnets if each.exporter == "CHN" and each.tonnes}
    found = {"all": sum(baci.values()), "USA": baci["USA"], "MYS": shared.supply_kt("refining", "Malaysia") * 1_000}
    return [
        Cells(
            value=found[value] if isinstance(value, str) else value,
            unit=unit,
            source=source,
            grade=grade,
            reason=reason,
        ).row(item=item, country=country, publisher=publisher, chosen=chosen)
        for item, country, unit, sides in LATER_STAGES
        for publisher, chosen, value, source, grade, reason in sides
    ]


CUSTOMS = "rare-earth magnets and their alloys, counted apart from other magnets"
ALL_MAGNETS = "every metal magnet, most of it not NdFeB; serves for the pattern of partners"
LATER_STAGES = (
    (
        "magnet exports 2024",
        "CHN",
        "t/yr",
        (
            ("Chinese customs", "yes", 58_152, "chinese_customs_2024", "B", CUSTOMS),
            ("trade (BACI 850511)", "no", "all", "baci_202601", "B", ALL_MAGNETS),
        ),
    ),
    (
        "magnet exports 2024 to the US",
        "CHN",
        "t/yr",
        (
            ("Chinese customs", "yes", 7_444, "chinese_customs_2025", "derived", f"5,933 t in 2025, -20.3%; {CUSTOMS}"),
            ("trade (BACI 850511)", "no", "USA", "baci_202601", "B", ALL_MAGNETS),
        ),
    ),
    (
        "separation 2024 (NdPr, Dy, Tb)",
        "MYS",
        "t/yr",
        (
            (
                "this world",
                "yes",
                4_700,
                "usgs_mcs2026",
                "derived",
                "Australian tonnage of the Survey at 0.19; 3,300 t of NdPr leave for Japan, Vietnam and Thailand",
            ),
            ("Critical Minerals Data Explorer", "no", "MYS", "iea_gcmo2025", "B", ""),
        ),
    ),
    (
        "share of the world's magnets 2024",
        "CHN",
        "share",
        (
            (
                "Commentary of 23 October 2025",
                "yes",
                0.94,
                "iea_commentary_2025",
                "B",
                "sintered magnets, the only figure for this stage",
            ),
            (
                "oxide arrivals outside China",
                "no",
                0.92,
                "baci_202601",
                "derived",
                "NdPr landed in Japan and Vietnam, less other uses, at 0.33 t per t: about 8 percent outside China",
            ),
        ),
    ),
)
NEWER = "Mineral Commodity Summaries 2026"
DERIVED_HOW = {
    "iea_gcmo2025": "magnet rare earths in the Agency's table over the yield assumed here",
    "baci_202601": "gross weight of trade in 2024 times an assumed REO content (0.75 ionic-clay compounds, 0.4 "
    "bastnaesite or monazite concentrate)",
}
CHOICES = (
    ("MMR", "Burma", NEWER, "newest vintage of one method (China's imports); BACI and the Agency point higher"),
    (
        "AUS",
        "Australia",
        NEWER,
        (
            "only 29,000 t yields the NdPr that BACI shows leaving Malaysia; BACI's gross weight at 0.4 and the Agency "
            "say less"
        ),
    ),
    ("MYS", "Malaysia", NEWER, "newest vintage; what Malaysia sends to China is mostly intermediate of other origin"),
    ("LAO", "Laos", "trade (BACI)", "no row at the Survey; trade is the only count, at the Survey's ratio for Myanmar"),
    ("NGA", "Nigeria", NEWER, "newest vintage; a fall by nine tenths between vintages is not explained"),
    ("THA", "Thailand", NEWER, "newest vintage; a fall by four fifths between vintages is not explained"),
)
IEA_YIELD = {"MMR": ("Myanmar", 0.314), "AUS": ("Australia", 0.19)}
TRADE = {"MMR": 0.75, "LAO": None, "MYS": 0.75, "THA": 0.75}


def _usgs(figures: tuple, name: str) -> float | None:
    found = [
        each.value
        for each in figures
        if each.country == name and each.year == 2024 and each.item.startswith("Mine production") and each.value
    ]
    return found[0] if found else None


def _others(shared: Shared, country: str) -> list[tuple[str, str, str, float | None]]:
    lines: list[tuple[str, str, str, float | None]] = []
    if country in IEA_YIELD:
        name, per_reo = IEA_YIELD[country]
        value = shared.supply_kt("mining", name) * 1_000 / per_reo
        lines.append(("Critical Minerals Data Explorer", "iea_gcmo2025", "derived", value))
    sent = {each.exporter: each.tonnes or 0.0 for each in shared.compounds if each.importer == "CHN"}
    if country == "AUS":
        gross = next(each.tonnes for each in shared.metals if (each.exporter, each.importer) == ("AUS", "MYS"))
        lines.append(("trade (BACI)", "baci_202601", "derived", (gross or 0.0) * 0.4))
    elif country == "LAO":
        lines.append(("trade (BACI)", "baci_202601", "derived", sent["LAO"] * 27_000 / sent["MMR"]))
    elif sent.get(country):
        lines.append(("trade (BACI)", "baci_202601", "derived", sent[country] * 0.75))
    return lines
