"""The options that the procedures after a result share, and how their answer is shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portaria.cli.reading import tell as tell_problems
from portaria.cli.show import letter_language, show_letter, write_problems
from portaria.cli.words import _, language
from portaria.core.errors import InputError, UsageError
from portaria.core.messages import Message, declare, render

if TYPE_CHECKING:
    import polars as pl

    from portaria.core.problem import Problem
    from portaria.regulations.access.folder import Results
    from portaria.regulations.access.procedures.outcome import Outcome
    from portaria.regulations.access.procedures.phases import Phases

WRITTEN = declare("procedure-written", "Answer in {path}.")
NOT_ONE_OF = declare("not-one-of", "{option} is one of {known}, not {given}")

Candidate = Annotated[
    str, typer.Option("--candidate", metavar=_("CODE"), help=_("The candidate's code."))
]
OtherResults = Annotated[
    list[Path] | None,
    typer.Option(
        "--other-results", exists=True, file_okay=False, metavar=_("RESULTS"),
        help=_("Results of another phase; may be repeated."),
    ),
]  # fmt: skip
Enrolments = Annotated[
    Path | None,
    typer.Option(
        "--enrolments", exists=True, dir_okay=False, metavar=_("FILE"),
        help=_("Table of enrolments as it is now."),
    ),
]  # fmt: skip
OutFolder = Annotated[
    Path | None, typer.Option("--out", metavar=_("FOLDER"), help=_("Write the answer there."))
]


def day(given: datetime | None) -> date | None:
    """A day of the command line."""
    return None if given is None else given.date()


def one_of(option: str, given: str, known: tuple[str, ...]) -> str:
    """The word given; UsageError where it is none of `known`."""
    if given not in known:
        params = {"option": option, "known": ", ".join(known), "given": given}
        raise UsageError(Message(NOT_ONE_OF, params))
    return given


def phases(results: Results, others: list[Path] | None, enrolments: pl.DataFrame | None) -> Phases:
    """The results given, by phase."""
    from portaria.regulations.access.folder import open_results
    from portaria.regulations.access.procedures.phases import Phases

    return Phases(results, [open_results(path) for path in others or ()], enrolments)


@contextmanager
def reporting(problems: Path | None, quiet: bool) -> Iterator[list[Problem]]:
    """Collects the problems of the tables read inside: all to the file, and warnings told."""
    found: list[Problem] = []
    try:
        yield found
    except InputError as error:
        if problems:
            write_problems([*found, *error.problems], problems, language())
        raise
    tell_problems(found, problems, quiet)


def check_out(out: Path | None, replace: bool) -> None:
    """Refuse a folder that exists, before the work."""
    from portaria.regulations.access.procedures.writing import is_outcome
    from portaria.tables.result import check_target

    if out:
        check_target(out, replace, is_outcome)


def tell(outcome: Outcome, as_json: bool, quiet: bool) -> None:
    """Print the answer, as JSON or as a letter; nothing with --quiet."""
    from portaria.documents.access_procedures import told
    from portaria.regulations.access.procedures import outcome as answers

    if as_json:
        typer.echo(json.dumps(answers.as_json(outcome), ensure_ascii=False, indent=1))
    elif not quiet:
        show_letter(told(outcome, letter_language()))


def write(
    outcome: Outcome,
    results: Results,
    out: Path | None,
    replace: bool,
    quiet: bool,
    *,
    enrolments: pl.DataFrame | None = None,
    adjustments: pl.DataFrame | None = None,
) -> None:
    """Write the answer's folder, where one was asked for."""
    from portaria.regulations.access.procedures.writing import is_outcome, write_outcome
    from portaria.tables.result import whole_folder

    if out is None:
        return
    with whole_folder(out, replace, is_outcome) as draft:
        write_outcome(outcome, results, draft, enrolments, adjustments)
    if not quiet:
        typer.echo(render(Message(WRITTEN, {"path": str(out)}), language()), err=True)
