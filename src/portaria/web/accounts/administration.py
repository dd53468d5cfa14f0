"""Roles, given and withdrawn by administrators: in one transaction, with an entry of the log."""

from __future__ import annotations

from django.db import transaction

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare, render
from portaria.web.accounts.adapters import unconfirmed
from portaria.web.accounts.log import record
from portaria.web.accounts.models import Membership, User
from portaria.web.accounts.roles import ADMINISTRATOR, INSTITUTION, NAMES, ROLES
from portaria.web.accounts.tokens import end_of_issuer

NO_SUCH_ROLE = declare("accounts-no-role", "There is no such role: choose one of the list.")
NEEDS_PLACE = declare(
    "accounts-needs-place", "An institution officer acts for one institution: give its code."
)
NO_PLACE = declare(
    "accounts-no-place", "Only an institution officer acts for an institution: leave the code out."
)
HELD = declare("accounts-held", "The account has this role already.")
OWN_ACCOUNT = declare(
    "accounts-own", "Your own roles and your own account are changed by another administrator."
)
LAST = declare(
    "accounts-last", "This is the last administrator: name another one before you go on."
)
IS_SUSPENDED = declare("accounts-is-suspended", "The account is suspended: open it again first.")
UNCONFIRMED = declare(
    "accounts-unconfirmed",
    "The person has not confirmed the address {email}, so that the account may be somebody else's. "
    "Ask her to follow the link in the message, or to ask for a new password; then give the role.",
)
GRANTED = declare("log-role-given", "Gave {email} the role: {role}.")
GRANTED_AT = declare(
    "log-role-given-at", "Gave {email} the role: {role} at the institution {institution}."
)
WITHDRAWN = declare("log-role-withdrawn", "Withdrew from {email} the role: {role}.")
WITHDRAWN_AT = declare(
    "log-role-withdrawn-at",
    "Withdrew from {email} the role: {role} at the institution {institution}.",
)


@transaction.atomic
def grant(actor: User, user: User, role: str, institution: str = "") -> None:
    """Give a role; UsageError for oneself, for no role, and for a place that does not fit it."""
    institution = institution.strip()
    if role not in ROLES:
        raise UsageError(Message(NO_SUCH_ROLE))
    if actor.pk == user.pk:
        raise UsageError(Message(OWN_ACCOUNT))
    if (role == INSTITUTION) != bool(institution):
        raise UsageError(Message(NEEDS_PLACE if role == INSTITUTION else NO_PLACE))
    found = locked(user)
    if not found.is_active:
        raise UsageError(Message(IS_SUSPENDED))
    if unconfirmed(found):
        raise UsageError(Message(UNCONFIRMED, {"email": found.email}))
    before = held(found)
    _row, new = Membership.objects.get_or_create(user=found, role=role, institution=institution)
    if not new:
        raise UsageError(Message(HELD))
    _tell(actor, found, (GRANTED, GRANTED_AT), role, institution, before)


@transaction.atomic
def withdraw(actor: User, membership: Membership) -> None:
    """Take a role away; UsageError for one's own and for the last administrator."""
    user = locked(membership.user)
    if actor.pk == user.pk:
        raise UsageError(Message(OWN_ACCOUNT))
    if membership.role == ADMINISTRATOR:
        another_remains(user)
    before = held(user)
    if not Membership.objects.filter(pk=membership.pk).delete()[0]:
        return
    codes = (WITHDRAWN, WITHDRAWN_AT)
    _tell(actor, user, codes, membership.role, membership.institution, before)
    end_of_issuer(user)


def _tell(
    actor: User, user: User, codes: tuple[str, str], role: str, institution: str, before: list[str]
) -> None:
    params: dict[str, object] = {"email": user.email, "role": role_name(role)}
    if institution:
        params["institution"] = institution
    record(actor, codes[bool(institution)], params, before=before, after=held(user))


def role_name(role: str) -> str:
    """The Portuguese name of a role, as the log keeps it."""
    return render(Message(NAMES[role]))


def held(user: User) -> list[str]:
    """The roles of an account, as the log keeps them."""
    return [str(row) for row in user.memberships.order_by("role", "institution")]


def locked(user: User) -> User:
    """The account, which nobody else changes meanwhile."""
    return User.objects.select_for_update().get(pk=user.pk)


def another_remains(user: User) -> None:
    """UsageError for the last administrator. Two must not take the role from each other at once:
    one waits here."""
    rows = Membership.objects.select_for_update(of=("self",)).filter(role=ADMINISTRATOR)
    remaining = {row.user_id for row in rows.select_related("user") if row.user.is_active}
    if not remaining - {user.pk}:
        raise UsageError(Message(LAST))
