"""A mineral as the register knows it: its names, its chain, its hosts and its codes in trade."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class TradeCode:
    """One six-digit code of the Harmonized System that carries a mineral.

    Args:
        stage: of the mineral's chain that the product leaves.
        hs6: the code (``811292``).
        product: what is traded under it, in the revision named.
        mixed_with: codes of other minerals under the same code; empty for a clean code.
        revision: of the system in which the code means this (``HS17``); several parted by blanks.
        note: how it changed, or what else it holds.
    """

    stage: str
    hs6: str
    product: str
    mixed_with: tuple[str, ...]
    revision: str
    note: str = ""

    @property
    def is_clean(self) -> bool:
        """Whether no other mineral shares the code."""
        return not self.mixed_with


@dataclass(frozen=True, kw_only=True, slots=True)
class Mineral:
    """One mineral.

    Args:
        code: used everywhere inside (``rare_earths``).
        name: for people (``Rare earths``).
        symbol: of the element; empty for a group or a mineral of several elements.
        aliases: further spellings.
        stages: of its chain, in the order of the chain.
        hosts: minerals it is a by-product of: their output, not its price, sets its supply.
        by_product_share: share of its supply that comes as a by-product (0 to 1); None where nobody says.
        group: the mineral it is part of, for which publishers often count it (``rare_earths``); may be empty.
        lists: official lists it stands on (``US 2025``, ``EU 2023``).
        hs: its codes in trade.
        elsewhere: publishers that count its output, at some stage, under terms that do not let it be bundled.
    """

    code: str
    name: str
    symbol: str
    aliases: tuple[str, ...]
    stages: tuple[str, ...]
    hosts: tuple[str, ...] = ()
    by_product_share: float | None = None
    group: str = ""
    lists: tuple[str, ...] = ()
    hs: tuple[TradeCode, ...] = ()
    elsewhere: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every text that means this mineral."""
        return tuple(each for each in (self.code, self.name, self.symbol, *self.aliases) if each)
