"""What people ask of the worker about results: a placement, a what-if, a comparison, a check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.web.access import jobs
from portaria.web.access.models import Contest, ImportPlan, Programme, Run, Stage
from portaria.web.access.models.run import Job
from portaria.web.accounts.log import record
from portaria.web.accounts.models import User

NOT_CLOSED = declare("run-not-closed", "A contest is placed once its applications are closed.")
AT_WORK = declare("run-at-work", "The same is being done already: wait for it to end.")
NOTHING_CHANGED = declare(
    "what-if-nothing", "Choose another reading or other seats: as it is, it is the placement."
)
UNKNOWN_READING = declare("what-if-reading", "The edition has no reading {name} = {choice}.")
UNKNOWN_PROGRAMME = declare("what-if-programme", "The contest has no programme {programme}.")
NO_RESULT = declare("run-no-result", "This run has no result.")
ENDED = declare("job-ended", "This work has ended already.")
ASKED = {
    Run.Kind.PLACEMENT: declare("log-asked-placement", "Asked for the placement of {title}."),
    Run.Kind.WHAT_IF: declare("log-asked-what-if", "Asked for a what-if of {title}."),
    Run.Kind.COMPARISON: declare(
        "log-asked-comparison", "Asked to compare the readings of {title}."
    ),
    Run.Kind.VERIFICATION: declare(
        "log-asked-verification", "Asked to verify a result of {title}."
    ),
}
STOPPED = declare("log-job-stopped", "Asked the worker to stop what it was doing.")
PLACEABLE = (Stage.CLOSED, Stage.SENT, Stage.RATIFIED, Stage.PUBLISHED)


def ask_placement(contest: Contest, user: User) -> Run:
    """Place the applications that stand; UsageError before the contest is closed, and once a
    result was sent."""
    if contest.stage != Stage.CLOSED:
        raise UsageError(Message(NOT_CLOSED))
    return _ask(contest, user, Run.Kind.PLACEMENT, {})


def ask_comparison(contest: Contest, user: User) -> Run:
    """Compare the readings in force with each other one."""
    if contest.stage not in PLACEABLE:
        raise UsageError(Message(NOT_CLOSED))
    return _ask(contest, user, Run.Kind.COMPARISON, {})


def ask_what_if(
    contest: Contest, user: User, readings: Mapping[str, str], seats: Mapping[str, int]
) -> Run:
    """Place under other readings and other seats of some programmes; never sent on.

    UsageError where nothing is changed, or where a reading or a programme is unknown.
    """
    from portaria.web.access.editions import edition_of

    if contest.stage not in PLACEABLE:
        raise UsageError(Message(NOT_CLOSED))
    edition = edition_of(contest)
    for name, choice in readings.items():
        if name not in edition.readings or choice not in edition.readings[name].choices:
            raise UsageError(Message(UNKNOWN_READING, {"name": name, "choice": choice}))
    now = dict(
        Programme.objects.filter(contest=contest, programme__in=list(seats)).values_list(
            "programme", "seats"
        )
    )
    for programme in seats:
        if programme not in now:
            raise UsageError(Message(UNKNOWN_PROGRAMME, {"programme": programme}))
    in_force = edition.choose(contest.policy)
    changed = {name: choice for name, choice in readings.items() if choice != in_force[name]}
    other = {programme: count for programme, count in seats.items() if count != now[programme]}
    if not changed and not other:
        raise UsageError(Message(NOTHING_CHANGED))
    return _ask(contest, user, Run.Kind.WHAT_IF, {"readings": changed, "seats": other})


def ask_verification(run: Run, user: User) -> Run:
    """Place again from the recorded inputs of a result and compare."""
    if not run.digest:
        raise UsageError(Message(NO_RESULT))
    return _ask(run.contest, user, Run.Kind.VERIFICATION, {"run": run.pk})


@transaction.atomic
def _ask(contest: Contest, user: User, kind: Run.Kind, parameters: dict[str, Any]) -> Run:
    held = Contest.objects.select_for_update().get(pk=contest.pk)
    at_work = Run.objects.filter(
        contest=held, kind=kind, state__in=[Job.State.QUEUED, Job.State.RUNNING]
    )
    if any(run.parameters == parameters for run in at_work):
        raise UsageError(Message(AT_WORK))
    run = Run.objects.create(contest=held, kind=kind, started_by=user, parameters=parameters)
    jobs.queue(run)
    record(user, ASKED[kind], {"title": held.title}, contest=held.key)
    return run


@transaction.atomic
def stop(job: Job, user: User) -> None:
    """Ask the worker to stop; it does so at its next step. UsageError where it has ended."""
    waiting = type(job)._default_manager.filter(
        pk=job.pk, state__in=[Job.State.QUEUED, Job.State.RUNNING]
    )
    if not waiting.update(state=Job.State.CANCELLED):
        raise UsageError(Message(ENDED))
    contest = job.contest if isinstance(job, ImportPlan | Run) else None
    record(user, STOPPED, contest=contest.key if contest else "")
