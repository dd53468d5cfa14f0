"""What administrators do with accounts and tokens, and what is refused to them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portaria.core.errors import UsageError
from portaria.core.messages import catalogue
from portaria.web.accounts import administration as acts
from portaria.web.accounts import suspending, tokens
from portaria.web.accounts.models import ApiToken, LogEntry, Membership, User

pytestmark = pytest.mark.django_db

PASSWORD = "a sentence of few words"


@pytest.fixture(autouse=True)
def _mail_in_memory(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def admin(signed_in: Callable[..., Client]) -> Client:
    return signed_in("administrator")


@pytest.fixture
def administrator(admin: Client) -> User:
    return User.objects.get(email="administrator@example.org")


@pytest.fixture
def officer(user_with: Callable[..., User]) -> User:
    return user_with("institution", "0300")


def entry(code: str) -> LogEntry:
    return LogEntry.objects.get(code=code)


# Finding and inviting


def test_accounts_are_found(admin: Client, officer: User, user_with: Callable[..., User]) -> None:
    user_with("office")
    page = admin.get(reverse("accounts"), {"q": "INSTITUTION0300"}).content.decode()
    assert officer.email in page
    assert "office@example.org" not in page
    by_role = admin.get(reverse("accounts"), {"role": "office"}).content.decode()
    assert "office@example.org" in by_role
    assert officer.email not in by_role
    assert admin.get(reverse("accounts"), {"page": "999", "role": "x"}).status_code == 200


def test_an_invitation_opens_an_account(admin: Client, administrator: User) -> None:
    asked = {"email": "New@Example.org", "name": "Nova", "role": "office", "institution": ""}
    page = admin.post(reverse("account-invite"), asked).content.decode()
    (message,) = mail.outbox
    way = re.search(r"http://testserver(/\S+)", message.body)
    assert way
    assert way[1] in page, "the link is shown as well"
    user = User.objects.get(email="new@example.org")
    assert not user.has_usable_password()
    assert entry("log-invited").user == administrator
    browser = Client()
    form = browser.get(way[1])["Location"]
    browser.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    answer = browser.post("/conta/login/", {"login": user.email, "password": PASSWORD})
    assert answer["Location"] == "/", "no further confirmation is asked for"
    assert browser.get("/conta/").status_code == 200
    assert "password1" not in Client().get(way[1], follow=True).content.decode()


def test_an_address_is_invited_once(admin: Client, officer: User) -> None:
    answer = admin.post(reverse("account-invite"), {"email": officer.email.upper()})
    assert answer.status_code == 422
    assert not mail.outbox


def test_a_refused_role_leaves_no_account(admin: Client) -> None:
    asked = {"email": "new@example.org", "role": "institution", "institution": ""}
    assert admin.post(reverse("account-invite"), asked).status_code == 422
    assert not User.objects.filter(email="new@example.org").exists()
    assert not LogEntry.objects.filter(code="log-invited").exists()


def test_there_is_a_new_link_until_the_account_is_used(admin: Client) -> None:
    admin.post(reverse("account-invite"), {"email": "new@example.org"})
    user = User.objects.get(email="new@example.org")
    mail.outbox.clear()
    assert admin.post(reverse("account-link", args=[user.pk])).status_code == 200
    assert len(mail.outbox) == 1
    assert entry("log-link-sent").params == {"email": user.email}
    user.set_password(PASSWORD)
    user.save()
    assert admin.post(reverse("account-link", args=[user.pk])).status_code == 302
    assert len(mail.outbox) == 1, "whoever holds a link holds the account"


# Roles


def test_a_role_is_given_and_withdrawn(admin: Client, administrator: User) -> None:
    user = User.objects.create_user("p@example.org", None)
    admin.post(reverse("account-grant", args=[user.pk]), {"role": "auditor", "institution": ""})
    row = Membership.objects.get(user=user)
    told = entry("log-role-given")
    assert (told.user, told.before, told.after) == (administrator, [], ["auditor"])
    way = reverse("account-withdraw", args=[user.pk, row.pk])
    assert admin.get(way).status_code == 200
    assert Membership.objects.filter(user=user).exists(), "it asks first"
    admin.post(way)
    assert not Membership.objects.filter(user=user).exists()
    told = entry("log-role-withdrawn")
    assert (told.before, told.after) == (["auditor"], [])


@pytest.mark.parametrize(
    ("role", "institution"),
    [("institution", ""), ("office", "0300"), ("candidate", ""), ("root", ""), ("", "")],
)
def test_a_role_and_its_place_must_fit(admin: Client, role: str, institution: str) -> None:
    user = User.objects.create_user("p@example.org", None)
    way = reverse("account-grant", args=[user.pk])
    assert admin.post(way, {"role": role, "institution": institution}).status_code == 422
    assert not user.memberships.exists()


def test_the_same_role_at_two_institutions(admin: Client, officer: User) -> None:
    way = reverse("account-grant", args=[officer.pk])
    admin.post(way, {"role": "institution", "institution": "0400"})
    assert officer.memberships.count() == 2
    assert admin.post(way, {"role": "institution", "institution": "0400"}).status_code == 422


def test_nobody_changes_her_own_roles(admin: Client, administrator: User) -> None:
    row = administrator.memberships.get()
    admin.post(reverse("account-withdraw", args=[administrator.pk, row.pk]))
    admin.post(reverse("account-grant", args=[administrator.pk]), {"role": "office"})
    admin.post(reverse("account-suspend", args=[administrator.pk]), {"reasons": "x"})
    administrator.refresh_from_db()
    assert administrator.is_active
    assert [str(each) for each in administrator.memberships.all()] == ["administrator"]


def test_the_last_administrator_stays(user_with: Callable[..., User]) -> None:
    first = user_with("administrator")
    second = user_with("administrator", email="second@example.org")
    acts.withdraw(first, second.memberships.get())
    with pytest.raises(UsageError):
        acts.withdraw(second, first.memberships.get())
    with pytest.raises(UsageError):
        suspending.suspend(second, first, "reasons")
    assert first.memberships.exists()


def test_a_suspended_administrator_does_not_count(user_with: Callable[..., User]) -> None:
    first = user_with("administrator")
    second = user_with("administrator", email="second@example.org")
    suspending.suspend(first, second, "left the service")
    with pytest.raises(UsageError):
        acts.withdraw(second, first.memberships.get())


def test_a_role_of_another_account_is_not_withdrawn_by_its_number(
    admin: Client, officer: User
) -> None:
    other = User.objects.create_user("p@example.org", None)
    row = officer.memberships.get()
    assert admin.post(reverse("account-withdraw", args=[other.pk, row.pk])).status_code == 404
    assert officer.memberships.exists()


def test_a_withdrawn_role_counts_at_once(
    admin: Client, officer: User, signed_in: Callable[..., Client]
) -> None:
    browser = signed_in("institution", "0300")
    assert browser.get(reverse("institutions")).status_code in (200, 302)
    admin.post(reverse("account-withdraw", args=[officer.pk, officer.memberships.get().pk]))
    assert browser.get(reverse("institutions")).status_code == 403


# Suspending, and a lost second factor


def test_an_account_is_suspended_and_opened_again(
    admin: Client,
    officer: User,
    signed_in: Callable[..., Client],
    django_capture_on_commit_callbacks: Any,
) -> None:
    browser = signed_in("institution", "0300")
    way = reverse("account-suspend", args=[officer.pk])
    assert admin.post(way, {"reasons": " "}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(way, {"reasons": "left the service"})
    assert browser.get("/conta/").status_code == 302, "her sessions end"
    told = entry("log-suspended")
    assert told.params == {"email": officer.email, "reasons": "left the service"}
    assert (told.before, told.after) == ("active", "suspended")
    assert mail.outbox[-1].to == [officer.email]
    admin.post(reverse("account-restore", args=[officer.pk]), {"reasons": "came back"})
    officer.refresh_from_db()
    assert officer.is_active
    assert entry("log-restored").after == "active"


def test_a_lost_factor_is_removed_with_reasons(
    admin: Client, officer: User, django_capture_on_commit_callbacks: Any
) -> None:
    TOTP.activate(officer, generate_totp_secret())
    RecoveryCodes.activate(officer)
    way = reverse("account-factor", args=[officer.pk])
    assert admin.post(way, {"reasons": ""}).status_code == 422
    assert Authenticator.objects.filter(user=officer).count() == 2
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(way, {"reasons": "identity card seen"})
    assert not Authenticator.objects.filter(user=officer).exists()
    told = entry("log-factor-taken")
    assert told.before == ["recovery_codes", "totp"]
    assert not LogEntry.objects.filter(code="log-factor-removed").exists()
    assert mail.outbox[-1].to == [officer.email]
    assert admin.post(way, {"reasons": "again"}).status_code == 422


def test_an_administrator_sees_nothing_of_a_candidate(
    admin: Client, open_contest: Any, candidate_of: Callable[..., Any]
) -> None:
    candidate = candidate_of(open_contest, "C1")
    page = admin.get(reverse("account", args=[candidate.user.pk])).content.decode()
    assert candidate.name is None or candidate.name not in page
    for name in ("office", "commission", "institutions"):
        assert admin.get(reverse(name)).status_code == 403


# Tokens


def test_a_token_is_shown_once_and_revoked(admin: Client, contest: Any) -> None:
    until = (timezone.localtime() + timedelta(days=30)).date()
    asked = {
        "name": "Serviços académicos",
        "institution": "0300",
        "scopes": [tokens.PLACEMENTS_READ],
        "until": until.isoformat(),
    }
    page = admin.post(reverse("token-issue"), asked).content.decode()
    found = re.search(r"portaria_[\w-]{43}", page)
    assert found
    token = tokens.authenticate(found[0], "192.0.2.1")
    assert token is not None
    assert token.institution == "0300"
    assert timezone.localtime(token.expires_at - timedelta(seconds=1)).date() == until
    assert found[0] not in admin.get(reverse("tokens")).content.decode()
    assert not ApiToken.objects.filter(digest=found[0]).exists()
    way = reverse("token-revoke", args=[token.pk])
    assert admin.get(way).status_code == 200
    admin.post(way)
    assert tokens.authenticate(found[0], "192.0.2.1") is None
    codes = set(LogEntry.objects.values_list("code", flat=True))
    assert {"log-token-issued", "log-token-revoked"} <= codes
    assert found[0] not in str(list(LogEntry.objects.values_list("params", "before", "after")))


@pytest.mark.parametrize(
    "wrong",
    [{"until": "2001-01-01"}, {"until": "2999-01-01"}, {"scopes": []}, {"scopes": ["all"]},
     {"institution": ""}, {"name": " "}],
)  # fmt: skip
def test_a_token_must_be_bounded(admin: Client, wrong: dict[str, Any]) -> None:
    until = (timezone.localtime() + timedelta(days=30)).date().isoformat()
    asked = {
        "name": "x", "institution": "0300", "scopes": [tokens.PLACEMENTS_READ], "until": until,
    }  # fmt: skip
    assert admin.post(reverse("token-issue"), asked | wrong).status_code == 422
    assert not ApiToken.objects.exists()


# ------------------------------------------------------------------------------------------------
# The language of messages


def test_what_an_officer_does_is_told_in_portuguese_to_whom_it_concerns(
    admin: Client, officer: User, django_capture_on_commit_callbacks: Any
) -> None:
    """Whatever language the officer reads: the page of the officer stays in it."""
    admin.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    asked = {"email": "nova@example.org", "name": "Nova", "role": "office", "institution": ""}
    page = admin.post(reverse("account-invite"), asked).content.decode()
    assert 'lang="en"' in page
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(reverse("account-suspend", args=[officer.pk]), {"reasons": "x"})
    invited, suspended = mail.outbox
    portuguese = catalogue("pt-PT")
    assert portuguese.gettext("An administrator suspended your account.") in suspended.body
    assert "suspended" not in suspended.body
    assert "account" not in invited.subject


def test_what_one_does_oneself_is_told_in_the_language_that_one_reads(client: Client) -> None:
    for language, word in (("en", "address"), ("pt-pt", "endereço")):
        mail.outbox.clear()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        client.post("/conta/password/reset/", {"email": f"{language}@example.org"})
        (message,) = mail.outbox
        assert word in message.body
