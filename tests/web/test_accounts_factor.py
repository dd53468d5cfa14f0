"""The second factor: added, asked for, lost, removed. Codes are computed from the secret."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from one_time import code

from portaria.web.accounts.models import LogEntry, User
from portaria.web.accounts.sealing import opened, sealed

pytestmark = pytest.mark.django_db

PASSWORD = "a sentence of few words"


@pytest.fixture(autouse=True)
def _mail_in_memory(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("ana@example.org", PASSWORD, name="Ana")


def sign_in(browser: Client, password: str = PASSWORD) -> Any:
    return browser.post("/conta/login/", {"login": "ana@example.org", "password": password})


def inside(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def added(browser: Client) -> tuple[str, list[str]]:
    """Add a factor as on the screen; its secret, and the recovery codes."""
    sign_in(browser)
    page = browser.get(reverse("mfa_activate_totp"))
    assert reverse("account_reauthenticate") in page["Location"], "the password is asked for again"
    browser.post(page["Location"], {"password": PASSWORD})
    shown = browser.get(reverse("mfa_activate_totp")).content.decode()
    assert 'src="data:image/svg+xml;base64,' in shown
    found = re.search(r"<code>([A-Z2-7]{32})</code>", shown)
    assert found
    wrong = browser.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert wrong.status_code == 200
    done = browser.post(reverse("mfa_activate_totp"), {"code": code(found[1])})
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    codes = re.findall(r"<code>(\d{8})</code>", browser.get(done["Location"]).content.decode())
    assert len(codes) == 10
    return found[1], codes


def test_the_whole_way(person: User) -> None:
    first = Client()
    secret, codes = added(first)
    assert told() == ["log-factor-added", "log-codes-made"]
    browser = Client()
    answer = sign_in(browser)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not inside(browser)
    assert browser.get("/conta/").status_code == 302, "the password alone opens nothing"
    assert browser.post(answer["Location"], {"code": "000000"}).status_code == 200
    assert not inside(browser)
    browser.post(answer["Location"], {"code": code(secret)})
    assert inside(browser)
    assert told()[2:] == ["log-factor-failed"]

    by_code = Client()
    sign_in(by_code)
    by_code.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert inside(by_code)
    assert told()[3:] == ["log-code-used"]
    again = Client()
    sign_in(again)
    again.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert not inside(again), "a recovery code serves once"


def told() -> list[str]:
    """The codes of the log about factors, in order."""
    rows = LogEntry.objects.filter(code__regex="factor|code").order_by("id")
    return [row.code for row in rows]


def test_a_code_that_was_used_does_not_serve_again(person: User) -> None:
    secret, _codes = added(Client())
    used = code(secret, 1)  # the clock of a phone may run ahead a little
    first, second = Client(), Client()
    for browser in (first, second):
        sign_in(browser)
        browser.post(reverse("mfa_authenticate"), {"code": used})
    assert inside(first)
    assert not inside(second)


def test_five_wrong_codes_close_the_door_for_a_while(person: User) -> None:
    secret, _codes = added(Client())
    browser = Client()
    sign_in(browser)
    for _try in range(5):
        browser.post(reverse("mfa_authenticate"), {"code": "000000"})
    browser.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert not inside(browser)


def test_it_is_removed_after_confirming(person: User) -> None:
    browser = Client()
    secret, _codes = added(browser)
    browser.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=person).exists()
    assert told()[-1] == "log-factor-removed"
    other = Client()
    sign_in(other)
    assert inside(other)
    assert secret


def test_a_stolen_session_does_not_remove_it(person: User) -> None:
    secret, _codes = added(Client())
    stolen = Client()
    sign_in(stolen)
    stolen.post(reverse("mfa_authenticate"), {"code": code(secret, 1)})
    assert inside(stolen)
    stolen.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=person, type="totp").exists()
    assert stolen.get(reverse("mfa_download_recovery_codes")).status_code == 302


def test_new_recovery_codes_replace_the_former(person: User) -> None:
    browser = Client()
    _secret, codes = added(browser)
    assert browser.get(reverse("mfa_generate_recovery_codes")).status_code == 200
    browser.post(reverse("mfa_generate_recovery_codes"))
    answer = browser.get(reverse("mfa_download_recovery_codes"))
    new = answer.content.decode().split()
    assert len(new) == 10
    assert not set(new) & set(codes)
    assert "attachment" in answer["Content-Disposition"]
    page = browser.get(reverse("mfa_index")).content.decode()
    assert "10" in page
    assert told()[-1] == "log-codes-made"


def test_an_address_that_is_not_confirmed_gets_no_factor(person: User) -> None:
    """Whoever signs up with another's address could otherwise lock her out."""
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)
    browser = Client()
    browser.force_login(person)
    assert browser.get(reverse("mfa_activate_totp"))["Location"] == reverse("mfa_index")
    assert "alert-error" in browser.get(reverse("mfa_index")).content.decode()


def test_the_factor_can_confirm_in_place_of_the_password(person: User) -> None:
    secret, _codes = added(Client())
    cache.clear()
    browser = Client()
    sign_in(browser)
    browser.post(reverse("mfa_authenticate"), {"code": code(secret)})
    page = browser.get(reverse("account_reauthenticate")).content.decode()
    assert reverse("mfa_reauthenticate") in page
    assert browser.get(reverse("mfa_reauthenticate")).status_code == 200
    cache.clear()
    browser.post(reverse("mfa_reauthenticate"), {"code": code(secret, 1)})
    assert browser.get(reverse("mfa_deactivate_totp")).status_code == 200


def test_the_secrets_are_sealed_in_the_database(person: User) -> None:
    secret, codes = added(Client())
    kept = " ".join(str(row.data) for row in Authenticator.objects.filter(user=person))
    assert secret not in kept
    assert not any(each in kept for each in codes)
    rows = {str(row.type): row.data for row in Authenticator.objects.filter(user=person)}
    assert opened(rows["totp"]["secret"]) == secret
    assert opened(rows["recovery_codes"]["seed"]) != rows["recovery_codes"]["seed"]


def test_with_another_key_no_code_opens_the_account(person: User, settings: Any) -> None:
    """A database that is restored without its key: told as a wrong code, and logged."""
    secret, codes = added(Client())
    cache.clear()
    settings.SECRET_KEY = "another"
    browser = Client()
    ask = sign_in(browser)["Location"]
    for tried in (code(secret), code(secret, 1), codes[0]):
        assert browser.post(ask, {"code": tried}).status_code == 200
    assert not inside(browser)


def test_what_is_sealed_comes_back_with_the_same_key_alone(settings: Any) -> None:
    text = sealed("JBSWY3DPEHPK3PXP")
    assert opened(text) == "JBSWY3DPEHPK3PXP"
    assert sealed("JBSWY3DPEHPK3PXP") != text
    settings.SECRET_KEY = "another"
    assert opened(text) != opened(text), "a secret that nobody knows"
