"""What becomes of a rectification (57): sent to the director, returned, or ratified.

Ratified, it is in force: the contest points to it, and her enrolment and the next phase's
adjustments follow it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.web.access import adjustments, decision_mail
from portaria.web.access.models import Contest, Enrolment, Run
from portaria.web.access.rectifications import (
    ANSWERED,
    IN_FORCE,
    TAKEN_BACK,
    WAITING,
    accepted,
    state,
    tell_log,
)
from portaria.web.accounts.models import User

NOT_SENDABLE = declare(
    "web-rectification-not-sendable",
    "Only a rectification that was accepted, and not sent yet, is sent.",
)
NOT_SENT = declare("web-rectification-not-sent", "This rectification does not wait for a decision.")
STALE = declare(
    "web-rectification-stale",
    "Another rectification was ratified after this one was made: make it again.",
)
SENT = declare("log-rectification-sent", "Sent the rectification of {candidate} to the director.")
RETURNED = declare(
    "log-rectification-returned", "Returned the rectification of {candidate}: {reasons}"
)
RATIFIED = declare(
    "log-rectification-ratified", "Ratified the rectification of {candidate}: {before} to {after}."
)


def _locked(run: Run) -> tuple[Run, Contest]:
    contest = Contest.objects.select_for_update().get(pk=run.contest_id)
    return Run.objects.select_for_update().get(pk=run.pk), contest


@transaction.atomic
def send(run: Run, user: User) -> None:
    """Send an accepted rectification to the director."""
    found, contest = _locked(run)
    if not accepted(found) or state(found) not in (ANSWERED, TAKEN_BACK):
        raise UsageError(Message(NOT_SENDABLE))
    if found.parameters["of"] != contest.run_id:
        raise UsageError(Message(STALE))
    _go(found, WAITING, user, SENT)


@transaction.atomic
def take_back(run: Run, user: User, reasons: str) -> None:
    """The director returns it to the office."""
    found, _contest = _locked(run)
    if state(found) != WAITING:
        raise UsageError(Message(NOT_SENT))
    _go(found, TAKEN_BACK, user, RETURNED, reasons=reasons)


@transaction.atomic
def ratify(run: Run, user: User) -> None:
    """The director puts it in force."""
    found, contest = _locked(run)
    if state(found) != WAITING:
        raise UsageError(Message(NOT_SENT))
    if found.parameters["of"] != contest.run_id:
        raise UsageError(Message(STALE))
    contest.run = found
    contest.save(update_fields=["run"])
    for row in found.answer["outcome"]["enrolments"]:
        _enrol(contest, row, user)
    adjustments.take_in(contest, found)
    _go(found, IN_FORCE, user, RATIFIED, after=found.answer["digest"])
    decision_mail.of_rectification(found)


def _enrol(contest: Contest, row: Mapping[str, Any], user: User) -> None:
    values = {
        "enrolled": bool(row["enrolled"]),
        "programme": row["programme"],
        "cancelled": row["cancelled"],
        "reported_at": timezone.now(),
        "reported_by": str(user)[:254],
    }
    if not row["enrolled"]:
        values["enrolled_on"] = None
    Enrolment.objects.update_or_create(contest=contest, candidate=row["candidate"], defaults=values)


def _go(run: Run, state: str, user: User, code: str, after: Any = None, **more: str) -> None:
    steps = run.answer.get("steps", [])
    step = {"state": state, "by": str(user), "at": timezone.now().isoformat(), **more}
    run.answer = run.answer | {"state": state, "steps": [*steps, step]}
    run.save(update_fields=["answer"])
    tell_log(run, user, code, after=after, **more)
