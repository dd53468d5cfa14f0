"""One account, for administrators: its roles, suspended or not, freed of a lost factor."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portaria.core.errors import UsageError
from portaria.core.messages import declare
from portaria.web import pages
from portaria.web.accounts import administration, suspending, tokens
from portaria.web.accounts.forms import provider_of
from portaria.web.accounts.inviting import can_be_sent_a_link
from portaria.web.accounts.models import Membership, User
from portaria.web.accounts.permissions import View, requires
from portaria.web.accounts.places import institutions
from portaria.web.accounts.role_forms import ReasonsForm, RoleForm
from portaria.web.accounts.roles import ADMINISTRATOR, NAMES, Can
from portaria.web.accounts.who import user_of

ROLE_GIVEN = declare("accounts-role-given", "The role was given.")
ROLE_TAKEN = declare("accounts-role-taken", "The role was withdrawn.")
SUSPENDED = declare("accounts-suspended", "The account is suspended. Its sessions ended.")
RESTORED = declare("accounts-restored", "The account is open again.")
FACTOR_TAKEN = declare(
    "accounts-factor-taken", "The second factor was removed. The person was told by e-mail."
)


@requires(Can.ADMINISTER)
@require_GET
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: its roles and ways to sign in. What it holds as a candidate is not shown."""
    return _account(request, get_object_or_404(User, pk=pk), RoleForm())


def _account(request: HttpRequest, user: User, form: RoleForm) -> HttpResponse:
    names = dict(institutions())
    rows = user.memberships.order_by("role", "institution")
    factors = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    context = {
        "account": user,
        "memberships": [(row, names.get(row.institution, "")) for row in rows],
        "names": NAMES,
        "providers": [provider_of(row) for row in SocialAccount.objects.filter(user=user)],
        "has_password": user.has_usable_password(),
        "has_factor": factors.exists(),
        "can_be_sent_a_link": can_be_sent_a_link(user),
        "is_own": user.pk == user_of(request).pk,
        "form": form,
        "institutions": names.items(),
    }
    return render(request, "accounts/account.html", context, status=422 if form.errors else 200)


@requires(Can.ADMINISTER)
@require_POST
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role."""
    user = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            administration.grant(user_of(request), user, **form.cleaned_data)
        except UsageError as error:
            form.add_error(None, pages.words_of(error))
        else:
            messages.success(request, pages.message(ROLE_GIVEN))
            return redirect("account", pk=pk)
    return _account(request, user, form)


@requires(Can.ADMINISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int, membership: int) -> HttpResponse:
    """Take a role away, after asking."""
    row = get_object_or_404(Membership.objects.select_related("user"), pk=membership, user=pk)
    if request.method == "POST":
        try:
            administration.withdraw(user_of(request), row)
            messages.success(request, pages.message(ROLE_TAKEN))
        except UsageError as error:
            messages.error(request, pages.words_of(error))
        return redirect("account", pk=pk)
    ends = _tokens_of(row.user) if row.role == ADMINISTRATOR else 0
    context = {"account": row.user, "membership": row, "names": NAMES, "ends": ends}
    return render(request, "accounts/withdraw.html", context)


def _tokens_of(user: User) -> int:
    """How many API tokens that she issued stand."""
    return tokens.standing().filter(created_by=user).count()


Act = Callable[[User, User, str], None]


def _with_reasons(what: str, act: Act, done: str) -> View:
    """A page that asks for reasons and then acts on an account."""

    @requires(Can.ADMINISTER)
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        user = get_object_or_404(User, pk=pk)
        form = ReasonsForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                act(user_of(request), user, form.cleaned_data["reasons"])
            except UsageError as error:
                form.add_error(None, pages.words_of(error))
            else:
                messages.success(request, pages.message(done))
                return redirect("account", pk=pk)
        context = {"account": user, "form": form, "what": what, "ends": _tokens_of(user)}
        return render(request, "accounts/reasons.html", context, status=422 if form.errors else 200)

    view.__name__ = view.__qualname__ = what
    return view


urlpatterns = [
    path("contas/<int:pk>/", account, name="account"),
    path("contas/<int:pk>/funcoes/", grant, name="account-grant"),
    path("contas/<int:pk>/funcoes/<int:membership>/retirar/", withdraw, name="account-withdraw"),
    path(
        "contas/<int:pk>/suspender/",
        _with_reasons("suspend", suspending.suspend, SUSPENDED),
        name="account-suspend",
    ),
    path(
        "contas/<int:pk>/reabrir/",
        _with_reasons("restore", suspending.restore, RESTORED),
        name="account-restore",
    ),
    path(
        "contas/<int:pk>/segundo-fator/",
        _with_reasons("factor", suspending.remove_factor, FACTOR_TAKEN),
        name="account-factor",
    ),
]
