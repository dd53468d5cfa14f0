"""`cef outlook`: who is near a limit of absences, what is due by when, what is missing."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from portaria.cli.arguments import AsJson, Lang, On, ProblemsFile, Quiet
from portaria.cli.cef.classes import ClassFolder, read
from portaria.cli.show import table_text
from portaria.cli.words import _, language
from portaria.core.messages import Message, declare, render, show

if TYPE_CHECKING:
    import polars as pl

MOST_SHOWN = 50
NEAR = declare("cef-near-title", "Near a limit ({count} pairs of student and subject)")
DUE = declare("cef-due-title", "Recovery due ({count})")
NOBODY = declare("cef-nobody-near", "Nobody is near a limit.")
NEAR_COLUMNS = {
    "student": declare("cef-column-student", "student"),
    "subject": declare("cef-column-subject", "subject"),
    "near": declare("cef-column-near", "lessons left"),
    "attendance_lessons_left": declare("cef-column-attendance-left", "to 90 %"),
    "limit_lessons_left": declare("cef-column-limit-left", "to the limit"),
}
DUE_COLUMNS = {
    "student": NEAR_COLUMNS["student"],
    "subject": NEAR_COLUMNS["subject"],
    "passed_on": declare("cef-column-passed", "passed on"),
    "inform_by": declare("cef-column-inform", "tell by"),
    "define_by": declare("cef-column-define", "define by"),
}
CLASS = declare("cef-column-class", "class")
MORE = declare(
    "cef-more", "{count} more is not shown; --json has all.",
    "{count} more are not shown; --json has all.",
)  # fmt: skip


def outlook(
    folder: ClassFolder,
    on: On,
    near: Annotated[
        int,
        typer.Option(
            min=0,
            metavar=_("NUMBER"),
            help=_("Lessons left from which someone who used a third of a limit is near it."),
        ),
    ] = 5,
    as_json: AsJson = False,
    problems: ProblemsFile = None,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Tables for people, nearest first; with --json also what every student lacks."""
    from portaria.regulations.cef.evaluate import evaluate
    from portaria.regulations.cef.outlook import outlook as ahead

    course = read(folder, problems, quiet)
    evaluation = evaluate(course, on.date())
    found = ahead(evaluation, near)
    subjects, students = found.subjects, found.students
    close = subjects.filter("close")
    if not course.many:
        subjects, students, close = (f.drop("class") for f in (subjects, students, close))
    if as_json:
        rows = {"subjects": _rows(subjects), "students": _rows(students)}
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif not quiet:
        close = close.sort("near", "student", "subject")
        due = _due(subjects)
        if close.is_empty():
            typer.echo(render(Message(NOBODY), language()))
        else:
            _table(NEAR, NEAR_COLUMNS, close)
        if not due.is_empty():
            _table(DUE, DUE_COLUMNS, due)


def _due(subjects: pl.DataFrame) -> pl.DataFrame:
    """The recoveries of which something is still due, what is due first before the others."""
    import polars as pl

    next_day = pl.coalesce("inform_by", "define_by")
    return subjects.filter(next_day.is_not_null()).sort(next_day, "student", "subject")


def _rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON: days in ISO."""
    return [
        {name: str(value) if isinstance(value, date) else value for name, value in row.items()}
        for row in frame.iter_rows(named=True)
    ]


def _table(title: str, columns: dict[str, str], rows: pl.DataFrame) -> None:
    from portaria.documents.report import Table, text_row

    lang = language()
    if "class" in rows.columns:
        columns = {"class": CLASS, **columns}
    table = Table(
        render(Message(title, {"count": rows.height}), lang),
        [render(Message(code), lang) for code in columns.values()],
        "".join("r" if name.endswith(("near", "left")) else "l" for name in columns),
        [
            text_row(*(_cell(value, lang) for value in row))
            for row in rows.select(*columns).head(MOST_SHOWN).iter_rows()
        ],
    )
    typer.echo(table_text(table), nl=False)
    if rows.height > MOST_SHOWN:
        typer.echo(render(Message(MORE, {"count": rows.height - MOST_SHOWN}), lang))


def _cell(value: object, lang: str) -> str:
    """A day in figures, so that no row needs a second line."""
    from portaria.documents.numbers import in_figures

    if isinstance(value, date):
        return in_figures(value, lang)
    return "" if value is None else show(value, lang)
