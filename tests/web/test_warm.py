"""A process that begins loads every page before it is asked for."""

from __future__ import annotations

import threading

import web_ready  # noqa: F401 (loads Django)

from portaria.web.warm import warm_up


def test_every_page_compiles_as_a_process_begins() -> None:
    faults: list[object] = []
    hook, threading.excepthook = threading.excepthook, faults.append
    try:
        warm_up().join()
    finally:
        threading.excepthook = hook
    assert not faults
