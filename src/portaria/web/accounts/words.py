"""What allauth says to people, in the words of the house."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy

from portaria.core.messages import Message, declare, places
from portaria.web import pages

_message = lazy(pages.message, str)

MAIL_FAILED = declare(
    "mail-failed", "The message could not be sent now. What you did stands; try again in a while."
)
PROVIDER_REFUSED = declare(
    "log-provider-refused",
    "A log-in through {provider} with the address {email} was refused: it opens no account here.",
)

ACCOUNT_ERRORS = {
    "account_inactive": _message(declare("account-suspended", "This account is suspended.")),
    "email_password_mismatch": _message(
        declare(
            "account-mismatch",
            "The e-mail address and the password do not go together. Check both and try again.",
        )
    ),
    "email_taken": _message(
        declare("account-email-taken", "Another account has this e-mail address.")
    ),
    "duplicate_email": _message(
        declare("account-email-same", "This is already the address of your account.")
    ),
    "enter_current_password": _message(
        declare("account-current-password", "This is not your current password.")
    ),
    "incorrect_password": _message(declare("account-wrong-password", "This is not your password.")),
    "incorrect_code": _message(
        declare("account-wrong-code", "The code is not right, or its time has passed.")
    ),
    "invalid_password_reset": _message(
        declare("account-link-spent", "The link was used already or is too old.")
    ),
    "too_many_login_attempts": _message(
        declare(
            "account-too-many",
            "There were too many failed tries with this address. Wait five minutes and try again.",
        )
    ),
    "rate_limited": _message(
        declare("account-too-fast", "There were too many tries. Wait a while and try again.")
    ),
    "unverified_primary_email": _message(
        declare("account-unconfirmed", "Confirm your e-mail address first.")
    ),
}

FACTOR_ERRORS = {
    "incorrect_code": ACCOUNT_ERRORS["incorrect_code"],
    "unverified_email": _message(
        declare(
            "factor-unconfirmed",
            "Confirm your e-mail address, or cancel its change, before you add a second factor.",
        )
    ),
    "add_email_blocked": _message(
        declare(
            "factor-email-blocked",
            "Remove the second factor before you change the e-mail address.",
        )
    ),
    "cannot_delete_authenticator": _message(
        declare("factor-stays", "The second factor of this account cannot be removed.")
    ),
    "cannot_generate_recovery_codes": _message(
        declare("factor-no-codes", "Recovery codes need a second factor: add it first.")
    ),
}

PROVIDER_ERRORS = {
    "invalid_token": _message(
        declare("provider-invalid", "The answer of the provider could not be checked.")
    ),
    "no_password": _message(
        declare(
            "provider-no-password",
            "Set a password before you disconnect: otherwise you could not sign in.",
        )
    ),
    "disconnect_last": _message(
        declare(
            "provider-last",
            "This is your only way to sign in. Set a password before you disconnect.",
        )
    ),
    "connected_other": _message(
        declare("provider-other", "This identity is connected to another account.")
    ),
}

MESSAGES = {
    "account/messages/email_confirmation_sent.txt": declare(
        "account-confirmation-sent", "We sent a message to {email} with a link to confirm it."
    ),
    "account/messages/email_confirmation_failed.txt": declare(
        "account-confirmation-failed", "{email} could not be confirmed: another account has it."
    ),
    "account/messages/email_confirmed.txt": declare(
        "account-confirmed", "The address {email} is confirmed."
    ),
    "account/messages/email_deleted.txt": declare(
        "account-email-dropped", "The change to {email} was cancelled."
    ),
    "account/messages/cannot_delete_primary_email.txt": declare(
        "account-email-needed", "An account needs its address {email}: it cannot be removed."
    ),
    "account/messages/unverified_primary_email.txt": "account-unconfirmed",
    "account/messages/logged_out.txt": declare("account-signed-out", "You signed out."),
    "account/messages/password_changed.txt": declare(
        "account-password-changed", "Your password was changed."
    ),
    "account/messages/password_set.txt": declare("account-password-set", "Your password was set."),
    "mfa/messages/totp_activated.txt": declare(
        "factor-added", "The second factor is on. Keep the recovery codes in a safe place."
    ),
    "mfa/messages/totp_deactivated.txt": declare("factor-removed", "The second factor is off."),
    "mfa/messages/recovery_codes_generated.txt": declare(
        "factor-codes-made", "New recovery codes were made. The former ones no longer work."
    ),
    "socialaccount/messages/account_connected.txt": declare(
        "provider-connected", "The provider is connected to your account."
    ),
    "socialaccount/messages/account_connected_other.txt": "provider-other",
    "socialaccount/messages/account_disconnected.txt": declare(
        "provider-disconnected", "The provider is no longer connected to your account."
    ),
}
"""By allauth's template, the sentence that a page shows; others show nothing."""

NOTICES = {
    "account/email/password_changed": declare(
        "notice-password-changed", "The password of your account was changed."
    ),
    "account/email/password_reset": "notice-password-changed",
    "account/email/password_set": declare(
        "notice-password-set", "A password was set for your account."
    ),
    "account/email/email_changed": declare(
        "notice-email-changed",
        "The e-mail address of your account was changed from {from_email} to {to_email}.",
    ),
    "account/email/email_deleted": declare(
        "notice-email-deleted", "The address {deleted_email} was removed from your account."
    ),
    "mfa/email/totp_activated": declare(
        "notice-factor-added", "A second factor was added to your account."
    ),
    "mfa/email/totp_deactivated": declare(
        "notice-factor-removed", "The second factor was removed from your account."
    ),
    "mfa/email/recovery_codes_generated": declare(
        "notice-codes-made", "New recovery codes were made for your account."
    ),
    "socialaccount/email/account_connected": declare(
        "notice-connected", "An identity provider was connected to your account."
    ),
    "socialaccount/email/account_disconnected": declare(
        "notice-disconnected", "An identity provider was disconnected from your account."
    ),
    "accounts/email/factor_removed": declare(
        "notice-factor-removed-for-you",
        "An administrator removed the second factor from your account, after identifying you.",
    ),
    "accounts/email/suspended": declare(
        "notice-suspended", "An administrator suspended your account."
    ),
    "accounts/email/restored": declare(
        "notice-restored", "An administrator opened your account again."
    ),
}
"""By allauth's message, what happened to an account."""


def said(code: str, params: dict[str, Any]) -> str:
    """The sentence of a code, with those of `params` that it has places for."""
    return pages.say(Message(code, {name: params[name] for name in places(code)}))
