"""What a scenario or measure file may name: goods, countries, blocs, parameters, references."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection

    from chokepoint.countries import Countries


@dataclass(frozen=True, kw_only=True, slots=True)
class Vocabulary:
    """The names that mean something in a world.

    Args:
        goods: codes of the goods.
        countries: the crosswalk of country names.
        blocs: codes of the blocs (``EU27``).
        parameters: dotted names of the parameters; None leaves them unchecked.
        references: keys of ``references.bib``; None leaves them unchecked.
    """

    goods: Collection[str]
    countries: Countries
    blocs: Collection[str] = ()
    parameters: Collection[str] | None = None
    references: Collection[str] | None = None

    def wrong_parameter(self, name: str) -> str | None:
        """Return what to do about a parameter nobody would ever ask for, or None when the name is fine.

        A name may be more specific than those known (``stock_cover.ndpr_oxide.DEU`` where only ``stock_cover``
        is): the parts added must then be goods, countries or words that other parameters end in.
        """
        if self.parameters is None or name in self.parameters:
            return None
        parts = name.split(".")
        lengths = [length for length in range(len(parts) - 1, 0, -1) if ".".join(parts[:length]) in self.parameters]
        if not lengths:
            return did_you_mean(name, self.parameters)
        endings = {part for known in self.parameters for part in known.split(".")[1:]}
        for part in parts[lengths[0] :]:
            if part not in self.goods and part not in self.countries.by_iso3 and part not in endings:
                return did_you_mean(part, {*self.goods, *endings})
        return None
