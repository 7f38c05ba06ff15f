"""Numbers as people type them into tables, refused where they could be read in two ways."""

from __future__ import annotations

import math
import re

NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


def read_number(text: str, *, delimiter: str = ",") -> tuple[float | None, str]:
    """Read a number, refusing what could be read in two ways.

    Args:
        text: the cell.
        delimiter: what parts the cells of the file; where it is a semicolon, ``1.234`` may mean a thousand.

    Returns:
        The number, or None and what to do about it.

    Example:
        >>> read_number("1234.5")
        (1234.5, '')
        >>> read_number("1,234.5")
        (None, 'write 1234.5: a point for decimals, nothing between thousands')
    """
    plain = text.strip()
    if not plain:
        return None, "fill in the cell; write 0 if you mean nothing"
    if NUMBER.fullmatch(plain):
        if delimiter == ";" and re.fullmatch(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}", plain):
            return None, f"write {plain}0 for the decimal number, {plain.replace('.', '')} for the thousands"
        number = float(plain)
        return (number, "") if math.isfinite(number) else (None, "write a number a computer can hold")
    return None, _number_remedy(plain)


def _number_remedy(text: str) -> str:
    squeezed = re.sub(r"[\s'\u2019_]", "", text)
    if re.fullmatch(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", squeezed):
        # "1,234" alone could also be a decimal comma, so both readings are offered.
        thousands = squeezed.replace(",", "")
        if squeezed.count(",") == 1 and "." not in squeezed:
            return f"write {thousands} for the thousands, {squeezed.replace(',', '.')} for the decimal number"
        return f"write {thousands}: a point for decimals, nothing between thousands"
    if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]{3})*,[0-9]+", squeezed):
        return f"write {squeezed.replace('.', '').replace(',', '.')}: a point for decimals, nothing between thousands"
    if NUMBER.fullmatch(squeezed):
        return f"write {squeezed}: a point for decimals, nothing between thousands"
    return "write digits only, with a point for decimals; a unit goes into the column 'unit'"
