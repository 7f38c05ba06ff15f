"""How amounts read: few digits, thousands apart, a unit that fits the size."""

from __future__ import annotations

import math

MINUS = "\N{MINUS SIGN}"
DIGITS = 3
MONEY_STEPS = ((1e12, "trn"), (1e9, "bn"), (1e6, "m"), (1e3, "k"))
CURRENCY = "USD"


def number(value: float | None, digits: int = DIGITS) -> str:
    """Return a number with few significant digits and its thousands apart.

    Example:
        >>> number(57392.4), number(0.03241), number(None)
        ('57,392', '0.0324', 'not known')
        >>> number(-4.0) == MINUS + "4"
        True
    """
    if value is None or not math.isfinite(value):
        return "not known"
    if value == 0:
        return "0"
    size = abs(value)
    places = digits - 1 - math.floor(math.log10(size))
    if places >= digits + 2:
        text = f"{size:.{digits - 1}e}"
    else:
        text = f"{size:,.{max(places, 0)}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    return (MINUS if value < 0 else "") + text


def usd(value: float | None) -> str:
    """Return an amount of money in the step that fits.

    Example:
        >>> usd(1.234e9), usd(56e6), usd(0.0)
        ('USD 1.23 bn', 'USD 56 m', 'USD 0')
    """
    if value is None or not math.isfinite(value):
        return "not known"
    for step, name in MONEY_STEPS:
        # 999.6 million reads as 1 billion, not as 1,000 million.
        if abs(value) >= step * 0.9995:
            return f"{CURRENCY} {number(value / step)} {name}"
    return f"{CURRENCY} {number(value)}"


def usd_range(low: float | None, high: float | None) -> str:
    """Return an interval of money, the currency left to the words around it.

    Example:
        >>> usd_range(8e8, 1.9e9)
        '800 m to 1.9 bn'
    """
    return f"{usd(low)} to {usd(high)}".replace(f"{CURRENCY} ", "")


def percent(value: float | None) -> str:
    """Return a share as a percentage.

    Example:
        >>> percent(0.344), percent(0.004), percent(0.0)
        ('34 %', '0.4 %', '0 %')
    """
    if value is None or not math.isfinite(value):
        return "not known"
    return f"{number(100 * value, 2)} %"


def months(value: float | None) -> str:
    """Return a number of months; a store that never empties within the horizon says so.

    Example:
        >>> months(2.14), months(1.0), months(None)
        ('2.1 months', '1 month', 'does not empty')
    """
    if value is None or not math.isfinite(value):
        return "does not empty"
    text = number(value, 2)
    return f"{text} month" if text == "1" else f"{text} months"


def cell(value: str | float | None) -> str:
    """Return a cell of a table as a person reads it; an empty one stays empty.

    Example:
        >>> cell("CHN"), cell(1238.0), cell(None), cell(0.123456)
        ('CHN', '1,238', '', '0.1235')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return "" if not math.isfinite(value) else number(value, DIGITS + 1)
