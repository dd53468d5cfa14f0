"""Excluding a candidate before the placement, and taking it back (211-A 56/1)."""

from __future__ import annotations

from django.db import transaction

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.web.access.models import Candidate, Contest, Stage
from portaria.web.accounts.log import record
from portaria.web.accounts.models import User

BEFORE = (Stage.PREPARING, Stage.OPEN, Stage.CLOSED)
"""Later an exclusion follows a result, which is another procedure."""
NO_CLAUSE = declare("exclusion-no-clause", "Name the clause on which the exclusion rests.")
NO_REASONS = declare("exclusion-no-reasons", "Write the reasons: they are kept with the act.")
TOO_LATE = declare(
    "exclusion-too-late",
    "The result was sent to the director: candidates are no longer excluded here.",
)
NOT_EXCLUDED = declare("exclusion-none", "This candidate is not excluded.")
EXCLUDED = declare("log-excluded", "Excluded candidate {candidate} ({clause}): {reasons}")
READMITTED = declare(
    "log-readmitted", "Took back the exclusion of candidate {candidate}: {reasons}"
)


def exclude(candidate: Candidate, user: User, clause: str, reasons: str) -> None:
    """Exclude from the contest: she takes no part in the placement and is listed with the clause.

    UsageError without a clause or reasons, and once the result was sent.
    """
    if not clause.strip():
        raise UsageError(Message(NO_CLAUSE))
    _set(candidate, user, clause.strip(), reasons, EXCLUDED)


def readmit(candidate: Candidate, user: User, reasons: str) -> None:
    """Take an exclusion back; UsageError where there is none."""
    _set(candidate, user, None, reasons, READMITTED)


@transaction.atomic
def _set(candidate: Candidate, user: User, clause: str | None, reasons: str, code: str) -> None:
    if not reasons.strip():
        raise UsageError(Message(NO_REASONS))
    contest = Contest.objects.select_for_update().get(pk=candidate.contest_id)
    if contest.stage not in BEFORE:
        raise UsageError(Message(TOO_LATE))
    person = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    if clause is None and not person.excluded:
        raise UsageError(Message(NOT_EXCLUDED))
    before, person.excluded = person.excluded, clause
    person.save(update_fields=["excluded"])
    record(
        user,
        code,
        {
            "candidate": person.candidate,
            "clause": clause or before or "",
            "reasons": reasons.strip(),
        },
        before=before,
        after=clause,
        contest=contest.key,
        candidate=person.candidate,
    )
