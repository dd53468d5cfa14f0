"""What is kept about a candidate: said, and given to her."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from portaria.web.access.models import Candidate, Submission
from portaria.web.access.own_data import documents_of, own_data
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import user_of
from portaria.web.pages import lang


@requires(Can.APPLY)
@require_GET
def data(request: HttpRequest) -> HttpResponse:
    """What is kept, why, and for how long."""
    hers = Candidate.objects.filter(user=request.user.pk)
    records = hers.select_related("contest").order_by("pk")
    held = [
        {
            "contest": one.contest,
            "candidate": one,
            "applications": Submission.objects.filter(candidate=one).count(),
            "documents": len(list(documents_of(one))),
        }
        for one in records
    ]
    return render(request, "access/candidate/data.html", {"held": held})


@requires(Can.APPLY)
@require_POST
def download(request: HttpRequest) -> HttpResponseBase:
    """All of it in one file: a form, because taking a copy is written in the log."""
    content = own_data(user_of(request), lang())
    return FileResponse(
        content, as_attachment=True, filename="portaria.zip", content_type="application/zip"
    )


urlpatterns = [
    path("candidatura/dados/", data, name="candidate-data"),
    path("candidatura/dados/portaria.zip", download, name="candidate-data-download"),
]
