"""An officer of an institution in a real browser: marking, without scripts, by file, on a phone."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="needs Playwright")
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from browser.serving import Server

ROLE = "institution"


@pytest.fixture(scope="module")
def server(new_server: Callable[..., Server]) -> Server:
    """A demonstration of its own: enrolments stay reported."""
    return new_server("--demo")


def open_list(server: Server, page: Page) -> str:
    """Log in and go to the list of those placed, by what the pages show; its address."""
    server.sign_in(page, ROLE)
    page.goto(f"{server.url}/instituicao/")
    page.locator("main .card-link a").first.click()
    page.locator("main .card-link a").first.click()
    expect(page.locator("#marks")).to_be_visible()
    return page.url


def test_a_mark_is_saved_as_it_is_made(server: Server, page: Page) -> None:
    open_list(server, page)
    row = page.locator("#marks tbody tr").first
    row.locator("select").select_option("enrolled")
    expect(row.locator(".marked-kept")).to_be_visible()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        row.locator("input[type=date]").fill("2017-09-12")
        row.locator("input[type=date]").blur()
    page.reload()
    row = page.locator("#marks tbody tr").first
    expect(row.locator("select")).to_have_value("enrolled")
    expect(row.locator("input[type=date]")).to_have_value("2017-09-12")


def test_a_wrong_day_is_told_beside_the_mark(server: Server, page: Page) -> None:
    open_list(server, page)
    row = page.locator("#marks tbody tr").first
    row.locator("select").select_option("enrolled")
    expect(row.locator(".marked-kept")).to_be_visible()
    row.locator("input[type=date]").fill("2999-01-01")
    row.locator("input[type=date]").blur()
    expect(row.locator(".marked-wrong")).to_be_visible()


def test_without_scripts_a_page_is_saved_at_once(
    server: Server, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    open_list(server, page)
    rows = page.locator("#marks tbody tr")
    for number in range(min(rows.count(), 3)):
        rows.nth(number).locator("select").select_option("not-enrolled")
    page.locator("#marks .actions button").click()
    expect(page.locator("#messages .alert-success")).to_be_visible()
    expect(page.locator("#marks tbody tr").first.locator("select")).to_have_value("not-enrolled")


def test_the_list_comes_back_filled_in(server: Server, page: Page, tmp_path: Path) -> None:
    open_list(server, page)
    with page.expect_download() as taken:
        page.locator(".downloads a").first.click()
    path = tmp_path / "lista.csv"
    taken.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    for row in rows:
        row |= {"enrolled": "sim", "enrolled_on": "2017-09-13", "cancelled": ""}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    page.locator("main a[href$='/ficheiro/']").first.click()
    page.set_input_files("input[type=file]", path)
    page.locator("main form[enctype] button[type=submit]").click()
    page.locator("main form:has(input[name=rows]) button[type=submit]").click()
    expect(page.locator("#messages .alert-success")).to_be_visible()
    expect(page.locator("#marks input[type=date]").first).to_have_value("2017-09-13")


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_are_accessible_and_fit(
    server: Server, new_context: Callable[..., BrowserContext], width: int
) -> None:
    page = new_context(width=width).new_page()
    address = open_list(server, page)
    code = "/".join(address.split("/")[:5])
    for path in (
        f"{server.url}/instituicao/",
        f"{code}/",
        address,
        f"{address}matriculas/ficheiro/",
        f"{code}/permutas/",
        f"{code}/recolocacoes/",
        f"{server.url}/api/v1/docs/",
    ):
        assert (answer := page.goto(path)) is not None
        assert answer.ok, path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        found = Axe().run(page).response["violations"]
        assert not found, (path, [(each["id"], each["nodes"][0]["html"]) for each in found])
