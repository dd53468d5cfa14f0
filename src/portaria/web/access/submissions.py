"""Handing an application in, changing it, withdrawing it: until the deadline, to the second.

A submission is one short transaction that holds the contest against a closing; the clock is read
in it, so that nothing is received once the deadline has passed, nor missed by the placement.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.web.access.editions import edition_of
from portaria.web.access.frames import form_digest
from portaria.web.access.models import Candidate, Contest, Programme, Submission
from portaria.web.accounts.log import record
from portaria.web.accounts.models import User

NOT_ACCEPTED = declare(
    "submission-not-accepted",
    "Applications are not received now. Nothing was changed in what you had handed in.",
)
TOO_MANY_OPTIONS = declare(
    "submission-too-many",
    "An application has at most {limit} options; this one has {count}.",
)
NO_OPTIONS = declare("submission-none", "Choose at least one programme.")
TWICE = declare("submission-twice", "The programme {programme} is chosen twice.")
UNKNOWN = declare("submission-unknown", "The programme {programme} is not in this contest.")
NOTHING_STANDS = declare("submission-nothing", "There is no application to withdraw.")
CHANGED_ELSEWHERE = declare(
    "submission-changed-elsewhere",
    "Your application was changed elsewhere after this page was opened: look at it again.",
)
KEY_USED = declare(
    "submission-key-used",
    "This form already reached us with other content and stands as application {number}: look at "
    "both, then hand in again what you want.",
)
EXCLUDED = declare("submission-excluded", "You are excluded from this contest ({clause}).")
SUBMITTED = declare("log-submitted", "Handed in application {number}: {options}.")
CHANGED = declare("log-changed", "Changed the application, now number {number}: {options}.")
WITHDRAWN = declare("log-withdrawn", "Withdrew the application with number {number}.")

SENTENCES = {
    Submission.Kind.SUBMITTED: SUBMITTED,
    Submission.Kind.CHANGED: CHANGED,
    Submission.Kind.WITHDRAWN: WITHDRAWN,
}


def submit(
    candidate: Candidate,
    user: User,
    key: uuid.UUID,
    options: Sequence[str],
    claims_regional: bool,
    seen: int | None = None,
) -> Submission:
    """Hand in a form, or change what was handed in; the same key gives the same receipt.

    seen: the number of the application that the page showed, 0 for none; UsageError where another
    stands now. UsageError for whatever else is wrong with the form, and after the deadline.
    """
    if (known := _known(candidate, key, options, claims_regional)) is not None:
        return known
    refuse(candidate.contest, options)
    return _receive(candidate, user, key, list(options), claims_regional, seen)


def withdraw(
    candidate: Candidate, user: User, key: uuid.UUID, seen: int | None = None
) -> Submission:
    """Withdraw the application that stands, until the deadline; `seen` as in `submit`."""
    if (known := _known(candidate, key, None, False)) is not None:
        return known
    return _receive(candidate, user, key, None, False, seen)


def _known(
    candidate: Candidate, key: uuid.UUID, options: Sequence[str] | None, claims_regional: bool
) -> Submission | None:
    """What came with this key; UsageError where it was not this form.

    A form changed after its answer was lost must not get the receipt of what it was before.
    """
    known = Submission.objects.filter(candidate=candidate, key=key).first()
    if known is None:
        return None
    withdrawn = known.kind == Submission.Kind.WITHDRAWN
    same = (withdrawn, known.options, known.claims_regional) == (
        options is None, list(options or []), claims_regional,
    )  # fmt: skip
    if not same:
        raise UsageError(Message(KEY_USED, {"number": known.number}))
    return known


def refuse(contest: Contest, options: Sequence[str]) -> None:
    """UsageError for a form that cannot be received, whoever hands it in."""
    limit = most_options(contest)
    if not options:
        raise UsageError(Message(NO_OPTIONS))
    if limit is not None and len(options) > limit:
        raise UsageError(Message(TOO_MANY_OPTIONS, {"limit": limit, "count": len(options)}))
    for programme in options:
        if options.count(programme) > 1:
            raise UsageError(Message(TWICE, {"programme": programme}))
    there = set(
        Programme.objects.filter(contest=contest, programme__in=options).values_list(
            "programme", flat=True
        )
    )
    for programme in options:
        if programme not in there:
            raise UsageError(Message(UNKNOWN, {"programme": programme}))


def most_options(contest: Contest) -> int | None:
    """How many options a form may have; None where the text sets no limit."""
    edition = edition_of(contest)
    return int(edition.value("most_options")) if "most_options" in edition.parameters else None


def _receive(
    candidate: Candidate,
    user: User,
    key: uuid.UUID,
    options: list[str] | None,
    claims_regional: bool,
    seen: int | None,
) -> Submission:
    """Write the submission and make it the one that stands. `options` None withdraws."""
    try:
        with transaction.atomic():
            contest = held(candidate.contest_id)
            person = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
            # Sent twice at once: the other one may have been first.
            if (known := _known(candidate, key, options, claims_regional)) is not None:
                return known
            last = Submission.objects.filter(candidate=person).order_by("-number").first()
            stands = person.submission_id is not None
            _check(person, last, stands, options, seen)
            received = Submission.objects.create(
                contest_id=person.contest_id,
                candidate=person,
                key=key,
                number=last.number + 1 if last else 1,
                kind=_kind(options, stands),
                options=options or [],
                claims_regional=claims_regional,
                digest=form_digest(
                    candidate.contest, person.candidate, options or [], claims_regional
                ),
            )
            _within_deadline(contest, received.received_at)
            person.submission = received if options is not None else None
            person.save(update_fields=["submission"])
            _tell(user, candidate, received, last.options if last and stands else None)
            return received
    except IntegrityError:
        # The same form came twice at once; the other one was first.
        return Submission.objects.get(candidate=candidate, key=key)


def _tell(user: User, candidate: Candidate, received: Submission, before: list[str] | None) -> None:
    options = None if received.kind == Submission.Kind.WITHDRAWN else received.options
    record(
        user,
        SENTENCES[Submission.Kind(received.kind)],
        {"number": received.number, "options": ", ".join(options or [])},
        before=before,
        after=options,
        contest=candidate.contest.key,
        candidate=candidate.candidate,
    )


def _check(
    person: Candidate,
    last: Submission | None,
    stands: bool,
    options: list[str] | None,
    seen: int | None,
) -> None:
    if person.excluded:
        raise UsageError(Message(EXCLUDED, {"clause": person.excluded}))
    if options is None and not stands:
        raise UsageError(Message(NOTHING_STANDS))
    number = last.number if last and stands else 0
    if seen is not None and seen != number:
        raise UsageError(Message(CHANGED_ELSEWHERE))


def _kind(options: list[str] | None, stands: bool) -> Submission.Kind:
    if options is None:
        return Submission.Kind.WITHDRAWN
    return Submission.Kind.CHANGED if stands else Submission.Kind.SUBMITTED


def held(contest: int) -> Contest:
    """The contest as it stands, which nobody closes before this transaction ends.

    SQLite has one writer at a time, so nothing is to be done there.
    """
    if connection.vendor != "postgresql":
        return Contest.objects.get(pk=contest)
    table = connection.ops.quote_name(Contest._meta.db_table)
    rows = Contest.objects.raw(f"SELECT * FROM {table} WHERE id = %s FOR SHARE", [contest])
    return next(iter(rows))


def _within_deadline(contest: Contest, received_at: datetime) -> None:
    """UsageError, which undoes the transaction, where the contest closed or the time is over."""
    if not (contest.accepts(received_at) and contest.accepts(timezone.now())):
        raise UsageError(Message(NOT_ACCEPTED))
