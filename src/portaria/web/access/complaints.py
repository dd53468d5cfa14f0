"""Complaints against a published result: received until their deadline, then decided (211-A 40,
211-B 27)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.web.access import decision_mail
from portaria.web.access.attachments import check, keeping
from portaria.web.access.models import (
    Candidate,
    Complaint,
    Contest,
    PlacementResult,
    Run,
)
from portaria.web.access.submissions import held
from portaria.web.accounts.log import record
from portaria.web.accounts.models import User
from portaria.web.days import in_time

NOT_NOW = declare("complaint-not-now", "Complaints are not received now. Nothing was handed in.")
NO_TEXT = declare("complaint-no-text", "Say what you complain of and why.")
NO_RESULT = declare("complaint-no-result", "You have no result in this contest to complain of.")
KEY_USED = declare(
    "complaint-key-used",
    "This form already reached us with another text: see it below, and write a new complaint with "
    "what is missing.",
)
MOST = 5
TOO_MANY = declare(
    "complaint-too-many", "At most {limit} complaints against one result are received."
)
NOT_OPEN = declare("complaint-not-open", "This complaint was already decided.")
NO_DECISION = declare("complaint-no-decision", "A decision needs its reasons.")
RECEIVED = declare("log-complaint", "Complained of the result, with documents: {documents}.")
ACCEPTED = declare("log-complaint-accepted", "Accepted the complaint of {candidate}.")
REFUSED = declare("log-complaint-refused", "Refused the complaint of {candidate}.")


def receives(contest: Contest, at: datetime) -> bool:
    """Whether a complaint is received at this moment; the last second counts whole."""
    until = contest.complaints_until
    return contest.is_published and until is not None and in_time(at, until)


def receive(
    candidate: Candidate,
    user: User,
    key: uuid.UUID,
    text: str,
    files: Sequence[UploadedFile] = (),
) -> Complaint:
    """Hand in a complaint; the same key gives the same complaint again.

    UsageError without a text or a result, and after the deadline by the server's clock; InputError
    for documents that are not taken.
    """
    if (known := _known(candidate, key, text)) is not None:
        return known
    if not text.strip():
        raise UsageError(Message(NO_TEXT))
    check(files)
    with keeping() as keep, transaction.atomic():
        contest = held(candidate.contest_id)
        person = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
        if (known := _known(candidate, key, text)) is not None:
            return known
        _refuse(contest, person)
        made = Complaint.objects.create(
            contest=contest, candidate=person, key=key, text=text.strip()
        )
        keep(files, made)
        record(
            user,
            RECEIVED,
            {"documents": len(files)},
            after=made.text,
            contest=contest.key,
            candidate=person.candidate,
        )
        if not (receives(contest, made.received_at) and receives(contest, timezone.now())):
            raise UsageError(Message(NOT_NOW))
    return made


def _known(candidate: Candidate, key: uuid.UUID, text: str) -> Complaint | None:
    """What came with this key; UsageError where it said something else."""
    known = Complaint.objects.filter(candidate=candidate, key=key).first()
    if known is not None and known.text != text.strip():
        raise UsageError(Message(KEY_USED))
    return known


def _refuse(contest: Contest, person: Candidate) -> None:
    if not receives(contest, timezone.now()):
        raise UsageError(Message(NOT_NOW))
    if not PlacementResult.objects.filter(run=contest.run_id, candidate=person.candidate).exists():
        raise UsageError(Message(NO_RESULT))
    if Complaint.objects.filter(candidate=person).count() >= MOST:
        raise UsageError(Message(TOO_MANY, {"limit": MOST}))


@transaction.atomic
def decide(
    complaint: Complaint, user: User, accepted: bool, decision: str, run: Run | None = None
) -> Complaint:
    """Accept or refuse a complaint, with reasons; run: the rectification that an accepted one led
    to. UsageError where it was decided before, or without reasons."""
    if not decision.strip():
        raise UsageError(Message(NO_DECISION))
    found = (
        Complaint.objects.select_for_update(of=("self",))
        .select_related("candidate", "contest")
        .get(pk=complaint.pk)
    )
    if found.state != Complaint.State.RECEIVED:
        raise UsageError(Message(NOT_OPEN))
    found.state = Complaint.State.ACCEPTED if accepted else Complaint.State.REFUSED
    found.decision, found.run = decision.strip(), run
    found.decided_by, found.decided_at = user, timezone.now()
    found.save()
    record(
        user,
        ACCEPTED if accepted else REFUSED,
        {"candidate": found.candidate.candidate},
        after={"decision": found.decision, "run": run.digest if run else None},
        contest=found.contest.key,
        candidate=found.candidate.candidate,
    )
    decision_mail.tell([found.candidate], decision_mail.COMPLAINT)
    return found
