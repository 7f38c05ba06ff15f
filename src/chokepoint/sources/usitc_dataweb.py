"""U.S. International Trade Commission, DataWeb: imports and exports of the United States by partner.

Layout: seen, of an extract with four-digit headings. The columns of DataWeb's own download follow the query that made
it, and none has been read; reduce one to these columns to bring it in. Year-to-date lines are left out: they would be
added to whole years; so are lines without a value, which stand for months that are not over.
"""

from __future__ import annotations

from chokepoint.sources.publisher import Layout, Publisher, ReadTrade
from chokepoint.sources.wording import country_codes


def countries() -> dict[str, str]:
    """Return the ISO codes by themselves."""
    return country_codes("iso3")


PUBLISHER = Publisher(
    key="dataweb",
    title="U.S. International Trade Commission, DataWeb (U.S. Census Bureau)",
    licence="U.S. public domain",
    reference="usitc_dataweb",
    may_bundle=True,
    layouts=(
        Layout(
            name="DataWeb, headings by partner and year",
            columns=("hts", "flow", "partner_iso", "year", "ytd_flag", "value_usd", "reported_mass_kg"),
            read=ReadTrade(
                types={"year": "SMALLINT", "value_usd": "DOUBLE"},
                countries=countries,
                year="year",
                exporter="CASE flow WHEN 'domestic_exports' THEN 'USA' ELSE partner_iso END",
                importer="CASE flow WHEN 'domestic_exports' THEN partner_iso ELSE 'USA' END",
                code="hts",
                kusd="value_usd / 1e3",
                quantity="reported_mass_kg",
                tonnes_per_unit=1e-3,
                side="CASE flow WHEN 'domestic_exports' THEN 'exporter' ELSE 'importer' END",
                revision="'HTS'",
                where="lower(ytd_flag) = 'false' AND value_usd IS NOT NULL",
            ),
            seen="us_dataweb_hts4_by_partner_2010_2026.csv",
        ),
    ),
    note="eighteen partners in the extract read; no line for the world",
)
