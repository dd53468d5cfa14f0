"""What administrators do with accounts: each act in one transaction, with an entry of the log."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.core import context as current
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare, render
from portaria.web.accounts.adapters import unconfirmed, vouch
from portaria.web.accounts.forms import taken
from portaria.web.accounts.log import record
from portaria.web.accounts.models import Membership, User
from portaria.web.accounts.roles import ADMINISTRATOR, INSTITUTION, NAMES, ROLES

EXISTS = declare("accounts-exists", "There is an account with this address already: look for it.")
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
NO_REASONS = declare("accounts-no-reasons", "Say why: it stands in the log.")
NO_FACTOR = declare("accounts-no-factor", "The account has no second factor.")
HAS_WAY_IN = declare(
    "accounts-has-way-in",
    "The person has a way to sign in: she asks for a new password herself, on the page to sign in.",
)
IS_SUSPENDED = declare("accounts-is-suspended", "The account is suspended: open it again first.")

UNCONFIRMED = declare(
    "accounts-unconfirmed",
    "The person has not confirmed the address {email}, so that the account may be somebody else's. "
    "Ask her to follow the link in the message, or to ask for a new password; then give the role.",
)

INVITED = declare("log-invited", "Made an account for {email} and sent the link to open it.")
LINK_SENT = declare("log-link-sent", "Sent {email} a new link to open the account.")
GRANTED = declare("log-role-given", "Gave {email} the role: {role}.")
GRANTED_AT = declare(
    "log-role-given-at", "Gave {email} the role: {role} at the institution {institution}."
)
WITHDRAWN = declare("log-role-withdrawn", "Withdrew from {email} the role: {role}.")
WITHDRAWN_AT = declare(
    "log-role-withdrawn-at",
    "Withdrew from {email} the role: {role} at the institution {institution}.",
)
SUSPENDED = declare("log-suspended", "Suspended the account {email}: {reasons}")
RESTORED = declare("log-restored", "Opened the account {email} again: {reasons}")
FACTOR_TAKEN = declare(
    "log-factor-taken", "Removed the second factor of {email} after identification: {reasons}"
)


@transaction.atomic
def invite(actor: User, email: str, name: str = "", role: str = "", institution: str = "") -> User:
    """An account without a password, for one person; UsageError where the address has one.

    `link` opens it. role: given at once, as by `grant`.
    """
    if taken(email):
        raise UsageError(Message(EXISTS))
    user = User.objects.create_user(email, None, name=name.strip())
    EmailAddress.objects.filter(email=user.email, verified=False).delete()
    vouch(user)
    after = {"email": user.email, "name": user.name}
    record(actor, INVITED, {"email": user.email}, after=after)
    if role:
        grant(actor, user, role, institution)
    return user


def can_be_sent_a_link(user: User) -> bool:
    """Whether an administrator may open it by a link: nobody has signed in to it, nor can."""
    return (
        user.is_active
        and user.last_login is None
        and not user.has_usable_password()
        and not SocialAccount.objects.filter(user=user).exists()
    )


def link(request: HttpRequest, user: User) -> str:
    """The address at which a person sets her first password; UsageError where she has one.

    Whoever holds it holds the account, so there is none for an account that is in use.
    """
    if not can_be_sent_a_link(user):
        raise UsageError(Message(HAS_WAY_IN if user.is_active else IS_SUSPENDED))
    arguments = {
        "uidb36": user_pk_to_url_str(user),
        "key": default_token_generator.make_token(user),
    }
    path = reverse("account_reset_password_from_key", kwargs=arguments)
    return request.build_absolute_uri(path)


@transaction.atomic
def send_again(actor: User, user: User) -> None:
    """Note that another link was sent."""
    record(actor, LINK_SENT, {"email": user.email})


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
    found = _locked(user)
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
    user = _locked(membership.user)
    if actor.pk == user.pk:
        raise UsageError(Message(OWN_ACCOUNT))
    if membership.role == ADMINISTRATOR:
        _another_remains(user)
    before = held(user)
    if not Membership.objects.filter(pk=membership.pk).delete()[0]:
        return
    codes = (WITHDRAWN, WITHDRAWN_AT)
    _tell(actor, user, codes, membership.role, membership.institution, before)


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


@transaction.atomic
def suspend(actor: User, user: User, reasons: str) -> None:
    """Close an account: its sessions end, nobody signs in to it until it is opened again."""
    found = _locked(user)
    if actor.pk == found.pk:
        raise UsageError(Message(OWN_ACCOUNT))
    if Membership.objects.filter(user=found, role=ADMINISTRATOR).exists():
        _another_remains(found)
    _set_active(actor, found, False, reasons)


@transaction.atomic
def restore(actor: User, user: User, reasons: str) -> None:
    """Open a suspended account again, with the roles that it had."""
    _set_active(actor, _locked(user), True, reasons)


def _set_active(actor: User, user: User, active: bool, reasons: str) -> None:
    params = {"email": user.email, "reasons": _given(reasons)}
    if user.is_active == active:
        return
    user.is_active = active
    user.save(update_fields=["is_active"])
    state: Sequence[str] = ("suspended", "active") if active else ("active", "suspended")
    record(actor, RESTORED if active else SUSPENDED, params, before=state[0], after=state[1])
    _notify(user, "accounts/email/restored" if active else "accounts/email/suspended")


@transaction.atomic
def remove_factor(actor: User, user: User, reasons: str) -> None:
    """Take the second factor off an account whose person lost it and was identified."""
    found = _locked(user)
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


def _locked(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _another_remains(user: User) -> None:
    """Two administrators must not take the role from each other at once: one waits here."""
    rows = Membership.objects.select_for_update(of=("self",)).filter(role=ADMINISTRATOR)
    remaining = {row.user_id for row in rows.select_related("user") if row.user.is_active}
    if not remaining - {user.pk}:
        raise UsageError(Message(LAST))
