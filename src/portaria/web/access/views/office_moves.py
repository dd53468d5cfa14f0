"""The exchanges and relocations of a contest, as the office sees them (54/7, 55/7)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_GET

from portaria.web.access.consents import concerned
from portaria.web.access.models import Contest, Exchange, Relocation, Stage
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.pages import _, day


@requires(Can.SEE_CONTESTS)
@require_GET
def moves(request: HttpRequest, key: str) -> HttpResponse:
    """Everything that was asked for, where it stands, and whom it moves."""
    contest = get_object_or_404(Contest, key=key, stage=Stage.PUBLISHED)
    states = {
        "asked": _("Waiting for decisions"),
        "refused": _("Not authorised"),
        "done": _("Authorised"),
    }
    exchanges = Exchange.objects.filter(contest=contest).select_related("first", "second")
    relocations = Relocation.objects.filter(contest=contest)
    context = {
        "contest": contest,
        "exchange_rows": [
            (f"{each.first} ({each.first.candidate}), {each.second} ({each.second.candidate})",
             ", ".join(concerned(each)) or "–", day(each.asked_at), states[each.state])
            for each in exchanges.order_by("-pk")
        ],
        "relocation_rows": [
            (each.programme, ", ".join(concerned(each)),
             ", ".join(f"{who}: {to}" for who, to in sorted(each.moves.items())),
             day(each.asked_at), states[each.state])
            for each in relocations.order_by("-pk")
        ],
    }  # fmt: skip
    return render(request, "access/after/moves.html", context)


urlpatterns = [
    path("gabinete/<slug:key>/permutas-e-recolocacoes/", moves, name="office-moves"),
]
