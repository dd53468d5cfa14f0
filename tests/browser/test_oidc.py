"""The button of an institution in a real browser: its policy of forms lets the log-in through."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from web.oidc_provider import CLIENT, PASSWORD, SECRET

from browser.serving import Server, free_port

SCRIPT = Path(__file__).parents[1] / "web" / "oidc_provider.py"


def begin(page: Page, server: Server, person: str) -> None:
    """Press the button and log in at the provider."""
    page.goto(f"{server.url}/conta/login/")
    page.get_by_role("button", name="Universidade de exemplo").click()
    page.fill("input[name=login]", person)
    page.fill("input[name=password]", PASSWORD)
    page.click("form button[type=submit]")


@pytest.mark.usefixtures("playwright_")
def test_there_and_back(
    new_server: Callable[..., Server], new_context: Callable[..., Any], tmp_path: Path
) -> None:
    port = free_port()
    file = tmp_path / "providers.toml"
    file.write_text(
        '[[provider]]\nid = "uni"\nname = "Universidade de exemplo"\n'
        f'client_id = "{CLIENT}"\nsecret = "{SECRET}"\nserver_url = "http://127.0.0.1:{port}"\n'
        'domains = ["uni.example"]\n',
        encoding="utf-8",
    )
    server = new_server("--demo", OIDC_CONFIG=str(file))
    callback = f"{server.url}/conta/oidc/uni/login/callback/"
    command = [sys.executable, str(SCRIPT), str(port), str(tmp_path), callback]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as provider:
        try:
            assert provider.stdout is not None
            assert provider.stdout.readline() == "ready\n"
            stranger = new_context().new_page()
            begin(stranger, server, "stranger")
            expect(stranger.locator("h1")).to_be_visible()
            assert stranger.url.startswith(callback)
            administrator = new_context().new_page()
            server.sign_in(administrator, "administrator")
            administrator.goto(f"{server.url}/contas/convidar/")
            administrator.fill("input[name=email]", "known@uni.example")
            administrator.select_option("select[name=role]", "auditor")
            administrator.click("main form.form button[type=submit]")
            expect(administrator.locator("main code")).to_be_visible()
            known = new_context().new_page()
            begin(known, server, "known")
            known.wait_for_url(f"{server.url}/")
            known.goto(f"{server.url}/registo/")
            expect(known.locator("main table")).to_be_visible()
        finally:
            provider.terminate()
