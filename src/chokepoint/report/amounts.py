"""How amounts read: few digits, thousands apart, a unit that fits the size."""

from __future__ import annotations

import calendar
import math

MINUS = "\N{MINUS SIGN}"
DIGITS = 3
MONEY_STEPS = ((1e12, "trn"), (1e9, "bn"), (1e6, "m"), (1e3, "k"))
CURRENCY = "USD"
WHOLE_PERCENT, LEAST_PERCENT = 10, 0.1


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


def loss(value: float) -> str:
    """Return a loss; one below zero reads as the gain it is.

    Example:
        >>> loss(3.26e8), loss(-1.27e8)
        ('USD 326 m', 'gain USD 127 m')
    """
    return f"gain {usd(-value)}" if value < 0 else usd(value)


def loss_range(low: float, high: float) -> str:
    """Return an interval of losses, gains named as such.

    Example:
        >>> loss_range(5.67e7, 1.26e9), loss_range(-1.96e8, 1.38e8), loss_range(-3e6, -1e6)
        ('56.7 m to 1.26 bn', 'gain 196 m to loss 138 m', 'gain 3 m to 1 m')
    """
    if low >= 0:
        return usd_range(low, high)
    middle = "to loss" if high > 0 else "to"
    return f"gain {usd(-low)} {middle} {usd(abs(high))}".replace(f"{CURRENCY} ", "")


def percent(value: float | None) -> str:
    """Return a share as a percentage: whole from ten on, else to a tenth.

    Example:
        >>> percent(0.344), percent(0.0049), percent(5e-6), percent(0.0)
        ('34 %', '0.5 %', '< 0.1 %', '0 %')
    """
    if value is None or not math.isfinite(value):
        return "not known"
    hundredths = abs(100 * value)
    if 0 < hundredths < LEAST_PERCENT:
        return f"< {LEAST_PERCENT} %"
    text = f"{hundredths:.0f}" if hundredths >= WHOLE_PERCENT else f"{hundredths:.1f}".removesuffix(".0")
    return f"{MINUS if value < 0 else ''}{text} %"


def months(value: float | None) -> str:
    """Return a number of months; a store that never empties within the horizon lasts.

    Example:
        >>> months(2.14), months(1.0), months(None)
        ('2.1 months', '1 month', 'lasts')
    """
    if value is None or not math.isfinite(value):
        return "lasts"
    text = number(value, 2)
    return f"{text} month" if text == "1" else f"{text} months"


def when(date: str) -> str:
    """Return a day, a month or a year as people write it.

    Example:
        >>> when("2025-05-01"), when("2025-05"), when("2025")
        ('1 May 2025', 'May 2025', '2025')
    """
    year, *rest = date.split("-")
    words = [str(int(day)) for day in rest[1:]] + [calendar.month_name[int(month)] for month in rest[:1]] + [year]
    return " ".join(words)


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
