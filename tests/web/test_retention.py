"""What need not be kept is erased when told to; what the law keeps stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from portaria.core.errors import UsageError
from portaria.web.access.models import (
    Candidate,
    Claim,
    Contest,
    Document,
    PlacementResult,
    Submission,
)
from portaria.web.accounts.log import record
from portaria.web.accounts.models import LogEntry, User
from portaria.web.accounts.signals import LOGGED_IN
from portaria.web.retention import erase, erase_account, over

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def old(published: Contest, candidate_of: Callable[..., Candidate]) -> Candidate:
    """A candidate with an account and a claim, in a contest published three years ago."""
    Contest.objects.filter(pk=published.pk).update(
        published_at=timezone.now() - timedelta(days=3 * 366)
    )
    candidate = candidate_of(published, "C1")
    claim = Claim.objects.create(
        contest=published,
        candidate=candidate,
        quota="disability",
        statement="Saúde",
        state="accepted",
    )
    document = Document(
        claim=claim, name="a.pdf", content_type="application/pdf", size=3, sha256="0" * 64
    )
    document.file.save("a.pdf", ContentFile(b"%PD"))
    assert candidate.user is not None
    record(candidate.user, LOGGED_IN)
    return candidate


def test_documents_and_accounts_go_and_decisions_stay(old: Candidate) -> None:
    document = Document.objects.get()
    storage, name = document.file.storage, document.file.name
    found = over()
    assert [len(rows) for rows in found] == [1, 1, 1]
    erase(found)
    assert not Document.objects.exists()
    assert not storage.exists(name)
    assert not User.objects.filter(email="c1@example.org").exists()
    assert Claim.objects.values_list("state", "statement").get() == ("accepted", "")
    old.refresh_from_db()
    assert old.user is None
    assert Submission.objects.filter(candidate=old).exists()
    assert PlacementResult.objects.filter(candidate="C1").exists()


def test_the_log_keeps_what_was_done_and_no_address(old: Candidate) -> None:
    erase(over())
    entry = LogEntry.objects.filter(code=LOGGED_IN).get()
    assert entry.actor == "C1"
    assert "c1@example.org" not in str(list(LogEntry.objects.values("actor", "params")))


def test_nothing_goes_before_its_time(published: Contest) -> None:
    assert over() == ([], [], [])
    assert over(years=1, now=timezone.now() + timedelta(days=300)) == ([], [], [])


def test_whoever_takes_part_in_a_later_contest_keeps_her_account(
    old: Candidate, user_with: Callable[..., User]
) -> None:
    later = Contest.objects.create(key="later", title="Later", edition="pt-national-2017")
    Candidate.objects.create(contest=later, candidate="C1", user=old.user, has_final_grade=True)
    assert over().accounts == []
    with pytest.raises(UsageError, match="not over"):
        erase_account("c1@example.org")


def test_an_account_is_erased_on_request(old: Candidate) -> None:
    erase_account("C1@example.org")
    assert not User.objects.filter(email="c1@example.org").exists()


def test_staff_and_strangers_are_refused(old: Candidate) -> None:
    with pytest.raises(UsageError, match="has a role"):
        erase_account("office@example.org")
    with pytest.raises(UsageError, match="no account"):
        erase_account("nobody@example.org")
