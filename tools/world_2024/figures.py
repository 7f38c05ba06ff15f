"""Cells of the figure columns, made in one of three ways: read from a source, derived, or assumed."""

from __future__ import annotations

from dataclasses import dataclass, replace

FIGURE_COLUMNS = ("value", "unit", "low", "high", "year", "source", "grade", "reason", "inputs")
YEAR = 2024


@dataclass(frozen=True, kw_only=True, slots=True)
class Cells:
    """The figure columns of one line."""

    value: float
    unit: str
    source: str
    grade: str
    low: float | None = None
    high: float | None = None
    year: int = YEAR
    reason: str = ""
    inputs: tuple[str, ...] = ()

    def row(self, **keys: object) -> dict[str, object]:
        """Return the line with its key columns first."""
        low, high = self.low, self.high
        return {
            **keys,
            "value": number(self.value),
            "unit": self.unit,
            "low": "" if low is None else number(min(low, float(number(self.value)))),
            "high": "" if high is None else number(max(high, float(number(self.value)))),
            "year": self.year,
            "source": self.source,
            "grade": self.grade,
            "reason": self.reason,
            "inputs": ";".join(self.inputs),
        }

    def times(self, factor: float) -> Cells:
        """Scale value and range."""
        return replace(
            self,
            value=self.value * factor,
            low=None if self.low is None else self.low * factor,
            high=None if self.high is None else self.high * factor,
        )


def number(value: float) -> str:
    """Print a number with at most six significant digits and no exponent."""
    if value == 0:
        return "0"
    text = f"{value:.6g}"
    return f"{float(text):f}".rstrip("0").rstrip(".") if "e" in text else text


def assumed(value: float, unit: str, low: float, high: float, reason: str, inputs: tuple[str, ...] = ()) -> Cells:
    """Return a number that nobody says, with its range and why."""
    return Cells(
        value=value, unit=unit, low=low, high=high, source="assumed", grade="assumed", reason=reason, inputs=inputs
    )


def derived(
    value: float,
    unit: str,
    source: str,
    reason: str,
    *,
    spread: float = 0.0,
    low: float | None = None,
    high: float | None = None,
    inputs: tuple[str, ...] = (),
) -> Cells:
    """Return a number computed from others; ``spread`` is the relative half-width of its range."""
    return Cells(
        value=value,
        unit=unit,
        source=source,
        grade="derived",
        low=value * (1 - spread) if low is None else low,
        high=value * (1 + spread) if high is None else high,
        reason=reason,
        inputs=inputs,
    )
