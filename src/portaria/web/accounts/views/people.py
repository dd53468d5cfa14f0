"""Accounts, for administrators: found, made, given roles, suspended, and freed of a lost factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.functional import lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.web import pages
from portaria.web.accounts import administration as acts
from portaria.web.accounts.forms import provider_of
from portaria.web.accounts.models import Membership, User
from portaria.web.accounts.permissions import View, requires
from portaria.web.accounts.places import institutions
from portaria.web.accounts.roles import NAMES, ROLES, Can

_ = lazy(pages._, str)

A_PAGE = 50
ROLE_GIVEN = declare("accounts-role-given", "The role was given.")
ROLE_TAKEN = declare("accounts-role-taken", "The role was withdrawn.")
SUSPENDED = declare("accounts-suspended", "The account is suspended. Its sessions ended.")
RESTORED = declare("accounts-restored", "The account is open again.")
FACTOR_TAKEN = declare(
    "accounts-factor-taken", "The second factor was removed. The person was told by e-mail."
)


def _roles(first: Any) -> list[tuple[str, Any]]:
    return [("", first), *((role, pages.message(NAMES[role])) for role in ROLES)]


class RoleForm(forms.Form):
    """A role, with the institution where it is held at one."""

    role = forms.ChoiceField(label=_("Role"), choices=lambda: _roles(_("Choose a role")))
    institution = forms.CharField(
        label=_("Institution"),
        max_length=20,
        required=False,
        help_text=_("Its code. Only for an institution officer."),
        widget=forms.TextInput(attrs={"list": "institutions", "autocomplete": "off"}),
    )


class InviteForm(RoleForm):
    """A person who is to have an account."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    field_order = ("email", "name", "role", "institution")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        role.required = False
        role.choices = lambda: _roles(_("No role yet"))  # type: ignore[attr-defined]


class ReasonsForm(forms.Form):
    """Why something is done to somebody's account."""

    reasons = forms.CharField(
        label=_("Reasons"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


@requires(Can.ADMINISTER)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Accounts by a piece of their name or address, and by role."""
    wanted = request.GET.get("q", "").strip()
    role = request.GET.get("role", "")
    rows = found(wanted, role if role in ROLES else "")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page,
        "wanted": wanted,
        "role": role,
        "roles": _roles(pages._("Every role")),
        "query": f"{query.urlencode()}&" if query else "",
        "names": NAMES,
    }
    return render(request, "accounts/index.html", context)


def found(wanted: str, role: str) -> QuerySet[User]:
    """Accounts by name, with their roles and whether they have a second factor."""
    factor = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    rows = User.objects.annotate(has_factor=Exists(factor)).prefetch_related("memberships")
    if wanted:
        rows = rows.filter(Q(email__icontains=wanted) | Q(name__icontains=wanted))
    if role:
        rows = rows.filter(pk__in=Membership.objects.filter(role=role).values("user"))
    return rows.order_by("email")


@requires(Can.ADMINISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Make an account and send the link that opens it; the link is shown as well, this once."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = acts.invite(_actor(request), **form.cleaned_data)
        except UsageError as error:
            form.add_error(None, error_words(error))
        else:
            return _sent(request, user)
    context = {"form": form, "institutions": institutions()}
    return render(request, "accounts/invite.html", context, status=422 if form.errors else 200)


def _sent(request: HttpRequest, user: User) -> HttpResponse:
    """Send the link of an account, and show it."""
    address = acts.link(request, user)
    context = {"user": user, "password_reset_url": address}
    get_adapter(request).send_mail("accounts/email/invitation", user.email, context)
    return render(request, "accounts/invited.html", {"account": user, "address": address})


@requires(Can.ADMINISTER)
@require_POST
def send_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Another link for an account that nobody has opened."""
    user = get_object_or_404(User, pk=pk)
    if not acts.can_be_sent_a_link(user):
        messages.error(request, pages.message(acts.HAS_WAY_IN))
        return redirect("account", pk=pk)
    acts.send_again(_actor(request), user)
    return _sent(request, user)


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
        "can_be_sent_a_link": acts.can_be_sent_a_link(user),
        "is_own": user.pk == _actor(request).pk,
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
            acts.grant(_actor(request), user, **form.cleaned_data)
        except UsageError as error:
            form.add_error(None, error_words(error))
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
            acts.withdraw(_actor(request), row)
            messages.success(request, pages.message(ROLE_TAKEN))
        except UsageError as error:
            messages.error(request, error_words(error))
        return redirect("account", pk=pk)
    context = {"account": row.user, "membership": row, "names": NAMES}
    return render(request, "accounts/withdraw.html", context)


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
                act(_actor(request), user, form.cleaned_data["reasons"])
            except UsageError as error:
                form.add_error(None, error_words(error))
            else:
                messages.success(request, pages.message(done))
                return redirect("account", pk=pk)
        context = {"account": user, "form": form, "what": what}
        return render(request, "accounts/reasons.html", context, status=422 if form.errors else 200)

    view.__name__ = view.__qualname__ = what
    return view


def _actor(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def error_words(error: UsageError) -> str:
    """What a refusal tells, in the language of the page."""
    return pages.say(error.message) if isinstance(error.message, Message) else error.message


urlpatterns = [
    path("contas/", index, name="accounts"),
    path("contas/convidar/", invite, name="account-invite"),
    path("contas/<int:pk>/", account, name="account"),
    path("contas/<int:pk>/ligacao/", send_link, name="account-link"),
    path("contas/<int:pk>/funcoes/", grant, name="account-grant"),
    path("contas/<int:pk>/funcoes/<int:membership>/retirar/", withdraw, name="account-withdraw"),
    path(
        "contas/<int:pk>/suspender/",
        _with_reasons("suspend", acts.suspend, SUSPENDED),
        name="account-suspend",
    ),
    path(
        "contas/<int:pk>/reabrir/",
        _with_reasons("restore", acts.restore, RESTORED),
        name="account-restore",
    ),
    path(
        "contas/<int:pk>/segundo-fator/",
        _with_reasons("factor", acts.remove_factor, FACTOR_TAKEN),
        name="account-factor",
    ),
]
