"""Rectifications (57): the office corrects one candidate's rows, the director ratifies."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portaria.core.errors import UsageError
from portaria.core.messages import declare
from portaria.web.access import rectification_decisions, rectifications
from portaria.web.access.after import parts_of, people_names, standing_words
from portaria.web.access.forms.rectification import (
    FLAGS,
    LABELS,
    TABLE_NAMES,
    Ground,
    Return,
    Who,
    corrected,
    shown,
)
from portaria.web.access.models import Complaint, Contest, Run, Stage
from portaria.web.access.problems import unpacked
from portaria.web.accounts.log import record
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import person_of, user_of
from portaria.web.pages import _, lang, say, words_of

READ = declare("log-rectification-read", "Read the rectification of {candidate}.")


def _contest(key: str) -> Contest:
    return get_object_or_404(Contest, key=key, stage=Stage.PUBLISHED, run__isnull=False)


@requires(Can.SEE_CONTESTS)
@require_GET
def rectification_list(request: HttpRequest, key: str) -> HttpResponse:
    """Every rectification of a contest, and where each stands."""
    contest = _contest(key)
    rows = [
        {
            "run": run, "candidate": run.parameters["candidate"],
            "state": rectifications.state(run), "answer": run.answer or {},
        }
        for run in rectifications.of_contest(contest)
    ]  # fmt: skip
    context = {"contest": contest, "rows": rows, "word": standing_words,
               "may": person_of(request).may(Can.DECIDE_COMPLAINTS)}  # fmt: skip
    return render(request, "access/after/rectifications.html", context)


@requires(Can.DECIDE_COMPLAINTS)
@require_http_methods(["GET", "POST"])
def rectify(request: HttpRequest, key: str) -> HttpResponse:
    """Choose a candidate (`candidato` in the address), correct her rows, have it worked out."""
    contest = _contest(key)
    code = request.GET.get("candidato", "").strip()
    if not code:
        return render(request, "access/after/rectify_who.html", {"contest": contest, "form": Who()})
    stand = rectifications.rows_of(contest, code)
    known = contest.complaints.filter(candidate__candidate=code).first()
    ground = Ground(
        request.POST or None, initial={"started_by": "candidate" if known else "office"}
    )
    wrong = ""
    if request.method == "POST" and ground.is_valid():
        try:
            run = rectifications.start(
                contest, code, corrected(code, stand, request.POST), user_of(request),
                ground.cleaned_data["started_by"], ground.cleaned_data["own_cause"],
                _complaint(contest, code, request.GET.get("reclamacao", "")),
            )  # fmt: skip
        except UsageError as error:
            wrong = words_of(error)
        else:
            return redirect("rectification", key=key, pk=run.pk)
    if request.method == "GET":
        told = {"candidate": code}
        record(user_of(request), READ, told, contest=contest.key, candidate=code)
    context: dict[str, Any] = {
        "contest": contest, "code": code, "ground": ground,
        "name": people_names(contest, [code])[code],
        "labels": LABELS, "flags": FLAGS, "new": not stand["candidates"], "wrong": wrong,
        "tables": shown(stand, request.POST if request.method == "POST" else None),
    }  # fmt: skip
    return render(request, "access/after/rectify.html", context, status=422 if wrong else 200)


def _complaint(contest: Contest, code: str, pk: str) -> Complaint | None:
    found = Complaint.objects.filter(contest=contest, candidate__candidate=code)
    return found.filter(pk=pk).first() if pk.isdigit() else None


def _run(key: str, pk: int) -> Run:
    return get_object_or_404(
        Run.objects.select_related("contest", "started_by"), pk=pk, contest__key=key,
        kind=Run.Kind.RECTIFICATION,
    )  # fmt: skip


@requires(Can.SEE_CONTESTS)
@require_GET
def rectification(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """One rectification: what was corrected, what the rules say, what was decided."""
    run = _run(key, pk)
    return _page(request, run, Return())


def _page(request: HttpRequest, run: Run, form: Return, status: int = 200) -> HttpResponse:
    person, state, who = person_of(request), rectifications.state(run), run.parameters["candidate"]
    record(user_of(request), READ, {"candidate": who}, contest=run.contest.key, candidate=who)
    waits = state == rectifications.WAITING
    answer = run.answer or {}
    sendable = state in (rectifications.ANSWERED, rectifications.TAKEN_BACK)
    context = {
        "contest": run.contest, "run": run, "state": state, "answer": answer, "form": form,
        "word": standing_words,
        "candidate": who, "name": people_names(run.contest, [who])[who],
        "told": parts_of(answer.get("told", {}).get(lang(), [])),
        "names": TABLE_NAMES,
        "problems": run.problems,
        "problem_rows": [
            (row["file"], row["row"] or "–", row["column"] or "–", say(unpacked(row["message"])))
            for row in run.problems
        ],
        "run_columns": {
            name: [str(LABELS[column]) for column in rectifications.columns(name)]
            for name in run.parameters["patch"]
        },
        "rows_as_lists": {
            name: [[row.get(column, "") for column in rectifications.columns(name)]
                   for row in rows]
            for name, rows in run.parameters["patch"].items()
        },
        "stale": run.parameters["of"] != run.contest.run_id and state != rectifications.IN_FORCE,
        "may_send": sendable and rectifications.accepted(run)
        and person.may(Can.DECIDE_COMPLAINTS),
        "may_ratify": waits and person.may(Can.RATIFY),
    }  # fmt: skip
    return render(request, "access/after/rectification.html", context, status=status)


@requires(Can.DECIDE_COMPLAINTS)
@require_POST
def send(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Send it to the director."""
    try:
        rectification_decisions.send(_run(key, pk), user_of(request))
    except UsageError as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, _("The rectification was sent to the director."))
    return redirect("rectification", key=key, pk=pk)


@requires(Can.RATIFY)
@require_POST
def ratify(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The director ratifies it, or returns it with reasons."""
    run = _run(key, pk)
    form = Return(request.POST if request.POST.get("act") == "return" else None)
    try:
        if request.POST.get("act") == "ratify":
            rectification_decisions.ratify(run, user_of(request))
            messages.success(request, _("The rectification is in force."))
        elif form.is_valid():
            rectification_decisions.take_back(run, user_of(request), form.cleaned_data["reasons"])
            messages.success(request, _("The rectification was returned to the office."))
        else:
            return _page(request, run, form, 422)
    except UsageError as error:
        messages.error(request, words_of(error))
    return redirect("rectification", key=key, pk=pk)


BASE = "gabinete/<slug:key>/retificacoes"
urlpatterns = [
    path(f"{BASE}/", rectification_list, name="rectifications"),
    path(f"{BASE}/nova/", rectify, name="rectify"),
    path(f"{BASE}/<int:pk>/", rectification, name="rectification"),
    path(f"{BASE}/<int:pk>/enviar/", send, name="rectification-send"),
    path(f"{BASE}/<int:pk>/decidir/", ratify, name="rectification-ratify"),
]
