"""Two candidates at the deadline, each in her own browser: one in time, one too late."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("playwright", reason="needs Playwright")
from playwright.sync_api import BrowserContext, expect

from browser.test_candidate import add, crowd_of, received, run


def test_the_last_second(
    tmp_path_factory: pytest.TempPathFactory,
    new_server: Callable[..., Any],
    new_context: Callable[..., BrowserContext],
) -> None:
    crowd = crowd_of(tmp_path_factory, new_server, 2)
    pages = []
    for _person in range(2):
        context = new_context()
        crowd.enter(context)
        page = context.new_page()
        page.goto(crowd.form)
        add(page, 0, 1)
        expect(page.locator("#preview .preview-option")).to_have_count(2)
        pages.append(page)
    first, second = pages
    end = float(run("closing.py", crowd.server.data, "4"))

    time.sleep(max(0.0, end - time.time()))
    first.click("#hand-in")
    assert len(received(first)) == 2, "the second that closes counts whole"

    time.sleep(max(0.0, end + 1.1 - time.time()))
    second.click("#hand-in")
    expect(second.locator("#problem")).to_be_visible()
    expect(second.locator("#application")).to_have_count(0)
    expect(second.locator(".state-warning").first).to_be_visible()
    second.goto(f"{crowd.form}recibos/")
    assert second.locator("main .table tbody tr th a").count() == 0

    # What stands is still there to read, and cannot be changed.
    first.goto(crowd.form)
    expect(first.locator(".standing-list li")).to_have_count(2)
    expect(first.locator("#application")).to_have_count(0)
