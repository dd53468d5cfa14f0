"""The office's contests: the list of them, and the page of one with what comes next."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from portaria.web.access.editions import edition_of
from portaria.web.access.models import Candidate, Claim, Contest, Programme, Run, Stage
from portaria.web.access.publication import CALENDAR, MOMENTS, may_close, returned
from portaria.web.access.views import (
    office_calendar,
    office_claims,
    office_codes,
    office_complaints,
    office_demand,
    office_people,
    office_runs,
    office_tables,
    office_what_if,
)
from portaria.web.access.views.office_common import contest_of, page
from portaria.web.access.views.office_words import (
    choice_label,
    job_state,
    reading_label,
    stage_of,
    word,
)
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.pages import _

ORDER = tuple(Stage)


@requires(Can.SEE_CONTESTS)
@require_GET
def office(request: HttpRequest) -> HttpResponse:
    """Every contest with where it stands."""
    contests = Contest.objects.annotate(
        waiting=Count(
            "claims", filter=Q(claims__state=Claim.State.CLAIMED) & ~Q(claims__quota="disability")
        )
    )
    rows = [{"contest": contest, "stage": stage_of(contest)} for contest in contests]
    plans = office_tables.pending(request)
    return render(request, "access/office/contests.html", {"rows": rows, "plans": plans})


@requires(Can.SEE_CONTESTS)
@require_GET
def contest_page(request: HttpRequest, key: str) -> HttpResponse:
    """A contest: its course, its figures, what comes next."""
    contest = contest_of(key)
    people = Candidate.objects.filter(contest=contest)
    applied = people.filter(submission__isnull=False).count()
    context: dict[str, Any] = {
        "edition": edition_of(contest),
        "steps": steps(contest),
        "programmes": Programme.objects.filter(contest=contest).count(),
        "candidates": people.count(),
        "applied": applied,
        "readings": in_force(contest),
        "may_close": may_close(contest),
        "returned": returned(contest),
        "moments": [(word(MOMENTS[name]), getattr(contest, name)) for name in CALENDAR],
        "runs": [(run, job_state(run)) for run in _latest(contest)],
        "plans": office_tables.pending(request, contest),
    }
    return page(request, "contest", contest, "office-contest", **context)


def _latest(contest: Contest) -> list[Run]:
    found = contest.runs.filter(kind=Run.Kind.PLACEMENT).defer("answer", "problems")
    return list(found[:3])


def steps(contest: Contest) -> list[dict[str, Any]]:
    """The way of a contest, and how far it is."""
    labels = {
        Stage.PREPARING: _("Tables and calendar"),
        Stage.OPEN: _("Applications"),
        Stage.CLOSED: _("Placement"),
        Stage.SENT: _("With the director"),
        Stage.RATIFIED: _("Ratified"),
        Stage.PUBLISHED: _("Published"),
    }
    here = ORDER.index(Stage(contest.stage))
    last = contest.stage == Stage.PUBLISHED
    return [
        {
            "label": labels[stage],
            "state": "done" if at < here or last else "current" if at == here else "todo",
        }
        for at, stage in enumerate(ORDER)
    ]


def in_force(contest: Contest) -> list[tuple[str, str]]:
    """The readings that a contest follows, each with what it is about."""
    readings = edition_of(contest).choose(contest.policy)
    return [(reading_label(name), choice_label(name, choice)) for name, choice in readings.items()]


urlpatterns = [
    path("gabinete/", office, name="office"),
    *office_tables.urlpatterns,
    *office_people.urlpatterns,
    *office_codes.urlpatterns,
    *office_claims.urlpatterns,
    path("gabinete/<slug:key>/", contest_page, name="office-contest"),
    *office_calendar.urlpatterns,
    *office_demand.urlpatterns,
    *office_complaints.urlpatterns,
    *office_runs.urlpatterns,
    *office_what_if.urlpatterns,
]
