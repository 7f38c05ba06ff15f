r"""Where a product in trade comes from when re-exports are traced, from trade alone.

Trade in one product says what each country sold (``E``) and bought (``M``), not what it made. What it sold beyond what
it bought it must have made; the rest of its sales may have been bought and passed on. With values ``v`` and

    own_i = max(E_i - M_i, 0)            supply_i = M_i + own_i

every country sells and keeps the same mix of its supply, so the share of origin ``c`` in what country ``i`` supplies is

    s[i,c] = own_i / supply_i * [c = i]  +  sum_k  v[k,i] / supply_i * s[k,c]

which is linear, ``s = A s + d``, and is solved at once for all origins. The share in what country ``j`` buys is
``sum_i v[i,j] / M_j * s[i,c]``. It is an upper bound on what is passed on: a country that makes a product, uses it at
home and buys as much as it sells appears as a mere point of passage. What only went in circles between countries that
bought all they sold has no origin; its share is missing from the sum.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chokepoint.exposure.elimination import add_mixes, eliminate, substitute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True, slots=True)
class TradeOrigins:
    """Origins of one product.

    Args:
        code: of the product.
        buyer: countries that buy it.
        origin: countries it may come from.
        share: by buyer and origin (0 to 1).
    """

    code: str
    buyer: NDArray[np.object_]
    origin: NDArray[np.object_]
    share: NDArray[np.float64]


def trade_origins(
    code: NDArray[np.object_],
    exporter: NDArray[np.object_],
    importer: NDArray[np.object_],
    value: NDArray[np.float64],
) -> Iterator[TradeOrigins]:
    """Trace every product to its origins.

    Args:
        code: of the product of each flow; flows of one product stand together.
        exporter, importer: of each flow.
        value: of each flow, in any unit; zero or more.

    Yields:
        One product after the other, in the order given.
    """
    names, numbers = np.unique(np.concatenate([exporter, importer]).astype(str), return_inverse=True)
    sellers, buyers = numbers[: len(exporter)], numbers[len(exporter) :]
    if not len(code):
        return
    starts = np.flatnonzero(np.r_[True, code[1:] != code[:-1]])
    for start, end in zip(starts, [*starts[1:], len(code)], strict=True):
        here = slice(int(start), int(end))
        buyer, origin, share = origin_shares_of_trade(sellers[here], buyers[here], value[here], len(names))
        yield TradeOrigins(
            code=str(code[start]),
            buyer=names[buyer].astype(object),
            origin=names[origin].astype(object),
            share=share,
        )


def origin_shares_of_trade(
    seller: NDArray[np.intp], buyer: NDArray[np.intp], value: NDArray[np.float64], countries: int
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    """Trace one product.

    Args:
        seller, buyer: numbers of the countries of each flow, from 0.
        value: of each flow.
        countries: how many there are.

    Returns:
        The buyers, the origins, and the shares by buyer and origin.
    """
    kept = (value > 0.0) & (seller != buyer)
    seller, buyer, value = seller[kept], buyer[kept], value[kept]
    flow = np.zeros((countries, countries))
    np.add.at(flow, (seller, buyer), value)
    sold, bought = flow.sum(axis=1), flow.sum(axis=0)
    own = np.maximum(sold - bought, 0.0)
    origin, buyers = np.flatnonzero(own), np.flatnonzero(bought)
    through = np.flatnonzero((sold > 0.0) & (bought > 0.0))
    through = through[_is_reached(flow, own)[through]]
    supply = (bought + own)[through, None]
    # Countries that only sell are origins and nothing else; countries that only buy pass nothing on.
    direct = np.zeros((through.size, origin.size))
    direct[:] = np.where(own[through, None] > 0.0, through[:, None] == origin, 0.0) * own[through, None] / supply
    pure = np.flatnonzero((own > 0.0) & (bought == 0.0))
    direct[:, np.searchsorted(origin, pure)] += flow[np.ix_(pure, through)].T / supply
    passed = flow[np.ix_(through, through)].T / supply
    mix = np.zeros((countries, origin.size))
    mix[pure, np.searchsorted(origin, pure)] = 1.0
    system = np.eye(through.size) - passed
    eliminate(system, direct)
    substitute(system, direct)
    mix[through] = direct
    share = np.zeros((buyers.size, origin.size))
    row = np.searchsorted(buyers, buyer)
    add_mixes(row, seller, value / bought[buyer], mix, share)
    return buyers, origin, share


def _is_reached(flow: NDArray[np.float64], own: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which countries something made anywhere arrives at; only their mix is defined."""
    reached = own > 0.0
    while True:
        further = reached | (flow[reached] > 0.0).any(axis=0)
        if (further == reached).all():
            return reached
        reached = further
