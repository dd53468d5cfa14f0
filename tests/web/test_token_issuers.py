"""A token ends with the role, or the account, of whoever issued it; and everybody reads why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portaria.web.access.models import Contest, Programme
from portaria.web.accounts import administration, suspending, tokens
from portaria.web.accounts.models import ApiToken, LogEntry, Membership, User

pytestmark = pytest.mark.django_db

Users = Callable[..., User]


@pytest.fixture
def issuer(user_with: Users) -> User:
    user_with("administrator", email="other@example.org")
    return user_with("administrator")


@pytest.fixture
def place(published: Contest) -> str:
    row = Programme.objects.filter(contest=published).order_by("programme").first()
    assert row is not None
    return row.institution or ""


@pytest.fixture
def text(issuer: User, place: str) -> str:
    until = timezone.now() + timedelta(days=30)
    return tokens.issue(issuer, "Sistema académico", place, ["placements:read"], until)[1]


def status(text: str) -> int:
    return Client().get("/api/v1/token", headers={"authorization": f"Bearer {text}"}).status_code


def other() -> User:
    return User.objects.get(email="other@example.org")


def suspend(issuer: User) -> None:
    suspending.suspend(other(), issuer, "Deixou o serviço.")


def withdraw(issuer: User) -> None:
    administration.withdraw(other(), issuer.memberships.get())


def close(issuer: User) -> None:
    """By another way than the screens."""
    User.objects.filter(pk=issuer.pk).update(is_active=False)


def lose(issuer: User) -> None:
    Membership.objects.filter(user=issuer).update(role="office")


@pytest.mark.parametrize("act", [suspend, withdraw, close, lose])
def test_it_ends_however_the_role_is_lost(
    issuer: User, text: str, act: Callable[[User], None]
) -> None:
    assert status(text) == 200
    act(issuer)
    assert status(text) == 401
    token = ApiToken.objects.get()
    assert token.revoked_at is not None
    closed = act in (suspend, close)
    assert token.ended_for == (tokens.ISSUER_CLOSED if closed else tokens.ISSUER_WITHOUT_ROLE)
    assert LogEntry.objects.filter(code=tokens.ENDED).count() == 1


def test_acts_of_administrators_end_it_before_it_is_used(issuer: User, text: str) -> None:
    suspend(issuer)
    assert not tokens.standing().exists()


def test_it_stays_ended(issuer: User, text: str) -> None:
    suspend(issuer)
    suspending.restore(other(), issuer, "Voltou.")
    assert status(text) == 401


def test_another_role_beside_it_changes_nothing(issuer: User, text: str) -> None:
    administration.grant(other(), issuer, "auditor")
    administration.withdraw(other(), issuer.memberships.get(role="auditor"))
    assert status(text) == 200
    assert not LogEntry.objects.filter(code=tokens.ENDED).exists()


def test_the_pages_say_why(
    issuer: User, text: str, place: str, signed_in: Callable[..., Client]
) -> None:
    officer = signed_in("institution", place)
    address = reverse("institution", args=[place])
    assert "Sistema académico" not in officer.get(address).content.decode()
    administrator = signed_in("administrator", email="other@example.org")
    asked = administrator.get(reverse("account-suspend", args=[issuer.pk])).content.decode()
    assert "1" in asked
    suspend(issuer)
    for page in (officer.get(address), administrator.get(reverse("tokens"))):
        shown = page.content.decode()
        assert "Sistema académico" in shown
        assert "suspen" in shown
    assert (
        "Sistema académico"
        not in officer.get(reverse("institution", args=["0000"])).content.decode()
    )


def test_one_that_was_revoked_is_not_told_as_ended(issuer: User, text: str, place: str) -> None:
    tokens.revoke(ApiToken.objects.get(), issuer)
    suspend(issuer)
    assert tokens.ended_of(place) == []
    assert ApiToken.objects.get().ended_for == ""
