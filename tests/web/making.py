"""Contests made for tests, by the same steps as on the screen."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path

from portaria.web.access import intake, publication, runs
from portaria.web.access.models import Contest, ImportPlan, Run
from portaria.web.access.models.run import Job
from portaria.web.accounts.models import User


def silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def plan_from(folder: Path, user: User, contest: Contest | None = None) -> ImportPlan:
    """The tables of a folder, read and compared."""
    plan = ImportPlan.objects.create(
        started_by=user, folder=uuid.uuid4().hex, title="Concurso de exemplo", contest=contest
    )
    sent = intake.plan_folder(plan) / "sent"
    sent.mkdir(parents=True)
    for path in folder.iterdir():
        if path.suffix in (".csv", ".toml", ".parquet", ".xlsx", ".zip"):
            shutil.copy(path, sent / path.name)
    intake.read_plan(plan, silent)
    plan.state = Job.State.DONE
    plan.save()
    return plan


def contest_from(folder: Path, user: User) -> Contest:
    """A contest of the tables of a folder, applied."""
    plan = plan_from(folder, user)
    assert not [row for row in plan.problems if row["severity"] == "error"], plan.problems
    plan.applied_by = user
    intake.apply_plan(plan, silent)
    assert plan.contest is not None
    return plan.contest


def placed(contest: Contest, user: User) -> Run:
    """A placement of a closed contest, done as the worker does it, and sent to the director."""
    run = Run.objects.create(contest=contest, kind=Run.Kind.PLACEMENT, started_by=user)
    runs.place_run(run, silent)
    run.state = Job.State.DONE
    run.save()
    publication.send(contest, run, user)
    return run


def published_contest(contest: Contest, director: User) -> Contest:
    """Ratified and published."""
    publication.ratify(contest, director)
    publication.publish(contest, director)
    contest.refresh_from_db()
    return contest
