"""Rectification of one candidate's result (57): what is corrected, and where it stands.

The worker finds what it changes (`rectification_work`), the director decides on it
(`rectification_decisions`). The placement stays as it was published: nobody else moves, and the
next phase reads it with the enrolments and adjustments that a rectification leaves. A rectification
is a run of its own with the rows of the run before and hers in place of the old ones. Its `digest`
is that of the placement it stands on; its own folder, `results/DIGEST` by `answer["digest"]`, has

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
    Complaint,
    Contest,
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
STARTED = declare("log-rectification-started", "Began to rectify the result of {candidate}.")
MADE = declare(
    "log-rectification-made", "Made the rectification of {candidate}: {before} to {after}."
)
NOT_MADE = declare(
    "log-rectification-not-made", "The rectification of {candidate} is not possible: {before}."
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


def tell_log(run: Run, user: User, code: str, after: Any = None, **more: str) -> None:
    """Log a step of a rectification."""
    answer = run.answer or {}
    params = {"candidate": run.parameters["candidate"], **more}
    params |= {name: answer[name] for name in ("before", "after") if name in answer}
    record(
        user, code, params, before=answer.get("before"), after=after, contest=run.contest.key,
        candidate=run.parameters["candidate"],
    )  # fmt: skip
