"""Logging in through a real provider: another process, the whole way of redirects."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from portaria.core.errors import ConfigurationError
from portaria.web.accounts.models import LogEntry, Membership, User
from portaria.web.configuration import identity_providers
from web.oidc_provider import CLIENT, PASSWORD, SECRET

pytestmark = pytest.mark.django_db

CALLBACK = "http://testserver/conta/oidc/uni/login/callback/"
BEGIN = "/conta/oidc/uni/login/?process=login"


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a provider that runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("provider")
    script = Path(__file__).with_name("oidc_provider.py")
    command = [sys.executable, str(script), str(port), str(folder), CALLBACK]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.fixture
def configured(
    provider: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> Callable[..., str]:
    """The installation with that provider, read from its file."""

    def make(**more: Any) -> str:
        lines = {
            "id": "uni", "name": "Universidade de exemplo", "client_id": CLIENT,
            "secret": SECRET, "server_url": provider,
        }  # fmt: skip
        file = tmp_path / "providers.toml"
        text = "".join(f'{name} = "{value}"\n' for name, value in lines.items())
        text += 'domains = ["uni.example", "example.org"]\n'
        file.write_text(f"[[provider]]\n{text}", encoding="utf-8")
        monkeypatch.setenv("OIDC_CONFIG", str(file))
        apps = identity_providers()
        apps[0]["settings"] |= more
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": apps}}
        return provider

    make()
    return make


def at_the_provider(address: str, person: str) -> str:
    """Log in there as a browser would; the address to which it sends back."""
    browser = requests.Session()
    page = browser.get(address, timeout=10)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token, page.text
    answer = browser.post(
        page.url,
        data={
            "login": person,
            "password": PASSWORD,
            "csrfmiddlewaretoken": token[1],
            "next": f"{urlsplit(address).path}?{urlsplit(address).query}",
        },
        allow_redirects=False,
        timeout=10,
    )
    for _step in range(5):
        goal = requests.compat.urljoin(page.url, answer.headers["Location"])
        if goal.startswith(CALLBACK):
            return goal
        answer = browser.get(goal, allow_redirects=False, timeout=10)
    raise AssertionError("the provider does not send back")


def come_back(browser: Client, person: str, begin: str = BEGIN) -> Any:
    """The whole way; the answer to the browser that comes back."""
    gone = browser.post(begin)
    assert gone.status_code == 302, gone.status_code
    back = at_the_provider(gone["Location"], person)
    return browser.get(back.removeprefix("http://testserver"))


def officer() -> User:
    user = User.objects.create_user("known@uni.example", None, name="Serviços académicos")
    Membership.objects.create(user=user, role="institution", institution="0300")
    return user


def test_a_confirmed_address_opens_the_account_with_its_roles(configured: Any) -> None:
    user = officer()
    browser = Client()
    answer = come_back(browser, "known", BEGIN + "&next=/conta/")
    assert answer.status_code == 302
    assert answer["Location"] == "/conta/"
    assert browser.session["_auth_user_id"] == str(user.pk)
    assert "0300" in browser.get("/conta/").content.decode()
    entry = LogEntry.objects.get(code="log-logged-in-through")
    assert entry.user == user
    assert entry.params == {"provider": "uni"}


def test_an_unknown_address_is_refused_calmly_and_nothing_is_made(configured: Any) -> None:
    browser = Client()
    answer = come_back(browser, "stranger")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Universidade de exemplo" in page
    assert reverse("account_login") in page
    assert "_auth_user_id" not in browser.session
    assert not User.objects.exists()
    assert not SocialAccount.objects.exists()
    entry = LogEntry.objects.get(code="log-provider-refused")
    assert entry.params["email"] == "stranger@uni.example"


def test_an_address_that_the_provider_did_not_confirm_is_refused(configured: Any) -> None:
    User.objects.create_user("unsure@uni.example", None)
    browser = Client()
    assert come_back(browser, "unsure").status_code == 403
    assert "_auth_user_id" not in browser.session
    assert User.objects.count() == 1


def test_a_provider_answers_only_for_its_domains(configured: Any) -> None:
    officer()
    configured(domains=["other.example"])
    browser = Client()
    assert come_back(browser, "known").status_code == 403
    configured(domains=["UNI.example"])
    assert come_back(browser, "known").status_code == 302
    assert "_auth_user_id" in browser.session


def test_the_second_factor_is_asked_for_all_the_same(configured: Any) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(officer(), generate_totp_secret())
    browser = Client()
    answer = come_back(browser, "known")
    assert answer["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in browser.session


def test_a_suspended_account_stays_closed(configured: Any) -> None:
    user = officer()
    user.is_active = False
    user.save()
    browser = Client()
    assert come_back(browser, "known")["Location"] == reverse("account_inactive")
    assert "_auth_user_id" not in browser.session


def test_who_took_an_address_before_its_owner_loses_the_password(configured: Any) -> None:
    """An account made by a sign-up that nobody confirmed is not shared with who made it."""
    squatter = User.objects.create_user("known@uni.example", "a password of another")
    EmailAddress.objects.create(user=squatter, email=squatter.email, primary=True, verified=False)
    come_back(Client(), "known")
    squatter.refresh_from_db()
    assert not squatter.has_usable_password()


def test_an_account_of_another_address_can_be_connected(configured: Any) -> None:
    user = User.objects.create_user("private@example.org", "a long enough password")
    browser = Client()
    browser.force_login(user)
    browser.post(reverse("account_reauthenticate"), {"password": "a long enough password"})
    begin = BEGIN.replace("=login", "=connect")
    answer = come_back(browser, "stranger", begin)
    assert answer["Location"] == reverse("socialaccount_connections"), answer.content
    assert "Universidade de exemplo" in browser.get(answer["Location"]).content.decode()
    assert LogEntry.objects.filter(code="log-provider-added", user=user).exists()
    again = Client()
    come_back(again, "stranger")
    assert again.session["_auth_user_id"] == str(user.pk)


def test_a_forged_answer_opens_nothing(configured: Any) -> None:
    officer()
    browser = Client()
    back = at_the_provider(browser.post(BEGIN)["Location"], "known")
    stranger = Client()
    answer = stranger.get(back.removeprefix("http://testserver"))
    assert answer.status_code in (200, 401, 403)
    assert "_auth_user_id" not in stranger.session


def test_the_page_to_sign_in_has_its_button_and_forms_may_lead_there(configured: Any) -> None:
    answer = Client().get(reverse("account_login"))
    assert 'action="/conta/oidc/uni/login/?process=login"' in answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert f"form-action 'self' {configured()};" in policy
    shown = Client().get(BEGIN)
    assert shown.status_code == 200, "a link alone begins no log-in"


def test_a_provider_that_does_not_answer_is_told_calmly(configured: Any, settings: Any) -> None:
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    apps[0]["settings"]["server_url"] = "http://127.0.0.1:9"
    answer = Client().post(BEGIN)
    assert answer.status_code == 503
    assert reverse("account_login") in answer.content.decode()
    assert Client().post("/conta/oidc/other/login/").status_code == 404


def test_a_file_that_cannot_be_used_says_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "providers.toml"
    file.write_text('[[provider]]\nid = "uni"\n', encoding="utf-8")
    monkeypatch.setenv("OIDC_CONFIG", str(file))
    with pytest.raises(ConfigurationError, match="client_id, secret, server_url and domains"):
        identity_providers()
