"""The page: one file that opens offline, asks nobody for anything, and holds all it shows."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, cast

from markupsafe import Markup

from chokepoint.report import amounts
from chokepoint.report.environment import page_environment, static
from chokepoint.report.exhibits import SECTION_OF_KIND

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from chokepoint.report.exhibits import Chart
    from chokepoint.report.payload import Payload

# What could end a script or start a comment inside one, and the two line ends that JavaScript once refused.
DANGEROUS_IN_SCRIPT = {"<": r"\u003c", ">": r"\u003e", "&": r"\u0026", "\u2028": r"\u2028", "\u2029": r"\u2029"}
ROWS_SHOWN = 600
LONG_TEXT = 40
"""Cells with more letters get a wide column."""
AFTER_NUMBER = re.compile(r"(?<=\d) (?=(?:%|t|USD|trn|bn|m|k|months?|days)\b|%)|(?<=USD) (?=\d)")
SECTIONS = (
    ("chain", "The chain", "Who holds which share of each stage."),
    ("exports", "Exports", "What was forecast, what was reported, month by month."),
    ("prices", "Prices", "Two prices part when a lane is capped: what is paid, and what one more unit would cost."),
    ("stocks", "Stocks", "How long the stores last."),
    ("losses", "Losses", "What it costs each party, and how much of that is only money changing hands."),
    ("talks", "The table", "What each side could release, what it is worth, and which package both would sign."),
    ("second-front", "The second front", "What a third country's deposits change, from months to decades."),
    ("circle", "The circle", "How long until an own chain stands, and what the other side's lever is worth then."),
    ("comparison", "Side by side", "The same picture under different assumptions."),
)


def render_html(payload: Payload) -> str:
    """Return the report as one self-contained page.

    Args:
        payload: all that the page says.

    Returns:
        HTML that needs no other file and no network. Every text of the payload is inert in it.
    """
    script = static("page.js")
    environment = page_environment()
    cast("dict[str, Callable[..., str]]", environment.filters).update(
        number=amounts.number,
        usd=amounts.usd,
        usd_range=amounts.usd_range,
        percent=amounts.percent,
        months=amounts.months,
        loss=amounts.loss,
        loss_range=amounts.loss_range,
        when=amounts.when,
        tied=tied,
        heading=heading,
        cell=amounts.cell,
    )
    return environment.get_template("report.html.j2").render(
        page=payload,
        style=Markup(static("page.css")),  # noqa: S704 - our own file, built with the package
        script=Markup(script),  # noqa: S704 - our own file, built with the package
        script_hash=_hash_for_policy(script),
        data=Markup(script_safe(payload.to_json())),  # noqa: S704 - made safe by script_safe
        sections=_sections(payload.charts),
        numbers={chart.id: number for number, chart in enumerate(_ordered(payload.charts), start=1)},
        across=across,
        unshown=_unshown(payload),
        rows_shown=ROWS_SHOWN,
        long_text=LONG_TEXT,
    )


def script_safe(json_text: str) -> str:
    r"""Return JSON that no text inside it can break out of when it stands in a script element.

    Example:
        >>> script_safe('{"a":"</script>"}')
        '{"a":"\\u003c/script\\u003e"}'
    """
    for character, escape in DANGEROUS_IN_SCRIPT.items():
        json_text = json_text.replace(character, escape)
    return json_text


def tied(text: str) -> str:
    r"""Return a text in which a number and its unit stay on one line.

    Example:
        >>> tied("19 % of USD 326 m").replace("\N{NO-BREAK SPACE}", "~")
        '19~% of USD~326~m'
    """
    return AFTER_NUMBER.sub("\N{NO-BREAK SPACE}", text)


def heading(name: str, unit: str) -> str:
    """Return the heading of a column as words, without the unit that stands beside it.

    Example:
        >>> heading("low_usd_per_kg", "USD/kg"), heading("relative_change", "share")
        ('low', 'relative change')
    """
    return name.removesuffix(f"_{unit.lower().replace('/', '_per_')}").replace("_", " ")


def across(value: float | None, values: Iterable[float | None]) -> float:
    """Return where a value lies between the ends of a scale that holds zero and all values, in percent.

    Example:
        >>> across(5.0, [2.0, 10.0]), across(0.0, [-10.0, 10.0]), across(None, [1.0])
        (50.0, 50.0, 0.0)
    """
    known = [0.0, *(each for each in values if each is not None)]
    low, high = min(known), max(known)
    if value is None or high == low:
        return 0.0
    return round(100 * (value - low) / (high - low), 2)


def _hash_for_policy(script: str) -> str:
    """Return the digest by which the page's security policy lets its one script run and no other."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _section_of(chart: Chart) -> str:
    """Return the key of the section in which a chart stands."""
    return chart.section or SECTION_OF_KIND[chart.kind]


def _ordered(charts: Iterable[Chart]) -> list[Chart]:
    """Return the charts in the order of the page."""
    keys = [key for key, _, _ in SECTIONS]
    return sorted(charts, key=lambda chart: keys.index(_section_of(chart)) if _section_of(chart) in keys else len(keys))


def _sections(charts: tuple[Chart, ...]) -> list[dict[str, object]]:
    """Return the sections that have charts, each with its heading, its one line, and its charts."""
    groups = [(key, name, line, [each for each in charts if _section_of(each) == key]) for key, name, line in SECTIONS]
    rest = [each for each in charts if _section_of(each) not in {key for key, _, _ in SECTIONS}]
    groups.append(("more", "More", "", rest))
    return [
        {"key": key, "name": name, "line": line, "charts": members} for key, name, line, members in groups if members
    ]


def _unshown(payload: Payload) -> list[str]:
    """Return the tables that neither a chart nor a section of the page shows, by name."""
    shown = {chart.table for chart in payload.charts}
    shown |= {payload.disagreements, payload.reconciliation, payload.scores}
    return [name for name in payload.tables if name not in shown]
