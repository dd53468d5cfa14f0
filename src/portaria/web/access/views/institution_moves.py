"""Exchanges and relocations as institutions decide them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portaria.core.errors import InputError, UsageError
from portaria.core.messages import declare
from portaria.web.access import exchanges, placed_lists, relocations
from portaria.web.access.after import (
    institution_of,
    latest,
    parts_of,
    person_name,
)
from portaria.web.access.forms.institution import Decision, RelocationTarget
from portaria.web.access.models import Contest, Exchange, Programme, Relocation
from portaria.web.access.programme_names import names_of
from portaria.web.access.views.institution_pages import contest_of, name_of, tabs
from portaria.web.access.views.who import person_of, user_of
from portaria.web.accounts.log import record
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.pages import _, lang, say, words_of

READ = declare("log-request-read", "Read the request number {number} of {people}.")


@requires(Can.SEE_INSTITUTION, institution="code")
@require_GET
def exchange_list(request: HttpRequest, code: str) -> HttpResponse:
    """The exchanges that concern an institution."""
    context = {
        "code": code, "name": name_of(code), "tabs": tabs(code, "institution-exchanges"),
        "exchanges": exchanges.of_institution(code),
    }  # fmt: skip
    return render(request, "access/institution/exchanges.html", context)


@requires(Can.SEE_INSTITUTION, institution="code")
@require_GET
def exchange_page(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One exchange: who, where, what the rules say, who decided what."""
    asked = get_object_or_404(Exchange.objects.select_related("first", "second", "contest"), pk=pk)
    if code not in exchanges.concerned(asked):
        raise Http404
    people = f"{asked.first.candidate}, {asked.second.candidate}"
    told = {"number": asked.pk, "people": people}
    record(user_of(request), READ, told, contest=asked.contest.key)
    return _exchange(request, code, asked, Decision())


def _exchange(
    request: HttpRequest, code: str, asked: Exchange, form: Decision, status: int = 200
) -> HttpResponse:
    decided = {row.institution: row for row in asked.consents.all()}
    waits = asked.state == Exchange.State.ASKED and code not in decided
    found = asked.conditions
    context = {
        "code": code, "name": name_of(code), "asked": asked, "form": form,
        "places": [(place, name_of(place), decided.get(place)) for place in
                   exchanges.concerned(asked)],
        "told": parts_of(found["told"][lang()]), "answer": found["outcome"]["answer"],
        "may": waits and person_of(request).may(Can.REPORT_ENROLMENTS, code),
    }  # fmt: skip
    return render(request, "access/institution/exchange.html", context, status=status)


