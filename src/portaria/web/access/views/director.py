"""The director: what was sent, its report and checks; ratified, returned, published."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods

from portaria.web.access import publication, rectifications
from portaria.web.access.forms.office import Reasons
from portaria.web.access.models import Contest, Run, Stage
from portaria.web.access.views import office_figures, office_run
from portaria.web.access.views.office import in_force
from portaria.web.access.views.office_common import attempt, contest_of
from portaria.web.access.views.office_words import stage_of
from portaria.web.accounts.models import LogEntry
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import user_of
from portaria.web.pages import _

SEEN = (Stage.SENT, Stage.RATIFIED, Stage.PUBLISHED)


@requires(Can.SEE_CONTESTS)
@require_GET
def director(request: HttpRequest) -> HttpResponse:
    """What waits for the director, then what she ratified and published."""
    found = Contest.objects.filter(stage__in=SEEN).select_related("run")
    rows = [(contest.stage == Stage.PUBLISHED, contest, stage_of(contest)) for contest in found]
    context = {
        "waiting": [{"contest": c, "stage": stage} for over, c, stage in rows if not over],
        "published": [{"contest": c, "stage": stage} for over, c, stage in rows if over],
        "rectifications": rectifications.waiting(),
        "Stage": Stage,
    }
    return render(request, "access/director/contests.html", context)


@requires(Can.SEE_CONTESTS)
@require_GET
def result(request: HttpRequest, key: str) -> HttpResponse:
    """A result that was sent: its figures, how it differs from former ones, its verifications."""
    contest = contest_of(key)
    if contest.run is None or contest.stage not in SEEN:
        return redirect("director")
    return render(request, "access/director/result.html", _context(contest, contest.run))


def _context(contest: Contest, run: Run) -> dict[str, Any]:
    label, tone = stage_of(contest)
    sent = LogEntry.objects.filter(contest=contest.key, code=publication.SENT).first()
    return {
        "contest": contest,
        "run": run,
        "stage_label": label,
        "stage_tone": tone,
        "sent": sent,
        "readings": in_force(contest),
        "checks": office_run.checks(run),
        "former": office_run.former(run),
        "Stage": Stage,
        **office_figures.of_run(run),
    }


def _confirmed(request: HttpRequest, key: str, act: Any, template: str, done: str) -> HttpResponse:
    contest = contest_of(key)
    if request.method == "POST":
        attempt(request, lambda: act(contest, user_of(request)), done)
        return redirect("director-result", contest.key)
    if contest.run is None:
        return redirect("director")
    context = {"contest": contest, "run": contest.run}
    return render(request, f"access/director/{template}.html", context)


@requires(Can.RATIFY)
@require_http_methods(["GET", "POST"])
def ratify(request: HttpRequest, key: str) -> HttpResponse:
    """Ask, then make the result final."""
    done = _("The result was ratified: it no longer changes.")
    return _confirmed(request, key, publication.ratify, "ratify", done)


@requires(Can.RATIFY)
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, key: str) -> HttpResponse:
    """Ask, then publish."""
    return _confirmed(request, key, publication.publish, "publish", _("The result is public."))


@requires(Can.RATIFY)
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, key: str) -> HttpResponse:
    """Return a result to the office, with reasons."""
    contest = contest_of(key)
    form = Reasons(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reasons = form.cleaned_data["reasons"]
        done = _("The result was returned to the office.")
        attempt(request, lambda: publication.take_back(contest, user_of(request), reasons), done)
        return redirect("director")
    context = {"contest": contest, "form": form}
    status = 422 if form.errors else 200
    return render(request, "access/director/take_back.html", context, status=status)


urlpatterns = [
    path("direcao/", director, name="director"),
    path("direcao/<slug:key>/", result, name="director-result"),
    path("direcao/<slug:key>/homologar/", ratify, name="director-ratify"),
    path("direcao/<slug:key>/devolver/", take_back, name="director-take-back"),
    path("direcao/<slug:key>/publicar/", publish, name="director-publish"),
]
