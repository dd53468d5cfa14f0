"""Signing up, signing in, and what keeps strangers out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from portaria.web.accounts.models import LogEntry, Membership, User

pytestmark = pytest.mark.django_db

PASSWORD = "a sentence of few words"
LOGIN = "/conta/login/"


@pytest.fixture(autouse=True)
def _mail_in_memory(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("ana@example.org", PASSWORD, name="Ana")


def sign_in(
    browser: Client, email: str = "ana@example.org", password: str = PASSWORD, **more: Any
) -> Any:
    return browser.post(LOGIN, {"login": email, "password": password}, **more)


def inside(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def link_in(message: Any) -> str:
    found = re.search(r"http://testserver(/\S+)", message.body)
    assert found, message.body
    return found[1]


# Signing in


def test_address_and_password_open_the_account(person: User) -> None:
    browser = Client()
    answer = sign_in(browser, "Ana@Example.org")
    assert answer.status_code == 302
    assert inside(browser)
    assert LogEntry.objects.filter(code="log-logged-in", user=person).count() == 1


def test_five_failures_close_an_account_for_a_while(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _try in range(5):
        assert sign_in(Client(), password="something else").status_code == 200
    refused = sign_in(Client())
    assert refused.status_code == 200, "the right password is refused as well"
    assert "alert-error" in refused.content.decode()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 301)
    browser = Client()
    assert sign_in(browser).status_code == 302
    assert inside(browser)


@pytest.mark.parametrize("host", ["127.0.0.1:{}", "localhost:{}", "[::1]:{}"])
def test_failures_count_whatever_the_host_is_called(person: User, host: str, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    for number in range(5):
        sign_in(Client(), password="something else", headers={"host": host.format(8000 + number)})
    browser = Client()
    sign_in(browser, headers={"host": "localhost:9000"})
    assert not inside(browser)


def test_success_between_does_not_wipe_the_count(person: User) -> None:
    for _try in range(4):
        sign_in(Client(), password="something else")
    browser = Client()
    sign_in(browser)
    assert inside(browser)
    sign_in(Client(), password="something else")
    late = Client()
    sign_in(late)
    assert not inside(late)


def test_a_class_signs_in_from_one_address(person: User) -> None:
    """60 accounts from one address within a minute, some with a first mistake."""
    people = [User.objects.create_user(f"c{n}@example.org", PASSWORD) for n in range(60)]
    for number, one in enumerate(people):
        browser = Client(REMOTE_ADDR="192.0.2.7")
        if number % 6 == 0:
            sign_in(browser, one.email, "something else")
        assert sign_in(browser, one.email).status_code == 302, one.email
        assert inside(browser)


def test_one_address_cannot_try_many_accounts(person: User) -> None:
    for number in range(60):
        sign_in(Client(REMOTE_ADDR="192.0.2.8"), f"n{number}@example.org", "something")
    closed, elsewhere = Client(REMOTE_ADDR="192.0.2.8"), Client(REMOTE_ADDR="192.0.2.9")
    sign_in(closed)
    sign_in(elsewhere)
    assert not inside(closed)
    assert inside(elsewhere)


def another_process(data: Path) -> dict[str, str]:
    """The environment of a process that has records of its own."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "portaria.web.settings",
        "PORTARIA_DATA": str(data),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }


