"""Accounts closed and opened again by administrators, or freed of a lost second factor."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.account.adapter import get_adapter
from allauth.core import context as current
from allauth.mfa.models import Authenticator
from django.db import transaction

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.web.accounts.administration import OWN_ACCOUNT, another_remains, locked
from portaria.web.accounts.log import record
from portaria.web.accounts.models import Membership, User
from portaria.web.accounts.roles import ADMINISTRATOR
from portaria.web.accounts.tokens import end_of_issuer

NO_REASONS = declare("accounts-no-reasons", "Say why: it stands in the log.")
NO_FACTOR = declare("accounts-no-factor", "The account has no second factor.")
SUSPENDED = declare("log-suspended", "Suspended the account {email}: {reasons}")
RESTORED = declare("log-restored", "Opened the account {email} again: {reasons}")
FACTOR_TAKEN = declare(
    "log-factor-taken", "Removed the second factor of {email} after identification: {reasons}"
)


@transaction.atomic
def suspend(actor: User, user: User, reasons: str) -> None:
    """Close an account: its sessions end, nobody signs in to it until it is opened again."""
    found = locked(user)
    if actor.pk == found.pk:
        raise UsageError(Message(OWN_ACCOUNT))
    if Membership.objects.filter(user=found, role=ADMINISTRATOR).exists():
        another_remains(found)
    _set_active(actor, found, False, reasons)


@transaction.atomic
def restore(actor: User, user: User, reasons: str) -> None:
    """Open a suspended account again, with the roles that it had."""
    _set_active(actor, locked(user), True, reasons)


def _set_active(actor: User, user: User, active: bool, reasons: str) -> None:
    params = {"email": user.email, "reasons": _given(reasons)}
    if user.is_active == active:
        return
    user.is_active = active
    user.save(update_fields=["is_active"])
    state: Sequence[str] = ("suspended", "active") if active else ("active", "suspended")
    record(actor, RESTORED if active else SUSPENDED, params, before=state[0], after=state[1])
    end_of_issuer(user)
    _notify(user, "accounts/email/restored" if active else "accounts/email/suspended")


@transaction.atomic
def remove_factor(actor: User, user: User, reasons: str) -> None:
    """Take the second factor off an account whose person lost it and was identified."""
    found = locked(user)
    params = {"email": found.email, "reasons": _given(reasons)}
    if actor.pk == found.pk:
        raise UsageError(Message(OWN_ACCOUNT))
    rows = Authenticator.objects.filter(user=found)
    before = sorted(str(row.type) for row in rows)
    if not before:
        raise UsageError(Message(NO_FACTOR))
    rows.delete()
    record(actor, FACTOR_TAKEN, params, before=before, after=[])
    _notify(found, "accounts/email/factor_removed")


def _notify(user: User, what: str) -> None:
    """Tell her by e-mail, once it is certain; the message says from where it was done."""
    request = current.request
    if request is None:
        return

    def send() -> None:
        with current.request_context(request):
            get_adapter().send_notification_mail(what, user)

    transaction.on_commit(send)


def _given(reasons: str) -> str:
    if not reasons.strip():
        raise UsageError(Message(NO_REASONS))
    return reasons.strip()
