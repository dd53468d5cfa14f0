"""Accounts, for administrators: found, made, and opened by a link."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portaria.core.errors import UsageError
from portaria.web import pages
from portaria.web.accounts import inviting
from portaria.web.accounts.models import Membership, User
from portaria.web.accounts.permissions import requires
from portaria.web.accounts.places import institutions
from portaria.web.accounts.role_forms import InviteForm, roles
from portaria.web.accounts.roles import NAMES, ROLES, Can
from portaria.web.accounts.views import account
from portaria.web.accounts.who import user_of
from portaria.web.paging import page_of
from portaria.web.search import stand_in


@requires(Can.ADMINISTER)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Accounts by a piece of their name or address, and by role."""
    wanted = request.GET.get("q", "").strip()
    role = request.GET.get("role", "")
    page = page_of(request, found(wanted, role if role in ROLES else ""))
    context = {
        "page": page,
        "rows": shown(page),
        "wanted": wanted,
        "role": role,
        "roles": roles(pages._("Every role")),
        "names": NAMES,
    }
    return render(request, "accounts/index.html", context)


def found(wanted: str, role: str) -> list[int]:
    """The keys of accounts, by address: those with these words in it or in the name, in a role."""
    rows = User.objects.order_by("email")
    if role:
        rows = rows.filter(pk__in=Membership.objects.filter(role=role).values("user"))
    # A database folds no accents alike on every system: a list of names is short enough to read.
    people = rows.values_list("pk", "email", "name").iterator(chunk_size=10_000)
    return [pk for pk, email, name in people if stand_in(wanted, email, name)]


def shown(keys: Iterable[int]) -> list[User]:
    """These accounts, with their roles and whether they have a second factor."""
    factor = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    rows = User.objects.annotate(has_factor=Exists(factor)).prefetch_related("memberships")
    by_key = rows.in_bulk(list(keys))
    return [by_key[key] for key in keys if key in by_key]


@requires(Can.ADMINISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Make an account and send the link that opens it; the link is shown as well, this once."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = inviting.invite(user_of(request), **form.cleaned_data)
        except UsageError as error:
            form.add_error(None, pages.words_of(error))
        else:
            return _sent(request, user)
    context = {"form": form, "institutions": institutions()}
    return render(request, "accounts/invite.html", context, status=422 if form.errors else 200)


def _sent(request: HttpRequest, user: User) -> HttpResponse:
    """Send the link of an account, and show it."""
    address = inviting.link(request, user)
    context = {"user": user, "password_reset_url": address}
    get_adapter(request).send_mail("accounts/email/invitation", user.email, context)
    return render(request, "accounts/invited.html", {"account": user, "address": address})


@requires(Can.ADMINISTER)
@require_POST
def send_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Another link for an account that nobody has opened."""
    user = get_object_or_404(User, pk=pk)
    if not inviting.can_be_sent_a_link(user):
        messages.error(request, pages.message(inviting.HAS_WAY_IN))
        return redirect("account", pk=pk)
    inviting.send_again(user_of(request), user)
    return _sent(request, user)


urlpatterns = [
    path("contas/", index, name="accounts"),
    path("contas/convidar/", invite, name="account-invite"),
    path("contas/<int:pk>/ligacao/", send_link, name="account-link"),
    *account.urlpatterns,
]
