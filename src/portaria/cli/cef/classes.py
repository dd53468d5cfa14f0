"""`cef check` and `cef evaluate`: the folder of a class, or of many."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portaria.cli.arguments import AsJson, Lang, On, ProblemsFile, Quiet, Replace
from portaria.cli.reading import settle
from portaria.cli.show import console, progress
from portaria.cli.words import _, language
from portaria.core.messages import Message, declare, render

if TYPE_CHECKING:
    import polars as pl

    from portaria.regulations.cef.course import Course
    from portaria.regulations.cef.evaluate import Evaluation

WRONG = declare("cef-wrong", "The class cannot be evaluated: correct the errors above.")
NOTHING_WRONG = declare("cef-nothing-wrong", "No error: the class can be evaluated.")
WRITTEN = declare("cef-written", "Results of {on} in {path}.")
OUTCOMES = {
    "professional_and_school": declare(
        "cef-outcome-professional", "Level 2 qualification and year 9"
    ),
    "school": declare("cef-outcome-school", "Year 9 certificate, without qualification"),
    "components": declare("cef-outcome-components", "Certificate of components"),
    "statement": declare("cef-outcome-statement", "Statement of subjects"),
    "none": declare("cef-outcome-none", "Nothing yet"),
}
DUE = declare("cef-recovery-due", "Recovery due, by student and subject")
COUNCIL = declare("cef-recovery-council", "To the class council, by student and subject")
STUDENTS = declare("cef-students", "Students")

ClassFolder = Annotated[
    Path,
    typer.Argument(exists=True, file_okay=False, metavar=_("FOLDER"), help=_("Tables of a class.")),
]


def check(
    folder: ClassFolder, problems: ProblemsFile = None, quiet: Quiet = False, lang: Lang = "pt-PT"
) -> None:
    """Exit 1 where a table has an error."""
    read(folder, problems, quiet)
    if not quiet:
        typer.echo(render(Message(NOTHING_WRONG), language()))


def evaluate(
    folder: ClassFolder,
    on: On,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar=_("RESULTS"), help=_("Folder to write the results to.")),
    ] = None,
    as_json: AsJson = False,
    replace: Replace = False,
    problems: ProblemsFile = None,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The tables of results, into a folder or as JSON; absences after the day are not seen."""
    from portaria.regulations.cef import evaluate as evaluating
    from portaria.regulations.cef.read import read_course
    from portaria.regulations.cef.results import all_tables, is_evaluation, write_results
    from portaria.regulations.cef.warnings import warnings_of
    from portaria.tables.result import check_target, whole_folder

    if out:
        check_target(out, replace, is_evaluation)
    course, told = read_course(folder)
    if course is None:
        settle(told, problems, quiet, WRONG)
    assert course is not None, "a class that cannot be read has an error"
    found = evaluating.evaluate(course, on.date())
    settle([*told, *warnings_of(found)], problems, quiet, WRONG)
    tables = all_tables(found)
    if out:
        with progress(quiet) as report, whole_folder(out, replace, is_evaluation) as draft:
            report("write", 0, 1)
            write_results(found, tables, draft)
    if as_json:
        rows = {name: frame.to_dicts() for name, frame in tables.items()}
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
    elif not quiet:
        _summary(found)
        if out:
            params = {"on": found.on, "path": str(out)}
            typer.echo(render(Message(WRITTEN, params), language()))


def read(folder: Path, problems: Path | None, quiet: bool) -> Course:
    """The course of a folder, or every problem of it."""
    from portaria.regulations.cef.read import read_course

    course, found = read_course(folder)
    settle(found, problems, quiet, WRONG)
    assert course is not None, "a class that cannot be read has an error"
    return course


def _summary(found: Evaluation) -> None:
    """How many students fare how, and how many recoveries are due."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    outcomes = dict(found.certification["outcome"].value_counts().iter_rows())
    recovery = dict(_open(found)["recovery"].value_counts().iter_rows())
    rows = [(STUDENTS, found.certification.height)]
    rows += [(code, outcomes.get(name, 0)) for name, code in OUTCOMES.items()]
    rows += [(DUE, recovery.get("due", 0)), (COUNCIL, recovery.get("council", 0))]
    for code, count in rows:
        table.add_row(render(Message(code), language()), str(count))
    console().print(table)


def _open(found: Evaluation) -> pl.DataFrame:
    """The recoveries of today, without those that are due and whose measure was done all right."""
    import polars as pl

    from portaria.regulations.cef.recoveries import DONE, of_this_year

    done = of_this_year(found.recoveries, found.course, found.on).filter(pl.col("result") == DONE)
    key = ["class", "student", "subject"]
    due = found.attendance.filter(pl.col("recovery") == "due").join(done, on=key, how="anti")
    return pl.concat([due, found.attendance.filter(pl.col("recovery") != "due")])
