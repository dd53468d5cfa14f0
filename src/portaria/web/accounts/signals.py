"""Log-ins, refusals and changes of one's own account, told to the log."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import email_changed, password_changed, password_reset, password_set
from allauth.core import context as current
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_used
from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from portaria.core.messages import declare
from portaria.web.accounts.adapters import vouch
from portaria.web.accounts.log import record
from portaria.web.accounts.models import User

LOGGED_IN = declare("log-logged-in", "Logged in.")
LOGGED_IN_THROUGH = declare("log-logged-in-through", "Logged in through {provider}.")
LOGIN_FAILED = declare("log-login-failed", "A log-in with the address {email} failed.")
PASSWORD_CHANGED = declare("log-password-changed", "Changed the password of the account.")
EMAIL_CHANGED = declare("log-email-changed", "Changed the e-mail address of the account.")
FACTOR_ADDED = declare("log-factor-added", "Added a second factor to the account.")
FACTOR_REMOVED = declare("log-factor-removed", "Removed a second factor from the account.")
FACTOR_FAILED = declare("log-factor-failed", "Gave a wrong code of the second factor.")
CODES_MADE = declare("log-codes-made", "Made new recovery codes.")
CODE_USED = declare("log-code-used", "Used a recovery code.")
PROVIDER_ADDED = declare("log-provider-added", "Connected the account to {provider}.")
PROVIDER_REMOVED = declare("log-provider-removed", "Disconnected the account from {provider}.")


@receiver(user_logged_in)
def _logged_in(user: User, request: HttpRequest | None = None, **kwargs: Any) -> None:
    methods = request.session.get("account_authentication_methods", []) if request else []
    through = [row["provider"] for row in methods if row.get("method") == "socialaccount"]
    if through:
        record(user, LOGGED_IN_THROUGH, {"provider": through[-1]})
    else:
        record(user, LOGGED_IN)


@receiver(user_login_failed)
def _failed(credentials: dict[str, Any], **kwargs: Any) -> None:
    email = str(credentials.get("email") or credentials.get("username") or "")[:254]
    record(None, LOGIN_FAILED, {"email": email}, actor=email)


@receiver([password_changed, password_reset, password_set])
def _password(user: User, **kwargs: Any) -> None:
    record(user, PASSWORD_CHANGED)


@receiver(password_reset)
def _link_used(user: User, **kwargs: Any) -> None:
    # The link went to the address of the account, or whoever made the account gave it.
    vouch(user)


@receiver(email_changed)
def _email(user: User, from_email_address: Any, to_email_address: Any, **kwargs: Any) -> None:
    before = from_email_address.email if from_email_address else None
    record(user, EMAIL_CHANGED, before=before, after=to_email_address.email)


# Of the rows themselves, within the transaction that changes them.


@receiver(post_save, sender=Authenticator)
def _factor_added(instance: Authenticator, created: bool, **kwargs: Any) -> None:
    if created and _by_herself(instance):
        record(instance.user, CODES_MADE if _codes(instance) else FACTOR_ADDED)


@receiver(post_delete, sender=Authenticator)
def _factor_removed(instance: Authenticator, **kwargs: Any) -> None:
    # The codes go with the factor that they stand for; what others remove they tell themselves.
    if not _codes(instance) and _by_herself(instance):
        record(instance.user, FACTOR_REMOVED)


def _by_herself(authenticator: Authenticator) -> bool:
    request = current.request
    return request is not None and request.user.pk == authenticator.user_id


@receiver(authenticator_used)
def _code_used(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if _codes(authenticator):
        record(user, CODE_USED)


@receiver(authentication_failed)
def _factor_failed(user: User, **kwargs: Any) -> None:
    record(user, FACTOR_FAILED)


@receiver(social_account_added)
def _provider_added(sociallogin: Any, **kwargs: Any) -> None:
    name = sociallogin.account.provider
    record(sociallogin.account.user, PROVIDER_ADDED, {"provider": name})


@receiver(social_account_removed)
def _provider_removed(socialaccount: Any, **kwargs: Any) -> None:
    record(socialaccount.user, PROVIDER_REMOVED, {"provider": socialaccount.provider})


def _codes(authenticator: Authenticator) -> bool:
    return bool(authenticator.type == Authenticator.Type.RECOVERY_CODES)
