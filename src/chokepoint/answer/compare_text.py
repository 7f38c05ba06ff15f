"""A comparison of two runs for a terminal: long lists are cut, and say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chokepoint.answer.causes import Whole
    from chokepoint.answer.compare import Comparison, Difference

SHOWN = 8
MILLION = 1e6


def compare_text(comparison: Comparison) -> str:
    """Return what differs, how the losses changed, and by which cause; ends in a line break."""
    lines = [f"{comparison.first} against {comparison.second}", "", "What they started from:"]
    groups: dict[str, list[Difference]] = {}
    for difference in comparison.differences:
        groups.setdefault(difference.group, []).append(difference)
    for group, members in groups.items():
        lines.append(f"  {group}")
        lines += [f"    {each.item}: {each.first} | {each.second}" for each in members[:SHOWN]]
        lines += _rest("    ", len(members) - SHOWN)
    lines += [] if groups else ["  the same in everything that was recorded"]
    for branch in dict.fromkeys(row.branch for row in comparison.losses):
        lines += ["", f"{branch}: change of the median loss, million USD (more lost is positive)"]
        lines += _branch(comparison, branch)
    lines += ["", *(f"Note: {note}" for note in comparison.notes)] if comparison.notes else []
    return "\n".join(lines) + "\n"


def _branch(comparison: Comparison, branch: str) -> list[str]:
    """Return one line per party, largest change first, with its causes below."""
    rows = [row for row in comparison.losses if row.branch == branch]
    lines: list[str] = []
    for row in rows[:SHOWN]:
        first, second, change = (value / MILLION for value in (row.first_usd, row.second_usd, row.change_usd))
        lines.append(f"  {row.party:<6}{change:>+12,.1f}   ({first:,.1f} to {second:,.1f})")
        lines += [_whole(whole) for whole in comparison.wholes if (whole.branch, whole.party) == (branch, row.party)]
        lines += [
            f"    {cause.change_usd / MILLION:>+14,.1f}   {cause.cause}{_range(cause.low_usd, cause.high_usd)}"
            for cause in comparison.causes
            if (cause.branch, cause.party) == (branch, row.party)
        ]
    return lines + _rest("  ", len(rows) - SHOWN)


def _range(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f" ({low / MILLION:+,.1f} to {high / MILLION:+,.1f})"


def _whole(whole: Whole) -> str:
    """Return the change over the draws both runs share, and what it hangs on."""
    middle = f"{whole.median_usd / MILLION:+,.1f}{_range(whole.low_usd, whole.high_usd)}"
    said = f"      draw by draw {middle}, more lost in {whole.share_up:.0%} of them"
    return f"{said}; most against it: {whole.hangs_on}" if whole.hangs_on else said


def _rest(margin: str, more: int) -> list[str]:
    return [f"{margin}... and {more} more; --json lists them all"] if more > 0 else []
