"""Complaints against a published result: the queue, and the decisions."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from portaria.core.messages import declare
from portaria.web.access import complaints as acts
from portaria.web.access.forms.office import Decision
from portaria.web.access.models import Complaint, Contest, Document
from portaria.web.access.views.office_common import contest_of, decided, page
from portaria.web.access.views.office_person import state_of
from portaria.web.accounts.log import record
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import user_of
from portaria.web.navigation import Place
from portaria.web.pages import _
from portaria.web.paging import page_of

READ = declare("log-complaint-read", "Read the complaint of candidate {candidate}.")


@requires(Can.SEE_PEOPLE)
@require_GET
def queue(request: HttpRequest, key: str) -> HttpResponse:
    """Complaints, those to be decided first."""
    contest = contest_of(key)
    over = request.GET.get("estado") == "decididas"
    waiting = contest.complaints.filter(state=Complaint.State.RECEIVED)
    others = contest.complaints.exclude(state=Complaint.State.RECEIVED)
    found = (others if over else waiting).select_related("candidate", "decided_by")
    pages = page_of(request, found.order_by("received_at", "pk"))
    states = [
        Place(_("To be decided"), "?", not over, waiting.count()),
        Place(_("Decided"), "?estado=decididas", over, others.count()),
    ]
    rows = [(complaint, state_of(complaint)) for complaint in pages]
    context = {"rows": rows, "pages": pages, "states": states}
    return page(request, "complaints", contest, "office-complaints", **context)


def _complaint(key: str, pk: int) -> tuple[Contest, Complaint]:
    contest = contest_of(key)
    complaints = Complaint.objects.select_related("candidate", "contest", "decided_by", "run")
    return contest, get_object_or_404(complaints, contest=contest, pk=pk)


@requires(Can.SEE_PEOPLE)
@require_GET
def complaint_page(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """One complaint with its documents; the reading is logged."""
    contest, complaint = _complaint(key, pk)
    return _page(request, contest, complaint, Decision())


def _page(
    request: HttpRequest, contest: Contest, complaint: Complaint, form: Decision
) -> HttpResponse:
    name = complaint.candidate.candidate
    record(user_of(request), READ, {"candidate": name}, contest=contest.key, candidate=name)
    asked = {"candidato": complaint.candidate.candidate, "reclamacao": complaint.pk}
    documents = list(Document.objects.filter(complaint=complaint).order_by("received_at", "pk"))
    context = {
        "complaint": complaint,
        "state": state_of(complaint),
        "documents": documents,
        "rectify": f"{reverse('rectify', args=[contest.key])}?{urlencode(asked)}",
    }
    return page(request, "complaint", contest, "office-complaints", form=form, **context)


@requires(Can.DECIDE_COMPLAINTS)
@require_POST
def decide(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Grant or refuse a complaint."""
    contest, complaint = _complaint(key, pk)
    form = Decision(request.POST)
    if decided(request, form, partial(acts.decide, complaint, user_of(request))):
        return redirect("office-complaints", contest.key)
    return _page(request, contest, complaint, form)


urlpatterns = [
    path("gabinete/<slug:key>/reclamacoes/", queue, name="office-complaints"),
    path("gabinete/<slug:key>/reclamacoes/<int:pk>/", complaint_page, name="office-complaint"),
    path(
        "gabinete/<slug:key>/reclamacoes/<int:pk>/decidir/", decide, name="office-decide-complaint"
    ),
]
