"""Candidates: searched, read one by one, their exclusion."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods

from portaria.core.messages import declare
from portaria.web.access import exclusions
from portaria.web.access.forms.office import Exclusion, Reasons
from portaria.web.access.models import Candidate, Contest, PlacementResult
from portaria.web.access.people_search import MOST, find
from portaria.web.access.views import office_person
from portaria.web.access.views.office_common import (
    attempt,
    contest_of,
    page,
)
from portaria.web.accounts.log import record
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import user_of
from portaria.web.pages import _

READ = declare("log-person-read", "Read the record of candidate {candidate}.")


@requires(Can.SEE_PEOPLE)
@require_GET
def search(request: HttpRequest, key: str) -> HttpResponse:
    """Candidates by name or key."""
    contest = contest_of(key)
    text = request.GET.get("q", "")[:200]
    applied = request.GET.get("so") == "candidatos"
    found, more = find(contest, text, applied)
    everybody = Candidate.objects.filter(contest=contest)
    context = {
        "found": found,
        "more": more,
        "most": MOST,
        "q": text,
        "applied": applied,
        "candidates": everybody.count(),
        "with_application": everybody.filter(submission__isnull=False).count(),
        "without_account": everybody.filter(user=None).count(),
    }
    return page(request, "people", contest, "office-people", **context)


def person_of_contest(contest: Contest, pk: int) -> Candidate:
    """A candidate of this contest."""
    people = Candidate.objects.select_related("submission", "user", "contest")
    return get_object_or_404(people, contest=contest, pk=pk)


@requires(Can.SEE_PEOPLE)
@require_GET
def person(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Everything that is kept of a candidate; the reading is logged."""
    contest = contest_of(key)
    candidate = person_of_contest(contest, pk)
    params = {"candidate": candidate.candidate}
    record(user_of(request), READ, params, contest=contest.key, candidate=candidate.candidate)
    context = office_person.account_of(candidate, _result(contest, candidate))
    context["excludable"] = contest.stage in exclusions.BEFORE
    return page(request, "person", contest, "office-people", **context)


def _result(contest: Contest, candidate: Candidate) -> PlacementResult | None:
    if contest.run_id is None:
        return None
    results = PlacementResult.objects.filter(run=contest.run_id, candidate=candidate.candidate)
    return results.first()


@requires(Can.PREPARE_CONTESTS)
@require_http_methods(["GET", "POST"])
def exclude(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Exclude a candidate before the placement, or take the exclusion back."""
    contest = contest_of(key)
    candidate = person_of_contest(contest, pk)
    kind: type[Reasons] = Reasons if candidate.excluded else Exclusion
    form = kind(request.POST or None)
    typed = request.method == "POST" and form.is_valid()
    if typed and attempt(
        request, lambda: _exclude(request, candidate, form.cleaned_data), _("Saved.")
    ):
        return redirect("office-person", contest.key, candidate.pk)
    return page(request, "exclude", contest, "office-people", candidate=candidate, form=form)


def _exclude(request: HttpRequest, candidate: Candidate, given: dict[str, Any]) -> None:
    if candidate.excluded:
        exclusions.readmit(candidate, user_of(request), given["reasons"])
    else:
        exclusions.exclude(candidate, user_of(request), given["clause"], given["reasons"])


urlpatterns = [
    path("gabinete/<slug:key>/candidatos/", search, name="office-people"),
    path("gabinete/<slug:key>/candidatos/<int:pk>/", person, name="office-person"),
    path("gabinete/<slug:key>/candidatos/<int:pk>/excluir/", exclude, name="office-exclude"),
]
