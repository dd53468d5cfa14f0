"""How far a job is: the fragment that a page asks for until it ends, and how it is stopped."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from portaria.web.access import run_requests
from portaria.web.access.models import ImportPlan, Run
from portaria.web.access.models.run import Job
from portaria.web.access.views.office_common import attempt
from portaria.web.access.views.office_words import WORK, job_state, word
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import user_of
from portaria.web.pages import _

KINDS: dict[str, type[Job]] = {"plano": ImportPlan, "execucao": Run}


def progress_of(job: Job) -> dict[str, Any] | None:
    """What the progress bar of a job shows; None where it has ended."""
    if not job.working:
        return None
    kind = "plano" if isinstance(job, ImportPlan) else "execucao"
    return {
        "label": job_state(job)[0],
        "done": job.done,
        "total": job.total,
        "text": word(WORK[job.stage]) if job.stage in WORK else "",
        "poll": reverse("job", args=[kind, job.pk]),
        "stop": reverse("job-cancel", args=[kind, job.pk]),
    }


@requires(Can.SEE_CONTESTS)
@require_GET
def progress(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The progress bar; once the job has ended, htmx loads the page again instead."""
    job = get_object_or_404(KINDS.get(kind, Run), pk=pk)
    shown = progress_of(job)
    if shown is not None:
        return render(request, "access/jobs/progress.html", {"progress": shown})
    answer = HttpResponse(status=204)
    answer["HX-Refresh"] = "true"
    return answer


@requires(Can.PLACE)
@require_POST
def cancel(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Ask the worker to stop; it does so at the next step."""
    job = get_object_or_404(KINDS.get(kind, Run), pk=pk)
    attempt(
        request, lambda: run_requests.stop(job, user_of(request)),
        _("The worker stops at its next step. Nothing is changed."),
    )  # fmt: skip
    back = request.headers.get("Referer", "")
    local = url_has_allowed_host_and_scheme(back, {request.get_host()})
    return redirect(back if local else reverse("office"))


urlpatterns = [
    path("trabalhos/<str:kind>/<int:pk>/", progress, name="job"),
    path("trabalhos/<str:kind>/<int:pk>/parar/", cancel, name="job-cancel"),
]
