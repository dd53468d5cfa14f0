"""The notices of decisions: to the person they are about, and to nobody else."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from portaria.web.access import claims, complaints
from portaria.web.access.models import Candidate, Claim, Contest
from portaria.web.accounts.models import User

pytestmark = pytest.mark.django_db
Candidates = Callable[..., Candidate]


def text(content: bytes) -> str:
    return " ".join(
        "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split()
    )


def browser_of(candidate: Candidate) -> Client:
    browser = Client()
    assert candidate.user is not None
    browser.force_login(candidate.user)
    return browser


def test_a_decided_claim_has_a_notice(
    open_contest: Contest, candidate_of: Candidates, user_with: Callable[..., User]
) -> None:
    mine, other = candidate_of(open_contest, "C1"), candidate_of(open_contest, "C2")
    assert mine.user is not None
    claim = claims.claim(mine, mine.user, "emigrant", statement="França")
    address = reverse("candidate-claim-notice", args=[open_contest.key, claim.pk])
    assert browser_of(mine).get(address).status_code == 404
    claims.decide(claim, user_with("office"), False, "Falta a declaração do consulado.")
    answer = browser_of(mine).get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert "Falta a declaração do consulado." in text(answer.content)
    assert "Gabinete de acesso" in text(answer.content)
    assert browser_of(other).get(address).status_code == 404


def test_a_decided_complaint_has_a_notice(
    published: Contest, candidate_of: Candidates, user_with: Callable[..., User]
) -> None:
    Contest.objects.filter(pk=published.pk).update(
        complaints_until=timezone.now() + timedelta(days=1)
    )
    published.refresh_from_db()
    mine, other = candidate_of(published, "C1"), candidate_of(published, "C2")
    assert mine.user is not None
    found = complaints.receive(mine, mine.user, uuid.uuid4(), "A nota está errada.")
    address = reverse("candidate-complaint-notice", args=[published.key, found.pk])
    assert browser_of(mine).get(address).status_code == 404
    complaints.decide(found, user_with("office"), False, "A nota foi confirmada.")
    assert "A nota foi confirmada." in text(browser_of(mine).get(address).content)
    assert browser_of(other).get(address).status_code == 404


def test_a_withdrawn_claim_has_none(open_contest: Contest, candidate_of: Candidates) -> None:
    mine = candidate_of(open_contest, "C1")
    assert mine.user is not None
    claim = claims.claim(mine, mine.user, "military")
    claims.withdraw(claim, mine.user)
    assert Claim.objects.get().state == Claim.State.WITHDRAWN
    address = reverse("candidate-claim-notice", args=[open_contest.key, claim.pk])
    assert browser_of(mine).get(address).status_code == 404
