"""The one gate before every view: what it asks for, and whether this person has it.

A view declares its permission with `requires`; the views of other libraries are named in
`BORROWED`. A view without a declared permission is refused, and a test finds it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from portaria.web.accounts.models import User
from portaria.web.accounts.roles import (
    CANDIDATE,
    EVERYBODY,
    GRANTS,
    INSTITUTION,
    LOGGED_IN,
    Can,
)

View = Callable[..., HttpResponseBase]

BORROWED: dict[str, Can] = {
    **dict.fromkeys(
        (
            "account_login", "account_signup", "account_reset_password",
            "account_reset_password_done", "account_reset_password_from_key",
            "account_reset_password_from_key_done", "account_confirm_email",
            "account_email_verification_sent", "account_inactive", "mfa_authenticate",
            "openid_connect_login", "openid_connect_callback", "socialaccount_login_cancelled",
            "socialaccount_login_error", "socialaccount_signup", "set_language",
        ),
        Can.ANYBODY,
    ),
    **dict.fromkeys(
        (
            "account_logout", "account_change_password", "account_set_password", "account_email",
            "account_reauthenticate", "mfa_index", "mfa_reauthenticate", "mfa_activate_totp",
            "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
            "mfa_download_recovery_codes", "socialaccount_connections",
        ),
        Can.LOG_IN,
    ),
}  # fmt: skip
"""By the name of its address, what a view that is not ours asks for. Others stay closed."""


@dataclass(frozen=True)
class Permission:
    """What a view asks for. institution: the argument of its address that names one, for those
    who act for a single institution. to_change: what any method but reading asks for, where that
    is more. by_token: the view itself asks for a token and its scope, and no session counts."""

    can: Can
    institution: str = ""
    to_change: Can | None = None
    by_token: bool = False

    def of(self, method: str | None) -> Can:
        """What a request of this method asks for."""
        reads = method in ("GET", "HEAD", "OPTIONS")
        return self.can if reads or self.to_change is None else self.to_change


class Person:
    """What a user may do, looked up once a request."""

    def __init__(self, user: User | None) -> None:
        self.user = user

    @cached_property
    def roles(self) -> dict[str, frozenset[str]]:
        """Her roles, each with the institutions for which she holds it."""
        if self.user is None:
            return {}
        held: dict[str, set[str]] = {}
        for role, institution in self.user.memberships.values_list("role", "institution"):
            held.setdefault(role, set()).add(institution)
        return {role: frozenset(places) for role, places in held.items()} or {
            CANDIDATE: frozenset({""})
        }

    @cached_property
    def grants(self) -> frozenset[Can]:
        """Everything she may do, somewhere."""
        if self.user is None:
            return EVERYBODY
        return LOGGED_IN.union(*(GRANTS[role] for role in self.roles))

    @property
    def applies(self) -> bool:
        """Whether she is a candidate, or may be one once she logs in."""
        return self.user is None or Can.APPLY in self.grants

    @property
    def institutions(self) -> frozenset[str]:
        """The institutions for which she acts."""
        return self.roles.get(INSTITUTION, frozenset())

    def where(self, can: Can) -> frozenset[str] | None:
        """The institutions for which she may do this; None where it is for every one."""
        by_roles = {role for role in self.roles if can in GRANTS[role]}
        return None if by_roles - {INSTITUTION} else self.institutions

    def may(self, can: Can, institution: str = "") -> bool:
        """Whether she may do this, there where an institution is named."""
        if can not in self.grants:
            return False
        places = self.where(can) if institution else None
        return places is None or institution in places


def requires(
    can: Can, institution: str = "", to_change: Can | None = None
) -> Callable[[View], View]:
    """Declare what a view asks for; `institution` names the argument of its address, `to_change`
    what a request asks for that does not only read."""

    def declare(view: View) -> View:
        view.permission = Permission(can, institution, to_change)  # type: ignore[attr-defined]
        return view

    return declare


def permission_of(view: Any, name: str | None) -> Permission | None:
    """What a view declares, or what `BORROWED` says of it; None where nobody declared anything."""
    declared: Permission | None = getattr(view, "permission", None)
    if declared is None and name in BORROWED:
        return Permission(BORROWED[name])
    return declared


class Permissions:
    """Middleware: refuses before the view begins."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.person = Person(  # type: ignore[attr-defined]
            request.user if request.user.is_authenticated else None
        )
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """None to go on; the log-in page, or PermissionDenied."""
        match = request.resolver_match
        permission = permission_of(view, match.url_name if match else None)
        if permission is None:
            if not view.__module__.startswith("portaria."):
                raise Http404  # an address of a library that this application does not use
            raise ImproperlyConfigured(f"{request.path}: its view declares no permission")
        if permission.by_token:
            return None
        person: Person = request.person  # type: ignore[attr-defined]
        place = kwargs.get(permission.institution, "") if permission.institution else ""
        # Who may change something reads the page as well.
        if person.may(permission.can, place) and person.may(permission.of(request.method), place):
            return None
        if person.user is None:
            return redirect_to_login(request.get_full_path())
        raise PermissionDenied
