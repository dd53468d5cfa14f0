"""`social series`: the maxima of every known year, as a table, a page or a chart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portaria.cli.arguments import AsJson, Lang, Quiet, Readings, Replace, policy
from portaria.cli.reports import ENDINGS, SAME_REPORT_TWICE, check_reports, write_reports
from portaria.cli.show import console
from portaria.cli.words import _, language
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare, render

if TYPE_CHECKING:
    from portaria.documents.report import Table

WRITTEN = declare("social-written", "Prices in {path}.")
OTHER_ENDING = declare(
    "social-other-ending", "{path}: the name of the file ends with .html, .pdf or .svg"
)
SVG = ".svg"
FIRST_LINE = '<?xml version="1.0" encoding="utf-8"?><!-- Portaria, Lei 71/2017 -->\n'
"""By which an earlier chart is known, so that it may be replaced."""


def series(
    out: Annotated[
        list[Path] | None,
        typer.Option(
            "--out",
            metavar=_("FILE"),
            help=_("File to write: .html, .pdf, or .svg for the chart alone; repeatable."),
        ),
    ] = None,
    replace: Replace = False,
    reading: Readings = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The same numbers on the terminal, as JSON, or in files."""
    from portaria.documents.social import series as words
    from portaria.regulations.social.regulation import SOCIAL
    from portaria.regulations.social.series import series as engine

    rules = SOCIAL.rule_set(policy(reading))
    paths = out or []
    pages = [path for path in paths if path.suffix.lower() != SVG]
    charts = [path for path in paths if path.suffix.lower() == SVG]
    _check(pages, charts, replace)
    years = engine(rules)
    if charts:
        from portaria.tables.result import write_file

        for path in charts:
            write_file(path, (FIRST_LINE + words.drawing(years, language())).encode(), replace)
    if pages:
        from portaria.documents.social.document import document

        page = document(years, rules.edition, rules.readings, language())
        write_reports(page, pages, replace)
    if quiet:
        return
    if as_json:
        row = words.row_of(years, rules.edition, rules.readings)
        typer.echo(json.dumps(row, ensure_ascii=False, indent=1))
        return
    show_table(words.maxima_table(years, language()))
    for path in paths:
        typer.echo(render(Message(WRITTEN, {"path": str(path)}), language()))


def _check(pages: list[Path], charts: list[Path], replace: bool) -> None:
    """Every file before the work; UsageError where one cannot be written so."""
    from portaria.tables.result import check_file

    for path in pages:
        if path.suffix.lower() not in ENDINGS:
            raise UsageError(Message(OTHER_ENDING, {"path": str(path)}))
    check_reports(pages, replace)
    for number, path in enumerate(charts):
        if path in charts[:number]:
            raise UsageError(Message(SAME_REPORT_TWICE, {"path": str(path)}))
        check_file(path, replace)


def show_table(table: Table) -> None:
    """A table on the terminal."""
    from rich.table import Table as RichTable

    shown = RichTable(box=None, pad_edge=False, header_style="bold")
    for heading, side in zip(table.header, table.align, strict=True):
        # A word a line, so that no number of a narrow terminal is broken.
        words = heading.replace(" ", "\n")
        shown.add_column(words, justify="right" if side == "r" else "left", overflow="fold")
    for row in table.rows:
        shown.add_row(*(cell.text for cell in row))
    out = console()
    out.print(table.caption, style="bold")
    out.print(shown)
