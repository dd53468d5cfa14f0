"""Rectification of one candidate's result (57): computed by the worker, sent, ratified, in force.

The placement stays as it was published: nobody else moves, and the next phase reads it with the
enrolments and adjustments that a rectification leaves. A rectification is a run of its own with
the rows of the run before and hers in place of the old ones. Its `digest` is that of the placement
it stands on; its own folder, `results/DIGEST` by `answer["digest"]`, has

    manifest.json     the hash of every other file
    outcome/          the answer of the procedure, as `access rectify` writes it
    patch/            her corrected rows
    corrected/        the result of the corrected contest, which explains and verifies her own
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from django.db import transaction
from django.utils import timezone

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.regulations.access.procedures.merits import PEOPLE
from portaria.regulations.access.procedures.rectification import STARTERS
from portaria.regulations.access.schemas import TABLES
from portaria.tables.canonical import canonical_text
from portaria.tables.schema import columns_of
from portaria.web.access import jobs
from portaria.web.access.kept_results import results
from portaria.web.access.models import (
    Adjustment,
    Complaint,
    Contest,
    Enrolment,
    Run,
    Stage,
)
from portaria.web.accounts.log import record
from portaria.web.accounts.models import User

NOT_PUBLISHED = declare(
    "web-rectification-not-published",
    "Only a published result is rectified: correct the tables instead.",
)
UNKNOWN_STARTER = declare("web-rectification-starter", "Say who started the rectification.")
NOTHING_CORRECTED = declare(
    "web-rectification-nothing-corrected", "Nothing is different from what was placed."
)
NOT_SENDABLE = declare(
    "web-rectification-not-sendable",
    "Only a rectification that was accepted, and not sent yet, is sent.",
)
NOT_SENT = declare("web-rectification-not-sent", "This rectification does not wait for a decision.")
STALE = declare(
    "web-rectification-stale",
    "Another rectification was ratified after this one was made: make it again.",
)
STARTED = declare("log-rectification-started", "Began to rectify the result of {candidate}.")
MADE = declare(
    "log-rectification-made", "Made the rectification of {candidate}: {before} to {after}."
)
NOT_MADE = declare(
    "log-rectification-not-made", "The rectification of {candidate} is not possible: {before}."
)
SENT = declare("log-rectification-sent", "Sent the rectification of {candidate} to the director.")
RETURNED = declare(
    "log-rectification-returned", "Returned the rectification of {candidate}: {reasons}"
)
RATIFIED = declare(
    "log-rectification-ratified", "Ratified the rectification of {candidate}: {before} to {after}."
)
ANSWERED, WAITING, IN_FORCE, TAKEN_BACK = "answered", "sent", "ratified", "returned"


def rows_of(contest: Contest, candidate: str) -> dict[str, list[dict[str, str]]]:
    """Her rows as they were placed, by table, every cell as text; an empty list for a new one."""
    assert contest.run is not None, "a published contest has a result"
    inputs = results(contest.run).inputs()
    return {
        name: _texts(inputs.tables[name].filter(pl.col("candidate") == candidate))
        for name in PEOPLE
    }


def _texts(frame: pl.DataFrame) -> list[dict[str, str]]:
    text = canonical_text(frame).select(pl.all().cast(pl.String).fill_null(""))
    return text.to_dicts()


def columns(table: str) -> list[str]:
    """The columns of a table that a correction may have."""
    return list(columns_of(TABLES[table].schema))


@transaction.atomic
def start(
    contest: Contest,
    candidate: str,
    patch: Mapping[str, Sequence[Mapping[str, str]]],
    user: User,
    started_by: str = "office",
    own_cause: bool = False,
    complaint: Complaint | None = None,
) -> Run:
    """Have the worker find what a correction changes. patch: the tables that differ, her rows
    whole."""
    held = Contest.objects.select_for_update().get(pk=contest.pk)
    if held.stage != Stage.PUBLISHED or held.run is None:
        raise UsageError(Message(NOT_PUBLISHED))
    if started_by not in STARTERS:
        raise UsageError(Message(UNKNOWN_STARTER))
    if not patch:
        raise UsageError(Message(NOTHING_CORRECTED))
    run = Run.objects.create(
        contest=held,
        kind=Run.Kind.RECTIFICATION,
        started_by=user,
        parameters={
            "of": held.run.pk,
            "candidate": candidate,
            "patch": {name: [dict(row) for row in rows] for name, rows in patch.items()},
            "started_by": started_by,
            "own_cause": own_cause,
            "complaint": complaint.pk if complaint else None,
        },
    )
    if complaint is not None:
        complaint.run = run
        complaint.save(update_fields=["run"])
    tell_log(run, user, STARTED)
    jobs.queue(run)
    return run


def adjustments_so_far(former: Run) -> pl.DataFrame:
    """Table `adjustments` as the rectifications in force leave it: programme, vl2, vr."""
    schema = {"programme": pl.String, "vl2": pl.Int64, "vr": pl.Int64}
    found = []
    run = former
    while run.kind == Run.Kind.RECTIFICATION:
        found += [
            (row["programme"], row["vl2"], row["vr"])
            for row in run.answer["outcome"]["adjustments"]
        ]
        run = Run.objects.get(pk=run.parameters["of"])
    frame = pl.DataFrame(found, schema=schema, orient="row")
    return frame.group_by("programme").agg(pl.col("vl2", "vr").sum()).sort("programme")


def of_contest(contest: Contest) -> list[Run]:
    """Every rectification that was tried, the latest first."""
    return list(Run.objects.filter(contest=contest, kind=Run.Kind.RECTIFICATION).order_by("-pk"))


def waiting() -> list[Run]:
    """Every rectification that waits for the director."""
    runs = Run.objects.filter(kind=Run.Kind.RECTIFICATION, state=Run.State.DONE)
    return [run for run in runs.select_related("contest") if state(run) == WAITING]


def state(run: Run) -> str:
    """Where it stands: that of its job until it is answered, then answered, sent, ratified or
    returned."""
    return run.answer["state"] if run.answer else str(run.state)


def accepted(run: Run) -> bool:
    """Whether the rules accept it."""
    return bool(run.answer and run.answer["outcome"]["accepted"])


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
    """The director puts it in force: the contest points to it, her enrolment row and the next
    phase's adjustments with it."""
    found, contest = _locked(run)
    if state(found) != WAITING:
        raise UsageError(Message(NOT_SENT))
    if found.parameters["of"] != contest.run_id:
        raise UsageError(Message(STALE))
    contest.run = found
    contest.save(update_fields=["run"])
    for row in found.answer["outcome"]["enrolments"]:
        _enrol(contest, row, user)
    _adjust(contest, found)
    _go(found, IN_FORCE, user, RATIFIED, after=found.answer["digest"])


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


