"""Complaints against a result: until the deadline, once a form, decided with reasons."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from portaria.core.errors import UsageError
from portaria.web.access import complaints
from portaria.web.access.models import Candidate, Complaint, Contest, Document
from portaria.web.accounts.models import User

pytestmark = pytest.mark.django_db

Own = Callable[[Contest, str], Candidate]
Users = Callable[..., User]
SignedIn = Callable[..., Client]


@pytest.fixture
def ana(published: Contest, candidate_of: Own) -> Candidate:
    published.complaints_until = timezone.now() + timedelta(hours=1)
    published.save()
    return candidate_of(published, "C1")


def test_a_complaint_is_received_once_and_decided(
    ana: Candidate, signed_in: SignedIn, user_with: Users
) -> None:
    browser = signed_in("candidate", email="c1@example.org")
    page = f"/candidatura/{ana.contest.key}/reclamacao/"
    assert browser.get(page).status_code == 200
    key = uuid.uuid4()
    file = SimpleUploadedFile("prova.pdf", b"%PDF-1.7\n")
    form = {"text": "A nota do exame 19 foi corrigida.", "idempotency_key": key}
    assert browser.post(page, {**form, "documents": [file]}).status_code == 302
    assert browser.post(page, form).status_code == 302
    made = Complaint.objects.get(candidate=ana)
    assert Document.objects.filter(complaint=made).count() == 1
    assert browser.post(page, {**form, "text": "Outra coisa."}).status_code == 422
    complaints.decide(made, user_with("office"), accepted=False, decision="O exame já contava.")
    assert "O exame já contava." in browser.get(page).content.decode()
    with pytest.raises(UsageError):
        complaints.decide(made, user_with("office"), accepted=True, decision="Afinal sim.")
    assert "resultado" in page or browser.get(f"/candidatura/{ana.contest.key}/resultado/")


@pytest.mark.parametrize("seconds", [-2, None])
def test_nothing_is_received_after_the_deadline(
    ana: Candidate, signed_in: SignedIn, seconds: int | None
) -> None:
    until = None if seconds is None else timezone.now() + timedelta(seconds=seconds)
    Contest.objects.update(complaints_until=until)
    browser = signed_in("candidate", email="c1@example.org")
    page = f"/candidatura/{ana.contest.key}/reclamacao/"
    answer = browser.post(page, {"text": "Tarde.", "idempotency_key": uuid.uuid4()})
    assert answer.status_code == 422
    assert not Complaint.objects.exists()
    assert browser.get(page).status_code == 200


def test_the_last_second_counts_whole(ana: Candidate) -> None:
    until = timezone.now().replace(microsecond=0)
    contest = ana.contest
    contest.complaints_until = until
    assert complaints.receives(contest, until + timedelta(microseconds=999_999))
    assert not complaints.receives(contest, until + timedelta(seconds=1))


def test_a_complaint_says_something_and_has_a_result(ana: Candidate, user_with: Users) -> None:
    assert ana.user is not None
    with pytest.raises(UsageError):
        complaints.receive(ana, ana.user, uuid.uuid4(), "   ")
    other = Candidate.objects.create(contest=ana.contest, candidate="Z9", has_final_grade=True)
    with pytest.raises(UsageError):
        complaints.receive(other, ana.user, uuid.uuid4(), "Porquê?")
    for number in range(complaints.MOST):
        complaints.receive(ana, ana.user, uuid.uuid4(), f"Motivo {number}.")
    with pytest.raises(UsageError):
        complaints.receive(ana, ana.user, uuid.uuid4(), "Mais um.")


def test_a_decision_has_reasons(ana: Candidate, user_with: Users) -> None:
    assert ana.user is not None
    made = complaints.receive(ana, ana.user, uuid.uuid4(), "Porquê?")
    with pytest.raises(UsageError):
        complaints.decide(made, user_with("office"), accepted=True, decision=" ")
    done = complaints.decide(made, user_with("office"), True, "Tem razão.", ana.contest.run)
    assert (done.state, done.run) == (Complaint.State.ACCEPTED, ana.contest.run)
