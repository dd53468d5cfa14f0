"""What an institution sees: who is placed there, and the enrolments it reports."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from portaria.documents.access_words import quota_name
from portaria.documents.citation import cite
from portaria.web.access import placed_files, placed_lists
from portaria.web.access.enrolments import closed, late
from portaria.web.access.views import (
    institution_enrolments,
    institution_exchanges,
    institution_relocations,
    institution_seats,
)
from portaria.web.access.views.institution_pages import contest_of, name_of, tabs
from portaria.web.accounts import tokens
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import person_of, user_of
from portaria.web.days import today
from portaria.web.pages import lang, say
from portaria.web.paging import page_of
from portaria.web.search import stand_in


@requires(Can.SEE_INSTITUTION)
@require_GET
def institutions(request: HttpRequest) -> HttpResponse:
    """Her institutions; every institution of published contests for the office and for audits."""
    own = person_of(request).where(Can.SEE_INSTITUTION)
    names = placed_lists.institution_names(own)
    if own is not None:
        names = {code: names.get(code, code) for code in sorted(own)}
    words = request.GET.get("q", "").strip()
    found = [(code, name) for code, name in names.items() if stand_in(words, code, name)]
    context = {"found": found, "q": words, "searchable": len(names) > 8}
    return render(request, "access/institution/home.html", context)


@requires(Can.SEE_INSTITUTION, institution="code")
@require_GET
def institution(request: HttpRequest, code: str) -> HttpResponse:
    """The contests of an institution."""
    found = placed_lists.published(code)
    deciding = institution_seats.deciding(code)
    context = {
        "code": code, "name": name_of(code), "tabs": tabs(code, "institution"),
        "contests": found, "deciding": deciding, "late": {c.pk for c in found if late(c)},
        "ended_tokens": tokens.ended_of(code),
    }  # fmt: skip
    return render(request, "access/institution/contests.html", context)


@requires(Can.SEE_INSTITUTION, institution="code")
@require_GET
def placed(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Who is placed there, with what was reported of each; the reading is logged."""
    contest = contest_of(code, key)
    every = placed_lists.lines(contest, code)
    words, programme = request.GET.get("q", "").strip(), request.GET.get("curso", "")
    state = request.GET.get("estado", "")
    found = placed_lists.kept_of(every, words, programme, state)
    page = page_of(request, found)
    placed_lists.tell_read(contest, code, user_of(request), len(page.object_list))
    may_report = person_of(request).may(Can.REPORT_ENROLMENTS, code)
    counts = placed_lists.counts(every)
    context: dict[str, Any] = {
        "code": code, "name": name_of(code), "contest": contest, "page": page,
        "counts": counts, "quota": lambda name: say(quota_name(name)),
        "programme_options": [(each.programme, f"{each.programme} · {each.course}")
                              for each in counts],
        "total": len(found), "q": words,
        "programme": programme, "state": state, "states": institution_enrolments.states(),
        "late": late(contest),
        "closed": closed(contest), "may_report": may_report and closed(contest) is None,
        "reporter": may_report, "marks": placed_files.marks,
        "clause": cite(placed_lists.placed_list(contest, code).clause, lang()),
    }  # fmt: skip
    return render(request, "access/institution/placed.html", context)


@requires(Can.SEE_INSTITUTION, institution="code")
@require_GET
def download(request: HttpRequest, code: str, key: str, kind: str) -> HttpResponse:
    """The whole list as a file; the reading is logged."""
    contest = contest_of(code, key)
    if kind not in placed_files.KINDS:
        raise Http404
    lines = placed_lists.lines(contest, code)
    told = placed_lists.placed_list(contest, code)
    content = placed_files.as_file(contest, lines, told, kind, lang())
    placed_lists.tell_read(contest, code, user_of(request), len(lines), kind)
    answer = HttpResponse(content, content_type=placed_files.KINDS[kind])
    name = f"{contest.key}-{code}-{today()}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


urlpatterns = [
    path("instituicao/", institutions, name="institutions"),
    path("instituicao/<str:code>/", institution, name="institution"),
    *institution_exchanges.urlpatterns,
    *institution_relocations.urlpatterns,
    *institution_enrolments.urlpatterns,
    *institution_seats.urlpatterns,
    path("instituicao/<str:code>/<slug:key>/", placed, name="institution-list"),
    path(
        "instituicao/<str:code>/<slug:key>/lista/<str:kind>/",
        download,
        name="institution-download",
    ),
]
