"""The commission of experts: disability files, each with a reasoned decision."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from portaria.core.messages import declare
from portaria.web.access import claims as acts
from portaria.web.access import notices
from portaria.web.access.forms.office import Decision
from portaria.web.access.models import Claim, Document
from portaria.web.access.views.office_claims import DISABILITY, give
from portaria.web.access.views.office_common import decided
from portaria.web.access.views.office_words import CLAIMS, stage_of, word
from portaria.web.accounts.log import record
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import person_of, user_of
from portaria.web.navigation import Place
from portaria.web.pages import _
from portaria.web.paging import page_of

READ = declare("log-disability-read", "Read the disability file of candidate {candidate}.")
NOTICE_READ = declare(
    "log-disability-notice", "Took the notice of the decision on the file of {candidate}."
)
WAITING, MINE, ALL = "por-decidir", "minhas", "decididos"


@requires(Can.SEE_DISABILITY)
@require_GET
def commission(request: HttpRequest) -> HttpResponse:
    """Files to decide, those decided by oneself, and all decided ones."""
    files = Claim.objects.filter(quota=DISABILITY).select_related("candidate", "contest")
    kinds = {
        WAITING: (_("To be decided"), files.filter(state=Claim.State.CLAIMED)),
        MINE: (_("Decided by me"), files.filter(decided_by=user_of(request))),
        ALL: (_("All decided"), files.exclude(state=Claim.State.CLAIMED)),
    }
    which = request.GET.get("lista", WAITING)
    which = which if which in kinds else WAITING
    order = ("claimed_at", "pk") if which == WAITING else ("-decided_at", "-pk")
    pages = page_of(request, kinds[which][1].order_by(*order))
    tabs = [
        Place(label, f"?lista={name}", name == which, found.count())
        for name, (label, found) in kinds.items()
    ]
    context = {"tabs": tabs, "pages": pages, "rows": [_row(c) for c in pages]}
    return render(request, "access/commission/files.html", context)


def _row(claim: Claim) -> dict[str, object]:
    code, tone = CLAIMS[Claim.State(claim.state)]
    return {"claim": claim, "label": word(code), "tone": tone}


def _file(pk: int) -> Claim:
    files = Claim.objects.select_related("candidate", "contest", "decided_by")
    return get_object_or_404(files, quota=DISABILITY, pk=pk)


@requires(Can.SEE_DISABILITY)
@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """One file with its documents; the reading is logged."""
    return _page(request, _file(pk), Decision())


def _page(request: HttpRequest, claim: Claim, form: Decision) -> HttpResponse:
    name = claim.candidate.candidate
    record(user_of(request), READ, {"candidate": name}, contest=claim.contest.key, candidate=name)
    context = {
        **_row(claim),
        "documents": list(Document.objects.filter(claim=claim).order_by("received_at", "pk")),
        "form": form,
        "stage": stage_of(claim.contest),
        "decides": person_of(request).may(Can.DECIDE_DISABILITY),
    }
    status = 422 if form.errors else 200
    return render(request, "access/commission/file.html", context, status=status)


@requires(Can.DECIDE_DISABILITY)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or refuse, always with reasons."""
    claim = _file(pk)
    form = Decision(request.POST)
    if decided(request, form, partial(acts.decide, claim, user_of(request))):
        return redirect("commission-file", claim.pk)
    return _page(request, claim, form)


@requires(Can.SEE_DISABILITY)
@require_GET
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice of a decision, as a PDF."""
    claim = _file(pk)
    if not notices.is_told(claim):
        return redirect("commission-file", claim.pk)
    name = claim.candidate.candidate
    record(
        user_of(request), NOTICE_READ, {"candidate": name},
        contest=claim.contest.key, candidate=name,
    )  # fmt: skip
    answer = HttpResponse(notices.of_claim(claim), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="notificacao-{claim.pk}.pdf"'
    return answer


@requires(Can.SEE_DISABILITY)
@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A document of a file, for download; logged."""
    return give(request, pk)


urlpatterns = [
    path("comissao/", commission, name="commission"),
    path("comissao/<int:pk>/", file, name="commission-file"),
    path("comissao/<int:pk>/decidir/", decide, name="commission-decide"),
    path("comissao/<int:pk>/notificacao.pdf", notice, name="commission-notice"),
    path("comissao/documentos/<int:pk>/", document, name="commission-document"),
]
