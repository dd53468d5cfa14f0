"""Exchange of seats and relocation as a candidate sees them, always her own."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from portaria.core.errors import UsageError
from portaria.web.access import exchanges, notices, relocations
from portaria.web.access.after import latest, parts_of, phases_of
from portaria.web.access.models import Candidate, Contest, Exchange, Relocation, Stage
from portaria.web.access.people import own
from portaria.web.access.placed_lists import institution_names
from portaria.web.access.programme_names import names_of
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import user_of
from portaria.web.pages import _, lang, words_of


def _own(request: HttpRequest, key: str) -> Candidate:
    """Her record in a contest with a published result; else there is nothing there."""
    contest = Contest.objects.filter(key=key, stage=Stage.PUBLISHED, run__isnull=False).first()
    found = own(user_of(request), contest) if contest else None
    if found is None:
        raise Http404
    return found


@requires(Can.APPLY)
@require_http_methods(["GET", "POST"])
def exchange(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for an exchange, answer one, and see where each stands."""
    candidate = _own(request, key)
    now = latest(candidate.contest)
    if now != candidate.contest:
        return redirect("exchange", key=now.key)
    wrong, code = "", request.POST.get("code", "")
    if request.method == "POST":
        try:
            exchanges.ask(candidate, user_of(request), code)
        except UsageError as error:
            wrong = words_of(error)
        else:
            messages.success(request, _("The other candidate was asked."))
            return redirect("exchange", key=key)
    seat = phases_of(candidate.contest).seat(candidate.candidate)
    names = names_of(candidate.contest, [seat.programme] if seat else [])
    known = exchanges.is_known(candidate.contest)
    requests = exchanges.of_candidate(candidate)
    context = {
        "contest": candidate.contest, "candidate": candidate, "seat": seat, "names": names,
        "waits": any(_binds(each, candidate) for each in requests),
        "places": institution_names(),
        "known": known, "wrong": wrong, "code": code,
        "requests": [_shown(each, candidate) for each in requests],
        "relocations": [_move(each, candidate) for each in relocations.of_candidate(candidate)],
    }  # fmt: skip
    return render(request, "access/after/exchange.html", context, status=422 if wrong else 200)


def _binds(asked: Exchange, candidate: Candidate) -> bool:
    """Whether she asked for it, or agreed to it, and it is not decided."""
    hers = asked.first_id == candidate.pk or asked.accepted_by_second_at is not None
    return hers and asked.state == Exchange.State.ASKED


def _shown(asked: Exchange, candidate: Candidate) -> dict[str, object]:
    """A request as one of the two may see it: nothing of the other before both have asked."""
    mine = asked.first_id == candidate.pk
    other = asked.second if mine else asked.first
    agreed = asked.accepted_by_second_at is not None
    still = asked.state == Exchange.State.ASKED
    return {
        "asked": asked, "mine": mine, "other": other.candidate,
        "name": str(other) if agreed else "",
        "agreed": agreed, "may_agree": still and not mine and not agreed, "may_end": still,
        "told": parts_of(asked.conditions.get("told", {}).get(lang(), [])),
        "consents": list(asked.consents.order_by("pk")), "decided": notices.is_decided(asked),
    }  # fmt: skip


def _move(asked: Relocation, candidate: Candidate) -> dict[str, object]:
    target = asked.moves[candidate.candidate]
    names = names_of(asked.contest, [asked.programme, target])
    answered = asked.conditions["students"].get(candidate.candidate)
    return {
        "asked": asked, "origin": names.get(asked.programme, asked.programme),
        "target": names.get(target, target), "answered": answered,
        "may": asked.state == Relocation.State.ASKED and not answered,
        "decided": notices.is_decided(asked),
    }  # fmt: skip


@requires(Can.APPLY)
@require_POST
def exchange_answer(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Agree to an exchange, or not go on with it."""
    candidate = _own(request, key)
    try:
        if request.POST.get("answer") == "agree":
            exchanges.agree(pk, candidate, user_of(request))
            messages.success(request, _("You both ask for the exchange now."))
        else:
            exchanges.give_up(pk, candidate, user_of(request))
            messages.success(request, _("The exchange was not gone on with."))
    except Exchange.DoesNotExist as error:
        raise Http404 from error
    except UsageError as error:
        messages.error(request, words_of(error))
    return redirect("exchange", key=key)


@requires(Can.APPLY)
@require_POST
def relocation_answer(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Agree to be relocated, or refuse."""
    candidate = _own(request, key)
    answer = request.POST.get("answer")
    if pk not in {each.pk for each in relocations.of_candidate(candidate)}:
        raise Http404
    try:
        if answer in ("agree", "refuse"):
            agreed = answer == "agree"
            relocations.answer(pk, candidate.candidate, agreed, user_of(request))
            messages.success(request, _("Your answer was kept."))
    except UsageError as error:
        messages.error(request, words_of(error))
    return redirect("exchange", key=key)


urlpatterns = [
    path("candidatura/<slug:key>/permuta/", exchange, name="exchange"),
    path("candidatura/<slug:key>/permuta/<int:pk>/", exchange_answer, name="exchange-answer"),
    path(
        "candidatura/<slug:key>/recolocacao/<int:pk>/", relocation_answer, name="relocation-answer"
    ),
]