@requires(Can.REPORT_ENROLMENTS, institution="code")
@require_POST
def exchange_decide(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The institution authorises or refuses an exchange."""
    asked = get_object_or_404(Exchange.objects.select_related("first", "second", "contest"), pk=pk)
    if code not in exchanges.concerned(asked):
        raise Http404
    form = Decision(request.POST)
    if not form.is_valid():
        return _exchange(request, code, asked, form, 422)
    agreed = form.cleaned_data["decision"] == Decision.AGREED
    try:
        done = exchanges.decide(pk, code, agreed, form.cleaned_data["reasons"], user_of(request))
    except UsageError as error:
        messages.error(request, words_of(error))
    else:
        moved = done.state == Exchange.State.DONE
        messages.success(
            request, _("The seats were exchanged.") if moved else _("The decision was kept.")
        )
    return redirect("institution-exchange", code=code, pk=pk)


@requires(Can.SEE_INSTITUTION, institution="code")
@require_GET
def relocation_list(request: HttpRequest, code: str) -> HttpResponse:
    """The relocations that concern an institution, and the programmes of few students."""
    few: list[tuple[Contest, Programme, int]] = []
    for contest in placed_lists.published(code):
        if latest(contest) == contest and relocations.is_known(contest):
            few += [(contest, each, count) for each, count in relocations.few(contest, code)]
    context = {
        "code": code, "name": name_of(code), "tabs": tabs(code, "institution-relocations"),
        "relocations": relocations.of_institution(code), "few": few,
        "may": person_of(request).may(Can.REPORT_ENROLMENTS, code),
    }  # fmt: skip
    return render(request, "access/institution/relocations.html", context)


@requires(Can.REPORT_ENROLMENTS, institution="code")
@require_http_methods(["GET", "POST"])
def relocation_new(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Propose where each student of a programme would go (55/3)."""
    contest = contest_of(code, key)
    programme = (request.POST or request.GET).get("curso", "")
    if institution_of(contest, programme) != code:
        raise Http404
    there = relocations.enrolled_in(contest, programme)
    wrong = ""
    form = RelocationTarget(request.POST or None, initial={"others": 0})
    if request.method == "POST" and form.is_valid():
        moves = {who: request.POST.get(f"to:{who}", "") for who in there}
        given = form.cleaned_data
        try:
            made = relocations.propose(
                contest, programme, moves, user_of(request), given["others"], given["last_phase"]
            )
        except (UsageError, InputError) as error:
            wrong = say(relocations.sentence(error))
        else:
            messages.success(request, _("The relocation was proposed to the students."))
            return redirect("institution-relocation", code=code, pk=made.pk)
    others = Programme.objects.filter(contest=contest).exclude(programme=programme)
    context: dict[str, Any] = {
        "code": code, "name": name_of(code), "contest": contest, "programme": programme,
        "course": names_of(contest, [programme])[programme], "form": form, "wrong": wrong,
        "people": [(who, person_name(contest, who)) for who in there], "sent": request.POST,
        "targets": [(each.programme, f"{each.programme} · {each.course_name or ''}")
                    for each in others.order_by("programme")],
    }  # fmt: skip
    status = 422 if wrong or form.errors else 200
    return render(request, "access/institution/relocation_new.html", context, status=status)


def _asked(code: str, pk: int) -> Relocation:
    asked = get_object_or_404(Relocation.objects.select_related("contest"), pk=pk)
    if code not in relocations.institutions(asked):
        raise Http404
    return asked


@requires(Can.SEE_INSTITUTION, institution="code")
@require_GET
def relocation_page(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One relocation: who goes where, who agreed, what the rules say."""
    asked = _asked(code, pk)
    told = {"number": asked.pk, "people": ", ".join(sorted(asked.moves))}
    record(user_of(request), READ, told, contest=asked.contest.key)
    return _relocation(request, code, asked, Decision())


def _relocation(
    request: HttpRequest, code: str, asked: Relocation, form: Decision, status: int = 200
) -> HttpResponse:
    decided = {row.institution: row for row in asked.consents.all()}
    places = relocations.institutions(asked)
    may = person_of(request).may(Can.REPORT_ENROLMENTS, code)
    open_still = asked.state == Relocation.State.ASKED
    students = asked.conditions["students"]
    context = {
        "code": code, "name": name_of(code), "asked": asked, "form": form,
        "courses": names_of(asked.contest, [asked.programme, *asked.moves.values()]),
        "people": [
            (who, person_name(asked.contest, who), target, students.get(who))
            for who, target in sorted(asked.moves.items())
        ],
        "places": [(place, name_of(place), decided.get(place)) for place in places],
        "told": parts_of(asked.conditions["told"][lang()]),
        "may": may and open_still and code not in decided,
        "may_record": may and open_still and code == places[0],
    }  # fmt: skip
    return render(request, "access/institution/relocation.html", context, status=status)


@requires(Can.REPORT_ENROLMENTS, institution="code")
@require_POST
def relocation_decide(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The institution agrees to a relocation, or refuses it."""
    asked = _asked(code, pk)
    form = Decision(request.POST)
    if not form.is_valid():
        return _relocation(request, code, asked, form, 422)
    agreed = form.cleaned_data["decision"] == Decision.AGREED
    try:
        done = relocations.decide(pk, code, agreed, form.cleaned_data["reasons"], user_of(request))
    except (UsageError, InputError) as error:
        messages.error(request, say(relocations.sentence(error)))
    else:
        moved = done.state == Relocation.State.DONE
        messages.success(
            request, _("The students were relocated.") if moved else _("The decision was kept.")
        )
    return redirect("institution-relocation", code=code, pk=pk)


@requires(Can.REPORT_ENROLMENTS, institution="code")
@require_POST
def relocation_student(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The institution of origin records the consent that a student signed."""
    asked = _asked(code, pk)
    if relocations.institutions(asked)[0] != code:
        raise Http404
    try:
        who = request.POST.get("candidate", "")
        relocations.answer(pk, who, True, user_of(request), on_paper=True)
    except (UsageError, InputError) as error:
        messages.error(request, say(relocations.sentence(error)))
    else:
        messages.success(request, _("The consent was recorded."))
    return redirect("institution-relocation", code=code, pk=pk)


BASE = "instituicao/<str:code>"
urlpatterns = [
    path(f"{BASE}/permutas/", exchange_list, name="institution-exchanges"),
    path(f"{BASE}/permutas/<int:pk>/", exchange_page, name="institution-exchange"),
    path(f"{BASE}/permutas/<int:pk>/decidir/", exchange_decide, name="institution-exchange-decide"),
    path(f"{BASE}/recolocacoes/", relocation_list, name="institution-relocations"),
    path(
        f"{BASE}/recolocacoes/nova/<slug:key>/", relocation_new, name="institution-relocation-new"
    ),
    path(f"{BASE}/recolocacoes/<int:pk>/", relocation_page, name="institution-relocation"),
    path(
        f"{BASE}/recolocacoes/<int:pk>/decidir/",
        relocation_decide,
        name="institution-relocation-decide",
    ),
    path(
        f"{BASE}/recolocacoes/<int:pk>/aluno/",
        relocation_student,
        name="institution-relocation-student",
    ),
]
