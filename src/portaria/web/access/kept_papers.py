"""Papers and data of a result that take a while: made once by the worker, then given as files.

`DATA/papers/DIGEST-RUN/NAME`: a result never changes, so a paper of it that is there stands.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import polars as pl
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django_tasks import task

from portaria.regulations.access.lists import open_data, published_grounds
from portaria.web.access.editions import edition_of
from portaria.web.access.kept_results import results
from portaria.web.access.models import Contest, PlacementResult, Programme, Run
from portaria.web.access.receipts import contest_on_paper

REPORT_PDF, REPORT_HTML, PUBLIC_LIST = "report.pdf", "report.html", "public-list.pdf"
SEATS_CSV, SEATS_JSON = "seats.csv", "seats.json"
LANGUAGES = ("pt-PT", "en")
WAIT = 15 * 60
"""Seconds after which a paper that was asked for and never came is asked for again."""


def folder(run: Run) -> Path:
    """Where the papers of a result are kept."""
    path: Path = settings.DATA / "papers" / f"{run.digest}-{run.pk}"
    return path


def paper(run: Run, name: str, lang: str = "") -> Path | None:
    """A paper that is ready; None while the worker makes it, which this asks for."""
    path = folder(run) / _file(name, lang)
    if path.is_file():
        return path
    if cache.add(f"paper:{run.pk}:{name}:{lang}", "asked", WAIT):
        make.enqueue(run.pk, name, lang)
    return path if path.is_file() else None


def _file(name: str, lang: str) -> str:
    return f"{lang}-{name}" if lang else name


@task()
def make(run: int, name: str, lang: str) -> None:
    """Make one paper, whole or not at all."""
    found = Run.objects.select_related("contest", "contest__ratified_by").get(pk=run)
    target = folder(found) / _file(name, lang)
    if target.is_file():
        return
    content = MAKERS[name](found, lang)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as draft:
        draft.write(content)
    Path(draft.name).replace(target)


def prepare_published(contest: Contest) -> None:
    """Have the worker make what the public asks for first, as a result becomes public."""
    if contest.run is None:
        return
    paper(contest.run, SEATS_CSV)
    paper(contest.run, SEATS_JSON)
    paper(contest.run, PUBLIC_LIST, LANGUAGES[0])


def _report_pdf(run: Run, lang: str) -> bytes:
    from portaria.documents.access_report import document
    from portaria.documents.pdf import pdf
    from portaria.regulations.access.report import report

    return pdf("report", asdict(document(report(results(run)), lang)), lang)


def _report_html(run: Run, lang: str) -> bytes:
    from portaria.documents.access_report import document
    from portaria.documents.html import html
    from portaria.regulations.access.report import report

    return html(document(report(results(run)), lang)).encode()


def _public_list(run: Run, lang: str) -> bytes:
    from portaria.documents.access_papers import public_list as paper_of

    contest = run.contest
    edition = edition_of(contest)
    columns = ("candidate", "name", "result", "programme", "reason", "clause")
    rows = [*PlacementResult.objects.filter(run=run).values(*columns)]
    grounds = published_grounds(results(run).inputs(), rows)
    people = [
        paper_of.Listed(
            row["name"] or "",
            row["result"],
            (row["programme"] or "") if row["result"] == "placed" else "",
            *grounds.get(row["candidate"], ()),
        )
        for row in rows
    ]
    names = Programme.objects.filter(contest=contest).order_by("programme")
    programmes = [
        paper_of.Programme(p.programme, p.institution_name or "", p.course_name or "")
        for p in names
    ]
    assert contest.ratified_at is not None, "what is published was ratified"
    assert contest.published_at is not None
    given = paper_of.PublicList(
        contest_on_paper(contest), people, programmes, str(contest.ratified_by),
        in_lisbon(contest.ratified_at),
        in_lisbon(contest.published_at), run.digest, edition.clause("result-list"),
    )  # fmt: skip
    return paper_of.public_paper(given, lang)


def in_lisbon(moment: datetime) -> date:
    """The day of a moment by the clocks of Lisbon."""
    return timezone.localtime(moment).date()


def _seats_csv(run: Run, lang: str) -> bytes:
    return open_data(results(run)).write_csv().encode()


def _seats_json(run: Run, lang: str) -> bytes:
    rows = open_data(results(run)).with_columns(pl.selectors.decimal().cast(pl.String)).to_dicts()
    about = {"contest": run.contest.key, "title": run.contest.title, "phase": run.contest.phase}
    text = json.dumps({**about, "result": run.digest, "programmes": rows}, ensure_ascii=False)
    return (text + "\n").encode()


MAKERS: dict[str, Callable[[Run, str], bytes]] = {
    REPORT_PDF: _report_pdf,
    REPORT_HTML: _report_html,
    PUBLIC_LIST: _public_list,
    SEATS_CSV: _seats_csv,
    SEATS_JSON: _seats_json,
}
