"""Indicators for a terminal: a line for every mineral and stage, or every indicator with its parts and sources."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from chokepoint.exposure.indicator import Indicator
from chokepoint.exposure.of_country import OVER_STAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chokepoint.answer.published_order import Beside
    from chokepoint.exposure.indicator import Result
    from chokepoint.exposure.of_country import Answer
    from chokepoint.exposure.over_time import Point
    from chokepoint.exposure.own_suppliers import LineIndicators
    from chokepoint.exposure.place import Elasticity
    from chokepoint.exposure.squeeze import Grip, Hold

WIDTH = 100
SHOWN_PARTS = 4
SHOWN_GRIPS, SHOWN_HOLDS = 25, 10
COLUMNS = {
    "hhi": "HHI",
    "governance_hhi": "HHI*gov",
    "top_1": "top 1",
    "net_import_reliance": "reliance",
    "import_top_1": "from 1st",
    "geopolrisk": "GeoPolRisk",
    "n_minus_1": "N-1",
}
FIRST_OF = ("top_1", "import_top_1")


def overview(answers: Sequence[Answer]) -> str:
    """Return a line for every mineral and stage that has any value, and name those that have none."""
    places: dict[tuple[str, str], dict[str, Result]] = {}
    for each in answers:
        if each.indicator != OVER_STAGES:
            places.setdefault((each.mineral, each.stage), {})[each.indicator] = each.result
    heads = "".join(f"{head:>11}" for head in COLUMNS.values())
    lines = [f"{'mineral':<23}{'stage':<11}{heads}"]
    empty: list[str] = []
    for (mineral, stage), found in places.items():
        cells = [_cell(name, found.get(name)) for name in COLUMNS]
        if any(cell != "-" for cell in cells):
            lines.append(f"{mineral:<23}{stage:<11}" + "".join(f"{cell:>11}" for cell in cells))
        else:
            empty.append(f"{mineral} {stage}")
    lines += ["", "-: no value; --mineral NAME says why, and shows parts, ranges and sources. Missing is not safe."]
    if empty:
        named = textwrap.wrap(f"No value at all ({len(empty)}): {'; '.join(empty)}", WIDTH, subsequent_indent="  ")
        lines += named
    return "\n".join(lines) + "\n"


def in_full(answers: Iterable[Answer]) -> str:
    """Return every indicator with range, parts, note and sources, or its reason."""
    lines: list[str] = []
    heading = ("", "")
    for each in answers:
        place = (each.mineral, each.stage)
        if place != heading:
            lines += ["", f"{each.mineral}{f', {each.stage}' if each.stage else ', all stages'} ({each.country})"]
            heading = place
        lines += _lines(each.indicator, each.result)
        if each.sources:
            lines.append(f"      sources: {', '.join(each.sources)}")
    return "\n".join(lines).lstrip("\n") + "\n"


def _lines(name: str, result: Result) -> list[str]:
    if isinstance(result, Indicator):
        low, high = _number(result.low), _number(result.high)
        ranged = f" ({low} to {high})" if low != high else ""
        unit = "" if result.unit == "1" else f" {result.unit}"
        parts = [f"{part.of} {_number(part.value)}" for part in result.parts[:SHOWN_PARTS]]
        more = [f"{len(result.parts) - SHOWN_PARTS} more"] if len(result.parts) > SHOWN_PARTS else []
        said = [f"{_number(result.value)}{unit}{ranged} = {' + '.join(parts + more)}" if parts else _number(0.0)]
        said += [result.note] if result.note else []
    else:
        bounds = [
            f"{word} {_number(bound)}"
            for word, bound in (("at least", result.low), ("at most", result.high))
            if bound is not None
        ]
        said = [f"no value{': ' + ', '.join(bounds) if bounds else ''}", result.reason]
    first, *others = said
    wrapped = [f"  {name:<20} {first}"]
    for each in others:
        wrapped += textwrap.wrap(each, WIDTH, initial_indent="      ", subsequent_indent="      ")
    return wrapped


def series(points: Iterable[Point]) -> str:
    """Return a line for every year of every indicator; a ``|`` marks a year that may not compare with the last."""
    lines: list[str] = []
    heading = ""
    for point in points:
        each = point.answer
        place = f"{each.mineral} {each.stage} {each.indicator}"
        if not isinstance(each.result, Indicator):
            continue
        if place != heading:
            lines += ["", place]
            heading = place
        mark = f"  | {'; '.join(point.breaks)}" if point.breaks else ""
        lines.append(f"  {each.year}  {_number(each.result.value):>10}{mark}")
    return "\n".join(lines).lstrip("\n") + "\n" if lines else "no figures in any year\n"


def supplier_side(supplier: str, grips: Sequence[Grip], holds: Sequence[Hold], elasticity: Elasticity) -> str:
    """Return whom a supplier holds, and by what."""
    smaller = (elasticity.value - 1.0) / (elasticity.high - 1.0)
    lines = [
        f"What {supplier} could squeeze: static power, from imports alone; no stocks, nobody stepping in.",
        (
            f"Elasticity between origins {elasticity.value:g}, assumed, {elasticity.low:g} to {elasticity.high:g}: at "
            f"{elasticity.high:g} every power is {smaller:.2g} of what is shown; at 1 and below it has no bound."
        ),
        "",
        "All minerals together, million USD a year:",
    ]
    for hold in holds[:SHOWN_HOLDS]:
        top = ", ".join(f"{part.of} {part.value / 1e6:,.1f}" for part in hold.power.parts[:SHOWN_PARTS])
        least = "" if hold.is_bounded else f"; at least, since it alone supplies {', '.join(hold.alone[:SHOWN_PARTS])}"
        lines.append(f"  {hold.importer}  {hold.power.value / 1e6:>12,.1f}  = {top}{least}")
    lines += [
        "",
        f"{'':2}{'importer':<10}{'mineral':<22}{'stage':<12}{'share':>7}{'imports, M USD':>16}{'power, M USD':>14}",
    ]
    for grip in grips[:SHOWN_GRIPS]:
        power = "-" if grip.power_usd is None else f"{grip.power_usd / 1e6:,.1f}"
        lines.append(
            f"  {grip.importer:<10}{grip.mineral:<22}{grip.stage:<12}{grip.share:>7.0%}"
            f"{grip.imports_kusd / 1e3:>16,.1f}{power:>14}"
        )
    left = len(grips) - SHOWN_GRIPS
    if left > 0:
        lines.append(f"  and {left:,} more; --json prints all")
    return "\n".join(lines) + "\n"


def without_hold(missing: Mapping[str, str], *, in_full: bool) -> str:
    """Return what the supplier's side does not tell, with the reasons or as names."""
    if not missing:
        return ""
    said = [f"{place}: {reason}" for place, reason in missing.items()] if in_full else ["; ".join(missing)]
    lines = ["", f"No value ({len(missing)}), which is not safe{'' if in_full else '; --mineral NAME says why'}:"]
    for each in said:
        lines += textwrap.wrap(each, WIDTH, initial_indent="  ", subsequent_indent="    ")
    return "\n".join(lines) + "\n"


