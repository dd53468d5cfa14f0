"""Exchanges of seats as institutions decide them (54/6)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from portaria.web.access import consents, exchanges
from portaria.web.access.forms.institution import Decision
from portaria.web.access.models import Exchange
from portaria.web.access.views import institution_decisions
from portaria.web.access.views.institution_pages import name_of, tabs
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import user_of
from portaria.web.pages import _


@requires(Can.SEE_INSTITUTION, institution="code")
@require_GET
def exchange_list(request: HttpRequest, code: str) -> HttpResponse:
    """The exchanges that concern an institution."""
    requests = Exchange.objects.select_related("first", "second")
    context = {
        "code": code, "name": name_of(code), "tabs": tabs(code, "institution-exchanges"),
        "exchanges": consents.of_institution(requests, code),
    }  # fmt: skip
    return render(request, "access/institution/exchanges.html", context)


def _asked(code: str, pk: int) -> Exchange:
    requests = Exchange.objects.select_related("first", "second", "contest")
    return institution_decisions.concerning(requests, code, pk)


@requires(Can.SEE_INSTITUTION, institution="code")
@require_GET
def exchange_page(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One exchange: who, where, what the rules say, who decided what."""
    asked = _asked(code, pk)
    people = [asked.first.candidate, asked.second.candidate]
    institution_decisions.tell_read(request, asked, people)
    return _page(request, code, asked, Decision())


def _page(
    request: HttpRequest, code: str, asked: Exchange, form: Decision, status: int = 200
) -> HttpResponse:
    context = institution_decisions.shown(request, code, asked, form)
    return render(request, "access/institution/exchange.html", context, status=status)


@requires(Can.REPORT_ENROLMENTS, institution="code")
@require_POST
def exchange_decide(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The institution authorises or refuses an exchange."""
    asked, form = _asked(code, pk), Decision(request.POST)
    if not form.is_valid():
        return _page(request, code, asked, form, 422)
    institution_decisions.decide(
        request,
        form,
        lambda agreed, reasons: exchanges.decide(pk, code, agreed, reasons, user_of(request)),
        _("The seats were exchanged."),
    )
    return redirect("institution-exchange", code=code, pk=pk)


BASE = "instituicao/<str:code>/permutas"
urlpatterns = [
    path(f"{BASE}/", exchange_list, name="institution-exchanges"),
    path(f"{BASE}/<int:pk>/", exchange_page, name="institution-exchange"),
    path(f"{BASE}/<int:pk>/decidir/", exchange_decide, name="institution-exchange-decide"),
]
