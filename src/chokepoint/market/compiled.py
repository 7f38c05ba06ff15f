"""How kernels are compiled: inner ones into their callers only, entries with a wrapper and a cache."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

import numba

if TYPE_CHECKING:
    from collections.abc import Callable

Kernel = TypeVar("Kernel", bound="Callable[..., Any]")
compile_kernel = cast("Callable[..., Any]", getattr(numba, "njit"))  # noqa: B009 - Numba ships no types


def inner(function: Kernel) -> Kernel:
    """Compile a kernel that only kernels call.

    Leaving out the wrappers for Python, each of which would unpack some fifty arrays, cuts the first
    compilation by more than half.
    """
    options = {"nogil": True, "error_model": "numpy", "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    return cast("Kernel", compile_kernel(**options)(function))


def entry(function: Kernel) -> Kernel:
    """Compile a kernel that Python calls, and keep its compiled form."""
    return cast("Kernel", compile_kernel(nogil=True, error_model="numpy", cache=True)(function))
