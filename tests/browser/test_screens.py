"""Every screen of every role, on a phone and on a desk: readable by all, nothing sideways."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import web_ready  # noqa: F401 (the URL configuration needs Django)
from playwright.sync_api import BrowserContext

from browser.serving import Server

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

from screens import screens

axe_module = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe")
ROLES = [
    "public", "candidate", "institution", "office", "director", "commission", "auditor",
    "administrator",
]  # fmt: skip
START = {
    "candidate": "/candidatura/", "institution": "/instituicao/", "office": "/gabinete/",
    "director": "/direcao/", "commission": "/comissao/", "auditor": "/registo/",
    "administrator": "/contas/",
}  # fmt: skip
"""Where the work of each begins."""
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def seen() -> set[str]:
    """The kinds of pages that were looked at; what several roles see is looked at once."""
    return set()


@pytest.mark.parametrize("role", ROLES)
def test_every_screen(
    server: Server, new_context: Callable[..., BrowserContext], seen: set[str], role: str
) -> None:
    page = new_context().new_page()
    said: list[str] = []
    page.on("console", lambda m: said.append(f"{m.text}") if m.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    if role != "public":
        server.sign_in(page, role)
    axe = axe_module.Axe()
    wrong, before = [], len(seen)
    for screen in screens(page, f"{server.url}{START.get(role, '/')}", seen):
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 900})
            found = axe.run(page, options=AXE).response["violations"]
            wrong += [
                f"{screen.name} at {width}: {rule['id']} {rule['nodes'][0]['target']}"
                for rule in found
                if rule["impact"] in ("serious", "critical")
            ]
            if page.evaluate(SIDEWAYS):
                wrong.append(f"{screen.name}: wider than {width}")
        wrong += [f"{screen.name}: {text}" for text in said]
        said.clear()
    assert not wrong, "\n".join(wrong)
    assert len(seen) > before or role == "director", "no page of its own was looked at"
