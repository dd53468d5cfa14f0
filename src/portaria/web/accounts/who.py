"""Who asks: the logged-in user and what she may do, with their types."""

from __future__ import annotations

from django.http import HttpRequest

from portaria.web.accounts.models import User
from portaria.web.accounts.permissions import Person


def person_of(request: HttpRequest) -> Person:
    """What whoever asks may do."""
    person: Person = request.person  # type: ignore[attr-defined]
    return person


def user_of(request: HttpRequest) -> User:
    """The user of a view that asks for one."""
    assert isinstance(request.user, User), "the gate lets nobody without an account in here"
    return request.user
