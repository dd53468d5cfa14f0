"""Accounts that administrators make for others, and the link that opens them."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.web.accounts.adapters import vouch
from portaria.web.accounts.administration import IS_SUSPENDED, grant
from portaria.web.accounts.forms import taken
from portaria.web.accounts.log import record
from portaria.web.accounts.models import User

EXISTS = declare("accounts-exists", "There is an account with this address already: look for it.")
HAS_WAY_IN = declare(
    "accounts-has-way-in",
    "The person has a way to sign in: she asks for a new password herself, on the page to sign in.",
)
INVITED = declare("log-invited", "Made an account for {email} and sent the link to open it.")
LINK_SENT = declare("log-link-sent", "Sent {email} a new link to open the account.")


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
    return request.build_absolute_uri(path_of(user))


def path_of(user: User) -> str:
    """The path at which a person sets her password, once."""
    arguments = {
        "uidb36": user_pk_to_url_str(user),
        "key": default_token_generator.make_token(user),
    }
    return reverse("account_reset_password_from_key", kwargs=arguments)


@transaction.atomic
def send_again(actor: User, user: User) -> None:
    """Note that another link was sent."""
    record(actor, LINK_SENT, {"email": user.email})
