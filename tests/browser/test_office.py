"""The office and the director in a real browser, with the real worker beside the server."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

SMALL = Path(__file__).parents[2] / "examples" / "contest"


def tables() -> bytes:
    """The small example contest as one ZIP."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path in SMALL.iterdir():
            archive.write(path, f"contest/{path.name}")
    return content.getvalue()


def hand_in(page: Page, server: Any, title: str, content: bytes) -> None:
    page.goto(f"{server.url}/gabinete/novo/")
    page.fill("input[name=title]", title)
    file = {"name": "contest.zip", "mimeType": "application/zip", "buffer": content}
    page.set_input_files("input[name=tables]", file)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/gabinete/planos/*/")


def wait_for(page: Page, selector: str) -> None:
    """Until the worker has done it, with scripts (which ask) or without (the reader reloads)."""
    for _time in range(60):
        if page.locator(selector).count():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"{selector} never came:\n{page.inner_text('main')}")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_contest_is_made_from_its_tables(
    server: Any, new_context: Callable[..., BrowserContext], scripts: bool
) -> None:
    page = new_context(java_script_enabled=scripts).new_page()
    server.sign_in(page, "office")
    title = f"Concurso do gabinete {'com' if scripts else 'sem'} scripts"
    hand_in(page, server, title, tables())
    wait_for(page, "a[href$='/aplicar/']")
    page.click("a[href$='/aplicar/']")
    page.click("main form.confirm button[type=submit]")
    wait_for(page, "main .alert-success a[href*='/gabinete/']")
    page.click("main .alert-success a[href*='/gabinete/']")
    expect(page.locator("h1")).to_have_text(title)


def test_the_progress_bar_gives_way_by_itself(server: Any, page: Page) -> None:
    server.sign_in(page, "office")
    hand_in(page, server, "Concurso observado", tables())
    expect(page.locator("a[href$='/aplicar/']")).to_be_visible(timeout=30_000)


def test_what_is_wrong_with_a_table_is_shown_where_it_is(server: Any, phone: Page) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(tables())) as good, zipfile.ZipFile(content, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, good.read(name).replace(b"C1,19,,181", b"C1,19,,501"))
    server.sign_in(phone, "office")
    hand_in(phone, server, "Concurso errado", content.getvalue())
    wait_for(phone, "a[href$='/problems.csv']")
    shown = phone.locator("table:has(#problems-caption)")
    expect(shown).to_contain_text("exams.csv")
    with phone.expect_download() as download:
        phone.click("a[href$='/problems.csv']")
    assert b"501" in Path(download.value.path()).read_bytes()


def test_a_published_result_is_verified_on_the_screen(server: Any, page: Page) -> None:
    server.sign_in(page, "director")
    page.goto(f"{server.url}/direcao/")
    page.click("main article a")
    page.click("form[action$='/verificar/'] button")
    page.wait_for_url(re.compile(r"/resultados/\d+/$"))
    expect(page.locator("main .alert-success")).to_be_visible(timeout=60_000)


def test_the_public_list_is_searched_by_name(server: Any, phone: Page) -> None:
    phone.goto(server.url)
    phone.click("article a[href*='2016']")
    phone.click("a[href$='/resultados/']")
    first = phone.locator("table tbody tr th").first.inner_text()
    phone.fill("input[name=q]", first.upper())
    phone.click("form[role=search] button")
    expect(phone.locator("table tbody tr th").first).to_have_text(first)
    assert "apos" not in phone.url
