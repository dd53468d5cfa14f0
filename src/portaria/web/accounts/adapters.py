"""What allauth asks of the application: who may sign up, its messages, and its log-ins."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from portaria.web.accounts import words
from portaria.web.accounts.log import record
from portaria.web.accounts.models import User
from portaria.web.accounts.sealing import opened, sealed
from portaria.web.pages import message, moment

log = logging.getLogger("portaria")
ABOUT_OWN_ACTS = ("account/", "mfa/", "socialaccount/")
"""The messages of allauth: whoever gets one did herself what it tells."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Anybody may have an account: what she may do comes from roles and activation codes."""

    error_messages = DefaultAccountAdapter.error_messages | words.ACCOUNT_ERRORS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return True

    def pre_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse | None:
        """An account that an administrator or the installation made has a vouched address."""
        if not more["signup"] and not EmailAddress.objects.filter(user=user).exists():
            vouch(user)
        answer: HttpResponse | None = super().pre_login(request, user, **more)
        return answer

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether this is her password, counted like a log-in."""
        found = self.authenticate(current.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def get_login_stages(self) -> list[str]:
        own = {"EmailVerificationStage": "portaria.web.accounts.stages.Confirmation"}
        stages: list[str] = super().get_login_stages()
        return [own.get(path.rpartition(".")[2], path) for path in stages]

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Not where another account has taken the address meanwhile."""
        from portaria.web.accounts.forms import taken

        if taken(email_address.email, but=email_address.user):
            template = "account/messages/email_confirmation_failed.txt"
            self.add_message(request, messages.ERROR, template, {"email": email_address.email})
            return False
        done: bool = super().confirm_email(request, email_address)
        return done

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("own-account")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Failures count for an account under whatever host name and port they are tried.
        return str(credentials.get("email") or "").lower()

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """A message in the house's words; where the house has none, nothing is shown."""
        code = words.MESSAGES.get(message_template or "")
        if code:
            message = words.said(code, message_context or {})
        if message:
            messages.add_message(request, level, message, extra_tags=extra_tags)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """A message from a template: its first line is the subject."""
        name = f"{template_prefix}.txt"
        if template_prefix in words.NOTICES:
            name = "account/email/notice.txt"
            told = words.said(words.NOTICES[template_prefix], context)
            context = {**context, "told": told, "at": moment(context["timestamp"])}
        text = render_to_string(name, context, current.request)
        subject, _, body = text.strip().partition("\n")
        to = [email] if isinstance(email, str) else email
        return EmailMessage(
            self.format_email_subject(subject.strip()),
            body.strip() + "\n",
            self.get_from_email(),
            to,
            headers=headers,
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send; where the mail server does not answer, the person is told and the work stands.

        What somebody does to her own account is told in the language that she reads. Everything
        else is told in Portuguese, whichever language the officer reads whose act it tells.
        """
        own = template_prefix.startswith(ABOUT_OWN_ACTS)
        language = translation.get_language() if own else settings.LANGUAGE_CODE
        try:
            with translation.override(language):
                super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            log.exception("a message (%s) could not be sent", template_prefix)
            text = message(words.MAIL_FAILED)
            messages.add_message(current.request, messages.ERROR, text)


def unconfirmed(user: User) -> bool:
    """Whether somebody made this account who has not shown that the address is hers.

    One that an administrator or the installation made has no address to be confirmed.
    """
    addresses = EmailAddress.objects.filter(user=user)
    return addresses.exists() and not addresses.filter(email=user.email, verified=True).exists()


def vouch(user: User) -> None:
    """Take the address of an account as confirmed."""
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"primary": True, "verified": True}
    )


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """An institution's provider logs in people who already have an account, by a verified address.

    It makes no accounts: a role is granted here, never by what a provider says.
    """

    error_messages = DefaultSocialAccountAdapter.error_messages | words.PROVIDER_ERRORS

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def authenticate_by_email(self, sociallogin: Any) -> tuple[User, str] | None:
        """The account of that address: not one that merely wishes to change to it."""
        for address in sociallogin.email_addresses:
            if address.verified and self.can_authenticate_by_email(sociallogin, address.email):
                user = User.objects.filter(email=address.email.lower()).first()
                if user is not None:
                    return user, address.email
        return None

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """A verified address, of the domains for which this provider answers; of none without."""
        domains = (login.provider.app.settings or {}).get("domains") or []
        if email.rpartition("@")[2].lower() not in {name.lower() for name in domains}:
            return False
        return any(
            address.verified is True and address.email.lower() == email.lower()
            for address in login.email_addresses
        )

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Whoever has no account here is told so, calmly; nothing is made."""
        joins = sociallogin.state.get("process") == AuthProcess.CONNECT
        if sociallogin.is_existing or (joins and request.user.is_authenticated):
            return
        name = sociallogin.provider.app.name
        addresses = sociallogin.email_addresses
        shown = addresses[0].email if addresses else ""
        record(None, words.PROVIDER_REFUSED, {"provider": name, "email": shown}, actor=shown[:254])
        page = render(request, "socialaccount/refused.html", {"provider": name}, status=403)
        raise ImmediateHttpResponse(page)


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The words of the second factor, and how its secrets are kept."""

    error_messages = DefaultMFAAdapter.error_messages | words.FACTOR_ERRORS

    def encrypt(self, text: str) -> str:
        """The secret of an authenticator, or the seed of recovery codes, as the record has it."""
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        return opened(encrypted_text)
