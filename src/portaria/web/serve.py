"""The server and its worker on one machine, with nothing else installed.

Each is a process of its own, begun anew: what this one has loaded (Polars keeps threads) would not
survive being forked. Either is started again should it end by itself.
"""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import ExitStack

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare

AGAIN_AFTER = 1.0
STOPPED_WITHIN = 20.0

TAKEN = declare(
    "serve-port-taken",
    "{host}:{port} cannot be listened on ({detail}): choose another with --port.",
)

log = logging.getLogger("portaria")


def run(host: str, port: int, processes: int) -> None:
    """Serve until told to stop. Call `installation.set_up`, `prepare` and `held` before."""
    with ExitStack() as stopping:
        for arguments in (
            ("portaria.web.server", host, str(port), str(processes)),
            ("portaria.web.worker",),
        ):
            stopping.callback(_Kept(arguments).stop)
        threading.Event().wait()


def refuse_taken(host: str, port: int) -> None:
    """UsageError where the address cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            params = {"host": host, "port": str(port), "detail": error.strerror or str(error)}
            raise UsageError(Message(TAKEN, params)) from None


class _Kept:
    """A process that is started again until it is told to stop."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self.command = [sys.executable, "-m", *arguments]
        self.stopping = threading.Event()
        self.process = subprocess.Popen(self.command)
        self.keeper = threading.Thread(target=self._keep, daemon=True)
        self.keeper.start()

    def _keep(self) -> None:
        while True:
            code = self.process.wait()
            if self.stopping.is_set():
                return
            log.warning("%s ended (%s); it is started again", self.command[2], code)
            if self.stopping.wait(AGAIN_AFTER):
                return
            self.process = subprocess.Popen(self.command)

    def stop(self) -> None:
        """Stop it politely, and at last whether it will or not."""
        self.stopping.set()
        self.process.terminate()
        try:
            self.process.wait(STOPPED_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()
