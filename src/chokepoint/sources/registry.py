"""The publishers whose files we read, written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chokepoint.sources import (
    baci,
    bgs_world,
    comtrade,
    eto_chips,
    global_trade_alert,
    imf_prices,
    usgs_ds140,
    usgs_mcs_world,
    usitc_dataweb,
    world_mining_data,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.sources.publisher import Publisher

PUBLISHERS: Mapping[str, Publisher] = {
    "baci": baci.PUBLISHER,
    "comtrade": comtrade.PUBLISHER,
    "dataweb": usitc_dataweb.PUBLISHER,
    "usgs-mcs-world": usgs_mcs_world.PUBLISHER,
    "usgs-ds140": usgs_ds140.PUBLISHER,
    "bgs": bgs_world.PUBLISHER,
    "wmd": world_mining_data.PUBLISHER,
    "imf-prices": imf_prices.PUBLISHER,
    "gta": global_trade_alert.PUBLISHER,
    "eto": eto_chips.PUBLISHER,
}
