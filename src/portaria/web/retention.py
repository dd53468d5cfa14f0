"""How long things are kept, and what is erased after: by a command, never by itself.

Kept: results and the contests they came from, applications
as received, complaints, decisions with their reasons, and the log. Erased once the time is over:
documents, statements of claims, accounts of candidates, activation codes; in the log the
candidate's key takes the place of her name and address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import ProtectedError, Q
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.web.access.models import (
    Candidate,
    Claim,
    Complaint,
    Contest,
    Document,
    Exchange,
    Stage,
)
from portaria.web.accounts.log import record
from portaria.web.accounts.models import LogEntry, User
from portaria.web.accounts.signals import EMAIL_CHANGED
from portaria.web.accounts.views.own import NAME_CHANGED
from portaria.web.days import in_time

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
    asked = Q(complaints__state=Complaint.State.RECEIVED) | Q(
        pk__in=Exchange.objects.filter(state=Exchange.State.ASKED).values("first")
    )
    records = Candidate.objects.filter(user=user)
    running = records.filter(asked).first() or next(
        (each for each in records.select_related("contest") if not _is_over(each.contest)), None
    )
    if running is not None:
        params = {"email": email, "title": running.contest.title}
        raise UsageError(Message(STILL_NEEDED, params))
    with transaction.atomic():
        key = user.candidates.values_list("candidate", flat=True).first() or "-"
        _forget([user])
        record(None, ERASED_ONE, {"candidate": key}, candidate=key)


def _is_over(contest: Contest) -> bool:
    """Whether nothing more can be asked: its result is published, and no complaint is received."""
    until = contest.complaints_until
    return contest.is_published and (until is None or not in_time(timezone.now(), until))


def _forget(users: Iterable[User]) -> None:
    """Remove accounts; in the log their keys stand for them."""
    keys = {}
    for user in users:
        key = user.candidates.values_list("candidate", flat=True).first() or "-"
        keys[user.email] = key
        own = LogEntry.objects.filter(user=user)
        own.filter(code__in=(NAME_CHANGED, EMAIL_CHANGED)).update(before=None, after=None)
        own.update(actor=key)
    _rename_in_log(keys)
    for user in users:
        try:
            user.delete()
        except ProtectedError:
            _close(user)


def _rename_in_log(keys: Mapping[str, str]) -> None:
    """Sentences that name an address name its key, and tell what they told."""
    for entry in LogEntry.objects.filter(params__has_key="email").iterator():
        email = str(entry.params["email"]).lower()
        if (key := keys.get(email)) is None:
            continue
        changes: dict[str, Any] = {"params": entry.params | {"email": key}}
        if entry.actor.lower() == email:
            changes["actor"] = key
        if isinstance(entry.after, dict) and "email" in entry.after:
            changes["after"] = {"email": key}
        LogEntry.objects.filter(pk=entry.pk).update(**changes)


def _close(user: User) -> None:
    """Take from an account all that tells whose it is: what she asked for, such as an exchange of
    seats, stays and points to it."""
    user.candidates.update(user=None)
    LogEntry.objects.filter(user=user).update(user=None)
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    user.email, user.name, user.is_active = f"{user.pk}@erased.invalid", "", False
    user.set_unusable_password()
    user.save()
