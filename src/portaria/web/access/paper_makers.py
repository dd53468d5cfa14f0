"""What each paper of a result is made of: its report, its public list, its open data."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict

import polars as pl

from portaria.regulations.access.lists import open_data, public_list
from portaria.web.access.editions import edition_of
from portaria.web.access.kept_results import results
from portaria.web.access.models import Programme, Run
from portaria.web.access.receipts import contest_on_paper
from portaria.web.days import day_of

REPORT_PDF, REPORT_HTML, PUBLIC_LIST = "report.pdf", "report.html", "public-list.pdf"
SEATS_CSV, SEATS_JSON = "seats.csv", "seats.json"


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
    from portaria.documents.access_papers.of_result import people_of

    contest = run.contest
    names = Programme.objects.filter(contest=contest).order_by("programme")
    programmes = [
        paper_of.Programme(p.programme, p.institution_name or "", p.course_name or "")
        for p in names
    ]
    assert contest.ratified_at is not None, "what is published was ratified"
    assert contest.published_at is not None
    given = paper_of.PublicList(
        contest_on_paper(contest), people_of(public_list(results(run))), programmes,
        str(contest.ratified_by),
        day_of(contest.ratified_at),
        day_of(contest.published_at), run.digest,
        edition_of(contest).clause("result-list"),
    )  # fmt: skip
    return paper_of.public_paper(given, lang)


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