def _adjust(contest: Contest, run: Run) -> None:
    """The next phase takes it in where its seats are not settled yet (42/1)."""
    following = Contest.objects.filter(previous=contest).first()
    if following is None or following.stage not in (Stage.PREPARING, Stage.OPEN, Stage.CLOSED):
        return
    for row in run.answer["outcome"]["adjustments"]:
        stands, _new = Adjustment.objects.get_or_create(
            contest=following, programme=row["programme"]
        )
        stands.vl2, stands.vr = stands.vl2 + row["vl2"], stands.vr + row["vr"]
        stands.save()


def _go(run: Run, state: str, user: User, code: str, after: Any = None, **more: str) -> None:
    steps = run.answer.get("steps", [])
    step = {"state": state, "by": str(user), "at": timezone.now().isoformat(), **more}
    run.answer = run.answer | {"state": state, "steps": [*steps, step]}
    run.save(update_fields=["answer"])
    tell_log(run, user, code, after=after, **more)


def tell_log(run: Run, user: User, code: str, after: Any = None, **more: str) -> None:
    """Log a step of a rectification."""
    answer = run.answer or {}
    params = {"candidate": run.parameters["candidate"], **more}
    params |= {name: answer[name] for name in ("before", "after") if name in answer}
    record(
        user, code, params, before=answer.get("before"), after=after, contest=run.contest.key,
        candidate=run.parameters["candidate"],
    )  # fmt: skip
