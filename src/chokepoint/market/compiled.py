"""How kernels are compiled: inner ones into their callers only, entries with a wrapper and a cache."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

import numba

if TYPE_CHECKING:
    from collections.abc import Callable

Kernel = TypeVar("Kernel", bound="Callable[..., Any]")
compile_kernel = cast("Callable[..., Any]", getattr(numba, "njit"))  # noqa: B009 - Numba ships no types


# Kernels allocate nothing: without counting references, which took more than half of the time of a clearing and
# of its compilation, a tuple of arrays is handed on for free.
OPTIONS = {"nogil": True, "error_model": "numpy", "_nrt": False}


def inner(function: Kernel) -> Kernel:
    """Compile a kernel that only kernels call, without the wrappers for Python."""
    return cast("Kernel", compile_kernel(no_cpython_wrapper=True, no_cfunc_wrapper=True, **OPTIONS)(function))


def part(function: Kernel) -> Kernel:
    """Compile a kernel that one other calls, in one place, as part of it.

    LLVM optimises all that lies below a kernel anew for every kernel above it: a level less is seconds less.
    """
    return cast("Kernel", compile_kernel(inline="always", **OPTIONS)(function))


def entry(function: Kernel) -> Kernel:
    """Compile a kernel that Python calls, and keep its compiled form."""
    return cast("Kernel", compile_kernel(cache=True, **OPTIONS)(function))
