"""`access explain`, `verify` and `report`: what works on a folder of results."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from portaria.cli.access.arguments import Lang, ProblemsFile, Quiet, Replace, ResultsFolder
from portaria.cli.arguments import AsJson
from portaria.cli.reading import verified
from portaria.cli.show import letter_language, progress, show_letter
from portaria.cli.words import _, language
from portaria.core.messages import Message, declare, render

VERIFIED = declare("verified", "Verified: placing again gives the same results.")
DIFFERENT = declare("different", "The results differ from what their inputs give.")
REPORTED = declare("reported", "Report in {path}.")


def explain(
    results: ResultsFolder,
    candidate: Annotated[
        str, typer.Option("--candidate", metavar=_("CODE"), help=_("The candidate's code."))
    ],
    as_json: AsJson = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The letter, or the same object as JSON; with --quiet, only whether it can be told."""
    from portaria.documents.access_letter import letter
    from portaria.regulations.access import explain as explaining
    from portaria.regulations.access.folder import open_results

    explanation = explaining.explain(open_results(results), candidate)
    if quiet:
        return
    if as_json:
        typer.echo(json.dumps(explaining.as_json(explanation), ensure_ascii=False, indent=1))
    else:
        show_letter(letter(explanation, letter_language()))


def verify(
    results: ResultsFolder,
    problems: ProblemsFile = None,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """Exit 1 on any difference, each named."""
    from portaria.regulations.access import folder

    opened = folder.open_results(results)
    with progress(quiet) as report, tempfile.TemporaryDirectory() as scratch:
        report("placement", 0, 1)
        differences = folder.verify(opened, Path(scratch))
    verified(differences, problems, quiet, Message(DIFFERENT), Message(VERIFIED))


def report(
    results: ResultsFolder,
    out: Annotated[
        list[Path],
        typer.Option(
            "--out", metavar=_("FILE"), help=_("File to write: .html or .pdf; may be repeated.")
        ),
    ],
    former: Annotated[
        str | None,
        typer.Option(
            "--former",
            metavar=_("FORMER"),
            help=_(
                "Compare with a published year, other results, or a table of last grades; "
                "by itself the latest published year that knows most of the programmes."
            ),
        ),
    ] = None,
    replace: Replace = False,
    quiet: Quiet = False,
    lang: Lang = "pt-PT",
) -> None:
    """The same report in each of the files asked for."""
    from portaria.cli.reports import check_reports, write_reports
    from portaria.documents.access_report import document
    from portaria.regulations.access.folder import open_results
    from portaria.regulations.access.former import find_former
    from portaria.regulations.access.report import report as tell

    check_reports(out, replace)
    opened = open_results(results)
    with progress(quiet) as on_progress:
        on_progress("report", 0, 1)
        told = tell(opened, find_former(former) if former else None)
        write_reports(document(told, letter_language()), out, replace)
    if not quiet:
        for path in out:
            typer.echo(render(Message(REPORTED, {"path": str(path)}), language()))
