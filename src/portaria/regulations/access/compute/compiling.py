"""How kernels are compiled: once, and kept for the next run where there is a place to keep them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit


def compiled(**options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Compile with Numba, outside the interpreter's lock, cached on disk.

    A read-only installation without a home folder has no place for the cache: the kernel is then
    compiled anew in each run.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        try:
            kernel: Callable[..., Any] = njit(cache=True, nogil=True, **options)(function)
        except RuntimeError:
            kernel = njit(nogil=True, **options)(function)
        return kernel

    return decorate
