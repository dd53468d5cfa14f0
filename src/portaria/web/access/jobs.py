"""Work for the worker: queued with its record, told as it goes, taken up again after a crash.

A job is done again from its beginning; each writes its outcome in one transaction, so that a job
killed at any moment leaves nothing half done.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from portaria.core.errors import Cancelled, InputError, PortariaError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.web.access.models import ImportPlan, Run
from portaria.web.access.models.run import Job
from portaria.web.access.problems import kept

log = logging.getLogger("portaria")

FAULT = declare(
    "job-fault", "the program failed ({detail}); nothing was changed: tell its administrators"
)
CANCELLED = declare("job-cancelled", "stopped at the request of {user}; nothing was changed")

TELL_EVERY = 0.3
"""Seconds between two notes of progress: each is a write."""

Tell = Callable[[str, int, int], None]


def queue(job: Job) -> None:
    """Have the worker do a job that was just saved, once its transaction is committed."""
    kind = "plan" if isinstance(job, ImportPlan) else "run"
    transaction.on_commit(lambda: work.enqueue(kind, job.pk))


@task()
def work(kind: str, pk: int) -> None:
    """Do one job, and keep what came of it."""
    job: Job = (ImportPlan if kind == "plan" else Run).objects.get(pk=pk)
    if not job.working:
        return
    job.state, job.begun_at = Job.State.RUNNING, timezone.now()
    job.save(update_fields=["state", "begun_at"])
    try:
        _do(job)
    except Cancelled:
        job.refresh_from_db()
        job.state = Job.State.CANCELLED
    except InputError as error:
        job.state = Job.State.FAILED
        job.problems = kept(error.problems or [Problem("", _message(error))])
    except PortariaError as error:
        job.state, job.problems = Job.State.FAILED, kept([Problem("", _message(error))])
    except Exception as error:
        log.exception("job %s %s", kind, pk)
        detail = {"detail": f"{type(error).__name__}: {error}"[:300]}
        job.state, job.problems = Job.State.FAILED, kept([Problem("", Message(FAULT, detail))])
    else:
        job.state = Job.State.DONE
    job.ended_at = timezone.now()
    job.save()


def _message(error: PortariaError) -> Message:
    if isinstance(error.message, Message):
        return error.message
    return Message(FAULT, {"detail": error.message})


def _do(job: Job) -> None:
    from portaria.web.access import intake, runs

    if isinstance(job, ImportPlan):
        step = intake.apply_plan if job.applied_by_id else intake.read_plan
        step(job, teller(job))
    elif isinstance(job, Run):
        runs.do(job, teller(job))


def teller(job: Job) -> Tell:
    """What a job calls as it goes; it raises `Cancelled` where somebody asked to stop.

    Notes go over a connection outside the job's transaction only between transactions: inside one
    they wait for its end, which is short.
    """
    last = 0.0

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last < TELL_EVERY and stage == job.stage:
            return
        last = time.monotonic()
        job.stage, job.done, job.total = stage, done, total
        rows = type(job)._default_manager.filter(pk=job.pk)
        if rows.filter(state=Job.State.CANCELLED).exists():
            raise Cancelled(Message(CANCELLED, {"user": ""}))
        rows.update(stage=stage, done=done, total=total)

    return tell


def requeue_lost() -> int:
    """Queue again what a worker that is no longer there was doing; how many.

    Called as the one worker of an installation begins.
    """
    lost = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    fields: dict[str, Any] = {"status": TaskResultStatus.READY, "started_at": None}
    return lost.update(**fields)
