"""`social series`: the maxima of every known year, as a table, a page or a chart."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portaria.cli.arguments import AsJson, Lang, Quiet, Readings, Replace, policy
from portaria.cli.reports import ENDINGS, check_reports, rendered
from portaria.cli.show import table_text
from portaria.cli.words import _, language
from portaria.core.messages import Message, declare, render

if TYPE_CHECKING:
    from portaria.core.rule_set import RuleSet
    from portaria.regulations.social.series import Year

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
    """The same numbers on the terminal, as JSON, or in files: all of these or none."""
    from portaria.regulations.social.regulation import SOCIAL
    from portaria.regulations.social.series import series as engine

    rules = SOCIAL.rule_set(policy(reading))
    paths = out or []
    check_reports(paths, replace, (*ENDINGS, SVG), OTHER_ENDING)
    years = engine(rules)
    # Made before anything is written: who is stopped meanwhile is told that nothing was.
    answer = "" if quiet else _answer(years, rules, paths, as_json)
    if paths:
        from portaria.tables.result import write_files

        write_files(dict(_files(years, rules, paths)), replace, last=True)
    typer.echo(answer, nl=False)


def _files(
    years: Sequence[Year], rules: RuleSet, paths: Sequence[Path]
) -> Iterator[tuple[Path, bytes]]:
    """Each file with its content: the page, or the chart alone."""
    from portaria.documents.social.document import document
    from portaria.documents.social.series import drawing

    page = document(years, rules.edition, rules.readings, language())
    for path in paths:
        if path.suffix.lower() == SVG:
            yield path, (FIRST_LINE + drawing(years, language())).encode()
        else:
            yield path, rendered(page, path)


def _answer(years: Sequence[Year], rules: RuleSet, paths: Sequence[Path], as_json: bool) -> str:
    """What the terminal shows: the data, or the table and the names of the files."""
    from portaria.documents.social import series as words

    if as_json:
        row = words.row_of(years, rules.edition, rules.readings)
        return json.dumps(row, ensure_ascii=False, indent=1) + "\n"
    told = (render(Message(WRITTEN, {"path": str(path)}), language()) for path in paths)
    table = table_text(words.maxima_table(years, language(), short=True))
    return table + "".join(f"{line}\n" for line in told)
