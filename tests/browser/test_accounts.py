"""One's own account, administration and the log in a real browser: drawn, checked, used."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("axe_playwright_python", reason="needs axe")
from axe_playwright_python.sync_playwright import Axe
from one_time import code
from playwright.sync_api import Page, expect

PUBLIC = (
    "/conta/login/", "/conta/signup/", "/conta/password/reset/", "/conta/password/reset/done/",
    "/conta/password/reset/key/1-no-link/", "/conta/password/reset/key/done/",
    "/conta/confirm-email/", "/conta/confirm-email/no/", "/conta/inactive/",
    "/conta/3rdparty/login/cancelled/", "/conta/3rdparty/login/error/",
    "/privacidade/", "/acessibilidade/",
)  # fmt: skip
OWN = (
    "/conta/", "/conta/logout/", "/conta/password/change/", "/conta/email/",
    "/conta/reauthenticate/", "/conta/2fa/", "/conta/3rdparty/",
)  # fmt: skip
ADMINISTRATION = (
    "/contas/", "/contas/convidar/", "/contas/chaves/", "/contas/chaves/nova/", "/registo/",
)  # fmt: skip


def check(page: Page, address: str) -> None:
    """No fault that axe finds, and nothing wider than the screen."""
    found = Axe().run(page)
    assert found.violations_count == 0, f"{address}: {found.generate_report()}"
    width, whole = page.evaluate(
        "[document.documentElement.clientWidth, document.documentElement.scrollWidth]"
    )
    assert whole <= width, f"{address} is {whole} wide on a screen of {width}"
    assert page.locator("h1").count() == 1, address


def each(page: Page, server: Any, addresses: tuple[str, ...]) -> None:
    for address in addresses:
        page.goto(server.url + address)
        check(page, address)


def test_pages_before_signing_in(server: Any, page: Page, phone: Page) -> None:
    each(page, server, PUBLIC)
    each(phone, server, PUBLIC)


def test_pages_of_an_account(server: Any, page: Page, phone: Page) -> None:
    for one in (page, phone):
        server.sign_in(one, "candidate")
        each(one, server, OWN)


def test_pages_of_administrators(server: Any, page: Page, phone: Page) -> None:
    for one in (page, phone):
        server.sign_in(one, "administrator")
        each(one, server, ADMINISTRATION)
        one.goto(server.url + "/contas/?q=gabinete")
        one.click("main table a")
        check(one, "an account")
        for way in ("suspender", "segundo-fator"):
            one.goto(one.url.split("/contas/")[0] + account_of(one) + way + "/")
            check(one, way)
            one.go_back()


def account_of(page: Page) -> str:
    """The path of the account on the screen."""
    found = re.search(r"/contas/\d+/", page.url)
    assert found, page.url
    return found[0]


def test_a_form_that_comes_back_says_what_is_wrong(server: Any, page: Page) -> None:
    page.goto(server.url + "/conta/signup/")
    page.fill("input[name=email]", "no address")
    page.fill("input[name=password1]", "short")
    page.fill("input[name=password2]", "other")
    page.click("main form.form button[type=submit]")
    expect(page.locator(".error-summary")).to_be_focused()
    check(page, "a wrong sign-up")
    page.click(".error-summary a >> nth=0")
    expect(page.locator("input[name=email]")).to_be_focused()


def test_sign_up_without_scripts(server: Any, new_context: Any, data_folder: Path) -> None:
    page = new_context(java_script_enabled=False).new_page()
    email = f"nova{time.time_ns()}@example.org"
    page.goto(server.url + "/conta/signup/")
    page.fill("input[name=email]", email)
    for name in ("password1", "password2"):
        page.fill(f"input[name={name}]", "a sentence of few words")
    page.click("main form.form button[type=submit]")
    page.goto(link_to(data_folder, email))
    page.click("main form button[type=submit]")
    page.goto(server.url + "/conta/")
    assert email in page.content()


@pytest.fixture
def data_folder(server: Any) -> Path:
    folder: Path = server.data
    return folder


def link_to(data: Path, email: str) -> str:
    """The link of the newest message to an address, from the folder of messages."""
    for path in sorted((data / "messages").iterdir(), key=lambda one: -one.stat().st_mtime_ns):
        text = path.read_text(encoding="utf-8")
        found = re.search(r"http://\S+/conta/\S+", text)
        if f"To: {email}" in text and found:
            return found[0]
    raise AssertionError(f"no message to {email}")


def test_invited_then_a_second_factor(server: Any, new_context: Any, data_folder: Path) -> None:
    """An administrator invites; the person opens the account and protects it with her phone."""
    page = new_context().new_page()
    server.sign_in(page, "administrator")
    email = f"pessoa{time.time_ns()}@example.org"
    page.goto(server.url + "/contas/convidar/")
    page.fill("input[name=email]", email)
    page.select_option("select[name=role]", "auditor")
    page.click("main form.form button[type=submit]")
    way = page.locator("main code").inner_text()
    check(page, "the invitation")
    assert way == link_to(data_folder, email)

    phone = new_context(360, 740, has_touch=True, is_mobile=True).new_page()
    phone.goto(way)
    check(phone, "choosing a password")
    password = "a sentence of few words"
    for name in ("password1", "password2"):
        phone.fill(f"input[name={name}]", password)
    phone.click("main form.form button[type=submit]")
    phone.goto(server.url + "/conta/login/?next=/registo/")
    phone.fill("input[name=login]", email)
    phone.fill("input[name=password]", password)
    phone.click("main form.form button[type=submit]")
    phone.wait_for_url("**/registo/")
    check(phone, "the log")

    phone.goto(server.url + "/conta/2fa/totp/activate/")
    phone.fill("input[name=password]", password)
    phone.click("main form.form button[type=submit]")
    check(phone, "adding a factor")
    assert phone.locator("main img").evaluate("image => image.naturalWidth") > 0
    phone.click("main summary")
    secret = phone.locator("main code").inner_text()
    phone.fill("input[name=code]", code(secret))
    phone.click("main form.form button[type=submit]")
    check(phone, "recovery codes")
    expect(phone.locator("main code")).to_have_count(10)
    phone.goto(server.url + "/conta/2fa/")
    check(phone, "the second factor")

    other = new_context().new_page()
    other.goto(server.url + "/conta/login/")
    other.fill("input[name=login]", email)
    other.fill("input[name=password]", password)
    other.click("main form.form button[type=submit]")
    check(other, "the code at a log-in")
    other.fill("input[name=code]", code(secret, 1))
    other.click("main form.form button[type=submit]")
    other.wait_for_url(lambda url: "/2fa/" not in url)


def test_the_log_is_searched_and_taken_away(server: Any, page: Page) -> None:
    server.sign_in(page, "auditor")
    page.goto(server.url + "/registo/")
    page.select_option("select[name=kind]", "log-published")
    page.click("main form button[type=submit]")
    expect(page.locator("main tbody tr")).to_have_count(1)
    with page.expect_download() as taken:
        page.click("main a[download]")
    assert taken.value.suggested_filename.endswith(".csv")
    assert Path(taken.value.path()).read_bytes().count(b"\r\n") == 2
