"""The web application under test: in this process, on SQLite or on a real PostgreSQL.

`PORTARIA_TEST_DATABASE=postgresql pytest tests/web` runs the same tests on PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

pytest.importorskip("django", reason="needs the extra web")

import web_ready  # noqa: F401 (loads Django)
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from portaria.web.access.models import Candidate, Contest, Stage
from portaria.web.accounts.models import Membership, User
from web.making import contest_from, placed, published_contest

SMALL = Path(__file__).parents[2] / "examples" / "contest"


@pytest.fixture(autouse=True)
def _clean_cache(request: pytest.FixtureRequest) -> None:
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        cache.clear()


@pytest.fixture
def user_with(db: None) -> Callable[..., User]:
    """`user_with("office")`, `user_with("institution", "0300")`: an account with one role."""

    def make(role: str, institution: str = "", email: str = "") -> User:
        email = email or f"{role}{institution}@example.org"
        user, new = User.objects.get_or_create(email=email, defaults={"name": email.split("@")[0]})
        if new and role != "candidate":
            Membership.objects.create(user=user, role=role, institution=institution)
        return user

    return make


@pytest.fixture
def signed_in(user_with: Callable[..., User]) -> Callable[..., Client]:
    """A browser in which somebody of that role is logged in."""

    def make(role: str, institution: str = "", email: str = "") -> Client:
        browser = Client()
        browser.force_login(user_with(role, institution, email))
        return browser

    return make


@pytest.fixture
def contest(user_with: Callable[..., User]) -> Contest:
    """The small example contest (3 programmes, 7 candidates who applied), being prepared."""
    return contest_from(SMALL, user_with("office"))


@pytest.fixture
def open_contest(contest: Contest) -> Contest:
    """The same, receiving applications for an hour more."""
    now = timezone.now()
    contest.stage = Stage.OPEN
    contest.opens_at, contest.closes_at = now - timedelta(days=1), now + timedelta(hours=1)
    contest.save()
    return contest


@pytest.fixture
def closed_contest(contest: Contest) -> Contest:
    """The same, closed since a moment."""
    now = timezone.now()
    contest.stage = Stage.CLOSED
    contest.opens_at, contest.closes_at = now - timedelta(days=9), now - timedelta(seconds=1)
    contest.save()
    return contest


@pytest.fixture
def published(closed_contest: Contest, user_with: Callable[..., User]) -> Contest:
    """The same, placed, ratified and published."""
    placed(closed_contest, user_with("office"))
    return published_contest(closed_contest, user_with("director"))


@pytest.fixture
def candidate_of(user_with: Callable[..., User]) -> Callable[..., Candidate]:
    """`candidate_of(contest, "C1")`: that record, joined to an account of its own."""

    def make(contest: Contest, key: str) -> Candidate:
        candidate = Candidate.objects.get(contest=contest, candidate=key)
        candidate.user = user_with("candidate", email=f"{key.lower()}@example.org")
        candidate.save()
        return candidate

    return make
