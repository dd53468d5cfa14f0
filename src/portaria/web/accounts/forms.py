"""The forms of one's own account: allauth's, with the words of the house."""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

from allauth.account import forms as account
from allauth.account.adapter import get_adapter as account_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter as factor_adapter
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from allauth.socialaccount import forms as provider
from allauth.socialaccount.adapter import get_adapter as provider_adapter
from allauth.socialaccount.models import SocialAccount
from django import forms
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.utils.functional import lazy

from portaria.web import pages
from portaria.web.accounts.models import User

_ = lazy(pages._, str)

LENGTH = _(
    "Ten characters or more. A sentence of a few words is easy to remember and hard to guess."
)
CODE_FOR_SECONDS = 120
"""Longer than a code of an app is accepted."""


class Way(NamedTuple):
    """An identity provider through which one can sign in."""

    name: str
    href: str


def ways(request: HttpRequest, process: str, following: str = "") -> list[Way]:
    """The identity providers of the installation; process: login or connect."""
    more = {"process": process} | ({"next": following} if following else {})
    return [
        Way(each.name, each.get_login_url(request, **more))
        for each in provider_adapter(request).list_providers(request)
    ]


def _name(form: forms.Form, **labels: Any) -> None:
    """Give fields their labels, without the placeholders that would repeat them."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label, field.help_text = label, ""
        field.widget.attrs.pop("placeholder", None)


def _hint(form: forms.Form, field: str, text: Any) -> None:
    form.fields[field].help_text = text


class LoginForm(account.LoginForm):  # type: ignore[misc]
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, login=_("E-mail address"), password=_("Password"))
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def ways(self) -> list[Way]:
        """The identity providers that stand beside the password."""
        return ways(self.request, "login", self.request.GET.get("next", ""))


class SignupForm(account.SignupForm):  # type: ignore[misc]
    """A new account; an address that has one is told so by e-mail alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(
            self,
            email=_("E-mail address"),
            password1=_("Password"),
            password2=_("Password, once more"),
        )
        _hint(self, "email", _("Messages about your application are sent here."))
        _hint(self, "password1", LENGTH)

    def validate_unique_email(self, value: str) -> str:
        # An address that somebody else only wishes to change to is not theirs.
        self.account_already_exists = taken(value)
        return value

    @transaction.atomic
    def save(self, request: HttpRequest) -> User:
        user: User = super().save(request)
        return user


def taken(email: str, but: User | None = None) -> bool:
    """Whether an account has this address, or has confirmed it."""
    others = User.objects.filter(email=email.lower())
    confirmed = EmailAddress.objects.filter(email=email.lower(), verified=True)
    if but is not None:
        others, confirmed = others.exclude(pk=but.pk), confirmed.exclude(user=but)
    return others.exists() or confirmed.exists()


class ChangeEmailForm(account.AddEmailForm):  # type: ignore[misc]
    """Another address, which counts once it is confirmed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, email=_("New e-mail address"))

    def save(self, request: HttpRequest) -> EmailAddress:
        """Send the link; whoever has the address already is told instead, with the same answer."""
        email = self.cleaned_data["email"]
        if taken(email, but=self.user):
            account_adapter().send_account_already_exists_mail(email)
            return EmailAddress(user=self.user, email=email)
        made: EmailAddress = super().save(request)
        return made


class ResetPasswordForm(account.ResetPasswordForm):  # type: ignore[misc]
    """The address to which a link is sent."""

    users: list[User]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, email=_("E-mail address"))

    def clean_email(self) -> str:
        email: str = super().clean_email()
        # Only the account of this address, not one that merely wishes to change to it.
        self.users = [user for user in self.users if user.email == email.lower()]
        return email


class NewPasswordForm(account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, by a link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, password1=_("New password"), password2=_("New password, once more"))
        _hint(self, "password1", LENGTH)


class SetPasswordForm(account.SetPasswordForm):  # type: ignore[misc]
    """A first password, for an account that signs in through a provider."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, password1=_("Password"), password2=_("Password, once more"))
        _hint(self, "password1", LENGTH)


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]
    """A new password, by the former."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(
            self,
            oldpassword=_("Current password"),
            password1=_("New password"),
            password2=_("New password, once more"),
        )
        _hint(self, "password1", LENGTH)


class ReauthenticateForm(account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that protects the account is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, password=_("Password"))


def _code_field(form: forms.Form, label: Any, hint: Any) -> None:
    _name(form, code=label)
    _hint(form, "code", hint)
    form.fields["code"].widget.attrs |= {"autocomplete": "one-time-code", "spellcheck": "false"}


class _OnceOnly:
    """A code that was accepted is not accepted again while its time lasts."""

    user: User

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        plain = "".join(code.split())
        used = hashlib.sha256(f"{self.user.pk}:{plain}".encode()).hexdigest()
        if not cache.add(f"factor-code:{used}", 1, CODE_FOR_SECONDS):
            raise factor_adapter().validation_error("incorrect_code")
        return code


class FactorForm(_OnceOnly, factor.AuthenticateForm):  # type: ignore[misc]
    """The second factor at a log-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("The six digits that the app shows now, or one of your recovery codes.")
        _code_field(self, _("Code"), hint)


class FactorAgainForm(_OnceOnly, factor.ReauthenticateForm):  # type: ignore[misc]
    """The second factor, before something that protects the account is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("The six digits that the app shows now, or one of your recovery codes.")
        _code_field(self, _("Code"), hint)


class ActivateFactorForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of the app: it shows that the app has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self, _("Code"), _("The six digits that the app shows now."))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class DisconnectForm(provider.DisconnectForm):  # type: ignore[misc]
    """The identity providers connected to an account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["account"]
        field.label = _("Connected providers")
        field.label_from_instance = provider_of

    def ways(self) -> list[Way]:
        """The identity providers that can be connected."""
        return ways(self.request, "connect")


def provider_of(joined: SocialAccount) -> str:
    """The name of the provider of a connected identity."""
    try:
        name: str = joined.get_provider().name
    except Exception:  # the installation no longer has it
        name = str(joined.provider)
    return name
