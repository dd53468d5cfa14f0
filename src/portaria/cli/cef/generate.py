"""`cef generate`: a realistic class, or many, of generated people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, cast

import typer

from portaria.cli.arguments import Lang, Quiet, Replace
from portaria.cli.show import progress
from portaria.cli.words import _, language
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare, render

MADE = declare("cef-generated", "Students: {students}. Absences: {absences}. Written to {path}.")
UNKNOWN_FORM = declare("cef-unknown-form", "{form} is no form of a table: write csv or parquet")


def generate(
    folder: Annotated[Path, typer.Argument(metavar=_("FOLDER"), help=_("Folder to create."))],
    students: Annotated[
        int, typer.Option("--students", metavar=_("NUMBER"), help=_("Students of a class."))
    ] = 22,
    classes: Annotated[
        int,
        typer.Option("--classes", metavar=_("NUMBER"), help=_("How many classes in the folder.")),
    ] = 1,
    seed: Annotated[
        int,
        typer.Option(
            "--seed", metavar=_("NUMBER"), help=_("The same seed gives the same classes.")
        ),
    ] = 0,
    form: Annotated[str, typer.Option("--format", help=_("csv or parquet."))] = "csv",
    replace: Replace = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The same arguments give the same bytes."""
    from portaria.regulations.cef import generate as generator
    from portaria.tables.result import check_target, whole_folder

    if form not in ("csv", "parquet"):
        raise UsageError(Message(UNKNOWN_FORM, {"form": form}))
    ours = generator.is_generated
    check_target(folder, replace, ours)
    kind = cast(Literal["csv", "parquet"], form)
    with progress(quiet) as report, whole_folder(folder, replace, ours) as draft:
        rows = generator.generate(draft, students, seed, classes, kind, report)
    if not quiet:
        params = {
            "students": rows["students"], "absences": rows["absences"], "path": str(folder),
        }  # fmt: skip
        typer.echo(render(Message(MADE, params), language()))
