"""How long things are kept, and what is erased after: by a command, never by itself.

Kept: results and the contests they came from, applications
as received, decisions with their reasons, and the log. Erased once the time is over: documents and
statements of claims and complaints, accounts of candidates, activation codes; in the log the
candidate's key takes the place of her name and address.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.web.access.models import Candidate, Claim, Contest, Document, Stage
from portaria.web.accounts.log import record
from portaria.web.accounts.models import LogEntry, User

YEARS = 2
"""After publication; an installation may say more, never less than one."""

ERASED = declare(
    "log-erased",
    "Erased what need not be kept: {accounts} accounts, {documents} documents.",
)
ERASED_ONE = declare("log-erased-one", "Erased the account of candidate {candidate} on request.")
STILL_NEEDED = declare(
    "retention-still-needed",
    "{email} takes part in a contest that is not over ({title}): its account is needed until then.",
)
STAFF = declare(
    "retention-staff", "{email} has a role: withdraw it first; what staff did stays in the log."
)
UNKNOWN = declare("retention-unknown", "There is no account {email}.")


class Over(NamedTuple):
    """What may be erased."""

    contests: list[Contest]
    documents: list[Document]
    accounts: list[User]


def over(years: int = YEARS, now: datetime | None = None) -> Over:
    """What is no longer needed, `years` after each contest was published."""
    limit = (now or timezone.now()) - timedelta(days=round(365.25 * max(years, 1)))
    contests = list(Contest.objects.filter(stage=Stage.PUBLISHED, published_at__lt=limit))
    documents = Document.objects.filter(
        Q(claim__contest__in=contests) | Q(complaint__contest__in=contests)
    )
    in_old = Candidate.objects.filter(contest__in=contests).values("user")
    in_others = Candidate.objects.exclude(contest__in=contests).exclude(user=None).values("user")
    accounts = User.objects.filter(pk__in=in_old, memberships=None).exclude(pk__in=in_others)
    return Over(contests, list(documents), list(accounts))


def erase(found: Over) -> None:
    """Erase it, in one transaction; files go once the records are gone."""
    with transaction.atomic():
        files = [document.file for document in found.documents]
        Document.objects.filter(pk__in=[document.pk for document in found.documents]).delete()
        Claim.objects.filter(contest__in=found.contests).update(statement="")
        Candidate.objects.filter(contest__in=found.contests).update(activation=None)
        _forget(found.accounts)
        counts = {"accounts": len(found.accounts), "documents": len(files)}
        record(None, ERASED, counts)
        transaction.on_commit(lambda: _remove(files))


def _remove(files: Iterable[FieldFile]) -> None:
    for file in files:
        file.storage.delete(file.name or "")


def erase_account(email: str) -> None:
    """Erase one candidate's account at her request, where no contest still needs it.

    UsageError where one does, or where the account is not a candidate's.
    """
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        raise UsageError(Message(UNKNOWN, {"email": email}))
    if user.memberships.exists():
        raise UsageError(Message(STAFF, {"email": email}))
    running = Candidate.objects.filter(user=user).exclude(contest__stage=Stage.PUBLISHED).first()
    if running is not None:
        params = {"email": email, "title": running.contest.title}
        raise UsageError(Message(STILL_NEEDED, params))
    with transaction.atomic():
        key = user.candidates.values_list("candidate", flat=True).first() or "-"
        _forget([user])
        record(None, ERASED_ONE, {"candidate": key}, candidate=key)


def _forget(users: Iterable[User]) -> None:
    """Remove accounts; in the log their keys stand for them."""
    for user in users:
        key = user.candidates.values_list("candidate", flat=True).first() or "-"
        LogEntry.objects.filter(user=user).update(actor=key)
        LogEntry.objects.filter(actor=user.email).update(actor=key, params={"email": key})
        user.delete()
