"""The programmes to choose from: looked for, a page of them, each with her application grade."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_GET

from portaria.core.names import by_name
from portaria.core.rounding import without_zeros
from portaria.regulations.access.form import ProgrammeGrade
from portaria.web.access import preview
from portaria.web.access.models import Candidate
from portaria.web.access.offers import Offer, Wanted, exam_name, search
from portaria.web.access.views.candidate_own import Draft, draft_of, gone, mine, receives
from portaria.web.access.views.candidate_words import badge, listed, why_not
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.paging import page_of

A_PAGE = 10


def wanted_in(request: HttpRequest) -> Wanted:
    given = request.GET
    return Wanted(
        given.get("q", "")[:100],
        given.get("distrito", "")[:100],
        given.get("instituicao", "")[:40],
        given.get("ensino", "")[:20],
        given.get("prova", "")[:40],
    )


def query_of(request: HttpRequest) -> str:
    """The search as it stands in an address."""
    names = ("q", "distrito", "instituicao", "ensino", "prova", "possiveis", "page")
    return urlencode({name: request.GET[name] for name in names if request.GET.get(name)})


def found_programmes(
    request: HttpRequest, candidate: Candidate, base: preview.Base, draft: Draft, wanted: Wanted
) -> dict[str, Any]:
    """The programmes looked for, a page of them, each with her application grade there."""
    tables = preview.person_tables(candidate, (), draft.regional)
    offers = search(base.offers, wanted)
    able = request.GET.get("possiveis", "") == "1"
    known: dict[str, ProgrammeGrade] = {}
    if able:
        known = preview.grades(base, tables, [offer.code for offer in offers])
        offers = [offer for offer in offers if preview.own_marks(known[offer.code]) is not None]
    page = page_of(request, offers, A_PAGE)
    if not able:
        known = preview.grades(base, tables, [offer.code for offer in page], missing=True)
    inputs = {
        row["programme"]: row
        for row in base.contest.tables["programmes"]
        .select("programme", "min_exam", "min_grade")
        .iter_rows(named=True)
    }
    query = query_of(request)
    return {
        "page": page,
        "rows": [_row(offer, known[offer.code], inputs[offer.code]) for offer in page],
        "query": query,
        "wanted": wanted,
        "able": able,
    }


def _row(offer: Offer, grade: ProgrammeGrade, needs: Mapping[str, Any]) -> dict[str, Any]:
    label, kind = badge(grade)
    least = without_zeros(needs["min_exam"]), without_zeros(needs["min_grade"])
    reasons = why_not(grade, *least, offer.prerequisite)
    sets = [listed([exam_name(exam) for exam in each]) for each in offer.sets]
    return {"offer": offer, "label": label, "kind": kind, "reasons": reasons, "sets": sets}


def filters(base: preview.Base) -> dict[str, list[tuple[str, str]]]:
    """What the lists to choose from have: those that the contest has."""
    offers = base.offers
    districts = sorted({offer.district for offer in offers if offer.district}, key=by_name)
    institutions = sorted(
        {(o.institution, o.institution_code) for o in offers}, key=lambda pair: by_name(*pair)
    )
    exams = set().union(*(offer.exams for offer in offers)) if offers else set()
    return {
        "districts": [(name, name) for name in districts],
        "institutions": [(code, name) for name, code in institutions],
        "exams": sorted(
            ((code, exam_name(code)) for code in exams), key=lambda each: by_name(each[1])
        ),
    }


@requires(Can.APPLY)
@require_GET
def programmes(request: HttpRequest, key: str) -> HttpResponse:
    """The list of programmes alone, as htmx asks for it."""
    candidate = mine(request, key)
    if not receives(candidate):
        return gone(candidate)
    base = preview.base_of(candidate.contest)
    draft = draft_of(request, candidate)
    found = found_programmes(request, candidate, base, draft, wanted_in(request))
    context = {"candidate": candidate, "contest": candidate.contest, "draft": draft}
    answer = render(request, "access/candidate/found.html", {**context, **found})
    page = reverse("candidate-application", args=[key])
    answer["HX-Replace-Url"] = f"{page}?{found['query']}" if found["query"] else page
    return answer


urlpatterns = [
    path("candidatura/<slug:key>/programas/", programmes, name="candidate-programmes"),
]
