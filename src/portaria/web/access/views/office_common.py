"""What the screens of staff have in common: the contest, its places, acts that may be refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from portaria.core.errors import InputError, UsageError
from portaria.web.access.forms.office import Decision
from portaria.web.access.models import Claim, Complaint, Contest, Stage
from portaria.web.access.views.office_words import stage_of
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import person_of
from portaria.web.navigation import Place
from portaria.web.pages import _, say, words_of
from portaria.web.spreadsheets import harmless


def contest_of(key: str) -> Contest:
    """The contest of an address."""
    return get_object_or_404(Contest.objects.select_related("run"), key=key)


def places(request: HttpRequest, contest: Contest, current: str) -> list[Place]:
    """The pages of a contest that this person may open."""
    person = person_of(request)
    rows: list[tuple[str, str, Can, int | None]] = [
        (_("Contest"), "office-contest", Can.SEE_CONTESTS, None),
        (_("Tables"), "office-tables", Can.SEE_CONTESTS, None),
        (_("Calendar"), "office-calendar", Can.SEE_CONTESTS, None),
        (_("Demand"), "office-demand", Can.SEE_CONTESTS, None),
        (_("Candidates"), "office-people", Can.SEE_PEOPLE, None),
        (_("Quotas"), "office-claims", Can.SEE_PEOPLE, _waiting_claims(contest)),
        (_("Results"), "office-runs", Can.SEE_CONTESTS, None),
    ]
    if contest.stage == Stage.PUBLISHED:
        waiting = contest.complaints.filter(state=Complaint.State.RECEIVED).count()
        rows.append((_("Complaints"), "office-complaints", Can.SEE_PEOPLE, waiting or None))
    return [
        Place(label, reverse(name, args=[contest.key]), name == current, count)
        for label, name, can, count in rows
        if person.may(can)
    ]


def _waiting_claims(contest: Contest) -> int | None:
    waiting = contest.claims.filter(~Q(quota="disability"), state=Claim.State.CLAIMED)
    return waiting.count() or None


def page(
    request: HttpRequest, template: str, contest: Contest, current: str, **context: Any
) -> HttpResponse:
    """A page of a contest, with its tabs: 422 where a form that was sent comes back with it."""
    label, tone = stage_of(contest)
    common = {
        "contest": contest,
        "stage_label": label,
        "stage_tone": tone,
        "places": places(request, contest, current),
        "Stage": Stage,
    }
    whole = {**common, **context}
    refused = any(isinstance(value, BaseForm) and value.errors for value in context.values())
    status = 422 if refused and request.method == "POST" else 200
    return render(request, f"access/office/{template}.html", whole, status=status)


def attempt(request: HttpRequest, act: Callable[[], Any], done: str) -> bool:
    """Do what was asked and say so, or say why it is refused; whether it was done."""
    try:
        act()
    except UsageError as error:
        messages.error(request, words_of(error))
        return False
    messages.success(request, done)
    return True


def decided(request: HttpRequest, form: Decision, decide: Callable[[bool, str], Any]) -> bool:
    """Decide on a claim or a complaint as a form says; whether that was done."""
    return form.is_valid() and attempt(
        request,
        lambda: decide(form.is_accepted, form.cleaned_data["reasons"]),
        _("The decision was saved; the candidate sees it."),
    )


def faults_of(error: InputError) -> list[str]:
    """Each problem of an input in a sentence."""
    return [
        f"{problem.file}: {say(problem.message)}" if problem.file else say(problem.message)
        for problem in error.problems
    ]


def csv_answer(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Rows as a CSV that a spreadsheet opens, for download."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(
        [harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows
    )
    answer = HttpResponse(b"\xef\xbb\xbf" + text.getvalue().encode(), "text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def number_in(request: HttpRequest, name: str, otherwise: int = 0) -> int:
    """A whole number of the address; Http404 for anything else."""
    text = request.GET.get(name, "")
    if not text:
        return otherwise
    if not text.isdecimal() or len(text) > 9:
        raise Http404
    return int(text)
