"""The notices of exchanges, relocations and rectifications: hers for a candidate; for the
institution or the office that has to send it by registered letter (211-A 54/6, 55/5/a, 57/4)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_GET

from portaria.core.messages import declare
from portaria.web.access import notices, rectifications
from portaria.web.access.models import Candidate, Contest, Exchange, Relocation, Run
from portaria.web.access.views.candidate_own import mine, paper
from portaria.web.access.views.institution_decisions import concerning
from portaria.web.accounts.log import record
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import user_of

TAKEN = declare("log-move-notice", "Took the notice of a decision on the seat of {candidate}.")
EXCHANGES = Exchange.objects.select_related("contest", "first", "second")
RELOCATIONS = Relocation.objects.select_related("contest")
RUNS = Run.objects.filter(kind=Run.Kind.RECTIFICATION).select_related("contest")


@requires(Can.APPLY)
@require_GET
def own_exchange(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The notice of an exchange to one of the two."""
    candidate = mine(request, key)
    asked = get_object_or_404(EXCHANGES.all(), pk=pk, contest=candidate.contest)
    return _exchange(asked, candidate)


@requires(Can.APPLY)
@require_GET
def own_relocation(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The notice of a relocation to one of the students."""
    candidate = mine(request, key)
    asked = get_object_or_404(RELOCATIONS.all(), pk=pk, contest=candidate.contest)
    return _relocation(asked, candidate)


@requires(Can.APPLY)
@require_GET
def own_rectification(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The notice of a rectification to its candidate."""
    candidate = mine(request, key)
    run = get_object_or_404(RUNS.all(), pk=pk, contest=candidate.contest)
    if run.parameters["candidate"] != candidate.candidate:
        raise Http404
    return _rectification(run)


@requires(Can.SEE_INSTITUTION, institution="code")
@require_GET
def of_exchange(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The same for an institution that decided, to send it."""
    asked = concerning(EXCHANGES.all(), code, pk)
    candidate = _asked_for(request, asked.contest)
    answer = _exchange(asked, candidate)
    _tell(request, candidate.contest.key, candidate.candidate)
    return answer


@requires(Can.SEE_INSTITUTION, institution="code")
@require_GET
def of_relocation(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The same of a relocation."""
    asked = concerning(RELOCATIONS.all(), code, pk)
    candidate = _asked_for(request, asked.contest)
    answer = _relocation(asked, candidate)
    _tell(request, candidate.contest.key, candidate.candidate)
    return answer


@requires(Can.SEE_PEOPLE)
@require_GET
def of_rectification(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The same of a rectification, for the office."""
    run = get_object_or_404(RUNS.all(), pk=pk, contest__key=key)
    answer = _rectification(run)
    _tell(request, key, run.parameters["candidate"])
    return answer


def _asked_for(request: HttpRequest, contest: Contest) -> Candidate:
    """Whose notice: `candidato` in the address."""
    people = Candidate.objects.filter(contest=contest).select_related("contest")
    return get_object_or_404(people, candidate=request.GET.get("candidato", ""))


def _tell(request: HttpRequest, contest: str, candidate: str) -> None:
    record(user_of(request), TAKEN, {"candidate": candidate}, contest=contest, candidate=candidate)


def _exchange(asked: Exchange, candidate: Candidate) -> HttpResponse:
    hers = candidate.pk in (asked.first_id, asked.second_id)
    if not hers or not notices.is_decided(asked):
        raise Http404
    return paper(notices.of_exchange(asked, candidate), f"notificacao-permuta-{asked.pk}")


def _relocation(asked: Relocation, candidate: Candidate) -> HttpResponse:
    if candidate.candidate not in asked.moves or not notices.is_decided(asked):
        raise Http404
    return paper(notices.of_relocation(asked, candidate), f"notificacao-recolocacao-{asked.pk}")


def _rectification(run: Run) -> HttpResponse:
    if rectifications.state(run) != rectifications.IN_FORCE:
        raise Http404
    return paper(notices.of_rectification(run), f"notificacao-retificacao-{run.pk}")


OWN, PLACE = "candidatura/<slug:key>", "instituicao/<str:code>"
PDF = "notificacao.pdf"
urlpatterns = [
    path(f"{OWN}/permuta/<int:pk>/{PDF}", own_exchange, name="exchange-notice"),
    path(f"{OWN}/recolocacao/<int:pk>/{PDF}", own_relocation, name="relocation-notice"),
    path(f"{OWN}/retificacao/<int:pk>/{PDF}", own_rectification, name="rectification-notice"),
    path(
        f"{PLACE}/permutas/<int:pk>/{PDF}",
        of_exchange,
        name="institution-exchange-notice",
    ),
    path(
        f"{PLACE}/recolocacoes/<int:pk>/{PDF}",
        of_relocation,
        name="institution-relocation-notice",
    ),
    path(
        f"gabinete/<slug:key>/retificacoes/<int:pk>/{PDF}",
        of_rectification,
        name="office-rectification-notice",
    ),
]
