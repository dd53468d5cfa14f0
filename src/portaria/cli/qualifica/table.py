"""`qualifica table`: the hours of many schools."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portaria.cli.arguments import AsJson, Lang, ProblemsFile, Quiet, Readings, Replace, policy
from portaria.cli.qualifica.hours import Day
from portaria.cli.reading import settle
from portaria.cli.show import console
from portaria.cli.words import _, language
from portaria.core.messages import Message, declare, render

if TYPE_CHECKING:
    from portaria.documents.report import Table

INPUT_WRONG = declare(
    "qualifica-input-wrong", "The hours cannot be told: correct the errors above."
)
WRITTEN = declare("qualifica-written", "Hours in {path}.")
MORE = declare(
    "qualifica-more",
    "{count} more is not shown; {path} has all of them.",
    "{count} more are not shown; {path} has all of them.",
)
MOST_SHOWN = 50


def table(
    schools: Annotated[
        Path,
        typer.Argument(
            exists=True, dir_okay=False, metavar=_("TABLE"), help=_("Table of schools.")
        ),
    ],
    out: Annotated[
        Path,
        typer.Option("--out", metavar=_("FILE"), dir_okay=False, help=_("Write the hours as CSV.")),
    ],
    on: Day = None,
    replace: Replace = False,
    reading: Readings = None,
    as_json: AsJson = False,
    problems: ProblemsFile = None,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Every problem of the table at once, or every school with its hours."""
    from portaria.documents.qualifica import table as words
    from portaria.documents.qualifica.arithmetic import arithmetic
    from portaria.regulations.qualifica import table as engine
    from portaria.regulations.qualifica.regulation import QUALIFICA
    from portaria.tables.result import check_file, write_file

    rules = QUALIFICA.rule_set(policy(reading))
    check_file(out, replace)
    day = on.date() if on else None
    rows, found = engine.answer(schools, day, rules)
    settle(found, problems, quiet, INPUT_WRONG)
    assert rows is not None, "a table that cannot be read has an error"
    told = [arithmetic(each.found, "en") for each in rows]
    write_file(out, engine.table_csv(rows, told), replace)
    if quiet:
        return
    if as_json:
        typer.echo(json.dumps(words.rows_of(rows, day, rules), ensure_ascii=False, indent=1))
        return
    _show(words.hours_table(rows, rules, language()), out)
    typer.echo(words.summary(rows, language()))
    typer.echo(render(Message(WRITTEN, {"path": str(out)}), language()))


def _show(shown: Table, out: Path) -> None:
    """The first rows on the terminal."""
    from rich.markup import escape
    from rich.table import Table as RichTable

    grid = RichTable(box=None, pad_edge=False, header_style="bold")
    for heading, side in zip(shown.header, shown.align, strict=True):
        grid.add_column(heading, justify="right" if side == "r" else "left", overflow="fold")
    for row in shown.rows[:MOST_SHOWN]:
        grid.add_row(*(escape(cell.text) for cell in row))
    console().print(grid)
    if len(shown.rows) > MOST_SHOWN:
        params = {"count": len(shown.rows) - MOST_SHOWN, "path": str(out)}
        typer.echo(render(Message(MORE, params), language()))
