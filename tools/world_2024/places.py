"""Countries: the crosswalk of codes and spellings, and who belongs to which bloc."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chokepoint.sources.baci import CountryCode

REST = "ROW"
CARRIED = (
    "CHN",
    "MMR",
    "LAO",
    "AUS",
    "USA",
    "MYS",
    "VNM",
    "THA",
    "JPN",
    "KOR",
    "IND",
    "TWN",
    "HKG",
    "SGP",
    "PHL",
    "DEU",
    "FRA",
    "ITA",
    "ESP",
    "POL",
    "HUN",
    "CZE",
    "SVK",
    "SVN",
    "NLD",
    "DNK",
    "AUT",
    "SWE",
    "FIN",
    "ROU",
    "EST",
    "GBR",
    "CHE",
    "TUR",
    "RUS",
    "MEX",
    "CAN",
    "BRA",
)
"""Countries with lanes of their own; all others are in ROW."""

# BACI counts some customs territories under codes of their own; M49 is the code of the United Nations.
M49 = {"842": "840", "699": "356", "251": "250", "757": "756", "579": "578", "490": "158"}
NAMES = {
    "USA": "United States",
    "TWN": "Taiwan",
    "KOR": "South Korea",
    "PRK": "North Korea",
    "VNM": "Vietnam",
    "RUS": "Russia",
    "LAO": "Laos",
    "HKG": "Hong Kong",
    "MAC": "Macao",
    "CIV": "C\u00f4te d'Ivoire",
    "TUR": "T\u00fcrkiye",
    "CUW": "Cura\u00e7ao",
    "BLM": "Saint Barth\u00e9lemy",
    "COD": "DR Congo",
    "BOL": "Bolivia",
    "VEN": "Venezuela",
    "TZA": "Tanzania",
    "MDA": "Moldova",
    "SYR": "Syria",
    "IRN": "Iran",
    "BRN": "Brunei",
    "CAF": "Central African Republic",
    "DOM": "Dominican Republic",
    "BIH": "Bosnia and Herzegovina",
    "NAM": "Namibia",
    "COG": "Congo (Brazzaville)",
}
ALIASES = {
    "CHN": "PRC|People's Republic of China|Mainland China|China mainland|Inner Mongolia|Nei Mongol",
    "USA": "US|U.S.|U.S.A.|America|United States of America",
    "GBR": "UK|U.K.|Great Britain|Britain|England",
    "KOR": "Republic of Korea|Korea, Rep.|Rep. of Korea|Korea, Republic of|S. Korea",
    "PRK": "DPRK|Korea, North|N. Korea|Democratic People's Republic of Korea|Dem. People's Rep. of Korea",
    "TWN": "Other Asia, nes|S19|Chinese Taipei|Taiwan, China|Republic of China",
    "MMR": "Burma",
    "VNM": "Viet Nam",
    "TUR": "Turkey|Turkiye",
    "CZE": "Czech Republic",
    "RUS": "Russian Federation",
    "LAO": "Lao PDR|Lao People's Dem. Rep.|Lao People's Democratic Republic",
    "NLD": "Holland",
    "DEU": "Deutschland|Federal Republic of Germany",
    "HKG": "Hong Kong SAR|China, Hong Kong SAR",
    "MAC": "Macau|China, Macao SAR",
    "ARE": "UAE|Emirates",
    "COD": "DRC|Democratic Republic of Congo|Democratic Republic of the Congo|Dem. Rep. of the Congo"
    "|Congo (Kinshasa)|Congo, Dem. Rep.|D.R. Congo|Zaire",
    "COG": "Republic of the Congo|Rep. of the Congo|Congo, Rep.",
    "CIV": "Ivory Coast",
    "JPN": "Nippon",
    "IRN": "Islamic Republic of Iran",
    "MKD": "Macedonia",
    "ROW": "Rest of world|Rest of the world|Other countries|Others",
}
SHARED = {"KOR": "Korea", "PRK": "Korea", "COD": "Congo", "COG": "Congo"}
"""Spellings that mean more than one country: never resolved, always asked about."""
FORMER = ("58", "200", "278", "280", "530", "697", "711", "736", "810", "891")

EU27_SINCE = {
    "1958-01-01": "BEL DEU FRA ITA LUX NLD",
    "1973-01-01": "DNK IRL",
    "1981-01-01": "GRC",
    "1986-01-01": "ESP PRT",
    "1995-01-01": "AUT FIN SWE",
    "2004-05-01": "CYP CZE EST HUN LVA LTU MLT POL SVK SVN",
    "2007-01-01": "BGR ROU",
    "2013-07-01": "HRV",
}
LEFT = ("GBR", "1973-01-01", "2020-02-01")


def crosswalk(codes: Iterable[CountryCode]) -> list[dict[str, object]]:
    """Return one line per country of today, those with lanes first, the rest of the world last."""
    today = {each.iso3: each for each in codes if each.code not in FORMER}
    order = [*CARRIED, *sorted(set(today) - set(CARRIED))]
    lines: list[dict[str, object]] = [
        {
            "iso3": iso3,
            "iso2": "NA" if iso3 == "NAM" else today[iso3].iso2,
            "m49": M49.get(today[iso3].code, today[iso3].code),
            "baci": today[iso3].code,
            "name": NAMES.get(iso3, today[iso3].name),
            "aliases": ALIASES.get(iso3, ""),
            "shared": SHARED.get(iso3, ""),
        }
        for iso3 in order
    ]
    empty = dict.fromkeys(lines[0], "")
    return [*lines, empty | {"iso3": REST, "name": "Rest of the world", "aliases": ALIASES[REST]}]


def blocs() -> list[dict[str, object]]:
    """Return the memberships of the European Union; the United Kingdom left it."""
    lines: list[dict[str, object]] = [
        {"bloc": "EU27", "country": code, "since": since, "until": "", "source": "eu_treaties"}
        for since, members in EU27_SINCE.items()
        for code in members.split()
    ]
    country, since, until = LEFT
    lines.append({"bloc": "EU27", "country": country, "since": since, "until": until, "source": "eu_treaties"})
    return lines


def carried(iso3: str) -> str:
    """Return the country itself when it has lanes of its own, else the rest of the world."""
    return iso3 if iso3 in CARRIED else REST
