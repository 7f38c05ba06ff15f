"""Some of the cases of a dataclass of arrays, and such parts side by side again."""

from __future__ import annotations

import os
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

Arrays = TypeVar("Arrays")  # a dataclass of arrays
MOST_TOGETHER = 32


def parts_of(cases: int, threads: int | None = None) -> list[slice]:
    """Split cases into parts: few enough that a month of them stays in the cache, and one per thread."""
    size = max(1, min(MOST_TOGETHER, -(-cases // (threads or os.cpu_count() or 1))))
    return [slice(first, first + size) for first in range(0, cases, size)]


def cases_of(arrays: Arrays, part: slice) -> Arrays:
    """Return some of the cases of a dataclass of arrays whose first axis is the case."""
    whole: Any = arrays
    picked: dict[str, Any] = {}
    for each in fields(whole):
        value: Any = getattr(whole, each.name)
        if value is not None:
            picked[each.name] = value[part] if isinstance(value, np.ndarray) else cases_of(value, part)
    return replace(whole, **picked)


def joined(parts: Sequence[Arrays]) -> Arrays:
    """Return dataclasses of arrays with their cases side by side."""
    first: Any = parts[0]
    together: dict[str, Any] = {}
    for each in fields(first):
        values: list[Any] = [getattr(part, each.name) for part in parts]
        if values[0] is not None:
            together[each.name] = np.concatenate(values) if isinstance(values[0], np.ndarray) else joined(values)
    return replace(first, **together)


def put(
    cubes: dict[str, np.ndarray],
    record: dict[str, np.ndarray],
    place: tuple[slice, int],
    shape: tuple[int, int],
    keep: Collection[str] | None,
) -> None:
    """Put the record of some cases in one month, ``place``, into arrays of all, (case, month, ...): those to keep.

    Arrays by case alone are certificates, always kept.
    """
    for name, values in record.items():
        is_kept = keep is None or name in keep or values.ndim == 1
        if name not in cubes:
            held = shape[1] if is_kept else 0
            cubes[name] = np.empty((shape[0], held, *values.shape[1:]), values.dtype)
        if is_kept:
            cubes[name][place] = values
