"""`scae report`: a load for people to read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from portaria.cli.arguments import Lang, Quiet, Replace
from portaria.cli.reports import check_reports, write_reports
from portaria.cli.show import progress
from portaria.cli.words import _, asked_language, language
from portaria.core.messages import Message, declare, render

LOAD_REPORT = declare("scae-report-written", "Summary in {path}.")


def report(
    results: Annotated[
        Path,
        typer.Argument(
            exists=True, file_okay=False, metavar=_("FOLDER"), help=_("Folder of a load.")
        ),
    ],
    out: Annotated[
        list[Path],
        typer.Option(
            "--out", metavar=_("FILE"), help=_("File to write: .html or .pdf; repeatable.")
        ),
    ],
    replace: Replace = False,
    quiet: Quiet = False,
    lang: Lang = "pt-BR",
) -> None:
    """In the language of the edition unless --lang says otherwise."""
    from portaria.documents.scae_report import document
    from portaria.regulations.scae.report import read_summary

    check_reports(out, replace)
    with progress(quiet) as told:
        told("report", 0, 1)
        write_reports(document(read_summary(results), asked_language()), out, replace)
    if not quiet:
        for path in out:
            typer.echo(render(Message(LOAD_REPORT, {"path": str(path)}), language()))
