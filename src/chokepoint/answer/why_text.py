"""An explanation for a terminal: long lists are cut, and say so."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chokepoint.answer.why import Explanation, FigureLine

SHOWN, SHOWN_EACH = 12, 4
WIDTH = 100
TRAILS = ("figure", "fallback")
HEADINGS: Mapping[str, str] = {
    "figure": "The figure, and what it was computed from:",
    "fallback": "The figure that answers, and what it was computed from:",
    "group": "Figures under this name:",
    "result": "The nearest figures it rests on (all markets clear together, so others act through them):",
}


def why_text(explanation: Explanation) -> str:
    """Return an explanation as lines of at most 100 columns, ending in a line break."""
    lines = [explanation.name]
    for step in explanation.steps:
        lines += _wrapped("  ", step)
    if explanation.rows:
        lines += ["", "In the run's table:"]
        for row in explanation.rows[:SHOWN]:
            lines += _wrapped("  ", ", ".join(f"{column} {cell}" for column, cell in row.items() if cell))
        lines += _rest("  ", len(explanation.rows) - SHOWN)
    if explanation.figures:
        lines += ["", *_wrapped("", HEADINGS[explanation.kind])]
        listed = _trail if explanation.kind in TRAILS else _by_table
        lines += listed(explanation.figures)
    return "\n".join(lines) + "\n"


def _by_table(figures: tuple[FigureLine, ...]) -> list[str]:
    """Return one line per figure, a few of each table (the first word of the name)."""
    tables: dict[str, list[FigureLine]] = {}
    for figure in figures:
        tables.setdefault(figure.name.split(".", maxsplit=1)[0], []).append(figure)
    shown = SHOWN if len(tables) == 1 else SHOWN_EACH
    lines: list[str] = []
    for members in tables.values():
        for each in members[:shown]:
            known = each.kind if each.source == each.kind else f"{each.kind}, {each.source}"
            said = f"{each.name} = {each.value:g} {each.unit}{_range(each)}, {known}"
            lines += _wrapped("  ", said)
        lines += _rest("    ", len(members) - shown)
    return lines


def _trail(figures: tuple[FigureLine, ...]) -> list[str]:
    """Return every figure of a trail with its source and reason, indented by depth."""
    lines: list[str] = []
    for each in figures[:SHOWN]:
        margin = "  " * (each.depth + 1)
        grade = "" if each.grade == each.kind else f", grade {each.grade}"
        said = f"{each.name} = {each.value:g} {each.unit}{_range(each)}, {each.year}, {each.kind}{grade}"
        lines += _wrapped(margin, said)
        lines += _wrapped(f"{margin}  ", f"says: {each.source_text}")
        lines += _wrapped(f"{margin}  ", f"reason: {each.reason}") if each.reason else []
        lines += _wrapped(f"{margin}  ", f"moved from {each.moved}") if each.moved else []
    return lines + _rest("  ", len(figures) - SHOWN)


def _wrapped(margin: str, text: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=margin,
        subsequent_indent=f"{margin}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _range(line: FigureLine) -> str:
    return f" ({line.low:g} to {line.high:g})" if line.high > line.low else ""


def _rest(margin: str, more: int) -> list[str]:
    return [f"{margin}... and {more} more; --json lists them all"] if more > 0 else []
