"""A handful of countries and goods, enough to read a position and a scenario."""

from __future__ import annotations

from chokepoint.countries import Countries, Country
from chokepoint.records.vocabulary import Vocabulary

GOODS = ("ndpr_oxide", "dysprosium_oxide", "ndfeb_magnet")
COUNTRIES = Countries.of(
    [
        Country(iso3="CHN", iso2="CN", m49="156", baci="156", name="China", aliases=("PRC", "P.R. China")),
        Country(iso3="JPN", iso2="JP", m49="392", baci="392", name="Japan"),
        Country(iso3="DEU", iso2="DE", m49="276", baci="276", name="Germany", aliases=("Deutschland",)),
        Country(iso3="TUR", iso2="TR", m49="792", baci="792", name="Türkiye", aliases=("Turkey",)),
        Country(iso3="NOR", iso2="NO", m49="578", baci="579", name="Norway"),
        Country(
            iso3="USA", iso2="US", m49="840", baci="842", name="United States", aliases=("United States of America",)
        ),
    ]
)
VOCABULARY = Vocabulary(
    goods=GOODS,
    countries=COUNTRIES,
    blocs=("EU27",),
    parameters=("licence.share_controlled", "licence.handling_days", "stock_cover", "stock_cover.ndpr_oxide.USA"),
    references=("mofcom_2025_18",),
)
