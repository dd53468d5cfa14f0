"""The office makes the next phase: its seats before it is made, adjustments, what is opened."""

from __future__ import annotations

from typing import Any

import polars as pl
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods

from portaria.core.errors import UsageError
from portaria.regulations.access.later.terms import TERMS
from portaria.web.access import adjustments as adjusting
from portaria.web.access import next_phase, next_phase_seats, placed_lists
from portaria.web.access.forms.institution import lazily
from portaria.web.access.models import Adjustment, Contest, Opened, Stage
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import person_of, user_of
from portaria.web.pages import _, number, words_of
from portaria.web.paging import page_of
from portaria.web.search import stand_in


class Title(forms.Form):
    """What the next phase is called."""

    title = forms.CharField(label=lazily("Title of the next phase"), max_length=200)


class OneAdjustment(forms.Form):
    """Seats freed and used by rectifications at one programme."""

    programme = forms.CharField(label=lazily("Programme's code"), max_length=40)
    vl2 = forms.IntegerField(
        label=lazily("Seats freed by rectifications (VL2)"), min_value=0, max_value=1000, initial=0
    )
    vr = forms.IntegerField(
        label=lazily("Seats used by rectifications (VR)"), min_value=0, max_value=1000, initial=0
    )


def _rows(found: next_phase_seats.Seats, words: str) -> list[dict[str, Any]]:
    rows = found.terms.sort("programme").to_dicts()
    return [
        row
        for row in rows
        if stand_in(words, row["programme"], row["institution"], row["course_name"])
    ]


@requires(Can.SEE_CONTESTS, to_change=Can.PREPARE_CONTESTS)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, key: str) -> HttpResponse:
    """What the published contest leaves to the next phase, and making it."""
    contest = get_object_or_404(Contest, key=key, stage=Stage.PUBLISHED, run__isnull=False)
    following = Contest.objects.filter(previous=contest).first()
    refused = next_phase.why_not(contest)
    name = _("{title}, phase {phase}").format(title=contest.title, phase=contest.phase + 1)
    form = Title(request.POST or None, initial={"title": name})
    wrong = ""
    if request.method == "POST" and form.is_valid():
        try:
            next_phase.create(contest, user_of(request), form.cleaned_data["title"])
        except UsageError as error:
            wrong = words_of(error)
        else:
            messages.success(request, _("The next phase was made. Set its calendar next."))
            return redirect("next-phase", key=key)
    found = next_phase_seats.seats(contest, following)
    words = request.GET.get("q", "").strip()
    rows = page_of(request, _rows(found, words))
    institutions = placed_lists.institution_names(found.missing)
    context = {
        "contest": contest, "following": following, "refused": refused, "form": form, "q": words,
        "wrong": wrong, "found": found, "page": rows,
        "may": person_of(request).may(Can.PREPARE_CONTESTS),
        "rows": [
            (row["programme"], row["course_name"] or "–", *(number(row[term]) for term in TERMS),
             number(row["most" if found.decided else "base"]))
            for row in rows.object_list
        ],
        "totals": {term: found.total(term) for term in (*TERMS, "base", "most")},
        "missing": [
            (code, institutions.get(code, code or _("none")), count)
            for code, count in found.missing.items()
        ],
        "opened": following and Opened.objects.filter(contest=following).count(),
    }  # fmt: skip
    status = 422 if wrong or form.errors else 200
    return render(request, "access/after/next_phase.html", context, status=status)


@requires(Can.SEE_CONTESTS, to_change=Can.PREPARE_CONTESTS)
@require_http_methods(["GET", "POST"])
def adjustments(request: HttpRequest, key: str) -> HttpResponse:
    """Seats freed and used by rectifications, by programme (57/1)."""
    contest = get_object_or_404(Contest, key=key, previous__isnull=False)
    form = OneAdjustment(request.POST or None)
    wrong = ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            adjusting.adjust(
                contest, user_of(request), given["programme"].strip(), given["vl2"], given["vr"]
            )
        except UsageError as error:
            wrong = words_of(error)
        else:
            messages.success(request, _("The adjustment was kept."))
            return redirect("adjustments", key=key)
    context = {
        "contest": contest, "form": form, "wrong": wrong,
        "may": adjusting.may_change(contest) and person_of(request).may(Can.PREPARE_CONTESTS),
        "table_rows": list(
            Adjustment.objects.filter(contest=contest)
            .order_by("programme")
            .values_list("programme", "vl2", "vr")
        ),
    }  # fmt: skip
    status = 422 if wrong or form.errors else 200
    return render(request, "access/after/adjustments.html", context, status=status)


@requires(Can.SEE_CONTESTS)
@require_GET
def opened(request: HttpRequest, key: str) -> HttpResponse:
    """The programmes that institutions opened, with the most that each might have."""
    contest = get_object_or_404(Contest, key=key, previous__isnull=False)
    if contest.previous is None or contest.previous.run is None:
        raise Http404
    terms = next_phase_seats.seats(contest.previous, contest)
    decided = dict(Opened.objects.filter(contest=contest).values_list("programme", "seats"))
    rows = terms.terms.filter((pl.col("most") > 0) | pl.col("programme").is_in(list(decided)))
    page_ = page_of(request, rows.sort("programme").to_dicts())
    context = {
        "contest": contest, "decided": decided, "page": page_,
        "table_rows": [
            (row["programme"], row["institution"] or "–", row["course_name"] or "–",
             number(row["most"]), number(decided.get(row["programme"])))
            for row in page_.object_list
        ],
        "seats": sum(decided.values()), "most": terms.total("most"),
    }  # fmt: skip
    return render(request, "access/after/opened.html", context)


urlpatterns = [
    path("gabinete/<slug:key>/fase-seguinte/", page, name="next-phase"),
    path("gabinete/<slug:key>/ajustes/", adjustments, name="adjustments"),
    path("gabinete/<slug:key>/vagas-abertas/", opened, name="opened-seats"),
]
