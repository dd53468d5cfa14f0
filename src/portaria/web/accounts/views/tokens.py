"""Tokens of other systems, for administrators: issued for one institution, shown once, revoked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.functional import lazy
from django.views.decorators.http import require_GET, require_http_methods

from portaria.core.errors import UsageError
from portaria.core.messages import declare
from portaria.web import pages
from portaria.web.accounts import tokens
from portaria.web.accounts.models import ApiToken
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.places import institutions
from portaria.web.accounts.roles import Can
from portaria.web.accounts.who import user_of
from portaria.web.days import begin_of, today

_ = lazy(pages._, str)

REVOKED = declare("token-revoked", "The token is revoked: it is refused from now on.")
USUAL = timedelta(days=180)


class TokenForm(forms.Form):
    """What a token is good for, and until when."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("That of the system that uses it, such as: student records."),
    )
    institution = forms.CharField(
        label=_("Institution"),
        max_length=20,
        help_text=_("The code of the institution whose records it opens."),
        widget=forms.TextInput(attrs={"list": "institutions", "autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=lambda: [(scope, pages.message(code)) for scope, code in tokens.SCOPES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    until = forms.DateField(
        label=_("Good until"),
        help_text=_("The last day on which it is accepted, at most a year from now."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = today() + USUAL

    def expires_at(self) -> datetime:
        """The end of that day in Lisbon."""
        return begin_of(self.cleaned_data["until"] + timedelta(days=1))


@requires(Can.ADMINISTER)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every token, those that stand first."""
    now = timezone.now()
    rows = list(ApiToken.objects.select_related("created_by").order_by("-created_at"))
    rows.sort(key=lambda token: not token.stands(now))
    return render(request, "accounts/tokens.html", {"rows": rows, "now": now, "names": _names()})


def _names() -> dict[str, str]:
    return dict(institutions())


@requires(Can.ADMINISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest) -> HttpResponse:
    """Issue a token; the answer shows its text, which is nowhere kept."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            token, text = tokens.issue(
                user_of(request),
                data["name"],
                data["institution"],
                data["scopes"],
                form.expires_at(),
            )
        except UsageError as error:
            form.add_error(None, pages.words_of(error))
        else:
            context = {"token": token, "text": text, "scopes": tokens.SCOPES}
            return render(request, "accounts/token_issued.html", context)
    context = {"form": form, "institutions": institutions()}
    return render(request, "accounts/token_issue.html", context, status=422 if form.errors else 200)


@requires(Can.ADMINISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke a token, after asking."""
    token = get_object_or_404(ApiToken, pk=pk)
    if request.method == "POST":
        tokens.revoke(token, user_of(request))
        messages.success(request, pages.message(REVOKED))
        return redirect("tokens")
    return render(request, "accounts/token_revoke.html", {"token": token})


urlpatterns = [
    path("contas/chaves/", index, name="tokens"),
    path("contas/chaves/nova/", issue, name="token-issue"),
    path("contas/chaves/<int:pk>/revogar/", revoke, name="token-revoke"),
]
