"""Tables: handed in, looked at as differences or problems, applied; corrections and their files."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portaria.core.errors import InputError
from portaria.core.messages import declare
from portaria.web.access import intake_reading, intake_start
from portaria.web.access.forms.office import Correction, NewContest
from portaria.web.access.models import Contest, ImportPlan, SourceFile
from portaria.web.access.views import office_plan
from portaria.web.access.views.office_common import attempt, contest_of, faults_of, page
from portaria.web.access.views.office_words import plan_state, table_name
from portaria.web.accounts.log import record
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import user_of
from portaria.web.pages import _
from portaria.web.uploads import MEGABYTE, TABLES

FILE_READ = declare("log-file-taken", "Took a copy of the file {file} of {title}.")


def limits() -> list[str]:
    """What a file of tables may be, in sentences."""
    size, expanded = TABLES.size // MEGABYTE, TABLES.expanded // MEGABYTE
    return [
        _("CSV, XLSX or Parquet, each named as its table; contest.toml; or one ZIP."),
        _("At most {count} files, {size} MB each, {expanded} MB unpacked.").format(
            count=TABLES.count, size=size, expanded=expanded
        ),
    ]


def key_of(request: HttpRequest) -> uuid.UUID:
    """The key that a form carries, so that sending twice hands in once; a new one without it."""
    try:
        return uuid.UUID(request.POST.get("idempotency_key", ""))
    except ValueError:
        return uuid.uuid4()


def pending(request: HttpRequest, contest: Contest | None = None) -> list[tuple[Any, Any]]:
    """Tables that were handed in and not applied: of a contest, or for new ones."""
    found = ImportPlan.objects.filter(contest=contest, applied_at__isnull=True)
    return [(plan, plan_state(plan)) for plan in found.defer("answer")[:5]]


@requires(Can.PREPARE_CONTESTS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new contest from its tables."""
    key = key_of(request)
    form = NewContest(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            plan = intake_start.receive(user_of(request), given["tables"], key, given["title"])
            return redirect("office-plan", plan.pk)
        except InputError as error:
            for fault in faults_of(error):
                form.add_error("tables", fault)
    context = {"form": form, "limits": limits(), "key": key}
    status = 422 if form.errors else 200
    return render(request, "access/office/new.html", context, status=status)


@requires(Can.SEE_CONTESTS)
@require_GET
def tables(request: HttpRequest, key: str) -> HttpResponse:
    """The files that a contest is made of, with their history."""
    contest = contest_of(key)
    files = list(contest.sources.select_related("received_from", "replaced_by"))
    context = {
        "now": [(table_name(f.table), f) for f in files if not _replaced(f)],
        "before": [(table_name(f.table), f) for f in files if _replaced(f)],
        "correctable": contest.stage in intake_reading.CORRECTABLE,
        "plans": pending(request, contest),
    }
    return page(request, "tables", contest, "office-tables", **context)


def _replaced(file: SourceFile) -> bool:
    return hasattr(file, "replaced_by")


@requires(Can.PREPARE_CONTESTS)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, key: str) -> HttpResponse:
    """A file in the place of one that stands."""
    contest = contest_of(key)
    idempotency = key_of(request)
    names = [(name, table_name(name)) for name in intake_reading.OWN_TABLES]
    initial = {"table": request.GET.get("tabela", "")}
    form = Correction(names, request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            plan = intake_start.receive(
                user_of(request), given["tables"], idempotency, contest.title, contest,
                given["table"],
            )  # fmt: skip
            return redirect("office-plan", plan.pk)
        except InputError as error:
            for fault in faults_of(error):
                form.add_error("tables", fault)
    context = {"form": form, "limits": limits(), "key": idempotency}
    return page(request, "correct", contest, "office-tables", **context)


@requires(Can.SEE_PEOPLE)
@require_GET
def file(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    """A file as it was handed in, for download; it may name people, so it is logged."""
    contest = contest_of(key)
    found = get_object_or_404(SourceFile, contest=contest, pk=pk)
    params = {"file": found.name, "title": contest.title}
    record(user_of(request), FILE_READ, params, contest=contest.key)
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=found.name)


@requires(Can.PREPARE_CONTESTS)
@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then have the plan applied."""
    plan = get_object_or_404(ImportPlan.objects.select_related("contest"), pk=pk)
    if request.method == "POST":
        attempt(
            request, lambda: intake_start.ask_to_apply(plan, user_of(request)),
            _("The tables are being written."),
        )  # fmt: skip
        return redirect("office-plan", plan.pk)
    if not intake_start.applicable(plan):
        return redirect("office-plan", plan.pk)
    rows = office_plan.table_rows(plan)
    return render(request, "access/office/apply.html", {"plan": plan, "tables": rows})


@requires(Can.PREPARE_CONTESTS)
@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a plan away."""
    plan = get_object_or_404(ImportPlan.objects.select_related("contest"), pk=pk)
    contest = plan.contest
    back = reverse("office-tables", args=[contest.key]) if contest else reverse("office")
    done = attempt(
        request, lambda: intake_start.put_away(plan, user_of(request)),
        _("The files were put away. Nothing was changed."),
    )  # fmt: skip
    return redirect(back) if done else redirect("office-plan", pk)


urlpatterns = [
    path("gabinete/novo/", new, name="office-new"),
    path("gabinete/planos/<int:pk>/", office_plan.plan_page, name="office-plan"),
    path("gabinete/planos/<int:pk>/problems.csv", office_plan.problems, name="office-problems"),
    path("gabinete/planos/<int:pk>/aplicar/", apply, name="office-apply"),
    path("gabinete/planos/<int:pk>/arquivar/", put_away, name="office-put-away"),
    path("gabinete/<slug:key>/tabelas/", tables, name="office-tables"),
    path("gabinete/<slug:key>/tabelas/corrigir/", correct, name="office-correct"),
    path("gabinete/<slug:key>/tabelas/<int:pk>/", file, name="office-file"),
]
