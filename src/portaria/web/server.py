"""The web server: several processes with threads.

python -m portaria.web.server HOST PORT PROCESSES
"""

from __future__ import annotations

import logging
import sys

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from portaria.web.front import RECEIVING
from portaria.web.lifeline import follow_parent


def _not_of_threads(entry: logging.LogRecord) -> bool:
    """Most threads wait for a body; that they are many is meant, and no warning to anybody."""
    return "Python threads" not in entry.getMessage()


def main(host: str, port: str, processes: str) -> None:
    """Serve until told to stop."""
    follow_parent()
    logging.getLogger("_granian").addFilter(_not_of_threads)
    Server(
        "portaria.web.wsgi:served",
        factory=True,
        address=host,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=int(processes),
        blocking_threads=RECEIVING,
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
        backlog=2048,
        websockets=False,
    ).serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
