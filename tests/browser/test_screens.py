"""Every screen of every role, on a phone and on a desk: readable by all, nothing sideways."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import web_ready  # noqa: F401 (the URL configuration needs Django)
from playwright.sync_api import BrowserContext

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

from screens import screens

axe_module = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe")
ROLES = [
    "public", "candidate", "institution", "office", "director", "commission", "auditor",
    "administrator",
]  # fmt: skip
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("width", [360, 1280])
def test_every_screen(
    server: object, new_context: Callable[..., BrowserContext], role: str, width: int
) -> None:
    page = new_context(width).new_page()
    said: list[str] = []
    page.on("console", lambda m: said.append(f"{m.text}") if m.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    if role != "public":
        server.sign_in(page, role)  # type: ignore[attr-defined]
    axe = axe_module.Axe()
    wrong, seen = [], set()
    for screen in screens(page, f"{server.url}/", seen):  # type: ignore[attr-defined]
        found = axe.run(page, options=AXE).response["violations"]
        wrong += [
            f"{screen.name}: {rule['id']} {rule['nodes'][0]['target']}"
            for rule in found
            if rule["impact"] in ("serious", "critical")
        ]
        if page.evaluate(SIDEWAYS):
            wrong.append(f"{screen.name}: wider than the screen")
        wrong += [f"{screen.name}: {text}" for text in said]
        said.clear()
    assert not wrong, "\n".join(wrong)
    assert len(seen) > 3
