"""The server is killed at any moment: nothing that was accepted is lost or doubled."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

TOKEN = "t" * 32


def crowd(data: Path, *arguments: str) -> dict[str, Any]:
    command = [sys.executable, str(Path(__file__).parent / "crowd.py"), str(data), *arguments]
    environment = {
        k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "PORTARIA_DATA")
    }
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)


def hand_in(port: int, contest: str, session: str, key: str, options: list[str]) -> bool:
    """Whether the server gave a receipt."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    fields = [("csrfmiddlewaretoken", TOKEN), ("idempotency_key", key), ("seen", "0")]
    body = urlencode([*fields, *(("options", code) for code in options)])
    headers = {
        "Cookie": f"csrftoken={TOKEN}; sessionid={session}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    client.request("POST", f"/candidatura/{contest}/", body, headers)
    answer = client.getresponse()
    answer.read()
    return answer.status == 302 and "/candidatura/" in (answer.headers["Location"] or "")


def processes_of(pid: int) -> list[int]:
    """A process and all that it started, from /proc."""
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        for children in Path(f"/proc/{found[-1]}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                waiting += map(int, children.read_text().split())
    return found


@pytest.mark.parametrize("whom", ["all", "server", "process"])
def test_a_killed_server_loses_no_accepted_application(
    new_server: Callable[..., Any], tmp_path: Path, whom: str
) -> None:
    """Killed whole, its first process alone, or one of those that answer."""
    data = tmp_path / "data"
    made = crowd(data, "120")
    server = new_server(data=data)
    draw = random.Random(made["seed"])
    forms = {
        candidate: (str(uuid.uuid4()), draw.sample(made["codes"], 6))
        for candidate in made["sessions"]
    }
    accepted: set[str] = set()
    waiting = list(forms)

    def work() -> None:
        while waiting:
            candidate = waiting.pop()
            key, options = forms[candidate]
            with contextlib.suppress(OSError, http.client.HTTPException):
                if hand_in(server.port, made["contest"], made["sessions"][candidate], key, options):
                    accepted.add(candidate)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    while len(accepted) < 25:
        time.sleep(0.002)
    time.sleep(draw.random() / 20)
    family = processes_of(server.process.pid)
    victims = {"all": family, "server": family[:1], "process": family[-1:]}[whom]
    for pid in victims:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    for thread in threads:
        thread.join()
    if whom != "process":
        server.process.wait(timeout=30)
        until = time.monotonic() + 30
        while any(Path(f"/proc/{pid}").exists() for pid in family[1:]):
            assert time.monotonic() < until, "processes stayed behind a killed server"
            time.sleep(0.1)
        server = new_server(data=data)
    # Whoever got no answer sends the same form again.
    for candidate in set(forms) - accepted:
        key, options = forms[candidate]
        session = made["sessions"][candidate]
        until = time.monotonic() + 30
        while True:
            with contextlib.suppress(OSError, http.client.HTTPException):
                assert hand_in(server.port, made["contest"], session, key, options)
                break
            assert time.monotonic() < until
            time.sleep(0.2)
    records = crowd(data)
    kept = {candidate: (key, options) for key, candidate, options in records["keys"]}
    assert kept == forms
    assert len(records["keys"]) == len(forms), "an application was received twice"
    assert set(records["standing"]) == set(forms)


def worker_of(server: Any) -> int:
    """The worker's process."""
    (worker,) = (
        pid
        for pid in processes_of(server.process.pid)
        if b"portaria.web.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()
    )
    return worker


@pytest.mark.parametrize("after", [0.0, 0.15, 0.3, 0.6])
def test_a_killed_worker_begins_again_and_leaves_one_result(
    new_server: Callable[..., Any], tmp_path: Path, after: float
) -> None:
    """Killed so many seconds after the placement began."""
    data = tmp_path / "data"
    crowd(data, "5")
    crowd(data, "place")
    server = new_server(data=data)
    database = sqlite3.connect(f"file:{data}/portaria.sqlite3?mode=ro", uri=True)

    def state() -> str:
        return str(database.execute("SELECT state FROM access_run ORDER BY id DESC").fetchone()[0])

    until = time.monotonic() + 40
    while state() == "queued" and time.monotonic() < until:
        time.sleep(0.005)
    time.sleep(after)
    with contextlib.suppress(ProcessLookupError):
        os.kill(worker_of(server), signal.SIGKILL)
    while state() != "done" and time.monotonic() < until:
        time.sleep(0.1)
    records = crowd(data)
    ((_run, state_now, digest, rows), *_others) = records["runs"]
    people = {row["candidate"] for row in records["options"]}
    assert (state_now, rows) == ("done", len(people))
    assert records["stage"] == "closed", "nothing is published by itself"
    assert digest in {path.name for path in (data / "results").iterdir()}
