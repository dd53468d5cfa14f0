"""One's own account: what it is, what it may do, how one signs in to it."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.functional import lazy
from django.views.decorators.http import require_http_methods

from portaria.core.messages import declare
from portaria.web import pages
from portaria.web.accounts.forms import provider_of
from portaria.web.accounts.log import record
from portaria.web.accounts.models import User
from portaria.web.accounts.permissions import Person, requires
from portaria.web.accounts.roles import NAMES, Can

_ = lazy(pages._, str)

NAME_CHANGED = declare("log-name-changed", "Changed the name of the account.")
NAME_KEPT = declare("own-name-kept", "Your name is kept.")


class NameForm(forms.ModelForm):
    """How the account is called on pages and in the log."""

    class Meta:
        model = User
        fields = ("name",)
        labels = {"name": _("Name")}


@requires(Can.LOG_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """The page of one's own account, with a form for the name."""
    user = request.user
    assert isinstance(user, User)
    form = NameForm(request.POST or None, instance=User.objects.get(pk=user.pk))
    if request.method == "POST" and form.is_valid():
        rename(user, form.cleaned_data["name"])
        messages.success(request, pages.message(NAME_KEPT))
        return redirect("own-account")
    person: Person = request.person  # type: ignore[attr-defined]
    factors = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    context = {
        "form": form,
        "roles": role_rows(person),
        "providers": [provider_of(row) for row in SocialAccount.objects.filter(user=user)],
        "offers_providers": bool(get_adapter(request).list_providers(request)),
        "has_password": user.has_usable_password(),
        "has_factor": Authenticator.Type.TOTP in factors,
        "pending": EmailAddress.objects.filter(user=user, verified=False)
        .exclude(email=user.email)
        .first(),
        "own_data": _own_data(person),
    }
    status = 422 if form.errors else 200
    return render(request, "accounts/own.html", context, status=status)


def role_rows(person: Person) -> list[tuple[str, str]]:
    """The roles of a person, with the institution of each that is held at one."""
    return [
        (pages.message(NAMES[role]), place)
        for role in NAMES
        for place in sorted(person.roles.get(role, ()))
    ]


def _own_data(person: Person) -> str:
    """Where candidates take a copy of everything held about them; empty for others."""
    if Can.APPLY not in person.grants:
        return ""
    return reverse("candidate-data")


@transaction.atomic
def rename(user: User, name: str) -> None:
    """Change the name of one's own account."""
    found = User.objects.select_for_update().get(pk=user.pk)
    before, found.name = found.name, name.strip()
    if before != found.name:
        found.save(update_fields=["name"])
        record(found, NAME_CHANGED, before=before, after=found.name)


urlpatterns = [path("conta/", account, name="own-account")]
