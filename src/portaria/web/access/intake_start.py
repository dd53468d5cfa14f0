"""What people do around a plan: hand files in, ask for it to be applied, or put it away.

The worker reads and applies (`intake.py`); nothing of a contest changes here.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from portaria.core.errors import InputError, UsageError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.regulations.access.settings import SETTINGS
from portaria.web import uploads
from portaria.web.access import jobs
from portaria.web.access.intake_reading import OWN_TABLES, plan_folder
from portaria.web.access.models import Contest, ImportPlan
from portaria.web.access.models.run import Job
from portaria.web.accounts.log import record
from portaria.web.accounts.models import User

REFUSED = declare("intake-files-refused", "The files cannot be taken as they are.")
NOT_READY = declare(
    "intake-not-ready", "These tables have not been read, have problems or were applied already."
)
ONE_FILE = declare("intake-one-file", "a correction of one table is one file: CSV, XLSX or Parquet")
HANDED_IN = declare(
    "log-tables-handed-in",
    "Handed in one file of tables to be read: {files}.",
    "Handed in {count} files of tables to be read: {files}.",
)
PUT_AWAY = declare("log-plan-put-away", "Put away the tables handed in, without applying them.")


def receive(
    user: User,
    files: Sequence[UploadedFile],
    key: uuid.UUID,
    title: str = "",
    contest: Contest | None = None,
    table: str = "",
) -> ImportPlan:
    """Keep files and have the worker read them; the same `key` again gives the same plan.

    table: the one that a single file corrects, whatever the file is called; empty where each file
    is the table of its name. InputError with every fault of the files.
    """
    if (known := ImportPlan.objects.filter(folder=key.hex).first()) is not None:
        return known
    corrects = _renamed(files, table)
    if found := uploads.faults(files, uploads.TABLES):
        raise InputError(Message(REFUSED), found)
    plan = ImportPlan(
        started_by=user, contest=contest, title=title, folder=key.hex, corrects=corrects
    )
    folder = plan_folder(plan)
    uploads.discard(folder)
    folder.mkdir(parents=True, mode=0o700)
    paths = uploads.store(files, folder / "sent")
    plan.files = [
        {
            "name": corrects.get(path.stem, path.name),
            "size": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in paths
    ]
    with transaction.atomic():
        plan.save()
        jobs.queue(plan)
        names = ", ".join(row["name"] for row in plan.files)
        params = {"count": len(paths), "files": names}
        record(user, HANDED_IN, params, contest=contest.key if contest else "")
    return plan


def _renamed(files: Sequence[UploadedFile], table: str) -> dict[str, str]:
    """Give the file of a correction the name of its table; by table, the name that it came with."""
    if not table:
        return {}
    if table not in OWN_TABLES or len(files) != 1:
        raise InputError(Message(REFUSED), [_one_file(files)])
    file = files[0]
    name = file.name or ""
    kind = PurePosixPath(name).suffix.lower()
    if kind in (".zip", PurePosixPath(SETTINGS).suffix):
        raise InputError(Message(REFUSED), [_one_file(files)])
    file.name = f"{table}{kind}"
    return {table: name}


def _one_file(files: Sequence[UploadedFile]) -> Problem:
    return Problem(", ".join(file.name or "" for file in files), Message(ONE_FILE))


@transaction.atomic
def ask_to_apply(plan: ImportPlan, user: User) -> None:
    """Have the worker apply a plan that was read without errors; UsageError for any other."""
    found = ImportPlan.objects.select_for_update().get(pk=plan.pk)
    if not applicable(found):
        raise UsageError(Message(NOT_READY))
    found.applied_by, found.state = user, Job.State.QUEUED
    found.stage, found.done, found.total = "", 0, 0
    found.save()
    jobs.queue(found)


def applicable(plan: ImportPlan) -> bool:
    """Whether a plan was read, has no errors and waits to be applied."""
    wrong = any(row["severity"] == "error" for row in plan.problems)
    done = plan.state == Job.State.DONE and plan.applied_by_id is None
    return done and plan.answer is not None and not wrong


@transaction.atomic
def put_away(plan: ImportPlan, user: User) -> None:
    """Remove a plan that is not applied nor being worked at, with its files."""
    found = ImportPlan.objects.select_for_update().get(pk=plan.pk)
    if found.working or found.applied_at is not None:
        raise UsageError(Message(NOT_READY))
    contest = found.contest.key if found.contest else ""
    folder = plan_folder(found)
    found.delete()
    record(user, PUT_AWAY, contest=contest)
    transaction.on_commit(lambda: uploads.discard(folder))
