"""The seats of a phase that institutions decide themselves (46/2)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from portaria.core.errors import InputError, UsageError
from portaria.core.messages import Message, declare
from portaria.web.access import opened_seats
from portaria.web.access.models import Contest, Opened, Programme, Stage
from portaria.web.access.views.institution_pages import name_of, sentences
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import person_of, user_of
from portaria.web.pages import _

NOT_A_COUNT = declare(
    "opened-not-a-count", "Write a whole number of seats at {programme}, or none."
)


def deciding(code: str) -> list[Contest]:
    """The phases being prepared in which the institution may open programmes."""
    offered = Programme.objects.filter(institution=code).values("contest")
    found = Contest.objects.filter(
        stage=Stage.PREPARING, previous__isnull=False, pk__in=offered
    ).order_by("-pk")
    return [each for each in found if opened_seats.are_decided(each)]


@requires(Can.SEE_INSTITUTION, institution="code", to_change=Can.REPORT_ENROLMENTS)
@require_http_methods(["GET", "POST"])
def seats(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Which programmes are opened, with how many seats, and the most that each may have."""
    contest = Contest.objects.filter(key=key, previous__isnull=False).first()
    if contest is None or not opened_seats.are_decided(contest):
        raise Http404
    programmes = list(
        Programme.objects.filter(contest=contest, institution=code).order_by("programme")
    )
    if not programmes:
        raise Http404
    wrong: list[str] = []
    if request.method == "POST":
        try:
            decided = _decided(request, programmes)
            opened_seats.open_seats(contest, code, user_of(request), decided)
        except (InputError, UsageError) as error:
            wrong = sentences(error)
        else:
            messages.success(request, _("The decision was kept."))
            return redirect("institution-seats", code=code, key=key)
    context: dict[str, Any] = {
        "code": code, "name": name_of(code), "contest": contest, "programmes": programmes,
        "most": opened_seats.may_open(contest, code), "wrong": wrong, "sent": request.POST,
        "opened": dict(Opened.objects.filter(contest=contest).values_list("programme", "seats")),
        "may": contest.stage == Stage.PREPARING
        and person_of(request).may(Can.REPORT_ENROLMENTS, code),
    }  # fmt: skip
    status = 422 if wrong else 200
    return render(request, "access/institution/seats.html", context, status=status)


def _decided(request: HttpRequest, programmes: list[Programme]) -> dict[str, int | None]:
    decided: dict[str, int | None] = {}
    for each in programmes:
        text = request.POST.get(f"seats:{each.programme}", "").strip()
        if text and not (text.isascii() and text.isdigit() and len(text) < 7):
            raise UsageError(Message(NOT_A_COUNT, {"programme": each.programme}))
        decided[each.programme] = int(text) if text else None
    return decided


urlpatterns = [
    path("instituicao/<str:code>/<slug:key>/vagas/", seats, name="institution-seats"),
]
