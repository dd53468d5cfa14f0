"""An installation to try: generated institutions and people, a running contest and a published one.

Everything goes the way that an office would go: tables in, applied, opened, placed, published.
"""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import polars as pl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from portaria.core.messages import declare
from portaria.documents.access_papers.contest_calendar import Calendar, calendar_paper
from portaria.regulations.access.generate.contest import generate
from portaria.tables.canonical import write_csv
from portaria.web.access import claims, complaints, intake, publication, runs
from portaria.web.access.models import Candidate, Contest, ImportPlan, PlacementResult, Run
from portaria.web.access.models.run import Job
from portaria.web.access.receipts import contest_on_paper
from portaria.web.accounts.log import record
from portaria.web.accounts.models import Membership, User
from portaria.web.accounts.roles import (
    ADMINISTRATOR,
    AUDITOR,
    CANDIDATE,
    COMMISSION,
    DIRECTOR,
    INSTITUTION,
    OFFICE,
)

PASSWORD = "portaria-demo"
"""Of every account of the demonstration, which is served to this machine alone."""
EDITION = "pt-national-2017"
CANDIDATES, PROGRAMMES = 900, 60
UNDECIDED = 40
"""Candidates of the running contest who have not applied yet."""

DEMO_MADE = declare("log-demo", "Filled the installation with generated people and contests.")

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Account:
    """What is printed of an account."""

    role: str
    email: str
    password: str


def fill(tell: Tell = print) -> list[Account]:
    """Fill an empty installation; the accounts of a demonstration that stands already."""
    office = User.objects.filter(email="gabinete@example.org").first()
    if office is None:
        tell("contest")
        with transaction.atomic():
            users = _users()
        office = users[OFFICE]
        published = _contest("Concurso nacional de exemplo, 2016", 11, office, 0)
        tell("placement")
        _publish(published, users)
        running = _contest("Concurso nacional de exemplo, 2017", 12, office, UNDECIDED)
        _open(running, office)
        with transaction.atomic():
            _join(published, running, users)
            record(None, DEMO_MADE)
    return [
        Account(role, email, PASSWORD)
        for role, email in (
            (CANDIDATE, "candidata@example.org"),
            (INSTITUTION, _officer_address()),
            (OFFICE, "gabinete@example.org"),
            (DIRECTOR, "direcao@example.org"),
            (COMMISSION, "comissao@example.org"),
            (AUDITOR, "auditoria@example.org"),
            (ADMINISTRATOR, "administracao@example.org"),
        )
    ]


def _officer_address() -> str:
    officer = Membership.objects.filter(role=INSTITUTION).order_by("pk").first()
    return officer.user.email if officer else ""


def _users() -> dict[str, User]:
    names = {
        CANDIDATE: ("candidata@example.org", "Candidata de exemplo"),
        OFFICE: ("gabinete@example.org", "Gabinete de Acesso"),
        DIRECTOR: ("direcao@example.org", "Direção"),
        COMMISSION: ("comissao@example.org", "Comissão de peritos"),
        AUDITOR: ("auditoria@example.org", "Auditoria"),
        ADMINISTRATOR: ("administracao@example.org", "Administração"),
    }
    users = {}
    for role, (email, name) in names.items():
        users[role] = User.objects.create_user(email, PASSWORD, name=name)
        if role != CANDIDATE:
            Membership.objects.create(user=users[role], role=role)
    return users


def _contest(title: str, seed: int, office: User, undecided: int) -> Contest:
    """A contest of generated tables, planned and applied; `undecided` have no options yet."""
    tables = generate(CANDIDATES, PROGRAMMES, seed)
    waiting = tables["candidates"]["candidate"].sort().head(undecided)
    tables["options"] = tables["options"].filter(~pl.col("candidate").is_in(waiting.implode()))
    plan = ImportPlan.objects.create(started_by=office, folder=uuid.uuid4().hex, title=title)
    sent = intake.plan_folder(plan) / "sent"
    with tempfile.TemporaryDirectory() as folder:
        for name, frame in tables.items():
            write_csv(frame, Path(folder) / f"{name}.csv")
        settings = f'edition = "{EDITION}"\nphase = 1\n'
        (Path(folder) / "contest.toml").write_text(settings, encoding="utf-8")
        shutil.copytree(folder, sent)
    intake.read_plan(plan, _silent)
    plan.state, plan.applied_by = Job.State.DONE, office
    intake.apply_plan(plan, _silent)
    assert plan.contest is not None
    return plan.contest


