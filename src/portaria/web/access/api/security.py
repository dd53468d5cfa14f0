"""Who calls: a token for one institution, with the scopes that it was given."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.security import HttpBearer

from portaria.core.messages import Message, declare
from portaria.web.access.api.problems import problem
from portaria.web.accounts import tokens
from portaria.web.accounts.models import ApiToken
from portaria.web.throttle import address_of

NO_SCOPE = declare("api-no-scope", "This token may not do that: it needs the scope {scope}.")


class ScopeMissing(Exception):
    """The token stands and may not do this; `scope`: what it needs."""

    def __init__(self, scope: str) -> None:
        super().__init__(scope)
        self.scope = scope


class Token(HttpBearer):
    """A token in the header `Authorization: Bearer TOKEN`; scope: what it must be good for."""

    def __init__(self, scope: str = "") -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The token where it stands; ScopeMissing, TooManyCalls."""
        found = tokens.authenticate(token, address_of(request))
        if found is not None and self.scope and self.scope not in found.scopes:
            raise ScopeMissing(self.scope)
        return found


def scope_missing(request: HttpRequest, error: Any) -> HttpResponse:
    """The answer to it."""
    return problem(403, Message(NO_SCOPE, {"scope": error.scope}))


def token_of(request: HttpRequest) -> ApiToken:
    """The token of an operation that asks for one."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    return token


def actor(token: ApiToken) -> str:
    """How the log and the records name it."""
    return f"API: {token.name}"
