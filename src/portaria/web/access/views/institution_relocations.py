"""Relocations as institutions propose and decide them (55)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portaria.core.errors import UsageError
from portaria.regulations.access.procedures.relocation_conditions import enrolled_in
from portaria.web.access import consents, placed_lists, relocations
from portaria.web.access.after import institutions_of, latest, people_names, phases_of
from portaria.web.access.forms.institution import Decision, RelocationTarget
from portaria.web.access.models import Contest, Programme, Relocation
from portaria.web.access.programme_names import names_of
from portaria.web.access.views import institution_decisions
from portaria.web.access.views.institution_pages import contest_of, name_of, tabs
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import person_of, user_of
from portaria.web.pages import _, words_of


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
        "relocations": consents.of_institution(Relocation.objects.all(), code), "few": few,
        "may": person_of(request).may(Can.REPORT_ENROLMENTS, code),
    }  # fmt: skip
    return render(request, "access/institution/relocations.html", context)


@requires(Can.REPORT_ENROLMENTS, institution="code")
@require_http_methods(["GET", "POST"])
def relocation_new(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Propose where each student of a programme would go (55/3)."""
    contest = contest_of(code, key)
    programme = (request.POST or request.GET).get("curso", "")
    if institutions_of(contest, [programme]).get(programme) != code:
        raise Http404
    there = [seat.candidate for seat in enrolled_in(phases_of(contest), programme)]
    wrong = ""
    form = RelocationTarget(request.POST or None, initial={"others": 0})
    if request.method == "POST" and form.is_valid():
        moves = {who: request.POST.get(f"to:{who}", "") for who in there}
        given = form.cleaned_data
        try:
            made = relocations.propose(
                contest, programme, moves, user_of(request), given["others"], given["last_phase"]
            )
        except UsageError as error:
            wrong = words_of(error)
        else:
            messages.success(request, _("The relocation was proposed to the students."))
            return redirect("institution-relocation", code=code, pk=made.pk)
    others = Programme.objects.filter(contest=contest).exclude(programme=programme)
    context: dict[str, Any] = {
        "code": code, "name": name_of(code), "contest": contest, "programme": programme,
        "course": names_of(contest, [programme])[programme], "form": form, "wrong": wrong,
        "people": sorted(people_names(contest, there).items()), "sent": request.POST,
        "targets": [(each.programme, f"{each.programme} · {each.course_name or ''}")
                    for each in others.order_by("programme")],
    }  # fmt: skip
    status = 422 if wrong or form.errors else 200
    return render(request, "access/institution/relocation_new.html", context, status=status)


def _asked(code: str, pk: int) -> Relocation:
    return institution_decisions.concerning(Relocation.objects.select_related("contest"), code, pk)


@requires(Can.SEE_INSTITUTION, institution="code")
@require_GET
def relocation_page(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One relocation: who goes where, who agreed, what the rules say."""
    asked = _asked(code, pk)
    institution_decisions.tell_read(request, asked, sorted(asked.moves))
    return _page(request, code, asked, Decision())


def _page(
    request: HttpRequest, code: str, asked: Relocation, form: Decision, status: int = 200
) -> HttpResponse:
    context = institution_decisions.shown(request, code, asked, form)
    students, names = asked.conditions["students"], people_names(asked.contest, asked.moves)
    context |= {
        "courses": names_of(asked.contest, [asked.programme, *asked.moves.values()]),
        "people": [
            (who, names[who], target, students.get(who))
            for who, target in sorted(asked.moves.items())
        ],
        "may_record": context["open"] and code == consents.concerned(asked)[0],
    }
    return render(request, "access/institution/relocation.html", context, status=status)


@requires(Can.REPORT_ENROLMENTS, institution="code")
@require_POST
def relocation_decide(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The institution agrees to a relocation, or refuses it."""
    asked, form = _asked(code, pk), Decision(request.POST)
    if not form.is_valid():
        return _page(request, code, asked, form, 422)
    institution_decisions.decide(
        request,
        form,
        lambda agreed, reasons: relocations.decide(pk, code, agreed, reasons, user_of(request)),
        _("The students were relocated."),
    )
    return redirect("institution-relocation", code=code, pk=pk)


@requires(Can.REPORT_ENROLMENTS, institution="code")
@require_POST
def relocation_student(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The institution of origin records the consent that a student signed."""
    asked = _asked(code, pk)
    if consents.concerned(asked)[0] != code:
        raise Http404
    try:
        who = request.POST.get("candidate", "")
        relocations.answer(pk, who, True, user_of(request), on_paper=True)
    except UsageError as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, _("The consent was recorded."))
    return redirect("institution-relocation", code=code, pk=pk)


BASE = "instituicao/<str:code>/recolocacoes"
urlpatterns = [
    path(f"{BASE}/", relocation_list, name="institution-relocations"),
    path(f"{BASE}/nova/<slug:key>/", relocation_new, name="institution-relocation-new"),
    path(f"{BASE}/<int:pk>/", relocation_page, name="institution-relocation"),
    path(f"{BASE}/<int:pk>/decidir/", relocation_decide, name="institution-relocation-decide"),
    path(f"{BASE}/<int:pk>/aluno/", relocation_student, name="institution-relocation-student"),
]
