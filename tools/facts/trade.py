"""World trade under the codes of the register, from CEPII's BACI, one table per code.

Rules. A year of a code comes from one file only: all pairs of countries before top partners, quantities before none,
then the newer revision, which fewer reports were converted into. Where two files with all pairs put a year's total
differently by more than a twentieth, the index says by how much.
Flows below :data:`LEAST_KUSD` are added up in one line from ROW to ROW, so that the total of a year stays what BACI
says. A quantity that BACI does not have stays empty. Territories that are no more are booked under the one that holds
most of them today. ``490`` and ``S19`` are Taiwan; the ISO-2 code ``NA`` is Namibia.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chokepoint.facts import REST
from chokepoint.sources import baci

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LEAST_KUSD = 5.0
LEAST_DIFFERENCE = 0.05
SUCCESSOR = {"ZA1": "ZAF", "SCG": "SRB", "ANT": "CUW", "R20": REST}
"""Customs union of Southern Africa (to 1999), Serbia and Montenegro (to 2005), Netherlands Antilles (to 2010)."""

COLUMNS = ("year", "exporter", "importer", "kusd", "t")
INDEX = ("hs6", "year", "file", "revision", "source", "note")


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """One flow as BACI has it; ``tonnes`` None where it has no quantity."""

    hs6: str
    year: int
    exporter: str
    importer: str
    kusd: float
    tonnes: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Extract:
    """One file: which revision it speaks and what is odd about it."""

    flows: tuple[Pair, ...]
    revision: str
    note: str


def extracts(folder: Path) -> tuple[Extract, ...]:
    """Read every BACI file that may be bundled, the best first."""
    codes = baci.load_country_codes(folder / "baci_country_codes.csv")
    numbers = {each.code: SUCCESSOR.get(each.iso3, each.iso3) for each in codes}
    # "CS" was Serbia and Montenegro from 2003; two states that are no more share the letters, the later one counts.
    dated = sorted(codes, key=lambda each: ("..." not in each.name, each.name[-5:]))
    iso2 = {each.iso2: SUCCESSOR.get(each.iso3, each.iso3) for each in dated if each.iso2}
    iso2["NA"] = "NAM"  # an empty cell in the code table, whose two letters somebody took for "not available"
    iso3 = {each.iso3: SUCCESSOR.get(each.iso3, each.iso3) for each in codes} | baci.TAIWAN
    rare_earths, critical = (
        Extract(flows=tuple(_publishers_own(folder / name, numbers)), revision="HS92", note="")
        for name in ("baci_hs92_rare_earths_1995_2024.csv", "baci_hs92_critical_2018_2024.csv")
    )
    return (
        rare_earths,
        Extract(
            flows=tuple(
                _spelt_out(
                    folder / "baci_hs17_2024_25codes.csv",
                    iso3,
                    names=("year", "exporter", "importer", "hs6", "value_kusd", "qty_t"),
                    kusd=1.0,
                )
            ),
            revision="HS17",
            note="",
        ),
        critical,
        Extract(
            flows=tuple(
                _spelt_out(
                    folder / "baci_hs17_2022_25codes_values.csv",
                    iso3,
                    names=("2022", "i", "j", "cmd", "value", ""),
                    kusd=1e-3,
                )
            ),
            revision="HS17",
            note="values only",
        ),
        Extract(
            flows=tuple(
                _spelt_out(
                    folder / "baci_2002_2023_top_partners.csv",
                    iso2,
                    names=("year", "from", "to", "hs6", "value", ""),
                    kusd=1e-3,
                )
            ),
            revision="HS02 to 2016, HS17 from 2017",
            note="values only; each country's six largest suppliers and customers",
        ),
    )


def tables(found: Iterable[Extract]) -> tuple[dict[str, list[tuple[str, ...]]], list[tuple[str, ...]]]:
    """Return the lines of each code's table and those of the index."""
    lines: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    index: dict[tuple[str, int], dict[str, str]] = {}
    totals: dict[tuple[str, int], float] = {}
    for extract in found:
        by_year: dict[tuple[str, int], list[Pair]] = defaultdict(list)
        for flow in extract.flows:
            by_year[flow.hs6, flow.year].append(flow)
        for (hs6, year), flows in by_year.items():
            total = sum(each.kusd for each in flows)
            if (hs6, year) not in index:
                totals[hs6, year] = total
                kept, note = _kept(flows)
                lines[hs6] += kept
                index[hs6, year] = {
                    "hs6": hs6,
                    "year": str(year),
                    "file": f"{hs6}.csv",
                    "revision": extract.revision,
                    "source": "baci_202601",
                    "note": "; ".join(filter(None, (extract.note, note))),
                }
            elif "largest" not in extract.note:
                ratio = total / totals[hs6, year]
                if abs(ratio - 1.0) > LEAST_DIFFERENCE:
                    said = f"{extract.revision} puts the total at {ratio:.0%} of it"
                    index[hs6, year]["note"] = "; ".join(filter(None, (index[hs6, year]["note"], said)))
    ordered = [tuple(index[key][name] for name in INDEX) for key in sorted(index)]
    return {hs6: sorted(each) for hs6, each in lines.items()}, ordered


def _kept(flows: list[Pair]) -> tuple[list[tuple[str, ...]], str]:
    """Return the lines of a year, the small flows as one, and what to say about those."""
    small = [each for each in flows if each.kusd < LEAST_KUSD]
    lines = [_cells(each) for each in flows if each.kusd >= LEAST_KUSD]
    if not small:
        return lines, ""
    tonnes = [each.tonnes for each in small]
    together = Pair(
        hs6=small[0].hs6,
        year=small[0].year,
        exporter=REST,
        importer=REST,
        kusd=sum(each.kusd for each in small),
        tonnes=None if None in tonnes else sum(filter(None, tonnes)),
    )
    return [*lines, _cells(together)], f"{len(small)} flows below {LEAST_KUSD:g} thousand USD added up"


def write(folder: Path, found: Iterable[Extract]) -> int:
    """Write the index and a table per code; return how many bytes they take."""
    by_code, index = tables(found)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "index.csv", INDEX, index)
    for hs6, lines in by_code.items():
        _write(folder / f"{hs6}.csv", COLUMNS, lines)
    return sum(each.stat().st_size for each in folder.iterdir())


def _publishers_own(path: Path, numbers: dict[str, str]) -> Iterator[Pair]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Pair(
                hs6=row["k"],
                year=int(row["t"]),
                exporter=numbers[row["i"]],
                importer=numbers[row["j"]],
                kusd=float(row["v"]),
                tonnes=float(row["q"]) if row["q"].strip() else None,
            )


def _spelt_out(path: Path, places: dict[str, str], *, names: tuple[str, ...], kusd: float) -> Iterator[Pair]:
    year, exporter, importer, hs6, value, tonnes = names
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            quantity = row[tonnes].strip() if tonnes else ""
            yield Pair(
                hs6=row[hs6],
                year=int(row[year]) if year in row else int(year),
                exporter=places[row[exporter]],
                importer=places[row[importer]],
                kusd=float(row[value]) * kusd,
                tonnes=float(quantity) if quantity else None,
            )


def _cells(flow: Pair) -> tuple[str, ...]:
    quantity = "" if flow.tonnes is None else _plain(flow.tonnes)
    return str(flow.year), flow.exporter, flow.importer, _plain(flow.kusd), quantity


def _plain(value: float) -> str:
    """Return a number to a thousandth, as BACI gives it."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _write(path: Path, header: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)