def test_failures_count_across_processes(tmp_path: Path) -> None:
    """The count is kept in the database, so that every process of a server sees it."""
    script = tmp_path / "try.py"
    script.write_text(
        "import sys, django\n"
        "django.setup()\n"
        "from portaria.web.installation import prepare\n"
        "from django.test import Client\n"
        "from portaria.web.accounts.models import User\n"
        "def go(password):\n"
        "    browser = Client(headers={'host': 'localhost'})\n"
        f"    browser.post('{LOGIN}', {{'login': 'ana@example.org', 'password': password}})\n"
        "    return '_auth_user_id' in browser.session\n"
        "if sys.argv[1] == 'first':\n"
        "    prepare()\n"
        f"    User.objects.create_user('ana@example.org', '{PASSWORD}')\n"
        f"    assert go('{PASSWORD}')\n"
        "    assert not any([go('something else') for _ in range(5)])\n"
        f"print(go('{PASSWORD}'))\n",
        encoding="utf-8",
    )
    own = another_process(tmp_path / "data")
    for turn in ("first", "second"):
        done = subprocess.run(
            [sys.executable, str(script), turn],
            env=own,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout.strip() == "False", done.stderr


def test_sign_in_does_not_tell_which_addresses_exist(person: User) -> None:
    known = sign_in(Client(), password="something else").content.decode()
    unknown = sign_in(Client(), "nobody@example.org", "something else").content.decode()
    assert plain(known).replace("ana@", "nobody@") == plain(unknown)


def plain(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


def test_the_session_is_a_new_one(person: User) -> None:
    browser = Client()
    browser.get(LOGIN)
    session = browser.session
    session["planted"] = "by somebody else"
    session.save()
    browser.cookies["sessionid"] = session.session_key
    sign_in(browser)
    assert inside(browser)
    assert browser.session.session_key != session.session_key


def test_the_cookies_are_closed_to_scripts(person: User, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    browser = Client()
    sign_in(browser)
    cookie = browser.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["secure"]
    assert cookie["expires"] == "", "it ends with the browser"


def test_secure_cookies_come_with_https(tmp_path: Path) -> None:
    own = another_process(tmp_path) | {"PORTARIA_ORIGINS": "https://acesso.example"}
    asked = (
        "from django.conf import settings as s; print(s.SESSION_COOKIE_SECURE, "
        "s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0, s.ALLAUTH_TRUSTED_PROXY_COUNT)"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked], env=own, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "True", "True", "1"]


def test_another_host_name_is_refused(person: User) -> None:
    browser = Client()
    asked = {"email": person.email}
    forged = {"host": "evil.example"}
    answer = browser.post(reverse("account_reset_password"), asked, headers=forged)
    assert answer.status_code == 400
    assert not mail.outbox


@pytest.mark.parametrize(
    "goal", ["https://evil.example/", "//evil.example/", "https:evil.example", "javascript:x()"]
)
def test_no_way_leads_elsewhere_after_signing_in(person: User, goal: str) -> None:
    browser = Client()
    answer = browser.post(LOGIN, {"login": person.email, "password": PASSWORD, "next": goal})
    assert answer["Location"] == "/"
    answer = browser.post(reverse("account_logout"), {"next": goal})
    assert answer["Location"] == "/"
    answer = browser.post(reverse("set_language"), {"language": "en", "next": goal})
    assert answer["Location"] == "/"


def test_who_must_sign_in_goes_on_to_the_page_asked_for(person: User) -> None:
    browser = Client()
    door = browser.get("/conta/")["Location"]
    assert door == "/conta/login/?next=/conta/"
    assert 'name="next" value="/conta/"' in browser.get(door).content.decode()
    answer = browser.post(LOGIN, {"login": person.email, "password": PASSWORD, "next": "/conta/"})
    assert answer["Location"] == "/conta/"


def test_forms_need_their_token(person: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert sign_in(browser).status_code == 403


def test_a_suspended_account_is_told_calmly_and_its_sessions_end(person: User) -> None:
    browser = Client()
    sign_in(browser)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert browser.get("/conta/").status_code == 302
    assert sign_in(Client())["Location"] == reverse("account_inactive")


def test_signing_out_needs_a_form(person: User) -> None:
    browser = Client()
    sign_in(browser)
    assert browser.get(reverse("account_logout")).status_code == 200
    assert inside(browser)
    browser.post(reverse("account_logout"))
    assert not inside(browser)


# Signing up


def sign_up(browser: Client, email: str, password: str = PASSWORD) -> Any:
    data = {"email": email, "password1": password, "password2": password}
    return browser.post(reverse("account_signup"), data)


def test_a_new_account_opens_once_its_address_is_confirmed() -> None:
    browser = Client()
    answer = sign_up(browser, "nova@example.org")
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert not inside(browser)
    assert sign_in(Client(), "nova@example.org")["Location"] == answer["Location"]
    way = link_in(mail.outbox[0])
    assert "Confirme" in mail.outbox[0].subject or "Confirm" in mail.outbox[0].subject
    assert browser.get(way).status_code == 200
    assert not EmailAddress.objects.get().verified, "a link that is only looked at confirms nothing"
    browser.post(way)
    assert EmailAddress.objects.get().verified
    assert inside(browser)
    later = Client()
    assert sign_in(later, "nova@example.org").status_code == 302
    assert inside(later)
    assert later.get("/conta/").status_code == 200


def test_a_known_address_is_answered_alike(person: User) -> None:
    known, unknown = Client(), Client()
    first, second = sign_up(known, person.email), sign_up(unknown, "nova@example.org")
    assert first["Location"] == second["Location"]
    pages = [one.get(first["Location"]).content.decode() for one in (known, unknown)]
    assert plain(pages[0]).replace("ana@", "nova@") == plain(pages[1])
    assert len(mail.outbox) == 2
    assert reverse("account_reset_password") in mail.outbox[0].body
    assert User.objects.count() == 2
    assert not inside(known)
    assert sign_in(Client(), person.email).status_code == 302


def test_an_address_that_another_only_wishes_for_is_free(person: User) -> None:
    """Somebody who writes my address into her account cannot keep me from mine."""
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    EmailAddress.objects.create(user=person, email="me@example.org", verified=False)
    sign_up(Client(), "me@example.org")
    assert User.objects.filter(email="me@example.org").exists()
    mail.outbox.clear()
    Client().post(reverse("account_reset_password"), {"email": "me@example.org"})
    (message,) = mail.outbox
    mine = User.objects.get(email="me@example.org")
    page = Client().get(link_in(message), follow=True)
    assert page.status_code == 200
    assert "/key/" + to_36(mine.pk) + "-" in link_in(message)


def to_36(number: int) -> str:
    from django.utils.http import int_to_base36

    return int_to_base36(number)


@pytest.mark.parametrize("password", ["short", "password1234", "nova@example.org", "1234567890"])
def test_weak_passwords_are_refused(password: str) -> None:
    answer = sign_up(Client(), "nova@example.org", password)
    assert answer.status_code == 200
    assert not User.objects.exists()


def test_who_used_a_code_is_not_held_up(
    open_contest: Any, candidate_of: Callable[..., Any]
) -> None:
    """A record joined by its code opens, whether or not a message has arrived."""
    user = candidate_of(open_contest, "C1").user
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    browser = Client()
    sign_in(browser, user.email)
    assert inside(browser)


# A forgotten password, another address


def test_a_forgotten_password(person: User) -> None:
    held = Client()
    sign_in(held)
    answer = Client().post(reverse("account_reset_password"), {"email": person.email})
    assert answer["Location"] == reverse("account_reset_password_done")
    browser = Client()
    way = link_in(mail.outbox[0])
    page = browser.get(way)
    assert page.status_code == 302, "the key does not stay in the address"
    new = {"password1": "another sentence", "password2": "another sentence"}
    browser.post(page["Location"], new)
    assert not inside(browser)
    assert held.get("/conta/").status_code == 302, "other sessions end"
    sign_in(browser, password="another sentence")
    assert inside(browser)
    assert "password1" not in Client().get(way, follow=True).content.decode(), "it serves once"
    assert LogEntry.objects.filter(code="log-password-changed", user=person).exists()
    assert mail.outbox[-1].to == [person.email], "she is told"


def test_a_reset_does_not_tell_which_addresses_exist(person: User) -> None:
    known = Client().post(reverse("account_reset_password"), {"email": person.email}, follow=True)
    unknown = Client().post(
        reverse("account_reset_password"), {"email": "n@example.org"}, follow=True
    )
    assert plain(known.content.decode()) == plain(unknown.content.decode())
    assert len(mail.outbox) == 2


def test_five_messages_an_hour_for_an_address(person: User) -> None:
    answers = [
        Client().post(reverse("account_reset_password"), {"email": person.email}).status_code
        for _try in range(6)
    ]
    assert answers == [302] * 5 + [429]
    assert len(mail.outbox) == 5


def test_a_mail_server_that_is_away_is_told(person: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = Client().post(reverse("account_reset_password"), {"email": person.email}, follow=True)
    assert answer.status_code == 200
    assert "alert-error" in answer.content.decode()


def test_another_address_counts_once_confirmed(person: User) -> None:
    browser = Client()
    sign_in(browser)
    asked = {"email": "new@example.org", "action_add": "1"}
    answer = browser.post(reverse("account_email"), asked)
    assert reverse("account_reauthenticate") in answer["Location"], (
        "the password is asked for again"
    )
    browser.post(answer["Location"], {"password": PASSWORD})
    browser.post(reverse("account_email"), asked)
    assert "new@example.org" in browser.get("/conta/").content.decode()
    assert User.objects.get().email == person.email
    (message,) = mail.outbox
    assert message.to == ["new@example.org"]
    browser.post(link_in(message))
    assert User.objects.get().email == "new@example.org"
    assert mail.outbox[-1].to == [person.email], "the former address is told"
    entry = LogEntry.objects.get(code="log-email-changed")
    assert (entry.before, entry.after) == (person.email, "new@example.org")


def test_the_address_of_another_is_answered_alike_and_not_taken(person: User) -> None:
    User.objects.create_user("other@example.org", PASSWORD)
    browser = Client()
    sign_in(browser)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    browser.post(reverse("account_email"), {"email": "other@example.org", "action_add": "1"})
    assert not EmailAddress.objects.filter(user=person, email="other@example.org").exists()
    assert mail.outbox[-1].to == ["other@example.org"]


def test_a_password_is_changed_by_the_former(person: User) -> None:
    here, there = Client(), Client()
    sign_in(here)
    sign_in(there)
    new = {"password1": "another sentence", "password2": "another sentence"}
    way = reverse("account_change_password")
    assert here.post(way, {"oldpassword": "wrong one", **new}).status_code == 200
    assert here.post(way, {"oldpassword": PASSWORD, **new}).status_code == 302
    assert here.get("/conta/").status_code == 200
    assert there.get("/conta/").status_code == 302, "other sessions end"


# One's own page


def test_the_own_page_shows_roles_and_keeps_a_name(person: User) -> None:
    Membership.objects.create(user=person, role="institution", institution="0300")
    browser = Client()
    sign_in(browser)
    page = browser.get("/conta/").content.decode()
    assert "0300" in page
    assert person.email in page
    browser.post("/conta/", {"name": "Ana Maria"})
    person.refresh_from_db()
    assert person.name == "Ana Maria"
    entry = LogEntry.objects.get(code="log-name-changed")
    assert (entry.before, entry.after) == ("Ana", "Ana Maria")
    browser.post("/conta/", {"name": "<script>x</script>"})
    assert "<script>x" not in browser.get("/conta/").content.decode()


def test_only_candidates_are_led_to_their_data(signed_in: Callable[..., Client]) -> None:
    assert reverse("candidate-data") in signed_in("candidate").get("/conta/").content.decode()
    assert reverse("candidate-data") not in signed_in("office").get("/conta/").content.decode()


def test_pages_of_the_service_are_open_to_everybody() -> None:
    for name in ("privacy", "accessibility"):
        assert Client().get(reverse(name)).status_code == 200


def test_nothing_of_an_account_is_kept_by_caches(person: User) -> None:
    browser = Client()
    sign_in(browser)
    for way in ("/conta/", LOGIN, reverse("mfa_index")):
        assert "no-store" in browser.get(way)["Cache-Control"]


def test_addresses_of_allauth_that_are_not_used_stay_closed(person: User) -> None:
    browser = Client()
    sign_in(browser)
    for way in ("/conta/login/code/confirm/", "/conta/social/connections/"):
        assert browser.get(way).status_code == 404
