"""Quotas claimed: the queue of the office, and its decisions; disability is the commission's."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from portaria.core.messages import declare
from portaria.web.access import claims as acts
from portaria.web.access.attachments import may_read
from portaria.web.access.forms.office import Decision
from portaria.web.access.models import Candidate, Claim, Contest, Document
from portaria.web.access.views.office_common import contest_of, decided, page
from portaria.web.access.views.office_person import claim_row, facts
from portaria.web.access.views.office_words import CLAIMS, word
from portaria.web.accounts.log import record
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import person_of, user_of
from portaria.web.navigation import Place
from portaria.web.paging import page_of

DISABILITY = "disability"
READ = declare("log-claim-read", "Read the claim of candidate {candidate} to a quota.")
DOCUMENT_READ = declare("log-document-read", "Read the document {document} of {candidate}.")


@requires(Can.SEE_PEOPLE)
@require_GET
def queue(request: HttpRequest, key: str) -> HttpResponse:
    """Claims, those to be decided first."""
    contest = contest_of(key)
    state = request.GET.get("estado", Claim.State.CLAIMED)
    if state not in Claim.State.values:
        state = Claim.State.CLAIMED
    claims = contest.claims.exclude(quota=DISABILITY)
    found = claims.filter(state=state).select_related("candidate").order_by("claimed_at", "pk")
    pages = page_of(request, found)
    counts = dict(claims.order_by().values_list("state").annotate(Count("pk")))
    states = [
        Place(
            word(CLAIMS[Claim.State(value)][0]),
            f"?estado={value}",
            value == state,
            counts.get(value, 0),
        )
        for value in Claim.State.values
    ]
    context = {"rows": [claim_row(claim) for claim in pages], "pages": pages, "states": states}
    return page(request, "claims", contest, "office-claims", state=state, **context)


def _claim(key: str, pk: int) -> tuple[Contest, Claim]:
    contest = contest_of(key)
    claims = Claim.objects.select_related("candidate", "contest", "decided_by")
    return contest, get_object_or_404(claims.exclude(quota=DISABILITY), contest=contest, pk=pk)


@requires(Can.SEE_PEOPLE)
@require_GET
def claim_page(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """One claim with its documents; the reading is logged."""
    contest, claim = _claim(key, pk)
    _log_reading(request, claim.candidate)
    return _page(request, contest, claim, Decision(optional=True))


def _page(request: HttpRequest, contest: Contest, claim: Claim, form: Decision) -> HttpResponse:
    documents = list(Document.objects.filter(claim=claim).order_by("received_at", "pk"))
    context = {"row": claim_row(claim), "documents": documents, "facts": facts(claim.candidate)}
    return page(request, "claim", contest, "office-claims", claim=claim, form=form, **context)


def _log_reading(request: HttpRequest, candidate: Candidate) -> None:
    params = {"candidate": candidate.candidate}
    contest = candidate.contest.key
    record(user_of(request), READ, params, contest=contest, candidate=candidate.candidate)


@requires(Can.DECIDE_CLAIMS)
@require_POST
def decide(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Accept or refuse a claim."""
    contest, claim = _claim(key, pk)
    form = Decision(request.POST, optional=True)
    if decided(request, form, partial(acts.decide, claim, user_of(request))):
        return redirect("office-claims", contest.key)
    _log_reading(request, claim.candidate)
    return _page(request, contest, claim, form)


@requires(Can.SEE_PEOPLE)
@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A document that supports a claim or a complaint, for download; logged."""
    return give(request, pk)


def give(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A document, where this person may read it; it is never shown inside our own pages."""
    found = get_object_or_404(Document.objects.select_related("claim", "complaint"), pk=pk)
    if not may_read(person_of(request), found):
        raise PermissionDenied
    about = found.claim or found.complaint
    assert about is not None, "a document supports one thing"
    record(
        user_of(request), DOCUMENT_READ,
        {"document": found.name, "candidate": about.candidate.candidate},
        contest=about.contest.key, candidate=about.candidate.candidate,
    )  # fmt: skip
    answer = FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.name,
        content_type=found.content_type,
    )  # fmt: skip
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


urlpatterns = [
    path("gabinete/documentos/<int:pk>/", document, name="office-document"),
    path("gabinete/<slug:key>/contingentes/", queue, name="office-claims"),
    path("gabinete/<slug:key>/contingentes/<int:pk>/", claim_page, name="office-claim"),
    path("gabinete/<slug:key>/contingentes/<int:pk>/decidir/", decide, name="office-decide-claim"),
]
