"""Pictures of every screen of the web application, at phone and desktop width.

    .venv/bin/python tools/screens.py FOLDER [ROLE ...]

Serves a demonstration, walks as each role along every link it can see, one page of each kind, and
leaves FOLDER/ROLE/WIDTH/NAME.png. Needs Chromium; nothing is kept of the demonstration.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

WIDTHS = {"phone": 360, "desktop": 1280}
MOST_PAGES = 400
LINKS = "els => els.filter(e => !e.hasAttribute('download')).map(e => e.href)"


@dataclass(frozen=True)
class Screen:
    """A page of a kind that was not seen before. name: of its address in the URL configuration."""

    name: str
    url: str


def kind_of(url: str) -> str:
    """The name of an address, so that a hundred people's pages are one kind; "" for none."""
    from django.urls import Resolver404, resolve

    try:
        match = resolve(urlsplit(url).path)
    except Resolver404:
        return ""
    return match.view_name or ""


def screens(page: Page, start: str, seen: set[str]) -> Iterator[Screen]:
    """Every kind of page that links lead to from `start`, each as it is open in `page`.

    Downloads are left out; `seen` takes the kinds as they come.
    """
    origin = "{0.scheme}://{0.netloc}/".format(urlsplit(start))
    waiting, asked = [start], set()
    while waiting and len(seen) < MOST_PAGES:
        url = waiting.pop(0)
        kind = kind_of(url)
        if not kind or kind in seen or url in asked or "logout" in kind:
            continue
        asked.add(url)
        head = page.request.get(url, timeout=60_000)
        if head.status >= 400:
            raise AssertionError(f"a link leads to {head.status}: {url}")
        kind = kind_of(head.url)  # it may lead elsewhere, such as to the log-in page
        if not kind or kind in seen:
            continue
        if "text/html" not in head.headers.get("content-type", "") or "attachment" in (
            head.headers.get("content-disposition", "")
        ):
            continue
        seen.add(kind)
        page.goto(url)
        yield Screen(kind, url)
        found = page.eval_on_selector_all("a[href]", LINKS)
        waiting += [urldefrag(link)[0] for link in found if link.startswith(origin)]


def take(browser: Browser, server: object, folder: Path, role: str) -> None:
    """The pictures of one role."""
    for label, width in WIDTHS.items():
        target = folder / role / label
        target.mkdir(parents=True, exist_ok=True)
        context = browser.new_context(viewport={"width": width, "height": 800})
        page = context.new_page()
        if role != "public":
            server.sign_in(page, role)  # type: ignore[attr-defined]
        for screen in screens(page, f"{server.url}/", set()):  # type: ignore[attr-defined]
            name = screen.name.replace(":", "-")
            page.screenshot(path=target / f"{name}.png", full_page=True)
            print(f"{role:14} {label:8} {name}", flush=True)
        context.close()


def main(folder: Path, roles: list[str]) -> None:
    """Serve, walk, take, stop."""
    import web_ready  # noqa: F401 (the URL configuration needs Django)
    from browser.serving import CHROMIUM, FLAGS, start, stop

    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        server = start(Path(scratch) / "data", "--demo")
        try:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for role in roles or ["public", *server.accounts]:
                take(browser, server, folder, role)
        finally:
            stop(server)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
