"""Activation codes: drawn for those who have none; drawn anew only where that was asked twice."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portaria.core.errors import UsageError
from portaria.web.access import people
from portaria.web.access.models import Candidate, Contest
from portaria.web.access.views.office_common import contest_of, csv_answer, page
from portaria.web.access.views.office_people import person_of_contest
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import user_of
from portaria.web.pages import _, moment, words_of

Rows = Sequence[tuple[str, str, str]]
"""Candidate, name and code."""


@requires(Can.PREPARE_CONTESTS)
@require_http_methods(["GET", "POST"])
def draw(request: HttpRequest, key: str) -> HttpResponseBase:
    """Who has a code; codes for every candidate who has none yet."""
    contest = contest_of(key)
    if request.method == "POST":
        return _shown(request, contest, people.draw_codes(contest, user_of(request)))
    return page(request, "codes", contest, "office-people", **_counts(contest))


@requires(Can.PREPARE_CONTESTS)
@require_http_methods(["GET", "POST"])
def draw_anew(request: HttpRequest, key: str) -> HttpResponseBase:
    """Ask, saying how many codes stop working; then codes for every candidate without account."""
    contest = contest_of(key)
    if request.method == "POST":
        return _shown(request, contest, people.draw_codes(contest, user_of(request), anew=True))
    return page(request, "codes_anew", contest, "office-people", **_counts(contest))


@requires(Can.PREPARE_CONTESTS)
@require_http_methods(["GET", "POST"])
def draw_one(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    """Ask, then a code for one candidate."""
    contest = contest_of(key)
    candidate = person_of_contest(contest, pk)
    if request.method == "GET":
        return page(request, "code", contest, "office-people", candidate=candidate)
    try:
        anew = request.POST.get("anew") == "1"
        code = people.draw_code(candidate, user_of(request), anew)
    except UsageError as error:
        messages.error(request, words_of(error))
        return redirect("office-person", contest.key, candidate.pk)
    return _shown(request, contest, [(candidate.candidate, candidate.name or "", code)])


def _counts(contest: Contest) -> dict[str, int]:
    waiting = Candidate.objects.filter(contest=contest, user=None)
    with_code = waiting.exclude(activation=None).count()
    return {"with_code": with_code, "without_code": waiting.count() - with_code}


def _shown(request: HttpRequest, contest: Contest, rows: Rows) -> HttpResponse:
    """Codes, this once: as a table to print or a CSV for letters, with contest and moment."""
    now = timezone.now()
    if request.POST.get("as") != "csv":
        return page(request, "codes_drawn", contest, "office-people", rows=rows, drawn_at=now)
    header = (_("Contest"), _("Candidate"), _("Name"), _("Activation code"), _("Drawn on"))
    at = timezone.localtime(now)
    cells = [(contest.title, who, name, code, moment(now)) for who, name, code in rows]
    return csv_answer(f"codigos-{contest.key}-{at:%Y-%m-%d-%Hh%M}.csv", header, cells)


urlpatterns = [
    path("gabinete/<slug:key>/codigos/", draw, name="office-codes"),
    path("gabinete/<slug:key>/codigos/de-novo/", draw_anew, name="office-codes-anew"),
    path("gabinete/<slug:key>/candidatos/<int:pk>/codigo/", draw_one, name="office-code"),
]
