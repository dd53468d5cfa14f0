"""Accounts made and roles granted by whoever runs the installation, from its command line."""

from __future__ import annotations

from django.db import transaction

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.web.accounts.adapters import unconfirmed
from portaria.web.accounts.administration import UNCONFIRMED
from portaria.web.accounts.inviting import path_of
from portaria.web.accounts.log import record
from portaria.web.accounts.models import Membership, User
from portaria.web.accounts.roles import INSTITUTION, ROLES

UNKNOWN_ROLE = declare("role-unknown", "The role {role} is not one of: {known}.")
NEEDS_INSTITUTION = declare(
    "role-needs-institution", "The role institution needs --institution, and no other takes it."
)
ACCOUNT_MADE = declare("log-account-made", "Made the account {email}.")
ROLE_GRANTED = declare("log-role-granted", "Gave {email} the role {role} {institution}.")


@transaction.atomic
def grant(email: str, role: str | None, institution: str = "", by: User | None = None) -> User:
    """The account of an address, made where there is none, with a role where one is named.

    UsageError for an unknown role, or an institution where the role has none.
    """
    if role is not None and role not in ROLES:
        raise UsageError(Message(UNKNOWN_ROLE, {"role": role, "known": ", ".join(ROLES)}))
    if (role == INSTITUTION) != bool(institution):
        raise UsageError(Message(NEEDS_INSTITUTION))
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        user = User.objects.create_user(email)
        record(by, ACCOUNT_MADE, {"email": user.email})
    if role is not None and unconfirmed(user):
        raise UsageError(Message(UNCONFIRMED, {"email": user.email}))
    if role is not None:
        _membership, new = Membership.objects.get_or_create(
            user=user, role=role, institution=institution
        )
        if new:
            params = {"email": user.email, "role": role, "institution": institution}
            record(by, ROLE_GRANTED, params, after=f"{role} {institution}".strip())
    return user


def password_link(user: User, address: str) -> str:
    """The link by which a person sets her password, once."""
    return address.rstrip("/") + path_of(user)