def _silent(stage: str, done: int, total: int) -> None:
    """Nobody watches these steps."""


def _publish(contest: Contest, users: dict[str, User]) -> None:
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    publication.set_calendar(
        contest,
        users[OFFICE],
        {
            "opens_at": now - timedelta(days=380),
            "closes_at": now - timedelta(days=360),
            "results_at": now - timedelta(days=330),
            "complaints_until": now + timedelta(days=20),
            "enrolment_until": now + timedelta(days=30),
        },
    )
    publication.close_contest(contest, users[OFFICE])
    run = Run.objects.create(
        contest=contest, kind=Run.Kind.PLACEMENT, started_by=users[OFFICE], state=Job.State.RUNNING
    )
    runs.place_run(run, _silent)
    run.state, run.ended_at = Job.State.DONE, timezone.now()
    run.save()
    publication.send(contest, run, users[OFFICE])
    publication.ratify(contest, users[DIRECTOR])
    publication.publish(contest, users[DIRECTOR])


def _open(contest: Contest, office: User) -> None:
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    moments = {
        "opens_at": now - timedelta(days=5),
        "closes_at": now + timedelta(days=14),
        "results_at": now + timedelta(days=40),
        "complaints_until": now + timedelta(days=50),
        "enrolment_until": now + timedelta(days=55),
    }
    publication.set_calendar(contest, office, moments)
    publication.open_contest(contest, office)


def _join(published: Contest, running: Contest, users: dict[str, User]) -> None:
    """The demonstration's candidate: placed in one contest, about to apply in the other."""
    published.refresh_from_db()
    run = published.run
    assert run is not None
    row = PlacementResult.objects.filter(run=run, result="placed", option__gt=1).first()
    row = row or PlacementResult.objects.filter(run=run, result="placed").first()
    assert row is not None
    assert row.institution
    Candidate.objects.filter(contest=published, candidate=row.candidate).update(
        user=users[CANDIDATE]
    )
    able = Candidate.objects.filter(contest=running, submission=None, excluded=None)
    chosen = able.order_by("candidate").first()
    assert chosen is not None
    before = Candidate.objects.get(contest=published, candidate=row.candidate)
    Candidate.objects.filter(pk=chosen.pk).update(
        user=users[CANDIDATE], name=before.name, civil_id=before.civil_id
    )
    User.objects.filter(pk=users[CANDIDATE].pk).update(name=before.name or "")
    officer = User.objects.create_user(
        f"instituicao-{row.institution}@example.org", PASSWORD, name="Serviços académicos"
    )
    Membership.objects.create(user=officer, role=INSTITUTION, institution=row.institution)
    _hand_in_papers(running, published, users[CANDIDATE])


CLAIMS = (
    ("disability", "", "Baixa visão; relatório médico em anexo."),
    ("disability", "", "Mobilidade reduzida; peço apreciação pela comissão."),
    ("emigrant", "", "Vivi em França de 2009 a 2016; declaração do consulado em anexo."),
    ("military", "", "Prestei serviço em regime de contrato durante seis anos."),
    ("madeira", "art11.1", "Resido no Funchal."),
)


def _hand_in_papers(running: Contest, published: Contest, candidate: User) -> None:
    """Claims for the office and the commission to decide, and a complaint to answer."""
    waiting = Candidate.objects.filter(contest=running, user=None).order_by("candidate")
    running.refresh_from_db()
    for number, (person, (quota, ground, statement)) in enumerate(
        zip(waiting, CLAIMS, strict=False), 1
    ):
        person.user = User.objects.create_user(
            f"candidato-{number}@example.org", PASSWORD, name=person.name or ""
        )
        person.save(update_fields=["user"])
        page = SimpleUploadedFile("comprovativo.pdf", _any_page(running), "application/pdf")
        claims.claim(person, person.user, quota, ground, statement, [page])
    placed = Candidate.objects.get(contest=published, user=candidate)
    complaints.receive(
        placed, candidate, uuid.uuid4(), "A classificação do exame de Português foi retificada."
    )


def _any_page(contest: Contest) -> bytes:
    """A page that stands for what people hand in."""
    return calendar_paper(Calendar(contest_on_paper(contest), ()), "pt-PT")
