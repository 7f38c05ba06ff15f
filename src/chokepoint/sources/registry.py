"""The publishers whose files we read, written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.sources import (
    baci,
    bgs_world,
    comtrade,
    eto_chips,
    global_trade_alert,
    iea_gcmo,
    imf_prices,
    usgs_ds140,
    usgs_mcs_release,
    usitc_dataweb,
    world_bank,
    world_mining_data,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.sources.publisher import Publisher

PUBLISHERS: Mapping[str, Publisher] = {
    "baci": baci.PUBLISHER,
    "comtrade": comtrade.PUBLISHER,
    "dataweb": usitc_dataweb.PUBLISHER,
    "usgs-mcs": usgs_mcs_release.PUBLISHER,
    "usgs-ds140": usgs_ds140.PUBLISHER,
    "iea": iea_gcmo.PUBLISHER,
    "bgs": bgs_world.PUBLISHER,
    "wmd": world_mining_data.PUBLISHER,
    "imf-prices": imf_prices.PUBLISHER,
    "wgi": world_bank.WGI,
    "gdp": world_bank.GDP,
    "gta": global_trade_alert.PUBLISHER,
    "eto": eto_chips.PUBLISHER,
}
