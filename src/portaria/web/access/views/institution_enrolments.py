"""Enrolments: marked on the screen one by one, or sent as a file that is checked first."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from portaria.core.errors import InputError, UsageError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem, errors
from portaria.tables.parse import NOT_DATE
from portaria.web.access import enrolment_file, enrolments
from portaria.web.access.enrolment_checks import Reported, problems_of
from portaria.web.access.forms.institution import EnrolmentFile
from portaria.web.access.placed_lists import CANCELLED, ENROLLED, MISSING, NOT_ENROLLED
from portaria.web.access.views.institution_pages import contest_of, name_of, sentences
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import user_of
from portaria.web.pages import _, counted, day, say

NOTHING_SAID = declare("enrolments-nothing-said", "Nothing was marked, so nothing was changed.")
SHOWN = 200
"""Problems and differences that a page shows; the rest is counted."""


def states() -> list[tuple[str, str]]:
    """What may have been reported, in words."""
    return [
        (MISSING, _("Not reported")),
        (ENROLLED, _("Enrolled")),
        (NOT_ENROLLED, _("Did not enrol")),
        (CANCELLED, _("Enrolment cancelled")),
    ]


@requires(Can.REPORT_ENROLMENTS, institution="code")
@require_POST
def mark(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Keep what was marked: the rows of a page, or one of them as it is changed (htmx)."""
    contest = contest_of(code, key)
    at_once = request.headers.get("HX-Request") == "true"
    try:
        rows, unread = _marked(request.POST)
        if unread:
            problems = [*unread, *problems_of(contest, code, rows)]
            raise InputError(problems[0].message, problems)
        kept = enrolments.report(contest, code, rows, user_of(request))
    except (InputError, UsageError) as error:
        wrong = sentences(error)
        if at_once:
            context = {"wrong": wrong}
            return render(request, "access/institution/marked.html", context)
        for sentence in wrong:
            messages.error(request, sentence)
        return _back(request, code, key)
    if at_once:
        kept_at = {"wrong": [], "at": timezone.localtime()}
        return render(request, "access/institution/marked.html", kept_at)
    text = counted("%(count)s enrolment was kept.", "%(count)s enrolments were kept.", kept.changed)
    messages.success(request, text % {"count": kept.changed})
    return _back(request, code, key)


def _back(request: HttpRequest, code: str, key: str) -> HttpResponse:
    query = request.POST.get("query", "")
    address = reverse("institution-list", args=[code, key])
    return redirect(f"{address}?{query}" if query else address)


def _marked(sent: QueryDict) -> tuple[list[Reported], list[Problem]]:
    """The rows of a form: `candidate` repeated, with `state:KEY` and `on:KEY` of each; and the days
    that cannot be read."""
    rows, problems = [], []
    for candidate in sent.getlist("candidate"):
        state, text = sent.get(f"state:{candidate}", MISSING), sent.get(f"on:{candidate}", "")
        if state not in (ENROLLED, NOT_ENROLLED, CANCELLED):
            continue
        try:
            on = date.fromisoformat(text) if text.strip() and state != NOT_ENROLLED else None
        except ValueError:
            problems.append(Problem("", Message(NOT_DATE), column="enrolled_on", value=text))
            on = None
        rows.append(Reported(candidate, state != NOT_ENROLLED, on, state == CANCELLED))
    if not rows:
        raise UsageError(Message(NOTHING_SAID))
    return rows, problems


@requires(Can.REPORT_ENROLMENTS, institution="code")
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Send a file: what is wrong with it by row and column, or what it would change."""
    contest = contest_of(code, key)
    context: dict[str, object] = {
        "code": code, "name": name_of(code), "contest": contest, "problems": [], "plan": None,
        "closed": enrolments.closed(contest), "late": enrolments.late(contest), "shown": SHOWN,
    }  # fmt: skip
    form = EnrolmentFile(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        rows, problems = enrolment_file.read(contest, code, form.cleaned_data["file"])
        if wrong := errors(problems):
            context["problems"] = wrong
            context["problem_rows"] = [
                (each.row or "–", each.column or "–", each.value or "–", say(each.message))
                for each in wrong[:SHOWN]
            ]
            status = 422
        else:
            plan = context["plan"] = enrolment_file.differences(contest, rows)
            context["plan_rows"] = [
                (each["candidate"], _words(each["before"]), _words(each["after"]))
                for each in plan[:SHOWN]
            ]
            context["rows"] = len(rows)
            packed = enrolment_file.packed(contest, code, user_of(request).pk, rows)
            context["packed"] = packed
    elif request.method == "POST":
        status = 422
    context["form"] = form
    return render(request, "access/institution/upload.html", context, status=status)


def _words(values: tuple[bool, date | None, bool] | None) -> str:
    """An enrolment in words."""
    if values is None:
        return dict(states())[MISSING]
    enrolled, on, cancelled = values
    state = CANCELLED if cancelled else ENROLLED if enrolled else NOT_ENROLLED
    return ", ".join([dict(states())[state], *([day(on)] if on else [])])


@requires(Can.REPORT_ENROLMENTS, institution="code")
@require_POST
def apply(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Keep the rows of a file that was shown, all or none."""
    contest = contest_of(code, key)
    user = user_of(request)
    try:
        rows = enrolment_file.unpacked(request.POST.get("rows", ""), contest, code, user.pk)
        kept = enrolments.report(contest, code, rows, user)
    except (InputError, UsageError) as error:
        for sentence in sentences(error)[:SHOWN]:
            messages.error(request, sentence)
        return redirect("institution-upload", code=code, key=key)
    text = counted("%(count)s enrolment was kept.", "%(count)s enrolments were kept.", kept.changed)
    messages.success(request, text % {"count": kept.changed})
    return redirect("institution-list", code=code, key=key)


BASE = "instituicao/<str:code>/<slug:key>/matriculas"
urlpatterns = [
    path(f"{BASE}/", mark, name="institution-mark"),
    path(f"{BASE}/ficheiro/", upload, name="institution-upload"),
    path(f"{BASE}/ficheiro/aplicar/", apply, name="institution-apply"),
]
