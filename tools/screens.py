"""Pictures of every screen of the web application, at phone and desktop width.

    .venv/bin/python tools/screens.py FOLDER [ROLE ...]

Serves a demonstration, does what leaves pages that a new one has not (`acts`), walks as each role
along every link it can see, one page of each kind, and leaves FOLDER/ROLE/WIDTH/NAME.png. Needs
Chromium; nothing is kept of the demonstration.
"""

from __future__ import annotations

import re
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
BY_STAGE = {"office-contest", "candidate-application"}
SUBMIT = "main form:not([role=search]) button[type=submit] >> nth=-1"
LINKS = "els => els.filter(e => !e.hasAttribute('download')).map(e => e.href)"


@dataclass(frozen=True)
class Screen:
    """A page of a kind that was not seen before. name: of its address in the URL configuration."""

    name: str
    url: str


def kind_of(url: str) -> str:
    """The name of an address, so that a hundred people's pages are one kind; "" for none.

    A page that is another one at each stage of a contest is a kind for each contest.
    """
    from django.urls import Resolver404, resolve

    try:
        match = resolve(urlsplit(url).path)
    except Resolver404:
        return ""
    name = match.view_name or ""
    return f"{name}-{match.kwargs['key']}" if name in BY_STAGE else name


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


def acts(browser: Browser, server: object) -> None:
    """A claim refused, a complaint granted and its rectification in force, another table, a what-if
    compared: as people do it on the screen."""
    people = []
    for role in ("office", "commission", "director"):
        people.append(browser.new_context().new_page())
        server.sign_in(people[-1], role)  # type: ignore[attr-defined]
    office, commission, director = people
    home = f"{server.url}/gabinete/"  # type: ignore[attr-defined]
    office.goto(home)
    found = office.eval_on_selector_all("main a[href*='concurso']", LINKS)
    contests = {link for link in found if kind_of(link).startswith("office-contest")}
    published, running = sorted(contests)
    commission.goto(f"{server.url}/comissao/")  # type: ignore[attr-defined]
    press(commission, "main table a")
    commission.check("input[value=no]")
    send(commission, "textarea", "O relatório não indica o grau de incapacidade.")
    office.goto(f"{published}reclamacoes/")
    press(office, "main table a")
    complaint = office.url
    office.check("input[value=yes]")
    send(office, "textarea", "A classificação da prova foi retificada.")
    office.goto(complaint)
    press(office, "main a[href*='retificacoes/nova']")
    send(office, "input[name='candidates:secondary']", "101")
    done(office)
    if office.locator("form[action$='enviar/']").count():
        press(office, "form[action$='enviar/'] button")
        director.goto(office.url)
        press(director, "button[value=ratify]")
    office.goto(f"{published}resultados/simular/")
    send(office, "textarea[name=seats]", f"{programme(office, published)} 200")
    done(office)
    office.goto(f"{running}tabelas/")
    link = office.locator("main a", has_text="exams.csv").first.get_attribute("href") or ""
    table = office.request.get(f"{server.url}{link}").body()  # type: ignore[attr-defined]
    office.goto(f"{running}tabelas/corrigir/?tabela=exams")
    given = {"name": "exams.csv", "mimeType": "text/csv", "buffer": table.replace(b",95", b",96")}
    office.set_input_files("input[type=file]", given)  # type: ignore[arg-type]
    press(office, SUBMIT)
    done(office)
    for page in people:
        page.context.close()


def press(page: Page, selector: str) -> None:
    """Press a button, or follow a link, and wait for the page it leads to."""
    page.locator(selector).first.click()
    page.wait_for_load_state()


def send(page: Page, field: str, words: str) -> None:
    """Write into the first such field, and send its form."""
    page.locator(field).first.fill(words)
    press(page, SUBMIT)


def done(page: Page) -> None:
    """Wait until the worker has done what the page tells of."""
    for _time in range(60):
        page.reload()
        if not page.locator("main .progress").count():
            return
        page.wait_for_timeout(1000)
    raise AssertionError(f"the worker never came: {page.url}")


def programme(page: Page, contest: str) -> str:
    """The code of some programme of a contest."""
    text = page.request.get(f"{contest}procura/").text()
    found = re.search(r"\b\d{4}/\w{4}\b", text.partition("<table")[2])
    assert found is not None
    return found[0]


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
            acts(browser, server)
            for role in roles or ["public", *server.accounts]:
                take(browser, server, folder, role)
        finally:
            stop(server)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
