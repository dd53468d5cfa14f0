"""`scae explain` and `scae verify`: what works on the folder of a load."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from portaria.cli.arguments import AsJson, Lang, ProblemsFile, Quiet
from portaria.cli.reading import verified
from portaria.cli.show import letter_language, progress, show_letter
from portaria.cli.words import _
from portaria.core.messages import Message, declare

VERIFIED = declare(
    "scae-verified",
    "Verified: deciding again from the stored facts gives the same load of {month}.",
)
DIFFERENT = declare("scae-different", "The load of {month} is not what its stored facts give.")

ResultFolder = Annotated[
    Path,
    typer.Argument(exists=True, file_okay=False, metavar=_("FOLDER"), help=_("Folder of a load.")),
]


def explain(
    results: ResultFolder,
    subject: Annotated[
        str,
        typer.Argument(
            metavar=_("SUBJECT"),
            help=_("A student, an enrolment, an isolated enrolment, or a record such as P:E1:7A."),
        ),
    ],
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-BR",
) -> None:
    """Every record considered, or the same as JSON; with --quiet, only whether there is one."""
    from portaria.documents.scae_explanation import explanation_letter
    from portaria.regulations.scae import explain as explaining

    told = explaining.explain(results, subject)
    if quiet:
        return
    if as_json:
        typer.echo(json.dumps(explaining.as_json(told), ensure_ascii=False, indent=1))
    else:
        show_letter(explanation_letter(told, letter_language()))


def verify(
    results: ResultFolder,
    problems: ProblemsFile = None,
    quiet: Quiet = False,
    lang: Lang = "pt-BR",
) -> None:
    """Exit 1 on any difference, each named."""
    from portaria.regulations.scae.stored import Stored
    from portaria.regulations.scae.verify import verify as differences_of

    stored = Stored.open(results)
    month = {"month": str(stored.month)}
    with progress(quiet) as report, tempfile.TemporaryDirectory() as scratch:
        differences = differences_of(stored, Path(scratch), report)
    verified(differences, problems, quiet, Message(DIFFERENT, month), Message(VERIFIED, month))
