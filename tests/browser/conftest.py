"""The real server with its demonstration, and a real Chromium in front of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright", reason="needs Playwright")
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from browser.serving import CHROMIUM, FLAGS, Server, start, stop


@pytest.fixture(scope="session")
def new_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """`new_server("--demo")`: a server with records of its own."""
    servers: list[Server] = []

    def make(*more: str, data: Path | None = None, **environment: str) -> Server:
        folder = data or tmp_path_factory.mktemp("serve") / "data"
        servers.append(start(folder, *more, **environment))
        return servers[-1]

    yield make
    for server in servers:
        if server.process.poll() is None:
            stop(server)


@pytest.fixture(scope="session")
def server(new_server: Callable[..., Server]) -> Server:
    """The demonstration, shared by tests that leave to others what they found."""
    return new_server("--demo")


# For a module, not the session: while it is there a loop of asyncio runs, and Django refuses that.
@pytest.fixture(scope="module")
def playwright_() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(playwright_: Playwright) -> Iterator[Browser]:
    """Debian's Chromium."""
    if not CHROMIUM:
        pytest.skip("needs Chromium")
    browser = playwright_.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """`new_context(width=360)`: another person's browser. No request may leave the machine."""
    contexts: list[BrowserContext] = []
    strays: list[str] = []

    def watch(route: Any) -> None:
        if route.request.url.startswith(("http://localhost:", "http://127.0.0.1:")):
            route.continue_()
        else:
            strays.append(route.request.url)
            route.abort()

    def make(width: int = 1280, height: int = 900, **more: Any) -> BrowserContext:
        context = browser.new_context(viewport={"width": width, "height": height}, **more)
        context.route(lambda url: url.startswith("http"), watch)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert not strays, f"requests left the machine: {strays}"


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """A page at desktop width; console errors and failed scripts fail the test."""
    return new_context().new_page()


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext]) -> Page:
    """A page at the width of a small phone, by touch."""
    return new_context(360, 740, has_touch=True, is_mobile=True).new_page()
