"""What everybody may see: contests, their calendar and programmes, and published results."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET

from portaria.web.access.editions import edition_of
from portaria.web.access.models import Contest, Programme, SeatResult, Stage
from portaria.web.access.publication import MOMENTS
from portaria.web.access.views import office_figures, public_results
from portaria.web.access.views.office import in_force
from portaria.web.access.views.office_words import OVER, PUBLIC_STAGES, SOON, word
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.pages import _, day, moment
from portaria.web.paging import page_of
from portaria.web.search import begin_in, spaced, words_of

TOLD = ("opens_at", "closes_at", "results_at", "complaints_until", "enrolment_until")


def public_contest(key: str) -> Contest:
    """A contest that the public may know of; Http404 for one in preparation."""
    contests = Contest.objects.select_related("run").exclude(stage=Stage.PREPARING)
    return get_object_or_404(contests, key=key)


def standing(contest: Contest, now: datetime) -> tuple[str, str]:
    """Where a contest stands for the public, in a word, and its tone."""
    if contest.stage == Stage.OPEN and contest.opens_at and now < contest.opens_at:
        return word(SOON), "info"
    if contest.stage == Stage.OPEN and not contest.accepts(now):
        return word(OVER), "warning"
    code, tone = PUBLIC_STAGES[Stage(contest.stage)]
    return word(code), tone


def listed(contests: list[Contest]) -> list[dict[str, Any]]:
    """Contests as cards: state, and the moment that matters to whoever reads."""
    now = timezone.now()
    return [
        {
            "contest": contest,
            "state": standing(contest, now),
            "open": contest.accepts(now),
            "soon": contest.stage == Stage.OPEN
            and bool(contest.opens_at and now < contest.opens_at),
            "published": contest.stage == Stage.PUBLISHED,
        }
        for contest in contests
    ]


@requires(Can.ANYBODY)
@require_GET
def contests(request: HttpRequest) -> HttpResponse:
    """Every contest that the public may know of."""
    rows = listed(list(Contest.objects.exclude(stage=Stage.PREPARING)))
    return render(request, "access/public/contests.html", {"rows": rows, "now": timezone.now()})


@requires(Can.ANYBODY)
@require_GET
def contest(request: HttpRequest, key: str) -> HttpResponse:
    """A contest: its calendar, and its result in figures once it is public."""
    found = public_contest(key)
    now = timezone.now()
    context: dict[str, Any] = {
        **listed([found])[0],
        "now": now,
        "moments": moments(found, now),
        "edition": edition_of(found),
        "readings": in_force(found),
        "programmes": Programme.objects.filter(contest=found).count(),
    }
    if found.stage == Stage.PUBLISHED and found.run is not None:
        context |= office_figures.of_run(found.run)
    return render(request, "access/public/contest.html", context)


def moments(found: Contest, now: datetime) -> list[dict[str, Any]]:
    """The calendar as a line of time, with today in its place."""
    given = [(at, word(MOMENTS[name])) for name in TOLD if (at := getattr(found, name)) is not None]
    rows = [(at, title, "past" if at < now else "future") for at, title in given]
    if rows:
        rows.append((now, _("Today"), "current"))
    return [
        {
            "date": moment(at) if state != "current" else day(at),
            "iso": at.isoformat(),
            "title": title[:1].upper() + title[1:],
            "at": at if state != "current" else None,
            "state": state,
        }
        for at, title, state in sorted(rows)
    ]


@requires(Can.ANYBODY)
@require_GET
def programmes(request: HttpRequest, key: str) -> HttpResponse:
    """The programmes of a contest, searched; with last grades once they are public."""
    found = public_contest(key)
    text = request.GET.get("q", "")[:100]
    words = words_of(text)
    columns = ("programme", "course_name", "institution_name", "district", "seats")
    rows = [
        row
        for row in Programme.objects.filter(contest=found)
        .order_by("institution_name", "course_name", "programme")
        .values(*columns)
        if begin_in(words, spaced(" ".join(row[column] or "" for column in columns[:4])))
    ]
    pages = page_of(request, rows)
    grades = {}
    if found.stage == Stage.PUBLISHED:
        codes = [row["programme"] for row in pages]
        seats = SeatResult.objects.filter(run=found.run_id, programme__in=codes)
        grades = {row.programme: row for row in seats}
    context = {"contest": found, "q": text, "pages": pages, "count": len(rows), "results": grades}
    return render(request, "access/public/programmes.html", context)


def home_context() -> dict[str, Any]:
    """What the first page shows: open contests first, then what is published or under way."""
    rows = listed(list(Contest.objects.exclude(stage=Stage.PREPARING)[:30]))
    begun = [row for row in rows if row["open"] or row["soon"]]
    return {
        "now": timezone.now(),
        "open_contests": begun,
        "published_contests": [row for row in rows if row["published"]][:6],
        "other_contests": [row for row in rows if row not in begun and not row["published"]],
    }


urlpatterns = [
    path("concursos/", contests, name="contests"),
    path("concursos/<slug:key>/", contest, name="contest"),
    path("concursos/<slug:key>/cursos/", programmes, name="contest-programmes"),
    *public_results.urlpatterns,
]
