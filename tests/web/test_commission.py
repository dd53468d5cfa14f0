"""The commission of experts: disability files, its reasoned decisions, and nobody else's eyes."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from portaria.web.access import attachments
from portaria.web.access.models import Candidate, Claim, Contest, Document
from portaria.web.accounts.models import LogEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(open_contest: Contest) -> Claim:
    """A disability file with one document."""
    person = Candidate.objects.get(contest=open_contest, candidate="C2")
    made = Claim.objects.create(
        contest=open_contest, candidate=person, quota="disability", statement="Peço apoio."
    )
    with attachments.keeping() as keep, transaction.atomic():
        keep([SimpleUploadedFile("relatório.pdf", b"%PDF-1.4")], made)
    return made


def addresses(claim: Claim) -> list[str]:
    document = Document.objects.get(claim=claim)
    return [
        reverse("commission"),
        reverse("commission-file", args=[claim.pk]),
        reverse("commission-document", args=[document.pk]),
    ]


def test_a_file_is_read_and_decided_with_reasons(
    signed_in: Callable[..., Client], claim: Claim
) -> None:
    browser = signed_in("commission")
    assert "Bruno Exemplo" in browser.get(reverse("commission")).content.decode()
    page = browser.get(reverse("commission-file", args=[claim.pk])).content.decode()
    assert "Peço apoio." in page
    address = reverse("commission-decide", args=[claim.pk])
    for accepted in ("yes", "no"):
        answer = browser.post(address, {"accepted": accepted, "reasons": "  "})
        assert answer.status_code == 422, "every decision has reasons"
    claim.refresh_from_db()
    assert claim.state == Claim.State.CLAIMED
    reasons = "Os relatórios provam a incapacidade."
    assert browser.post(address, {"accepted": "yes", "reasons": reasons}).status_code == 302
    claim.refresh_from_db()
    assert (claim.state, claim.reasons) == (Claim.State.ACCEPTED, reasons)
    assert Candidate.objects.get(pk=claim.candidate_id).disability
    mine = browser.get(reverse("commission"), {"lista": "minhas"}).content.decode()
    assert "Bruno Exemplo" in mine
    other = signed_in("commission", email="second@example.org")
    assert "Bruno Exemplo" not in other.get(
        reverse("commission"), {"lista": "minhas"}
    ).content.decode()  # fmt: skip
    codes = set(LogEntry.objects.values_list("code", flat=True))
    assert {"log-disability-read", "log-claim-accepted"} <= codes


def test_the_notice_is_a_paper_once_it_was_decided(
    signed_in: Callable[..., Client], claim: Claim
) -> None:
    browser = signed_in("commission")
    address = reverse("commission-notice", args=[claim.pk])
    assert browser.get(address).status_code == 302
    decided = {"accepted": "no", "reasons": "Falta o relatório médico."}
    browser.post(reverse("commission-decide", args=[claim.pk]), decided)
    answer = browser.get(address)
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert "Falta o relatório médico." in text
    assert "Bruno Exemplo" in text


def test_the_auditor_reads_and_does_not_decide(
    signed_in: Callable[..., Client], claim: Claim
) -> None:
    browser = signed_in("auditor")
    for address in addresses(claim):
        assert browser.get(address).status_code == 200
    decide = reverse("commission-decide", args=[claim.pk])
    assert decide not in browser.get(addresses(claim)[1]).content.decode()
    assert browser.post(decide, {"accepted": "yes", "reasons": "x"}).status_code == 403


@pytest.mark.parametrize("role", ["office", "director", "administrator", "candidate"])
def test_nobody_else_reads_a_file(
    signed_in: Callable[..., Client], claim: Claim, role: str
) -> None:
    browser = signed_in(role)
    for address in addresses(claim):
        assert browser.get(address).status_code == 403


def test_other_quotas_are_not_the_commissions(
    signed_in: Callable[..., Client], claim: Claim
) -> None:
    Claim.objects.filter(pk=claim.pk).update(quota="emigrant")
    browser = signed_in("commission")
    assert browser.get(reverse("commission-file", args=[claim.pk])).status_code == 404
    document = Document.objects.get(claim=claim)
    assert browser.get(reverse("commission-document", args=[document.pk])).status_code == 403
