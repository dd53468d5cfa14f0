"""Receipts of what a candidate handed in."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from portaria.documents.access_papers.fingerprint import fingerprint, in_groups
from portaria.documents.access_papers.moments import in_azores, in_lisbon
from portaria.documents.access_papers.receipt import receipt_paper
from portaria.web.access.models import Candidate, Submission
from portaria.web.access.receipts import receipt_of
from portaria.web.access.views.candidate_own import mine, paper, receives
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.pages import lang


@requires(Can.APPLY)
@require_GET
def receipts(request: HttpRequest, key: str) -> HttpResponse:
    """Everything she handed in, the latest first."""
    candidate = mine(request, key)
    found = Submission.objects.filter(candidate=candidate).order_by("-number")
    context = {**_common(candidate), "receipts": found}
    return render(request, "access/candidate/receipts.html", context)


@requires(Can.APPLY)
@require_GET
def receipt(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One of them."""
    candidate = mine(request, key)
    submission = _submission(candidate, number)
    said = receipt_of(submission)
    context = {
        **_common(candidate),
        "submission": submission,
        "receipt": said,
        "in_lisbon": in_lisbon(said.received, lang()),
        "in_azores": in_azores(said.received, lang()),
        "fingerprint": in_groups(fingerprint(said)),
        "is_standing": candidate.submission_id == submission.pk,
        "is_latest": not Submission.objects.filter(candidate=candidate, number__gt=number).exists(),
    }
    return render(request, "access/candidate/receipt.html", context)


@requires(Can.APPLY)
@require_GET
def receipt_pdf(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The same on paper."""
    submission = _submission(mine(request, key), number)
    content = receipt_paper(receipt_of(submission), lang())
    return paper(content, f"comprovativo-{submission.candidate.candidate}-{number}")


def _common(candidate: Candidate) -> dict[str, Any]:
    return {
        "candidate": candidate,
        "contest": candidate.contest,
        "receives": receives(candidate),
    }


def _submission(candidate: Candidate, number: int) -> Submission:
    found = Submission.objects.filter(candidate=candidate, number=number).first()
    if found is None:
        raise Http404
    found.candidate, found.contest = candidate, candidate.contest
    return found


urlpatterns = [
    path("candidatura/<slug:key>/recibos/", receipts, name="candidate-receipts"),
    path("candidatura/<slug:key>/recibos/<int:number>/", receipt, name="candidate-receipt"),
    path(
        "candidatura/<slug:key>/recibos/<int:number>/recibo.pdf",
        receipt_pdf,
        name="candidate-receipt-pdf",
    ),
]
