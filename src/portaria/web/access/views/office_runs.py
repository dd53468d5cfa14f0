"""Results: the list of runs, placing, comparing, and the page of one run."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portaria.web.access import kept_papers, publication, run_requests
from portaria.web.access.models import Claim, Contest, Run, Stage
from portaria.web.access.paper_makers import REPORT_HTML, REPORT_PDF
from portaria.web.access.views import office_run
from portaria.web.access.views.office_common import attempt, contest_of, page
from portaria.web.access.views.office_files import kept
from portaria.web.access.views.office_words import KINDS, job_state, word
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import user_of
from portaria.web.pages import _, lang


@requires(Can.SEE_CONTESTS)
@require_GET
def runs(request: HttpRequest, key: str) -> HttpResponse:
    """Every run of a contest, the newest first."""
    contest = contest_of(key)
    found = contest.runs.select_related("started_by").defer("answer", "problems")
    rows = [(run, word(KINDS[Run.Kind(run.kind)]), job_state(run)) for run in found[:100]]
    return page(request, "runs", contest, "office-runs", rows=rows)


def run_of(contest: Contest, pk: int) -> Run:
    """A run of this contest."""
    return get_object_or_404(Run.objects.select_related("started_by"), contest=contest, pk=pk)


@requires(Can.SEE_CONTESTS)
@require_GET
def run_page(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """A run: how far it is, or what came of it."""
    contest = contest_of(key)
    run = run_of(contest, pk)
    template, context = office_run.shown(request, contest, run)
    return page(request, template, contest, "office-runs", run=run, **context)


def _asks(act: Callable[[Contest, HttpRequest], Run], template: str) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, key: str) -> HttpResponse:
        contest = contest_of(key)
        if request.method == "POST":
            made: list[Run] = []
            done = _("The worker was asked. This page tells how far it is.")
            if attempt(request, lambda: made.append(act(contest, request)), done):
                return redirect("office-run", contest.key, made[0].pk)
            return redirect("office-runs", contest.key)
        undecided = contest.claims.filter(state=Claim.State.CLAIMED).count()
        return page(request, template, contest, "office-runs", undecided=undecided)

    return require_http_methods(["GET", "POST"])(view)


place = requires(Can.PLACE)(
    _asks(lambda contest, request: run_requests.ask_placement(contest, user_of(request)), "place")
)
compare = requires(Can.PLACE)(
    _asks(
        lambda contest, request: run_requests.ask_comparison(contest, user_of(request)), "compare"
    )
)


@requires(Can.VERIFY)
@require_POST
def verify(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Have a result verified."""
    contest = contest_of(key)
    run = run_of(contest, pk)
    made: list[Run] = []

    def ask() -> None:
        made.append(run_requests.ask_verification(run, user_of(request)))

    if attempt(request, ask, _("The worker was asked. This page tells how far it is.")):
        return redirect("office-run", contest.key, made[0].pk)
    return redirect("office-run", contest.key, pk)


@requires(Can.PLACE)
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Ask, then send a placement to the director."""
    contest = contest_of(key)
    run = run_of(contest, pk)
    if request.method == "POST":
        done = _("The result was sent to the director.")
        if attempt(request, lambda: publication.send(contest, run, user_of(request)), done):
            return redirect("office-contest", contest.key)
        return redirect("office-run", contest.key, run.pk)
    if contest.stage != Stage.CLOSED or not run.digest:
        return redirect("office-run", contest.key, run.pk)
    return page(request, "send", contest, "office-runs", run=run)


@requires(Can.SEE_CONTESTS)
@require_GET
def report(request: HttpRequest, key: str, pk: int, kind: str) -> HttpResponseBase:
    """The report of a result as a file; it has no names."""
    contest = contest_of(key)
    run = run_of(contest, pk)
    if not run.digest:
        return redirect("office-run", contest.key, run.pk)
    name = REPORT_PDF if kind == "pdf" else REPORT_HTML
    back = reverse("office-run", args=[contest.key, run.pk])
    return kept(request, run, (name, lang()), f"relatorio-{contest.key}.{kind}", back)


@requires(Can.PLACE)
@require_POST
def paper_again(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Have a paper of the result that failed made anew."""
    contest = contest_of(key)
    run = run_of(contest, pk)
    which = (request.POST.get("paper", ""), request.POST.get("lang", ""))
    attempt(
        request, lambda: kept_papers.again(run, *which, user_of(request)),
        _("The worker was asked to make it anew."),
    )  # fmt: skip
    return redirect("office-run", contest.key, run.pk)


RUNS = "gabinete/<slug:key>/resultados"
urlpatterns = [
    path(f"{RUNS}/", runs, name="office-runs"),
    path(f"{RUNS}/colocar/", place, name="office-place"),
    path(f"{RUNS}/comparar/", compare, name="office-compare"),
    path(f"{RUNS}/<int:pk>/", run_page, name="office-run"),
    path(f"{RUNS}/<int:pk>/enviar/", send, name="office-send"),
    path(f"{RUNS}/<int:pk>/verificar/", verify, name="office-verify"),
    path(f"{RUNS}/<int:pk>/relatorio.<str:kind>", report, name="office-report"),
    path(f"{RUNS}/<int:pk>/refazer/", paper_again, name="office-paper-again"),
    path(f"{RUNS}/<int:pk>/diferencas.csv", office_run.differences, name="office-differences"),
]
