"""What would be, under other readings or other seats."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from portaria.core.errors import UsageError
from portaria.web.access import run_requests
from portaria.web.access.editions import edition_of
from portaria.web.access.forms.office import Offered, WhatIf
from portaria.web.access.models import Contest
from portaria.web.access.views.office_common import contest_of, page
from portaria.web.access.views.office_words import choice_label, reading_label
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import user_of
from portaria.web.pages import words_of


def offered(contest: Contest) -> list[Offered]:
    """The readings that may be tried; those of the placement know the quotas of phase 1 alone."""
    if contest.phase > 1:
        return []
    return [
        (
            name,
            reading_label(name),
            [(choice, choice_label(name, choice)) for choice in reading.choices],
        )
        for name, reading in edition_of(contest).readings.items()
    ]


@requires(Can.PLACE)
@require_http_methods(["GET", "POST"])
def what_if(request: HttpRequest, key: str) -> HttpResponse:
    """Choose what is tried, then have the worker place."""
    contest = contest_of(key)
    in_force = edition_of(contest).choose(contest.policy)
    initial = {f"reading_{name}": choice for name, choice in in_force.items()}
    form = WhatIf(offered(contest), request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            run = run_requests.ask_what_if(
                contest, user_of(request), form.chosen(), form.cleaned_data["seats"]
            )
            return redirect("office-run", contest.key, run.pk)
        except UsageError as error:
            form.add_error(None, words_of(error))
    return page(request, "what_if", contest, "office-runs", form=form)


urlpatterns = [
    path("gabinete/<slug:key>/resultados/simular/", what_if, name="office-what-if"),
]
