"""A candidate in a real browser: from the first click to the receipt, however she works."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright", reason="needs Playwright")
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

PEOPLE = 16


@dataclass
class Crowd:
    """A server with candidates who are about to apply, each with an open session."""

    server: Any
    contest: str
    waiting: list[str] = field(default_factory=list)

    @property
    def form(self) -> str:
        return f"{self.server.url}/candidatura/{self.contest}/"

    def enter(self, context: BrowserContext, session: str = "") -> str:
        """Sign the next candidate in, and give her session."""
        session = session or self.waiting.pop()
        context.add_cookies([{"name": "sessionid", "value": session, "url": self.server.url}])
        return session


def run(script: str, data: Path, *arguments: str) -> Any:
    """What a script beside this file prints."""
    command = [sys.executable, str(Path(__file__).parent / script), str(data), *arguments]
    own = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "PORTARIA_DATA")}
    done = subprocess.run(command, env=own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def crowd_of(tmp: pytest.TempPathFactory, new_server: Callable[..., Any], number: int) -> Crowd:
    """A server of its own, filled."""
    data = tmp.mktemp("crowd") / "data"
    told = run("crowd.py", data, str(number))
    return Crowd(new_server(data=data), told["contest"], list(told["sessions"].values()))


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory, new_server: Callable[..., Any]) -> Crowd:
    return crowd_of(tmp_path_factory, new_server, PEOPLE)


def add(page: Page, *places: int) -> list[str]:
    """Add the programmes at these places of the list, and give their codes."""
    codes = []
    for place in places:
        button = page.locator("[data-add]").nth(place)
        codes.append(str(button.get_attribute("data-value")))
        button.click()
    expect(page.locator("#application [data-option]")).to_have_count(len(places))
    return codes


def written(page: Page) -> list[str]:
    """The options of the form, in order."""
    inputs = page.locator('#application input[name="options"]')
    return [str(value) for value in inputs.evaluate_all("all => all.map((one) => one.value)")]


def received(page: Page) -> list[str]:
    """The options of the receipt, in order."""
    page.wait_for_url("**/recibos/*/")
    return page.locator("main .table tbody tr > :nth-child(3)").all_inner_texts()


def receipts(page: Page, crowd: Crowd) -> int:
    page.goto(f"{crowd.form}recibos/")
    return page.locator("main .table tbody tr th a").count()


def test_by_mouse(page: Page, crowd: Crowd) -> None:
    crowd.enter(page.context)
    page.goto(f"{crowd.server.url}/candidatura/")
    page.locator(".card a").first.click()
    expect(page.locator("#application")).to_be_visible()
    first, second = add(page, 0, 1)
    expect(page.locator("#preview .preview-option")).to_have_count(2)
    drag(page, page.locator(".option-handle").nth(1), page.locator(".option-handle").nth(0))
    assert written(page) == [second, first]
    expect(page.locator("#preview .preview-name").first).to_contain_text("1.")
    said = page.locator("#preview-said[role=status]")
    expect(said).to_have_text(page.locator("#preview .preview-said").inner_text())
    assert page.locator("[aria-live]:has(#preview), [role=status]:has(#preview)").count() == 0
    page.click("#hand-in")
    assert received(page) == [second, first]


def drag(page: Page, source: Locator, target: Locator) -> None:
    source.scroll_into_view_if_needed()
    begin, end = source.bounding_box(), target.bounding_box()
    assert begin is not None
    assert end is not None
    page.mouse.move(begin["x"] + begin["width"] / 2, begin["y"] + begin["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 2, steps=12)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] - 4, steps=4)
    page.mouse.up()
    page.wait_for_timeout(400)


def tab_to(page: Page, selector: str, limit: int = 120) -> None:
    """Press Tab until the focus stands on what is wanted."""
    for _press in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"no way by keyboard to {selector}")


def test_by_keyboard_alone(page: Page, crowd: Crowd) -> None:
    crowd.enter(page.context)
    page.goto(crowd.form)
    tab_to(page, "#q")
    tab_to(page, "[data-add]")
    page.keyboard.press("Enter")
    tab_to(page, "[data-add]")
    page.keyboard.press("Enter")
    expect(page.locator("#application [data-option]")).to_have_count(2)
    first, second = written(page)
    page.evaluate("document.getElementById('main').focus()")
    tab_to(page, f'[data-option][data-value="{second}"] [data-move="up"]')
    page.keyboard.press("Space")
    assert written(page) == [second, first]
    expect(page.locator("[data-options] [role=status]")).not_to_be_empty()
    tab_to(page, "#hand-in")
    page.keyboard.press("Enter")
    assert received(page) == [second, first]
    # The script that moves the focus begins once the page is there.
    expect(page.locator("main:focus, main :focus")).to_have_count(1)


def test_on_a_small_phone(phone: Page, crowd: Crowd) -> None:
    crowd.enter(phone.context)
    phone.goto(crowd.form)
    for place in (0, 1, 2):
        phone.locator("[data-add]").nth(place).tap()
    expect(phone.locator("#application [data-option]")).to_have_count(3)
    third = written(phone)[2]
    phone.locator(f'[data-option][data-value="{third}"] [data-move="up"]').tap()
    phone.locator("#hand-in").tap()
    assert received(phone)[1] == third
    for name in ("", "recibos/1/", "contingentes/", "retirar/"):
        phone.goto(f"{crowd.form}{name}")
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360, name


def test_without_scripts(new_context: Callable[..., BrowserContext], crowd: Crowd) -> None:
    context = new_context(java_script_enabled=False)
    crowd.enter(context)
    page = context.new_page()
    page.goto(crowd.form)
    page.locator("[data-add]").nth(0).click()
    page.fill("#q", "a")
    page.click(".search-row button")
    page.locator("[data-add]").nth(1).click()
    rows = page.locator("#application [data-option]")
    expect(rows).to_have_count(2)
    first, second = (str(rows.nth(place).get_attribute("data-value")) for place in range(2))
    page.locator('[data-move="down"]').first.click()
    expect(rows.first).to_have_attribute("data-value", second)
    page.click("#hand-in")
    assert received(page) == [second, first]


def test_a_form_left_is_there_again(page: Page, crowd: Crowd) -> None:
    crowd.enter(page.context)
    page.goto(crowd.form)
    codes = add(page, 3, 4)
    expect(page.locator("#preview .preview-option")).to_have_count(2)
    page.goto(f"{crowd.server.url}/candidatura/")
    page.goto(crowd.form)
    assert written(page) == codes
    page.click('button[name="discard"]')
    expect(page.locator("#application [data-option]")).to_have_count(0)


def test_a_form_goes_on_after_a_refusal(page: Page, crowd: Crowd) -> None:
    crowd.enter(page.context)
    page.goto(crowd.form)
    page.click("#hand-in")
    expect(page.locator("#problem")).to_be_focused()
    codes = add(page, 0, 1)
    expect(page.locator("#preview .preview-option")).to_have_count(2)
    page.goto(crowd.form)
    assert written(page) == codes


def test_a_lost_connection_keeps_the_form_and_sends_once(page: Page, crowd: Crowd) -> None:
    crowd.enter(page.context)
    page.goto(crowd.form)
    codes = add(page, 0, 2)
    expect(page.locator("#preview .preview-option")).to_have_count(2)
    page.context.set_offline(True)
    page.click("#hand-in")
    expect(page.locator("#application > .connection")).to_be_visible()
    assert written(page) == codes
    page.context.set_offline(False)
    page.click("[data-send]")
    assert received(page) == codes
    assert receipts(page, crowd) == 1


def test_a_lost_answer_is_the_same_receipt(page: Page, crowd: Crowd) -> None:
    crowd.enter(page.context)
    page.goto(crowd.form)
    codes = add(page, 0, 1)
    expect(page.locator("#preview .preview-option")).to_have_count(2)
    lost: list[int] = []

    def lose(route: Route) -> None:
        """The server has it, and its answer never comes."""
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        lost.append(route.fetch(max_redirects=0).status)
        route.abort()

    page.route(crowd.form, lose)
    page.click("#hand-in")
    expect(page.locator("#application > .connection")).to_be_visible()
    assert lost == [302]
    page.click("[data-send]")
    assert received(page) == codes
    assert receipts(page, crowd) == 1


def test_two_windows(new_context: Callable[..., BrowserContext], crowd: Crowd) -> None:
    one, other = new_context(), new_context()
    session = crowd.enter(one)
    crowd.enter(other, session)
    left, right = one.new_page(), other.new_page()
    left.goto(crowd.form)
    right.goto(crowd.form)
    wanted = add(left, 0)
    later = add(right, 5)
    left.click("#hand-in")
    assert received(left) == wanted
    right.click("#hand-in")
    expect(right.locator("#problem")).to_be_visible()
    expect(right.locator(".apply-side .standing-list li")).to_have_count(1)
    assert written(right) == later
    right.click("#hand-in")
    assert received(right) == later


def faults(axe: Any, page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds, with where it found it."""
    found = axe.run(page).response["violations"]
    return [(fault["id"], [node["html"][:150] for node in fault["nodes"]]) for fault in found]


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_stands_in_the_way_of_anybody(
    new_context: Callable[..., BrowserContext], crowd: Crowd, width: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe").Axe()
    # Colours in the middle of a change would be measured too.
    context = new_context(width, reduced_motion="reduce")
    crowd.enter(context)
    page = context.new_page()
    page.goto(crowd.form)
    add(page, 0, 1)
    expect(page.locator("#preview .preview-option")).to_have_count(2)
    page.locator("#preview summary").first.click()
    assert not faults(axe, page)
    page.click("#hand-in")
    received(page)
    for name in ("recibos/1/", "recibos/", "contingentes/", "retirar/", "resultado/"):
        page.goto(f"{crowd.form}{name}")
        assert not faults(axe, page), name
    for path in ("/candidatura/", "/candidatura/dados/"):
        page.goto(crowd.server.url + path)
        assert not faults(axe, page), path


def test_the_published_result(page: Page, crowd: Crowd) -> None:
    crowd.server.sign_in(page, "candidate")
    page.goto(f"{crowd.server.url}/candidatura/")
    page.locator(".card", has=page.locator(".state-success")).locator("a").first.click()
    expect(page.locator(".result-success")).to_be_visible()
    page.locator('a[href$="/ficha/"]').click()
    expect(page.locator("main .section .told-list").first).to_be_visible()
    with page.expect_download() as paper:
        page.locator('a[href$="notificacao.pdf"]').click()
    assert paper.value.path().read_bytes().startswith(b"%PDF-")
