"""The application: programmes looked for and put in order, with what they would give, handed in."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.web.access import preview, submissions
from portaria.web.access.models import Candidate
from portaria.web.access.views.candidate_own import (
    Draft,
    draft_of,
    forget,
    is_ahead,
    mine,
    posted,
    posted_key,
    receives,
    remember,
    standing_draft,
)
from portaria.web.access.views.candidate_preview import written_part
from portaria.web.access.views.candidate_search import (
    filters,
    found_programmes,
    query_of,
    wanted_in,
)
from portaria.web.access.views.candidate_standing import known_of, standing_of
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import user_of
from portaria.web.pages import say, words_of

ADD = "add:"
CONFLICTS = (submissions.CHANGED_ELSEWHERE, submissions.KEY_USED)
FULL = declare("form-full", "The form has its {limit} options: remove one to add another.")


@requires(Can.APPLY)
@require_http_methods(["GET", "POST"])
def application(request: HttpRequest, key: str) -> HttpResponse:
    """The form while applications are received, what stands before and after."""
    candidate = mine(request, key)
    if request.method == "POST":
        return _act(request, candidate)
    if not receives(candidate):
        return _closed(request, candidate)
    return _page(request, candidate, draft_of(request, candidate))


def _act(request: HttpRequest, candidate: Candidate) -> HttpResponse:
    """A button of the page: one that changes the list, or the one that hands in."""
    draft = posted(request)
    here = f"{reverse('candidate-application', args=[candidate.contest.key])}?{query_of(request)}"
    if not receives(candidate):
        # A form already received gets its receipt again, however late its answer is asked for.
        return _hand_in(request, candidate, draft)
    if "discard" in request.POST:
        forget(request, candidate)
        return redirect(here)
    move = request.POST.get("move", "")
    if move and not move.startswith(ADD):
        remember(request, candidate, draft.moved(move))
        return redirect(f"{here}#form-title")
    if move:
        added, problem = _added(candidate, draft, move.removeprefix(ADD))
        if problem:
            messages.warning(request, problem)
        remember(request, candidate, added)
        return redirect(f"{here}#programmes")
    return _hand_in(request, candidate, draft)


def _hand_in(request: HttpRequest, candidate: Candidate, draft: Draft) -> HttpResponse:
    try:
        received = submissions.submit(
            candidate, user_of(request), draft.key, draft.options, draft.regional, draft.seen
        )
    except UsageError as error:
        return _refused(request, candidate, draft, error)
    forget(request, candidate)
    return redirect("candidate-receipt", key=candidate.contest.key, number=received.number)


def _refused(
    request: HttpRequest, candidate: Candidate, draft: Draft, error: UsageError
) -> HttpResponse:
    """The same page with what is wrong; what she wrote and what stands are both there."""
    candidate = mine(request, candidate.contest.key)
    message = error.message if isinstance(error.message, Message) else None
    problem = words_of(error)
    if not receives(candidate):
        return _closed(request, candidate, problem)
    conflict = message is not None and message.code in CONFLICTS
    begin = standing_draft(candidate)
    # Both are now before her eyes: handing in again is her decision.
    draft = replace(draft, key=begin.key, seen=begin.seen if conflict else draft.seen)
    remember(request, candidate, draft)
    return _page(request, candidate, draft, problem, 409 if conflict else 422)


def _page(
    request: HttpRequest, candidate: Candidate, draft: Draft, problem: str = "", status: int = 200
) -> HttpResponse:
    base = preview.base_of(candidate.contest)
    wanted = wanted_in(request)
    context = {
        **standing_of(candidate),
        **written_part(candidate, base, draft),
        **found_programmes(request, candidate, base, draft, wanted),
        "problem": problem,
        "filters": filters(base),
        "facts": known_of(candidate),
    }
    return render(request, "access/candidate/application.html", context, status=status)


def _closed(request: HttpRequest, candidate: Candidate, problem: str = "") -> HttpResponse:
    """Before and after the time of applications: what stands, read only."""
    context = {
        **standing_of(candidate),
        "problem": problem,
        "ahead": is_ahead(candidate),
        "facts": known_of(candidate),
    }
    status = 409 if problem else 200
    return render(request, "access/candidate/closed.html", context, status=status)


def _added(candidate: Candidate, draft: Draft, code: str) -> tuple[Draft, str]:
    """The form with one more option, and what stood against it."""
    limit = submissions.most_options(candidate.contest)
    by_code = preview.base_of(candidate.contest).by_code
    if code not in by_code:
        return draft, say(Message(submissions.UNKNOWN, {"programme": code}))
    if limit is not None and len(draft.options) >= limit and code not in draft.options:
        return draft, say(Message(FULL, {"limit": limit}))
    return draft.with_option(code), ""


@requires(Can.APPLY)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Ask whether to withdraw what stands, and do so."""
    candidate = mine(request, key)
    if request.method == "POST":
        try:
            done = submissions.withdraw(
                candidate, user_of(request), posted_key(request), posted(request).seen or None
            )
        except UsageError as error:
            return _refused(request, candidate, draft_of(request, candidate), error)
        forget(request, candidate)
        return redirect("candidate-receipt", key=key, number=done.number)
    if candidate.submission is None or not receives(candidate):
        return redirect("candidate-application", key=key)
    context = {**standing_of(candidate), "draft": standing_draft(candidate)}
    return render(request, "access/candidate/withdraw.html", context)


urlpatterns = [
    path("candidatura/<slug:key>/", application, name="candidate-application"),
    path("candidatura/<slug:key>/retirar/", withdraw, name="candidate-withdraw"),
]
