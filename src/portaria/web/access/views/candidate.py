"""What a candidate sees: her contests, and the code that joins a record to her account."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.forms import SignupForm
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from portaria.core.messages import Message, declare
from portaria.web.access import people
from portaria.web.access.forms.candidate import Code, NewAccount
from portaria.web.access.models import Candidate, Contest, Stage
from portaria.web.access.views import (
    candidate_claims,
    candidate_complaint,
    candidate_data,
    candidate_form,
    candidate_preview,
    candidate_receipts,
    candidate_record,
    candidate_result,
    candidate_search,
)
from portaria.web.access.views.candidate_own import is_ahead, receives
from portaria.web.accounts.models import User
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import user_of
from portaria.web.pages import say
from portaria.web.throttle import HOUR, Limit, address_of

WRONG_CODE = declare(
    "code-wrong",
    "This code opens no record. Check it letter by letter; if it was used before, sign in with the "
    "account that used it, or ask for a new one.",
)
BLOCKED = declare(
    "code-blocked", "There were many wrong codes. Wait an hour, or ask the access office for help."
)
TAKEN = declare(
    "code-account-there",
    "No account could be made with this address. If you have one, sign in and write the code "
    "there.",
)
JOINED = declare("code-joined", "Your record was joined to your account.")
BY_ACCOUNT = Limit("wrong-code-of", 10, HOUR)
BY_ADDRESS = Limit("wrong-code-from", 300, HOUR)
"""Wrong codes of one account, and from one address, behind which a school may be."""


@dataclass(frozen=True)
class Card:
    """One of her contests. state: ahead, open, waiting or published."""

    candidate: Candidate
    contest: Contest
    state: str


@requires(Can.APPLY)
@require_GET
def first(request: HttpRequest) -> HttpResponse:
    """Her contests, and a place for a code."""
    return _home(request, Code())


def _home(request: HttpRequest, form: Code, status: int = 200) -> HttpResponse:
    records = (
        Candidate.objects.filter(user=request.user.pk)
        .select_related("contest", "submission")
        .order_by("-contest__created_at", "-contest_id")
    )
    cards = [Card(record, record.contest, _state(record)) for record in records]
    context = {"cards": cards, "form": form}
    return render(request, "access/candidate/home.html", context, status=status)


def _state(candidate: Candidate) -> str:
    if candidate.contest.stage == Stage.PUBLISHED:
        return "published"
    if is_ahead(candidate):
        return "ahead"
    return "open" if receives(candidate) else "waiting"


@requires(Can.APPLY)
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Join a record to her account."""
    if request.method == "GET":
        return redirect("candidate-home")
    form = Code(request.POST)
    if form.is_valid() and (problem := _join(request, form)) is not None:
        form.add_error("code", problem)
    if form.errors:
        return _home(request, form, status=422)
    messages.success(request, say(Message(JOINED)))
    return redirect("candidate-home")


def _join(request: HttpRequest, form: Code) -> str | None:
    """What was wrong with the code, None where the record is joined."""
    if _blocked(request):
        return say(Message(BLOCKED))
    if people.activate(user_of(request), form.cleaned_data["code"]) is not None:
        return None
    return _wrong(request)


def _limits(request: HttpRequest) -> list[tuple[Limit, object]]:
    user = [(BY_ACCOUNT, request.user.pk)] if request.user.is_authenticated else []
    return [*user, (BY_ADDRESS, address_of(request))]


def _blocked(request: HttpRequest) -> bool:
    """Whether this person or this address sent too many wrong codes."""
    return any(limit.wait(who) for limit, who in _limits(request))


def _wrong(request: HttpRequest) -> str:
    """Count a wrong code; what is said of it."""
    for limit, who in _limits(request):
        limit.take(who)
    return say(Message(WRONG_CODE))


@requires(Can.ANYBODY)
@sensitive_post_parameters("password1", "password2", "code")
@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """A code, an address and a password at once: account, log-in and record."""
    if request.user.is_authenticated:
        return redirect("candidate-home")
    given = {"code": request.GET.get("codigo", "")[:40]}
    form = NewAccount(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        if (problem := _refused(request, form)) is not None:
            form.add_error(None if form.account_already_exists else "code", problem)
        elif (user := _make(request, form)) is None:
            form.add_error("code", _wrong(request))
        else:
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
            messages.success(request, say(Message(JOINED)))
            return redirect("candidate-home")
    status = 422 if form.errors else 200
    return render(request, "access/candidate/activate.html", {"form": form}, status=status)


def _refused(request: HttpRequest, form: SignupForm) -> str | None:
    """Why no account is made, None where one may be."""
    if _blocked(request):
        return say(Message(BLOCKED))
    if not people.opens(form.cleaned_data["code"]):
        form.account_already_exists = False
        return _wrong(request)
    if form.account_already_exists:
        _wrong(request)
        return say(Message(TAKEN))
    return None


def _make(request: HttpRequest, form: SignupForm) -> User | None:
    """Account and record in one transaction; None where the code was used meanwhile."""
    with transaction.atomic():
        user: User = form.save(request)
        if people.activate(user, form.cleaned_data["code"]) is not None:
            return user
        transaction.set_rollback(True)
    return None


urlpatterns = [
    path("candidatura/", first, name="candidate-home"),
    path("candidatura/codigo/", code, name="candidate-code"),
    path("ativar/", activate, name="activate"),
    *candidate_data.urlpatterns,
    *candidate_claims.urlpatterns,
    *candidate_receipts.urlpatterns,
    *candidate_result.urlpatterns,
    *candidate_record.urlpatterns,
    *candidate_complaint.urlpatterns,
    *candidate_search.urlpatterns,
    *candidate_preview.urlpatterns,
    *candidate_form.urlpatterns,
]
