"""Complaints of a candidate against her result, until their deadline."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from portaria.core.errors import PortariaError
from portaria.web.access import complaints, notices
from portaria.web.access.forms.candidate import NewComplaint
from portaria.web.access.models import Candidate, Complaint
from portaria.web.access.views.candidate_claims import limits, problems_of
from portaria.web.access.views.candidate_own import mine, paper, posted_key, published
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import user_of


@requires(Can.APPLY)
@require_http_methods(["GET", "POST"])
def complaint(request: HttpRequest, key: str) -> HttpResponse:
    """Complain of the result, until the deadline; and the complaints handed in."""
    candidate = published(request, key)
    form = NewComplaint()
    status, keep = 200, uuid.uuid4()
    if request.method == "POST":
        form, keep = NewComplaint(request.POST, request.FILES), posted_key(request)
        status = 422
        if form.is_valid() and not _complained(request, candidate, form, keep):
            return redirect("candidate-complaint", key=key)
    context = {
        "candidate": candidate,
        "contest": candidate.contest,
        "form": form,
        "key": keep,
        "limits": limits(candidate),
        "complaints": Complaint.objects.filter(candidate=candidate)
        .order_by("pk")
        .prefetch_related("documents"),
        "receives": complaints.receives(candidate.contest, timezone.now()),
        "now": timezone.now(),
    }
    return render(request, "access/candidate/complaint.html", context, status=status)


def _complained(
    request: HttpRequest, candidate: Candidate, form: NewComplaint, key: uuid.UUID
) -> Sequence[str]:
    """What stood against a complaint, told in the form too; nothing where it was received."""
    given = form.cleaned_data
    try:
        complaints.receive(candidate, user_of(request), key, given["text"], given["documents"])
    except PortariaError as error:
        problems = problems_of(error)
        for problem in problems:
            form.add_error(None, problem)
        return problems
    return ()


@requires(Can.APPLY)
@require_GET
def notice(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The notice of a decision on a complaint of hers."""
    found = get_object_or_404(Complaint, pk=pk, candidate=mine(request, key))
    if found.decided_at is None:
        raise Http404
    return paper(notices.of_complaint(found), f"notificacao-reclamacao-{found.pk}")


urlpatterns = [
    path(
        "candidatura/<slug:key>/reclamacao/<int:pk>/notificacao.pdf",
        notice,
        name="candidate-complaint-notice",
    ),
    path("candidatura/<slug:key>/reclamacao/", complaint, name="candidate-complaint"),
]