def published_beside(compared: Iterable[Beside]) -> str:
    """Return published orders beside ours, each by one indicator, with rank correlation and what ours lacks."""
    lines = ["Published orders beside ours, by one indicator each; nothing is fitted, no scores are mixed."]
    for each in compared:
        found = each.comparison
        rho = "not defined" if found.correlation is None else f"{found.correlation:+.2f}"
        lines += ["", f"{each.order.name} ({each.order.source}) beside {each.score}:"]
        lines += [f"  Spearman's rank correlation {rho} over {len(found.compared)} minerals"]
        lines += [
            f"  {mineral:<16}{published:>6.0f}{ours:>8.1f}"
            for mineral, published, ours in zip(found.compared, found.published, found.ours, strict=True)
        ]
        if found.missing:
            said = f"not ranked by us ({len(found.missing)}): {', '.join(found.missing)}; --json gives the reasons"
            lines += textwrap.wrap(said, WIDTH, initial_indent="  ", subsequent_indent="    ")
    return "\n".join(lines) + "\n"


def own_lines(lines_of: Iterable[LineIndicators]) -> str:
    """Return the indicators of a user's own suppliers, line by line."""
    lines: list[str] = []
    for line in lines_of:
        lines += ["", f"{line.line} ({line.good})"]
        for name, result in line.results.items():
            lines += _lines(name, result)
    lines += [
        "",
        "Shares and stocks are your own, estimates of governance come without a range: nothing here is assumed.",
    ]
    return "\n".join(lines).lstrip("\n") + "\n"


def _cell(name: str, result: Result | None) -> str:
    if not isinstance(result, Indicator):
        return "-"
    first = f"{result.parts[0].of} " if name in FIRST_OF and result.parts else ""
    if name == "net_import_reliance" and (said := _open(result)):
        return said
    return first + (f"{result.value:.0%}" if result.unit == "share" else f"{result.value:.2f}")


def _open(result: Indicator) -> str:
    """Return a share that is printed as a bound (more than half, less than a quarter) as that bound."""
    if result.value == result.low < result.high == 1.0:
        return f">{result.value:.0%}"
    return f"<{result.value:.0%}" if 0.0 == result.low < result.high == result.value else ""


def _number(value: float) -> str:
    return f"{value:,.4g}"
