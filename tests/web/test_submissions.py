"""What a submission is: its key, its fingerprint, what stands, and the last second."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from portaria.core.errors import UsageError
from portaria.web.access import frames, submissions
from portaria.web.access.models import Candidate, Contest, Submission
from portaria.web.accounts.models import User

pytestmark = pytest.mark.django_db

Own = Callable[[Contest, str], Candidate]


@pytest.fixture
def ana(open_contest: Contest, candidate_of: Own) -> Candidate:
    return candidate_of(open_contest, "C1")


@pytest.fixture
def owner(ana: Candidate) -> User:
    assert ana.user is not None
    return ana.user


def test_the_last_second_counts_whole(open_contest: Contest) -> None:
    end = timezone.now().replace(microsecond=0)
    open_contest.closes_at = end
    assert open_contest.accepts(end + timedelta(microseconds=999_999))
    assert not open_contest.accepts(end + timedelta(seconds=1))


def test_a_change_is_a_further_row_and_what_stands(ana: Candidate, owner: User) -> None:
    made = submissions.submit(ana, owner, uuid.uuid4(), ["9001/0002"], True, 1)
    assert (made.number, made.kind) == (2, Submission.Kind.CHANGED)
    first = Submission.objects.get(candidate=ana, number=1)
    assert first.options != made.options
    assert first.digest != made.digest
    people = frames.applicants(ana.contest)
    claims = dict(people.select("candidate", "claims_regional").iter_rows())
    assert claims["C1"]
    with pytest.raises(TypeError):
        made.save()


def test_a_withdrawal_says_which_application_it_saw(ana: Candidate, owner: User) -> None:
    submissions.submit(ana, owner, uuid.uuid4(), ["9001/0002"], False, 1)
    with pytest.raises(UsageError):
        submissions.withdraw(ana, owner, uuid.uuid4(), seen=1)
    key = uuid.uuid4()
    gone = submissions.withdraw(ana, owner, key, seen=2)
    assert submissions.withdraw(ana, owner, key, seen=2) == gone
    assert "C1" not in set(frames.options(ana.contest)["candidate"])
    with pytest.raises(UsageError):
        submissions.withdraw(ana, owner, uuid.uuid4())


def test_a_key_stands_for_one_form(ana: Candidate, owner: User) -> None:
    key = uuid.uuid4()
    made = submissions.submit(ana, owner, key, ["9001/0002"], False, 1)
    assert submissions.submit(ana, owner, key, ["9001/0002"], False, 1) == made
    for options, regional in ((["9001/0001"], False), (["9001/0002"], True)):
        with pytest.raises(UsageError):
            submissions.submit(ana, owner, key, options, regional, 1)
    with pytest.raises(UsageError):
        submissions.withdraw(ana, owner, key)


def test_who_is_excluded_hands_nothing_in(ana: Candidate, owner: User) -> None:
    Candidate.objects.filter(pk=ana.pk).update(excluded="211-A 51")
    with pytest.raises(UsageError):
        submissions.submit(ana, owner, uuid.uuid4(), ["9001/0002"], False, 1)
