"""The real server in processes of its own, and the flags of a Chromium that stays at home."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

CHROMIUM = shutil.which("chromium") or ""
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PASSWORD = "portaria-demo"
ROLES = {
    "candidate": "candidata@example.org",
    "office": "gabinete@example.org",
    "director": "direcao@example.org",
    "commission": "comissao@example.org",
    "auditor": "auditoria@example.org",
    "administrator": "administracao@example.org",
}


@dataclass
class Server:
    """A `portaria serve --demo` of its own, in a process that a test may kill."""

    data: Path
    port: int
    process: subprocess.Popen[str]
    accounts: dict[str, str]

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def sign_in(self, page: Page, role: str) -> None:
        """Log in as the demonstration's account of that role."""
        page.goto(f"{self.url}/conta/login/")
        page.fill("input[name=login]", self.accounts[role])
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "/conta/login" not in url)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(data: Path, *more: str, **environment: str) -> Server:
    """Start a server, and wait until it answers."""
    port = free_port()
    command = [
        sys.executable, "-c", "from portaria.cli import main; main()",
        "serve", "--data", str(data), "--port", str(port), "--lang", "en", *more,
    ]  # fmt: skip
    log = (data.parent / f"{data.name}.log").open("a+")
    own = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    process = subprocess.Popen(
        command, stdout=log, stderr=log, text=True, env={**own, **environment}
    )
    deadline = time.monotonic() + 90
    while True:
        try:
            urllib.request.urlopen(f"http://localhost:{port}/", timeout=5)
            break
        except (urllib.error.URLError, OSError):
            if process.poll() is not None or time.monotonic() > deadline:
                log.seek(0)
                raise AssertionError(f"the server did not start:\n{log.read()}") from None
            time.sleep(0.2)
    log.seek(0)
    rows = [line.split() for line in log if line.rstrip().endswith(PASSWORD)]
    return Server(data, port, process, ROLES | {row[0]: row[1] for row in rows})


def stop(server: Server) -> None:
    """A polite stop."""
    server.process.terminate()
    server.process.wait(timeout=30)
