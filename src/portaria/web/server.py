"""The web server: several processes with threads.

python -m portaria.web.server HOST PORT PROCESSES
"""

from __future__ import annotations

import sys

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from portaria.web.lifeline import follow_parent

THREADS = 4
"""Requests that a process takes at once: most of their time is Python, one at a time."""


def main(host: str, port: str, processes: str) -> None:
    """Serve until told to stop."""
    follow_parent()
    Server(
        "portaria.web.wsgi:served",
        factory=True,
        address=host,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=int(processes),
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
        backlog=2048,
        websockets=False,
    ).serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
