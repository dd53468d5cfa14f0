"""The published list of results, as pages and as a paper, and the open data without people."""

from __future__ import annotations

from string import ascii_uppercase

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
)
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_safe

from portaria.documents.access_words import REASON_SENTENCES
from portaria.documents.citation import cite
from portaria.web.access.editions import edition_of
from portaria.web.access.models import Contest, PlacementResult, Programme, Run, Stage
from portaria.web.access.paper_makers import PUBLIC_LIST, SEATS_CSV, SEATS_JSON
from portaria.web.access.programme_names import name_of
from portaria.web.access.public_search import RESULTS, find
from portaria.web.access.views.office_common import number_in
from portaria.web.access.views.office_files import kept
from portaria.web.access.views.office_words import OUTCOMES, result_name, word
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.pages import lang


def published(key: str) -> tuple[Contest, Run]:
    """A contest whose result is public, with it; Http404 for any other."""
    contests = Contest.objects.select_related("run").filter(stage=Stage.PUBLISHED)
    contest = get_object_or_404(contests, key=key)
    if contest.run is None:
        raise Http404
    return contest, contest.run


@requires(Can.ANYBODY)
@require_GET
def results(request: HttpRequest, key: str) -> HttpResponse:
    """Names with their results, and nothing else (211-A 38/4); for the time that it is public."""
    contest, run = published(key)
    if not contest.is_public:
        return render(request, "access/public/results_over.html", {"contest": contest})
    text, result = request.GET.get("q", "")[:100].strip(), request.GET.get("resultado", "")
    letter = request.GET.get("letra", "")[:1].upper()
    letter = letter if letter in ascii_uppercase else ""
    page = find(run, text, result, number_in(request, "apos"), "" if text else letter)
    kept = {"q": text, "resultado": result, "letra": letter}
    query = urlencode({name: value for name, value in kept.items() if value})
    grounds = "result-list-grounds" in edition_of(contest).cites
    context = {
        "contest": contest,
        "q": text,
        "result": result,
        "letter": letter,
        "letters": [*ascii_uppercase],
        "rows": _rows(contest, page.rows, grounds),
        "grounds": grounds,
        "next": f"?{query}&apos={page.after}" if page.after else "",
        "first": f"?{query}" if number_in(request, "apos") else "",
        "kinds": [("", ""), *((code, result_name(code)) for code in RESULTS)],
        "counts": run.summary,
    }
    return render(request, "access/public/results.html", context)


def _rows(contest: Contest, found: list[PlacementResult], grounds: bool) -> list[dict[str, str]]:
    codes = {row.programme for row in found if row.programme and row.result == "placed"}
    names = {
        p.programme: name_of(p)
        for p in Programme.objects.filter(contest=contest, programme__in=codes)
    }
    rows = []
    for row in found:
        placed = row.result == "placed" and row.programme
        shown = {
            "name": row.name or "",
            "result": result_name(row.result),
            "tone": OUTCOMES.get(row.result, "neutral"),
            "where": names.get(row.programme or "", "") if placed else "",
            "code": (row.programme or "") if placed else "",
            "why": _why(row) if grounds else "",
        }
        rows.append(shown)
    return rows


def _why(row: PlacementResult) -> str:
    """The ground of who is not placed, where the text wants it in the list too (211-B 26/3)."""
    if row.result == "placed" or not row.clause:
        return ""
    clause = cite(row.clause, lang())
    if row.result == "excluded" or row.reason not in REASON_SENTENCES:
        return clause
    return f"{word(REASON_SENTENCES[row.reason])} ({clause})"


@requires(Can.ANYBODY)
@require_GET
def paper(request: HttpRequest, key: str) -> HttpResponseBase:
    """The public list as a PDF, made once by the worker."""
    contest, run = published(key)
    if not contest.is_public:
        raise Http404
    back = reverse("results", args=[contest.key])
    return kept(request, run, (PUBLIC_LIST, lang()), f"resultados-{contest.key}.pdf", back)


@requires(Can.ANYBODY)
@require_GET
def data(request: HttpRequest, key: str) -> HttpResponse:
    """What the open data of a result are, column by column."""
    contest, run = published(key)
    return render(request, "access/public/data.html", {"contest": contest, "run": run})


@requires(Can.ANYBODY)
@require_safe
def seats(request: HttpRequest, key: str, kind: str) -> HttpResponseBase:
    """Seats and last grades by programme; the same address gives the same bytes for ever."""
    if kind not in ("csv", "json"):
        raise Http404
    contest, run = published(key)
    etag = f'"{run.digest}-{kind}"'
    if etag in request.headers.get("If-None-Match", ""):
        return _cached(HttpResponseNotModified(), etag)
    name = SEATS_CSV if kind == "csv" else SEATS_JSON
    back = reverse("contest-data", args=[contest.key])
    answer = kept(
        request, run, (name, ""), f"vagas-{contest.key}.{kind}", back, inline=kind == "json"
    )
    return _cached(answer, etag) if answer.status_code == 200 else answer


def _cached(answer: HttpResponseBase, etag: str) -> HttpResponseBase:
    answer["ETag"] = etag
    answer["Cache-Control"] = "public, max-age=86400"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


urlpatterns = [
    path("concursos/<slug:key>/resultados/", results, name="results"),
    path("concursos/<slug:key>/resultados/lista.pdf", paper, name="results-paper"),
    path("concursos/<slug:key>/dados/", data, name="contest-data"),
    path("concursos/<slug:key>/dados/vagas.<str:kind>", seats, name="contest-seats"),
]
