"""`scae generate`: a realistic school network of generated people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, cast

import typer

from portaria.cli.arguments import Lang, Quiet, Replace
from portaria.cli.show import progress
from portaria.cli.words import _, language
from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare, render

GENERATED = declare(
    "scae-generated",
    "School network with {students} students and {enrolments} enrolments in {path}.",
)
UNKNOWN_FORM = declare("scae-unknown-form", "{form} is no form of a table: write csv or parquet")


def generate(
    folder: Annotated[Path, typer.Argument(metavar=_("SOURCE"), help=_("Folder to create."))],
    students: Annotated[
        int, typer.Option("--students", min=1, help=_("How many students."))
    ] = 3_000,
    seed: Annotated[
        int, typer.Option("--seed", min=0, help=_("The same seed gives the same network."))
    ] = 2024,
    form: Annotated[str, typer.Option("--format", help=_("csv or parquet."))] = "csv",
    last: Annotated[
        str | None,
        typer.Option(
            "--last", metavar="AAAA-MM", help=_("The source as it stood after this month.")
        ),
    ] = None,
    replace: Replace = False,
    quiet: Quiet = False,
    lang: Lang = "pt-BR",
) -> None:
    """The same arguments give the same network."""
    from portaria.regulations.scae.generate import USUAL_MONTH, is_generated, write_source
    from portaria.tables.result import check_target, whole_folder

    if form not in ("csv", "parquet"):
        raise UsageError(Message(UNKNOWN_FORM, {"form": form}))
    check_target(folder, replace, is_generated)
    kind = cast(Literal["csv", "parquet"], form)
    with progress(quiet) as report, whole_folder(folder, replace, is_generated) as draft:
        counts = write_source(draft, students, seed, kind, last or USUAL_MONTH, report)
    if not quiet:
        params = {
            "students": students, "enrolments": counts["enrolments"], "path": str(folder),
        }  # fmt: skip
        typer.echo(render(Message(GENERATED, params), language()))
