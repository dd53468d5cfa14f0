"""Processes of a server end when the one that started them is gone, however it went."""

from __future__ import annotations

import os
import signal
import threading
import time

EVERY = 1.0


def follow_parent() -> None:
    """End this process, as a polite stop, once its parent is no longer there."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(EVERY)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(10 * EVERY)
        os._exit(1)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()
