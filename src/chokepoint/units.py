"""Units of mass, volume, price, money and time, as tables of factors to multiply by.

Nothing here parses a unit: a name is either in the table or it is refused. A factor is a plain number, so the
same line serves one figure and a whole array: ``supply_t = supply_kt * mass_factor("kt", "t")``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from chokepoint.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")

MONTHS_PER_YEAR = 12
DAYS_PER_MONTH = 365.2425 / MONTHS_PER_YEAR
"""Calendar days in a mean month; working days are fewer, and a parameter has to say how many."""

TONNES_PER = {"kg": 1e-3, "t": 1.0, "kt": 1e3, "Mt": 1e6, "lb": 0.45359237e-3, "ozt": 31.1034768e-6}
"""Tonnes (1000 kg) in one of each mass unit; ``kt`` is a thousand tonnes and never a knot, ``ozt`` a troy ounce."""

LITRES_PER = {"l": 1.0, "gal": 3.785411784, "bbl": 158.987294928}
"""Litres in one of each volume unit; gallon and barrel (42 gallons) are the American ones of the oil trade."""

USD_PER_TONNE = {
    "USD/kg": 1e3,
    "USD/t": 1.0,
    "USD/kt": 1e-3,
    "USD/lb": 1 / TONNES_PER["lb"],
    "USD/ozt": 1 / TONNES_PER["ozt"],
}
"""What one of each price unit is in USD per tonne."""

ATOMIC_WEIGHT = {"O": 15.999, "Pr": 140.90766, "Nd": 144.242, "Tb": 158.925354, "Dy": 162.500}
"""Standard atomic weights [g/mol]. Source: iupac_2021."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Oxide:
    """An oxide as it is traded: so many atoms of the element, so many of oxygen.

    Args:
        formula: as a chemist writes it (``Dy2O3``).
        element: symbol of the element (``Dy``).
        element_atoms: atoms of the element in one formula unit.
        oxygen_atoms: atoms of oxygen in one formula unit.
    """

    formula: str
    element: str
    element_atoms: int
    oxygen_atoms: int

    @property
    def element_share(self) -> float:
        """Tonnes of element in one tonne of oxide (0 to 1)."""
        element = self.element_atoms * ATOMIC_WEIGHT[self.element]
        return element / (element + self.oxygen_atoms * ATOMIC_WEIGHT["O"])


# Praseodymium and terbium are sold in the mixed-valence form that calcining in air leaves, not as Pr2O3 and Tb2O3.
OXIDES = {
    "neodymium_oxide": Oxide(formula="Nd2O3", element="Nd", element_atoms=2, oxygen_atoms=3),
    "praseodymium_oxide": Oxide(formula="Pr6O11", element="Pr", element_atoms=6, oxygen_atoms=11),
    "dysprosium_oxide": Oxide(formula="Dy2O3", element="Dy", element_atoms=2, oxygen_atoms=3),
    "terbium_oxide": Oxide(formula="Tb4O7", element="Tb", element_atoms=4, oxygen_atoms=7),
}


def mass_factor(given: str, wanted: str) -> float:
    """Return what a mass in one unit is multiplied by to stand in another.

    Args:
        given: unit the number is in (``kg``, ``t``, ``kt``, ``Mt``).
        wanted: unit it should be in.

    Returns:
        The factor, ``wanted`` per ``given``.

    Raises:
        ValueError: a unit that is not in the table.

    Example:
        >>> 58 * mass_factor("kt", "t")
        58000.0
    """
    return _entry(TONNES_PER, given) / _entry(TONNES_PER, wanted)


def volume_factor(given: str, wanted: str) -> float:
    """Return what a volume in one unit is multiplied by to stand in another.

    Args:
        given: unit the number is in (``l``, ``gal``, ``bbl``).
        wanted: unit it should be in.

    Returns:
        The factor, ``wanted`` per ``given``.

    Raises:
        ValueError: a unit that is not in the table.

    Example:
        >>> round(2 * volume_factor("bbl", "gal"), 9)
        84.0
    """
    return _entry(LITRES_PER, given) / _entry(LITRES_PER, wanted)


def price_factor(given: str, wanted: str) -> float:
    """Return what a price in one unit is multiplied by to stand in another.

    Args:
        given: unit the price is in (``USD/kg``, ``USD/t``, ``USD/kt``).
        wanted: unit it should be in.

    Returns:
        The factor, ``wanted`` per ``given``.

    Raises:
        ValueError: a unit that is not in the table.

    Example:
        >>> 239 * price_factor("USD/kg", "USD/t")
        239000.0
    """
    return _entry(USD_PER_TONNE, given) / _entry(USD_PER_TONNE, wanted)


def element_share(oxide: str) -> float:
    """Return the tonnes of element in one tonne of an oxide.

    With atomic weights ``A`` and a formula ``M_m O_n``, the share is ``m A_M / (m A_M + n A_O)``.

    Args:
        oxide: a name in ``OXIDES`` (``dysprosium_oxide``).

    Returns:
        A share, 0 to 1. Multiply oxide by it to get element, divide element by it to get oxide.

    Raises:
        ValueError: an oxide that is not in the table.

    Source: iupac_2021

    Example:
        >>> {name: round(element_share(name), 4) for name in OXIDES}
        {'neodymium_oxide': 0.8574, 'praseodymium_oxide': 0.8277, 'dysprosium_oxide': 0.8713, 'terbium_oxide': 0.8502}
    """
    return _entry(OXIDES, oxide).element_share


def ndpr_element_share(neodymium_oxide_share: float) -> float:
    """Return the tonnes of neodymium and praseodymium in one tonne of their mixed oxide.

    Args:
        neodymium_oxide_share: share of Nd2O3 in the mixture by mass (0 to 1); the rest is Pr6O11.

    Returns:
        A share, 0 to 1.

    Example:
        >>> round(ndpr_element_share(0.75), 4)
        0.8499
    """
    neodymium = neodymium_oxide_share * element_share("neodymium_oxide")
    return neodymium + (1.0 - neodymium_oxide_share) * element_share("praseodymium_oxide")


def money_factor(price_index: Mapping[int, float], given: int, wanted: int) -> float:
    """Return what USD of one year are multiplied by to be USD of another.

    Args:
        price_index: level of prices by year, in any base.
        given: year whose dollars the number is in.
        wanted: year whose dollars it should be in.

    Returns:
        The factor, dimensionless.

    Raises:
        ValueError: the index does not reach one of the years.

    Example:
        >>> money_factor({2020: 80.0, 2024: 100.0}, 2020, 2024)
        1.25
    """
    missing = [year for year in (given, wanted) if year not in price_index]
    if missing:
        message = f"the price index has no value for {' and '.join(map(str, missing))}; it cannot be guessed"
        raise ValueError(message)
    return price_index[wanted] / price_index[given]


def months(days: float) -> float:
    """Return calendar days as months.

    Example:
        >>> round(months(63), 2)
        2.07
    """
    return days / DAYS_PER_MONTH


def _entry(table: Mapping[str, T], name: str) -> T:
    if name not in table:
        message = f"{name!r} is not a unit or oxide used here; {did_you_mean(name, table)}"
        raise ValueError(message)
    return table[name]
