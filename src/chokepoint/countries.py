"""Countries: one ISO code each, and every spelling that is known to mean it."""

from __future__ import annotations

import csv
import difflib
import unicodedata
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from chokepoint.errors import DataError, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable

COLUMNS = ("iso3", "iso2", "m49", "baci", "name", "aliases")
NEAR = 0.6
"""How alike two spellings must be (0 to 1) before one is suggested for the other."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Country:
    """One country as the crosswalk knows it.

    Args:
        iso3: ISO 3166 alpha-3 code, the only one used inside (``DEU``).
        iso2: ISO 3166 alpha-2 code (``DE``); empty when it has none.
        m49: code of the United Nations Statistics Division; empty when it has none.
        baci: code in the BACI trade tables; empty when it has none.
        name: its name for people (``Germany``).
        aliases: further spellings people use.
        shared: spellings that mean another country too; they are asked about, never guessed.
    """

    iso3: str
    iso2: str
    m49: str
    baci: str
    name: str
    aliases: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every text that means this country. Numbers are left out: the two code systems share digits."""
        return tuple(each for each in (self.iso3, self.iso2, self.name, *self.aliases) if each)


@dataclass(frozen=True, kw_only=True, slots=True)
class Countries:
    """The crosswalk from any known spelling to the ISO code.

    Args:
        by_iso3: the countries by their code.
        iso3_by_folded: the code behind each spelling, folded as :func:`fold` does.
    """

    by_iso3: Mapping[str, Country]
    iso3_by_folded: Mapping[str, str]

    @classmethod
    def of(cls, countries: Iterable[Country], *, file: str = "countries") -> Countries:
        """Build the crosswalk.

        Args:
            countries: every country once.
            file: where they came from, for the message.

        Raises:
            DataError: a spelling that would mean two countries.
        """
        known = {country.iso3: country for country in countries}
        folded: dict[str, str] = {}
        problems: list[Problem] = []
        for country in known.values():
            for spelling in country.spellings:
                holder = folded.setdefault(fold(spelling), country.iso3)
                if holder != country.iso3:
                    problems.append(_claimed_twice(file, spelling, holder, country.iso3))
        if problems:
            raise DataError(problems)
        return cls(by_iso3=known, iso3_by_folded=folded)

    @classmethod
    def read(cls, path: Traversable | None = None) -> Countries:
        """Read the crosswalk from its table.

        Args:
            path: a CSV with the columns ``iso3, iso2, m49, baci, name, aliases`` (aliases parted by ``|``);
                left out, the table that ships with the package. A column ``shared`` (spellings that mean several
                countries) may stand beside them.

        Raises:
            DataError: a missing column, a country twice, or a spelling that would mean two countries.
        """
        table = path or resources.files("chokepoint") / "data" / "countries.csv"
        lines = csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines(), restval="")
        missing = [column for column in COLUMNS if column not in (lines.fieldnames or ())]
        if missing:
            raise DataError(_missing_column(table.name, column, lines.fieldnames or ()) for column in missing)
        return cls.of((_country(line) for line in lines), file=table.name)

    def resolve(self, text: str) -> str | None:
        """Return the ISO code a text means, or None when nobody is known by it.

        Example:
            >>> countries = Countries.of([Country(iso3="TUR", iso2="TR", m49="792", baci="792", name="Türkiye")])
            >>> countries.resolve(" turkiye "), countries.resolve("Turkmenbashi")
            ('TUR', None)
        """
        return self.iso3_by_folded.get(fold(text))

    def suggest(self, text: str) -> str:
        """Return a remedy naming the countries whose spelling is nearest, each with its code.

        Example:
            >>> countries = Countries.of([Country(iso3="JPN", iso2="JP", m49="392", baci="392", name="Japan")])
            >>> countries.suggest("Jappan")
            "did you mean 'Japan' (JPN)?"
        """
        shared = [each for each in self.by_iso3.values() if fold(text) in map(fold, each.shared)]
        if shared:
            return "which one: " + " or ".join(f"'{each.name}' ({each.iso3})" for each in shared) + "?"
        spellings = {fold(each): each for country in self.by_iso3.values() for each in country.spellings}
        nearest: dict[str, str] = {}
        for folded in difflib.get_close_matches(fold(text), list(spellings), n=6, cutoff=NEAR):
            nearest.setdefault(self.iso3_by_folded[folded], spellings[folded])
        if not nearest:
            return "write the ISO 3166 code of three letters (CHN, DEU, JPN)"
        shown = [f"'{word}'" + (f" ({iso3})" if word != iso3 else "") for iso3, word in list(nearest.items())[:2]]
        return f"did you mean {' or '.join(shown)}?"

    def name(self, iso3: str) -> str:
        """Return the name for people, or the code itself for one that is not in the table (``ROW``)."""
        return self.by_iso3[iso3].name if iso3 in self.by_iso3 else iso3


def fold(text: str) -> str:
    """Return a spelling without case, accents, dots and a leading article, so that trifles do not part two names.

    Example:
        >>> fold("The U.S. of América") == fold("us of america")
        True
    """
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    plain = plain.casefold().replace("&", " and ").replace(".", "").replace("'", "").replace("\u2019", "")
    words = "".join(each if each.isalnum() else " " for each in plain).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def _country(line: Mapping[str, str]) -> Country:
    aliases, shared = (
        tuple(each.strip() for each in line.get(column, "").split("|") if each.strip())
        for column in ("aliases", "shared")
    )
    return Country(
        iso3=line["iso3"].strip(),
        iso2=line["iso2"].strip(),
        m49=line["m49"].strip(),
        baci=line["baci"].strip(),
        name=line["name"].strip(),
        aliases=aliases,
        shared=shared,
    )


def _claimed_twice(file: str, spelling: str, first: str, second: str) -> Problem:
    return Problem(
        where=f"{file} column aliases",
        found=f"'{spelling}' for both {first} and {second}",
        expected="a spelling that means one country",
        remedy="take it from one of the two",
    )


def _missing_column(file: str, column: str, present: Iterable[str]) -> Problem:
    return Problem(
        where=f"{file}:1",
        found=f"no column '{column}'",
        expected=f"the columns {', '.join(COLUMNS)}",
        remedy=did_you_mean(column, present),
    )
