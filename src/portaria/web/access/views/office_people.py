"""Candidates: searched, read one by one, their activation codes, their exclusion."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portaria.core.errors import UsageError
from portaria.core.messages import declare
from portaria.web.access import codes, exclusions, people
from portaria.web.access.forms.office import Exclusion, Reasons
from portaria.web.access.models import Candidate, Contest, PlacementResult
from portaria.web.access.people_search import MOST, find
from portaria.web.access.views import office_person
from portaria.web.access.views.office_common import (
    attempt,
    contest_of,
    csv_answer,
    page,
)
from portaria.web.access.views.who import user_of
from portaria.web.accounts.log import record
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.pages import _, words_of

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


@requires(Can.PREPARE_CONTESTS)
@require_POST
def new_code(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """A new activation code of one candidate, shown this once."""
    contest = contest_of(key)
    candidate = person_of_contest(contest, pk)
    try:
        code = codes.draw_code(candidate, user_of(request))
    except UsageError as error:
        messages.error(request, words_of(error))
        return redirect("office-person", contest.key, candidate.pk)
    rows = [(candidate.candidate, candidate.name or "", code)]
    return page(request, "codes", contest, "office-people", rows=rows, waiting=0)


@requires(Can.PREPARE_CONTESTS)
@require_http_methods(["GET", "POST"])
def draw(request: HttpRequest, key: str) -> HttpResponseBase:
    """Activation codes for every candidate without an account, shown this once."""
    contest = contest_of(key)
    waiting = Candidate.objects.filter(contest=contest, user=None).count()
    if request.method == "GET":
        drawn = Candidate.objects.filter(contest=contest, user=None, activation__isnull=False)
        context = {"rows": None, "waiting": waiting, "drawn": drawn.count()}
        return page(request, "codes", contest, "office-people", **context)
    rows = people.draw_codes(contest, user_of(request))
    if request.POST.get("as") == "csv":
        header = ("candidate", "name", "code")
        return csv_answer(f"codigos-{contest.key}.csv", header, rows)
    return page(request, "codes", contest, "office-people", rows=rows, waiting=0)


urlpatterns = [
    path("gabinete/<slug:key>/candidatos/", search, name="office-people"),
    path("gabinete/<slug:key>/candidatos/<int:pk>/", person, name="office-person"),
    path("gabinete/<slug:key>/candidatos/<int:pk>/excluir/", exclude, name="office-exclude"),
    path("gabinete/<slug:key>/candidatos/<int:pk>/codigo/", new_code, name="office-code"),
    path("gabinete/<slug:key>/codigos/", draw, name="office-codes"),
]
