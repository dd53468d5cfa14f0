"""`cef explain` and `cef verify`: what works on a folder of results."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from portaria.cli.arguments import AsJson, Lang, ProblemsFile, Quiet
from portaria.cli.reading import verified
from portaria.cli.show import letter_language, show_letter
from portaria.cli.words import _
from portaria.core.messages import Message, declare

VERIFIED = declare(
    "cef-verified", "Verified: evaluating the recorded inputs gives the same results of {on}."
)
DIFFERENT = declare("cef-different", "The results are not what their inputs give.")

ResultFolder = Annotated[
    Path,
    typer.Argument(
        exists=True, file_okay=False, metavar=_("RESULTS"), help=_("Folder of `cef evaluate`.")
    ),
]


def explain(
    results: ResultFolder,
    student: Annotated[str, typer.Argument(metavar=_("STUDENT"), help=_("The student's key."))],
    class_name: Annotated[
        str | None,
        typer.Option("--class", metavar=_("CLASS"), help=_("Class, in a folder of many.")),
    ] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Attendance, grades and outcome with their clauses, or the same as JSON."""
    from portaria.documents.cef.account import account_letter
    from portaria.regulations.cef import explain as explaining
    from portaria.regulations.cef.stored import Stored

    told = explaining.explain(Stored.open(results), student, class_name)
    if quiet:
        return
    if as_json:
        typer.echo(json.dumps(explaining.as_json(told), ensure_ascii=False, indent=1))
    else:
        show_letter(account_letter(told, letter_language()))


def verify(
    results: ResultFolder,
    problems: ProblemsFile = None,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Exit 1 on any difference, each named."""
    from portaria.regulations.cef.stored import Stored
    from portaria.regulations.cef.stored import verify as differences_of

    stored = Stored.open(results)
    with tempfile.TemporaryDirectory() as scratch:
        differences = differences_of(stored, Path(scratch))
    on = date.fromisoformat(stored.manifest["on"]) if not differences else None
    alike = Message(VERIFIED, {"on": on})
    verified(differences, problems, quiet, Message(DIFFERENT), alike)
