"""Special quotas that a candidate claims, and the documents she hands in."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portaria.core.errors import InputError, PortariaError
from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.web import uploads
from portaria.web.access import attachments, claims, notices
from portaria.web.access.forms.candidate import MoreDocuments, NewClaim
from portaria.web.access.models import Candidate, Claim, Document
from portaria.web.access.views.candidate_own import mine, paper, receives
from portaria.web.access.views.candidate_words import quota_title
from portaria.web.accounts.models import User
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import user_of
from portaria.web.pages import say

FILE_PROBLEM = declare("document-problem", "{file}: {problem}")
LIMIT_KINDS = declare("document-kinds", "PDF, JPEG or PNG.")
LIMIT_SIZE = declare("document-size", "At most {size} MB each; {count} for one claim or complaint.")
LIMIT_PERSON = declare(
    "document-limit-person",
    "Of one person at most {count} documents in a contest are taken, and {size} MB in all contests "
    "together: you have handed in {count_kept} and {size_kept} MB.",
)


def problems_of(error: PortariaError) -> list[str]:
    """What was wrong, sentence by sentence."""
    found = error.problems if isinstance(error, InputError) else ()
    if found:
        return [_problem(each) for each in found]
    return [say(error.message) if isinstance(error.message, Message) else str(error)]


def _problem(problem: Problem) -> str:
    if not problem.file:
        return say(problem.message)
    return say(Message(FILE_PROBLEM, {"file": problem.file, "problem": problem.message}))


def limits(candidate: Candidate) -> list[str]:
    """What documents may be, and how many she may hand in."""
    taken, kept = uploads.DOCUMENTS, attachments.kept_of(candidate)
    size = {"size": taken.size // uploads.MEGABYTE, "count": taken.count}
    person = {
        "count": attachments.MOST,
        "size": attachments.MOST_BYTES // uploads.MEGABYTE,
        "count_kept": kept.count,
        "size_kept": -(-kept.size // uploads.MEGABYTE),
    }
    sentences = (Message(LIMIT_KINDS), Message(LIMIT_SIZE, size), Message(LIMIT_PERSON, person))
    return [say(each) for each in sentences]


@requires(Can.APPLY)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, key: str) -> HttpResponse:
    """Her claims, and a form for another."""
    candidate = mine(request, key)
    if request.method == "GET":
        return _page(request, candidate, NewClaim(candidate.contest, _taken(candidate)))
    form = NewClaim(candidate.contest, set(), request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        words = (given["quota"], given.get("ground", ""), given["statement"])
        files = given["documents"]
        problems = _done(request, lambda user: claims.claim(candidate, user, *words, files))
        if problems is None:
            return redirect("candidate-claims", key=key)
        for problem in problems:
            form.add_error(None, problem)
    return _page(request, candidate, form, 422)


def _taken(candidate: Candidate) -> set[str]:
    standing = Claim.objects.filter(candidate=candidate).exclude(state=Claim.State.WITHDRAWN)
    return set(standing.values_list("quota", flat=True))


def _done(request: HttpRequest, act: Callable[[User], object]) -> list[str] | None:
    """None where the act was done, else what was wrong."""
    try:
        act(user_of(request))
    except PortariaError as error:
        return problems_of(error)
    return None


def _page(
    request: HttpRequest,
    candidate: Candidate,
    form: NewClaim,
    status: int = 200,
    problems: list[str] | None = None,
) -> HttpResponse:
    found = Claim.objects.filter(candidate=candidate).order_by("pk").prefetch_related("documents")
    context = {
        "candidate": candidate,
        "contest": candidate.contest,
        "claims": found,
        "form": form,
        "more": MoreDocuments(auto_id=False),
        "limits": limits(candidate),
        "receives": receives(candidate),
        "quota_name": quota_title,
        "can_claim": bool(set(claims.claimable(candidate.contest)) - _taken(candidate)),
        "problems": problems or [],
    }
    return render(request, "access/candidate/claims.html", context, status=status)


@requires(Can.APPLY)
@require_POST
def documents(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Add documents to a claim that waits."""
    candidate = mine(request, key)
    made = get_object_or_404(Claim.objects.select_related("candidate"), pk=pk, candidate=candidate)
    form = MoreDocuments(request.POST, request.FILES)
    problems: list[str] | None = [str(error) for errors in form.errors.values() for error in errors]
    if form.is_valid():
        files = form.cleaned_data["documents"]
        problems = _done(request, lambda user: claims.add_documents(made, user, files))
    if problems is None:
        return redirect("candidate-claims", key=key)
    blank = NewClaim(candidate.contest, _taken(candidate))
    return _page(request, candidate, blank, 422, problems)


@requires(Can.APPLY)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Ask whether to withdraw a claim, and do so."""
    candidate = mine(request, key)
    made = get_object_or_404(Claim.objects.select_related("candidate"), pk=pk, candidate=candidate)
    if request.method == "GET":
        context = {
            "candidate": candidate,
            "contest": candidate.contest,
            "claim": made,
            "quota_name": quota_title,
        }
        return render(request, "access/candidate/claim_withdraw.html", context)
    problems = _done(request, lambda user: claims.withdraw(made, user))
    if problems is None:
        return redirect("candidate-claims", key=key)
    blank = NewClaim(candidate.contest, _taken(candidate))
    return _page(request, candidate, blank, 409, problems)


@requires(Can.APPLY)
@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A document, for who handed it in; staff have an address of their own, which is logged."""
    hers = Q(claim__candidate__user=request.user.pk) | Q(complaint__candidate__user=request.user.pk)
    found = get_object_or_404(Document.objects.filter(hers), pk=pk)
    answer = FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.name,
        content_type=found.content_type,
    )  # fmt: skip
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@requires(Can.APPLY)
@require_GET
def notice(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The notice of a decision on a claim of hers."""
    claim = get_object_or_404(Claim, pk=pk, candidate=mine(request, key))
    if not notices.is_told(claim):
        raise Http404
    return paper(notices.of_claim(claim), f"notificacao-contingente-{claim.pk}")


urlpatterns = [
    path(
        "candidatura/<slug:key>/contingentes/<int:pk>/notificacao.pdf",
        notice,
        name="candidate-claim-notice",
    ),
    path("candidatura/<slug:key>/contingentes/", page, name="candidate-claims"),
    path(
        "candidatura/<slug:key>/contingentes/<int:pk>/documentos/",
        documents,
        name="candidate-claim-documents",
    ),
    path(
        "candidatura/<slug:key>/contingentes/<int:pk>/retirar/",
        withdraw,
        name="candidate-claim-withdraw",
    ),
    path("candidatura/documentos/<int:pk>/", document, name="candidate-document"),
]
