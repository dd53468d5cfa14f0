"""Load the compiled kernels in a thread while the tables are read: Numba takes a second to wake."""

from __future__ import annotations

import threading
from contextlib import suppress


def warm_up() -> threading.Thread:
    """Start loading; whoever needs a kernel before it is ready simply waits for its import."""
    thread = threading.Thread(target=_load, name="portaria-kernels", daemon=True)
    thread.start()
    return thread


def _load() -> None:
    # A fault here comes again where the kernel is called, and is told there.
    with suppress(Exception):
        from portaria.regulations.access.compute import exam_sets, placement

        exam_sets.load()
        placement.load()
